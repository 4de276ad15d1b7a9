//! Friends, requests, friend groups, the black list.

use imsdk_types::Error;
use imsdk_types::wire::friendship::Notice;

use crate::core::Core;

impl Core {
    /// What the account's log tells about this area.
    pub(crate) fn friendship_notice(&mut self, notice: Notice) -> Result<(), Error> {
        match notice {}
    }
}
