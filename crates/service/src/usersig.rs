//! UserSig, version 2: the ticket with which an account logs in.
//!
//! The app's own server makes a ticket with the app's secret key ([`sign`]); the service checks it ([`verify`]). A ticket is
//! the JSON object of its fields, compressed with zlib, written as base64 with `+`, `/` and `=` replaced by `*`, `-` and `_`.
//! What the HMAC covers is not that text but the fields in a fixed order, so any compressor and any JSON writer will do.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use hmac::{Hmac, KeyInit, Mac};
use imsdk_types::{Code, Error};
use serde_json::{Map, Value};
use sha2::Sha256;

/// Longest ticket that [`verify`] looks at, in bytes of text. Real ones have some 200.
pub const MAX_TEXT: usize = 16 * 1024;

/// Longest JSON text that a ticket may unpack to, in bytes; a small ticket must not fill the memory.
const MAX_JSON: u64 = 64 * 1024;

/// The one version there is a shared key for. Version 1 was made with key pairs.
const VERSION: &str = "2.0";

/// What a good ticket says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The last second, counted from 1970 in UTC, in which the ticket is good.
    pub expires_at: u64,
    /// The bytes that the signer added, if any. Their meaning is the app's own.
    pub userbuf: Option<Vec<u8>>,
}

/// Makes the ticket for `user` of the app `app_id`.
///
/// `key` is the secret key as text (it looks like hexadecimal digits, but counts as it is written). The ticket is good from
/// now to `time` + `expire`, `time` in seconds since 1970 UTC, `expire` in seconds; `userbuf` travels along, signed but
/// readable by anyone.
///
/// ```
/// use imsdk_service::usersig;
///
/// let sig = usersig::sign("the secret", 1400000000, "alice", 1_600_000_000, 86_400, None);
/// let ticket = usersig::verify("the secret", 1400000000, "alice", &sig, 1_600_000_100).unwrap();
/// assert_eq!(ticket.expires_at, 1_600_086_400);
/// assert_eq!(usersig::verify("the secret", 1400000000, "bob", &sig, 1_600_000_100).unwrap_err().code, 70013);
/// ```
pub fn sign(
    key: &str,
    app_id: u64,
    user: &str,
    time: u64,
    expire: u64,
    userbuf: Option<&[u8]>,
) -> String {
    let userbuf = userbuf.map(|bytes| STANDARD.encode(bytes));
    let mac = mac(key, app_id, user, time, expire, userbuf.as_deref());
    let mut fields = Map::new();
    fields.insert("TLS.ver".into(), VERSION.into());
    fields.insert("TLS.identifier".into(), user.into());
    fields.insert("TLS.sdkappid".into(), app_id.into());
    fields.insert("TLS.expire".into(), expire.into());
    fields.insert("TLS.time".into(), time.into());
    fields.insert("TLS.sig".into(), STANDARD.encode(mac.finalize().into_bytes()).into());
    if let Some(userbuf) = userbuf {
        fields.insert("TLS.userbuf".into(), userbuf.into());
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packed
        .write_all(Value::Object(fields).to_string().as_bytes())
        .and_then(|()| packed.finish())
        .expect("writing to memory does not fail");
    STANDARD
        .encode(packed)
        .chars()
        .map(|c| match c {
            '+' => '*',
            '/' => '-',
            '=' => '_',
            c => c,
        })
        .collect()
}

/// Checks the ticket `sig` of `user` at the time `now` (seconds since 1970 UTC).
///
/// A ticket dated in the future is good: the app's server may have a clock that runs ahead, and only who has the key can
/// date it. A ticket whose end lies past the last number of seconds never ends.
///
/// # Errors
/// In this order: 70016 no key, 70002 empty ticket, 70003 text damaged or cut, 70005 not a ticket of version 2 or a field missing,
/// 70014 made for another app, 70013 made for another user, 70009 made with another key (or changed), 70001 expired.
pub fn verify(key: &str, app_id: u64, user: &str, sig: &str, now: u64) -> Result<Verified, Error> {
    // With an empty key everybody could sign.
    if key.is_empty() {
        return Err(Code::SvrAccountUsersigPublickeyNotFound.into());
    }
    if sig.is_empty() {
        return Err(Code::SvrAccountUsersigEmpty.into());
    }
    let fields = unpack(sig).ok_or(Code::SvrAccountUsersigCheckFailed)?;
    let ticket = Ticket::read(&fields).ok_or(Code::SvrAccountUsersigCheckFailedEx)?;
    if ticket.app_id != app_id {
        return Err(Code::SvrAccountUsersigMismatchSdkappid.into());
    }
    if ticket.user != user {
        return Err(Code::SvrAccountUsersigMismatchId.into());
    }
    // `verify_slice` takes the same time wherever the difference is.
    let signed = STANDARD.decode(ticket.sig).unwrap_or_default();
    mac(key, app_id, user, ticket.time, ticket.expire, ticket.userbuf)
        .verify_slice(&signed)
        .map_err(|_| Code::SvrAccountUsersigMismatchPublickey)?;
    let userbuf = ticket
        .userbuf
        .map(|text| STANDARD.decode(text))
        .transpose()
        .map_err(|_| Code::SvrAccountUsersigCheckFailedEx)?;
    let expires_at = ticket.time.saturating_add(ticket.expire);
    if expires_at < now {
        return Err(Code::SvrAccountUsersigExpired.into());
    }
    Ok(Verified { expires_at, userbuf })
}

/// The fields of a ticket, not yet believed.
struct Ticket<'a> {
    user: &'a str,
    app_id: u64,
    time: u64,
    expire: u64,
    sig: &'a str,
    userbuf: Option<&'a str>,
}

