//! Makes the C headers into `OUT_DIR/include` and sets how the shared library is linked.
//!
//! Functions and callback types come from their Rust items through cbindgen; enums, JSON keys and
//! error codes from the metadata of `imsdk-types`. The source tree is never written to:
//! `tests/header.rs` compares the result with the checked-in `include/`, where the files without
//! facts (`TIMCloud.h`, `TIMCloudComm.h`, forwarding headers) live.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use imsdk_types::meta::{CodeMeta, ConstantMeta, EnumMeta, FieldMeta, ObjectMeta, doc_lines};
use imsdk_types::{CODES, CONSTANTS, ENUMS, OBJECTS, OPERATIONS};

/// The functions of a header, and where they are.
struct Area {
    header: &'static str,
    title: &'static str,
    sources: &'static [&'static str],
}

const AREAS: [Area; 6] = [
    Area {
        header: "TIMManager.h",
        title: "start and stop, configuration, login, user profiles",
        sources: &["manager", "profile"],
    },
    Area {
        header: "TIMMessageManager.h",
        title: "messages: send, receive, history, read state",
        sources: &["message"],
    },
    Area {
        header: "TIMConversationManager.h",
        title: "conversations and drafts",
        sources: &["conversation"],
    },
    Area { header: "TIMGroupManager.h", title: "groups and their members", sources: &["group"] },
    Area {
        header: "TIMFriendshipManager.h",
        title: "friends, friend requests, friend groups, black list",
        sources: &["friendship"],
    },
    Area {
        header: "TIMExperimentalAPI.h",
        title: "the experimental call",
        sources: &["experimental"],
    },
];

/// The callback types' one source.
const CALLBACKS: &str = "crates/types/src/callback.rs";

/// The sections of `TIMCloudDef.h`: what a newer header of that name would hold.
const SECTIONS: [(&str, &str); 10] = [
    ("TIMCloudDef.h", "Common"),
    ("TIMManager.h", "Manager and profiles"),
    ("TIMMessageManager.h", "Messages"),
    ("TIMConversationManager.h", "Conversations"),
    ("TIMGroupManager.h", "Groups"),
    ("TIMFriendshipManager.h", "Friendship"),
    ("TIMOfflinePushManager.h", "Offline push"),
    ("TIMCommunityManager.h", "Communities"),
    ("TIMSignalingManager.h", "Signaling"),
    ("TIMExperimentalAPI.h", "The experimental call"),
];

/// How wide comments get.
const WIDTH: usize = 100;

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    link_arguments();
    version_resource();
    for source in ["build.rs", "cbindgen.toml", "src/capi", CALLBACKS] {
        println!("cargo::rerun-if-changed={source}");
    }

    let include = out.join("include");
    fs::create_dir_all(&include).expect("OUT_DIR is writable");
    let write = |name: &str, text: String| {
        fs::write(include.join(name), text).expect("OUT_DIR is writable");
    };
    write("TIMCloudDef.h", definitions());
    write("TIMErrorCode.h", error_codes());
    write("TIMCloudCallback.h", callbacks(&root));
    for area in &AREAS {
        write(area.header, functions(&root, area));
    }
}

/// The name that programs linked to the original look for, and no unloading: Rust's thread-local
/// destructors do not survive a dlclose.
fn link_arguments() {
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    match target("OS").as_str() {
        "macos" | "ios" => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-install_name,@rpath/libImSDK.dylib");
        }
        "windows" => {}
        _ => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libImSDK.so");
            println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
        }
    }
}

/// What Windows shows of the DLL (Properties, Details): the version, the name, the licence. A machine without a resource compiler
/// makes a DLL that says nothing of itself.
fn version_resource() {
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    const DLL: u64 = 2;
    const ENGLISH: u16 = 0x0409;
    let about = |name: &str| env::var(name).expect("set by cargo");
    let made = winresource::WindowsResource::new()
        .set_language(ENGLISH)
        .set_version_info(winresource::VersionInfo::FILETYPE, DLL)
        .set("FileDescription", &about("CARGO_PKG_DESCRIPTION"))
        .set("InternalName", "ImSDK")
        .set("LegalCopyright", &about("CARGO_PKG_LICENSE"))
        .set("OriginalFilename", "ImSDK.dll")
        .compile();
    if let Err(error) = made {
        println!("cargo::warning=ImSDK.dll gets no version resource: {error}");
    }
}

