//! Files of messages: upload before a message is sent, download into a file of the program's choice.
//!
//! Files are moved by threads of their own ("im-file"), never by the core's or the caller's. A content's address is
//! `imsdk://<sdk app id>/<id>`, where the id is the SHA-256 of the content in hexadecimal digits; the id of an element is the same.
//! So it travels and is stored. Programs see the `file:` URL of the content where it lies on this machine.

mod download;
pub(crate) mod image;
mod transfers;
mod upload;

use std::sync::Arc;

use imsdk_service::blobs::BlobId;
use imsdk_types::{Elem, Message};

use crate::transport::Files;

pub use download::ProgressReply;
pub(crate) use transfers::Transfers;

/// What addresses begin with.
const SCHEME: &str = "imsdk://";

/// The address of a content.
fn url_of(app_id: u64, id: BlobId) -> String {
    format!("{SCHEME}{app_id}/{id}")
}

/// The content at an address of the application.
pub fn blob_at(app_id: u64, url: &str) -> Option<BlobId> {
    let (app, id) = url.strip_prefix(SCHEME)?.split_once('/')?;
    if app.parse() != Ok(app_id) {
        return None;
    }
    id.parse().ok()
}

/// The address behind a `file:` URL that a program was shown: its end says all.
pub fn address_of(url: &str) -> Option<String> {
    let (rest, name) = url.strip_prefix("file://")?.rsplit_once('/')?;
    let (rest, _) = rest.rsplit_once('/')?;
    let (_, app_id) = rest.strip_suffix("/blobs")?.rsplit_once('/')?;
    let (id, app_id) = (name.parse().ok()?, app_id.parse().ok()?);
    Some(url_of(app_id, id))
}

/// Messages that come from a program have addresses again where they have URLs of this machine.
pub(crate) fn restore_addresses(elems: &mut [Elem]) {
    Elem::each_url(elems, &mut |url| {
        if let Some(address) = address_of(url) {
            *url = address;
        }
    });
}

/// What programs see in place of an address, if it is something else.
pub(crate) type ShownUrl = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// For contents that these files have.
pub(crate) fn shown_url(app_id: u64, files: Arc<dyn Files>) -> ShownUrl {
    Arc::new(move |url| files.local_url(blob_at(app_id, url)?))
}

/// A message that goes to a program has URLs of this machine, where there are some.
pub(crate) fn show_urls(elems: &mut [Elem], shown: &ShownUrl) {
    Elem::each_url(elems, &mut |url| {
        if let Some(local) = shown(url) {
            *url = local;
        }
    });
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
        let shown = format!("file:///my%20data/1400/blobs/{}/{id}", &id.to_string()[..2]);
        assert_eq!(address_of(&shown), Some(url.clone()));
        for wrong in [shown.replace("blobs", "blob"), shown.replace("file:", "http:"), shown + "/"]
        {
            assert_eq!(address_of(&wrong), None, "{wrong}");
        }
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
