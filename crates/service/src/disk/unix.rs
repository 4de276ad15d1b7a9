//! Files and directories that hold what users wrote.

use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Makes a directory, and those above it that are missing, for this user of the machine alone. One that exists stays as it is: its
/// owner has decided who may look into it.
///
/// # Errors
/// Those of the system.
pub fn private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Makes the names in a directory as durable as the files that have them.
///
/// # Errors
/// Those of the system: not every directory can be read, nor synced.
pub fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Keeps a file that programs are shown from being changed by accident.
///
/// # Errors
/// Those of the system.
pub fn protect(file: &File) -> io::Result<()> {
    let mut rights = file.metadata()?.permissions();
    rights.set_readonly(true);
    file.set_permissions(rights)
}

/// The name by which SQLite opens a file in a directory that exists.
///
/// # Errors
/// Those of the system.
pub fn database(dir: &Path, name: &str) -> io::Result<PathBuf> {
    Ok(dir.join(name))
}

/// Ends a lock of this open file.
///
/// # Errors
/// Those of the system.
pub fn unlock(file: &File) -> io::Result<()> {
    file.unlock()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_private_and_what_exists_stays() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let made = dir.path().join("a/b");
        private_dir(&made).unwrap();
        private_dir(&made).unwrap();
        assert_eq!(
            (mode(&made), mode(&dir.path().join("a")), mode(dir.path())),
            (0o700, 0o700, 0o755)
        );
    }
}
