//! What settings are read from: the environment, or a file. Both are asked for the same keys.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use imsdk_types::Error;
use toml::de::{DeInteger, DeTable, DeValue};

use super::{PREFIX, refused, variable};

/// What [`Source::number`] takes, for who reads that it was given something else.
const WHOLE: &str = "a whole number from 0 to 18446744073709551615";

/// Something with values for the keys of settings; `None` where it has none.
pub(super) trait Source {
    /// A text.
    fn text(&self, key: &str) -> Result<Option<String>, Error>;

    /// The same for a value that may be given as a whole number too.
    fn text_or_number(&self, key: &str) -> Result<Option<String>, Error>;

    /// A path. It need not be UTF-8.
    fn path(&self, key: &str) -> Result<Option<PathBuf>, Error>;

    /// True or false.
    fn flag(&self, key: &str) -> Result<Option<bool>, Error>;

    /// A whole number that fits 64 bits.
    fn number(&self, key: &str) -> Result<Option<u64>, Error>;

    /// What is wrong with the value of a key.
    fn refused(&self, key: &str, reason: &str) -> Error;
}

impl dyn Source + '_ {
    /// A text that says something.
    pub(super) fn parsed<T: FromStr<Err = String>>(&self, key: &str) -> Result<Option<T>, Error> {
        let Some(text) = self.text(key)? else { return Ok(None) };
        text.parse().map(Some).map_err(|reason: String| self.refused(key, &reason))
    }
}

/// The environment: `server` is `IMSDK_SERVER`.
pub(super) struct Environment<'a>(pub &'a dyn Fn(&str) -> Option<OsString>);

impl Environment<'_> {
    fn name(key: &str) -> String {
        format!("{}{}", PREFIX, key.to_ascii_uppercase())
    }

    fn value(&self, key: &str) -> Option<OsString> {
        variable(self.0, &Self::name(key))
    }
}

impl Source for Environment<'_> {
    fn text(&self, key: &str) -> Result<Option<String>, Error> {
        let text = self.value(key).map(OsString::into_string).transpose();
        text.map_err(|_| self.refused(key, "not valid UTF-8"))
    }

    fn text_or_number(&self, key: &str) -> Result<Option<String>, Error> {
        self.text(key)
    }

    fn path(&self, key: &str) -> Result<Option<PathBuf>, Error> {
        Ok(self.value(key).map(PathBuf::from))
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, Error> {
        match self.text(key)?.as_deref() {
            None => Ok(None),
            Some("1" | "true") => Ok(Some(true)),
            Some("0" | "false") => Ok(Some(false)),
            Some(_) => Err(self.refused(key, "expected true or false")),
        }
    }

    fn number(&self, key: &str) -> Result<Option<u64>, Error> {
        let number = self.text(key)?.map(|text| text.parse()).transpose();
        number.map_err(|_| self.refused(key, &format!("expected {WHOLE}")))
    }

    fn refused(&self, key: &str, reason: &str) -> Error {
        refused(format!("{}: {reason}", Self::name(key)))
    }
}

/// The text of a file, and where it is.
pub(super) struct Text<'a> {
    place: &'a Path,
    text: String,
}

impl<'a> Text<'a> {
    /// `None` where there is no such file.
    pub(super) fn of(place: &'a Path) -> Result<Option<Self>, Error> {
        match fs::read_to_string(place) {
            Ok(text) => Ok(Some(Self { place, text })),
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(None)
            }
            Err(e) => Err(refused(format!("{}: {e}", place.display()))),
        }
    }

    /// What is wrong at this byte of it.
    fn refused(&self, at: usize, reason: &str) -> Error {
        let line = 1 + self.text.bytes().take(at).filter(|&b| b == b'\n').count();
        refused(format!("{}:{line}: {reason}", self.place.display()))
    }
}

/// A file.
///
/// It is asked key by key: a struct that serde fills comes to many times the code.
pub(super) struct File<'a> {
    text: &'a Text<'a>,
    table: DeTable<'a>,
    /// The keys that there are.
    asked: RefCell<Vec<String>>,
}

impl<'a> File<'a> {
    pub(super) fn parse(text: &'a Text<'a>) -> Result<Self, Error> {
        // Not the error's own text: it quotes the line, and that may hold the key.
        let table = DeTable::parse(&text.text)
            .map_err(|e| text.refused(e.span().map_or(0, |span| span.start), e.message()))?;
        Ok(Self { text, table: table.into_inner(), asked: RefCell::default() })
    }

    /// Refuses what nobody has asked for.
    pub(super) fn refuse_unknown(&self) -> Result<(), Error> {
        let asked = self.asked.borrow();
        let mut keys = self.table.keys();
        match keys.find(|key| !asked.iter().any(|asked| **asked == **key.get_ref())) {
            None => Ok(()),
            Some(key) => {
                let known = asked.join("`, `");
                let reason = format!(
                    "unknown field `{key}`, expected one of `{known}`",
                    key = key.get_ref()
                );
                Err(self.text.refused(key.span().start, &reason))
            }
        }
    }

    /// The value of a key, if it is one that `read` takes.
    fn value<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl FnOnce(&DeValue<'_>) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        self.asked.borrow_mut().push(key.to_owned());
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let value = value.get_ref();
        match read(value) {
            Some(value) => Ok(Some(value)),
            None => {
                // Not the value itself: it may be the key.
                let kind = value.type_str();
                Err(self.refused(key, &format!("invalid type: {kind}, expected {expected}")))
            }
        }
    }
}

impl Source for File<'_> {
    fn text(&self, key: &str) -> Result<Option<String>, Error> {
        self.value(key, "a string", |value| value.as_str().map(str::to_owned))
    }

    fn text_or_number(&self, key: &str) -> Result<Option<String>, Error> {
        self.value(key, &format!("a string or {WHOLE}"), |value| match value {
            DeValue::String(text) => Some(text.clone().into_owned()),
            DeValue::Integer(number) => whole(number).map(|number| number.to_string()),
            _ => None,
        })
    }

    fn path(&self, key: &str) -> Result<Option<PathBuf>, Error> {
        let base = self.text.place.parent().unwrap_or(Path::new(""));
        Ok(self.text(key)?.map(|path| base.join(path)))
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, Error> {
        self.value(key, "a boolean", |value| value.as_bool())
    }

    fn number(&self, key: &str) -> Result<Option<u64>, Error> {
        self.value(key, WHOLE, |value| match value {
            DeValue::Integer(number) => whole(number),
            _ => None,
        })
    }

    fn refused(&self, key: &str, reason: &str) -> Error {
        let at = self.table.get(key).map_or(0, |value| value.span().start);
        self.text.refused(at, reason)
    }
}

fn whole(number: &DeInteger<'_>) -> Option<u64> {
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}
