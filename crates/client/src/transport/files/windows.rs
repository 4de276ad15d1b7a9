//! Paths in `file:` URLs.

use std::path::Path;

/// What stands before the path in a URL as it is: a drive, or the two slashes before the name of another machine less those of the URL;
/// and the bytes of the path.
pub(super) fn split(path: &Path) -> (String, Vec<u8>) {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = match path.strip_prefix("//?/") {
        Some(long) => match long.strip_prefix("UNC") {
            Some(shared) => format!("/{shared}"),
            None => long.to_owned(),
        },
        None => path,
    };
    if let Some(shared) = path.strip_prefix("//") {
        return (String::new(), shared.into());
    }
    match path.split_once(':') {
        Some((drive, rest)) => (format!("/{drive}:"), rest.into()),
        None => (String::new(), path.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::file_url;

    #[test]
    fn paths_become_urls() {
        for (path, url) in [
            (r"C:\my data\1", "file:///C:/my%20data/1"),
            (r"\\?\C:\a:b\ä", "file:///C:/a%3Ab/%C3%A4"),
            (r"\\server\share\1", "file://server/share/1"),
            (r"\\?\UNC\server\share\1", "file://server/share/1"),
        ] {
            assert_eq!(file_url(Path::new(path)), url);
        }
    }
}
