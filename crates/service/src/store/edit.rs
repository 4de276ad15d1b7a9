//! What becomes of messages after they were sent.

use super::{Answer, Future};

/// Messages that were taken back, or that an account has deleted for itself.
pub trait EditStore: Send {
    /// Marks a message as taken back; `body` is what is left of it.
    fn revoke(
        &mut self,
        conv: u64,
        order: u64,
        body: &str,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Deletes a message for one account. Once more changes nothing.
    fn delete(
        &mut self,
        account: u64,
        conv: u64,
        order: u64,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Which of these places an account has deleted, in their order.
    fn deleted(
        &mut self,
        account: u64,
        conv: u64,
        orders: &[u64],
    ) -> impl Future<Output = Answer<Vec<u64>>> + Send;
}
