//! An element of a message: one of several structs, told apart by `elem_type` among the same keys.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::field::{self, Field, Reading, text_extra, write_extra, write_text};
use crate::input::{self, Among, Given, Input, Key, Pairs, Stop};
use crate::keys::{Entry, Keys, bucket_count, buckets, entry};
use crate::meta::{FieldMeta, ObjectMeta};
use crate::object::{Fields, Object, Tag, fill, text_fields};
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
                $(Elem::$variant(fields) => {
                    let fields: &$fields = fields;
                    text_fields(fields, Some(Tag(TYPE_KEY, tag)), out);
                })+
                Elem::Unknown { extra, .. } => {
                    out.extend_from_slice(b"{\"elem_type\":");
                    write_text(&tag, out);
                    text_extra(extra, out);
                    out.push(b'}');
                }
            }
        }

        /// Builds the element from the keys read so far and the rest of the object.
        fn build(elem_type: i64, held: Held, pairs: &mut dyn Pairs) -> Result<Elem, Stop> {
            let known = i32::try_from(elem_type).ok().and_then(|number| ElemType::try_from(number).ok());
            match known {
                $(Some(ElemType::$type) => {
                    let mut fields = <$fields>::default();
                    parse(&mut fields, held, pairs)?;
                    Ok(Elem::$variant(fields.into()))
                })+
                Some(ElemType::Invalid) | None => {
                    let mut extra = Map::from_iter(held);
                    input::rest(pairs, &mut extra)?;
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

    fn has_key(key: &str) -> bool {
        key == TYPE_KEY
    }
}

impl Field for Elem {
    const TYPE: &'static str = "object Elem";
    const LIST: &'static str = "[Elem]";

    /// What is inside an element is never an error: whoever made the message may have meant it otherwise (HIST-13).
    fn parse(input: &mut dyn Input, how: Reading) -> Result<Option<Self>, Stop> {
        let mut elem = None;
        input.take(&mut |given| match given {
            Given::Object(pairs) => {
                elem = Some(read(pairs)?);
                Ok(())
            }
            other => other.misfit::<()>(how).map(drop),
        })?;
        Ok(elem)
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
        field::deserialize(input, "Elem")
    }
}

/// Keys that come before the type: which struct they belong to is not known yet.
type Held = Vec<(String, Value)>;

fn read(pairs: &mut dyn Pairs) -> Result<Elem, Stop> {
    static TYPE: [Entry; 1] = [entry!("elem_type", 0)];
    static BUCKETS: [u8; bucket_count(TYPE.len())] = buckets(&TYPE);
    static KEYS: Keys = Keys { sorted: &TYPE, buckets: &BUCKETS };
    let mut held = Held::new();
    let mut elem_type = i64::from(ElemType::Text.value());
    while let Some(key) = pairs.key(Among { keys: &KEYS, keep: true })? {
        if let Key::Unknown(key) = key {
            held.push((key, input::value(pairs)?));
        } else {
            // One of the wrong type counts as 0.
            elem_type = i64::parse(pairs, Reading::Lenient)?.unwrap_or_default();
            break;
        }
    }
    build(elem_type, held, pairs)
}

fn parse(target: &mut dyn Fields, held: Held, pairs: &mut dyn Pairs) -> Result<(), Stop> {
    let mut changed = 0;
    for (key, value) in held {
        match target.keys().find(&key) {
            // A value that is here is whole, and read leniently it fits.
            Some(field) => input::read(value, |input| {
                target.read_field(field, input, Reading::Lenient, &mut changed)
            })
            .map_err(|_| Stop)?,
            None => {
                if let Some(extra) = target.extra_mut() {
                    extra.insert(key, value);
                }
            }
        }
    }
    fill(target, pairs, Reading::Lenient, &mut changed)?;
    if let Some(extra) = target.extra_mut() {
        extra.remove(TYPE_KEY);
    }
    Ok(())
}
