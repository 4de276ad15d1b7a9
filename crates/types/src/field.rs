//! How the values of keys are read and written.
//!
//! Reading messages and settings is lenient, because the programs were written against a library that was: a value of the
//! wrong JSON type counts as absent, as `null` does everywhere. In a request it is an error: what was meant is not known,
//! and to take it for absent may delete what the program wanted to keep. A number outside the range of its key goes to the nearest end; a negative number that
//! fits the signed type of the same width keeps its bits, as it does when C converts it.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::de::{Deserializer, Error};
use serde::ser::{Serialize, SerializeMap};
use serde_json::{Map, Value};

use crate::input::{self, Given, Input, Stop};
use crate::json::is_plain;

/// How an object is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A value of the wrong type counts as absent.
    Lenient,
    /// The same, and an object keeps what the input does not name.
    Merging,
    /// A value of the wrong type is an error.
    Strict,
}

/// A type that the value of a key can have.
pub trait Field: Sized + PartialEq {
    /// See [`FieldMeta::ty`](crate::meta::FieldMeta::ty).
    const TYPE: &'static str;
    /// The same for an array of it.
    const LIST: &'static str;

    /// Reads a value; `None` if it does not fit, or is `null`.
    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop>;

    /// Reads a value into its place, which stays as it is if the value does not fit. There once for each type, not for each key.
    #[inline(never)]
    fn read(&mut self, input: &mut dyn Input, how: Reading) -> Result<(), Stop> {
        if let Some(value) = Self::parse(input, how)? {
            *self = value;
        }
        Ok(())
    }

    /// Writes the key and its value for any serde format.
    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error>;

    /// Writes the value as compact JSON. It gives what serde_json does, in half the time, because keys need no escaping.
    fn text(&self, out: &mut Vec<u8>);

    /// The key is written. Only an absent option says no.
    fn is_present(&self) -> bool {
        true
    }

    /// Both are known to be written alike, which is told quickly or not at all.
    fn is_written_as(&self, _: &Self) -> bool {
        false
    }
}

/// Writes a value through serde_json.
pub fn write_text<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    // A vector takes everything, and keys are strings: nothing can fail.
    let _ = serde_json::to_writer(out, value);
}

/// Writes a string. Most need no escapes, and to see that takes less time than to look for each of them.
fn write_string(value: &String, out: &mut Vec<u8>) {
    if is_plain(value) {
        out.reserve(value.len() + 2);
        out.push(b'"');
        out.extend_from_slice(value.as_bytes());
        out.push(b'"');
    } else {
        write_text(value, out);
    }
}

/// Reads a value of any format. One of the wrong type is an error here, but not within it.
pub fn deserialize<'de, T: Field, D: Deserializer<'de>>(
    input: D,
    name: &str,
) -> Result<T, D::Error> {
    input::read(input, |input| T::parse(input, Reading::Lenient))?
        .ok_or_else(|| D::Error::custom(format_args!("not a JSON object where {name} belongs")))
}

/// Reads a value with `from`.
fn take<T>(
    input: &mut dyn Input,
    how: Reading,
    from: impl Fn(Given<'_>, Reading) -> Result<Option<T>, Stop>,
) -> Result<Option<T>, Stop> {
    let mut value = None;
    input.take(&mut |given| {
        value = from(given, how)?;
        Ok(())
    })?;
    Ok(value)
}

/// `parse` through `take`, and `write` as serde does it.
macro_rules! scalar {
    ($ty:ty, $name:literal, $list:literal, $from:expr) => {
        scalar!($ty, $name, $list, write_text, Self::eq, $from);
    };
    ($ty:ty, $name:literal, $list:literal, $write:ident, $same:expr, $from:expr) => {
        impl Field for $ty {
            const TYPE: &'static str = $name;
            const LIST: &'static str = $list;

            fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
                take(input, how, $from)
            }

            fn write<M: SerializeMap>(
                &self,
                key: &'static str,
                map: &mut M,
            ) -> Result<(), M::Error> {
                map.serialize_entry(key, self)
            }

            fn text(&self, out: &mut Vec<u8>) {
                $write(self, out);
            }

            fn is_written_as(&self, other: &Self) -> bool {
                ($same)(self, other)
            }
        }
    };
}

