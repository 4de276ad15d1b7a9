//! Paths in `file:` URLs.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// What stands before the path in a URL as it is, and the bytes of the path.
pub(super) fn split(path: &Path) -> (&'static str, Vec<u8>) {
    ("", path.as_os_str().as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::file_url;

    #[test]
    fn paths_become_urls() {
        for (path, url) in [
            ("/var/lib/a-b_c.d~/1", "file:///var/lib/a-b_c.d~/1"),
            ("/my data/ä%#?/", "file:///my%20data/%C3%A4%25%23%3F/"),
        ] {
            assert_eq!(file_url(Path::new(path)), url);
        }
    }
}
