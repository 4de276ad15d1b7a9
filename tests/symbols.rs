//! The shared library: exactly the functions of the headers, with exactly the prototypes of the
//! fact table.
#![cfg(target_os = "linux")]

mod c;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use c::{Standard, facts, header_names, include_dir, library, run};

const FUNCTIONS: &str = include_str!("facts/functions.tsv");
const CALLBACKS: &str = include_str!("facts/callbacks.tsv");

/// The functions that a header declares.
fn declared(header: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(include_dir().join(header)).unwrap();
    text.lines()
        .filter(|line| line.starts_with("TIM_API "))
        .map(|line| {
            let before = line.split('(').next().unwrap();
            before.rsplit([' ', '*']).next().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn headers_declare_each_function_where_the_facts_say() {
    let mut all = BTreeSet::new();
    for header in header_names() {
        for function in declared(&header) {
            assert!(all.insert((function, header.clone())));
        }
    }
    let facts = facts(FUNCTIONS).map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    assert_eq!(all, facts);
}

#[test]
fn the_readme_lists_the_functions_by_header() {
    let readme = fs::read_to_string(include_dir().join("../README.md")).unwrap();
    let listed: BTreeSet<(String, String)> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `TIM")?.split_once("` | "))
        .flat_map(|(header, functions)| {
            let functions = functions.trim_end_matches(" |").split(", ");
            functions.map(move |function| (function.to_owned(), format!("TIM{header}")))
        })
        .collect();
    let facts = facts(FUNCTIONS).map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    assert_eq!(listed, facts);
}

#[test]
fn library_exports_the_functions_and_nothing_else() {
    let output = run(Command::new("nm").args(["-D", "--defined-only"]).arg(library()));
    let exported: BTreeSet<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| line.rsplit(' ').next().unwrap().to_owned())
        .collect();
    let declared: BTreeSet<String> =
        header_names().iter().flat_map(|name| declared(name)).collect();
    assert_eq!(exported, declared);
}

#[test]
fn library_has_the_name_that_programs_look_for_and_stays_loaded() {
    let output = run(Command::new("readelf").args(["-d", "-W"]).arg(library()));
    let dynamic = String::from_utf8(output.stdout).unwrap();
    assert!(dynamic.contains("soname: [libImSDK.so]"), "{dynamic}");
    assert!(dynamic.contains("NODELETE"), "{dynamic}");
}

/// Takes the address of every function with the prototype of the fact table, links and runs.
#[test]
fn prototypes_are_the_public_ones() {
    let mut source = String::from(
        "#include \"TIMCloud.h\"\n#include <type_traits>\n\
         template <typename T> static int taken(T function) { return function == nullptr; }\n",
    );
    for row in facts(CALLBACKS) {
        let (name, returns, parameters) = (row[0], row[1], row[2..].join(", "));
        writeln!(
            source,
            "static_assert(std::is_same<{name}, {returns} (*)({parameters})>::value, \"{name}\");"
        )
        .unwrap();
    }
    source.push_str("int main() {\n    int missing = 0;\n");
    for row in facts(FUNCTIONS) {
        let (name, returns, parameters) = (row[0], row[2], row[3..].join(", "));
        writeln!(source, "    missing += taken<{returns} (*)({parameters})>({name});").unwrap();
    }
    source.push_str("    return missing;\n}\n");

    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (file, program) = (directory.join("prototypes.cpp"), directory.join("prototypes"));
    c::write(&file, source);
    c::build(Standard("c++11").compiler().arg(&file).args(c::link()), &program);
    run(&mut Command::new(&program));
}
