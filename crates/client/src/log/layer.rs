//! From a `tracing` event to a line.

use std::cell::Cell;
use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::{ASSERT, Log, Quiet, WARN};

/// The layer that feeds a log.
pub(super) struct Lines(pub(super) &'static Log);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    /// Always asks [`Self::enabled`]: an answer that `tracing` remembers while the settings change could be the old one, and
    /// stay. What no place takes is still cheap, because of [`Self::max_level_hint`].
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let level = level(metadata);
        // Other crates do not keep our rule about what people write; what they tell below a warning may be anything.
        self.0.switches().take(level) && (level >= WARN || ours(metadata.target()))
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.0.switches().most())
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(_quiet) = Quiet::enter_first() else {
            return;
        };
        let metadata = event.metadata();
        let level = level(metadata);
        self.0.log(level, || {
            let mut named = Named::default();
            event.record(&mut named);
            let span = context.event_span(event);
            let function = match &named.function {
                Some(name) => name,
                None => match &span {
                    Some(span) => span.name(),
                    None => metadata.target().rsplit("::").next().unwrap_or_default(),
                },
            };
            let source = (metadata.file().unwrap_or_default(), metadata.line().unwrap_or_default());
            format_line(level, source, function, Content(event))
        });
    }
}

fn level(metadata: &Metadata<'_>) -> u8 {
    match *metadata.level() {
        Level::TRACE => 2,
        Level::DEBUG => 3,
        Level::INFO => 4,
        Level::WARN => WARN,
        Level::ERROR if metadata.target() == ASSERT => 7,
        Level::ERROR => 6,
    }
}

/// Whether one of this project's crates speaks; the library itself is called `ImSDK`.
fn ours(target: &str) -> bool {
    let name = target.as_bytes().first_chunk::<5>();
    name.is_some_and(|name| name.eq_ignore_ascii_case(b"imsdk"))
}

/// Makes a line. `source` is a file (its directories are left out) and a line number.
pub(super) fn format_line(
    level: u8,
    source: (&str, u32),
    function: &str,
    content: impl fmt::Display,
) -> String {
    let letter = match level {
        ..=2 => 'V',
        3 => 'D',
        4 => 'I',
        5 => 'W',
        6 => 'E',
        _ => 'A',
    };
    let now = super::zone::now();
    let (file, line) = source;
    let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut out = String::with_capacity(256);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "TIM: {:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03} {letter} {}-{:<10}|-",
        now.year(),
        now.month(),
        now.day(),
        now.hour(),
        now.minute(),
        now.second(),
        now.millisecond(),
        std::process::id(),
        thread_number(),
    );
    let start = out.len();
    let _ = write!(out, "{file}:{line}");
    let width = out.len() - start;
    let _ = write!(out, "{:1$} ", "", 39_usize.saturating_sub(width));
    let _ = write!(out, "{function:<40}|");
    let _ = write!(Escaped(&mut out), "{content}");
    out.push('\n');
    out
}

/// The message of an event, and its fields.
struct Content<'a>(&'a Event<'a>);

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.record(&mut Message(f));
        self.0.record(&mut Fields(f));
        Ok(())
    }
}

/// Writes the message.
struct Message<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Visit for Message<'_, '_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}

/// Writes all fields but the message and the function.
struct Fields<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Visit for Fields<'_, '_> {
    /// Without quotation marks.
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if !matches!(field.name(), "message" | "func") {
            let _ = write!(self.0, "|{}:{value:?}", field.name());
        }
    }
}

/// Finds the function that an event names.
#[derive(Default)]
struct Named {
    function: Option<String>,
}

impl Visit for Named {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "func" {
            self.function = Some(format!("{value:?}"));
        }
    }
}

/// Keeps a line one line, and free of what a terminal would obey.
struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if c.is_control() {
                self.0.extend(c.escape_debug());
            } else {
                self.0.push(c);
            }
        }
        Ok(())
    }
}

thread_local! {
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// The number by which the system knows this thread, as debuggers show it; where it is not known, one of our own.
fn thread_number() -> u32 {
    let mut number = NUMBER.get();
    if number == 0 {
        number = new_number();
        NUMBER.set(number);
    }
    number
}

#[cfg(target_os = "linux")]
fn new_number() -> u32 {
    rustix::thread::gettid().as_raw_nonzero().get().unsigned_abs()
}

#[cfg(not(target_os = "linux"))]
fn new_number() -> u32 {
    static LAST: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    1 + LAST.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}
