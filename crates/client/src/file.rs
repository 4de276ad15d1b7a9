//! Files of messages: upload before a message is sent, download into a file of the program's choice.
//!
//! Files are moved by threads of their own ("im-file"), never by the core's or the caller's. A content's address is
//! `imsdk://<sdk app id>/<id>`, where the id is the SHA-256 of the content in hexadecimal digits; the id of an element is the same.

mod download;
mod image;
mod transfers;
mod upload;

use imsdk_service::blobs::BlobId;
use imsdk_types::{Elem, Message};

pub use download::ProgressReply;
pub(crate) use transfers::Transfers;

/// What addresses begin with.
const SCHEME: &str = "imsdk://";

/// The address of a content.
fn url_of(app_id: u64, id: BlobId) -> String {
    format!("{SCHEME}{app_id}/{id}")
}

/// The content at an address of the application.
fn blob_at(app_id: u64, url: &str) -> Option<BlobId> {
    let (app, id) = url.strip_prefix(SCHEME)?.split_once('/')?;
    if app.parse() != Ok(app_id) {
        return None;
    }
    id.parse().ok()
}

/// Whether files must be stored before the message can be sent. One that has an address already is not stored again (SEND-8).
pub(crate) fn wants_upload(message: &Message) -> bool {
    message.elem_array.iter().any(elem_wants_upload)
}

fn elem_wants_upload(elem: &Elem) -> bool {
    match elem {
        Elem::Image(image) => image.orig_url.is_empty(),
        Elem::Sound(sound) => sound.url.is_empty(),
        Elem::File(file) => file.url.is_empty(),
        Elem::Video(video) => video.video_url.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_this_application_and_lead_nowhere_else() {
        let id = BlobId::of(b"content");
        let url = url_of(1400, id);
        assert_eq!(blob_at(1400, &url), Some(id));
        assert_eq!(blob_at(1401, &url), None);
        for wrong in [
            "",
            "imsdk://",
            "imsdk://1400",
            "imsdk://1400/",
            "imsdk://1400/../../etc/passwd",
            &url.replace("imsdk", "http"),
            &url.replace("1400/", "1400//"),
            &format!("{url}/.."),
            &url.to_uppercase(),
        ] {
            assert_eq!(blob_at(1400, wrong), None, "{wrong}");
        }
    }
}
