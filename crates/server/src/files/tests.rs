use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use http_body_util::{Full, StreamBody};
use hyper::body::{Bytes, Frame};

use super::transfer::Coming;
use super::*;
use crate::http::Pace;
use crate::private;

const CONTENT: &[u8] = b"content";
const SIZE: u64 = CONTENT.len() as u64;

fn files() -> (tempfile::TempDir, Arc<Files>) {
    let dir = tempfile::tempdir().unwrap();
    // There is room.
    let submit = |work| {
        if let Work::Operator(_, reply) = work {
            reply.send(Ok(u64::MAX.into())).unwrap();
        }
    };
    let files = Files::open(7, dir.path(), None, Arc::new(Limits::default()), Box::new(submit));
    (dir, Arc::new(files.unwrap()))
}

/// Files with an upload of account 1 that is all there.
fn whole() -> (tempfile::TempDir, Arc<Files>, BlobId) {
    let (dir, files) = files();
    let id = BlobId::of(CONTENT);
    private_dir(&files.of(1)).unwrap();
    let file = private::options().append(true).open(files.coming(1, id, SIZE));
    file.unwrap().write_all(CONTENT).unwrap();
    (dir, files, id)
}

#[tokio::test]
async fn writers_are_forgotten_with_the_last_who_wanted_them() {
    let (_dir, files, id) = whole();
    let path = files.coming(1, id, SIZE);
    let first = files.turn(path.clone(), true);
    let second = files.turn(path.clone(), true);
    assert!(!first.is_current() && second.is_current());
    drop(second);
    let third = files.turn(path, true);
    assert!(!first.is_current() && third.is_current());
    drop((first, third));
    assert!(files.writers.lock().is_empty());
}

#[tokio::test]
async fn who_was_taken_over_does_not_take_in_what_another_writes() {
    let (_dir, files, id) = whole();
    let path = files.coming(1, id, SIZE);
    let first = Arc::new(files.turn(path.clone(), true));
    let second = Arc::new(files.turn(path, true));
    assert!(matches!(files.keep(first, 1, id, SIZE, Arc::default()).await, Ok(Kept::Part(SIZE))));
    assert_eq!(files.contents.size(id).await.unwrap(), None);
    assert!(matches!(files.keep(second, 1, id, SIZE, Arc::default()).await, Ok(Kept::Here)));
}

#[tokio::test]
async fn an_upload_is_taken_in_though_who_brought_it_has_gone() {
    let (_dir, files, id) = whole();
    let turn = Arc::new(files.turn(files.coming(1, id, SIZE), true));
    let lost =
        tokio::time::timeout(Duration::ZERO, files.keep(turn, 1, id, SIZE, Arc::default())).await;
    drop(lost);
    let taken = async {
        while files.contents.size(id).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), taken).await.expect("it is taken in");
    assert!(files.contents.read(id, 0, CONTENT.len()).await.unwrap() == CONTENT);
}

/// Brings a content to account 1 in pieces of a length, each after a while. The status of a refusal; how much is there in the end; and how
/// much was, each time that a piece came.
async fn bring(size: usize, piece: usize, after: Duration) -> (Option<u16>, u64, BTreeSet<u64>) {
    let (_dir, files) = files();
    let path = files.coming(1, BlobId::of(CONTENT), size as u64);
    let turn = Arc::new(files.turn(path.clone(), true));
    let there = || fs::metadata(&path).map_or(0, |data| data.len());
    let mut seen = BTreeSet::new();
    let pieces = stream::iter(std::iter::repeat_n(piece, size / piece)).then(async |piece| {
        tokio::time::sleep(after).await;
        Ok::<_, io::Error>(Frame::data(Bytes::from(vec![7; piece])))
    });
    let body = StreamBody::new(pieces.inspect(|_| {
        seen.insert(there());
    }));
    let coming = Coming { account: 1, size: size as u64, room: u64::MAX };
    let brought = files.collect(&turn, coming, (0, size as u64), body, &Pace::default()).await;
    let refusal = brought.err().map(|refusal| refusal.unwrap().status().as_u16());
    (refusal, there(), seen)
}

#[tokio::test(start_paused = true)]
async fn who_is_taken_over_waits_for_nothing_more() {
    let (_dir, files) = files();
    let path = files.coming(1, BlobId::of(CONTENT), SIZE);
    let first = Arc::new(files.turn(path.clone(), true));
    let begun = Ok::<_, io::Error>(Frame::data(Bytes::from_static(&CONTENT[..1])));
    let began = tokio::sync::Notify::new();
    let silence = stream::once(async {
        began.notify_one();
        std::future::pending().await
    });
    let body = StreamBody::new(stream::iter([begun]).chain(silence));
    let coming = Coming { account: 1, size: SIZE, room: u64::MAX };
    let pace = Pace::default();
    let start = tokio::time::Instant::now();
    let brought = files.collect(&first, coming, (0, SIZE), body, &pace);
    let (brought, _second) = tokio::join!(brought, async {
        began.notified().await;
        files.turn(path, true)
    });
    assert_eq!(brought.unwrap_err().unwrap().status(), 409);
    assert!(start.elapsed() < Duration::from_secs(1), "it waited for more, by the paused clock");
}

