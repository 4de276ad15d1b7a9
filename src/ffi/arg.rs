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
use imsdk_types::meta::{Changes, FieldMeta};
use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{
    Code, Error, Field, FriendProfileItem, FriendshipModifyFriendProfileParam, Message,
    MsgDeleteParam, Object,
};
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::refusal::may_tell;

/// A key in the log, at most so many bytes; and so many of an object.
const LONGEST_KEY: usize = 80;
const KEYS_TOLD: usize = 8;

/// A text that must be there: NULL and `""` are refused. Malformed UTF-8 is replaced by U+FFFD. `name` is for the log.
pub unsafe fn text(name: &str, pointer: *const c_char) -> Result<String, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let bytes = unsafe { bytes(pointer) };
    if bytes.is_empty() { Err(missing(name)) } else { Ok(lossy(bytes)) }
}

fn missing(what: &str) -> Refusal {
    Refusal::Param(format!("{what} is NULL or empty").into())
}

/// A text that may be NULL or `""`, both of which mean `""`. Malformed UTF-8 is replaced by U+FFFD.
pub unsafe fn optional(pointer: *const c_char) -> String {
    // SAFETY: the caller keeps the promise of the module.
    lossy(unsafe { bytes(pointer) })
}

/// A text whose content does not matter, only that it is not NULL.
pub fn not_null(name: &str, pointer: *const c_char) -> Result<(), Refusal> {
    if pointer.is_null() { Err(Refusal::Param(format!("{name} is NULL").into())) } else { Ok(()) }
}

/// The kind of a conversation from the number of a `TIMConvType`. Only one-to-one and group pass.
pub fn conv_kind(conv_type: c_int) -> Result<ConvKind, Refusal> {
    match conv_type {
        value if value == ConvKind::C2c as c_int => Ok(ConvKind::C2c),
        value if value == ConvKind::Group as c_int => Ok(ConvKind::Group),
        other => {
            Err(Refusal::Param(format!("there is no conversation of conv_type {other}").into()))
        }
    }
}

/// A conversation: an id that must be there, and its kind.
pub unsafe fn conversation(conv_id: *const c_char, conv_type: c_int) -> Result<Conv, Refusal> {
    Ok(Conv {
        kind: conv_kind(conv_type)?,
        // SAFETY: the caller keeps the promise of the module.
        id: unsafe { text("conv_id", conv_id) }?,
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
    unsafe { request(pointer, |text| text.is_object()) }
}

/// A JSON object, `{}` too. Values of wrong types count as absent.
pub unsafe fn config<T: Field + DeserializeOwned>(pointer: *const c_char) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { parse(pointer, |text| text.is_object()) }
}

/// A message: a JSON object with at least one key, whatever key. Values of wrong types count as
/// absent.
pub unsafe fn message(pointer: *const c_char) -> Result<Message, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { parse(pointer, |text| text.is_object()?.is_filled()) }
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
    unsafe { request(pointer, |text| text.is_object()) }.map(Some)
}

/// A JSON array of at least one message. Values of wrong types count as absent.
pub unsafe fn messages(pointer: *const c_char) -> Result<Vec<Message>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { parse(pointer, |text| text.is_list()?.is_filled()) }
}

/// A JSON object with at least one of the keys of `T`.
pub unsafe fn known<T: Field + Object>(pointer: *const c_char) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe {
        request(pointer, |text| {
            text.is_object()?;
            match Keys::of(text.0) {
                Ok(keys) if !keys.any_of::<T>() => Err("has none of its keys"),
                // What is no JSON is told by who reads it.
                _ => Ok(text),
            }
        })
    }
}

/// As [`object`], for a request that changes what it names. One that names nothing passes, as it always did, and the log says that
/// it changes nothing.
pub unsafe fn changes<T: Field + Object>(pointer: *const c_char) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let (value, text) = unsafe { (object(pointer)?, bytes(pointer)) };
    if let Ok(keys) = Keys::of(text) {
        keys.tell_if_none_of::<T>();
    }
    Ok(value)
}

/// The same for what is kept about a friend, which must say something itself.
pub unsafe fn friend_changes(
    pointer: *const c_char,
) -> Result<FriendshipModifyFriendProfileParam, Refusal> {
    #[derive(Deserialize)]
    struct Changes {
        friendship_modify_friend_profile_param_item: Keys,
    }

    // SAFETY: the caller keeps the promise of the module.
    let (param, text) = unsafe { (known(pointer)?, bytes(pointer)) };
    let keys = json::parse(text)
        .map_or(Keys(Vec::new()), |it: Changes| it.friendship_modify_friend_profile_param_item);
    keys.tell_if_none_of::<FriendProfileItem>();
    Ok(param)
}

