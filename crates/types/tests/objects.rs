//! What holds for every object, found through its metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use imsdk_types::{ConvInfo, FieldMeta, Message, OBJECTS, ObjectMeta, UserProfileItem, json};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value, json};

fn object(name: &str) -> &'static ObjectMeta {
    OBJECTS.iter().find(|object| object.name == name).unwrap_or_else(|| panic!("no object {name}"))
}

fn rewrite(object: &ObjectMeta, input: &Value) -> Map<String, Value> {
    let output = (object.rewrite)(input.to_string().as_bytes()).expect("an object");
    serde_json::from_str(&output).expect("strict JSON")
}

/// All spellings of a key, the current one first.
fn spellings(field: &FieldMeta) -> impl Iterator<Item = &'static str> {
    std::iter::once(field.key).chain(field.old.iter().map(|(old, _)| *old))
}

/// A value for a key that is not the default, at the edge of what the type can hold.
fn sample(ty: &str, depth: u32) -> Value {
    match ty {
        "bool" => json!(true),
        "int32" => json!(i32::MIN),
        "uint32" => json!(u32::MAX),
        "int64" => json!(i64::MIN),
        "uint64" => json!(u64::MAX),
        "double" => json!(-116.397_128),
        "string" => json!("😀 \u{1}\u{1f}\u{7f}\n\"\\/\u{2028}ä"),
        "any" => json!({"b": [1, null], "a": 1.5}),
        _ => match ty.strip_prefix('[') {
            Some(item) => json!([sample_item(item.strip_suffix(']').expect("an array"), depth)]),
            None => sample_item(ty.strip_prefix("object ").expect("an object"), depth),
        },
    }
}

fn sample_item(ty: &str, depth: u32) -> Value {
    match OBJECTS.iter().find(|object| object.name == ty) {
        Some(object) => full(object, depth + 1),
        None => sample(ty, depth),
    }
}

/// An object with all its keys; objects deep within have none.
fn full(object: &ObjectMeta, depth: u32) -> Value {
    match object.name {
        "Elem" => json!({"elem_type": 0, "text_elem_content": "x"}),
        _ if depth > 3 => json!({}),
        _ => Value::Object(
            object
                .fields
                .iter()
                .flat_map(|field| {
                    spellings(field).map(|key| (key.to_owned(), sample(field.ty, depth)))
                })
                .collect(),
        ),
    }
}

#[test]
fn every_value_comes_back_exactly_under_every_spelling() {
    for object in OBJECTS.iter().filter(|object| object.name != "Elem") {
        let input = full(object, 3);
        let output = rewrite(object, &input);
        for (key, value) in input.as_object().expect("an object") {
            match value {
                // Objects within come back complete.
                Value::Object(_) => {
                    assert!(output[key].is_object() || !value["b"].is_null(), "{key}")
                }
                Value::Array(items) if items[0].is_object() => {
                    assert!(output[key][0].is_object(), "{key}")
                }
                _ => assert_eq!(&output[key], value, "{key}"),
            }
        }
        assert_eq!(output.len(), input.as_object().expect("an object").len(), "{}", object.name);
        let nested = rewrite(object, &full(object, 0));
        assert_eq!(
            Value::Object(rewrite(object, &Value::Object(nested.clone()))),
            Value::Object(nested)
        );
    }
}

#[test]
fn one_spelling_in_all_spellings_out() {
    for object in OBJECTS {
        for field in object.fields.iter().filter(|field| !field.old.is_empty()) {
            let given = sample(field.ty, 3);
            let all: BTreeSet<_> = spellings(field).collect();
            let expected = &rewrite(object, &json!({field.key: given}))[field.key];
            let default = rewrite(object, &json!({})).get(field.key).cloned().unwrap_or_default();
            assert_ne!(expected, &default, "{}", field.key);
            for key in &all {
                let output = rewrite(object, &json!({*key: given}));
                assert!(all.iter().all(|key| &output[*key] == expected), "{key}");
                for other in all.iter().filter(|other| *other != key) {
                    // In both orders, the value that says something wins.
                    for text in [
                        format!("{{{}:{given},{}:{default}}}", json!(key), json!(other)),
                        format!("{{{}:{default},{}:{given}}}", json!(other), json!(key)),
                    ] {
                        let output = (object.rewrite)(text.as_bytes()).expect("an object");
                        let output: Map<String, Value> =
                            serde_json::from_str(&output).expect("strict JSON");
                        assert_eq!(&output[*key], expected, "{text}");
                    }
                }
            }
        }
    }
}

