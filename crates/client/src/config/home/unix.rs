//! Where a user's data lie.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

/// The directory of all that programs keep for this user, if there is a home.
pub(super) fn data_dir() -> Option<PathBuf> {
    etcetera::base_strategy::choose_native_strategy().ok().map(|dirs| dirs.data_dir())
}

/// A home may be on a disk that can only be read.
pub(super) fn writable(dir: &Path) -> Result<()> {
    Ok(rustix::fs::access(dir, rustix::fs::Access::WRITE_OK)?)
}

/// The name of this user's directory among temporary ones.
pub(super) fn temp_name() -> String {
    format!("imsdk-{}", rustix::process::geteuid().as_raw())
}

/// In a directory that all users share, somebody else may have been first with our name.
pub(super) fn own(dir: &Path) -> Result<()> {
    let found = fs::symlink_metadata(dir)?;
    let private = found.is_dir() && found.mode() & 0o077 == 0;
    if private && found.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    Err(Error::new(ErrorKind::PermissionDenied, "it belongs to others or is open to them"))
}
