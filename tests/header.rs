//! The public headers: made from the code, checked in, and fit for every promised language.
#![cfg(unix)]

mod c;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::{env, fs};

use c::{Standard, header_names, include_dir, run};
use imsdk_types::{CODES, CONSTANTS, ENUMS, OBJECTS, OPERATIONS};

const GENERATED: &str = concat!(env!("OUT_DIR"), "/include");

/// What the headers promise to compile as.
const STANDARDS: [Standard; 4] =
    [Standard("c99"), Standard("c11"), Standard("c++11"), Standard("c++17")];

/// Where the checked-in headers differed; asked for by every test, so that all of them see
/// refreshed headers.
static DIFFERENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let update = env::var_os("UPDATE_HEADERS").is_some();
    let mut differences = Vec::new();
    for entry in fs::read_dir(GENERATED).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (made, checked_in) = (fs::read_to_string(&path).unwrap(), include_dir().join(&name));
        let present = fs::read_to_string(&checked_in).unwrap_or_default();
        if made == present {
            continue;
        }
        if update {
            fs::write(&checked_in, &made).unwrap();
        } else {
            differences.push(first_difference(&name, &present, &made));
        }
    }
    differences
});

/// The names of the headers, refreshed if that was asked for.
fn headers() -> Vec<String> {
    LazyLock::force(&DIFFERENCES);
    header_names()
}

#[test]
fn checked_in_headers_are_what_the_code_says() {
    let differences = &*DIFFERENCES;
    assert!(
        differences.is_empty(),
        "{}\nUPDATE_HEADERS=1 cargo test --test header refreshes include/",
        differences.join("\n")
    );
}

fn first_difference(name: &str, present: &str, made: &str) -> String {
    let (mut present, mut made) = (present.lines(), made.lines());
    for number in 1.. {
        match (present.next(), made.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                return format!(
                    "include/{name}:{number}\n- {}\n+ {}",
                    old.unwrap_or_default(),
                    new.unwrap_or_default()
                );
            }
        }
    }
    format!("include/{name}: line ends differ")
}

#[test]
fn no_generated_header_is_left_over() {
    for name in headers() {
        let text = fs::read_to_string(include_dir().join(&name)).unwrap();
        let generated = text.contains("UPDATE_HEADERS=1");
        assert_eq!(generated, Path::new(GENERATED).join(&name).exists(), "{name}");
    }
}

#[test]
fn each_header_compiles_alone() {
    for name in headers() {
        for standard in STANDARDS {
            // As the file that is compiled: there compilers warn about things that they forgive in an included file.
            run(standard.compiler().arg("-fsyntax-only").arg(include_dir().join(&name)));
        }
    }
}

#[test]
fn defines_of_older_build_files_are_harmless() {
    headers();
    for define in ["-DTIM_EXPORTS", "-DTIM_IMPORTS"] {
        for standard in STANDARDS {
            run(standard
                .compiler()
                .args(["-fsyntax-only", define])
                .arg(include_dir().join("TIMCloud.h")));
        }
    }
}

#[test]
fn programs_may_spell_it_as_they_always_did() {
    headers();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spellings");
    for standard in STANDARDS {
        let source = if standard.is_cpp() { "spellings.cpp" } else { "spellings.c" };
        let program = program.with_extension(standard.0);
        c::build(standard.compiler().arg(sources.join(source)), &program);
        run(&mut Command::new(&program));
    }
    // What is valid C is valid C++ here.
    run(Standard("c++11").compiler().arg("-fsyntax-only").arg(sources.join("spellings.c")));
}

/// Every name that the vocabulary has for C, older ones too, is there and has its value.
#[test]
fn every_constant_has_its_value() {
    headers();
    let mut checks = String::new();
    let mut text = |name: &str, value: &str| {
        writeln!(checks, "    wrong += is_not({name}, \"{value}\", \"{name}\");").unwrap();
    };
    for field in OBJECTS.iter().flat_map(|object| object.fields) {
        field.c_names.iter().for_each(|name| text(name, field.key));
        for (old, names) in field.old {
            names.iter().for_each(|name| text(name, old));
        }
    }
    for constant in CONSTANTS.iter().chain(OPERATIONS) {
        constant.c_names.iter().for_each(|name| text(name, constant.value));
    }
    let members = ENUMS.iter().flat_map(|item| item.members);
    let members = members.map(|member| (member.c_name, member.aliases, member.value));
    let codes = CODES.iter().map(|code| (code.c_name, code.aliases, i64::from(code.value)));
    for (name, aliases, value) in members.chain(codes) {
        for name in [name].iter().chain(aliases) {
            writeln!(checks, "    wrong += differs({name}, {value}LL, \"{name}\");").unwrap();
        }
    }
    let source = format!(
        "#include \"TIMCloud.h\"\n#include <stdio.h>\n#include <string.h>\n\
         static int is_not(const char* text, const char* value, const char* name) {{\n\
         if (strcmp(text, value) == 0) return 0;\n\
         printf(\"%s is %s, not %s\\n\", name, text, value);\n    return 1;\n}}\n\
         static int differs(int64_t number, int64_t value, const char* name) {{\n\
         if (number == value) return 0;\n\
         printf(\"%s is not %ld\\n\", name, (long)value);\n    return 1;\n}}\n\
         int main(void) {{\n    int wrong = 0;\n{checks}    return wrong != 0;\n}}\n"
    );
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (file, program) = (directory.join("constants.c"), directory.join("constants"));
    c::write(&file, source);
    c::build(Standard("c99").compiler().arg(&file), &program);
    run(&mut Command::new(&program));
}

#[test]
fn cmake_package_has_the_version_of_the_library() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("cmake/ImSDKConfigVersion.cmake");
    let line = format!("set(PACKAGE_VERSION \"{}\")\n", env!("CARGO_PKG_VERSION"));
    assert!(fs::read_to_string(file).unwrap().contains(&line), "{line}");
}
