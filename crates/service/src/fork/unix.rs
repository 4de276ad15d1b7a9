//! Descriptors that a forked child must not keep.
//!
//! A kernel file lock belongs to the open file, which a child of `fork` shares until it runs another program: a child that never does
//! would hold the lock of a parent that was killed, and would keep its doorbell answering. The library closes these descriptors in the
//! child; the parent keeps what it has.

use std::os::fd::{AsRawFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};

const FREE: RawFd = -1;

/// More than these are not closed in children: nobody opens so many stores and sessions at once.
static KEPT: [AtomicI32; 256] = [const { AtomicI32::new(FREE) }; 256];

/// Those that are open. Safe in a child of `fork`: it takes no lock and no memory.
pub fn descriptors() -> impl Iterator<Item = RawFd> {
    KEPT.iter().map(|slot| slot.load(Ordering::SeqCst)).filter(|fd| *fd != FREE)
}

/// Names a descriptor as one of these. It is dropped before the descriptor is closed.
#[derive(Debug)]
pub struct Kept(Option<&'static AtomicI32>);

impl Kept {
    /// Children shall not have it.
    pub fn from_children(of: &impl AsRawFd) -> Self {
        let fd = of.as_raw_fd();
        let taken = |slot: &&AtomicI32| {
            slot.compare_exchange(FREE, fd, Ordering::SeqCst, Ordering::SeqCst).is_ok()
        };
        Self(KEPT.iter().find(taken))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(slot) = self.0 {
            slot.store(FREE, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_is_named_as_long_as_it_is_open() {
        let file = tempfile::tempfile().unwrap();
        let kept = Kept::from_children(&file);
        assert!(descriptors().any(|fd| fd == file.as_raw_fd()));
        drop(kept);
        assert!(descriptors().all(|fd| fd != file.as_raw_fd()));
    }
}
