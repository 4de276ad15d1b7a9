//! How the values of keys are read and written.
//!
//! Reading messages and settings is lenient, because the programs were written against a library that was: a value of the
//! wrong JSON type counts as absent, as `null` does everywhere. In a request it is an error: what was meant is not known,
//! and to take it for absent may delete what the program wanted to keep. A number outside the range of its key goes to the nearest end; a negative number that
//! fits the signed type of the same width keeps its bits, as it does when C converts it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap};
use serde_json::{Map, Value};

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

/// What a value of the wrong type counts as, if it is none.
pub fn misfit<T: Default, E: Error>(how: Reading) -> Result<T, E> {
    match how {
        Reading::Strict => Err(E::custom("a value of the wrong type")),
        Reading::Lenient | Reading::Merging => Ok(T::default()),
    }
}

/// A type that the value of a key can have.
pub trait Field: Sized + PartialEq {
    /// See [`FieldMeta::ty`](crate::meta::FieldMeta::ty).
    const TYPE: &'static str;
    /// The same for an array of it.
    const LIST: &'static str;

    /// Reads a value; `None` if it does not fit, or is `null`.
    fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error>;

    /// Reads a value into its place, which stays as it is if the value does not fit.
    fn read<'de, D: Deserializer<'de>>(&mut self, input: D, how: Reading) -> Result<(), D::Error> {
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
    let plain = |byte: &u8| (*byte >= b' ') & (*byte != b'"') & (*byte != b'\\');
    // No early end, so that many bytes are looked at at a time.
    if value.as_bytes().iter().fold(true, |all, byte| all & plain(byte)) {
        out.reserve(value.len() + 2);
        out.push(b'"');
        out.extend_from_slice(value.as_bytes());
        out.push(b'"');
    } else {
        write_text(value, out);
    }
}

/// The methods of a visitor, which has a `how`, for everything that does not fit.
macro_rules! misfits {
    ($($kind:ident)*) => { $(misfits!(@$kind);)* };
    (@bool) => {
        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            $crate::field::misfit(self.how)
        }
    };
    (@number) => {
        fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Self::Value, E> {
            $crate::field::misfit(self.how)
        }
        fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Self::Value, E> {
            $crate::field::misfit(self.how)
        }
        fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
            $crate::field::misfit(self.how)
        }
    };
    (@string) => {
        fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
            $crate::field::misfit(self.how)
        }
    };
    (@null) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Default::default())
        }
    };
    (@array) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {}
            $crate::field::misfit(self.how)
        }
    };
    (@object) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
            $crate::field::misfit(self.how)
        }
    };
}
pub(crate) use misfits;

/// Reads any value as a `T`.
struct Any<T> {
    how: Reading,
    kind: PhantomData<T>,
}

fn expecting(f: &mut fmt::Formatter) -> fmt::Result {
    f.write_str("a JSON value")
}

/// `parse` through `Any`, and `write` as serde does it.
macro_rules! scalar {
    ($ty:ty, $name:literal, $list:literal, { $($visit:tt)* }) => {
        scalar!($ty, $name, $list, write_text, Self::eq, { $($visit)* });
    };
    ($ty:ty, $name:literal, $list:literal, $write:ident, $same:expr, { $($visit:tt)* }) => {
        impl Field for $ty {
            const TYPE: &'static str = $name;
            const LIST: &'static str = $list;

            fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error> {
                input.deserialize_any(Any::<Self> { how, kind: PhantomData })
            }

            fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
                map.serialize_entry(key, self)
            }

            fn text(&self, out: &mut Vec<u8>) {
                $write(self, out);
            }

            fn is_written_as(&self, other: &Self) -> bool {
                ($same)(self, other)
            }
        }

        impl<'de> Visitor<'de> for Any<$ty> {
            type Value = Option<$ty>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                expecting(f)
            }

            $($visit)*
        }
    };
}

