//! Values on their way in, whatever format they come in.
//!
//! serde makes a reader of a type for each format that it is read from. Only the small adapters here are made so; what reads
//! objects from a `dyn Input` is there once.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::field::Reading;
use crate::keys::Keys;

/// The input is broken, or has a value of the wrong type where that is an error. Whoever began to read knows which.
#[derive(Debug)]
pub struct Stop;

/// Something that a value can be read from.
pub trait Input {
    /// Reads the value, and gives it to `taker`; of a list the next item, if there is one.
    fn take(&mut self, taker: &mut Taker<'_>) -> Result<(), Stop>;
}

/// Takes one value, to its end.
type Taker<'a> = dyn FnMut(Given<'_>) -> Result<(), Stop> + 'a;

/// A value.
pub enum Given<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(&'a mut dyn List),
    Object(&'a mut dyn Pairs),
}

/// The items of a list.
pub trait List: Input {
    /// There was no item any more.
    fn is_over(&self) -> bool;

    /// Goes to the end.
    fn skip(&mut self) -> Result<(), Stop>;
}

/// The pairs of an object: a key, then its value.
pub trait Pairs: Input {
    /// The next key, if there is one.
    fn key(&mut self, among: Among) -> Result<Option<Key>, Stop>;

    /// Goes past a value.
    fn skip_value(&mut self) -> Result<(), Stop>;
}

/// The keys that are known, and whether others are kept.
#[derive(Clone, Copy)]
pub struct Among {
    pub keys: &'static Keys,
    pub keep: bool,
}

impl Among {
    /// No key is known, and all are kept.
    const ALL: Self = Self { keys: &Keys { sorted: &[], buckets: &[0] }, keep: true };
}

/// A key.
pub enum Key {
    /// The field that it belongs to.
    Known(u8),
    /// One that is kept.
    Unknown(String),
    /// One that is not.
    Ignored,
}

impl Given<'_> {
    /// What a value of the wrong type counts as, if that is no error; `null` is never one.
    pub fn misfit<T>(self, how: Reading) -> Result<Option<T>, Stop> {
        self.refuse(how).map(|()| None)
    }

    fn refuse(self, how: Reading) -> Result<(), Stop> {
        match self {
            Self::Null => return Ok(()),
            Self::List(items) => items.skip()?,
            Self::Object(pairs) => {
                while pairs.key(Among { keep: false, ..Among::ALL })?.is_some() {
                    pairs.skip_value()?;
                }
            }
            _ => {}
        }
        match how {
            Reading::Strict => Err(Stop),
            Reading::Lenient | Reading::Merging => Ok(()),
        }
    }

    /// The same as a value of serde_json.
    fn into_value(self) -> Result<Value, Stop> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Unsigned(value) => value.into(),
            Self::Signed(value) => value.into(),
            Self::Float(value) => Number::from_f64(value).map_or(Value::Null, Value::Number),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::List(items) => {
                let mut values = Vec::new();
                loop {
                    let item = value(items)?;
                    if items.is_over() {
                        break Value::Array(values);
                    }
                    values.push(item);
                }
            }
            Self::Object(pairs) => {
                let mut object = Map::new();
                rest(pairs, &mut object)?;
                Value::Object(object)
            }
        })
    }
}

/// Any value, `null` too.
pub fn value(input: &mut (impl Input + ?Sized)) -> Result<Value, Stop> {
    let mut value = Value::Null;
    input.take(&mut |given| {
        value = given.into_value()?;
        Ok(())
    })?;
    Ok(value)
}

/// Puts the rest of an object into `object`.
pub fn rest(pairs: &mut dyn Pairs, object: &mut Map<String, Value>) -> Result<(), Stop> {
    while let Some(Key::Unknown(key)) = pairs.key(Among::ALL)? {
        object.insert(key, value(pairs)?);
    }
    Ok(())
}

