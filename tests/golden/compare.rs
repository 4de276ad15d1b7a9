//! What the library gives, against what an example shows.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// An example of the interface.
#[derive(serde::Deserialize)]
pub struct Example {
    pub id: String,
    json: Value,
}

/// All examples of the interface.
pub fn examples() -> Vec<Example> {
    serde_json::from_str(include_str!("../../crates/types/tests/data/examples.json")).expect("JSON")
}

/// The examples that one test compares.
pub struct Golden {
    ids: &'static [&'static str],
    compared: RefCell<BTreeSet<&'static str>>,
}

impl Golden {
    pub fn new(ids: &'static [&'static str]) -> Self {
        Self { ids, compared: RefCell::default() }
    }

    /// Compares with an example: every key that it shows is there, in every element, with its value, but that moments, random
    /// numbers and counters of another world are only of their kind.
    pub fn compare(&self, id: &str, found: &Value) {
        self.compare_but(id, found, &[]);
    }

    /// The same, with other values at some places of the example.
    pub fn compare_but(&self, id: &str, found: &Value, instead: &[(&str, Value)]) {
        let id =
            self.ids.iter().find(|it| **it == id).unwrap_or_else(|| panic!("{id} is not ours"));
        let mut shown = shown(id);
        for (place, value) in instead {
            let at = shown.pointer_mut(place).unwrap_or_else(|| panic!("{id} shows no {place}"));
            assert_ne!(at, value, "{id}: {place} is as shown");
            *at = value.clone();
        }
        let mut differences = Vec::new();
        compare(found, &shown, "", &mut differences);
        assert!(differences.is_empty(), "{id}:\n{}\n{found:#}", differences.join("\n"));
        self.compared.borrow_mut().insert(id);
    }

    /// All of them were compared.
    pub fn end(&self) {
        let ids: BTreeSet<_> = self.ids.iter().copied().collect();
        assert_eq!(*self.compared.borrow(), ids);
    }
}

/// The JSON of an example.
pub fn shown(id: &str) -> Value {
    let found = examples().into_iter().find(|example| example.id == id);
    found.unwrap_or_else(|| panic!("no example {id}")).json
}

/// What the examples show otherwise than every header has it, wherever they do.
fn by_header(key: &str, shown: &Value) -> Option<Value> {
    match key {
        "group_member_info_custom_info" | "group_detial_info_custom_info" => {
            assert_eq!(*shown, json!({}));
            Some(json!([]))
        }
        "group_base_info_group_type" | "group_detial_info_group_type" => {
            assert_eq!(*shown, "Public");
            Some(json!(0))
        }
        _ => None,
    }
}

/// Whether the value of a key is of another world: `None` if it is not and must be equal.
fn of_its_kind(key: &str, found: &Value, shown: &Value) -> Option<bool> {
    let shown = shown.as_u64().filter(|shown| *shown != 0)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let recent = |found: u64, now: u128| {
        found as u128 + now / 1_000_000 > now && found as u128 <= now + now / 1_000_000
    };
    let found = found.as_u64();
    let is = |fits: &dyn Fn(u64) -> bool| Some(found.is_some_and(fits));
    match key {
        "message_rand" => is(&|found| u32::try_from(found).is_ok()),
        "message_seq" | "pendency_page_current_seq" => is(&|found| found > 0),
        _ if key.ends_with("_info_seq") => is(&|found| found > 0),
        _ if key.ends_with("_time") && shown > 1_000_000_000_000 => {
            is(&|found| recent(found, now.as_millis()))
        }
        _ if key.ends_with("_time") && shown > 1_000_000_000 => {
            is(&|found| recent(found, now.as_secs().into()))
        }
        _ => None,
    }
}

fn compare(found: &Value, shown: &Value, at: &str, differences: &mut Vec<String>) {
    match (found, shown) {
        (Value::Object(object), Value::Object(keys)) => {
            for (key, shown) in keys {
                let at = format!("{at}/{key}");
                let Some(found) = object.get(key) else {
                    differences.push(format!("{at} is missing"));
                    continue;
                };
                let header = by_header(key, shown);
                match of_its_kind(key, found, shown) {
                    Some(true) => {}
                    Some(false) => {
                        differences.push(format!("{at}: {found} is nothing like {shown}"))
                    }
                    None => compare(found, header.as_ref().unwrap_or(shown), &at, differences),
                }
            }
        }
        (Value::Array(list), Value::Array(shown)) => {
            if list.len() != shown.len() {
                differences.push(format!("{at} has {} elements, not {}", list.len(), shown.len()));
            }
            for (place, (found, shown)) in list.iter().zip(shown).enumerate() {
                compare(found, shown, &format!("{at}/{place}"), differences);
            }
        }
        (found, shown) if found != shown => {
            differences.push(format!("{at}: {found} instead of {shown}"));
        }
        _ => {}
    }
}