scalar!(bool, "bool", "[bool]", {
    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value != 0))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value != 0))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value != 0.0))
    }
    misfits!(string null array object);
});

scalar!(String, "string", "[string]", write_string, Self::eq, {
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }
    misfits!(bool number null array object);
});

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

scalar!(TextOrNumber, "string", "[string]", {
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(TextOrNumber(value.to_string())))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(TextOrNumber(value.to_string())))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(TextOrNumber((value as i64).to_string())))
    }
    misfits!(bool null array object);
});

/// A number that programs also give as a text, which is then read as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberOrText(pub u32);

impl Serialize for NumberOrText {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_u32(self.0)
    }
}

scalar!(NumberOrText, "uint32", "[uint32]", {
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(NumberOrText(value.parse().unwrap_or_default())))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(NumberOrText(u32_from_u64(value))))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(NumberOrText(u32_from_i64(value))))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(NumberOrText(float_to_u32(value))))
    }
    misfits!(bool null array object);
});

/// A text that must not get lost unnoticed: read leniently, a value of another type is an empty text that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnlyText {
    /// The text.
    pub text: String,
    /// There was a value of another type in its place.
    pub is_misfit: bool,
}

impl OnlyText {
    fn misfit<E: Error>(how: Reading) -> Result<Option<Self>, E> {
        let lost = Self { text: String::new(), is_misfit: true };
        misfit(how).map(|_: ()| Some(lost))
    }
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

scalar!(OnlyText, "string", "[string]", {
    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        OnlyText::misfit(self.how)
    }
    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        OnlyText::misfit(self.how)
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        OnlyText::misfit(self.how)
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        OnlyText::misfit(self.how)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        OnlyText::misfit(self.how)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        OnlyText::misfit(self.how)
    }
    misfits!(null);
});

macro_rules! number {
    ($ty:ty, $name:literal, $list:literal, $from_u64:expr, $from_i64:expr, $from_f64:expr) => {
        scalar!($ty, $name, $list, {
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Some($from_u64(value)))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Some($from_i64(value)))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Some($from_f64(value)))
            }
            misfits!(bool string null array object);
        });
    };
}

scalar!(f64, "double", "[double]", write_text, |a: &f64, b: &f64| a.to_bits() == b.to_bits(), {
    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value as f64))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value as f64))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value))
    }
    misfits!(bool string null array object);
});

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

    fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error> {
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

    fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error> {
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

    fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error> {
        Ok(T::parse(input, how)?.map(Arc::new))
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        T::text(self, out);
    }
}

impl<T: Field + Serialize> Field for Vec<T> {
    const TYPE: &'static str = T::LIST;
    const LIST: &'static str = "[array]";

    fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error> {
        input.deserialize_any(Any::<Self> { how, kind: PhantomData })
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
                // The others are about as long: a page is written without growing the buffer again and again.
                out.reserve((out.len() - begin) * self.len());
            }
        }
        out.push(b']');
    }

    fn is_written_as(&self, other: &Self) -> bool {
        self.is_empty() && other.is_empty()
    }
}

impl<'de, T: Field> Visitor<'de> for Any<Vec<T>> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        expecting(f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Item::<T>(self.how, PhantomData))? {
            items.extend(item);
        }
        Ok(Some(items))
    }

    misfits!(bool number string null object);
}

/// Reads one item of an array; those that do not fit are left out, unless they are an error. `null` is no item.
struct Item<T>(Reading, PhantomData<T>);

impl<'de, T: Field> serde::de::DeserializeSeed<'de> for Item<T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        match T::parse(input, self.0)? {
            None => misfit(self.0),
            item => Ok(item),
        }
    }
}

impl Field for Value {
    const TYPE: &'static str = "any";
    const LIST: &'static str = "[any]";

    fn parse<'de, D: Deserializer<'de>>(input: D, _: Reading) -> Result<Option<Self>, D::Error> {
        serde::Deserialize::deserialize(input)
            .map(|value: Self| (!value.is_null()).then_some(value))
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
