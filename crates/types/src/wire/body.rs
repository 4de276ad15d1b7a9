//! What a sender wrote.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{is_false, is_zero};
use crate::json::is_plain;
use crate::{Elem, Message, Object, OfflinePushConfig, UserProfile};

/// The part of a message that its sender wrote and that travels to the receivers unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageBody {
    /// The elements, at least one.
    #[serde(rename = "e")]
    pub elems: Vec<Elem>,
    /// Priority in a group, a `TIMMsgPriority`.
    #[serde(rename = "p", skip_serializing_if = "is_normal")]
    pub priority: u32,
    /// Text of the application that belongs to the message and to no element.
    #[serde(rename = "c", skip_serializing_if = "String::is_empty")]
    pub cloud_custom_str: String,
    /// What a push service shows for it.
    #[serde(rename = "o", skip_serializing_if = "Option::is_none")]
    pub offline_push_config: Option<Box<OfflinePushConfig>>,
    /// Does not raise the unread number.
    #[serde(rename = "u", skip_serializing_if = "is_false")]
    pub is_excluded_from_unread_count: bool,
    /// Does not become the last message of the conversation.
    #[serde(rename = "l", skip_serializing_if = "is_false")]
    pub excluded_from_last_message: bool,
    /// Asks for a receipt of its own.
    #[serde(rename = "r", skip_serializing_if = "is_false")]
    pub need_read_receipt: bool,
    /// Mentioned users.
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty")]
    pub group_at_user_array: Vec<String>,
    /// User id of the one who took it back; written by the service.
    #[serde(rename = "w", skip_serializing_if = "String::is_empty")]
    pub revoker: String,
    /// The sender's name in the group, which the service writes.
    #[serde(rename = "n", skip_serializing_if = "String::is_empty")]
    pub name_card: String,
    /// See [`name_mark`]; 0 where the sender does not say.
    #[serde(rename = "m", skip_serializing_if = "is_zero")]
    pub name_mark: u64,
    /// Keys that no version of this library knows, passed through.
    #[serde(rename = "x", skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

/// How a [`MessageBody`] of one text begins.
const TEXT: &str = r#"{"e":[{"elem_type":0,"text_elem_content":""#;

impl Default for MessageBody {
    fn default() -> Self {
        Self {
            elems: Vec::new(),
            priority: crate::MsgPriority::Normal as u32,
            cloud_custom_str: String::new(),
            offline_push_config: None,
            is_excluded_from_unread_count: false,
            excluded_from_last_message: false,
            need_read_receipt: false,
            group_at_user_array: Vec::new(),
            revoker: String::new(),
            name_card: String::new(),
            name_mark: 0,
            extra: Map::new(),
        }
    }
}

/// What often follows the elements: nothing, a text of the application that needs no escapes, a name mark.
fn little(rest: &str) -> Option<MessageBody> {
    let mut body = MessageBody::default();
    let mut rest = rest;
    if let Some(more) = rest.strip_prefix(",\"c\":\"") {
        let (cloud, more) = more.split_at(more.find('"')?);
        body.cloud_custom_str = is_plain(cloud).then(|| cloud.to_owned())?;
        rest = &more[1..];
    }
    if let Some(more) = rest.strip_prefix(",\"m\":") {
        let (mark, more) = more.split_at(more.find(|it: char| !it.is_ascii_digit())?);
        body.name_mark = mark.parse().ok().filter(|_| !mark.starts_with('0'))?;
        rest = more;
    }
    (rest == "}").then_some(body)
}

/// A number for the name and the picture of a user (FNV-1a, 32 bits); 0 for one who has neither, of whom messages say nothing. A message
/// carries its sender's, so that whoever knows the sender by another name learns that it has changed.
pub fn name_mark(profile: &UserProfile) -> u64 {
    let UserProfile { nick_name, face_url, .. } = profile;
    if nick_name.is_empty() && face_url.is_empty() {
        return 0;
    }
    let bytes = nick_name.bytes().chain([0]).chain(face_url.bytes());
    u64::from(
        bytes.fold(0x811c_9dc5, |mark: u32, byte| {
            (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        }),
    )
}

impl MessageBody {
    /// From JSON; `None` where that can't be read.
    pub fn read(json: &str) -> Option<Self> {
        Self::read_text(json).or_else(|| serde_json::from_str(json).ok())
    }

    /// The same for most messages, which are one text that needs no escapes, and little else: it takes a fraction of the time. `None` for
    /// others.
    fn read_text(json: &str) -> Option<Self> {
        let text = json.strip_prefix(TEXT)?;
        let (text, rest) = text.split_at(text.find('"')?);
        let rest = rest.strip_prefix("\"}]").filter(|_| is_plain(text))?;
        let body = match (little(rest), rest.strip_prefix(',')) {
            (Some(body), _) => body,
            (None, Some(more)) if more.starts_with('"') => {
                serde_json::from_str(&["{", more].concat()).ok()?
            }
            (None, _) => return None,
        };
        // What has elements twice is none of them.
        body.elems.is_empty().then(|| Self { elems: vec![Elem::text(text)], ..body })
    }

    /// What is left of it once `revoker` has taken it back.
    pub fn revoked_by(self, revoker: &str) -> Self {
        Self {
            elems: Vec::new(),
            cloud_custom_str: String::new(),
            offline_push_config: None,
            revoker: revoker.to_owned(),
            extra: Map::new(),
            ..self
        }
    }

    /// Leaves out what no sender says: what the service writes, keys that a message has of its own under `extra`, where the
    /// sender's files lie, and what an application noted for itself alone.
    pub fn strip(&mut self) {
        self.revoker.clear();
        self.name_card.clear();
        self.extra.retain(|key, _| !Message::has_key(key));
        forget_paths(&mut self.elems);
        Elem::each_url(&mut self.elems, &mut |url| {
            // It would lead everybody else to a file of their own.
            if url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
                url.clear();
            }
        });
    }
}