scalar!(bool, "bool", "[bool]", |given, how| match given {
    Given::Bool(value) => Ok(Some(value)),
    Given::Unsigned(value) => Ok(Some(value != 0)),
    Given::Signed(value) => Ok(Some(value != 0)),
    Given::Float(value) => Ok(Some(value != 0.0)),
    other => other.misfit(how),
});

impl Field for String {
    const TYPE: &'static str = "string";
    const LIST: &'static str = "[string]";

    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        take(input, how, |given, how| match given {
            Given::Text(text) => Ok(Some(text.into_owned())),
            other => other.misfit(how),
        })
    }

    /// A configuration is merged into a copy, whose texts have memory already.
    #[inline(never)]
    fn read(&mut self, input: &mut dyn Input, how: Reading) -> Result<(), Stop> {
        input.take(&mut |given| match given {
            Given::Text(text) => {
                match text {
                    Cow::Borrowed(text) => text.clone_into(self),
                    Cow::Owned(text) => *self = text,
                }
                Ok(())
            }
            other => other.misfit::<()>(how).map(drop),
        })
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        write_string(self, out);
    }

    fn is_written_as(&self, other: &Self) -> bool {
        self == other
    }
}

/// A text that programs may also give as a number: the digits of its whole part, which is what the number would be for a key that has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextOrNumber(pub String);

impl From<&str> for TextOrNumber {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Serialize for TextOrNumber {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&self.0)
    }
}

scalar!(TextOrNumber, "string", "[string]", |given, how| {
    let text = match given {
        Given::Text(text) => text.into_owned(),
        Given::Unsigned(value) => value.to_string(),
        Given::Signed(value) => value.to_string(),
        Given::Float(value) => (value as i64).to_string(),
        other => return other.misfit(how),
    };
    Ok(Some(TextOrNumber(text)))
});

/// A number that programs also give as a text, which is then read as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberOrText(pub u32);

impl Serialize for NumberOrText {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_u32(self.0)
    }
}

scalar!(NumberOrText, "uint32", "[uint32]", |given, how| {
    let number = match given {
        Given::Text(text) => text.parse().unwrap_or_default(),
        Given::Unsigned(value) => u32_from_u64(value),
        Given::Signed(value) => u32_from_i64(value),
        Given::Float(value) => float_to_u32(value),
        other => return other.misfit(how),
    };
    Ok(Some(NumberOrText(number)))
});

/// A text that must not get lost unnoticed: read leniently, a value of another type is an empty text that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnlyText {
    /// The text.
    pub text: String,
    /// There was a value of another type in its place.
    pub is_misfit: bool,
}

impl From<&str> for OnlyText {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), is_misfit: false }
    }
}

impl Serialize for OnlyText {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&self.text)
    }
}

scalar!(OnlyText, "string", "[string]", |given, how| match given {
    Given::Text(text) => Ok(Some(OnlyText { text: text.into_owned(), is_misfit: false })),
    Given::Null => Ok(None),
    other => {
        other.misfit::<()>(how)?;
        Ok(Some(OnlyText { text: String::new(), is_misfit: true }))
    }
});

macro_rules! number {
    ($ty:ty, $name:literal, $list:literal, $from_u64:expr, $from_i64:expr, $from_f64:expr) => {
        scalar!($ty, $name, $list, |given, how| match given {
            Given::Unsigned(value) => Ok(Some($from_u64(value))),
            Given::Signed(value) => Ok(Some($from_i64(value))),
            Given::Float(value) => Ok(Some($from_f64(value))),
            other => other.misfit(how),
        });
    };
}

scalar!(
    f64,
    "double",
    "[double]",
    write_text,
    |a: &f64, b: &f64| a.to_bits() == b.to_bits(),
    |given, how| match given {
        Given::Unsigned(value) => Ok(Some(value as f64)),
        Given::Signed(value) => Ok(Some(value as f64)),
        Given::Float(value) => Ok(Some(value)),
        other => other.misfit(how),
    }
);

number!(u64, "uint64", "[uint64]", |n| n, |n| n as u64, float_to_u64);
number!(u32, "uint32", "[uint32]", u32_from_u64, u32_from_i64, float_to_u32);
number!(i64, "int64", "[int64]", i64_from_u64, |n| n, |n| n as i64);
number!(i32, "int32", "[int32]", |n| i32_from_i64(i64_from_u64(n)), i32_from_i64, |n| n as i32);

fn float_to_u64(number: f64) -> u64 {
    if number < 0.0 { number as i64 as u64 } else { number as u64 }
}

