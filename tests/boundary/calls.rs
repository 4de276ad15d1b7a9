//! Makes `calls.hpp` from the fact tables: every function of the library as an entry of one C++ table, with a good value and
//! many bad ones for each of its parameters.

use std::fmt::Write as _;
use std::fs;

use imsdk_types::{CODES, Error};
use serde_json::{Value, json};

use crate::c::{facts, include_dir};

const FUNCTIONS: &str = include_str!("../facts/functions.tsv");
const RETURNS: &str = include_str!("../facts/returns.tsv");

/// What stands before the table. The program that includes it defines `Listener` first.
const PRELUDE: &str = r#"#pragma once
#include <climits>
#include <cstddef>
#include <cstdint>
#include <string>
#include "TIMCloud.h"

namespace calls {

// Texts that are made at run time.
struct Made {
    std::string text, object, list, many, padded, open, closed, objects, nested;
};
inline Made& made() { static Made texts; return texts; }

// `big`: how long a long text is; `deep`: how many brackets a deep one has.
inline void make(size_t big, size_t deep) {
    Made& m = made();
    const std::string x(big, 'x');
    m.text = x;
    m.object = "{\"no_such_key\":\"" + x + "\"}";
    m.list = "[\"" + x + "\"]";
    m.many = "[";
    for (size_t i = 0; i < deep; i++) m.many += i % 2 ? "\"x\"," : "{},";
    m.many += "{}]";
    m.padded = std::string(big, ' ') + "{}";
    m.open = std::string(deep, '[');
    m.closed = m.open + std::string(deep, ']');
    m.objects.clear();
    for (size_t i = 0; i < deep; i++) m.objects += "{\"a\":";
    m.nested = "{\"no_such_key\":" + m.closed + "}";
}

struct Variant {
    const char* label;
    const char* text;
    const std::string Made::*made_text;
    long long number;
    const char* get() const { return made_text ? (made().*made_text).c_str() : text; }
};
struct Param {
    const char* name;
    char kind;  // t: text, n: number, b: buffer, l: listener
    const Variant* variants;  // the first is good
    int count;
};
using Choice = const Variant* const*;  // one for each Param
struct Function {
    const char* name;
    bool asynchronous;
    const Param* params;
    int count;
    const int* codes;  // that its callback may bring
    int code_count;
    int (*call)(Choice choice, TIMCommCallback cb, const void* user_data, char* buffer);
};

"#;

/// The text of `calls.hpp`.
pub fn header() -> String {
    let mut out = String::from(PRELUDE);
    let mut table = String::new();
    let mut count = 0;
    for row in facts(FUNCTIONS) {
        let (function, returns, parameters) = (row[0], row[2], &row[3..]);
        let good = good_texts(function);
        let (mut params, mut arguments, mut index) = (String::new(), Vec::new(), 0);
        for (place, parameter) in parameters.iter().enumerate() {
            let (kind, name) = parameter.rsplit_once([' ', '*']).expect("a type and a name");
            let (letter, variants, argument) = match kind.trim_end_matches([' ', '*']) {
                "TIMCommCallback" => {
                    arguments.push("cb".to_owned());
                    continue;
                }
                "const void" => {
                    arguments.push("user_data".to_owned());
                    continue;
                }
                "const char" => (
                    't',
                    texts(name, &good_text(function, name, good.get(place))),
                    format!("choice[{index}]->get()"),
                ),
                "char" => (
                    'b',
                    r#"{"buffer", nullptr, nullptr, 1}, {"NULL", nullptr, nullptr, 0}"#.to_owned(),
                    format!("choice[{index}]->number ? buffer : nullptr"),
                ),
                "uint64_t" => (
                    'n',
                    numbers(&["1400000000", "0", "1", "LLONG_MAX", "-1"]),
                    format!("static_cast<uint64_t>(choice[{index}]->number)"),
                ),
                enumeration if enumeration.starts_with("enum ") => (
                    'n',
                    numbers(&["1", "2", "0", "3", "99", "-1", "INT_MIN", "INT_MAX"]),
                    format!("static_cast<{enumeration}>(choice[{index}]->number)"),
                ),
                listener => (
                    'l',
                    r#"{"set", nullptr, nullptr, 1}, {"NULL", nullptr, nullptr, 0}"#.to_owned(),
                    format!("choice[{index}]->number ? &Listener<{listener}>::Call : nullptr"),
                ),
            };
            writeln!(out, "static const Variant variants_{function}_{index}[] = {{{variants}}};")
                .unwrap();
            write!(
                params,
                "{{\"{name}\", '{letter}', variants_{function}_{index}, \
                 sizeof variants_{function}_{index} / sizeof(Variant)}}, "
            )
            .unwrap();
            arguments.push(argument);
            index += 1;
        }
        let call = format!("{function}({})", arguments.join(", "));
        let body = match returns {
            "int" => format!("return {call};"),
            "void" => format!("{call}; return 0;"),
            "const char *" => format!("return {call} == nullptr;"),
            _ => format!("return static_cast<void>({call}), 0;"),
        };
        writeln!(
            out,
            "static const Param params_{function}[] = {{{params}{{nullptr, 0, nullptr, 0}}}};\n\
             static int call_{function}(Choice choice, TIMCommCallback cb, const void* user_data, char* buffer) {{\n    \
             (void)choice, (void)cb, (void)user_data, (void)buffer;\n    {body}\n}}"
        )
        .unwrap();
        let asynchronous = arguments.iter().any(|argument| argument == "cb");
        let mut codes = vec![0];
        if asynchronous {
            codes.extend(documented_codes(row[1], function));
        }
        let list: Vec<_> = codes.iter().map(|code| code.to_string()).collect();
        writeln!(out, "static const int codes_{function}[] = {{{}}};", list.join(", ")).unwrap();
        writeln!(
            table,
            "    {{\"{function}\", {asynchronous}, params_{function}, {index}, codes_{function}, {}, \
             call_{function}}},",
            codes.len()
        )
        .unwrap();
        count += 1;
    }
    writeln!(
        out,
        "static const Function functions[] = {{\n{table}}};\n\
         static const int function_count = {count};\n\n}}  // namespace calls"
    )
    .unwrap();
    out
}

/// The codes that the header says a function's callback may bring beside 0, ranges spelt out.
fn documented_codes(header: &str, function: &str) -> Vec<i32> {
    let text = fs::read_to_string(include_dir().join(header)).expect("a header");
    let end = text.find(&format!(" {function}(")).expect("a declaration");
    let begin = text[..end].rfind("/**").expect("a comment");
    let lines = text[begin..end].lines().map(|line| line.trim_start_matches([' ', '*']));
    let comment = lines.collect::<Vec<_>>().join(" ");
    let (_, about) = comment.split_once("@param cb,user_data").expect("a callback");
    let about = about.split("@return").next().unwrap_or(about);
    if let Some((_, other)) = about.split_once("as for ") {
        return documented_codes(header, other.trim());
    }
    // Before that word are the codes of single users and groups.
    let about = about.split_once("Codes:").map_or(about, |(_, codes)| codes);
    let words: Vec<&str> = about.split([' ', ',', ';', ':', '.', '(', ')']).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<i32>().ok());
    let named = CODES.iter().map(|code| code.value);
    let known: Vec<i32> = named.chain(Error::UNNAMED.map(|error| error.code)).collect();
    let mut found = Vec::new();
    for (at, first) in (0..words.len()).filter_map(|at| Some((at, number(at)?))) {
        let last = number(at + 2).filter(|_| words[at + 1] == "to").unwrap_or(first);
        found.extend(known.iter().filter(|code| (first..=last).contains(code)));
    }
    found
}

