//! Groups: life, members, roles, requests to join.

use imsdk_types::Error;
use imsdk_types::wire::Response;
use imsdk_types::wire::group::Request;

use crate::store::Store;
use crate::{Clock, News, Service, Session};

impl<C: Clock> Service<C> {
    /// Answers a request of this area.
    pub(crate) async fn group<S: Store>(
        &self,
        _store: &mut S,
        _session: &Session,
        request: Request,
        _news: &mut News,
    ) -> Result<Response, Error> {
        match request {}
    }
}
