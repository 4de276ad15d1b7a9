//! URLs that permit one account one transfer of one content, for a while.

use hmac::{Hmac, KeyInit, Mac};
use imsdk_service::blobs::BlobId;
use sha2::Sha256;

use crate::private::hex;

/// What a URL is for: the method of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To bring a content.
    Put,
    /// To load a content.
    Get,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::Get => "get",
        }
    }
}

/// What a URL permits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    purpose: Purpose,
    pub(super) id: BlobId,
    pub(super) account: u64,
    /// Bytes of the whole content.
    pub(super) size: u64,
}

impl Grant {
    pub(super) fn new(purpose: Purpose, id: BlobId, account: u64, size: u64) -> Self {
        Self { purpose, id, account, size }
    }

    /// Path and query, good up to a Unix second.
    pub(super) fn sign(&self, key: &str, app: u64, expires: u64) -> String {
        let Self { id, account, size, .. } = self;
        let tag = hex(&self.mac(key, app, expires).finalize().into_bytes());
        format!("/apps/{app}/files/{id}?account={account}&size={size}&expires={expires}&tag={tag}")
    }

    /// What a URL permits that was made with one of these keys and has not run out.
    pub(super) fn verify<'a>(
        mut keys: impl Iterator<Item = &'a String>,
        app: u64,
        purpose: Purpose,
        id: &str,
        query: &str,
        now: u64,
    ) -> Option<Self> {
        let field = |name: &str| {
            let mut fields = query.split('&').filter_map(|field| field.split_once('='));
            fields.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let number = |name: &str| field(name)?.parse::<u64>().ok();
        let expires = number("expires")?;
        let tag = bytes(field("tag")?)?;
        let grant = Self::new(purpose, id.parse().ok()?, number("account")?, number("size")?);
        // `verify_slice` takes the same time wherever the difference is.
        let made_here = keys.any(|key| grant.mac(key, app, expires).verify_slice(&tag).is_ok());
        (made_here && now <= expires).then_some(grant)
    }

    fn mac(&self, key: &str, app: u64, expires: u64) -> Hmac<Sha256> {
        let Self { purpose, id, account, size } = self;
        let purpose = purpose.name();
        // No ticket of a user is written like this.
        let text = format!("imsdk file\n{purpose}\n{app}\n{id}\n{account}\n{size}\n{expires}\n");
        Hmac::<Sha256>::new_from_slice(key.as_bytes())
            .expect("HMAC takes a key of any length")
            .chain_update(text)
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    let pairs = hex.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| Some(digit(&pair[0])? << 4 | digit(&pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: u64 = 7;

    fn verify(url: &str, app: u64, purpose: Purpose, now: u64) -> Option<Grant> {
        let (path, query) = url.split_once('?').unwrap();
        let id = path.rsplit('/').next().unwrap();
        Grant::verify(["old".to_owned(), "key".to_owned()].iter(), app, purpose, id, query, now)
    }

    #[test]
    fn a_url_permits_what_it_was_made_for_and_nothing_else() {
        let grant = Grant::new(Purpose::Get, BlobId::of(b"one"), 3, 100);
        let url = grant.sign("key", APP, 1000);
        assert_eq!(verify(&url, APP, Purpose::Get, 1000), Some(grant));
        assert_eq!(verify(&url, APP, Purpose::Get, 1001), None, "it has run out");
        assert_eq!(verify(&url, APP, Purpose::Put, 1), None, "another purpose");
        assert_eq!(verify(&url, 8, Purpose::Get, 1), None, "another application");
        let other = BlobId::of(b"two").to_string();
        for (from, to) in [
            (grant.id.to_string().as_str(), other.as_str()),
            ("account=3", "account=4"),
            ("size=100", "size=101"),
            ("expires=1000", "expires=9999"),
            ("tag=", "tag=0"),
            ("tag=", "tag=00"),
            ("tag=", "other="),
            ("account=3&", ""),
        ] {
            let forged = url.replace(from, to);
            assert_ne!(forged, url);
            assert_eq!(verify(&forged, APP, Purpose::Get, 1), None, "{forged}");
        }
        assert_eq!(verify(&grant.sign("unknown", APP, 1000), APP, Purpose::Get, 1), None);
    }
}
