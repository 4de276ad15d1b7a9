//! An element of a message: one of several structs, told apart by `elem_type` among the same keys.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::field::{Field, Reading, misfits, text_extra, write_extra, write_text};
use crate::meta::{FieldMeta, ObjectMeta};
use crate::object::{Fields, Object, Tag, fill};
use crate::{
    CustomElem, ElemType, FaceElem, FileElem, FriendChangeElem, GroupReportElem, GroupTipsElem,
    ImageElem, LocationElem, MergerElem, ProfileChangeElem, SoundElem, TextElem, VideoElem, json,
};

const TYPE_KEY: &str = "elem_type";

/// Makes the enum. Elements that are large and rare are boxed, so that a text stays small.
macro_rules! elem {
    ($($(#[doc = $doc:literal])+ $variant:ident($ty:ty) = $type:ident, $fields:ty;)+) => {
        /// One element of a message.
        ///
        /// In JSON the keys of the variant stand beside `elem_type`, in any order.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Elem {
            $($(#[doc = $doc])+ $variant($ty),)+
            /// A kind that this version does not know; passed through as it came.
            Unknown {
                /// Its `elem_type`.
                elem_type: i64,
                /// All its other keys.
                extra: Map<String, Value>,
            },
        }

        impl Elem {
            /// The number that JSON has under `elem_type`; mostly an [`ElemType`].
            pub fn elem_type(&self) -> i64 {
                match self {
                    $(Self::$variant(_) => i64::from(ElemType::$type.value()),)+
                    Self::Unknown { elem_type, .. } => *elem_type,
                }
            }
        }

        impl Serialize for Elem {
            fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                let tag = self.elem_type();
                let mut map = output.serialize_map(None)?;
                match self {
                    $(Self::$variant(fields) => fields.write_fields(Some(Tag(TYPE_KEY, tag)), &mut map)?,)+
                    Self::Unknown { extra, .. } => {
                        map.serialize_entry(TYPE_KEY, &tag)?;
                        write_extra(extra, &mut map)?;
                    }
                }
                map.end()
            }
        }

        fn text(elem: &Elem, out: &mut Vec<u8>) {
            let tag = elem.elem_type();
            match elem {
                $(Elem::$variant(fields) => fields.text_fields(Some(Tag(TYPE_KEY, tag)), out),)+
                Elem::Unknown { extra, .. } => {
                    out.extend_from_slice(b"{\"elem_type\":");
                    write_text(&tag, out);
                    text_extra(extra, out);
                    out.push(b'}');
                }
            }
        }

        /// Builds the element from the keys read so far and the rest of the map.
        fn build<'de, A: MapAccess<'de>>(
            elem_type: i64,
            held: Vec<(String, Value)>,
            map: &mut A,
        ) -> Result<Elem, A::Error> {
            let known = i32::try_from(elem_type).ok().and_then(|number| ElemType::try_from(number).ok());
            match known {
                $(Some(ElemType::$type) => Ok(Elem::$variant(parse::<$fields, A>(held, map)?.into())),)+
                Some(ElemType::Invalid) | None => {
                    let mut extra = Map::from_iter(held);
                    while let Some((key, value)) = map.next_entry::<String, Value>()? {
                        extra.insert(key, value);
                    }
                    extra.remove(TYPE_KEY);
                    Ok(Elem::Unknown { elem_type, extra })
                }
            }
        }
    };
}

elem! {
    /// Text.
    Text(TextElem) = Text, TextElem;
    /// A picture.
    Image(Box<ImageElem>) = Image, ImageElem;
    /// A voice recording.
    Sound(SoundElem) = Sound, SoundElem;
    /// Data of the application.
    Custom(CustomElem) = Custom, CustomElem;
    /// A file.
    File(FileElem) = File, FileElem;
    /// A notice to all members of a group.
    GroupTips(Box<GroupTipsElem>) = GroupTips, GroupTipsElem;
    /// An emoticon.
    Face(FaceElem) = Face, FaceElem;
    /// A place on earth.
    Location(LocationElem) = Location, LocationElem;
    /// A notice about a group to one person.
    GroupReport(Box<GroupReportElem>) = GroupReport, GroupReportElem;
    /// A film.
    Video(Box<VideoElem>) = Video, VideoElem;
    /// A change of the friends or the black list.
    FriendChange(Box<FriendChangeElem>) = FriendChange, FriendChangeElem;
    /// A change of a profile.
    ProfileChange(Box<ProfileChangeElem>) = ProfileChange, ProfileChangeElem;
    /// Several messages in one.
    Merger(Box<MergerElem>) = Merge, MergerElem;
}

impl Elem {
    /// A text element.
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text(TextElem { content: content.into(), ..TextElem::default() })
    }

    /// Changes the addresses of contents in these elements, and in messages that are merged in them.
    pub fn each_url(elems: &mut [Self], change: &mut dyn FnMut(&mut String)) {
        for elem in elems {
            match elem {
                Self::Image(it) => {
                    change(&mut it.orig_url);
                    change(&mut it.large_url);
                    change(&mut it.thumb_url);
                }
                Self::Sound(it) => change(&mut it.url),
                Self::File(it) => change(&mut it.url),
                Self::Video(it) => {
                    change(&mut it.video_url);
                    change(&mut it.image_url);
                }
                Self::Merger(it) => {
                    for message in &mut it.message_array {
                        Self::each_url(&mut message.elem_array, change);
                    }
                }
                _ => {}
            }
        }
    }
}

impl Object for Elem {
    const META: ObjectMeta = ObjectMeta {
        name: "Elem",
        header: "TIMMessageManager.h",
        doc: " One element of a message. The keys of its kind stand beside this one.\n",
        rewrite: |text| json::parse::<Elem>(text).map(|value| json::to_string(&value)),
        fields: &[FieldMeta {
            name: "elem_type",
            key: TYPE_KEY,
            c_names: &["kTIMElemType"],
            old: &[],
            ty: "uint32",
            doc: " The kind of the element, a `TIMElemType`. Without it the element is a text.\n",
        }],
    };
}

impl Field for Elem {
    const TYPE: &'static str = "object Elem";
    const LIST: &'static str = "[Elem]";

    /// What is inside an element is never an error: whoever made the message may have meant it otherwise (HIST-13).
    fn parse<'de, D: Deserializer<'de>>(input: D, how: Reading) -> Result<Option<Self>, D::Error> {
        input.deserialize_any(ElemVisitor { how })
    }

    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, self)
    }

    fn text(&self, out: &mut Vec<u8>) {
        text(self, out);
    }
}

