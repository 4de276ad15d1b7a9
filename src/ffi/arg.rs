//! Arguments from C: texts, JSON, conversations.
//!
//! Whether an argument is accepted depends on the argument alone. The library that this one
//! replaces has several rules for JSON, chosen parameter by parameter; they are the functions
//! [`object`], [`known`], [`list`], [`filled_list`] and [`lenient`]. In addition a known
//! key whose value has the wrong type is refused, but where that was seen to pass: in messages
//! ([`message`], [`messages`]) and in configurations ([`config`]).
//!
//! # Safety
//! Every function here that takes a pointer asks the same of it: it is NULL, or it points to bytes
//! that end in NUL and that nobody changes while the function runs.
#![allow(clippy::missing_safety_doc, reason = "stated once, above")]

use std::ffi::{CStr, c_char, c_int};
use std::fmt;

use imsdk_types::json::{self, JsonError};
use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{Field, Message, MsgDeleteParam, Object};
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

/// Why a call is refused: its return code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Refusal {
    /// `TIM_ERR_JSON`: the text is not the JSON that is asked for.
    Json = imsdk_types::ReturnCode::Json as i32,
    /// `TIM_ERR_PARAM`: something required is missing, or an enum is out of range.
    Param = imsdk_types::ReturnCode::Param as i32,
}

impl From<Refusal> for c_int {
    fn from(refusal: Refusal) -> Self {
        refusal as Self
    }
}

/// A text that must be there: NULL and `""` are refused. Malformed UTF-8 is replaced by U+FFFD.
pub unsafe fn text(pointer: *const c_char) -> Result<String, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let bytes = unsafe { bytes(pointer) };
    if bytes.is_empty() { Err(Refusal::Param) } else { Ok(lossy(bytes)) }
}

/// A text that may be NULL or `""`, both of which mean `""`. Malformed UTF-8 is replaced by U+FFFD.
pub unsafe fn optional(pointer: *const c_char) -> String {
    // SAFETY: the caller keeps the promise of the module.
    lossy(unsafe { bytes(pointer) })
}

/// A text whose content does not matter, only that it is not NULL.
pub fn not_null(pointer: *const c_char) -> Result<(), Refusal> {
    if pointer.is_null() { Err(Refusal::Param) } else { Ok(()) }
}

/// The kind of a conversation from the number of a `TIMConvType`. Only one-to-one and group pass.
pub fn conv_kind(conv_type: c_int) -> Result<ConvKind, Refusal> {
    match conv_type {
        value if value == ConvKind::C2c as c_int => Ok(ConvKind::C2c),
        value if value == ConvKind::Group as c_int => Ok(ConvKind::Group),
        _ => Err(Refusal::Param),
    }
}

/// A conversation: an id that must be there, and its kind.
pub unsafe fn conversation(conv_id: *const c_char, conv_type: c_int) -> Result<Conv, Refusal> {
    Ok(Conv {
        kind: conv_kind(conv_type)?,
        // SAFETY: the caller keeps the promise of the module.
        id: unsafe { text(conv_id) }?,
    })
}

/// The same, and the one system conversation, whatever its id.
pub unsafe fn any_conversation(conv_id: *const c_char, conv_type: c_int) -> Result<Conv, Refusal> {
    if conv_type == ConvKind::System as c_int {
        return Ok(Conv::system());
    }
    // SAFETY: the caller keeps the promise of the module.
    unsafe { conversation(conv_id, conv_type) }
}

/// A JSON object, `{}` too.
pub unsafe fn object<T: Field>(pointer: *const c_char) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { request(pointer, |text| text.opens_with(b'{')) }
}

/// A JSON object, `{}` too. Values of wrong types count as absent.
pub unsafe fn config<T: DeserializeOwned>(pointer: *const c_char) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { parse(pointer, |text| text.opens_with(b'{')) }
}

/// A message: a JSON object with at least one key, whatever key. Values of wrong types count as
/// absent.
pub unsafe fn message(pointer: *const c_char) -> Result<Message, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { parse(pointer, |text| text.opens_with(b'{') && !text.is_hollow()) }
}

/// A message, as [`message`]; `None` for NULL, `""` and `{}`. Anything else is for the callback to
/// refuse, because the text was never seen to decide the return code.
pub unsafe fn any_message(pointer: *const c_char) -> Result<Option<Message>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let bytes = unsafe { bytes(pointer) };
    let text = Text(bytes);
    if bytes.is_empty() || text.opens_with(b'{') && text.is_hollow() {
        return Ok(None);
    }
    // SAFETY: as above.
    unsafe { request(pointer, |text| text.opens_with(b'{')) }.map(Some)
}

