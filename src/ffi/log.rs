//! The log's way to the callback thread: that thread alone writes the file, prints, and calls the log listener, so that logging costs
//! other threads no I/O.

use std::sync::Once;

use imsdk_client::log;

use super::dispatcher::dispatcher;
use super::listener::deliver_log;

static SINK: Once = Once::new();

/// Connects the log with the dispatcher, once in a process.
pub fn connect() {
    SINK.call_once(|| {
        log::install();
        log::set_sink(Box::new(|line| {
            let epoch = dispatcher().epoch();
            dispatcher().post_always(epoch, move || {
                log::write(&line);
                if line.to_callback && dispatcher().is_current(epoch) {
                    // What the listener's calls would log goes nowhere, or it would be called for that again, and so on.
                    log::quiet(|| deliver_log(line.level, &line.text));
                }
            });
        }));
    });
}
