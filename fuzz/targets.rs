//! The readers of what comes from a program, a peer or a file. Each target takes any bytes and panics where a promise is broken.

use std::future::Future;
use std::io::Write as _;
use std::path::Path;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use imsdk_client::config::{self, Paths};
use imsdk_client::readers::{self, Knock};
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{
    GroupPolicy, News, Policy, RelationPolicy, Service, Session, SystemClock, usersig,
};
use imsdk_types::wire::frame::{ClientFrame, Pushed, ServerFrame};
use imsdk_types::wire::{Delivered, Event, Login, MessageBody, Page, Request, Response};
use imsdk_types::{CODES, Code, Error, Message, OBJECTS, SetConfig, json};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A target.
pub type Target = fn(&[u8]);

/// All of them, by the names of their corpora.
pub const TARGETS: [(&str, Target); 11] = [
    ("object", object),
    ("set_config", set_config),
    ("settings", settings),
    ("usersig", signature),
    ("wire", wire),
    ("frame", frame),
    ("service", service),
    ("picture", picture),
    ("knock", knock),
    ("address", address),
    ("message_id", message_id),
];

/// JSON from the program, as the object that the first byte picks: what was read once is read again in the same way.
pub fn object(data: &[u8]) {
    let Some((&pick, text)) = data.split_first() else { return };
    let object = OBJECTS[usize::from(pick) % OBJECTS.len()];
    if let Ok(once) = (object.rewrite)(text) {
        let twice = (object.rewrite)(once.as_bytes()).expect("what is written can be read");
        assert_eq!(once, twice, "{}", object.name);
    }
}

/// What TIMSetConfig merges into what is set.
pub fn set_config(data: &[u8]) {
    if let Ok(once) = SetConfig::default().merged(data) {
        let written = json::to_vec(&once);
        let twice = SetConfig::default().merged(&written).expect("what is written can be read");
        assert_eq!(json::to_vec(&twice), written);
    }
}

/// `imsdk.toml`.
pub fn settings(data: &[u8]) {
    let dir = tempfile::tempdir().expect("a directory");
    std::fs::write(dir.path().join(config::FILE_NAME), data).expect("a file");
    let path = dir.path().to_str().expect("a path in UTF-8");
    let paths = Paths { config: path, log: "" };
    // All that is made has to be made here.
    let home = |name: &str| (name == "HOME").then(|| path.into());
    let _ = config::load(1_400_000_000, &paths, &home, Some(Path::new(path)));
}

/// A UserSig, as it comes and as what is packed inside one. Nobody gets in without the key.
pub fn signature(data: &[u8]) {
    let now = 1_700_000_000;
    let check = |text: &str| usersig::verify("key", 1_400_000_000, "alice", text, now);
    let text = String::from_utf8_lossy(data);
    let good = usersig::sign("key", 1_400_000_000, "alice", now, 100, None);
    assert!(check(&text).is_err() || text == good, "{text}");
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(data).expect("a vector takes it");
    let packed = STANDARD.encode(packed.finish().expect("a vector takes it"));
    let packed = packed.replace('+', "*").replace('/', "-").replace('=', "_");
    let _ = check(&packed);
}

/// What can be read is written and read again as the same.
fn both_ways<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(data: &[u8]) {
    if let Ok(value) = serde_json::from_slice::<T>(data) {
        let text = serde_json::to_vec(&value).expect("what is read can be written");
        let again: T = serde_json::from_slice(&text).expect("what is written can be read");
        let twice = serde_json::to_vec(&again).expect("what is read can be written");
        assert_eq!(String::from_utf8_lossy(&text), String::from_utf8_lossy(&twice));
    }
}

/// What client and service say to each other, online-only messages at a doorbell, and the bodies of stored messages.
pub fn wire(data: &[u8]) {
    both_ways::<Request>(data);
    both_ways::<Response>(data);
    both_ways::<Event>(data);
    both_ways::<Page>(data);
    both_ways::<Delivered>(data);
    both_ways::<MessageBody>(data);
}

