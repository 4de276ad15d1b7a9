//! The host process: where it has the library from. Its end needs no watching, since the system ends all other threads before anything
//! else of a process goes; what the runtime of a program does before that is not told to libraries.

use std::ffi::OsString;
use std::os::windows::ffi::OsStringExt;
use std::path::PathBuf;
use std::ptr;
use std::sync::Once;

use windows_sys::Win32::Foundation::HMODULE;
use windows_sys::Win32::System::LibraryLoader::{
    GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN,
    GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleFileNameW, GetModuleHandleExW,
};

/// The longest path there is, in UTF-16 units with the NUL.
const LONGEST: usize = 32_768;

static WATCH: Once = Once::new();

/// Processes are not forked here.
pub fn is_forked() -> bool {
    false
}

/// Keeps the library loaded, once in a process: its threads would not survive a FreeLibrary.
pub fn watch() {
    WATCH.call_once(|| {
        if module(GET_MODULE_HANDLE_EX_FLAG_PIN).is_none() {
            tracing::warn!("the library cannot be kept loaded");
        }
    });
}

/// The directory that this library was loaded from, where the system tells.
pub fn library_dir() -> Option<PathBuf> {
    let mut name = vec![0; LONGEST];
    let module = module(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT)?;
    // SAFETY: the module stays loaded while its code runs; `name` has the room that is said.
    let length = unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), LONGEST as u32) } as usize;
    if length == 0 || length >= LONGEST {
        return None;
    }
    PathBuf::from(OsString::from_wide(&name[..length])).parent().map(PathBuf::from)
}

/// The module that this function is in.
pub(super) fn module(flag: u32) -> Option<HMODULE> {
    let mut module = ptr::null_mut();
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | flag;
    // SAFETY: with this flag the "name" is an address inside the module, here one of its own data; `module` is a place for the answer.
    let known = unsafe { GetModuleHandleExW(flags, (&raw const WATCH).cast(), &mut module) };
    (known != 0).then_some(module)
}