/// The frame of every generated header.
fn header(name: &str, title: &str, origin: &str, includes: &[&str], body: &str) -> String {
    let guard = format!("IMSDK_{}", name.replace('.', "_").to_uppercase());
    let mut text = String::new();
    writeln!(text, "/**\n * @file {name}\n * The TIM C interface: {title}.\n *").unwrap();
    writeln!(text, " * Generated from {origin}; edit there, then").unwrap();
    writeln!(text, " * UPDATE_HEADERS=1 cargo test --test header\n */").unwrap();
    writeln!(text, "#ifndef {guard}\n#define {guard}\n").unwrap();
    for include in includes {
        writeln!(text, "#include \"{include}\"").unwrap();
    }
    write!(text, "\n{}\n\n#endif /* {guard} */\n", body.trim()).unwrap();
    text
}

fn extern_c(declarations: &str) -> String {
    format!(
        "#ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n{}\n\n#ifdef __cplusplus\n}}\n#endif",
        declarations.trim()
    )
}

fn functions(root: &Path, area: &Area) -> String {
    let files: Vec<String> =
        area.sources.iter().map(|source| format!("src/capi/{source}.rs")).collect();
    let declarations: Vec<String> =
        files.iter().map(|file| declarations(&root.join(file), Vec::new())).collect();
    header(
        area.header,
        area.title,
        &files.join(" and "),
        &["TIMCloudCallback.h"],
        &extern_c(&declarations.join("\n")),
    )
}

fn callbacks(root: &Path) -> String {
    let path = root.join(CALLBACKS);
    let source = fs::read_to_string(&path).expect("the callback types are in the source tree");
    // cbindgen drops types that no function of the same file uses, unless they are named.
    let names = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub type TIM")?.split_once(' '))
        .map(|(name, _)| format!("TIM{name}"))
        .collect();
    header(
        "TIMCloudCallback.h",
        "callback types",
        CALLBACKS,
        &["TIMCloudDef.h", "TIMErrorCode.h"],
        &extern_c(&declarations(&path, names)),
    )
}

/// What cbindgen makes of one source file: declarations with their comments, nothing around them.
fn declarations(source: &Path, extra_types: Vec<String>) -> String {
    let mut config =
        cbindgen::Config::from_file("cbindgen.toml").expect("cbindgen.toml can be read");
    config.export.include.extend(extra_types);
    let bindings = cbindgen::Builder::new()
        .with_config(config)
        .with_src(source)
        .generate()
        .unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).expect("sources are UTF-8");
    text.lines().map(|line| fold(line) + "\n").collect()
}

/// Breaks a declaration that is too long for one line. cbindgen would put each parameter on a line
/// of its own.
fn fold(line: &str) -> String {
    let is_declaration = line.starts_with("TIM_API ") || line.starts_with("typedef ");
    // The last parenthesis that opens: a function pointer type has an earlier one around its name.
    match line.rfind('(') {
        Some(open) if is_declaration && line.len() > WIDTH => {
            let (name, parameters) = line.split_at(open + 1);
            let lines = wrap(parameters, ", ", WIDTH - 4);
            format!("{name}\n    {}", lines.join(",\n    "))
        }
        _ => line.to_owned(),
    }
}

/// Enums and keys, section by section.
fn definitions() -> String {
    let mut body = String::new();
    let mut seen = HashSet::new();
    let unplaced = |header: &str| SECTIONS.iter().all(|(name, _)| *name != header);
    for (name, title) in SECTIONS {
        // What no header of the original has goes to the common part.
        let here = |header: &str| header == name || (name == SECTIONS[0].0 && unplaced(header));
        let mut section = String::new();
        for item in ENUMS.iter().filter(|item| here(item.header)) {
            enumeration(&mut section, item);
        }
        for item in CONSTANTS.iter().chain(OPERATIONS).filter(|item| here(item.header)) {
            constant(&mut section, item, &mut seen);
        }
        for item in OBJECTS.iter().filter(|item| here(item.header)) {
            object(&mut section, item, &mut seen);
        }
        if !section.is_empty() {
            let bar = "-".repeat(WIDTH - 7 - title.len());
            write!(body, "/* -- {title} {bar} */\n\n{section}").unwrap();
        }
    }
    header(
        "TIMCloudDef.h",
        "enums, and the keys of all JSON objects",
        "crates/types/src",
        &["TIMCloudComm.h"],
        &body,
    )
}

fn error_codes() -> String {
    let mut body = String::new();
    comment(&mut body, "", "Result codes: what callbacks get as `code`. 0 is success.");
    body.push_str("enum TIMErrCode {\n");
    let mut area = "";
    for code in CODES {
        if area != code.area {
            body.push_str(if area.is_empty() { "" } else { "\n" });
            area = code.area;
            writeln!(body, "    /* {} */", area.replace('_', " ")).unwrap();
        }
        error_code(&mut body, code);
    }
    body.push_str("};\ntypedef enum TIMErrCode TIMErrCode;\n");
    header("TIMErrorCode.h", "result codes", "crates/types/src/code.rs", &["TIMCloudComm.h"], &body)
}

