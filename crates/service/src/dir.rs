//! Directories that hold what users wrote.

use std::fs::DirBuilder;
use std::io;
use std::path::Path;

/// Makes a directory, and those above it that are missing, for this user of the machine alone. One that exists stays as it is: its
/// owner has decided who may look into it.
///
/// # Errors
/// Those of the system.
pub fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(all(test, unix))]
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