/// Whether a JSON value means something for a type.
fn fits(ty: &str, value: &Value) -> bool {
    match ty {
        "bool" => value.is_boolean() || value.is_number(),
        "int32" | "uint32" | "int64" | "uint64" | "double" => value.is_number(),
        "string" => value.is_string(),
        "any" => !value.is_null(),
        _ if ty.starts_with('[') => value.is_array(),
        _ => value.is_object(),
    }
}

#[test]
fn a_value_of_the_wrong_type_counts_as_absent() {
    let values =
        json!([null, true, false, 0, -1, 1.5, 1e300, "", "x", [], [1], [[]], {}, {"a": {"b": []}}]);
    for object in OBJECTS {
        let empty = rewrite(object, &json!({}));
        for field in object.fields {
            // The one text that may be given as a number.
            let numbers = field.key == "user_profile_item_location";
            let fits = |value: &Value| fits(field.ty, value) || numbers && value.is_number();
            for value in values.as_array().expect("an array").iter().filter(|value| !fits(value)) {
                for key in spellings(field) {
                    assert_eq!(rewrite(object, &json!({key: value})), empty, "{key}: {value}");
                }
            }
        }
        for value in values.as_array().expect("an array").iter().filter(|value| !value.is_object())
        {
            assert!(
                (object.rewrite)(value.to_string().as_bytes()).is_err(),
                "{} from {value}",
                object.name
            );
        }
    }
}

#[test]
fn items_of_the_wrong_type_are_left_out() {
    for object in OBJECTS {
        for field in object.fields.iter().filter(|field| field.ty.starts_with('[')) {
            let given = sample(field.ty, 3);
            let wrong = match field.ty {
                "[string]" => json!([1, given[0], null, {}]),
                _ => json!(["x", given[0], null, []]),
            };
            let expected = &rewrite(object, &json!({field.key: given}))[field.key];
            assert_eq!(
                &rewrite(object, &json!({field.key: wrong}))[field.key],
                expected,
                "{}",
                field.key
            );
        }
    }
}

#[test]
fn unknown_keys_pass_where_others_may_add_them() {
    let unknown = json!({"zz_text": "x", "zz_deep": {"b": [18446744073709551615u64, null], "a": -1}, "": 1.5});
    for object in OBJECTS {
        let output = rewrite(object, &unknown);
        let keeps = ["Message", "SetConfig", "FriendProfileItem"].contains(&object.name)
            || object.name.ends_with("Elem");
        for (key, value) in unknown.as_object().expect("an object") {
            assert_eq!(output.get(key), keeps.then_some(value), "{}", object.name);
        }
    }
}

#[test]
fn output_is_complete_and_in_order_of_the_keys() {
    for object in OBJECTS.iter().filter(|object| object.name != "Elem") {
        let complete = (object.rewrite)(full(object, 0).to_string().as_bytes()).expect("an object");
        assert_in_order(&serde_json::from_str(&complete).expect("strict JSON"));
        let empty = (object.rewrite)(b"{}").expect("an object");
        let empty: Ordered = serde_json::from_str(&empty).expect("strict JSON");
        assert_in_order(&empty);
        let Ordered::Object(keys) = empty else { panic!("an object") };
        let keys: BTreeMap<_, _> = keys.iter().map(|(key, value)| (key.as_str(), value)).collect();
        for field in object.fields {
            let present: BTreeSet<_> = spellings(field).map(|key| keys.contains_key(key)).collect();
            assert_eq!(present.len(), 1, "{} is written under some spellings only", field.key);
        }
    }
}

/// Neighbours with default values are written together.
#[test]
fn a_value_stands_among_defaults() {
    for object in OBJECTS.iter().filter(|object| object.name != "Elem") {
        let defaults = rewrite(object, &json!({}));
        for field in object.fields {
            let given = match defaults.get(field.key) {
                Some(Value::Bool(default)) => json!(!default),
                _ => sample(field.ty, 2),
            };
            let input = json!({field.key: given}).to_string();
            let output = (object.rewrite)(input.as_bytes()).expect("an object");
            assert_in_order(&serde_json::from_str(&output).expect("strict JSON"));
            let output: Map<String, Value> = serde_json::from_str(&output).expect("strict JSON");
            let mut expected = defaults.clone();
            for key in spellings(field) {
                assert_ne!(output.get(key), defaults.get(key), "{key}");
                expected.insert(key.to_owned(), output[key].clone());
            }
            assert_eq!(output, expected, "{}", field.key);
        }
    }
}

