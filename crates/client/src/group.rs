//! Groups.

use imsdk_types::Error;
use imsdk_types::wire::group::Notice;

use crate::core::Core;

impl Core {
    /// What the account's log tells about this area.
    pub(crate) fn group_notice(&mut self, notice: Notice) -> Result<(), Error> {
        match notice {}
    }
}
