//! How news reach the other servers of a service.
//!
//! All that matters goes by the log: what the bus carries may be lost, doubled and late. What it brings is given to
//! [`Hub::heard`](crate::hub::Hub::heard).

use imsdk_service::News;

/// See the module.
pub(crate) trait Bus: Send + Sync {
    /// Tells the other servers what was committed here. Does not wait.
    fn publish(&self, app: u64, news: &News);
}

/// There are no other servers.
pub(crate) struct Alone;

impl Bus for Alone {
    fn publish(&self, _app: u64, _news: &News) {}
}
