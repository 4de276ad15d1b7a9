//! Message loops: a window that only receives messages, on a thread of the program, stands for the thread's.

use std::cell::Cell;
use std::io;
use std::ptr;
use std::sync::OnceLock;
use std::thread;

use imsdk_client::config::Callbacks;
use imsdk_types::{Code, Error};
use windows_sys::Win32::Foundation::{HMODULE, HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::System::LibraryLoader::{
    GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleHandleW,
};
use windows_sys::Win32::System::SystemServices::{IMAGE_DOS_HEADER, IMAGE_DOS_SIGNATURE};
use windows_sys::Win32::System::Threading::GetCurrentThreadId;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DefWindowProcW, DestroyWindow, EnumThreadWindows, FindWindowExW,
    GetClassNameW, GetQueueStatus, GetWindowThreadProcessId, HWND_MESSAGE, KillTimer, PostMessageW,
    PostThreadMessageW, QS_INPUT, QS_PAINT, QS_TIMER, RegisterClassW, SetTimer, WM_APP,
    WM_NCDESTROY, WM_NULL, WM_TIMER, WNDCLASSW,
};
use windows_sys::core::{BOOL, w};

use crate::ffi::process;

/// Run what is queued.
const RUN: u32 = WM_APP;

/// Leave the thread.
const CLOSE: u32 = WM_APP + 1;

/// Milliseconds; the system makes them more. A timer's message comes when no other waits.
const LATER: u32 = 10;

/// `ERROR_NOT_ENOUGH_QUOTA`: ten thousand messages wait.
const FULL: i32 = 1816;

/// What a window calls, with its number.
#[derive(Clone, Copy)]
struct Owner {
    run: fn(usize),
    gone: fn(usize),
}

static OWNER: OnceLock<Owner> = OnceLock::new();

#[link(name = "ntdll")]
unsafe extern "system" {
    fn RtlDllShutdownInProgress() -> u8;
}

/// Tells when a thread with one of our windows ends: the system removes the window without a word.
struct Here(Cell<usize>);

thread_local! {
    static HERE: Here = const { Here(Cell::new(0)) };
}

impl Drop for Here {
    fn drop(&mut self) {
        // SAFETY: it takes nothing and only reads.
        let process_ends = unsafe { RtlDllShutdownInProgress() } != 0;
        // At the end of the process all other threads were ended wherever they were, some maybe with our locks.
        if let Some(owner) = OWNER.get()
            && self.0.get() != 0
            && !process_ends
        {
            (owner.gone)(self.0.get());
        }
    }
}

/// The message loop of a thread of the program.
pub(super) struct MessageLoop {
    window: usize,
    thread: u32,
}

impl MessageLoop {
    /// That of the caller, if callbacks are to come there: if it has a window, or can have one and the program is one with windows.
    ///
    /// # Errors
    /// 6017 if one is asked for and the system has no window for it.
    pub(super) fn of_this_thread(
        callbacks: Callbacks,
        run: fn(usize),
        gone: fn(usize),
    ) -> Result<Option<Self>, Error> {
        // SAFETY: it takes nothing.
        let thread = unsafe { GetCurrentThreadId() };
        let wanted = match callbacks {
            Callbacks::Thread => false,
            Callbacks::Loop => true,
            Callbacks::Auto => has_window(thread) || (is_gui_program() && has_queue(thread)),
        };
        if !wanted {
            return Ok(None);
        }
        OWNER.get_or_init(|| Owner { run, gone });
        let window = open().map_err(|error| {
            Error::new(Code::InvalidParameters, format!("callbacks: no window: {error}"))
        })?;
        HERE.with(|here| here.0.set(window));
        Ok(Some(Self { window, thread }))
    }

    /// Sets it apart from others.
    pub(super) fn number(&self) -> usize {
        self.window
    }

    /// Makes it call `run`; `false` if its queue is full, an error if its thread is gone.
    pub(super) fn ring(&self) -> io::Result<bool> {
        // SAFETY: a window that is gone is an error; the message carries nothing.
        if unsafe { PostMessageW(self.window as HWND, RUN, 0, 0) } != 0 {
            return Ok(true);
        }
        match io::Error::last_os_error() {
            error if error.raw_os_error() == Some(FULL) => Ok(false),
            error => Err(error),
        }
    }

    /// The same when it has nothing else to do; `false` if nothing else waits.
    pub(super) fn ring_later(&self) -> bool {
        // SAFETY: both are called on the thread of the window, which is ours; the timer calls no function.
        unsafe {
            GetQueueStatus(QS_INPUT | QS_PAINT | QS_TIMER) >> 16 != 0
                && SetTimer(self.window as HWND, 1, LATER, None) != 0
        }
    }

    /// Leaves the thread.
    pub(super) fn close(self) {
        // SAFETY: the window is ours; only its own thread may destroy it, others ask it to.
        unsafe {
            if GetCurrentThreadId() == self.thread {
                DestroyWindow(self.window as HWND);
            } else {
                PostMessageW(self.window as HWND, CLOSE, 0, 0);
            }
        }
    }
}

