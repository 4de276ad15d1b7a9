//! JSON text in and out.
//!
//! Programs were written against a parser that forgave much. What is not strict JSON gets a second try: rewritten into
//! strict JSON where the old parser would have read it. Comments, single quotes, `.5`, a comma before `}`, a byte order
//! mark and text after the value stay errors.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, Error as _};

use crate::Field;
use crate::field::Reading;
use crate::input::{self, Input, Stop};
use crate::limits::JSON_LEVELS;

/// Why a text is not JSON, or not of the shape asked for.
pub type JsonError = serde_json::Error;

/// Parses `text` into `T`.
///
/// Beyond strict JSON it reads `01`, `+1`, `5.`, `[1,2,]` and control characters inside strings; bytes that are not
/// UTF-8 and halves of surrogate pairs become U+FFFD.
///
/// # Errors
/// The error of the strict parser if neither try succeeds.
pub fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, JsonError> {
    read(text, |text| serde_json::from_str(text))
}

/// Parses the parameter of a call, an object of this crate or an array of them, as [`parse`] does, but for one thing:
/// a value of the wrong type is an error (CALL-10). Inside elements of messages it counts as absent, as ever.
///
/// # Errors
/// The error of the strict parser, or the wrong type.
pub fn parse_request<T: Field>(text: &[u8]) -> Result<T, JsonError> {
    let mut value = None;
    read_request(text, &mut |input| {
        value = T::parse(input, Reading::Strict)?;
        Ok(())
    })?;
    value.ok_or_else(|| JsonError::custom("nothing where a request belongs"))
}

/// What [`parse_request`] does for all types.
fn read_request(
    text: &[u8],
    parse: &mut dyn FnMut(&mut dyn Input) -> Result<(), Stop>,
) -> Result<(), JsonError> {
    read(text, |text| {
        let mut input = serde_json::Deserializer::from_str(text);
        input::read(&mut input, |input| parse(input))?;
        input.end()
    })
}

/// Writes an object of this crate, or an array of them, as compact JSON. serde_json writes the same text, but takes twice
/// the time.
pub fn to_vec<T: Field>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(TEXT_CAPACITY);
    value.text(&mut out);
    out
}

/// As [`to_vec`], as a string.
///
/// # Panics
/// Never: JSON is UTF-8.
pub fn to_string<T: Field>(value: &T) -> String {
    String::from_utf8(to_vec(value)).expect("JSON is UTF-8")
}

/// An array of objects of this crate that is written one by one; the text is the same as that of [`to_vec`].
#[derive(Debug)]
pub struct List {
    text: Vec<u8>,
    at_most: usize,
}

impl List {
    /// An array of so many objects at most.
    pub fn new(at_most: usize) -> Self {
        Self { text: vec![b'['], at_most }
    }

    /// Adds an object.
    pub fn push<T: Field>(&mut self, object: &T) {
        if self.text.len() > 1 {
            self.text.push(b',');
            return object.text(&mut self.text);
        }
        self.text.reserve(TEXT_CAPACITY);
        object.text(&mut self.text);
        // The others are about as long, and the last byte closes it.
        let others = self.text.len() * self.at_most.saturating_sub(1);
        self.text.reserve(others.min(LIST_CAPACITY) + 1);
    }

    /// The JSON.
    pub fn into_vec(mut self) -> Vec<u8> {
        self.text.push(b']');
        self.text
    }
}

/// Room for a message with a short text, so that it is written without growing the buffer.
const TEXT_CAPACITY: usize = 1536;

/// Room that an array is given at once at most.
const LIST_CAPACITY: usize = 65_536;

/// Reads `text` with `strict`, and the rewritten text if that fails.
pub(crate) fn read<T>(
    text: &[u8],
    mut strict: impl FnMut(&str) -> Result<T, JsonError>,
) -> Result<T, JsonError> {
    // The check is several times faster than the repair.
    let text = str::from_utf8(text).map_or_else(|_| String::from_utf8_lossy(text), Cow::Borrowed);
    if is_too_deep(text.as_bytes()) {
        return Err(JsonError::custom("nested too deeply"));
    }
    strict(&text).or_else(|error| match rewrite(&text) {
        Cow::Borrowed(_) => Err(error),
        Cow::Owned(rewritten) => strict(&rewritten).map_err(|_| error),
    })
}

