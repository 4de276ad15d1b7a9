//! The library's log: lines in the form that TIM programs know, to a file, the console and the program's log callback.
//!
//! Code logs with the macros of [`tracing`]; a layer makes each event a line and hands it to the sink, which is the thread that calls the
//! program ([`set_sink`]) and which does the writing ([`write()`]), so that no other thread waits for a disk. What is switched off
//! costs a load and a comparison.
//!
//! | tracing | level | letter |
//! |---|---|---|
//! | `trace!` | 2 | V |
//! | `debug!` | 3 | D |
//! | `info!` | 4 | I |
//! | `warn!` | 5 | W |
//! | `error!` | 6 | E |
//! | `error!(target: log::ASSERT, …)`: a bug | 7 | A |
//!
//! A line shows the message and then the other fields as `key:value`. The function it names is the field `func`, else the
//! span around the event, else the module.
//!
//! **What people write to each other is never logged**, at no level: no text, no custom data, no draft, no remark, no signature, no key.
//! User ids, group ids, message ids, numbers and codes may be.
//!
//! The settings count from the moment they are made and may change at any time. Nothing happens before the first [`configure`].
//! All functions may be called from any thread.

mod file;
mod layer;
mod zone;

use std::cell::Cell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;

use file::DayFile;
use layer::{Lines, format_line};

/// Target of an event that is a bug in this library: it makes an `error!` an assert, level 7.
pub const ASSERT: &str = "imsdk::assert";

const INFO: u8 = 4;
const WARN: u8 = 5;

/// What is logged, and where to. The default is nothing, nowhere.
///
/// Levels are those of the C interface: 0 nothing, 1 and 2 everything, 3 debug, 4 info, 5 warnings, 6 errors, 7 asserts; a line
/// goes where its level is at least the place's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogSettings {
    /// Level for the file and the console.
    pub file_level: u8,
    /// Level for the log callback.
    pub callback_level: u8,
    /// Whether lines also go to the standard output.
    pub console: bool,
    /// Directory of the log files, made when the first line is written; `None`: no file.
    pub dir: Option<PathBuf>,
}

/// One line on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// 2 verbose, 3 debug, 4 info, 5 warning, 6 error, 7 assert.
    pub level: u8,
    /// The line, ending in a newline. It holds no NUL and, but for the banner, no other newline.
    pub text: String,
    /// For the file ([`write()`] does it).
    pub to_file: bool,
    /// For the standard output ([`write()`] does it).
    pub to_console: bool,
    /// For the program's log callback, with `level` and `text`.
    pub to_callback: bool,
}

/// Takes a line over. It is called on the thread that logged, so it must not block.
type Sink = Box<dyn Fn(LogLine) + Send + Sync>;

static LOG: Log = Log::new();

/// Changes what is logged, from now on.
pub fn configure(settings: &LogSettings) {
    install();
    LOG.configure(settings);
}

/// Lets this process's `tracing` events come here. [`configure`] does it too; again does nothing. In a Rust program that has
/// a subscriber of its own, that one stays and gets the events.
pub fn install() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let subscriber = tracing_subscriber::registry().with(Lines(&LOG));
        let _ = tracing::subscriber::set_global_default(subscriber);
    });
}

/// Registers who takes the lines, once for the life of the process; until then they are written where they arise.
///
/// `sink` runs on any thread, several at a time, and must not block. It calls [`write()`] later, and the log callback inside
/// [`quiet`]. Returns whether it was the first; a later one is ignored.
pub fn set_sink(sink: Box<dyn Fn(LogLine) + Send + Sync>) -> bool {
    LOG.sink.set(sink).is_ok()
}

/// Writes a line to console and file, as far as it is meant for them. A full disk or a directory that cannot be
/// written to loses the line, and makes one warning.
pub fn write(line: &LogLine) {
    LOG.write(line);
}

/// Logs the few lines that tell a reader which library this is, at level 4.
pub fn banner(version: &str, app_id: u64) {
    LOG.banner(version, app_id);
}

/// Logs a line of the program's own, at a level from 1 to 7; what it says is the program's matter. `source` is a file and a line in it.
pub fn line(level: u8, source: (&str, u32), function: &str, content: &str) {
    LOG.log(level, || format_line(level, source, function, content));
}

/// Runs `f` without logging anything from this thread: for code that a line may lead to, such as the log callback, so
/// that no line leads to the next for ever.
pub fn quiet<R>(f: impl FnOnce() -> R) -> R {
    let _quiet = Quiet::enter();
    f()
}

/// The switches and the places of a log.
struct Log {
    switches: AtomicU32,
    dir: Mutex<Option<Arc<Path>>>,
    /// Apart from `dir`: who changes the settings does not wait for the disk.
    file: Mutex<DayFile>,
    sink: OnceLock<Sink>,
}

