//! Contents on their way in and out.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use imsdk_service::blobs::{BlobHash, BlobId, NO_ROOM};
use imsdk_service::private_dir;
use imsdk_types::{Code, Error};
use tokio::time::{Instant, timeout_at};

use super::contents::beside;
use super::url::{Grant, Purpose};
use super::{Files, Move, Turn, UNFINISHED, WHOLE, failed};
use crate::engine::Operator;
use crate::http::{Pace, Reply, status};
use crate::private;

/// Bytes of an upload that are read at a time.
const PART: usize = 256 << 10;

/// Bytes of an upload that are written at a time, in however small pieces they come.
const BLOCK: usize = 64 << 10;

/// How long a client may take for the next bytes of what it brings, and for so many of them: 1.1 KiB in a second pass, for as long
/// as it takes.
const SILENCE: Duration = Duration::from_secs(30);
const BLOCK_TIME: Duration = Duration::from_secs(60);

/// Where to go on, when a part begins elsewhere.
const UPLOAD_OFFSET: &str = "upload-offset";

/// Whose upload it is, how long it is said to be, and how many bytes the account may still bring.
#[derive(Clone, Copy)]
pub(super) struct Coming {
    pub(super) account: u64,
    pub(super) size: u64,
    pub(super) room: u64,
}

