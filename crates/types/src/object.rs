//! The macro that makes an object: the struct, its JSON form and its metadata from one list of keys.

use std::ops::Range;

use serde::ser::SerializeMap;
use serde_json::{Map, Value};

use crate::field::{Field, Reading, text_extra, write_extra, write_text};
use crate::input::{self, Among, Given, Input, Key, Pairs, Stop};
use crate::keys::{Entry, Keys};
use crate::meta::ObjectMeta;

/// A JSON object of the C interface.
pub trait Object {
    /// Its names and keys.
    const META: ObjectMeta;

    /// Whether a key is one of its own, in any spelling.
    fn has_key(key: &str) -> bool;
}

/// What the macro knows about a struct.
pub trait Fields {
    fn keys(&self) -> &'static Keys;

    /// Reads the value of one field. `changed` has a bit for every field that one of its spellings has changed.
    fn read_field(
        &mut self,
        field: u8,
        input: &mut dyn Input,
        how: Reading,
        changed: &mut u128,
    ) -> Result<(), Stop>;

    fn write_field<M: SerializeMap>(
        &self,
        field: u8,
        key: &'static str,
        map: &mut M,
    ) -> Result<(), M::Error>
    where
        Self: Sized;

    /// The unknown keys, where they are kept.
    fn extra(&self) -> Option<&Map<String, Value>>;

    fn extra_mut(&mut self) -> Option<&mut Map<String, Value>>;

    /// Writes the value of one field as JSON after its key; nothing if the key is to be left out.
    fn text_field(&self, entry: &Entry, out: &mut Vec<u8>);

    /// A bit for each of the sorted keys, set where the value may be written otherwise than the default.
    fn differing(&self) -> u128;

    fn defaults(&self) -> &'static Defaults;

    /// Writes all keys in order, the unknown ones last. `tag` is one more key, put where it belongs.
    fn write_fields<M: SerializeMap>(&self, tag: Option<Tag>, map: &mut M) -> Result<(), M::Error>
    where
        Self: Sized,
    {
        let keys = self.keys().sorted;
        let (before, after) = keys.split_at(place(keys, tag));
        for entry in before {
            self.write_field(entry.field, entry.key(), map)?;
        }
        if let Some(Tag(tag, value)) = tag {
            map.serialize_entry(tag, &value)?;
        }
        for entry in after {
            self.write_field(entry.field, entry.key(), map)?;
        }
        match self.extra() {
            Some(extra) => write_extra(extra, map),
            None => Ok(()),
        }
    }
}

/// Writes an object as JSON, as [`Fields::write_fields`] does.
pub fn text_fields(object: &dyn Fields, tag: Option<Tag>, out: &mut Vec<u8>) {
    let start = out.len();
    let keys = object.keys().sorted;
    let at = place(keys, tag);
    text_keys(object, 0..at, out);
    if let Some(Tag(tag, value)) = tag {
        out.extend_from_slice(b",\"");
        out.extend_from_slice(tag.as_bytes());
        out.extend_from_slice(b"\":");
        write_text(&value, out);
    }
    text_keys(object, at..keys.len(), out);
    if let Some(extra) = object.extra() {
        text_extra(extra, out);
    }
    // Every key came with a comma in front; the first of them becomes the bracket.
    match out.get_mut(start) {
        Some(comma) => *comma = b'{',
        None => out.push(b'{'),
    }
    out.push(b'}');
}

/// Writes the keys at these places as JSON. Most have their defaults: neighbours that do are copied together.
fn text_keys(object: &dyn Fields, places: Range<usize>, out: &mut Vec<u8>) {
    let (keys, defaults) = (object.keys().sorted, object.defaults());
    let mut next = places.start;
    let mut differing = object.differing() >> next << next;
    loop {
        let place = (differing.trailing_zeros() as usize).min(places.end);
        if next < place {
            out.extend_from_slice(defaults.text(next..place));
        }
        if place == places.end {
            return;
        }
        object.text_field(&keys[place], out);
        next = place + 1;
        differing &= differing - 1;
    }
}

/// Whether an object is known to be written as its default: most of those within a configuration are.
pub fn is_default(object: &dyn Fields) -> bool {
    object.differing() == 0 && object.extra().is_none_or(Map::is_empty)
}

/// The keys of an object with their default values as JSON.
pub struct Defaults {
    text: Vec<u8>,
    /// Where each key begins, and where the last one ends.
    begins: Vec<usize>,
}

impl Defaults {
    /// Those that `write` writes. It is no type parameter, so that all objects share this.
    pub fn new(keys: &[Entry], write: &dyn Fn(&Entry, &mut Vec<u8>)) -> Self {
        let (mut text, mut begins) = (Vec::new(), vec![0]);
        for entry in keys {
            write(entry, &mut text);
            begins.push(text.len());
        }
        Self { text, begins }
    }

    /// The keys at these places.
    fn text(&self, places: Range<usize>) -> &[u8] {
        &self.text[self.begins[places.start]..self.begins[places.end]]
    }
}

