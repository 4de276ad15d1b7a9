//! What a process takes, as Linux tells it.

use std::fs;
use std::time::Duration;

use imsdk_types::{Code, Error};

/// Ticks of processor time in a second, in what `/proc` tells.
const TICKS: u64 = 100;

/// What a process takes at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// Bytes of memory that are in use (resident).
    pub(crate) memory: u64,
    /// Processor time since it began.
    pub(crate) cpu: Duration,
}

impl Taken {
    /// # Errors
    /// 6017 if that is not to be had.
    pub(crate) fn of(pid: u32) -> Result<Self, Error> {
        let read = |name: &str| {
            let file = format!("/proc/{pid}/{name}");
            fs::read_to_string(&file)
                .map_err(|error| Error::new(Code::InvalidParameters, format!("{file}: {error}")))
        };
        let (status, stat) = (read("status")?, read("stat")?);
        Self::read(&status, &stat).ok_or_else(|| {
            Error::new(Code::InvalidParameters, format!("/proc/{pid} is not as on Linux"))
        })
    }

    fn read(status: &str, stat: &str) -> Option<Self> {
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = resident.split_whitespace().next()?.parse().ok()?;
        // The name, in parentheses, may have anything in it. The fields after it are counted from 3.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
        let cpu = Duration::from_millis((ticks(14)? + ticks(15)?) * 1000 / TICKS);
        Some(Self { memory: kibibytes << 10, cpu })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_linux_writes_it() {
        let stat = "7 (im (odd) name) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 5 0 1 2 3";
        let taken = Taken::read("Name:\tx\nVmRSS:\t    2048 kB\nThreads:\t5\n", stat).unwrap();
        assert_eq!((taken.memory, taken.cpu), (2 << 20, Duration::from_secs(3)));
        assert!(Taken::read("Name:\tx\n", stat).is_none());
    }
}
