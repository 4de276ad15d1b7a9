//! A C callback with its user_data, on the way to the callback thread.

use std::ffi::{CString, c_void};

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
pub fn c_text(text: impl Into<Vec<u8>>) -> CString {
    CString::new(text).unwrap_or_else(|error| {
        let end = error.nul_position();
        let mut bytes = error.into_vec();
        bytes.truncate(end);
        CString::new(bytes).unwrap_or_default()
    })
}

/// A `TIMCommCallback` that is owed one call. Dropped uncompleted, which is a defect, it completes itself with 7012.
pub struct Completion {
    callback: TIMCommCallback,
    user_data: UserData,
    epoch: u64,
    empty: &'static str,
}

impl Completion {
    /// For a call that is being made now; `empty` is the JSON of an error.
    pub fn new(callback: TIMCommCallback, user_data: *const c_void, empty: &'static str) -> Self {
        Self { callback, user_data: UserData(user_data), epoch: dispatcher().epoch(), empty }
    }

    /// Queues the callback. `answer` runs on the callback thread and gives code, description and JSON.
    pub fn complete(mut self, answer: impl FnOnce() -> (i32, CString, CString) + Send + 'static) {
        self.queue(answer);
    }

    /// Queues the callback with a success that is at hand.
    pub fn answer(self, desc: CString, json: CString) {
        self.complete(move || (0, desc, json));
    }

    /// Queues the callback with an error and the empty form of the result.
    pub fn fail(mut self, error: Error) {
        let empty = self.empty;
        self.queue(move || (error.code, c_text(error.desc.into_owned()), c_text(empty)));
    }

    /// For calls that are told of before they are completed.
    pub fn progress(&self) -> Progress {
        Progress { callback: self.callback, user_data: self.user_data, epoch: self.epoch }
    }

    fn queue(&mut self, answer: impl FnOnce() -> (i32, CString, CString) + Send + 'static) {
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
    pub fn tell(&self, answer: impl FnOnce() -> (i32, CString, CString) + Send + 'static) {
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
            self.queue(move || (error.code, c_text(error.desc.into_owned()), c_text(empty)));
        }
    }
}