/// Reads from any format of serde.
pub fn read<'de, D: Deserializer<'de>, T>(
    input: D,
    read: impl FnOnce(&mut dyn Input) -> Result<T, Stop>,
) -> Result<T, D::Error> {
    let mut whole = Whole { input: Some(input), error: None };
    read(&mut whole).map_err(|Stop| whole.error.unwrap_or_else(wrong_type))
}

fn wrong_type<E: Error>() -> E {
    E::custom("a value of the wrong type")
}

/// A whole input.
struct Whole<D, E> {
    input: Option<D>,
    error: Option<E>,
}

impl<'de, D: Deserializer<'de>> Input for Whole<D, D::Error> {
    fn take(&mut self, taker: &mut Taker<'_>) -> Result<(), Stop> {
        let Some(input) = self.input.take() else { return Err(Stop) };
        noted(input.deserialize_any(Any(taker)), &mut self.error)
    }
}

/// The items of a format's list.
struct Items<A, E> {
    items: A,
    is_over: bool,
    error: Option<E>,
}

impl<'de, A: SeqAccess<'de>> Input for Items<A, A::Error> {
    fn take(&mut self, taker: &mut Taker<'_>) -> Result<(), Stop> {
        let item = noted(self.items.next_element_seed(Any(taker)), &mut self.error)?;
        self.is_over = item.is_none();
        Ok(())
    }
}

impl<'de, A: SeqAccess<'de>> List for Items<A, A::Error> {
    fn is_over(&self) -> bool {
        self.is_over
    }

    fn skip(&mut self) -> Result<(), Stop> {
        while noted(self.items.next_element::<IgnoredAny>(), &mut self.error)?.is_some() {}
        Ok(())
    }
}

/// The pairs of a format's object.
struct Members<A, E> {
    members: A,
    error: Option<E>,
}

impl<'de, A: MapAccess<'de>> Input for Members<A, A::Error> {
    fn take(&mut self, taker: &mut Taker<'_>) -> Result<(), Stop> {
        noted(self.members.next_value_seed(Any(taker)), &mut self.error)
    }
}

impl<'de, A: MapAccess<'de>> Pairs for Members<A, A::Error> {
    fn key(&mut self, among: Among) -> Result<Option<Key>, Stop> {
        noted(self.members.next_key_seed(among), &mut self.error)
    }

    fn skip_value(&mut self) -> Result<(), Stop> {
        noted(self.members.next_value::<IgnoredAny>(), &mut self.error).map(drop)
    }
}

/// Keeps the format's error for whoever began to read.
fn noted<T, E>(result: Result<T, E>, error: &mut Option<E>) -> Result<T, Stop> {
    result.map_err(|it| {
        *error = Some(it);
        Stop
    })
}

/// Hands a value on.
struct Any<'a, 'b>(&'a mut Taker<'b>);

impl<'de> DeserializeSeed<'de> for Any<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl Any<'_, '_> {
    fn scalar<E: Error>(self, given: Given<'_>) -> Result<(), E> {
        (self.0)(given).map_err(|Stop| wrong_type())
    }
}

impl<'de> Visitor<'de> for Any<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(Given::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Given::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(Given::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Given::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Given::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.scalar(Given::Text(Cow::Borrowed(value)))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        self.scalar(Given::Text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let mut items = Items { items, is_over: false, error: None };
        (self.0)(Given::List(&mut items)).map_err(|Stop| items.error.unwrap_or_else(wrong_type))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let mut members = Members { members, error: None };
        (self.0)(Given::Object(&mut members))
            .map_err(|Stop| members.error.unwrap_or_else(wrong_type))
    }
}

impl<'de> DeserializeSeed<'de> for Among {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Key, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for Among {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        Ok(match self.keys.find(key) {
            Some(field) => Key::Known(field),
            None if self.keep => Key::Unknown(key.to_owned()),
            None => Key::Ignored,
        })
    }
}