fn float_to_u32(number: f64) -> u32 {
    if number < 0.0 { u32_from_i64(number as i64) } else { number as u32 }
}

fn u32_from_u64(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn u32_from_i64(number: i64) -> u32 {
    match i32::try_from(number) {
        Ok(number) => number as u32,
        Err(_) => u32::try_from(number).unwrap_or(if number < 0 { 0 } else { u32::MAX }),
    }
}

fn i64_from_u64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn i32_from_i64(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

impl<T: Field + Serialize> Field for Option<T> {
    const TYPE: &'static str = T::TYPE;
    const LIST: &'static str = T::LIST;

    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        Ok(T::parse(input, how)?.map(Some))
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Some(value) => value.write(key, map),
            None => Ok(()),
        }
    }

    fn text(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.text(out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn is_present(&self) -> bool {
        self.is_some()
    }

    fn is_written_as(&self, other: &Self) -> bool {
        self.is_none() && other.is_none()
    }
}

impl<T: Field + Serialize> Field for Box<T> {
    const TYPE: &'static str = T::TYPE;
    const LIST: &'static str = T::LIST;

    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        Ok(T::parse(input, how)?.map(Box::new))
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        T::text(self, out);
    }
}

impl<T: Field + Serialize> Field for Arc<T> {
    const TYPE: &'static str = T::TYPE;
    const LIST: &'static str = T::LIST;

    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        Ok(T::parse(input, how)?.map(Arc::new))
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        T::text(self, out);
    }
}

/// A value that stays as it is and is written again and again: its JSON is made once.
#[derive(Clone, Debug)]
pub struct Written<T> {
    value: T,
    text: OnceLock<Box<[u8]>>,
}

impl<T> From<T> for Written<T> {
    fn from(value: T) -> Self {
        Self { value, text: OnceLock::new() }
    }
}

impl<T> Deref for Written<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Written<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Serialize> Serialize for Written<T> {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(output)
    }
}

impl<T: Field + Serialize> Field for Written<T> {
    const TYPE: &'static str = T::TYPE;
    const LIST: &'static str = T::LIST;

    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        Ok(T::parse(input, how)?.map(Self::from))
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        let text = self.text.get_or_init(|| {
            let mut text = Vec::new();
            self.value.text(&mut text);
            text.into()
        });
        out.extend_from_slice(text);
    }
}

impl<T: Field + Serialize> Field for Vec<T> {
    const TYPE: &'static str = T::LIST;
    const LIST: &'static str = "[array]";

    /// Items that do not fit are left out, unless they are an error. `null` is no item.
    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        let mut items = None;
        input.take(&mut |given| match given {
            Given::List(list) => {
                let items = items.insert(Self::new());
                loop {
                    let item = T::parse(list, how)?;
                    if list.is_over() {
                        return Ok(());
                    }
                    match item {
                        None if matches!(how, Reading::Strict) => return Err(Stop),
                        item => items.extend(item),
                    }
                }
            }
            other => other.misfit::<()>(how).map(drop),
        })?;
        Ok(items)
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        let begin = out.len();
        out.push(b'[');
        for (i, item) in self.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            item.text(out);
            if i == 0 {
                // The others are about as long: a page is written without growing the buffer again and again. The last byte closes it.
                out.reserve((out.len() - begin) * (self.len() - 1) + 1);
            }
        }
        out.push(b']');
    }

    fn is_written_as(&self, other: &Self) -> bool {
        self.is_empty() && other.is_empty()
    }
}

impl Field for Value {
    const TYPE: &'static str = "any";
    const LIST: &'static str = "[any]";

    fn parse(input: &mut dyn Input, _: Reading) -> Result<Option<Self>, Stop> {
        input::value(input).map(|value| (!value.is_null()).then_some(value))
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        write_text(self, out);
    }
}

/// Writes keys that the library does not know, after those it knows.
pub fn write_extra<M: SerializeMap>(
    extra: &Map<String, Value>,
    map: &mut M,
) -> Result<(), M::Error> {
    extra.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
}

/// The same as JSON, each with a comma in front.
pub fn text_extra(extra: &Map<String, Value>, out: &mut Vec<u8>) {
    for (key, value) in extra {
        out.push(b',');
        write_text(key, out);
        out.push(b':');
        write_text(value, out);
    }
}