fn forget_paths(elems: &mut [Elem]) {
    for elem in elems {
        match elem {
            Elem::Image(image) => image.orig_path.clear(),
            Elem::Sound(sound) => sound.file_path.clear(),
            Elem::File(file) => file.file_path.clear(),
            Elem::Video(video) => {
                video.video_path.clear();
                video.image_path.clear();
            }
            Elem::Merger(merger) => {
                for message in &mut merger.message_array {
                    forget_paths(&mut message.elem_array);
                    (message.custom_int, message.custom_str) = (0, String::new());
                }
            }
            _ => {}
        }
    }
}

fn is_normal(priority: &u32) -> bool {
    *priority == crate::MsgPriority::Normal as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileElem, MergerElem};

    #[test]
    fn a_body_of_one_text_is_read_like_any_other() {
        let texts =
            ["", "hi", "grüß \u{1f600} {[,:]}", "a \"quote\"", "a\\b", "two\nlines", "\u{7f}"];
        let mut quick = 0;
        let more = [("", 0), ("", 7), ("{\"c\":1}", 0), ("c", 7)];
        for (text, (cloud, name_mark)) in texts.iter().flat_map(|text| more.map(|it| (text, it))) {
            let body = MessageBody {
                elems: vec![Elem::text(*text)],
                cloud_custom_str: cloud.into(),
                name_mark,
                ..MessageBody::default()
            };
            let json = serde_json::to_string(&body).unwrap();
            quick += u32::from(MessageBody::read_text(&json).is_some());
            assert_eq!(MessageBody::read(&json), Some(body), "{json}");
        }
        assert_eq!(quick, 16, "all whose first text needs no escapes");
        let little = |rest: &str| super::little(rest).is_some();
        assert!(
            ["}", ",\"c\":\"c\"}", ",\"m\":7}", ",\"c\":\"c\",\"m\":7}"].into_iter().all(little)
        );
        let ends = r#" " "} "}] "}], "}],} "}]}} "},{}]} "}],"e":[{}]} "}],"c":1} ","x":1}]}  "}],"p":2,"y":[]} "}],"m":} "}],"m":01} "}],"m":-1} "}],"m":1}} "}],"m":99999999999999999999} "}],"c":"c} "}],"c":"\"} "}],"c":"c","c":"d"} "}],"m":1,"c":"c"} "}],"m":1,"m":1} "}],"c":"c","m":1,"p":2} \n"}]} \x"}]}"#;
        for end in ends.split(' ').chain(["\"}] }", "\"}]} ", "\u{1}\"}]}"]) {
            let json = format!("{TEXT}hi{end}");
            assert_eq!(MessageBody::read(&json), serde_json::from_str(&json).ok(), "{json}");
        }
    }

    #[test]
    fn what_no_sender_says_is_left_out_at_any_depth() {
        let file = |path: &str| {
            Elem::File(FileElem {
                file_path: path.into(),
                file_name: "name".into(),
                url: format!("FILE://{path}"),
                ..Default::default()
            })
        };
        let merged = |elem| {
            let message =
                Message { elem_array: vec![elem], custom_str: "mine".into(), ..Message::default() };
            Elem::Merger(Box::new(MergerElem {
                message_array: vec![message],
                ..Default::default()
            }))
        };
        let mut body = MessageBody {
            elems: vec![file("/home/me/a"), merged(merged(file("/home/me/b")))],
            revoker: "somebody".into(),
            name_card: "somebody".into(),
            ..MessageBody::default()
        };
        for key in ["message_sender", "message_offlie_push_config", "message_of_tomorrow"] {
            body.extra.insert(key.into(), "somebody".into());
        }
        body.strip();
        let text = format!("{:?}", body.elems);
        assert!(!text.contains("/home/me") && !text.contains("mine") && text.contains("name"));
        assert_eq!((body.revoker.as_str(), body.name_card.as_str()), ("", ""));
        assert_eq!(body.extra.keys().collect::<Vec<_>>(), ["message_of_tomorrow"]);
    }
}