impl Files {
    /// Answers a request for a content.
    pub(crate) async fn serve(
        self: Arc<Self>,
        keys: Vec<String>,
        id: &str,
        request: Request<Incoming>,
        pace: Arc<Pace>,
    ) -> Reply {
        let query = request.uri().query().unwrap_or_default();
        let purpose = match *request.method() {
            Method::PUT => Purpose::Put,
            Method::GET | Method::HEAD => Purpose::Get,
            _ => return status(StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD or PUT\n"),
        };
        let Some(grant) = self.granted(&keys, purpose, id, query) else {
            return status(StatusCode::FORBIDDEN, "the URL has run out, or was not made here\n");
        };
        let reply = match purpose {
            Purpose::Put => self.bring(&grant, request, pace).await,
            Purpose::Get => self.load(&grant, &request, pace).await,
        };
        reply.unwrap_or_else(|error| {
            tracing::error!(app = self.app, code = error.code, "{}", error.desc);
            status(StatusCode::INTERNAL_SERVER_ERROR, "the server cannot do that now\n")
        })
    }

    async fn load(
        self: &Arc<Self>,
        grant: &Grant,
        request: &Request<Incoming>,
        pace: Arc<Pace>,
    ) -> Result<Reply, Error> {
        let Some(size) = self.contents.size(grant.id).await? else {
            return Ok(status(StatusCode::NOT_FOUND, "the content is not here any more\n"));
        };
        let tag = format!("\"{}\"", grant.id);
        let (code, first, end) = match range(request.headers(), &tag, size) {
            Asked::Whole => (StatusCode::OK, 0, size),
            Asked::Part(first, end) => (StatusCode::PARTIAL_CONTENT, first, end),
            Asked::Nothing => {
                let mut reply =
                    status(StatusCode::RANGE_NOT_SATISFIABLE, "it has not so many bytes\n");
                let all = format!("bytes */{size}");
                reply.headers_mut().insert(header::CONTENT_RANGE, value(&all));
                return Ok(reply);
            }
        };
        let mut reply = Response::new(match *request.method() {
            Method::HEAD => http_body_util::Empty::new().map_err(|it| match it {}).boxed_unsync(),
            _ => match Move::begin(&self.loads, grant.account) {
                Some(load) => body((Arc::clone(self), load), grant.id, first, end, pace),
                None => {
                    let text = "the account loads too much at once\n";
                    return Ok(status(StatusCode::TOO_MANY_REQUESTS, text));
                }
            },
        });
        *reply.status_mut() = code;
        let headers = reply.headers_mut();
        headers.insert(header::CONTENT_LENGTH, value(&(end - first).to_string()));
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(header::ETAG, value(&tag));
        let kind = HeaderValue::from_static("application/octet-stream");
        headers.insert(header::CONTENT_TYPE, kind);
        // Whatever it is, it is not shown in the name of this server.
        let nosniff = HeaderValue::from_static("nosniff");
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
        if code == StatusCode::PARTIAL_CONTENT {
            let part = format!("bytes {first}-{}/{size}", end - 1);
            headers.insert(header::CONTENT_RANGE, value(&part));
        }
        Ok(reply)
    }

    pub(super) async fn bring<B: Body<Data = Bytes>>(
        self: &Arc<Self>,
        grant: &Grant,
        request: Request<B>,
        pace: Arc<Pace>,
    ) -> Result<Reply, Error> {
        let Some((first, end)) = brought(request.headers(), grant.size) else {
            return Ok(status(StatusCode::BAD_REQUEST, "Content-Range does not fit the size\n"));
        };
        let Some(_counted) = Move::begin(&self.brings, grant.account) else {
            let text = "the account brings too much at once\n";
            return Ok(status(StatusCode::TOO_MANY_REQUESTS, text));
        };
        if self.contents.size(grant.id).await?.is_some() {
            return Ok(status(StatusCode::CREATED, "the content is here\n"));
        }
        let (account, size) = (grant.account, grant.size);
        let coming = Coming { account, size, room: self.room(account).await? };
        let turn = Arc::new(self.turn(self.coming(account, grant.id, size), true));
        match self.collect(&turn, coming, (first, end), request.into_body(), &pace).await {
            Ok(length) if length == grant.size => {}
            Ok(length) => return Ok(offset(StatusCode::ACCEPTED, length)),
            Err(refusal) => return refusal,
        }
        let kept = match self.keep(turn, grant.account, grant.id, grant.size, pace).await {
            Err(error) if error.is(Code::FileTransUploadFailed) => {
                return Ok(status(StatusCode::INSUFFICIENT_STORAGE, NO_ROOM));
            }
            kept => kept?,
        };
        Ok(match kept {
            Kept::Here => status(StatusCode::CREATED, "the content is here\n"),
            Kept::Wrong => {
                let text = "the content has another SHA-256 than was said\n";
                status(StatusCode::UNPROCESSABLE_ENTITY, text)
            }
            Kept::Part(length) => offset(StatusCode::CONFLICT, length),
        })
    }

    /// Adds to what is there. How much there is then, or what is to be answered.
    pub(super) async fn collect<B: Body<Data = Bytes>>(
        &self,
        turn: &Arc<Turn>,
        coming: Coming,
        (first, end): (u64, u64),
        body: B,
        pace: &Pace,
    ) -> Result<u64, Result<Reply, Error>> {
        let mut body = std::pin::pin!(body);
        self.append(turn, coming, first, Vec::new()).await?;
        let (mut at, mut block, mut began) = (first, Vec::new(), Instant::now());
        let refusal = loop {
            let due = (began + BLOCK_TIME).min(Instant::now() + SILENCE);
            let frame = tokio::select! {
                frame = timeout_at(due, body.frame()) => frame,
                // What it keeps is no longer wanted.
                () = turn.taken_over() => break Some(taken_over()),
            };
            let frame = match frame {
                Ok(Some(Ok(frame))) => frame,
                Ok(None) => break None,
                Ok(Some(Err(_))) => {
                    break Some(status(StatusCode::BAD_REQUEST, "the content broke off\n"));
                }
                Err(_) => break Some(status(StatusCode::REQUEST_TIMEOUT, "too slow\n")),
            };
            pace.step();
            let Ok(part) = frame.into_data() else { continue };
            if at + (block.len() + part.len()) as u64 > end {
                return Err(Ok(status(StatusCode::PAYLOAD_TOO_LARGE, "more than was said\n")));
            }
            block.extend_from_slice(&part);
            if block.len() >= BLOCK {
                at = self.append(turn, coming, at, std::mem::take(&mut block)).await?;
                began = Instant::now();
            }
        };
        // Also of one that broke off: what has come stays, for the next try.
        if !block.is_empty() {
            at = self.append(turn, coming, at, block).await?;
        }
        match refusal {
            None => Ok(at),
            Some(refusal) => Err(Ok(refusal)),
        }
    }

    /// Writes at a place, which must be the end of what is there, or the beginning. Where it ends then.
    async fn append(
        &self,
        turn: &Arc<Turn>,
        coming: Coming,
        at: u64,
        part: Vec<u8>,
    ) -> Result<u64, Result<Reply, Error>> {
        let turn = Arc::clone(turn);
        let written = beside(move || {
            let _alone = turn.writer.file.lock();
            if !turn.is_current() {
                return Ok(Err(taken_over()));
            }
            let mut file = match turn.files.collecting(coming, &turn.path)? {
                Ok(file) => file,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let there = file.metadata().map_err(|error| failed(&error))?.len();
            if at == 0 && there > 0 {
                // From the beginning once more.
                file.set_len(0).map_err(|error| failed(&error))?;
            } else if at != there {
                return Ok(Err(offset(StatusCode::CONFLICT, there)));
            }
            file.write_all(&part).map_err(|error| failed(&error))?;
            Ok(Ok(at + part.len() as u64))
        });
        written.await.map_err(Err)?.map_err(Ok)
    }

    /// The file in which an upload collects. URLs are given for more of them than an account may begin.
    fn collecting(&self, coming: Coming, path: &Path) -> Result<Result<File, Reply>, Error> {
        let Coming { account, size, room } = coming;
        let _alone = self.beginning.lock();
        if !path.exists() {
            let (count, bytes) = self.unfinished(account, path);
            if count >= UNFINISHED {
                let text = "too many uploads that are not finished\n";
                return Ok(Err(status(StatusCode::TOO_MANY_REQUESTS, text)));
            }
            if bytes.saturating_add(size) > room {
                return Ok(Err(status(StatusCode::INSUFFICIENT_STORAGE, NO_ROOM)));
            }
            private_dir(&self.of(account)).map_err(|error| failed(&error))?;
        }
        let file = private::options().append(true).open(path).map_err(|error| failed(&error))?;
        Ok(Ok(file))
    }

    /// Takes an upload in, if all of it is there and it is what it was said to be. It goes on when whoever asked for it has gone:
    /// a connection is lost easily while much is hashed.
    pub(super) async fn keep(
        self: &Arc<Self>,
        turn: Arc<Turn>,
        account: u64,
        id: BlobId,
        size: u64,
        pace: Arc<Pace>,
    ) -> Result<Kept, Error> {
        let files = Arc::clone(self);
        let task = tokio::spawn(async move {
            // Who asks meanwhile is answered with what comes of this.
            let _alone = turn.writer.keeping.lock().await;
            if files.contents.size(id).await?.is_some() {
                return Ok(Kept::Here);
            }
            let whole = turn.path.with_extension(WHOLE);
            let (mine, to) = (Arc::clone(&turn), whole.clone());
            if let Some(kept) = beside(move || check(&mine, &to, id, size)).await? {
                return Ok(kept);
            }
            // Another account may have brought it meanwhile.
            if files.contents.size(id).await?.is_some() {
                let _ = fs::remove_file(&whole);
                return Ok(Kept::Here);
            }
            let room = Operator::TakeRoom { account, bytes: size }.done(&files.submit).await;
            let taken = match &room {
                Ok(_) => files.contents.take(whole.clone(), id, &pace).await,
                Err(error) => Err(error.clone()),
            };
            if let Err(error) = &taken {
                if room.is_ok() {
                    let given =
                        Operator::GiveRoom { account, bytes: size }.done(&files.submit).await;
                    if let Err(error) = given {
                        tracing::error!(account, size, "counted and not kept: {}", error.desc);
                    }
                }
                // For the next try, unless that has begun already, or would be in vain.
                if !error.is(Code::FileTransUploadFailed) {
                    let _ = fs::hard_link(&whole, &turn.path);
                }
                let _ = fs::remove_file(&whole);
            }
            taken.map(|()| Kept::Here)
        });
        match task.await {
            Ok(kept) => kept,
            Err(error) => Err(Error::new(Code::SdkInternalError, error.to_string())),
        }
    }
}

/// A content, read as fast as it is taken.
fn body(
    load: (Arc<Files>, Move),
    id: BlobId,
    first: u64,
    end: u64,
    pace: Arc<Pace>,
) -> crate::http::Body {
    let parts = stream::try_unfold((load, first), move |(load, at)| {
        let pace = Arc::clone(&pace);
        async move {
            pace.step();
            let contents = &load.0.contents;
            let wanted = (end - at).min(contents.part() as u64) as usize;
            if wanted == 0 {
                return Ok(None);
            }
            let part = contents.read(id, at, wanted).await;
            let part = part.map_err(|error| std::io::Error::other(error.desc))?;
            if part.is_empty() {
                return Err(std::io::Error::other("the content has become shorter"));
            }
            let next = at + part.len() as u64;
            Ok(Some((Frame::data(part), (load, next))))
        }
    });
    StreamBody::new(parts).boxed_unsync()
}

/// What has become of an upload.
pub(super) enum Kept {
    /// The content is here.
    Here,
    /// It was something else, and is thrown away.
    Wrong,
    /// So many bytes are there.
    Part(u64),
}

/// Gives an upload that is whole a name under which nobody writes, and looks what it is. `None` if it is what it was said to be.
fn check(turn: &Turn, whole: &Path, id: BlobId, size: u64) -> Result<Option<Kept>, Error> {
    {
        let _alone = turn.writer.file.lock();
        let Ok(data) = fs::metadata(&turn.path) else { return Ok(Some(Kept::Part(0))) };
        let length = data.len();
        if length != size || !turn.is_current() {
            return Ok(Some(Kept::Part(length.min(size))));
        }
        fs::rename(&turn.path, whole).map_err(|error| failed(&error))?;
    }
    if hash(whole).map_err(|error| failed(&error))? == id {
        return Ok(None);
    }
    let _ = fs::remove_file(whole);
    Ok(Some(Kept::Wrong))
}

fn hash(path: &Path) -> std::io::Result<BlobId> {
    let mut file = File::open(path)?;
    let mut hash = BlobHash::default();
    let mut part = vec![0; PART];
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hash.finish()),
            length => hash.update(&part[..length]),
        }
    }
}

