//! Strings that are values rather than keys.

use crate::meta::ConstantMeta;

/// In `message_group_at_user_array`: everybody in the group.
pub const AT_ALL: &str = "__kImSDK_MessageAtALL__";

/// The older spelling of [`AT_ALL`], equally valid.
pub const AT_ALL_OLD: &str = "__kImSDK_MesssageAtALL__";

/// As a sound of a push: none.
pub const NO_SOUND: &str = "push.no_sound";

/// As a sound of a push: the system's.
pub const DEFAULT_SOUND: &str = "default";

/// All string constants that a header has beside the keys.
pub static CONSTANTS: &[ConstantMeta] = &[
    ConstantMeta {
        c_names: &["kImSDK_MessageAtALL"],
        value: AT_ALL,
        header: "TIMMessageManager.h",
        doc: "In message_group_at_user_array: everybody in the group.",
    },
    ConstantMeta {
        c_names: &["kImSDK_MesssageAtALL"],
        value: AT_ALL_OLD,
        header: "TIMMessageManager.h",
        doc: "The older spelling of kImSDK_MessageAtALL, equally valid.",
    },
    ConstantMeta {
        c_names: &["kIOSOfflinePushNoSound"],
        value: NO_SOUND,
        header: "TIMOfflinePushManager.h",
        doc: "As a sound of a push: none.",
    },
    ConstantMeta {
        c_names: &["kIOSOfflinePushDefaultSound"],
        value: DEFAULT_SOUND,
        header: "TIMOfflinePushManager.h",
        doc: "As a sound of a push: the system's.",
    },
];