impl Log {
    const fn new() -> Self {
        Self {
            switches: AtomicU32::new(0),
            dir: Mutex::new(None),
            file: Mutex::new(DayFile::new()),
            sink: OnceLock::new(),
        }
    }

    fn configure(&self, settings: &LogSettings) {
        // Two at once could leave `tracing` with the level of the one and this log with that of the other.
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        let _one = ONE_AT_A_TIME.lock();
        *self.dir.lock() = settings.dir.as_deref().map(Into::into);
        let switches = Switches {
            file: if settings.dir.is_some() { settings.file_level } else { 0 },
            console: if settings.console { settings.file_level } else { 0 },
            callback: settings.callback_level,
        };
        let old = self.switches.swap(switches.pack(), Ordering::Relaxed);
        if old != switches.pack() {
            // `tracing` remembers the lowest level that anybody takes.
            tracing::callsite::rebuild_interest_cache();
        }
    }

    fn switches(&self) -> Switches {
        Switches::unpack(self.switches.load(Ordering::Relaxed))
    }

    /// Sends a line to the places that want its level; `text` is made only if there is one.
    fn log(&self, level: u8, text: impl FnOnce() -> String) {
        let switches = self.switches();
        let [to_file, to_console, to_callback] =
            switches.places().map(|place| passes(level, place));
        if to_file || to_console || to_callback {
            self.hand(LogLine { level, text: text(), to_file, to_console, to_callback });
        }
    }

    fn hand(&self, line: LogLine) {
        let _quiet = Quiet::enter();
        match self.sink.get() {
            Some(sink) => sink(line),
            None => self.write(&line),
        }
    }

    fn write(&self, line: &LogLine) {
        let _quiet = Quiet::enter();
        if line.to_console {
            // Not `print!`, which panics when nobody reads.
            let _ = std::io::stdout().lock().write_all(line.text.as_bytes());
        }
        if !line.to_file {
            return;
        }
        let Some(dir) = self.dir.lock().clone() else {
            return;
        };
        let today = zone::now().date();
        let failure = self.file.lock().append(&dir, today, &line.text);
        if let Err(Some(error)) = failure {
            let [_, console, callback] = self.switches().places();
            self.hand(LogLine {
                level: WARN,
                text: format_line(
                    WARN,
                    (file!(), line!()),
                    "write",
                    format_args!("log lines are lost|dir:{}|reason:{error}", dir.display()),
                ),
                to_file: false,
                to_console: passes(WARN, console),
                to_callback: passes(WARN, callback),
            });
        }
    }

    fn banner(&self, version: &str, app_id: u64) {
        self.log(INFO, || {
            let rule = "=".repeat(74);
            let platform = std::env::consts::OS;
            format!(
                "TIM: {rule}\n\
                 TIM: ======  SDK APP ID:  {app_id}\n\
                 TIM: ======  SDK Version: {version}\n\
                 TIM: ======  Platform:    {platform}\n\
                 TIM: {rule}\n"
            )
        });
    }
}

/// The lowest level that each place takes; 0: none.
struct Switches {
    file: u8,
    console: u8,
    callback: u8,
}

impl Switches {
    fn places(&self) -> [u8; 3] {
        [self.file, self.console, self.callback]
    }

    fn pack(&self) -> u32 {
        u32::from_le_bytes([self.file, self.console, self.callback, 0])
    }

    fn unpack(packed: u32) -> Self {
        let [file, console, callback, _] = packed.to_le_bytes();
        Self { file, console, callback }
    }

    /// Whether any place takes this level.
    fn take(&self, level: u8) -> bool {
        self.places().into_iter().any(|place| passes(level, place))
    }

    /// The most talkative `tracing` level that any place takes.
    fn most(&self) -> LevelFilter {
        match self.places().into_iter().filter(|&place| place != 0).min() {
            Some(1 | 2) => LevelFilter::TRACE,
            Some(3) => LevelFilter::DEBUG,
            Some(4) => LevelFilter::INFO,
            Some(5) => LevelFilter::WARN,
            Some(6 | 7) => LevelFilter::ERROR,
            None | Some(_) => LevelFilter::OFF,
        }
    }
}

fn passes(level: u8, place: u8) -> bool {
    place != 0 && level >= place
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, this thread logs nothing.
struct Quiet {
    before: bool,
}

impl Quiet {
    fn enter() -> Self {
        Self { before: QUIET.replace(true) }
    }

    /// `None` on a thread that is quiet already.
    fn enter_first() -> Option<Self> {
        Some(Self::enter()).filter(|quiet| !quiet.before)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        QUIET.set(self.before);
    }
}

#[cfg(test)]
mod tests;
