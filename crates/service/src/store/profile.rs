//! What the rules about profiles need from a database.

use std::future::Future;

use super::{AccountStore, Answer};

/// The profiles of accounts.
pub trait ProfileStore: AccountStore {
    /// What an account has set in its profile: a `UserProfileItem` as JSON; `None` if it never set anything.
    fn profile(&mut self, account: u64) -> impl Future<Output = Answer<Option<String>>> + Send;
    /// What accounts have set in their profiles, in the order of the list.
    fn profiles(
        &mut self,
        accounts: &[u64],
    ) -> impl Future<Output = Answer<Vec<Option<String>>>> + Send {
        one_by_one!(accounts, account => self.profile(*account))
    }
    /// Writes a profile.
    fn put_profile(&mut self, account: u64, body: &str) -> impl Future<Output = Answer<()>> + Send;
}