fn open() -> io::Result<usize> {
    let name = w!("imsdk callbacks");
    let module = process::module(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT);
    let module: HMODULE = module.unwrap_or(ptr::null_mut());
    let class = WNDCLASSW {
        style: 0,
        lpfnWndProc: Some(procedure),
        cbClsExtra: 0,
        cbWndExtra: 0,
        hInstance: module,
        hIcon: ptr::null_mut(),
        hCursor: ptr::null_mut(),
        hbrBackground: ptr::null_mut(),
        lpszMenuName: ptr::null(),
        lpszClassName: name,
    };
    // SAFETY: the names end with NUL, and the procedure lives as long as the process, since the library is never unloaded. A class
    // that is registered already is an error that changes nothing.
    let window = unsafe {
        RegisterClassW(&class);
        CreateWindowExW(
            0,
            name,
            name,
            0,
            0,
            0,
            0,
            0,
            HWND_MESSAGE,
            ptr::null_mut(),
            module,
            ptr::null(),
        )
    };
    if window.is_null() { Err(io::Error::last_os_error()) } else { Ok(window as usize) }
}

unsafe extern "system" fn procedure(
    window: HWND,
    message: u32,
    first: WPARAM,
    second: LPARAM,
) -> LRESULT {
    let number = window as usize;
    match (message, OWNER.get()) {
        (RUN, Some(owner)) => (owner.run)(number),
        (WM_TIMER, Some(owner)) => {
            // SAFETY: the timer is one of this window.
            unsafe { KillTimer(window, first) };
            (owner.run)(number);
        }
        (CLOSE, _) => {
            // SAFETY: this is the window's own thread.
            unsafe { DestroyWindow(window) };
        }
        (WM_NCDESTROY, Some(owner)) => {
            // The number may become another thread's.
            let _ = HERE.try_with(|Here(window)| {
                if window.get() == number {
                    window.set(0);
                }
            });
            (owner.gone)(number);
        }
        // SAFETY: what the system gave is handed on unchanged.
        _ => return unsafe { DefWindowProcW(window, message, first, second) },
    }
    0
}

/// Whether a thread has a window: one that can be seen, or one that only receives messages, as toolkits have it from their start.
fn has_window(thread: u32) -> bool {
    unsafe extern "system" fn found(_: HWND, answer: LPARAM) -> BOOL {
        // SAFETY: it is the flag below, which outlives the enumeration.
        unsafe { *(answer as *mut bool) = true };
        0
    }
    let mut any = false;
    // SAFETY: `found` is called before this returns, with the address of `any`.
    unsafe { EnumThreadWindows(thread, Some(found), (&raw mut any) as LPARAM) };
    let mut last = ptr::null_mut();
    while !any {
        // SAFETY: null for class and name takes every window; one that is gone ends the list.
        last = unsafe { FindWindowExW(HWND_MESSAGE, last, ptr::null(), ptr::null()) };
        if last.is_null() {
            break;
        }
        // SAFETY: the process is not asked for.
        any = unsafe { GetWindowThreadProcessId(last, ptr::null_mut()) } == thread
            && !is_of_system(last);
    }
    any
}

/// COM gives a window to threads that may have no loop.
fn is_of_system(window: HWND) -> bool {
    let mut name = [0; 64];
    // SAFETY: `name` has the room that is said.
    let length = unsafe { GetClassNameW(window, name.as_mut_ptr(), name.len() as i32) };
    String::from_utf16_lossy(&name[..length.max(0) as usize]).starts_with("OleMainThreadWndClass")
}

/// Whether the program says of itself that it is one with windows.
fn is_gui_program() -> bool {
    /// Of the fields of a PE header: where its place stands, and where the subsystem stands in it (for 32 and 64 bits alike).
    const PLACE: usize = std::mem::offset_of!(IMAGE_DOS_HEADER, e_lfanew);
    const SUBSYSTEM: usize = 4 + 20 + 68;
    const GUI: u16 = 2;
    // SAFETY: the handle of the program's module is the address of its headers, which stay mapped as long as the process.
    unsafe {
        let program = GetModuleHandleW(ptr::null()).cast::<u8>();
        if program.is_null() || program.cast::<u16>().read_unaligned() != IMAGE_DOS_SIGNATURE {
            return false;
        }
        let header = program.add(program.add(PLACE).cast::<u32>().read_unaligned() as usize);
        header.add(SUBSYSTEM).cast::<u16>().read_unaligned() == GUI
    }
}

/// Whether a thread has a message queue. To ask for one's own would make it.
fn has_queue(thread: u32) -> bool {
    let asked = thread::Builder::new().spawn(move || {
        // SAFETY: a thread without a queue is an error, and the message says nothing.
        unsafe { PostThreadMessageW(thread, WM_NULL, 0, 0) != 0 }
    });
    asked.is_ok_and(|asked| asked.join().unwrap_or(false))
}