/// A key that is no field, with its number.
#[derive(Clone, Copy)]
pub struct Tag(pub &'static str, pub i64);

/// Where `tag` belongs among the sorted keys.
fn place(keys: &[Entry], tag: Option<Tag>) -> usize {
    tag.map_or(0, |Tag(tag, _)| keys.partition_point(|entry| entry.key() < tag))
}

/// Reads an object into a struct that exists. Tells whether it was one. `how` counts for the objects within, too.
pub fn fill_from(
    target: &mut dyn Fields,
    input: &mut dyn Input,
    how: Reading,
) -> Result<bool, Stop> {
    let mut fits = false;
    input.take(&mut |given| match given {
        Given::Object(pairs) => {
            fits = true;
            fill(target, pairs, how, &mut 0)
        }
        other => other.misfit::<()>(how).map(drop),
    })?;
    Ok(fits)
}

/// Reads the rest of an object into `target`.
pub fn fill(
    target: &mut dyn Fields,
    pairs: &mut dyn Pairs,
    how: Reading,
    changed: &mut u128,
) -> Result<(), Stop> {
    let among = Among { keys: target.keys(), keep: target.extra().is_some() };
    while let Some(key) = pairs.key(among)? {
        match key {
            Key::Known(field) => target.read_field(field, pairs, how, changed)?,
            Key::Unknown(key) => {
                let value = input::value(pairs)?;
                if let Some(extra) = target.extra_mut() {
                    extra.insert(key, value);
                }
            }
            Key::Ignored => pairs.skip_value()?,
        }
    }
    Ok(())
}

/// Makes the struct of a JSON object.
///
/// A field is `name: Type = "key" kTIMConstant | "older spelling of the key" kTIMOlderConstant, default;` with any
/// number of C constants after a spelling and of spellings; `, default` where it is not the type's own. Of several
/// spellings in one input, the first that changes the value counts; all are written. `+ extra` after the header
/// keeps unknown keys.
macro_rules! object {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident in $header:literal {
            $(
                $(#[doc = $field_doc:literal])+
                $field:ident : $ty:ty = $($key:literal $($c_name:ident)*)|+ $(, $default:expr)?;
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])+
                #[doc = concat!("\n\nKey", $(" `", $key, "`",)+ ".")]
                pub $field: $ty,
            )+
        }

        $crate::object::object!(@impl $name in $header, [], [$($doc)+], $(
            [$($field_doc)+] $field: $ty = [$($key [$($c_name)*])+] [$($default)?];
        )+);
    };
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident in $header:literal + extra {
            $(
                $(#[doc = $field_doc:literal])+
                $field:ident : $ty:ty = $($key:literal $($c_name:ident)*)|+ $(, $default:expr)?;
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])+
                #[doc = concat!("\n\nKey", $(" `", $key, "`",)+ ".")]
                pub $field: $ty,
            )+
            /// Keys that the library does not know, passed through.
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        $crate::object::object!(@impl $name in $header, [extra], [$($doc)+], $(
            [$($field_doc)+] $field: $ty = [$($key [$($c_name)*])+] [$($default)?];
        )+);
    };
    (@impl $name:ident in $header:literal, [$($extra:ident)?], [$($doc:literal)+], $(
        [$($field_doc:literal)+] $field:ident: $ty:ty
            = [$first:literal [$($first_c:ident)*] $($old:literal [$($old_c:ident)*])*] [$($default:expr)?];
    )+) => {
        impl Default for $name {
            fn default() -> Self {
                Self {
                    $($field: $crate::object::default_value!($ty $(, $default)?),)+
                    $($extra: serde_json::Map::new(),)?
                }
            }
        }

        const _: () = {
            use serde::de::{Deserialize, Deserializer};
            use serde::ser::{Serialize, SerializeMap, Serializer};
            use $crate::field::{Field, Reading};
            use $crate::input::{Input, Stop};
            use $crate::keys::{Entry, Keys, bucket_count, buckets, entry, places, sort};
            use $crate::object::{Defaults, Fields, fill_from, is_default, text_fields};

            #[allow(non_camel_case_types)]
            #[derive(Clone, Copy)]
            #[repr(u8)]
            enum At {
                $($field),+
            }

            const FIELDS: &[At] = &[$(At::$field),+];
            const UNSORTED: &[Entry] = &[$(
                entry!($first, At::$field as u8),
                $(entry!($old, At::$field as u8),)*
            )+];
            static SORTED: [Entry; UNSORTED.len()] = sort(UNSORTED);
            static BUCKETS: [u8; bucket_count(UNSORTED.len())] = buckets(&SORTED);
            static KEYS: Keys = Keys { sorted: &SORTED, buckets: &BUCKETS };
            static DEFAULTS: std::sync::LazyLock<Defaults> = std::sync::LazyLock::new(|| {
                let object = $name::default();
                Defaults::new(&SORTED, &|entry, out| object.text_field(entry, out))
            });

            impl $crate::object::Object for $name {
                const META: $crate::meta::ObjectMeta = $crate::meta::ObjectMeta {
                    name: stringify!($name),
                    header: $header,
                    doc: concat!($($doc, "\n"),+),
                    rewrite: |text| $crate::json::parse::<$name>(text).map(|value| $crate::json::to_string(&value)),
                    fields: &[$(
                        $crate::meta::FieldMeta {
                            name: stringify!($field),
                            key: $first,
                            c_names: &[$(stringify!($first_c)),*],
                            old: &[$(($old, &[$(stringify!($old_c)),*])),*],
                            ty: <$ty as $crate::field::Field>::TYPE,
                            doc: concat!($($field_doc, "\n"),+),
                        },
                    )+],
                };

                fn has_key(key: &str) -> bool {
                    KEYS.find(key).is_some()
                }
            }

            impl Fields for $name {
                fn keys(&self) -> &'static Keys {
                    &KEYS
                }

                fn read_field(
                    &mut self,
                    field: u8,
                    input: &mut dyn Input,
                    how: Reading,
                    changed: &mut u128,
                ) -> Result<(), Stop> {
                    let _ = &changed;
                    match FIELDS[usize::from(field)] {
                        $(At::$field => $crate::object::read_value!(self.$field, input, how, changed, field; $($old)*),)+
                    }
                }

                fn write_field<M: SerializeMap>(
                    &self,
                    field: u8,
                    key: &'static str,
                    map: &mut M,
                ) -> Result<(), M::Error> {
                    match FIELDS[usize::from(field)] {
                        $(At::$field => self.$field.write(key, map),)+
                    }
                }

                fn text_field(&self, entry: &Entry, out: &mut Vec<u8>) {
                    match FIELDS[usize::from(entry.field)] {
                        $(At::$field => $crate::object::text_value(&self.$field, entry, out),)+
                    }
                }

                fn differing(&self) -> u128 {
                    let mut differing = 0;
                    $(
                        if !self.$field.is_written_as(&$crate::object::default_value!($ty $(, $default)?)) {
                            differing |= const { places(&SORTED, At::$field as u8) };
                        }
                    )+
                    differing
                }

                fn defaults(&self) -> &'static Defaults {
                    &DEFAULTS
                }

                fn extra(&self) -> Option<&serde_json::Map<String, serde_json::Value>> {
                    $crate::object::extra_of!(&self $(, $extra)?)
                }

                fn extra_mut(&mut self) -> Option<&mut serde_json::Map<String, serde_json::Value>> {
                    $crate::object::extra_of!(&mut self $(, $extra)?)
                }
            }

            impl Field for $name {
                const TYPE: &'static str = concat!("object ", stringify!($name));
                const LIST: &'static str = concat!("[", stringify!($name), "]");

                fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
                    let mut target = Self::default();
                    let fits = fill_from(&mut target, input, how)?;
                    Ok(fits.then_some(target))
                }

                fn read(&mut self, input: &mut dyn Input, how: Reading) -> Result<(), Stop> {
                    if how != Reading::Merging {
                        *self = Self::default();
                    }
                    fill_from(self, input, how).map(drop)
                }

                fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
                    map.serialize_entry(key, self)
                }

                fn text(&self, out: &mut Vec<u8>) {
                    text_fields(self, None, out);
                }

                fn is_written_as(&self, other: &Self) -> bool {
                    [self, other].into_iter().all(|object| is_default(object))
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                    let mut map = output.serialize_map(None)?;
                    self.write_fields(None, &mut map)?;
                    map.end()
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                    $crate::field::deserialize(input, stringify!($name))
                }
            }
        };
    };
}
pub(crate) use object;