impl<'a> Ticket<'a> {
    fn read(fields: &'a Map<String, Value>) -> Option<Self> {
        let text = |key| fields.get(key).and_then(Value::as_str);
        if text("TLS.ver") != Some(VERSION) {
            return None;
        }
        Some(Self {
            user: text("TLS.identifier")?,
            app_id: number(fields.get("TLS.sdkappid")?)?,
            time: number(fields.get("TLS.time")?)?,
            expire: number(fields.get("TLS.expire")?)?,
            sig: text("TLS.sig")?,
            userbuf: match fields.get("TLS.userbuf") {
                None | Some(Value::Null) => None,
                Some(value) => Some(value.as_str()?),
            },
        })
    }
}

/// Some signers write numbers as strings.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    }
}

/// From the text of a ticket to its fields.
fn unpack(sig: &str) -> Option<Map<String, Value>> {
    if sig.len() > MAX_TEXT {
        return None;
    }
    let text = sig
        .bytes()
        .map(|b| match b {
            b'*' => Some(b'+'),
            b'-' => Some(b'/'),
            b'_' => Some(b'='),
            b'+' | b'/' | b'=' => None,
            b => Some(b),
        })
        .collect::<Option<Vec<u8>>>()?;
    let packed = STANDARD.decode(text).ok()?;
    let mut json = Vec::new();
    let mut stream = ZlibDecoder::new(&packed[..]);
    (&mut stream).take(MAX_JSON + 1).read_to_end(&mut json).ok()?;
    if json.len() as u64 > MAX_JSON || stream.total_in() != packed.len() as u64 {
        return None;
    }
    serde_json::from_str(str::from_utf8(&json).ok()?).ok()
}

/// The HMAC over the fields, ready to be read or compared.
fn mac(
    key: &str,
    app_id: u64,
    user: &str,
    time: u64,
    expire: u64,
    userbuf: Option<&str>,
) -> Hmac<Sha256> {
    let mut content = format!(
        "TLS.identifier:{user}\nTLS.sdkappid:{app_id}\nTLS.time:{time}\nTLS.expire:{expire}\n"
    );
    if let Some(userbuf) = userbuf {
        content.push_str(&format!("TLS.userbuf:{userbuf}\n"));
    }
    Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .expect("HMAC takes a key of any length")
        .chain_update(content)
}

#[cfg(test)]
mod tests;
