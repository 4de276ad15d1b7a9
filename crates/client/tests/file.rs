//! Files of messages: upload, progress, download. The names begin with the rule they show.

use std::fs;
use std::path::{Path, PathBuf};

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text_message, texts};
use imsdk_types::wire::{Conv, MessageBody, Request, Response};
use imsdk_types::{
    ConvEvent, DownloadElemParam, Elem, FileElem, GroupType, ImageElem, Message,
    MsgGetMsgListParam, SoundElem, VideoElem, limits,
};

const SENDING: u32 = 1;
const SENT: u32 = 2;
const FAILED: u32 = 3;

/// Bytes that do not repeat soon.
fn bytes(count: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(next).collect()
}

/// A file of the sender's.
fn file(world: &World, name: &str, content: &[u8]) -> PathBuf {
    let path = world.dir().join(name);
    fs::write(&path, content).unwrap();
    path
}

fn picture(world: &World, name: &str, width: u32, height: u32) -> PathBuf {
    let path = world.dir().join(name);
    let gray = image::GrayImage::from_fn(width, height, |x, y| image::Luma([(x ^ y) as u8]));
    gray.save(&path).unwrap();
    path
}

fn text_of(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn with(elem: Elem) -> Message {
    Message { elem_array: vec![elem], ..Message::default() }
}

fn file_message(path: &Path) -> Message {
    with(Elem::File(FileElem { file_path: text_of(path), ..FileElem::default() }))
}

fn image_message(path: &Path) -> Message {
    with(Elem::Image(Box::new(ImageElem { orig_path: text_of(path), ..ImageElem::default() })))
}

/// Sends what must arrive at the service.
fn send(device: &Device, to: &str, message: Message) -> Message {
    let (message, error) = device.try_send(to, message);
    assert_eq!(error, None);
    message
}

fn file_of(message: &Message) -> &FileElem {
    file_at(message, 0)
}

fn file_at(message: &Message, at: usize) -> &FileElem {
    match &message.elem_array[at] {
        Elem::File(file) => file,
        other => panic!("no file: {other:?}"),
    }
}

fn image_of(message: &Message) -> &ImageElem {
    match &message.elem_array[0] {
        Elem::Image(image) => image,
        other => panic!("no image: {other:?}"),
    }
}

/// (index, current, total, status of the message) of all progress so far.
fn progress(device: &Device) -> Vec<(u32, u32, u32, u32)> {
    let of = |event| match event {
        Event::Upload { message, index, current, total } => {
            Some((index, current, total, message.status))
        }
        _ => None,
    };
    device.events().all().into_iter().filter_map(of).collect()
}

/// The message that has come newest to `peer`'s side.
fn received(device: &Device, peer: &str) -> Message {
    device.events().wait_messages(1);
    device.history(peer, 1).remove(0)
}

/// Live groups keep nothing, and a device nothing of them.
#[test]
fn send_a_file_to_a_live_group_leaves_no_message_behind() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("live", GroupType::AvChatRoom);
    bob.join_group("live").unwrap();
    let path = file(&world, "a.bin", &bytes(1000));
    let (sent, error) = bob.submit_to_group("live", file_message(&path)).wait();
    assert_eq!((sent.status, error), (SENT, None));
    let page = MsgGetMsgListParam { count: 20, is_ramble: true, ..Default::default() };
    assert_eq!(bob.group_page("live", page), Err(10044));
}

#[test]
fn elem_a_file_comes_as_it_was_sent() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let content = bytes(3_000_000);
    let path = file(&world, "my file.bin", &content);
    let sent = send(&alice, "bob", file_message(&path));
    assert_eq!(sent.status, SENT);
    let elem = file_of(&sent);
    assert_eq!(elem.file_path, text_of(&path), "the sender keeps its path");
    assert_eq!((elem.file_name.as_str(), elem.file_size), ("my file.bin", 3_000_000));
    assert_eq!(elem.download_flag, 2);
    assert!(elem.url.starts_with(world.url_start()) && elem.url.ends_with(&elem.file_id));
    if let Some(place) = elem.url.strip_prefix("file://") {
        assert!(fs::read(place).unwrap() == content, "any program can load it");
        assert!(fs::metadata(place).unwrap().permissions().readonly());
    }
    assert_eq!(file_of(&alice.history("bob", 1)[0]).file_path, text_of(&path));
    let came = received(&bob, "alice");
    assert_eq!(*file_of(&came), FileElem { file_path: String::new(), ..elem.clone() });
    let target = world.dir().join("loaded.bin");
    fs::write(&target, "something else").unwrap();
    let done = bob.download(&elem.url, &target).unwrap();
    assert_eq!((done.current_size, done.total_size), (3_000_000, 3_000_000));
    assert!(fs::read(&target).unwrap() == content, "DL-3: it replaces what was there");
    let by_id = DownloadElemParam { id: elem.file_id.clone(), kind: 1, ..Default::default() };
    let target = world.dir().join("by id.bin");
    bob.start_download(by_id, &target).answer.wait().unwrap();
    assert!(fs::read(&target).unwrap() == content);
    let left = fs::read_dir(world.dir()).unwrap().flatten();
    assert!(!left.map(|it| it.file_name()).any(|name| text_of(Path::new(&name)).contains("part")));
}

