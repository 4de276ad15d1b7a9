//! The host process: its end, its children, and where it has the library from.

use std::ffi::{CStr, OsStr};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use super::dispatcher::dispatcher;

static WATCH: Once = Once::new();
static FORKED: AtomicBool = AtomicBool::new(false);

/// Whether this process is a fork of the one that the library's threads live in. Nothing works here: the threads are not
/// there, and a lock may be held by one of them for ever.
pub fn is_forked() -> bool {
    FORKED.load(Ordering::Relaxed)
}

/// Watches for the end of the process and for forks, once in a process.
pub fn watch() {
    WATCH.call_once(|| {
        // SAFETY: both functions are `extern "C"`, never unwind, and live as long as the process, since the library is never
        // unloaded.
        let failed = unsafe {
            libc::atexit(ended) != 0 || libc::pthread_atfork(None, None, Some(forked)) != 0
        };
        if failed {
            tracing::warn!("the end of the process cannot be watched");
        }
    });
}

/// The program leaves by `exit`: its static objects are about to die, and callbacks must not find them dead.
extern "C" fn ended() {
    if !is_forked() {
        dispatcher().end_epoch();
        dispatcher().settle();
    }
}

extern "C" fn forked() {
    FORKED.store(true, Ordering::Relaxed);
    for descriptor in imsdk_client::fork::descriptors() {
        // SAFETY: closing may be done in a child at once after the fork. The owner of the descriptor is never used here again, nor
        // dropped: its thread is not in this process.
        unsafe { libc::close(descriptor) };
    }
}

/// The directory that this library was loaded from, where the system tells.
pub fn library_dir() -> Option<PathBuf> {
    let mut found = MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: the address is one of this library's own data; `found` is a place for the answer.
    let known = unsafe { libc::dladdr((&raw const WATCH).cast(), found.as_mut_ptr()) };
    if known == 0 {
        return None;
    }
    // SAFETY: zeroed is a valid `Dl_info`, and dladdr has filled it.
    let found = unsafe { found.assume_init() };
    if found.dli_fname.is_null() {
        return None;
    }
    // SAFETY: dladdr gives a text that ends with NUL and lives as long as the library is loaded.
    let name = unsafe { CStr::from_ptr(found.dli_fname) };
    let path = PathBuf::from(OsStr::from_bytes(name.to_bytes()));
    path.canonicalize().ok()?.parent().map(PathBuf::from)
}
