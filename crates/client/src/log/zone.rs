//! The local time of a line.

use std::sync::OnceLock;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Now, in the zone that the system had when the first line was written.
pub(super) fn now() -> Zoned {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    Timestamp::now().to_zoned(ZONE.get_or_init(zone).clone())
}

/// The system's own file says it at once; to find its name, all zones would have to be listed, which costs a start a
/// millisecond.
fn zone() -> TimeZone {
    if std::env::var_os("TZ").is_none()
        && let Ok(file) = std::fs::read("/etc/localtime")
        && let Ok(zone) = TimeZone::tzif("Local", &file)
    {
        return zone;
    }
    TimeZone::system()
}
