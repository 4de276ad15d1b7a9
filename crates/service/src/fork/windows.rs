//! Descriptors that a forked child must not keep: processes are not forked here, and handles are not inherited.

/// Names a descriptor as one of these.
#[derive(Debug)]
pub struct Kept;

impl Kept {
    /// Children shall not have it.
    pub fn from_children<T>(_of: &T) -> Self {
        Self
    }
}