#[test]
fn up_1_up_2_progress_rises_to_the_end_before_the_answer() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    let path = file(&world, "large", &bytes(5_000_000));
    let mut message = text_message("look:");
    message.elem_array.extend(file_message(&path).elem_array);
    send(&alice, "bob", message);
    let seen = progress(&alice);
    assert!((2..=22).contains(&seen.len()), "{seen:?}");
    assert!(seen.iter().all(|it| (it.0, it.2, it.3) == (1, 5_000_000, SENDING)), "{seen:?}");
    assert!(seen.iter().map(|it| it.1).is_sorted_by(|one, other| one < other), "{seen:?}");
    assert_eq!(seen.last().unwrap().1, 5_000_000);
    // UP-5: what is there already is told of, too.
    alice.events().forget();
    let small = file(&world, "small", b"x");
    send(&alice, "bob", file_message(&small));
    assert_eq!(progress(&alice), [(0, 1, 1, SENDING)]);
}

#[test]
fn send_2_a_message_waits_as_one_that_is_being_sent() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    let path = file(&world, "a", b"content");
    send(&alice, "bob", file_message(&path));
    let first = alice.events().wait_conv(ConvEvent::Add, "bob");
    assert_eq!(first.last_msg.unwrap().status, SENDING);
    let then = alice.events().wait_conv(ConvEvent::Update, "bob");
    assert_eq!(then.last_msg.unwrap().status, SENT);
    assert_eq!(alice.history("bob", 20).len(), 1);
}

#[test]
fn elem_an_image_comes_in_three_sizes() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let path = picture(&world, "photo.png", 1600, 900);
    let original = fs::read(&path).unwrap();
    let sent = send(&alice, "bob", image_message(&path));
    let elem = image_of(&sent);
    assert_eq!(elem.format, 3);
    assert_eq!((elem.orig_pic_width, elem.orig_pic_height), (1600, 900));
    assert_eq!((elem.large_pic_width, elem.large_pic_height), (1280, 720));
    assert_eq!((elem.thumb_pic_width, elem.thumb_pic_height), (352, 198));
    assert_eq!(elem.orig_pic_size as usize, original.len());
    let came = received(&bob, "alice");
    let elem = image_of(&came);
    assert!(elem.orig_path.is_empty());
    let target = world.dir().join("loaded");
    bob.download(&elem.orig_url, &target).unwrap();
    assert!(fs::read(&target).unwrap() == original, "the original is left alone");
    for (url, width, height, size) in [
        (&elem.large_url, 1280, 720, elem.large_pic_size),
        (&elem.thumb_url, 352, 198, elem.thumb_pic_size),
    ] {
        bob.download(url, &target).unwrap();
        let loaded = fs::read(&target).unwrap();
        assert_eq!(loaded.len(), size as usize);
        let loaded = image::load_from_memory(&loaded).unwrap();
        assert_eq!((loaded.width(), loaded.height()), (width, height));
    }
    let ids = [&elem.orig_id, &elem.large_id, &elem.thumb_id];
    assert!(
        ids.iter()
            .zip([&elem.orig_url, &elem.large_url, &elem.thumb_url])
            .all(|(id, url)| url.ends_with(*id))
    );
    // A small one is its own thumbnail.
    let small = send(&alice, "bob", image_message(&picture(&world, "icon.png", 32, 32)));
    let elem = image_of(&small);
    assert_eq!((&elem.orig_url, &elem.orig_url), (&elem.large_url, &elem.thumb_url));
    assert_eq!((elem.thumb_pic_width, elem.thumb_pic_size), (32, elem.orig_pic_size));
}