/// Writes a key and its value as JSON. There once for each type of value, not for each of the hundreds of keys.
#[inline(never)]
pub fn text_value<T: Field>(value: &T, entry: &Entry, out: &mut Vec<u8>) {
    if value.is_present() {
        out.extend_from_slice(entry.json.as_bytes());
        value.text(out);
    }
}

macro_rules! default_value {
    ($ty:ty) => {
        <$ty>::default()
    };
    ($ty:ty, $default:expr) => {
        $default
    };
}
pub(crate) use default_value;

macro_rules! extra_of {
    (&$this:ident) => {
        None
    };
    (&mut $this:ident) => {
        None
    };
    (&$this:ident, $extra:ident) => {
        Some(&$this.$extra)
    };
    (&mut $this:ident, $extra:ident) => {
        Some(&mut $this.$extra)
    };
}
pub(crate) use extra_of;

/// Reads a field that has one spelling, or one of several.
macro_rules! read_value {
    ($this:ident.$field:ident, $input:ident, $how:ident, $changed:ident, $index:ident;) => {
        $this.$field.read($input, $how)
    };
    ($this:ident.$field:ident, $input:ident, $how:ident, $changed:ident, $index:ident; $($old:literal)+) => {{
        let mut value = $this.$field.clone();
        value.read($input, $how)?;
        if *$changed & (1 << $index) == 0 && value != $this.$field {
            *$changed |= 1 << $index;
            $this.$field = value;
        }
        Ok(())
    }};
}
pub(crate) use read_value;
