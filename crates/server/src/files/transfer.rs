//! Contents on their way in and out.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use imsdk_service::blobs::{BlobHash, BlobId};
use imsdk_types::Error;
use tokio::time::timeout;

use super::contents::beside;
use super::url::{Grant, Purpose};
use super::{Files, Writer, failed};
use crate::http::{Pace, Reply, status};
use crate::private;

/// Bytes that are read from where contents are kept at a time.
const PART: usize = 256 << 10;

/// How long a client may take for the next bytes of what it brings.
const SILENCE: Duration = Duration::from_secs(30);

/// Where to go on, when a part begins elsewhere.
const UPLOAD_OFFSET: &str = "upload-offset";

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
            Purpose::Put => self.bring(&grant, request, &pace).await,
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
            _ => self.body(grant.id, first, end, pace),
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

    /// Read as fast as it is taken.
    fn body(
        self: &Arc<Self>,
        id: BlobId,
        first: u64,
        end: u64,
        pace: Arc<Pace>,
    ) -> crate::http::Body {
        let files = Arc::clone(self);
        let parts = stream::try_unfold(first, move |at| {
            let (files, pace) = (Arc::clone(&files), Arc::clone(&pace));
            async move {
                pace.step();
                let wanted = (end - at).min(PART as u64) as usize;
                if wanted == 0 {
                    return Ok(None);
                }
                let part = files.contents.read(id, at, wanted).await;
                let part = part.map_err(|error| std::io::Error::other(error.desc))?;
                if part.is_empty() {
                    return Err(std::io::Error::other("the content has become shorter"));
                }
                let next = at + part.len() as u64;
                Ok(Some((Frame::data(Bytes::from(part)), next)))
            }
        });
        StreamBody::new(parts).boxed_unsync()
    }

    async fn bring(
        &self,
        grant: &Grant,
        request: Request<Incoming>,
        pace: &Pace,
    ) -> Result<Reply, Error> {
        let Some((first, end)) = brought(request.headers(), grant.size) else {
            return Ok(status(StatusCode::BAD_REQUEST, "Content-Range does not fit the size\n"));
        };
        if self.contents.size(grant.id).await?.is_some() {
            return Ok(status(StatusCode::CREATED, "the content is here\n"));
        }
        let path = self.coming(grant.account, grant.id, grant.size);
        let writer = Arc::clone(self.writers.lock().entry(path.clone()).or_default());
        let turn = writer.next();
        let brought = self.collect(&path, (&writer, turn), (first, end), request, pace).await;
        let reply = match brought {
            Ok(length) if length == grant.size => self.keep(grant, &path).await,
            Ok(length) => Ok(offset(StatusCode::ACCEPTED, length)),
            Err(refusal) => refusal,
        };
        let mut writers = self.writers.lock();
        if writer.is(turn) {
            writers.remove(&path);
        }
        reply
    }

    /// Adds to what is there. How much there is then, or what is to be answered.
    async fn collect(
        &self,
        path: &Path,
        (writer, turn): (&Arc<Writer>, u64),
        (first, end): (u64, u64),
        request: Request<Incoming>,
        pace: &Pace,
    ) -> Result<u64, Result<Reply, Error>> {
        let mut at = first;
        let mut body = request.into_body();
        self.append(path, (writer, turn), first, Bytes::new()).await?;
        loop {
            let frame = match timeout(SILENCE, body.frame()).await {
                Ok(Some(Ok(frame))) => frame,
                Ok(None) => break,
                // What has come stays, for the next try.
                Ok(Some(Err(_))) => {
                    return Err(Ok(status(StatusCode::BAD_REQUEST, "the content broke off\n")));
                }
                Err(_) => return Err(Ok(status(StatusCode::REQUEST_TIMEOUT, "too slow\n"))),
            };
            pace.step();
            let Ok(part) = frame.into_data() else { continue };
            if at + part.len() as u64 > end {
                return Err(Ok(status(StatusCode::PAYLOAD_TOO_LARGE, "more than was said\n")));
            }
            let length = part.len() as u64;
            self.append(path, (writer, turn), at, part).await?;
            at += length;
        }
        Ok(at)
    }

    async fn append(
        &self,
        path: &Path,
        (writer, turn): (&Arc<Writer>, u64),
        at: u64,
        part: Bytes,
    ) -> Result<(), Result<Reply, Error>> {
        let (path, writer) = (path.to_owned(), Arc::clone(writer));
        let there = beside(move || {
            let _alone = writer.file.lock();
            if !writer.is(turn) {
                return Ok(None);
            }
            let file = private::options().append(true).open(&path);
            let mut file = file.map_err(|error| failed(&error))?;
            let there = file.metadata().map_err(|error| failed(&error))?.len();
            if at == 0 && there > 0 {
                // From the beginning once more.
                file.set_len(0).map_err(|error| failed(&error))?;
            } else if at != there {
                return Ok(Some(there));
            }
            file.write_all(&part).map_err(|error| failed(&error))?;
            Ok(Some(at))
        });
        match there.await {
            Ok(Some(there)) if there == at => Ok(()),
            Ok(Some(there)) => Err(Ok(offset(StatusCode::CONFLICT, there))),
            Ok(None) => Err(Ok(status(StatusCode::CONFLICT, "another upload took over\n"))),
            Err(error) => Err(Err(error)),
        }
    }

    /// All of it is there: keeps it, if it is what it was said to be.
    async fn keep(&self, grant: &Grant, path: &Path) -> Result<Reply, Error> {
        let file = path.to_owned();
        let found = beside(move || hash(&file).map_err(|error| failed(&error))).await?;
        if found != grant.id {
            let _ = fs::remove_file(path);
            let text = "the content has another SHA-256 than was said\n";
            return Ok(status(StatusCode::UNPROCESSABLE_ENTITY, text));
        }
        self.contents.take(path.to_owned(), grant.id).await?;
        Ok(status(StatusCode::CREATED, "the content is here\n"))
    }
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

fn offset(code: StatusCode, there: u64) -> Reply {
    let mut reply = status(code, "go on from upload-offset\n");
    reply.headers_mut().insert(UPLOAD_OFFSET, value(&there.to_string()));
    reply
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// What of a content a request brings: the first byte, and the one past the last. `None` if it does not fit.
fn brought(headers: &HeaderMap, size: u64) -> Option<(u64, u64)> {
    let Some(range) = headers.get(header::CONTENT_RANGE) else { return Some((0, size)) };
    let (part, whole) = range.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = part.split_once('-')?;
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    (whole.parse() == Ok(size) && first <= last && last < size).then_some((first, last + 1))
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
        for wrong in ["bytes 0-100/100", "bytes 5-4/100", "bytes 0-9/99", "bytes */100", "0-9/100"]
        {
            assert_eq!(part(wrong), None, "{wrong}");
        }
    }
}