#[test]
fn elem_sound_and_video() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sound = file(&world, "voice.m4a", &bytes(1_000));
    let film = file(&world, "film.mp4", &bytes(2_000_000));
    let snapshot = picture(&world, "snapshot.png", 64, 48);
    let sound = SoundElem {
        file_path: text_of(&sound),
        file_size: 7,
        file_time: 3,
        ..SoundElem::default()
    };
    let video = VideoElem {
        video_path: text_of(&film),
        video_type: "mp4".into(),
        video_duration: 12,
        image_path: text_of(&snapshot),
        image_type: "png".into(),
        ..VideoElem::default()
    };
    let message = Message {
        elem_array: vec![Elem::Sound(sound), Elem::Video(Box::new(video))],
        ..Message::default()
    };
    send(&alice, "bob", message);
    let seen = progress(&alice);
    let total = 2_000_000 + fs::metadata(&snapshot).unwrap().len() as u32;
    assert_eq!(seen[0], (0, 1_000, 1_000, SENDING));
    assert!(seen[1..].iter().all(|it| (it.0, it.2) == (1, total)), "UP-3: one index");
    assert!(seen[1..].iter().map(|it| it.1).is_sorted());
    let came = received(&bob, "alice");
    let [Elem::Sound(sound), Elem::Video(video)] = &came.elem_array[..] else {
        panic!("{:?}", came.elem_array)
    };
    assert!(
        sound.file_path.is_empty() && video.video_path.is_empty() && video.image_path.is_empty()
    );
    assert_eq!((sound.file_size, sound.file_time, sound.download_flag), (1_000, 3, 2));
    assert_eq!((video.video_size, video.video_duration), (2_000_000, 12));
    assert_eq!((video.video_type.as_str(), video.image_type.as_str()), ("mp4", "png"));
    assert_eq!((video.image_width, video.image_height), (64, 48));
    assert_eq!((video.video_download_flag, video.image_download_flag), (2, 2));
    for (url, path) in [(&video.video_url, &film), (&video.image_url, &snapshot)] {
        let target = world.dir().join("loaded");
        bob.download(url, &target).unwrap();
        assert!(fs::read(&target).unwrap() == fs::read(path).unwrap());
    }
}

#[test]
fn up_4_what_cannot_be_sent() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    let empty = file(&world, "empty", b"");
    let no_image = file(&world, "no image.png", b"only text");
    let huge = world.dir().join("huge");
    fs::File::create(&huge).unwrap().set_len((28 << 20) + 1).unwrap();
    let sound = |path: &Path| {
        with(Elem::Sound(SoundElem { file_path: text_of(path), ..SoundElem::default() }))
    };
    let film = |path: &Path, image: &Path| {
        let (video_path, image_path) = (text_of(path), text_of(image));
        with(Elem::Video(Box::new(VideoElem { video_path, image_path, ..VideoElem::default() })))
    };
    let nowhere = world.dir().join("no such file");
    let (nowhere_named, huge_named) = (text_of(&nowhere), text_of(&huge));
    let cases = [
        ("missing", file_message(&nowhere), 7004, &*nowhere_named),
        ("no path", file_message(Path::new("")), 7004, "file_elem_file_path"),
        ("directory", file_message(world.dir()), 7007, &*text_of(world.dir())),
        ("empty", file_message(&empty), 7006, &*text_of(&empty)),
        ("empty image", image_message(&empty), 7006, &*text_of(&empty)),
        ("no image", image_message(&no_image), 6031, &*text_of(&no_image)),
        ("large image", image_message(&huge), 7005, &*huge_named),
        ("large sound", sound(&huge), 7005, &*huge_named),
        ("no snapshot", film(&no_image, &nowhere), 7004, &*nowhere_named),
        ("no film", film(&nowhere, &no_image), 7004, &*nowhere_named),
    ];
    for (name, message, code, named) in cases {
        let (failed, error) = alice.try_send("bob", message);
        let error = error.expect(name);
        assert_eq!((error.code, failed.status), (code, FAILED), "{name}");
        assert!(error.desc.contains(named), "{name}: {error:?}");
        assert_eq!(alice.history("bob", 1)[0].status, FAILED, "{name}");
    }
    assert_eq!(alice.history("bob", 50).len(), 10);
    fs::File::options().write(true).open(&huge).unwrap().set_len((100 << 20) + 1).unwrap();
    assert_eq!(alice.try_send("bob", file_message(&huge)).1.unwrap().code, 7005);
}