/// A JSON array of at least one message. Values of wrong types count as absent.
pub unsafe fn messages(pointer: *const c_char) -> Result<Vec<Message>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { parse(pointer, |text| text.opens_with(b'[') && !text.is_hollow()) }
}

/// A JSON object with at least one of the keys of `T`.
pub unsafe fn known<T: Field + Object>(pointer: *const c_char) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe {
        request(pointer, |text| {
            text.opens_with(b'{')
                && json::parse::<Keys>(text.0).is_ok_and(|keys| keys.any_of::<T>())
        })
    }
}

/// The same, and the keys of the object.
pub unsafe fn with_keys<T: Field + Object>(pointer: *const c_char) -> Result<(T, Keys), Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let (value, text) = unsafe { (known(pointer)?, bytes(pointer)) };
    Ok((value, json::parse(text).map_err(|_| Refusal::Json)?))
}

/// What is to be deleted, as [`known`]. `None` for a message that says nothing and is not `{}`, which means all messages: that is
/// for the callback to refuse.
pub unsafe fn deletion(pointer: *const c_char) -> Result<Option<MsgDeleteParam>, Refusal> {
    #[derive(Deserialize)]
    struct Deletion {
        msg_delete_param_msg: Keys,
    }

    // SAFETY: the caller keeps the promise of the module.
    let (param, text) = unsafe { (known::<MsgDeleteParam>(pointer)?, bytes(pointer)) };
    let is_hollow =
        || json::parse(text).is_ok_and(|it: Deletion| it.msg_delete_param_msg.0.is_empty());
    let says = |message: &Message| *message != Message::default();
    Ok(match &param.msg {
        Some(message) if !says(message) && !is_hollow() => None,
        _ => Some(param),
    })
}

/// A JSON array, `[]` too.
pub unsafe fn list<T: Field + Serialize>(pointer: *const c_char) -> Result<Vec<T>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { request(pointer, |text| text.opens_with(b'[')) }
}

/// A JSON array with at least one element.
pub unsafe fn filled_list<T: Field + Serialize>(pointer: *const c_char) -> Result<Vec<T>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { request(pointer, |text| text.opens_with(b'[') && !text.is_hollow()) }
}

/// Any text but NULL and `""`. `None` for one that is no JSON object: it passed, so the callback
/// has to refuse it ([`super::lenient_request`]).
pub unsafe fn lenient<T: Field>(pointer: *const c_char) -> Result<Option<T>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    match unsafe { object(pointer) } {
        Err(Refusal::Json) => Ok(None),
        other => other.map(Some),
    }
}

/// The bytes of a C text without the NUL; none for NULL.
unsafe fn bytes<'a>(pointer: *const c_char) -> &'a [u8] {
    if pointer.is_null() {
        return &[];
    }
    // SAFETY: not NULL, so by the promise of the module it points to bytes that end in NUL and stay as they are for as long
    // as the calling function runs; no caller here lets the borrow outlive itself.
    unsafe { CStr::from_ptr(pointer) }.to_bytes()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

unsafe fn request<T: Field>(
    pointer: *const c_char,
    fits: impl FnOnce(Text<'_>) -> bool,
) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { read(pointer, fits, json::parse_request) }
}

unsafe fn parse<T: DeserializeOwned>(
    pointer: *const c_char,
    fits: impl FnOnce(Text<'_>) -> bool,
) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { read(pointer, fits, json::parse) }
}

unsafe fn read<T>(
    pointer: *const c_char,
    fits: impl FnOnce(Text<'_>) -> bool,
    parse: impl FnOnce(&[u8]) -> Result<T, JsonError>,
) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let bytes = unsafe { bytes(pointer) };
    if bytes.is_empty() {
        Err(Refusal::Param)
    } else if fits(Text(bytes)) {
        parse(bytes).map_err(|_| Refusal::Json)
    } else {
        Err(Refusal::Json)
    }
}

/// JSON text that has not been parsed yet. Looking at its first two marks is enough for most rules
/// and costs nothing.
#[derive(Clone, Copy)]
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn marks(&self) -> impl Iterator<Item = u8> {
        self.0.iter().copied().filter(|byte| !byte.is_ascii_whitespace())
    }

    fn opens_with(&self, mark: u8) -> bool {
        self.marks().next() == Some(mark)
    }

    /// Whether it is a container that closes where it opened.
    fn is_hollow(&self) -> bool {
        matches!(self.marks().nth(1), Some(b'}' | b']'))
    }
}

