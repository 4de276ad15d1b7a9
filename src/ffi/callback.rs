//! A C callback with its user_data, on the way to the callback thread.

use std::ffi::{CString, c_void};

use imsdk_types::{Error, TIMCommCallback};

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
    let mut bytes = text.into();
    if let Some(nul) = bytes.iter().position(|byte| *byte == 0) {
        bytes.truncate(nul);
    }
    CString::new(bytes).unwrap_or_default()
}

/// A `TIMCommCallback` that is owed one call.
///
/// Completing it queues the call. Dropping it without completing it is a defect: the program waits for ever.
pub struct Completion {
    callback: TIMCommCallback,
    user_data: UserData,
    epoch: u64,
}

impl Completion {
    /// For a call that is being made now.
    pub fn new(callback: TIMCommCallback, user_data: *const c_void) -> Self {
        Self { callback, user_data: UserData(user_data), epoch: dispatcher().epoch() }
    }

    /// Queues the callback. `answer` runs on the callback thread and gives code, description and JSON.
    pub fn complete(self, answer: impl FnOnce() -> (i32, CString, CString) + Send + 'static) {
        let Self { callback, user_data, epoch } = self;
        let Some(callback) = callback else { return };
        dispatcher().post(epoch, move || {
            let (code, desc, json) = answer();
            let user_data = user_data;
            // SAFETY: `callback` is the function that the program passed for this very call, with the signature of the public
            // typedef; both strings end with NUL and live until it returns; no lock of ours is held.
            unsafe { callback(code, desc.as_ptr(), json.as_ptr(), user_data.0) }
        });
    }

    /// Queues the callback with an error and the empty form of the result.
    pub fn fail(self, error: Error, empty: &'static str) {
        self.complete(move || (error.code, c_text(error.desc.into_owned()), c_text(empty)));
    }
}