/// The same as [`known`], and the keys of the object.
pub unsafe fn with_keys<T: Field + Object>(pointer: *const c_char) -> Result<(T, Keys), Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let (value, text) = unsafe { (known(pointer)?, bytes(pointer)) };
    Ok((value, Keys::of(text).map_err(|error| Refusal::unreadable(T::TYPE, &error))?))
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
    unsafe { request(pointer, |text| text.is_list()) }
}

/// A JSON array with at least one element.
pub unsafe fn filled_list<T: Field + Serialize>(pointer: *const c_char) -> Result<Vec<T>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { request(pointer, |text| text.is_list()?.is_filled()) }
}

/// Any text but NULL and `""`. `None` for one that is no JSON object: it passed, so the callback
/// has to refuse it ([`super::lenient_request`]).
pub unsafe fn lenient<T: Field>(pointer: *const c_char) -> Result<Option<T>, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    match unsafe { object(pointer) } {
        Err(Refusal::Json(_)) => Ok(None),
        other => other.map(Some),
    }
}

/// The bytes of a C text without the NUL; none for NULL. They are the program's, and lent for as long as the call lasts.
pub unsafe fn bytes<'a>(pointer: *const c_char) -> &'a [u8] {
    if pointer.is_null() {
        return &[];
    }
    // SAFETY: not NULL, so by the promise of the module it points to bytes that end in NUL and stay as they are for as long
    // as the calling function runs; no caller lets the borrow outlive itself.
    unsafe { CStr::from_ptr(pointer) }.to_bytes()
}

fn lossy(bytes: &[u8]) -> String {
    // The check is several times faster than the repair.
    str::from_utf8(bytes)
        .map_or_else(|_| String::from_utf8_lossy(bytes).into_owned(), str::to_owned)
}

/// What a text must look like before it is read; otherwise what it is not.
type Look = fn(Text<'_>) -> Result<Text<'_>, &'static str>;

unsafe fn request<T: Field>(pointer: *const c_char, look: Look) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { read(pointer, look, json::parse_request) }
}

unsafe fn parse<T: Field + DeserializeOwned>(
    pointer: *const c_char,
    look: Look,
) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    unsafe { read(pointer, look, json::parse) }
}

unsafe fn read<T: Field>(
    pointer: *const c_char,
    look: Look,
    parse: fn(&[u8]) -> Result<T, JsonError>,
) -> Result<T, Refusal> {
    // SAFETY: the caller keeps the promise of the module.
    let bytes = unsafe { bytes(pointer) };
    look_at(bytes, look, T::TYPE)?;
    parse(bytes).map_err(|error| Refusal::unreadable(T::TYPE, &error))
}

/// Apart from [`read`], so that it is there once and not for each type.
#[inline(never)]
fn look_at(bytes: &[u8], look: Look, what: &str) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(missing(what));
    }
    match look(Text(bytes)) {
        Ok(_) => Ok(()),
        Err(fault) => Err(Refusal::Json(format!("{what}: the text {fault}").into())),
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

    fn is_object(self) -> Result<Self, &'static str> {
        if self.opens_with(b'{') { Ok(self) } else { Err("is not a JSON object") }
    }

    fn is_list(self) -> Result<Self, &'static str> {
        if self.opens_with(b'[') { Ok(self) } else { Err("is not a JSON array") }
    }

    fn is_filled(self) -> Result<Self, &'static str> {
        if self.is_hollow() { Err("holds nothing") } else { Ok(self) }
    }

    /// Whether it is a container that closes where it opened.
    fn is_hollow(&self) -> bool {
        matches!(self.marks().nth(1), Some(b'}' | b']'))
    }
}

/// The keys of a JSON object, and whether they have a value: `null` is none.
pub struct Keys(Vec<(String, bool)>);

impl Keys {
    #[inline(never)]
    fn of(text: &[u8]) -> Result<Self, JsonError> {
        json::parse(text)
    }

    /// Refuses a request in which a field has no value though `flag` names it.
    pub fn check(&self, flag: u32, named: &Changes) -> Result<(), Error> {
        let lacks =
            |field: &FieldMeta| !self.0.iter().any(|(key, valued)| *valued && field.is_spelt(key));
        match named.iter().find(|(bit, field)| flag & bit != 0 && lacks(field)) {
            Some((_, field)) => {
                let text = format!("the modify flag names {}, which is not there", field.key);
                Err(Error::new(Code::SvrGroupInvalidParameters, text))
            }
            None => Ok(()),
        }
    }

    fn any_of<T: Object>(&self) -> bool {
        self.0.iter().any(|(key, _)| T::has_key(key))
    }