/// The keys of a JSON object, and whether they have a value: `null` is none.
pub struct Keys(Vec<(String, bool)>);

impl Keys {
    /// Whether each key that `flag` names, by the bit beside it, has a value.
    pub fn have(&self, flag: u32, named: &[(u32, &str)]) -> bool {
        named.iter().all(|(bit, name)| {
            flag & bit == 0 || self.0.iter().any(|(key, valued)| key == name && *valued)
        })
    }

    fn any_of<T: Object>(&self) -> bool {
        self.0.iter().any(|(key, _)| {
            T::META
                .fields
                .iter()
                .any(|field| field.key == key || field.old.iter().any(|(old, _)| old == key))
        })
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Keys;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, value)) = map.next_entry::<_, Option<IgnoredAny>>()? {
                    keys.push((key, value.is_some()));
                }
                Ok(Keys(keys))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::CString;
    use std::ptr;

    use imsdk_types::{
        CreateGroupParam, GroupPendencyOption, MsgDeleteParam, MsgGetMsgListParam, SdkConfig,
    };

    use super::*;

    /// The same rule for every text in `texts`; gives what the rule says, `None` standing for
    /// accepted.
    fn verdicts<T>(
        rule: unsafe fn(*const c_char) -> Result<T, Refusal>,
        texts: [&str; 6],
    ) -> [Option<Refusal>; 6] {
        texts.map(|text| {
            let text = CString::new(text).unwrap();
            // SAFETY: a C text that lives until the call returns.
            unsafe { rule(text.as_ptr()) }.err()
        })
    }

    const CASES: [&str; 6] = ["", r#"{"a":"#, "hello", "{}", "[]", r#"{"no_such_key":1}"#];
    const PARAM: Option<Refusal> = Some(Refusal::Param);
    const JSON: Option<Refusal> = Some(Refusal::Json);

    #[test]
    fn the_json_rules_as_measured() {
        assert_eq!(
            verdicts(object::<MsgGetMsgListParam>, CASES),
            [PARAM, JSON, JSON, None, JSON, None]
        );
        assert_eq!(verdicts(config::<SdkConfig>, CASES), [PARAM, JSON, JSON, None, JSON, None]);
        assert_eq!(verdicts(message, CASES), [PARAM, JSON, JSON, JSON, JSON, None]);
        assert_eq!(verdicts(messages, CASES), [PARAM, JSON, JSON, JSON, JSON, JSON]);
        assert_eq!(verdicts(any_message, CASES), [None, JSON, JSON, None, JSON, None]);
        assert_eq!(
            verdicts(known::<CreateGroupParam>, CASES),
            [PARAM, JSON, JSON, JSON, JSON, JSON]
        );
        assert_eq!(verdicts(list::<String>, CASES), [PARAM, JSON, JSON, JSON, None, JSON]);
        assert_eq!(verdicts(filled_list::<String>, CASES), [PARAM, JSON, JSON, JSON, JSON, JSON]);
        assert_eq!(
            verdicts(lenient::<MsgGetMsgListParam>, CASES),
            [PARAM, None, None, None, None, None]
        );
    }

    // CALL-10
    #[test]
    fn a_wrong_type_is_refused_where_it_was_not_seen_to_pass() {
        let param = ["[1]", "5", r#""oops""#, r#"{"message_rand":"x"}"#].map(|message| {
            let text = format!(r#"{{"msg_delete_param_msg":{message}}}"#);
            let text = CString::new(text).unwrap();
            // SAFETY: a C text that lives until the call returns.
            unsafe { known::<MsgDeleteParam>(text.as_ptr()) }.err()
        });
        assert_eq!(param, [JSON; 4]);

        let names = CString::new(r#"["a",5]"#).unwrap();
        let odd = CString::new(r#"{"message_rand":"x","sdk_config_log_file_path":5}"#).unwrap();
        let times = CString::new(r#"{"group_pendency_option_start_time":"x"}"#).unwrap();
        // SAFETY: C texts that live until the call returns.
        unsafe {
            assert_eq!(list::<String>(names.as_ptr()).err(), JSON);
            assert_eq!(message(odd.as_ptr()).unwrap().rand, 0);
            assert_eq!(config::<SdkConfig>(odd.as_ptr()).unwrap().log_file_path, "");
            assert_eq!(lenient::<GroupPendencyOption>(times.as_ptr()), Ok(None));
        }
    }

    #[test]
    fn good_arguments_arrive() {
        let conv = CString::new("bob").unwrap();
        // SAFETY: a C text that lives until the call returns.
        let found = unsafe { conversation(conv.as_ptr(), 1) };
        assert_eq!(found, Ok(Conv::c2c("bob")));

        let text = CString::new(" {\n\t\"msg_getmsglist_param_count\" : 7 } ").unwrap();
        // SAFETY: as above.
        let param: MsgGetMsgListParam = unsafe { object(text.as_ptr()) }.unwrap();
        assert_eq!(param.count, 7);

        let text = CString::new(r#"["a","b"]"#).unwrap();
        // SAFETY: as above.
        let names = unsafe { filled_list::<String>(text.as_ptr()) };
        assert_eq!(names.unwrap(), ["a", "b"]);
    }

    #[test]
    fn a_known_key_counts_in_each_of_its_spellings() {
        for key in ["msg_delete_param_is_ramble", "msg_delete_param_is_remble"] {
            let text = CString::new(format!(r#"{{"x":0,"{key}":true}}"#)).unwrap();
            // SAFETY: a C text that lives until the call returns.
            let param: MsgDeleteParam = unsafe { known(text.as_ptr()) }.unwrap();
            assert!(param.is_ramble, "{key}");
        }
    }

    #[test]
    fn null_is_missing() {
        // SAFETY: NULL is allowed.
        unsafe {
            assert_eq!(text(ptr::null()), Err(Refusal::Param));
            assert_eq!(optional(ptr::null()), "");
            assert_eq!(conversation(ptr::null(), 1), Err(Refusal::Param));
            assert_eq!(message(ptr::null()).err(), PARAM);
            assert_eq!(lenient::<GroupPendencyOption>(ptr::null()).err(), PARAM);
        }
        assert_eq!(not_null(ptr::null()), Err(Refusal::Param));
    }

    #[test]
    fn only_one_to_one_and_group_are_conversations() {
        for wrong in [0, 3, 99, -1, c_int::MIN, c_int::MAX] {
            assert_eq!(conv_kind(wrong), Err(Refusal::Param), "{wrong}");
        }
        assert_eq!(conv_kind(1), Ok(ConvKind::C2c));
        assert_eq!(conv_kind(2), Ok(ConvKind::Group));
    }

    #[test]
    fn malformed_utf8_is_replaced() {
        let name = CString::new(b"b\xffb".to_vec()).unwrap();
        let json = CString::new(b"[\"\xc3\x28\"]".to_vec()).unwrap();
        // SAFETY: C texts that live until the call returns.
        unsafe {
            assert_eq!(text(name.as_ptr()).unwrap(), "b\u{fffd}b");
            assert_eq!(list::<String>(json.as_ptr()).unwrap(), ["\u{fffd}("]);
        }
    }

    #[test]
    fn huge_texts_are_only_texts() {
        let size = if cfg!(miri) { 10_000 } else { 10_000_000 };
        let name = CString::new(vec![b'x'; size]).unwrap();
        let deep = CString::new(vec![b'['; size]).unwrap();
        let long = CString::new(format!(r#"["{}"]"#, "y".repeat(size))).unwrap();
        // SAFETY: C texts that live until the call returns.
        unsafe {
            assert_eq!(text(name.as_ptr()).unwrap().len(), size);
            assert_eq!(filled_list::<String>(deep.as_ptr()).err(), JSON);
            assert_eq!(filled_list::<String>(long.as_ptr()).unwrap()[0].len(), size);
        }
    }

    #[test]
    fn refusals_are_the_public_numbers() {
        assert_eq!((c_int::from(Refusal::Json), c_int::from(Refusal::Param)), (-3, -4));
    }

    #[test]
    fn a_conversation_that_can_be_made() {
        let id = c"peer".as_ptr();
        for (id, kind, made) in [
            (id, 1, Ok(Conv::c2c("peer"))),
            (id, 2, Ok(Conv::group("peer"))),
            (id, 3, Ok(Conv::system())),
            (ptr::null(), 3, Ok(Conv::system())),
            (id, 0, Err(Refusal::Param)),
            (id, 4, Err(Refusal::Param)),
            (id, -1, Err(Refusal::Param)),
            (ptr::null(), 1, Err(Refusal::Param)),
            (c"".as_ptr(), 2, Err(Refusal::Param)),
        ] {
            // SAFETY: NULL, or a C text that lives until the call returns.
            assert_eq!(unsafe { any_conversation(id, kind) }, made, "{kind}");
        }
    }
}
