//! The log files: `imsdk_YYYYMMDD.log`, one for each local day, kept seven days.
//!
//! Not tracing-appender's rolling files: their days and names are those of UTC, they remove by count whatever begins and ends like
//! them, which in a directory of the program's choice may be its own files, and they print their errors on the program's
//! standard error.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

/// For how many days after its own a file is kept.
const KEEP_DAYS: i32 = 7;

/// The file of the day, opened when there is something to write. Processes may share a directory: each line is appended in
/// one piece.
pub(super) struct DayFile {
    open: Option<(Arc<Path>, Date, File)>,
    failing: Option<Arc<Path>>,
}

impl DayFile {
    pub(super) const fn new() -> Self {
        Self { open: None, failing: None }
    }

    /// Appends `text` to the file of `day` in `dir`. An error carries its reason only the first time that a directory
    /// fails after it had worked.
    pub(super) fn append(
        &mut self,
        dir: &Arc<Path>,
        day: Date,
        text: &str,
    ) -> Result<(), Option<io::Error>> {
        match self.try_append(dir, day, text) {
            Ok(()) => {
                self.failing = None;
                Ok(())
            }
            Err(error) => {
                let known = self.failing.replace(dir.clone());
                Err(Some(error).filter(|_| known.as_ref() != Some(dir)))
            }
        }
    }

    fn try_append(&mut self, dir: &Arc<Path>, day: Date, text: &str) -> io::Result<()> {
        let current =
            |(open_dir, open_day, _): &(Arc<Path>, Date, File)| open_dir == dir && *open_day == day;
        if !self.open.as_ref().is_some_and(current) {
            self.open = None;
        }
        let file = match &mut self.open {
            Some((_, _, file)) => file,
            none => {
                let file = start(dir, day)?;
                &mut none.insert((dir.clone(), day, file)).2
            }
        };
        file.write_all(text.as_bytes())
    }
}

/// Opens the file of a day, and removes those whose time is over.
fn start(dir: &Path, day: Date) -> io::Result<File> {
    fs::create_dir_all(dir)?;
    // Losing the log over an old file that cannot be removed would be the wrong way round.
    let _ = remove_old(dir, day);
    OpenOptions::new().append(true).create(true).open(dir.join(name_of(day)))
}

fn remove_old(dir: &Path, day: Date) -> io::Result<()> {
    let first = day.saturating_sub(KEEP_DAYS.days());
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let old = entry.file_name().to_str().and_then(day_of).is_some_and(|day| day < first);
        if old && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn name_of(day: Date) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    format!("imsdk_{year:04}{month:02}{day:02}.log")
}

/// The day of a log file, and of nothing else.
fn day_of(name: &str) -> Option<Date> {
    let digits = name.strip_prefix("imsdk_")?.strip_suffix(".log")?;
    let number: i32 = digits.parse().ok()?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let day = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    // The way back, because a number can be written in several ways.
    day.ok().filter(|&day| name_of(day) == name)
}

#[cfg(test)]
mod tests;