    /// Tells the log of a request to change nothing. Keys are names that the program has from a header; what can't be one stays
    /// out of the log.
    fn tell_if_none_of<T: Field + Object>(&self) {
        let is_name = |key: &str| {
            key.len() <= LONGEST_KEY
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        if self.0.iter().any(|(key, valued)| *valued && T::has_key(key)) || !may_tell() {
            return;
        }
        let names = self.0.iter().map(|(key, _)| key.as_str()).filter(|key| is_name(key));
        let keys = names.take(KEYS_TOLD).collect::<Vec<_>>().join(", ");
        tracing::warn!(keys, "the call changes nothing: {} has none of its keys", T::TYPE);
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
        CreateGroupParam, GroupPendencyOption, MsgDeleteParam, MsgGetMsgListParam, ReturnCode,
        SdkConfig,
    };

    use super::*;

    /// The same rule for every text in `texts`; gives what the rule says, `None` standing for
    /// accepted.
    fn verdicts<T>(
        rule: unsafe fn(*const c_char) -> Result<T, Refusal>,
        texts: [&str; 6],
    ) -> [Option<ReturnCode>; 6] {
        texts.map(|text| {
            let text = CString::new(text).unwrap();
            // SAFETY: a C text that lives until the call returns.
            code(unsafe { rule(text.as_ptr()) })
        })
    }

    fn code<T>(outcome: Result<T, Refusal>) -> Option<ReturnCode> {
        outcome.err().map(|refusal| refusal.code())
    }

    const CASES: [&str; 6] = ["", r#"{"a":"#, "hello", "{}", "[]", r#"{"no_such_key":1}"#];
    const PARAM: Option<ReturnCode> = Some(ReturnCode::Param);
    const JSON: Option<ReturnCode> = Some(ReturnCode::Json);

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
            code(unsafe { known::<MsgDeleteParam>(text.as_ptr()) })
        });
        assert_eq!(param, [JSON; 4]);

        let names = CString::new(r#"["a",5]"#).unwrap();
        let odd = CString::new(r#"{"message_rand":"x","sdk_config_log_file_path":5}"#).unwrap();
        let times = CString::new(r#"{"group_pendency_option_start_time":"x"}"#).unwrap();
        // SAFETY: C texts that live until the call returns.
        unsafe {
            assert_eq!(code(list::<String>(names.as_ptr())), JSON);
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
            assert_eq!(text("x", ptr::null()), Err(Refusal::Param("x is NULL or empty".into())));
            assert_eq!(optional(ptr::null()), "");
            assert_eq!(code(conversation(ptr::null(), 1)), PARAM);
            assert_eq!(code(message(ptr::null())), PARAM);
            assert_eq!(code(lenient::<GroupPendencyOption>(ptr::null())), PARAM);
        }
        assert_eq!(code(not_null("x", ptr::null())), PARAM);
    }

    #[test]
    fn only_one_to_one_and_group_are_conversations() {
        for wrong in [0, 3, 99, -1, c_int::MIN, c_int::MAX] {
            assert_eq!(code(conv_kind(wrong)), PARAM, "{wrong}");
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
            assert_eq!(text("x", name.as_ptr()).unwrap(), "b\u{fffd}b");
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
            assert_eq!(text("x", name.as_ptr()).unwrap().len(), size);
            assert_eq!(code(filled_list::<String>(deep.as_ptr())), JSON);
            assert_eq!(filled_list::<String>(long.as_ptr()).unwrap()[0].len(), size);
        }
    }

    #[test]
    fn what_is_wrong_is_told_without_what_was_given() {
        let why = |text: &str| {
            let text = CString::new(text).unwrap();
            // SAFETY: a C text that lives until the call returns.
            let refused = unsafe { known::<MsgDeleteParam>(text.as_ptr()) };
            refused.unwrap_err().why().to_owned()
        };
        let object = "object MsgDeleteParam";
        for (text, fault) in [
            ("", " is NULL or empty"),
            ("secret", ": the text is not a JSON object"),
            (r#"{"secret":1}"#, ": the text has none of its keys"),
            (
                "{\"msg_delete_param_is_ramble\":\n\"secret\"}",
                ": a value of the wrong type, line 2, column 8",
            ),
            (r#"{"secret":"#, ": JSON that ends too early, line 1, column 10"),
            (r#"{"secret" 1}"#, ": not JSON, line 1, column 11"),
        ] {
            assert_eq!(why(text), format!("{object}{fault}"), "{text}");
        }
    }

    #[test]
    fn a_conversation_that_can_be_made() {
        let id = c"peer".as_ptr();
        for (id, kind, made) in [
            (id, 1, Some(Conv::c2c("peer"))),
            (id, 2, Some(Conv::group("peer"))),
            (id, 3, Some(Conv::system())),
            (ptr::null(), 3, Some(Conv::system())),
            (id, 0, None),
            (id, 4, None),
            (id, -1, None),
            (ptr::null(), 1, None),
            (c"".as_ptr(), 2, None),
        ] {
            // SAFETY: NULL, or a C text that lives until the call returns.
            let found = unsafe { any_conversation(id, kind) };
            assert_eq!(found.as_ref().ok(), made.as_ref(), "{kind}");
            assert!(!matches!(found, Err(Refusal::Json(_))), "{kind}");
        }
    }
}