/// Whether containers are nested beyond [`JSON_LEVELS`]. Most texts don't even have so many.
fn is_too_deep(text: &[u8]) -> bool {
    if openings(text) <= JSON_LEVELS {
        return false;
    }
    let (mut level, mut quoted, mut bytes) = (0_usize, false, text.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => drop(bytes.next()),
            _ if quoted => {}
            b']' | b'}' => level = level.saturating_sub(1),
            b'[' | b'{' => {
                level += 1;
                if level > JSON_LEVELS {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// How many containers a text opens, within strings too.
fn openings(text: &[u8]) -> usize {
    by_words(text, 0, |count, word| {
        // `[` and `{` differ in one bit: with it set, a byte is 0 where one of them stood.
        let word = (word | (EACH * 0x20)) ^ (EACH * u64::from(b'{'));
        let others = ((word & (EACH * 0x7f)) + EACH * 0x7f) | word;
        let marks = !others & (EACH * 0x80);
        if marks == 0 { count } else { count + marks.count_ones() as usize }
    })
}

/// Whether a text stands in JSON as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    let odd = by_words(text.as_bytes(), 0, |odd, word| {
        // The upper bit of a byte is set where it, or one before it, is none that stands as it is.
        let below = |word: u64, least: u8| word.wrapping_sub(EACH * u64::from(least)) & !word;
        let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
        odd | ((below(word, b' ') | is(b'"') | is(b'\\')) & (EACH * 0x80))
    });
    odd == 0
}

/// 1 in each byte of a word.
const EACH: u64 = u64::from_ne_bytes([1; 8]);

/// Folds a text in words of eight bytes, in no order; the last is filled with spaces. The compiler finds no such way by itself where it
/// is to save room.
fn by_words<T>(text: &[u8], first: T, add: impl Fn(T, u64) -> T) -> T {
    let (words, rest) = text.as_chunks();
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    let first = add(first, u64::from_le_bytes(last));
    words.iter().fold(first, |all, word| add(all, u64::from_le_bytes(*word)))
}

/// The text with all forgivable faults mended; borrowed if there are none.
fn rewrite(text: &str) -> Cow<'_, str> {
    let mut rewriter = Rewriter { rest: text, copied: text, out: String::new() };
    // The last character that was not white space: a comma before `]` is forgiven only after a value.
    let mut last = ' ';
    while let Some(next) = rewriter.rest.chars().next() {
        match next {
            '"' => rewriter.string(),
            '0'..='9' | '+' | '-' => rewriter.number(),
            ',' if !matches!(last, '[' | ',' | ' ') && rewriter.closes_array() => {
                rewriter.replace(1, "");
                continue;
            }
            _ => rewriter.skip(next.len_utf8()),
        }
        if !matches!(next, ' ' | '\t' | '\r' | '\n') {
            last = next;
        }
    }
    if rewriter.out.is_empty() && rewriter.copied.len() == text.len() {
        Cow::Borrowed(text)
    } else {
        rewriter.out.push_str(rewriter.copied);
        Cow::Owned(rewriter.out)
    }
}

struct Rewriter<'a> {
    /// What is not looked at yet.
    rest: &'a str,
    /// What is not written yet; `rest` is its end.
    copied: &'a str,
    out: String,
}

