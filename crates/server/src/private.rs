//! What only the server's user of the machine may read.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// How a file is opened that nobody else may read.
pub(crate) fn options() -> OpenOptions {
    let mut options = File::options();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a file, durably.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = options().truncate(true).write(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