fn error_code(body: &mut String, code: &CodeMeta) {
    for name in [code.c_name].iter().chain(code.aliases) {
        writeln!(body, "    {name} = {}, /**< {} */", code.value, clean(code.doc)).unwrap();
    }
}

fn enumeration(body: &mut String, item: &EnumMeta) {
    comment(body, "", item.doc);
    writeln!(body, "enum {} {{", item.name).unwrap();
    for member in item.members {
        comment(body, "    ", member.doc);
        writeln!(body, "    {} = {},", member.c_name, number(member.value)).unwrap();
        for alias in member.aliases {
            let value = number(member.value);
            let name = member.c_name;
            writeln!(body, "    {alias} = {value}, /**< older name of {name} */").unwrap();
        }
    }
    writeln!(body, "}};\ntypedef enum {0} {0};\n", item.name).unwrap();
}

/// A number as C source: the smallest int has no literal of its own.
fn number(value: i64) -> String {
    if value == i64::from(i32::MIN) { "(-2147483647 - 1)".into() } else { value.to_string() }
}

fn constant(body: &mut String, item: &ConstantMeta, seen: &mut HashSet<&'static str>) {
    comment(body, "", item.doc);
    for name in item.c_names.iter().filter(|name| seen.insert(**name)) {
        writeln!(body, "TIM_KEY {name} = \"{}\";", item.value).unwrap();
    }
    body.push('\n');
}

fn object(body: &mut String, item: &ObjectMeta, seen: &mut HashSet<&'static str>) {
    comment(body, "", &format!("@name {}\n{}\n@{{", item.name, item.doc.trim_end()));
    for field in item.fields {
        key(body, field, seen);
    }
    body.push_str("/** @} */\n\n");
}

fn key(body: &mut String, field: &FieldMeta, seen: &mut HashSet<&'static str>) {
    let mut doc = format!("{}: {}", field.ty, field.doc.trim());
    for (old, _) in field.old {
        write!(doc, " (Also spelt {old}; both are read and written.)").unwrap();
    }
    match field.c_names {
        [] => comment(body, "", &format!("\"{}\", {doc} (No header names it.)", field.key)),
        [name, ..] if seen.contains(name) => {}
        [..] => comment(body, "", &doc),
    }
    for name in field.c_names.iter().filter(|name| seen.insert(**name)) {
        writeln!(body, "TIM_KEY {name} = \"{}\";", field.key).unwrap();
    }
    for (old, names) in field.old {
        for name in names.iter().filter(|name| seen.insert(**name)) {
            writeln!(body, "TIM_KEY {name} = \"{old}\"; /**< the older spelling */").unwrap();
        }
    }
}

/// A Doxygen comment: one line if it fits, else a block.
fn comment(body: &mut String, indent: &str, doc: &str) {
    let lines: Vec<String> = paragraphs(doc)
        .iter()
        .flat_map(|text| wrap(&clean(text), " ", WIDTH - indent.len() - 3))
        .collect();
    match lines.as_slice() {
        [line] if indent.len() + line.len() + 7 <= WIDTH => {
            writeln!(body, "{indent}/** {line} */").unwrap();
        }
        lines => {
            writeln!(body, "{indent}/**").unwrap();
            for line in lines {
                writeln!(body, "{}", format!("{indent} * {line}").trim_end()).unwrap();
            }
            writeln!(body, "{indent} */").unwrap();
        }
    }
}

/// Lines that belong together as one, so that the line ends of the source do not show. Commands, items of lists and
/// empty lines stand for themselves.
fn paragraphs(doc: &str) -> Vec<String> {
    let alone = |line: &str| line.is_empty() || line.starts_with(['@', '-', '*', ' ']);
    let mut list: Vec<String> = Vec::new();
    let mut open = false;
    for line in doc_lines(doc) {
        match list.last_mut() {
            Some(text) if open && !alone(line) => {
                text.push(' ');
                text.push_str(line);
            }
            _ => list.push(line.to_owned()),
        }
        open = !alone(line);
    }
    list
}

/// Rust's markup is not C's.
fn clean(line: &str) -> String {
    line.replace("[`", "").replace("`]", "").replace('`', "").replace("*/", "* /")
}

/// Fills lines of at most `width` bytes with the parts that `separator` divides, dropping the
/// separators at line ends.
fn wrap(text: &str, separator: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in text.split(separator) {
        match lines.last_mut() {
            Some(line) if line.len() + separator.len() + part.len() <= width => {
                line.push_str(separator);
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}
