use std::io::Write;

use super::*;
use crate::private;

const CONTENT: &[u8] = b"content";
const SIZE: u64 = CONTENT.len() as u64;

/// Files with an upload of account 1 that is all there.
fn whole() -> (tempfile::TempDir, Arc<Files>, BlobId) {
    let dir = tempfile::tempdir().unwrap();
    // There is room.
    let submit = |work| {
        if let Work::Operator(_, reply) = work {
            reply.send(Ok(serde_json::Value::Null)).unwrap();
        }
    };
    let files = Files::open(7, dir.path(), None, Arc::new(Limits::default()), Box::new(submit));
    let files = Arc::new(files.unwrap());
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
