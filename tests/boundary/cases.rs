//! Makes a list of bad JSON from the table of objects: for each JSON parameter of each function, each of its keys with each kind of wrong
//! value, and the whole cut off at many places. One line each: function, number of the parameter among those that vary, what it is, text.

use std::fmt::Write as _;

use imsdk_types::{FieldMeta, OBJECTS, ObjectMeta};
use serde_json::{Map, Value, json};

use crate::c::facts;
use crate::calls;

const ARGUMENTS: &str = include_str!("../facts/arguments.tsv");

/// Values that are wrong for some key, each in its way.
fn wrong_values() -> Vec<(&'static str, Value)> {
    let deep = (0..60).fold(json!(1), |inner, _| json!({"a": [inner]}));
    vec![
        ("null", Value::Null),
        ("true", json!(true)),
        ("-1", json!(-1)),
        ("99", json!(99)),
        ("2^31", json!(1_u64 << 31)),
        ("2^64-1", json!(u64::MAX)),
        ("-2^63", json!(i64::MIN)),
        ("1e300", json!(1e300)),
        ("empty text", json!("")),
        ("text", json!("no number, \u{1} \u{10ffff} \"\\/ ../..")),
        ("long text", json!("é".repeat(5_000))),
        ("empty list", json!([])),
        ("list of everything", json!([null, true, -1, 1e300, "", "x", [], {}])),
        ("long list", Value::Array(vec![json!("x"); 2_000])),
        ("empty object", json!({})),
        ("deep", deep),
    ]
}

/// The list.
pub fn list() -> Vec<u8> {
    let mut out = Vec::new();
    for row in facts(ARGUMENTS) {
        let [function, parameter, object] = row[..] else { panic!("{row:?}") };
        let index = calls::index(function, parameter);
        let mut add = |label: &str, text: &[u8]| {
            assert!(!text.iter().any(|byte| matches!(byte, 0 | b'\n')), "{label}");
            out.extend_from_slice(format!("{function}\t{index}\t{label}\t").as_bytes());
            out.extend_from_slice(text);
            out.push(b'\n');
        };
        let good: Value =
            serde_json::from_str(&calls::good_json(function, parameter)).expect("good JSON");
        let is_list = good.is_array();
        let whole = |object: Value| if is_list { json!([object]) } else { object };
        let name = object.trim_matches(['[', ']']);
        let Some(object) = OBJECTS.iter().find(|object| object.name == name) else {
            for (label, value) in wrong_values() {
                add(label, json!([value]).to_string().as_bytes());
            }
            continue;
        };
        let base = match if is_list { good.get(0).cloned() } else { Some(good.clone()) } {
            Some(Value::Object(base)) => base,
            _ => Map::new(),
        };
        let mut label = String::new();
        for field in object.fields {
            for (what, changed) in changes(&base, field) {
                label.clear();
                write!(label, "{}: {what}", field.key).expect("a string takes it");
                add(&label, whole(changed.into()).to_string().as_bytes());
            }
        }
        // As many keys as there can be.
        let full = whole(full(object, 0)).to_string();
        add("every key", full.as_bytes());
        for part in 0..24 {
            let at = full.len() * part / 24 + part % 7;
            add(&format!("cut at {at}"), &full.as_bytes()[..at.clamp(1, full.len() - 1)]);
        }
    }
    out
}

/// `base` with one key wrong, or one key of an object within.
fn changes(base: &Map<String, Value>, field: &FieldMeta) -> Vec<(String, Map<String, Value>)> {
    let with = |value: Value| {
        let mut changed = base.clone();
        changed.insert(field.key.to_owned(), value);
        changed
    };
    let mut all: Vec<_> =
        wrong_values().into_iter().map(|(what, value)| (what.to_owned(), with(value))).collect();
    let name = field.ty.trim_start_matches("object ").trim_matches(['[', ']']);
    let inside: Vec<(&ObjectMeta, Map<String, Value>)> = match name {
        "Elem" => elements(),
        name => {
            let object = OBJECTS.iter().find(|object| object.name == name);
            object.map(|object| (*object, Map::new())).into_iter().collect()
        }
    };
    for (object, start) in inside {
        for inner in object.fields {
            for (what, value) in wrong_values() {
                let mut item = start.clone();
                item.insert(inner.key.to_owned(), value);
                let item = Value::Object(item);
                let item = if field.ty.starts_with('[') { json!([item]) } else { item };
                all.push((format!("{}: {what}", inner.key), with(item)));
            }
        }
    }
    all
}

/// Every kind of element, with the number that says which it is.
fn elements() -> Vec<(&'static ObjectMeta, Map<String, Value>)> {
    let elem = OBJECTS.iter().find(|object| object.name == "Elem").expect("it is there");
    let mut all = Vec::new();
    for number in 0..32 {
        let start = json!({"elem_type": number});
        let written = (elem.rewrite)(start.to_string().as_bytes()).expect("an element");
        let written: Map<String, Value> = serde_json::from_str(&written).expect("JSON");
        let kind = OBJECTS.iter().find(|object| {
            object.name != "Elem" && object.fields.iter().any(|it| written.contains_key(it.key))
        });
        if let (Some(kind), Value::Object(start)) = (kind, start) {
            all.push((*kind, start));
        }
    }
    assert!(all.len() > 8, "the elements are not found");
    all
}

/// An object with a plausible value for each of its keys; objects deep within have none.
fn full(object: &ObjectMeta, depth: u32) -> Value {
    if object.name == "Elem" {
        return json!({"elem_type": 0, "text_elem_content": "ä 你好 \u{1f600}"});
    }
    let value = |ty: &str| match ty {
        "bool" => json!(true),
        "double" => json!(1.5),
        "string" => json!("ä 你好 \u{1f600}"),
        "any" => json!({"a": [1, null]}),
        ty if ty.contains("int") => json!(1),
        ty => {
            let name = ty.trim_start_matches("object ").trim_matches(['[', ']']);
            let inside = OBJECTS.iter().find(|object| object.name == name);
            let item = match inside {
                Some(object) if depth < 3 => full(object, depth + 1),
                Some(_) => json!({}),
                None if name == "string" => json!("x"),
                None => json!(1),
            };
            if ty.starts_with('[') { json!([item]) } else { item }
        }
    };
    let keys = object.fields.iter().map(|field| (field.key.to_owned(), value(field.ty)));
    Value::Object(keys.collect())
}