impl Rewriter<'_> {
    /// Goes on by `len` bytes, which stay as they are.
    fn skip(&mut self, len: usize) {
        self.rest = &self.rest[len..];
    }

    /// Goes on by `len` bytes and writes `with` instead of them.
    fn replace(&mut self, len: usize, with: &str) {
        self.out.push_str(&self.copied[..self.copied.len() - self.rest.len()]);
        self.out.push_str(with);
        self.skip(len);
        self.copied = self.rest;
    }

    fn closes_array(&self) -> bool {
        self.rest[1..].trim_start_matches([' ', '\t', '\r', '\n']).starts_with(']')
    }

    fn string(&mut self) {
        self.skip(1);
        loop {
            let Some(at) = self.rest.find(|c: char| matches!(c, '"' | '\\') || c < ' ') else {
                return self.skip(self.rest.len());
            };
            self.skip(at);
            match self.rest.as_bytes()[0] {
                b'"' => return self.skip(1),
                b'\\' => self.escape(),
                control => self.replace(1, &format!("\\u{control:04x}")),
            }
        }
    }

    fn escape(&mut self) {
        match self.unicode(0) {
            Some(0xd800..=0xdbff) if matches!(self.unicode(6), Some(0xdc00..=0xdfff)) => {
                self.skip(12)
            }
            Some(0xd800..=0xdfff) => self.replace(6, "\\ufffd"),
            // The backslash, and what it escapes, so that an escaped quote ends nothing.
            _ => self.skip(1 + self.rest[1..].chars().next().map_or(0, char::len_utf8)),
        }
    }

    /// The number of a `\uXXXX` that begins at `at`.
    fn unicode(&self, at: usize) -> Option<u32> {
        let digits = self.rest.get(at..at + 6)?.strip_prefix("\\u")?;
        digits
            .bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then(|| u32::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) {
        let end = |c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
        let token = &self.rest[..self.rest.find(end).unwrap_or(self.rest.len())];
        match strict_number(token) {
            Some(number) if number != token => self.replace(token.len(), &number),
            _ => self.skip(token.len()),
        }
    }
}