impl<'de> Deserialize<'de> for Elem {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Self::parse(input, Reading::Lenient)?
            .ok_or_else(|| D::Error::custom("not a JSON object where Elem belongs"))
    }
}

struct ElemVisitor {
    how: Reading,
}

impl<'de> Visitor<'de> for ElemVisitor {
    type Value = Option<Elem>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an element")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // Keys that come before the type: which struct they belong to is not known yet.
        let mut held = Vec::new();
        while let Some(key) = map.next_key_seed(UntilType)? {
            match key {
                Some(key) => held.push((key, map.next_value()?)),
                None => {
                    let elem_type = map.next_value_seed(Number)?;
                    return build(elem_type, held, &mut map).map(Some);
                }
            }
        }
        build(i64::from(ElemType::Text.value()), held, &mut map).map(Some)
    }

    misfits!(bool number string null array);
}

/// Reads a key; `None` for `elem_type`.
struct UntilType;

impl<'de> DeserializeSeed<'de> for UntilType {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_str(self)
    }
}

impl Visitor<'_> for UntilType {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok((key != TYPE_KEY).then(|| key.to_owned()))
    }
}

/// Reads the value of `elem_type`; one of the wrong type counts as 0.
struct Number;

impl<'de> DeserializeSeed<'de> for Number {
    type Value = i64;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<i64, D::Error> {
        Ok(i64::parse(input, Reading::Lenient)?.unwrap_or_default())
    }
}

fn parse<'de, T: Fields, A: MapAccess<'de>>(
    held: Vec<(String, Value)>,
    map: &mut A,
) -> Result<T, A::Error> {
    let mut target = T::default();
    let mut changed = 0;
    for (key, value) in held {
        match T::keys().find(&key) {
            Some(field) => target
                .read_field(field, value, Reading::Lenient, &mut changed)
                .map_err(A::Error::custom)?,
            None => {
                if let Some(extra) = target.extra_mut() {
                    extra.insert(key, value);
                }
            }
        }
    }
    fill(&mut target, map, Reading::Lenient, &mut changed)?;
    if let Some(extra) = target.extra_mut() {
        extra.remove(TYPE_KEY);
    }
    Ok(target)
}