// SEND-3, SEND-4: the addresses make it longer than any service takes.
#[test]
fn what_becomes_too_long_by_its_files_has_failed() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let small = file(&world, "small", b"x");
    let filled = |free: usize| {
        let mut message = text_message("");
        message.elem_array.extend(file_message(&small).elem_array);
        let body = MessageBody { elems: message.elem_array.clone(), ..MessageBody::default() };
        let rest = limits::PACKET - free - serde_json::to_string(&body).unwrap().len();
        message.elem_array[0] = text_message(&"x".repeat(rest)).elem_array.remove(0);
        message
    };
    let (refused, error) = alice.try_send("bob", filled(1));
    assert_eq!((error.unwrap().code, refused.status), (80002, FAILED));
    // Of a file that is there at once the beginning may be told with the end.
    let ended = |event: &Event| match event {
        Event::Conversations(ConvEvent::Add | ConvEvent::Update, infos) => {
            infos[0].last_msg.clone().filter(|shown| shown.status == FAILED)
        }
        _ => None,
    };
    assert_eq!(alice.events().wait("its end", ended).rand, refused.rand);
    let history = alice.history("bob", 20);
    assert_eq!(history.iter().map(|it| it.status).collect::<Vec<_>>(), [FAILED]);
    assert!(file_at(&history[0], 1).url.is_empty(), "as it was given");
    // One that is too long from the beginning waits for no file.
    alice.events().forget();
    let mut long = filled(1);
    long.elem_array.push(text_message(&"y".repeat(100)).elem_array.remove(0));
    let (refused, error) = alice.try_send("carol", long);
    assert_eq!((error.unwrap().code, refused.status), (80002, FAILED));
    assert!(progress(&alice).is_empty() && alice.history("carol", 20).is_empty());
    bob.sync();
    assert!(bob.events().messages().is_empty());
}

#[test]
fn send_7_resending_after_a_failed_upload_and_after_a_failed_send() {
    let world = World::new();
    let alice = world.alice();
    let path = world.dir().join("later");
    let (failed, error) = alice.try_send("bob", file_message(&path));
    assert_eq!(error.unwrap().code, 7004);
    fs::write(&path, "here it is").unwrap();
    let (failed, error) =
        alice.try_send("bob", Message { msg_id: failed.msg_id.clone(), ..failed });
    assert_eq!(error.unwrap().code, 20003, "bob has never been here");
    assert!(!file_of(&failed).url.is_empty());
    let bob = world.bob();
    // It is stored already; the file is not needed any more.
    fs::remove_file(&path).unwrap();
    let sent = send(&alice, "bob", failed.clone());
    assert_eq!((&sent.msg_id, sent.status), (&failed.msg_id, SENT));
    assert_eq!(alice.history("bob", 20).len(), 1);
    assert_eq!(received(&bob, "alice").msg_id, sent.msg_id);
    // SEND-8.
    let forwarded = Message { is_forward_message: true, ..received(&bob, "alice") };
    let again = send(&bob, "alice", forwarded);
    assert_eq!(file_of(&again).file_id, file_of(&sent).file_id);
    assert_ne!(again.msg_id, sent.msg_id);
    // What programs see is of this machine, and does not travel.
    assert!(file_of(&again).url.starts_with(world.url_start()));
    let request = Request::History { conv: Conv::c2c("bob"), before: None, count: 2 };
    let Ok(Response::History { messages, .. }) = world.ghost("alice").ask(request) else {
        panic!("no history")
    };
    for message in &messages {
        let body: MessageBody = serde_json::from_str(&message.body).unwrap();
        let Elem::File(file) = &body.elems[0] else { panic!("{body:?}") };
        assert_eq!(file.url, format!("imsdk://1400000000/{}", file.file_id));
    }
    assert_eq!(messages.len(), 2);
}

#[test]
fn online_messages_show_where_their_files_are() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let message =
        Message { is_online_msg: true, ..file_message(&file(&world, "source", b"content")) };
    let sent = send(&alice, "bob", message);
    let came = bob.events().wait_messages(1).remove(0);
    assert_eq!(file_of(&came).url, file_of(&sent).url);
    assert!(file_of(&came).url.starts_with(world.url_start()));
}