/// A number as strict JSON has it; `None` if it is beyond repair.
fn strict_number(token: &str) -> Option<String> {
    let (sign, rest) = match token.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", token.strip_prefix('+').unwrap_or(token)),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, "")) => (whole, ".0".to_owned()),
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (mantissa, String::new()),
    };
    if whole.is_empty() || !whole.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    Some(format!("{sign}{whole}{fraction}{exponent}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn value(text: &[u8]) -> Option<Value> {
        parse(text).ok()
    }

    #[test]
    fn forgives_what_the_old_parser_forgave() {
        for (text, expected) in [
            ("01", json!(1)),
            ("-007", json!(-7)),
            ("00", json!(0)),
            ("+1", json!(1)),
            ("5.", json!(5.0)),
            ("05.e1", json!(50.0)),
            ("[1,2,]", json!([1, 2])),
            ("[1 , \n]", json!([1])),
            ("[[],[\"a\",],]", json!([[], ["a"]])),
            (r#"{"a":[1,],"b":+01}"#, json!({"a": [1], "b": 1})),
            ("\"a\nb\u{1}\"", json!("a\nb\u{1}")),
            (r#""\ud83d\ude00""#, json!("😀")),
            (r#""\ud83d""#, json!("\u{fffd}")),
            (r#""\ude00x""#, json!("\u{fffd}x")),
            (r#""\ud83d\ud83d\ude00""#, json!("\u{fffd}😀")),
            (r#""\\\"+1,]\ud800""#, json!("\\\"+1,]\u{fffd}")),
        ] {
            assert_eq!(value(text.as_bytes()), Some(expected), "{text}");
        }
        assert_eq!(value(b"\"a\xff\xe4\xb8z\""), Some(json!("a\u{fffd}\u{fffd}z")));
    }

    #[test]
    fn refuses_what_the_old_parser_refused() {
        for text in [
            "",
            " ",
            "// x\n1",
            "/* */1",
            "'a'",
            ".5",
            "-.5",
            "+",
            "-",
            "--1",
            "+-1",
            "1.2.3",
            "{\"a\":1,}",
            "{,}",
            "[,]",
            "[1,,]",
            "[1,,2]",
            ",]",
            "\u{feff}1",
            "1 x",
            "1,",
            "[1,]]",
            "1e",
            "1e+",
            "1e999",
            "\"a",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "nul",
            "True",
            "[1",
            "{\"a\"}",
            "{a:1}",
            "NaN",
            "Infinity",
            "0x10",
        ] {
            assert_eq!(value(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_list_is_the_same_one_by_one() {
        let profile = crate::UserProfile { nick_name: "\"a".into(), ..Default::default() };
        let profile = std::sync::Arc::new(crate::Written::from(profile));
        let message =
            crate::Message { sender_profile: Some(profile.clone()), ..Default::default() };
        for count in 0..4 {
            let messages = vec![message.clone(); count];
            // More than were expected are no less right.
            let mut list = List::new(2);
            messages.iter().for_each(|message| list.push(message));
            let text = list.into_vec();
            assert_eq!(text, to_vec(&messages), "{count}");
            assert_eq!(text, serde_json::to_vec(&messages).unwrap(), "{count}");
        }
        assert_eq!(to_vec(&*profile), to_vec(&**profile), "once more");
    }

    #[test]
    fn an_array_asks_for_room_for_what_is_in_it() {
        for count in 0..4 {
            let texts = vec!["x".repeat(1000); count];
            let written = to_vec(&texts);
            let mut out = Vec::with_capacity(written.len());
            let room = out.capacity();
            texts.text(&mut out);
            assert_eq!((&out, out.capacity()), (&written, room), "{count}");
        }
        let mut out = Vec::new();
        vec!["x".repeat(1000); 10].text(&mut out);
        assert!(out.capacity() < out.len() + 1000, "{}", out.capacity());
        let mut list = List::new(1);
        list.push(&"x".repeat(2000));
        let text = list.into_vec();
        assert!(text.capacity() < 2 * text.len(), "{}", text.capacity());
    }

    #[test]
    fn openings_are_counted_wherever_they_stand() {
        for mark in 0..=u8::MAX {
            let counted = usize::from(matches!(mark, b'[' | b'{'));
            for (before, after) in (0..20).map(|before| (before, 19 - before)) {
                for around in [b'a', b'z', b'\\', 0xff, 0] {
                    let text = [vec![around; before], vec![mark; 3], vec![around; after]].concat();
                    assert_eq!(openings(&text), 3 * counted, "{mark} after {before} of {around}");
                }
            }
        }
        assert_eq!(openings(&[b'{'; 100]), 100);
        assert_eq!(openings(b""), 0);
    }

    #[test]
    fn a_text_is_plain_if_it_needs_no_escapes() {
        for odd in (0..=0x80).filter_map(char::from_u32) {
            for (before, after) in (0..20).map(|before| (before, 19 - before)).chain([(0, 0)]) {
                let text = ["x".repeat(before), odd.to_string(), "é".repeat(after)].concat();
                let plain = format!("\"{text}\"") == serde_json::to_string(&text).unwrap();
                assert_eq!(is_plain(&text), plain, "{text:?}");
            }
        }
    }

    #[test]
    fn depth_is_limited_and_length_is_not() {
        let nested =
            |levels| format!(r#"{{"]\"[":{}1{}}}"#, "[".repeat(levels - 1), "]".repeat(levels - 1));
        assert!(value(nested(JSON_LEVELS).as_bytes()).is_some());
        for levels in [JSON_LEVELS + 1, 1_000_000] {
            assert_eq!(value(nested(levels).as_bytes()), None, "{levels}");
        }
        let wide = format!("[{}[]]", r#"[{}],"[{\"[{","#.repeat(1000));
        assert_eq!(value(wide.as_bytes()).unwrap().as_array().map(Vec::len), Some(2001));
    }

    proptest! {
        #[test]
        fn never_panics(text in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = value(&text);
        }

        #[test]
        fn never_panics_on_near_json(text in r#"[\[\]{},:"\\u0-9d8c.+eE \-\n\x00a-c]{0,40}"#) {
            let _ = value(text.as_bytes());
            let _ = rewrite(&text);
        }

        #[test]
        fn valid_json_is_not_rewritten(text in ".*", number: i64, float: f64) {
            let valid = json!({"a": [text, number, float, {}, [], null, true], "b": {text.clone(): [[number]]}});
            let written = valid.to_string();
            prop_assert!(matches!(rewrite(&written), Cow::Borrowed(_)), "{written}");
            prop_assert_eq!(value(written.as_bytes()), value(serde_json::to_string_pretty(&valid).unwrap().as_bytes()));
        }
    }
}
