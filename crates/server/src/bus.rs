//! How news reach the other servers of a service.
//!
//! All that matters goes by the log: what the bus carries may be lost, doubled and late.

mod nats;

use std::sync::Arc;

use imsdk_service::News;

pub(crate) use nats::NatsBus;

/// What news are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Topic {
    pub(crate) app: u64,
    /// The number of its service, which its database has drawn: servers of another database may use the same bus, with the same app.
    pub(crate) service: u64,
}

/// What a bus brings.
#[derive(Clone, Debug)]
pub(crate) enum Heard {
    /// What another server has committed, perhaps of a service that nobody has here.
    News(Topic, Box<News>),
    /// Another server has changed what is set for some application.
    Settings,
    /// Some of it was lost.
    Gap,
}

/// Who is told what a bus brings. It does not wait.
pub(crate) type Ear = Arc<dyn Fn(Heard) + Send + Sync>;

/// See the module.
pub(crate) trait Bus: Send + Sync {
    /// Tells the other servers what was committed here. Does not wait.
    fn publish(&self, topic: Topic, news: News);
    /// Tells them that what is set for an application was changed here. Does not wait.
    fn publish_settings(&self);
    /// Something may have been committed here of which nothing can be told: the others look everywhere. Does not wait.
    fn lose(&self);
    /// From now on `ear` is told what the others have committed.
    fn listen(&self, ear: Ear);
    /// Tells nothing more, and waits until all is told, or for some seconds. Not on a thread of the runtime.
    fn end(&self);
}

/// There are no other servers.
pub(crate) struct Alone;

impl Bus for Alone {
    fn publish(&self, _topic: Topic, _news: News) {}

    fn publish_settings(&self) {}

    fn lose(&self) {}

    fn listen(&self, _ear: Ear) {}

    fn end(&self) {}
}