#[test]
fn send_6_text_does_not_wait_for_a_file() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let path = picture(&world, "slow.png", 1200, 900);
    let slow = alice.submit("bob", image_message(&path));
    alice.send("bob", "quick");
    assert_eq!(slow.wait().1, None);
    assert_eq!(texts(&bob.events().wait_messages(2)), ["quick", ""]);
    assert_eq!(texts(&alice.history("bob", 20)), ["", "quick"]);
}

#[test]
fn status_what_was_on_its_way_in_a_crash_has_failed() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    alice.send("bob", "first");
    alice.crash();
    // As a crash in the middle of an upload leaves it.
    let db = world.local_file("alice", "alice", Platform::Linux);
    let db = rusqlite::Connection::open(db).unwrap();
    assert_eq!(db.execute("UPDATE message SET status = 1", []).unwrap(), 1);
    drop(db);
    let alice = world.alice();
    assert_eq!(alice.history("bob", 1)[0].status, FAILED);
}

#[test]
fn dl_2_dl_6_progress_and_many_at_once() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let contents: Vec<_> = (1..=9).map(|n| bytes(n * 400_000)).collect();
    let urls: Vec<_> = contents
        .iter()
        .enumerate()
        .map(|(n, content)| {
            let sent = send(&alice, "bob", file_message(&file(&world, &n.to_string(), content)));
            file_of(&sent).url.clone()
        })
        .collect();
    let targets: Vec<_> = (0..urls.len()).map(|n| world.dir().join(format!("out{n}"))).collect();
    let param = |url: &String| DownloadElemParam { url: url.clone(), ..Default::default() };
    let going: Vec<_> = urls
        .iter()
        .zip(&targets)
        .map(|(url, target)| bob.start_download(param(url), target))
        .collect();
    for ((download, content), target) in going.into_iter().zip(&contents).zip(&targets) {
        let total = content.len() as u32;
        let done = download.answer.wait().unwrap();
        assert_eq!((done.current_size, done.total_size), (total, total));
        let told = download.progress.lock();
        assert!(!told.is_empty() && told.len() <= 101, "{}", told.len());
        assert!(told.iter().all(|it| it.total_size == total && it.current_size <= total));
        assert!(told.iter().map(|it| it.current_size).is_sorted());
        assert!(fs::read(target).unwrap() == *content);
    }
    // All to the same place: each one ends well.
    let same = world.dir().join("same");
    let going: Vec<_> =
        (0..6).map(|_| bob.start_download(param(urls.last().unwrap()), &same)).collect();
    for download in going {
        download.answer.wait().unwrap();
    }
    assert!(fs::read(&same).unwrap() == contents[8]);
    let parts = fs::read_dir(world.dir()).unwrap().flatten();
    let parts = parts.filter(|it| it.path().extension().is_some_and(|it| it == "part")).count();
    assert_eq!(parts, 0);
}

#[test]
fn dl_4_a_part_that_is_there_is_gone_on_with_or_thrown_away() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let content = bytes(1_000_000);
    let sent = send(&alice, "bob", file_message(&file(&world, "source", &content)));
    let url = file_of(&sent).url.clone();
    let target = world.dir().join("sub").join("target");
    fs::create_dir(target.parent().unwrap()).unwrap();
    let part_name = part_of(&target, &file_of(&sent).file_id);
    for (name, left) in [
        ("the first half", content[..600_000].to_vec()),
        ("all of it", content.clone()),
        ("something else", bytes(1_000_000)[1..500_000].to_vec()),
        ("more than all", vec![0; 2_000_000]),
    ] {
        fs::write(&part_name, left).unwrap();
        bob.download(&url, &target).unwrap();
        assert!(fs::read(&target).unwrap() == content, "{name}");
        assert!(!part_name.exists(), "{name}");
    }
    // Only the missing half is fetched.
    fs::write(&part_name, &content[..600_000]).unwrap();
    let param = DownloadElemParam { url, ..Default::default() };
    let download = bob.start_download(param, &target);
    download.answer.wait().unwrap();
    let told = download.progress.lock();
    assert!(!told.is_empty() && told.iter().all(|it| it.current_size > 600_000));
}

/// Where the part of a download lies, as it is documented in `file/download.rs`.
fn part_of(target: &Path, id: &str) -> PathBuf {
    let name = imsdk_service::blobs::BlobId::of(target.file_name().unwrap().as_encoded_bytes());
    target.with_file_name(format!(".{}-{}.part", &name.to_string()[..16], &id[..16]))
}