/// What comes over a connection: to a server, which tells apart what it knows and what it does not, and from one.
pub fn frame(data: &[u8]) {
    both_ways::<ClientFrame>(data);
    both_ways::<ServerFrame>(data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    match ClientFrame::read(text) {
        Ok(Some((_, Err(error)))) => assert!([7013, 6017].contains(&error.code), "{text}"),
        Ok(Some((id, Ok(request)))) => {
            let again = serde_json::to_string(&ClientFrame::Request { id, request });
            let again = again.expect("what is read can be written");
            assert!(matches!(ClientFrame::read(&again), Ok(Some((same, Ok(_)))) if same == id));
        }
        Ok(None) | Err(_) => {}
    }
}

/// Requests, one in each line, of somebody who is logged in: each is answered, or refused with a code that there is.
pub fn service(data: &[u8]) {
    static STORE: Mutex<Option<(SqliteStore, tempfile::TempDir)>> = Mutex::new(None);
    let mut held = STORE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let (store, _) = held.get_or_insert_with(|| {
        let dir = tempfile::tempdir().expect("a directory");
        (SqliteStore::open(dir.path()).expect("a store"), dir)
    });
    let policy = Policy {
        sdk_app_id: 1_400_000_000,
        keys: imsdk_service::Keys::Any,
        devices: Default::default(),
        create_accounts: true,
        relations: RelationPolicy::default(),
        groups: GroupPolicy::default(),
        revoke_seconds: 120,
        file_bytes: 1 << 30,
    };
    let service = Service::new(SystemClock, policy);
    let mut news = News::default();
    // Nothing is ever committed: every run begins with an empty service.
    store.begin(true).expect("a unit of work");
    let mut sessions = ["bob", "alice"].map(|user| {
        let login = Login {
            user: user.to_owned(),
            user_sig: "any".to_owned(),
            device: user.len() as u64,
            platform: 6,
            cursor: None,
            takes_pages: false,
        };
        let granted = ready(service.login(store, &login, &mut news)).expect("a session");
        Session::new(&login, &granted)
    });
    for line in data.split(|byte| *byte == b'\n').take(32) {
        // A line that begins with a space is of the other one.
        sessions.swap(0, usize::from(line.first() == Some(&b' ')));
        let Ok(request) = serde_json::from_slice::<Request>(line) else { continue };
        let asked = format!("{request:?}");
        match ready(service.handle(store, &sessions[1], request, &mut news)) {
            Ok(answer) => wire(&serde_json::to_vec(&answer).expect("an answer can be written")),
            Err(error) => {
                let known = CODES.iter().any(|code| code.value == error.code)
                    || Error::UNNAMED.iter().any(|code| code.code == error.code);
                assert!(known && error.code != 6019, "{asked}: {error:?}");
            }
        }
    }
    store.rollback();
}

/// A picture that is about to be sent, or that came: what is made of it is no larger than it may be, and is a picture again.
pub fn picture(data: &[u8]) {
    let size = readers::size(data);
    match readers::look(data) {
        Ok(seen) => {
            let (width, height) = size.expect("what can be decoded has a size");
            // As it lies in the file, or as it is shown.
            assert!([(width, height), (height, width)].contains(&(seen.width, seen.height)));
            for (made, side) in [(seen.large, 720), (seen.thumb, 198)] {
                let Some(made) = made else { continue };
                assert_eq!(made.width.min(made.height), side);
                assert_eq!(readers::size(&made.content), Some((made.width, made.height)));
            }
        }
        Err(error) => assert!(
            error.is(Code::ImageUploadFailedNotimage) || error.is(Code::SdkImageConvertError),
            "{error:?}"
        ),
    }
}

/// What is rung at a door. A hint is never lost for what follows it.
pub fn knock(data: &[u8]) {
    match (Knock::read(data), data.split_first()) {
        (Some(Knock::Account), Some((b'h', _))) => {}
        (Some(Knock::Page(_)), Some((b'h', json))) => both_ways::<Pushed>(json),
        (Some(Knock::Group(number)), Some((b'g', rest))) => assert_eq!(number.to_le_bytes(), rest),
        (Some(Knock::All), Some((b'g', rest))) => assert_ne!(rest.len(), 8),
        (Some(Knock::All), Some((b'a', _))) => {}
        (Some(Knock::Online(_)), Some((b'm', json))) => both_ways::<Delivered>(json),
        (None, None | Some((b'm', _))) => {}
        (None, Some((first, _))) => assert!(!b"hga".contains(first)),
        (heard, _) => panic!("{heard:?}"),
    }
}

/// The address of a file, or the URL that a program was shown in its place.
pub fn address(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let content = |address: &str| {
        let app = address.strip_prefix("imsdk://")?.split('/').next()?.parse().ok()?;
        Some((app, readers::blob_at(app, address)?))
    };
    if let Some(address) = readers::address_of(&text) {
        let (app, id) = content(&address).expect("an address says where the content is");
        assert_eq!(address, format!("imsdk://{app}/{id}"));
        assert_eq!(readers::address_of(&address), None);
        assert_eq!(readers::blob_at(app ^ 1, &address), None, "another application has it");
    }
    if let Some((app, id)) = content(&text) {
        let written = format!("imsdk://{app}/{id}");
        assert_eq!(content(&written), Some((app, id)));
        let shown = format!("file:///anywhere/{app}/blobs/{}/{id}", &id.to_string()[..2]);
        assert_eq!(readers::address_of(&shown), Some(written));
    }
}

/// The id of a message that a program hands back.
pub fn message_id(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = readers::account_in(&text);
    let read = |msg_id: String| {
        let message = Message { msg_id, ..Message::default() };
        readers::identities(&message).next()
    };
    if let Some((time, rand)) = read(text.clone().into_owned()) {
        assert_ne!(time, 0);
        let (account, _) = text.split_once('-').expect("three parts");
        let again = format!("{account}-{time}-{rand}");
        assert_eq!(readers::account_in(&again), readers::account_in(&text));
        assert_eq!(read(again), Some((time, rand)), "{text}");
    }
}

/// The embedded store is always ready.
fn ready<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => unreachable!("the embedded store never waits"),
    }
}
