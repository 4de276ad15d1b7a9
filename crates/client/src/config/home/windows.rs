//! Where a user's data lie.

use std::fs::File;
use std::io::Result;
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use etcetera::base_strategy::Windows;

use crate::client::random;

/// `FILE_FLAG_DELETE_ON_CLOSE`.
const DELETE_ON_CLOSE: u32 = 0x0400_0000;

/// The directory of all that programs keep for this user on this machine (`%LOCALAPPDATA%`), if there is a home. Not the one that
/// follows the user to other machines: a database that is open on two of them would not survive that.
pub(super) fn data_dir() -> Option<PathBuf> {
    Windows::new().ok().map(|dirs| dirs.cache_dir())
}

/// A home may be on a disk that can only be read. Only a try tells.
pub(super) fn writable(dir: &Path) -> Result<()> {
    let probe = dir.join(format!(".{:016x}", random()));
    let mut options = File::options();
    options.write(true).create_new(true).custom_flags(DELETE_ON_CLOSE).open(probe).map(drop)
}

/// The name of this user's directory among temporary ones.
pub(super) fn temp_name() -> String {
    "imsdk".into()
}

/// Temporary directories are each user's own.
pub(super) fn own(_: &Path) -> Result<()> {
    Ok(())
}
