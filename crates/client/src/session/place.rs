//! Where a user's local store lies.
//!
//! Its directory has the number of the service that it is of, which a server tells itself. So that what is here can be read before that, the
//! one that was last found at each address is remembered in a file beside the stores.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use imsdk_service::disk;
use imsdk_types::{Code, Error};

use crate::client::random;
use crate::config::{ServerAddresses, Settings};

/// Addresses that are remembered.
const ADDRESSES: usize = 32;

/// An address, and the service's number in hexadecimal digits.
type Found = (String, String);

/// The directory of a user's store of a service.
pub(super) fn store(settings: &Settings, user: &str, service: u64) -> PathBuf {
    let (dir, name) = (&settings.store_dir, name(settings, user));
    dir.join(format!("{name}_{service:016x}"))
}

/// The same; one that has no number of a service yet gets this one.
pub(super) fn named(settings: &Settings, user: &str, service: u64) -> Result<PathBuf, Error> {
    let dir = store(settings, user, service);
    // Of a version that knew of one service only.
    let unnamed = settings.store_dir.join(name(settings, user));
    if !dir.exists() && unnamed.exists() {
        fs::rename(&unnamed, &dir).map_err(|error| {
            let text = format!("{}: {error}", unnamed.display());
            Error::new(Code::DatabaseOperateFailed, text)
        })?;
    }
    Ok(dir)
}

fn name(settings: &Settings, user: &str) -> String {
    let id: String = user.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{}_{id}_{}", settings.app_id, settings.platform as u8)
}

/// The service that was last found at an address of the server, if there is a server and one was found.
pub(super) fn known(settings: &Settings) -> Option<u64> {
    let addresses = addresses(settings);
    let (_, service) = read(settings).into_iter().find(|(known, _)| addresses.contains(known))?;
    u64::from_str_radix(&service, 16).ok()
}

/// Notes which service it is. Where that can't be written, the next program finds out when the server answers.
pub(super) fn remember(settings: &Settings, service: u64) {
    if known(settings) == Some(service) {
        return;
    }
    let addresses = addresses(settings);
    let mut all = read(settings);
    all.retain(|(known, _)| !addresses.contains(known));
    all.splice(..0, addresses.into_iter().map(|address| (address, format!("{service:016x}"))));
    all.truncate(ADDRESSES);
    if let Err(error) = write(settings, &all) {
        tracing::warn!("{}: {error}", file(settings).display());
    }
}

fn addresses(settings: &Settings) -> Vec<String> {
    settings.server.iter().flat_map(ServerAddresses::iter).map(ToString::to_string).collect()
}

fn file(settings: &Settings) -> PathBuf {
    settings.store_dir.join(format!("{}_servers.json", settings.app_id))
}

/// The newest first. A file that can't be read is one that says nothing.
fn read(settings: &Settings) -> Vec<Found> {
    let file = file(settings);
    let found = match fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text).map_err(io::Error::from),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => Err(error),
    };
    found.unwrap_or_else(|error| {
        tracing::warn!("{}: {error}", file.display());
        Vec::new()
    })
}

/// Whole or not at all, also where several programs do it at once.
fn write(settings: &Settings, all: &[Found]) -> io::Result<()> {
    let coming = settings.store_dir.join(format!(".{:016x}.part", random()));
    let written =
        put(&coming, &serde_json::to_vec(all)?).and_then(|()| fs::rename(&coming, file(settings)));
    match written {
        Ok(()) => disk::sync_dir(&settings.store_dir),
        Err(error) => {
            let _ = fs::remove_file(&coming);
            Err(error)
        }
    }
}

fn put(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Paths, load};

    fn settings(dir: &Path, server: &str) -> Settings {
        let mut settings = load(
            7,
            &Paths::default(),
            &|name| (name == "IMSDK_DATA_DIR").then(|| dir.as_os_str().to_owned()),
            None,
        )
        .unwrap();
        settings.store_dir = dir.to_owned();
        settings.server = server.parse().ok();
        settings
    }

    #[test]
    fn the_service_of_an_address_is_the_one_that_was_found_last() {
        let dir = tempfile::tempdir().unwrap();
        let at = |server| settings(dir.path(), server);
        assert_eq!(known(&at("wss://one")), None);
        remember(&at("wss://one"), 1);
        remember(&at("wss://two:9000"), u64::MAX);
        assert_eq!(
            (known(&at("wss://one:443")), known(&at("wss://two:9000"))),
            (Some(1), Some(u64::MAX))
        );
        assert_eq!(
            (known(&at("wss://two")), known(&at("ws://localhost")), known(&at(""))),
            (None, None, None)
        );
        remember(&at("wss://one"), 3);
        assert_eq!(
            (known(&at("wss://one")), known(&at("wss://two:9000"))),
            (Some(3), Some(u64::MAX))
        );
        assert_eq!(known(&at("wss://four,wss://two:9000")), Some(u64::MAX));
        remember(&at("wss://four,wss://five"), 6);
        assert_eq!((known(&at("wss://five")), known(&at("wss://four"))), (Some(6), Some(6)));
        let other = Settings { app_id: 8, ..at("wss://one") };
        assert_eq!(known(&other), None, "another application has other services");
        let files: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(files, ["7_servers.json"], "nothing is left over");
    }

    #[test]
    fn what_cannot_be_read_says_nothing_and_is_written_anew() {
        let dir = tempfile::tempdir().unwrap();
        let here = settings(dir.path(), "wss://one");
        for text in ["", "[", "{}", "[[\"wss://one:443\",\"no number\"]]", "[[\"wss://one:443\"]]"]
        {
            fs::write(file(&here), text).unwrap();
            assert_eq!(known(&here), None, "{text}");
            remember(&here, 5);
            assert_eq!(known(&here), Some(5), "{text}");
        }
    }

    #[test]
    fn the_addresses_that_were_used_last_are_remembered() {
        let dir = tempfile::tempdir().unwrap();
        let at = |port: usize| settings(dir.path(), &format!("wss://one:{}", 1000 + port));
        (0..=ADDRESSES).for_each(|port| remember(&at(port), 1));
        assert_eq!((known(&at(0)), known(&at(1)), known(&at(ADDRESSES))), (None, Some(1), Some(1)));
    }
}
