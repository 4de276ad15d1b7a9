//! Files and directories that hold what users wrote.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::windows::ffi::OsStrExt;
use std::path::{self, Component, Path, PathBuf, Prefix};

/// Names that are longer reach the system in the form that has no limit. SQLite appends to them: `-journal`.
const SHORT: usize = 240;

/// Makes a directory, and those above it that are missing. Who may look into it is inherited: in a user's own directories that is this
/// user of the machine alone. One that exists stays as it is.
///
/// # Errors
/// Those of the system.
pub fn private_dir(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Makes the names in a directory as durable as the files that have them: here the file system sees to it.
///
/// # Errors
/// None.
pub fn sync_dir(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Keeps a file that programs are shown from being changed by accident: not here, where a protected file could not be removed
/// together with its directory.
///
/// # Errors
/// None.
pub fn protect(_: &File) -> io::Result<()> {
    Ok(())
}

/// The name by which SQLite opens a file in a directory that exists. The standard library finds the long form by itself, SQLite does
/// not.
///
/// # Errors
/// Those of the system.
pub fn database(dir: &Path, name: &str) -> io::Result<PathBuf> {
    let path = dir.join(name);
    if path.as_os_str().encode_wide().count() <= SHORT {
        return Ok(path);
    }
    path::absolute(path).map(without_limit)
}

fn without_limit(path: PathBuf) -> PathBuf {
    let Some(Component::Prefix(prefix)) = path.components().next() else { return path };
    let mut long = OsString::from(r"\\?\");
    match prefix.kind() {
        Prefix::Disk(_) => long.push(path),
        Prefix::UNC(server, share) => {
            let rest = path.strip_prefix(prefix.as_os_str()).unwrap_or(&path);
            for part in [r"UNC\".as_ref(), server, r"\".as_ref(), share, rest.as_os_str()] {
                long.push(part);
            }
        }
        _ => return path,
    }
    long.into()
}

/// Ends a lock of this open file.
///
/// # Errors
/// Those of the system.
pub fn unlock(file: &File) -> io::Result<()> {
    /// `ERROR_LOCK_VIOLATION`: the standard library unlocks twice, and this is Wine's word for a file that is not locked (any more).
    const NOT_LOCKED: i32 = 33;
    match file.unlock() {
        Err(error) if error.raw_os_error() == Some(NOT_LOCKED) => Ok(()),
        unlocked => unlocked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_names_change() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(database(dir.path(), "a.db").unwrap(), dir.path().join("a.db"));
        let long = dir.path().join("ä".repeat(120)).join("b".repeat(120));
        private_dir(&long).unwrap();
        let path = database(&long, "a.db").unwrap();
        assert!(path.to_str().unwrap().starts_with(r"\\?\"), "{}", path.display());
        fs::write(&path, "").unwrap();
        assert!(long.join("a.db").exists());
    }

    #[test]
    fn the_long_form_has_its_prefix() {
        for (path, long) in [
            (r"C:\a\b", r"\\?\C:\a\b"),
            (r"\\server\share\a", r"\\?\UNC\server\share\a"),
            (r"\\?\C:\a", r"\\?\C:\a"),
        ] {
            assert_eq!(without_limit(path.into()), Path::new(long));
        }
    }
}