/// The arguments of the function's good case in the table of return codes; none where it has no case.
fn good_texts(function: &str) -> Vec<String> {
    let row = facts(RETURNS).find(|row| row[0] == function && row[2] == "valid");
    let Some(row) = row else { return Vec::new() };
    let (mut all, mut one, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for character in row[3].chars() {
        match character {
            ',' if !quoted => all.push(std::mem::take(&mut one)),
            _ => {
                if character == '"' && !escaped {
                    quoted = !quoted;
                }
                escaped = quoted && character == '\\' && !escaped;
                one.push(character);
            }
        }
    }
    all.push(one);
    all
}

/// The good value of a parameter that is JSON.
#[allow(dead_code, reason = "not every test varies parameters")]
pub fn good_json(function: &str, parameter: &str) -> String {
    let row = facts(FUNCTIONS).find(|row| row[0] == function).expect("a function");
    let place = row[3..].iter().position(|it| it.ends_with(parameter)).expect("a parameter");
    good_text(function, parameter, good_texts(function).get(place))
}

/// Which of the parameters that vary this one is.
#[allow(dead_code, reason = "not every test varies parameters")]
pub fn index(function: &str, parameter: &str) -> usize {
    let row = facts(FUNCTIONS).find(|row| row[0] == function).expect("a function");
    let before = row[3..].iter().take_while(|it| !it.ends_with(parameter));
    before.filter(|it| !it.starts_with("TIMCommCallback") && !it.starts_with("const void")).count()
}

fn good_text(function: &str, name: &str, literal: Option<&String>) -> String {
    match (function, name) {
        ("TIMInit", "json_sdk_config") => {
            r#"{"sdk_config_config_file_path":"config","sdk_config_log_file_path":"log"}"#
                .to_owned()
        }
        _ => {
            let literal = literal.unwrap_or_else(|| panic!("no good {name} of {function}"));
            // The escapes that the table uses are those of JSON.
            serde_json::from_str(literal.trim()).unwrap_or_else(|e| panic!("{literal}: {e}"))
        }
    }
}

fn texts(name: &str, good: &str) -> String {
    let mut all = vec![
        given("good", good.as_bytes()),
        r#"{"NULL", nullptr, nullptr, 0}"#.to_owned(),
        given("empty", b""),
        given("malformed UTF-8", b"\xff\xfe\xc3\x28\xed\xa0\x80\xf0\x9f"),
        given("spaces", b" \n\t "),
        made("long", "text"),
    ];
    if name.starts_with("json_") {
        let value: Value = serde_json::from_str(good).expect("good JSON is JSON");
        let half = (0..=good.len() / 2).rev().find(|&at| good.is_char_boundary(at)).unwrap_or(0);
        all.extend([
            given("cut by half", &good.as_bytes()[..half]),
            given("cut by one", &good.as_bytes()[..good.len() - 1]),
            given("with a tail", format!("{good}{good}").as_bytes()),
            given("no JSON", b"hello"),
            given("empty object", b"{}"),
            given("empty list", b"[]"),
            given("other container", json!([value]).to_string().as_bytes()),
            given("unknown key", br#"{"no_such_key":[null,{"a":1.5e300}]}"#),
            given("doubled key", br#"{"a":1,"a":"2"}"#),
            given("list of everything", br#"[null,true,-1,1e308,"",[],{}]"#),
            given("number", b"12"),
            given("null", b"null"),
            given("number too large", br#"{"a":1e999}"#),
            given("lone surrogate", br#"{"a":"\ud800"}"#),
            given("NUL inside", br#"["a\u0000b",{"a\u0000b":"a\u0000b"}]"#),
            given("malformed UTF-8 inside", b"{\"no_such_key\":\"\xc3\x28\xff\"}"),
            given("wrong leaf types", changed(&value, false).to_string().as_bytes()),
            given("wrong types", changed(&value, true).to_string().as_bytes()),
            given("nothing but null", nulls(&value).to_string().as_bytes()),
            given("numbers out of range", ranges(&value).to_string().as_bytes()),
            given("texts with control characters", odd(&value).to_string().as_bytes()),
            made("long object", "object"),
            made("long list", "list"),
            made("list of many", "many"),
            made("long and empty", "padded"),
            made("deep and open", "open"),
            made("deep", "closed"),
            made("deep objects", "objects"),
            made("deep under an unknown key", "nested"),
        ]);
    } else {
        all.extend([
            given("a byte too many", "x".repeat(129).as_bytes()),
            given("not ASCII", "ünïcödé 你好 \u{1f600}".as_bytes()),
            given("a path", b"../../../etc/passwd"),
            given("control characters", b"a\x01\r\n\x1b[2J\x7f%s%n\"\\"),
        ]);
    }
    all.join(", ")
}

/// A text as a C++ literal.
fn given(label: &str, text: &[u8]) -> String {
    let mut literal = String::new();
    for &byte in text {
        match byte {
            b'"' | b'\\' | b'?' => write!(literal, "\\{}", byte as char).unwrap(),
            b' '..=b'~' => literal.push(byte as char),
            _ => write!(literal, "\\{byte:03o}").unwrap(),
        }
    }
    format!("{{\"{label}\", \"{literal}\", nullptr, 0}}")
}

fn made(label: &str, member: &str) -> String {
    format!("{{\"{label}\", nullptr, &Made::{member}, 0}}")
}

fn numbers(values: &[&str]) -> String {
    let all: Vec<_> =
        values.iter().map(|value| format!("{{\"{value}\", nullptr, nullptr, {value}}}")).collect();
    all.join(", ")
}

/// The same keys, with every value that `leaf` changes changed.
fn each(value: &Value, leaf: &impl Fn(&Value) -> Option<Value>) -> Value {
    match value {
        Value::Array(list) => {
            list.iter().map(|value| leaf(value).unwrap_or_else(|| each(value, leaf))).collect()
        }
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), leaf(value).unwrap_or_else(|| each(value, leaf))))
            .collect(),
        other => leaf(other).unwrap_or_else(|| other.clone()),
    }
}

fn changed(value: &Value, containers: bool) -> Value {
    each(value, &|value| match value {
        Value::String(_) => Some(json!(7)),
        Value::Array(_) if containers => Some(json!({"a": []})),
        Value::Object(_) if containers => Some(json!("{}")),
        Value::Array(_) | Value::Object(_) => None,
        _ => Some(json!("x")),
    })
}

fn nulls(value: &Value) -> Value {
    each(value, &|value| (!value.is_array() && !value.is_object()).then_some(Value::Null))
}

fn ranges(value: &Value) -> Value {
    each(value, &|value| value.is_number().then(|| json!(-9_223_372_036_854_775_808_i64)))
}

fn odd(value: &Value) -> Value {
    each(value, &|value| value.is_string().then(|| json!("\u{1}\u{7f}\"\\/\u{2028}\u{10ffff}")))
}
