//! The vocabulary against the tables of facts about the public headers: nothing missing, nothing extra.

use std::collections::{BTreeMap, BTreeSet};

use imsdk_types::{CODES, CONSTANTS, ENUMS, OBJECTS, OPERATIONS};

/// The rows of a table, without its heading.
fn rows<const N: usize>(table: &'static str) -> BTreeSet<[&'static str; N]> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| row.split('\t').collect::<Vec<_>>().try_into().expect("all columns")).collect()
}

fn compare<const N: usize>(what: &str, facts: &BTreeSet<[&str; N]>, code: &BTreeSet<[&str; N]>) {
    let missing: Vec<_> = facts.difference(code).collect();
    let extra: Vec<_> = code.difference(facts).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{what}: missing {missing:#?}, extra {extra:#?}"
    );
}

fn leak(text: String) -> &'static str {
    text.leak()
}

#[test]
fn objects_and_keys() {
    let facts = rows::<7>(include_str!("../facts/keys.tsv"))
        .into_iter()
        .map(|[object, header, key, ty, _since, older_of, names]| {
            [object, header, key, ty, older_of, names]
        })
        .collect();
    let mut code = BTreeSet::new();
    for object in OBJECTS {
        for field in object.fields {
            let names = leak(field.c_names.join(" "));
            code.insert([object.name, object.header, field.key, field.ty, "", names]);
            for (old, names) in field.old {
                code.insert([
                    object.name,
                    object.header,
                    old,
                    field.ty,
                    field.key,
                    leak(names.join(" ")),
                ]);
            }
        }
    }
    compare("keys", &facts, &code);
}

#[test]
fn enums_and_members() {
    let facts = rows::<6>(include_str!("../facts/enums.tsv"))
        .into_iter()
        .map(|[name, header, member, value, _since, older_of]| {
            [name, header, member, value, older_of]
        })
        .collect();
    let mut code = BTreeSet::new();
    for item in ENUMS {
        for member in item.members {
            let value = leak(member.value.to_string());
            code.insert([item.name, item.header, member.c_name, value, ""]);
            for alias in member.aliases {
                code.insert([item.name, item.header, alias, value, member.c_name]);
            }
        }
    }
    compare("enums", &facts, &code);
}

#[test]
fn codes() {
    let facts = rows::<5>(include_str!("../facts/codes.tsv"))
        .into_iter()
        .map(|[name, value, _since, area, older_of]| [name, value, area, older_of])
        .collect();
    let mut code = BTreeSet::new();
    for item in CODES {
        let value = leak(item.value.to_string());
        code.insert([item.c_name, value, item.area, ""]);
        for alias in item.aliases {
            code.insert([alias, value, item.area, item.c_name]);
        }
    }
    compare("codes", &facts, &code);
    assert_eq!(
        CODES.len(),
        CODES.iter().map(|item| item.value).collect::<BTreeSet<_>>().len(),
        "a number stands twice"
    );
}

#[test]
fn operations() {
    let facts = rows::<3>(include_str!("../facts/operations.tsv"))
        .into_iter()
        .map(|[name, value, _since]| [name, value])
        .collect();
    let code =
        OPERATIONS.iter().flat_map(|item| item.c_names.iter().map(|name| [*name, item.value]));
    compare("operations", &facts, &code.collect());
}

#[test]
fn callbacks() {
    let facts = rows::<2>(include_str!("../facts/callbacks.tsv"));
    let source = include_str!("../src/callback.rs");
    let aliases: BTreeMap<_, _> = source
        .lines()
        .zip(source.lines().skip(1))
        .filter_map(|(doc, line)| {
            let raw = line.strip_prefix("pub type ")?.strip_suffix(" = c_int;")?;
            Some((raw, doc.strip_prefix("/// A `")?.split_once('`')?.0))
        })
        .collect();
    let mut code = BTreeSet::new();
    for item in source.split("\npub type TIM").skip(1) {
        let item: String = item
            .split(';')
            .next()
            .expect("an item")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let (name, rest) = item.split_once(" = Option<").expect("a callback may be NULL");
        let (_, parameters) = rest.split_once("unsafe extern \"C\" fn(").expect("a C function");
        let parameters = parameters
            .trim_end_matches(['>', ' ', ','])
            .trim_end_matches(')')
            .trim_end_matches(',');
        let parameters: Vec<_> = parameters
            .split(',')
            .filter(|parameter| !parameter.trim().is_empty())
            .map(|parameter| {
                let (name, ty) = parameter.trim().split_once(": ").expect("a name and a type");
                let ty = match ty {
                    "i32" => "int32_t".to_owned(),
                    "u32" => "uint32_t".to_owned(),
                    "*const c_char" => "const char*".to_owned(),
                    "*const c_void" => "const void*".to_owned(),
                    raw => format!("enum {}", aliases[raw]),
                };
                format!("{ty} {name}")
            })
            .collect();
        code.insert([leak(format!("TIM{name}")), leak(parameters.join(", "))]);
    }
    compare("callbacks", &facts, &code);
}

/// A C name may be defined once only.
#[test]
fn c_names_are_unique() {
    let mut names = BTreeSet::new();
    let mut add = |name: &'static str| assert!(names.insert(name), "{name} stands twice");
    for field in OBJECTS.iter().flat_map(|object| object.fields) {
        field
            .c_names
            .iter()
            .chain(field.old.iter().flat_map(|(_, names)| *names))
            .for_each(|name| add(name));
    }
    for member in ENUMS.iter().flat_map(|item| item.members) {
        add(member.c_name);
        member.aliases.iter().for_each(|name| add(name));
    }
    for item in CODES {
        add(item.c_name);
        item.aliases.iter().for_each(|name| add(name));
    }
    CONSTANTS.iter().chain(OPERATIONS).flat_map(|item| item.c_names).for_each(|name| add(name));
}

#[test]
fn everything_is_documented() {
    let objects =
        OBJECTS.iter().flat_map(|item| item.fields.iter().map(|field| field.doc).chain([item.doc]));
    let enums = ENUMS
        .iter()
        .flat_map(|item| item.members.iter().map(|member| member.doc).chain([item.doc]));
    for doc in objects.chain(enums) {
        assert!(doc.trim_end().ends_with('.') && doc.len() > 3, "{doc:?}");
    }
    for code in CODES {
        assert!(!code.doc.is_empty() && !code.doc.starts_with(' '), "{}", code.c_name);
    }
}