#[test]
fn dl_5_what_cannot_be_loaded() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = send(&alice, "bob", file_message(&file(&world, "source", b"content")));
    let url = file_of(&sent).url.clone();
    let target = world.dir().join("target");
    let unknown = url.replace(&url[url.len() - 8..], "00000000");
    let secret = file(&world, "secret", b"secret");
    for wrong in [
        "",
        &unknown,
        "https://example.com/file",
        &format!("file://{}", text_of(&secret)),
        &format!("imsdk://1400000000/{}", text_of(&secret)),
        "imsdk://1400000000/../service.db",
    ] {
        assert_eq!(bob.download(wrong, &target).unwrap_err().code, 6009, "{wrong}");
    }
    let by_path = DownloadElemParam { id: "../../service.db".into(), ..Default::default() };
    let download = bob.start_download(by_path, &target);
    assert_eq!(download.answer.wait().unwrap_err().code, 6009);
    assert!(!target.exists());
    let no_dir = world.dir().join("no such directory").join("target");
    assert_eq!(bob.download(&url, &no_dir).unwrap_err().code, 6022);
    assert_eq!(bob.download(&url, world.dir()).unwrap_err().code, 6022, "a directory is there");
    for no_name in [format!("{}/", target.display()), "n".repeat(300)] {
        let to = world.dir().join(no_name);
        assert_eq!(bob.download(&url, &to).unwrap_err().code, 6022, "found before all is loaded");
    }
    bob.logout();
    assert_eq!(bob.download(&url, &target).unwrap_err().code, 6014);
}

#[test]
fn dl_a_damaged_content_is_not_handed_out() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = send(&alice, "bob", file_message(&file(&world, "source", b"content")));
    let elem = file_of(&sent);
    world.replace_content(&elem.file_id, Some(b"COntent"));
    let target = world.dir().join("target");
    assert_eq!(bob.download(&elem.url, &target).unwrap_err().code, 115_066);
    assert!(!target.exists());
    world.replace_content(&elem.file_id, None);
    assert_eq!(bob.download(&elem.url, &target).unwrap_err().code, 6009);
}

#[test]
fn a_logout_ends_transfers() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    let path = picture(&world, "slow.png", 1600, 1200);
    let slow: Vec<_> = (0..8).map(|_| alice.submit("bob", image_message(&path))).collect();
    alice.logout();
    let ends: Vec<_> = slow.into_iter().map(|one| one.wait()).collect();
    let codes: Vec<_> = ends.iter().map(|end| end.1.as_ref().map_or(0, |it| it.code)).collect();
    assert!(codes.iter().all(|code| [0, 114_003].contains(code)), "{codes:?}");
    assert_eq!(codes.last(), Some(&114_003), "four at a time: the last has not begun");
    assert!(ends.iter().all(|end| end.0.status == if end.1.is_none() { SENT } else { FAILED }));
    let kept: Vec<_> = alice.history("bob", 20).iter().map(|it| it.status).collect();
    assert_eq!(kept.len(), 8);
    assert!(!kept.contains(&SENDING), "{kept:?}");
    alice.login("alice").unwrap();
    assert_eq!(send(&alice, "bob", ends[7].0.clone()).status, SENT, "it can be sent again");
    assert_eq!(alice.history("bob", 20).len(), 8);
}

#[test]
fn batch_a_file_is_stored_once_for_all() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let carol = world.user("carol", Platform::Linux);
    let path = file(&world, "source", &bytes(1_000));
    let (results, error) = alice.send_batch(&["bob", "nobody", "carol"], file_message(&path));
    assert_eq!(error, None);
    assert_eq!(results.iter().map(|it| it.code).collect::<Vec<_>>(), [0, 20003, 0]);
    assert_eq!(progress(&alice), [(0, 1_000, 1_000, SENDING)]);
    for device in [&bob, &carol] {
        assert_eq!(file_of(&received(device, "alice")).file_size, 1_000);
    }
    fs::remove_file(&path).unwrap();
    let (results, error) = alice.send_batch(&["bob", "carol"], file_message(&path));
    assert_eq!(error.unwrap().code, 6003);
    assert!(results.iter().all(|it| it.code == 7004 && it.msg.status == FAILED));
    assert_eq!(alice.history("bob", 1)[0].status, FAILED);
}