/// A JSON value that remembers the order of its keys.
enum Ordered {
    Object(Vec<(String, Ordered)>),
    Array(Vec<Ordered>),
    Other,
}

fn assert_in_order(value: &Ordered) {
    match value {
        Ordered::Object(keys) => {
            let keys_only: Vec<_> = keys.iter().map(|(key, _)| key).collect();
            assert!(keys_only.is_sorted_by(|a, b| a < b), "{keys_only:?}");
            keys.iter().for_each(|(_, value)| assert_in_order(value));
        }
        Ordered::Array(items) => items.iter().for_each(assert_in_order),
        Ordered::Other => {}
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(OrderedVisitor)
    }
}

struct OrderedVisitor;

impl<'de> Visitor<'de> for OrderedVisitor {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
        let mut keys = Vec::new();
        while let Some(entry) = map.next_entry()? {
            keys.push(entry);
        }
        Ok(Ordered::Object(keys))
    }
    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Ordered, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Ordered::Array(items))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Ordered, E> {
        Ok(Ordered::Other)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Ordered, E> {
        Ok(Ordered::Other)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Ordered, E> {
        Ok(Ordered::Other)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Ordered, E> {
        Ok(Ordered::Other)
    }
    fn visit_str<E>(self, _: &str) -> Result<Ordered, E> {
        Ok(Ordered::Other)
    }
    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Other)
    }
}

/// Every key of a published example comes out again, with its value.
#[test]
fn examples() {
    let examples: Vec<Value> =
        serde_json::from_str(include_str!("data/examples.json")).expect("strict JSON");
    // Those of texts have no keys.
    for example in examples.iter().filter(|example| example["object"] != "string") {
        let object = object(example["object"].as_str().expect("a name"));
        let items = match &example["json"] {
            Value::Array(items) => items.as_slice(),
            item => std::slice::from_ref(item),
        };
        for item in items {
            assert_contains(&Value::Object(rewrite(object, item)), item, &example["id"]);
        }
    }
    assert_eq!(examples.len(), 36);
}

fn assert_contains(output: &Value, example: &Value, place: &Value) {
    match example {
        // The examples show an empty array of custom fields as an empty object. It stays one within an element that is
        // unknown because they number its kind differently.
        Value::Object(keys) if keys.is_empty() => {
            assert!(*output == json!([]) || *output == json!({}), "{place}")
        }
        Value::Object(keys) => {
            for (key, value) in keys {
                let output = output.get(key).unwrap_or_else(|| panic!("{place}: {key} is missing"));
                // They show the kind of a group as text; the headers declare a number.
                if key.ends_with("_group_type") && value == "Public" {
                    assert_eq!(output, 0, "{place}: {key}");
                } else {
                    assert_contains(output, value, &json!(format!("{place} {key}")));
                }
            }
        }
        Value::Array(items) => {
            assert_eq!(output.as_array().map(Vec::len), Some(items.len()), "{place}");
            items.iter().enumerate().for_each(|(i, item)| assert_contains(&output[i], item, place));
        }
        value => assert_eq!(output, value, "{place}"),
    }
}

/// There are two ways to write: through serde, and straight.
#[test]
fn both_ways_of_writing_agree() {
    let message = full(object("Message"), 0);
    let conv = full(object("ConvInfo"), 0);
    let mut message: Message = json::parse(message.to_string().as_bytes()).expect("a message");
    message.extra.insert("zz \"\n".to_owned(), json!([1, {"a": null}]));
    message.elem_array = (-1..=13)
        .map(|number| format!(r#"{{"elem_type":{number},"a":1,"z":"ä"}}"#))
        .map(|elem| json::parse(elem.as_bytes()).expect("an element"))
        .collect();
    // A zero that is not quite the default.
    let zero = r#"{"elem_type":7,"location_elem_longitude":-0.0,"location_elem_latitude":0.0}"#;
    message.elem_array.push(json::parse(zero.as_bytes()).expect("an element"));
    let conv: ConvInfo = json::parse(conv.to_string().as_bytes()).expect("a conversation");
    assert_eq!(json::to_string(&message), serde_json::to_string(&message).expect("JSON"));
    assert_eq!(json::to_string(&conv), serde_json::to_string(&conv).expect("JSON"));
    assert_eq!(
        json::to_string(&vec![conv.clone(), conv.clone()]),
        serde_json::to_string(&[&conv, &conv]).expect("JSON")
    );
    let nothing = UserProfileItem::default();
    assert_eq!(
        (json::to_string(&nothing), serde_json::to_string(&nothing).expect("JSON")),
        ("{}".into(), "{}".into())
    );
}
