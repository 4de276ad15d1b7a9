//! The functions that are exported but not built yet: the one visible place, which shrinks to
//! nothing.
//!
//! They check their arguments as they always will, and answer 6013 and 6014 like all others; a user
//! who is logged in gets 7013. To build one: call a method of the client in `src/capi` and take its
//! name out of here.

use std::ffi::{c_int, c_void};

use imsdk_types::{Code, Error, TIMCommCallback};

use super::{Client, Done, Empty, Refusal, request};

/// One name for each function that is not built yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "a variant is the name of the function")]
pub enum Unsupported {
    TIMGroupCreate,
    TIMGroupDelete,
    TIMGroupDeleteMember,
    TIMGroupGetGroupInfoList,
    TIMGroupGetJoinedGroupList,
    TIMGroupGetMemberInfoList,
    TIMGroupGetPendencyList,
    TIMGroupHandlePendency,
    TIMGroupInviteMember,
    TIMGroupJoin,
    TIMGroupModifyGroupInfo,
    TIMGroupModifyMemberInfo,
    TIMGroupQuit,
    TIMGroupReportPendencyReaded,
}

impl Unsupported {
    /// The error that its callback gets.
    fn error(self) -> Error {
        Error::new(
            Code::SdkInterfaceNotSupport,
            format!("{self:?} is not supported by this version of the library"),
        )
    }
}

/// An asynchronous function that is not built yet. `check` reads the arguments; what it makes of
/// them is dropped.
pub fn unsupported<T>(
    function: Unsupported,
    callback: TIMCommCallback,
    user_data: *const c_void,
    empty: Empty,
    check: impl FnOnce() -> Result<T, Refusal>,
) -> c_int {
    request(callback, user_data, empty, || {
        check()?;
        Ok(move |client: &Client, done: Done| {
            done.fail(client.check_login().err().unwrap_or_else(|| function.error()))
        })
    })
}