fn taken_over() -> Reply {
    status(StatusCode::CONFLICT, "another upload took over\n")
}

fn offset(code: StatusCode, there: u64) -> Reply {
    let mut reply = status(code, "go on from upload-offset\n");
    reply.headers_mut().insert(UPLOAD_OFFSET, value(&there.to_string()));
    reply
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// What of a content a request brings: the first byte, and the one past the last. `None` if it does not fit. Where all of it has come,
/// but was not kept, it is nothing: `bytes 100-99/100`.
fn brought(headers: &HeaderMap, size: u64) -> Option<(u64, u64)> {
    let Some(range) = headers.get(header::CONTENT_RANGE) else { return Some((0, size)) };
    let (part, whole) = range.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = part.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    let fits = last < size && (first <= last || first == size && last + 1 == size);
    (fits && whole.parse() == Ok(size)).then_some((first, last + 1))
}

/// What of a content is asked for.
#[derive(Debug, PartialEq)]
enum Asked {
    Whole,
    /// The first byte, and the one past the last.
    Part(u64, u64),
    /// What it does not have.
    Nothing,
}

/// RFC 9110, 14.2. What cannot be read, or is of several parts, counts as not said.
fn range(headers: &HeaderMap, tag: &str, size: u64) -> Asked {
    if headers.get(header::IF_RANGE).is_some_and(|known| known != tag) {
        return Asked::Whole;
    }
    let said = headers.get(header::RANGE).and_then(|said| said.to_str().ok());
    let Some((first, last)) =
        said.and_then(|said| said.strip_prefix("bytes=")).and_then(|said| said.split_once('-'))
    else {
        return Asked::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let (first, end) = match (number(first), number(last)) {
        (Some(first), None) if last.trim().is_empty() => (first, size),
        (Some(first), Some(last)) if first <= last => (first, size.min(last.saturating_add(1))),
        (None, Some(0)) if first.is_empty() => return Asked::Nothing,
        (None, Some(count)) if first.is_empty() => (size.saturating_sub(count), size),
        _ => return Asked::Whole,
    };
    if first < end { Asked::Part(first, end) } else { Asked::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, said: &'static str) -> HeaderMap {
        [(name, HeaderValue::from_static(said))].into_iter().collect()
    }

    #[test]
    fn ranges_are_as_http_has_them() {
        for (said, wanted) in [
            ("bytes=0-", Asked::Part(0, 100)),
            ("bytes=10-19", Asked::Part(10, 20)),
            ("bytes=90-1000", Asked::Part(90, 100)),
            ("bytes=-10", Asked::Part(90, 100)),
            ("bytes=-1000", Asked::Part(0, 100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=0-18446744073709551615", Asked::Part(0, 100)),
            ("bytes=20-10", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=x-", Asked::Whole),
            ("lines=0-1", Asked::Whole),
        ] {
            assert_eq!(range(&headers(header::RANGE, said), "\"tag\"", 100), wanted, "{said}");
        }
        assert_eq!(range(&HeaderMap::new(), "", 100), Asked::Whole);
        let mut changed = headers(header::RANGE, "bytes=5-");
        changed.insert(header::IF_RANGE, HeaderValue::from_static("\"other\""));
        assert_eq!(range(&changed, "\"tag\"", 100), Asked::Whole);
    }

    #[test]
    fn parts_that_are_brought_fit_the_size() {
        let part = |said| brought(&headers(header::CONTENT_RANGE, said), 100);
        assert_eq!(brought(&HeaderMap::new(), 100), Some((0, 100)));
        assert_eq!(part("bytes 0-99/100"), Some((0, 100)));
        assert_eq!(part("bytes 40-49/100"), Some((40, 50)));
        assert_eq!(part("bytes 100-99/100"), Some((100, 100)));
        for wrong in [
            "bytes 0-100/100",
            "bytes 5-4/100",
            "bytes 100-50/100",
            "bytes 0-9/99",
            "bytes */100",
            "0-9/100",
        ] {
            assert_eq!(part(wrong), None, "{wrong}");
        }
    }
}
