//! A C callback with its user_data, on the way to the callback thread.

use std::borrow::Cow;
use std::ffi::{CStr, c_char, c_void};

use imsdk_types::{Code, Error, TIMCommCallback};

use super::dispatcher::dispatcher;

/// What the program gave us to hand back. The library never looks at what it points to.
#[derive(Clone, Copy)]
pub struct UserData(pub *const c_void);

// SAFETY: the pointer is a token. It is handed back unchanged and never read through; what it points to, and on which thread
// that may be used, is the program's business, which knows that callbacks come on the callback thread.
unsafe impl Send for UserData {}
// SAFETY: as above; shared access to a token is a copy of its bits.
unsafe impl Sync for UserData {}

/// Text for C: UTF-8 that ends with NUL. A NUL inside (only a hostile peer writes one) ends it early rather than failing.
///
/// No `CString`, which would first give back what is left of the buffer that a text was written into, and needs memory for texts that
/// are there as they are.
pub struct Text(Cow<'static, [u8]>);

impl Text {
    /// `""`.
    pub const EMPTY: Self = Self::fixed(c"");

    /// A text that is always the same.
    pub const fn fixed(text: &'static CStr) -> Self {
        Self(Cow::Borrowed(text.to_bytes_with_nul()))
    }

    /// What C gets; it lives as long as the text.
    pub fn as_ptr(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }
}

impl From<Vec<u8>> for Text {
    fn from(mut text: Vec<u8>) -> Self {
        // What is full needs room for one byte, not for as much again.
        text.reserve_exact(1);
        text.push(0);
        if text.capacity() / 2 > text.len() {
            // It may wait for its turn among many.
            text.shrink_to_fit();
        }
        Self(Cow::Owned(text))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            return Self::EMPTY;
        }
        let mut bytes = Vec::with_capacity(text.len() + 1);
        bytes.extend_from_slice(text.as_bytes());
        Self::from(bytes)
    }
}

impl From<Cow<'static, str>> for Text {
    fn from(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into_bytes().into(),
        }
    }
}

/// A `TIMCommCallback` that is owed one call. Dropped uncompleted, which is a defect, it completes itself with 7012.
pub struct Completion {
    callback: TIMCommCallback,
    user_data: UserData,
    epoch: u64,
    empty: &'static CStr,
}

impl Completion {
    /// For a call that is being made now; `empty` is the JSON of an error.
    pub fn new(callback: TIMCommCallback, user_data: *const c_void, empty: &'static CStr) -> Self {
        Self { callback, user_data: UserData(user_data), epoch: dispatcher().epoch(), empty }
    }

    /// Queues the callback. `answer` runs on the callback thread and gives code, description and JSON.
    pub fn complete(mut self, answer: impl FnOnce() -> (i32, Text, Text) + Send + 'static) {
        self.queue(answer);
    }

    /// Queues the callback with a success that is at hand.
    pub fn answer(self, desc: Text, json: Text) {
        self.complete(move || (0, desc, json));
    }

    /// Queues the callback with an error and the empty form of the result.
    pub fn fail(mut self, error: Error) {
        let empty = self.empty;
        self.queue(move || (error.code, error.desc.into(), Text::fixed(empty)));
    }

    /// For calls that are told of before they are completed.
    pub fn progress(&self) -> Progress {
        Progress { callback: self.callback, user_data: self.user_data, epoch: self.epoch }
    }

    fn queue(&mut self, answer: impl FnOnce() -> (i32, Text, Text) + Send + 'static) {
        let progress = self.progress();
        self.callback = None;
        progress.tell(answer);
    }
}

/// The callback of a call, for the times before its completion.
pub struct Progress {
    callback: TIMCommCallback,
    user_data: UserData,
    epoch: u64,
}

impl Progress {
    /// Queues the callback. `answer` runs on the callback thread.
    pub fn tell(&self, answer: impl FnOnce() -> (i32, Text, Text) + Send + 'static) {
        let Self { callback, user_data, epoch } = *self;
        let Some(callback) = callback else { return };
        dispatcher().post(epoch, move || {
            let (code, desc, json) = answer();
            let user_data = user_data;
            if !dispatcher().is_current(epoch) {
                return;
            }
            // SAFETY: `callback` is the function that the program passed for this very call, with the signature of the public
            // typedef; both strings end with NUL and live until it returns; no lock of ours is held.
            unsafe { callback(code, desc.as_ptr(), json.as_ptr(), user_data.0) }
        });
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        if self.callback.is_some() {
            let error = Error::from(Code::SdkInternalError);
            let empty = self.empty;
            self.queue(move || (error.code, error.desc.into(), Text::fixed(empty)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &Text) -> &CStr {
        // SAFETY: it ends with NUL, and lives as long as the borrow.
        unsafe { CStr::from_ptr(text.as_ptr()) }
    }

    #[test]
    fn a_text_for_c_ends_with_nul() {
        let texts = [
            (Text::EMPTY, c""),
            (Text::from(""), c""),
            (Text::fixed(c"[]"), c"[]"),
            (Text::from("a"), c"a"),
            (Text::from(Cow::Borrowed("b")), c"b"),
            (Text::from(Cow::Owned("c".to_owned())), c"c"),
            (Text::from(Vec::new()), c""),
            (Text::from("early\0late"), c"early"),
        ];
        for (text, expected) in &texts {
            assert_eq!(read(text), *expected);
        }
    }

    #[test]
    fn a_text_keeps_its_buffer_unless_most_of_it_is_empty() {
        for (length, kept) in [(1000, true), (600, true), (400, false)] {
            let mut bytes = Vec::with_capacity(1000);
            bytes.resize(length, b'x');
            let Text(Cow::Owned(bytes)) = Text::from(bytes) else { panic!("a text of its own") };
            assert_eq!(bytes.capacity() >= 1000, kept, "{length}");
            assert!(bytes.capacity() < 1100, "{length}");
        }
    }
}