#[tokio::test]
async fn an_account_brings_so_many_at_once() {
    let (_dir, files) = files();
    let mut all: Vec<Move> = (0..64).map_while(|_| Move::begin(&files.brings, 1)).collect();
    let bring = async |account| {
        let grant = Grant::new(Purpose::Put, BlobId::of(CONTENT), account, SIZE);
        let request = hyper::Request::new(Full::new(Bytes::from_static(CONTENT)));
        files.bring(&grant, request, Arc::default()).await.unwrap().status().as_u16()
    };
    assert_eq!((all.len(), bring(1).await), (64, 429));
    all.pop();
    assert_eq!(bring(1).await, 201);
    assert_eq!(Arc::strong_count(&files.brings), 64, "it counts no longer");
}

#[tokio::test]
async fn what_is_taken_in_counts_where_room_is_taken_and_nowhere_else() {
    let (_dir, files) = files();
    private_dir(&files.of(1)).unwrap();
    let other = files.coming(1, BlobId::of(b"other"), 600);
    private::options().append(true).open(other.with_extension(WHOLE)).unwrap();
    let path = files.coming(1, BlobId::of(CONTENT), 400);
    let turn = Arc::new(files.turn(path, true));
    // Of 1000 bytes 600 have been taken.
    let coming = Coming { account: 1, size: 400, room: 400 };
    let body = Full::new(Bytes::from(vec![7; 400]));
    let brought = files.collect(&turn, coming, (0, 400), body, &Pace::default()).await;
    assert_eq!(brought.map_err(|refusal| refusal.unwrap().status()), Ok(400));
}

#[tokio::test]
async fn who_asks_again_while_the_last_room_is_taken_is_not_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (takes, mut taken) = tokio::sync::mpsc::unbounded_channel();
    // The upload has taken all that there was.
    let submit = move |work| match work {
        Work::Operator(Operator::TakeRoom { .. }, reply) => takes.send(reply).unwrap(),
        Work::Operator(_, reply) => reply.send(Ok(0.into())).unwrap(),
        _ => {}
    };
    let files = Files::open(7, dir.path(), None, Arc::new(Limits::default()), Box::new(submit));
    let (files, id) = (Arc::new(files.unwrap()), BlobId::of(CONTENT));
    private_dir(&files.of(1)).unwrap();
    let path = files.coming(1, id, SIZE);
    private::options().append(true).open(&path).unwrap().write_all(CONTENT).unwrap();
    let turn = Arc::new(files.turn(path.clone(), true));
    let first = tokio::spawn({
        let files = Arc::clone(&files);
        async move { files.keep(turn, 1, id, SIZE, Arc::default()).await }
    });
    let taking = taken.recv().await.unwrap();
    let again = tokio::spawn({
        let (files, request) =
            (Arc::clone(&files), Request::Upload { id: id.to_string(), size: SIZE });
        async move { files.answer(&[], 1, &request).await }
    });
    let waiting = || files.writers.lock()[&path].turns.load(Ordering::SeqCst) == 2;
    while !again.is_finished() && !waiting() {
        tokio::task::yield_now().await;
    }
    taking.send(Ok(0.into())).unwrap();
    assert!(matches!(first.await.unwrap(), Ok(Kept::Here)));
    let answer = again.await.unwrap().unwrap();
    assert!(matches!(answer, Response::Upload { way: None, offset: SIZE }));
}

#[tokio::test(start_paused = true)]
async fn what_comes_byte_by_byte_is_written_together() {
    let (refusal, there, seen) = bring(150_000, 1, Duration::ZERO).await;
    assert_eq!((refusal, there), (None, 150_000));
    assert!(seen.len() <= 4, "written after {seen:?}");
}

#[tokio::test(start_paused = true)]
async fn an_upload_takes_as_long_as_a_bad_line_does_and_not_for_ever() {
    // Eleven hours for the largest file.
    let (refusal, there, _) = bring(1 << 20, 2_560, Duration::from_secs(1)).await;
    assert_eq!(refusal, None);
    assert_eq!(there, (1 << 20) / 2_560 * 2_560);
    let (refusal, there, _) = bring(1 << 20, 1, Duration::from_secs(10)).await;
    assert_eq!(refusal, Some(408));
    assert!((5..=6).contains(&there), "what has come stays: {there}");
    let (refusal, there, _) = bring(1 << 20, 50_000, Duration::from_secs(31)).await;
    assert_eq!((refusal, there), (Some(408), 0), "silence");
}
