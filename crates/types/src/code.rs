//! The error codes of the C interface.
//!
//! One table: the number, its C name, and one English text that serves as description for people and as documentation.
//! Numbers are never reused.

/// Makes the code table. `Name = number, ERR_NAME | ERR_OLDER_NAME, "text";` under the area it belongs to.
macro_rules! codes {
    ($($area:literal { $($name:ident = $value:literal, $c_name:ident $(| $alias:ident)*, $text:literal;)+ })+) => {
        /// An error code of the C interface, `enum TIMErrCode` there.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum Code {
            $($(
                #[doc = concat!($text, " (`", stringify!($c_name), "`)")]
                $name = $value,
            )+)+
        }

        impl Code {
            /// A short English text, fit to be the `desc` of a callback.
            pub const fn desc(self) -> &'static str {
                match self {
                    $($(Self::$name => $text,)+)+
                }
            }
        }

        impl TryFrom<i32> for Code {
            type Error = crate::enums::NotAMember;

            fn try_from(value: i32) -> Result<Self, crate::enums::NotAMember> {
                match value {
                    $($($value => Ok(Self::$name),)+)+
                    _ => Err(crate::enums::NotAMember { value, c_type: "TIMErrCode" }),
                }
            }
        }

        /// All error codes.
        pub static CODES: &[crate::meta::CodeMeta] = &[$($(
            crate::meta::CodeMeta {
                c_name: stringify!($c_name),
                value: $value,
                doc: $text,
                area: $area,
                aliases: &[$(stringify!($alias)),*],
            },
        )+)+];
    };
}

impl Code {
    /// The number as C has it.
    pub const fn value(self) -> i32 {
        self as i32
    }
}

impl From<Code> for i32 {
    fn from(code: Code) -> Self {
        code.value()
    }
}

codes! {
    "success" {
        Succ = 0, ERR_SUCC, "success";
    }
    "sdk_common" {
        InProgess = 6015, ERR_IN_PROGESS, "the same operation is already running";
        InvalidParameters = 6017, ERR_INVALID_PARAMETERS, "invalid parameters";
        IoOperationFailed = 6022, ERR_IO_OPERATION_FAILED, "local file read or write failed";
        InvalidJson = 6027, ERR_INVALID_JSON, "malformed JSON argument";
        OutOfMemory = 6028, ERR_OUT_OF_MEMORY, "memory exhausted";
        ParseResponseFailed = 6001, ERR_PARSE_RESPONSE_FAILED, "response protobuf could not be decoded";
        SerializeReqFailed = 6002, ERR_SERIALIZE_REQ_FAILED, "request protobuf could not be encoded";
        SdkNotInitialized = 6013, ERR_SDK_NOT_INITIALIZED, "not initialized";
        LoadmsgFailed = 6005, ERR_LOADMSG_FAILED, "loading from the local store failed";
        DatabaseOperateFailed = 6019, ERR_DATABASE_OPERATE_FAILED, "local database operation failed";
        SdkCommCrossThread = 7001, ERR_SDK_COMM_CROSS_THREAD, "object used from the wrong thread";
        SdkCommTinyidEmpty = 7002, ERR_SDK_COMM_TINYID_EMPTY, "internal numeric user id is missing";
        SdkCommInvalidIdentifier = 7003, ERR_SDK_COMM_INVALID_IDENTIFIER, "bad user id: printable ASCII, 1 to 32 bytes";
        SdkCommFileNotFound = 7004, ERR_SDK_COMM_FILE_NOT_FOUND, "file does not exist";
        SdkCommFileTooLarge = 7005, ERR_SDK_COMM_FILE_TOO_LARGE, "file too big (28 MB image/sound, 100 MB video/file)";
        SdkCommFileSizeEmpty = 7006, ERR_SDK_COMM_FILE_SIZE_EMPTY, "file has zero length";
        SdkCommFileOpenFailed = 7007, ERR_SDK_COMM_FILE_OPEN_FAILED, "file cannot be opened";
        SdkCommApiCallFrequencyLimit = 7008, ERR_SDK_COMM_API_CALL_FREQUENCY_LIMIT, "API called too often";
        SdkCommInterrupt = 7009, ERR_SDK_COMM_INTERRUPT, "operation interrupted, e.g. by TIMUninit during login";
        SdkCommDatabaseFailure = 7010, ERR_SDK_COMM_DATABASE_FAILURE, "database operation failed";
        SdkCommDatabaseNotfound = 7011, ERR_SDK_COMM_DATABASE_NOTFOUND, "no matching row in database";
        SdkInternalError = 7012, ERR_SDK_INTERNAL_ERROR, "unexpected internal failure";
        SdkInterfaceNotSupport = 7013, ERR_SDK_INTERFACE_NOT_SUPPORT, "not supported by this service or version";
        SdkInvalidOperation = 7014, ERR_SDK_INVALID_OPERATION, "operation not allowed";
    }
    "account" {
        SdkNotLoggedIn = 6014, ERR_SDK_NOT_LOGGED_IN, "not login";
        NoPreviousLogin = 6026, ERR_NO_PREVIOUS_LOGIN, "auto-login for a user never logged in before";
        UserSigExpired = 6206, ERR_USER_SIG_EXPIRED, "UserSig expired (client side)";
        LoginKickedOffByOther = 6208, ERR_LOGIN_KICKED_OFF_BY_OTHER, "kicked: same account logged in elsewhere";
        SdkAccountLoginInProcess = 7501, ERR_SDK_ACCOUNT_LOGIN_IN_PROCESS, "a login is already under way";
        SdkAccountLogoutInProcess = 7502, ERR_SDK_ACCOUNT_LOGOUT_IN_PROCESS, "a logout is already under way";
        SdkAccountTlsInitFailed = 7503, ERR_SDK_ACCOUNT_TLS_INIT_FAILED, "TLS component failed to start";
        SdkAccountTlsNotInitialized = 7504, ERR_SDK_ACCOUNT_TLS_NOT_INITIALIZED, "TLS component not started";
        SdkAccountTlsTranspkgError = 7505, ERR_SDK_ACCOUNT_TLS_TRANSPKG_ERROR, "TLS component: bad transport packet";
        SdkAccountTlsDecryptFailed = 7506, ERR_SDK_ACCOUNT_TLS_DECRYPT_FAILED, "TLS component: decryption failed";
        SdkAccountTlsRequestFailed = 7507, ERR_SDK_ACCOUNT_TLS_REQUEST_FAILED, "TLS component: request failed";
        SdkAccountTlsRequestTimeout = 7508, ERR_SDK_ACCOUNT_TLS_REQUEST_TIMEOUT, "TLS component: request timed out";
        SvrAccountUsersigExpired = 70001, ERR_SVR_ACCOUNT_USERSIG_EXPIRED, "UserSig expired (server side)";
        SvrAccountUsersigEmpty = 70002, ERR_SVR_ACCOUNT_USERSIG_EMPTY, "UserSig is empty";
        SvrAccountUsersigCheckFailed = 70003, ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED, "UserSig verification failed, maybe truncated";
        SvrAccountUsersigCheckFailedEx = 70005, ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED_EX, "UserSig verification failed (variant)";
        SvrAccountUsersigMismatchPublickey = 70009, ERR_SVR_ACCOUNT_USERSIG_MISMATCH_PUBLICKEY, "UserSig does not match the public key";
        SvrAccountUsersigMismatchId = 70013, ERR_SVR_ACCOUNT_USERSIG_MISMATCH_ID, "UserSig issued for another user";
        SvrAccountUsersigMismatchSdkappid = 70014, ERR_SVR_ACCOUNT_USERSIG_MISMATCH_SDKAPPID, "UserSig issued for another SDKAppID";
        SvrAccountUsersigPublickeyNotFound = 70016, ERR_SVR_ACCOUNT_USERSIG_PUBLICKEY_NOT_FOUND, "no public key to verify UserSig";
        SvrAccountSdkappidNotFound = 70020, ERR_SVR_ACCOUNT_SDKAPPID_NOT_FOUND, "SDKAppID not found";
        SvrAccountInvalidUsersig = 70052, ERR_SVR_ACCOUNT_INVALID_USERSIG, "UserSig revoked";
        SvrAccountNotFound = 70107, ERR_SVR_ACCOUNT_NOT_FOUND, "account does not exist";
        SvrAccountSecRstr = 70114, ERR_SVR_ACCOUNT_SEC_RSTR, "restricted for security reasons";
        SvrAccountInternalTimeout = 70169, ERR_SVR_ACCOUNT_INTERNAL_TIMEOUT, "server-side timeout";
        SvrAccountInvalidCount = 70206, ERR_SVR_ACCOUNT_INVALID_COUNT, "batch size not allowed";
        SvrAccountInvalidParameters = 70402, ERR_SVR_ACCOUNT_INVALID_PARAMETERS, "account request parameter invalid";
        SvrAccountAdminRequired = 70403, ERR_SVR_ACCOUNT_ADMIN_REQUIRED, "administrator rights required";
        SvrAccountFreqLimit = 70050, ERR_SVR_ACCOUNT_FREQ_LIMIT, "too many failed logins, wait a minute";
        SvrAccountBlacklist = 70051, ERR_SVR_ACCOUNT_BLACKLIST, "account is blacklisted";
        SvrAccountCountLimit = 70398, ERR_SVR_ACCOUNT_COUNT_LIMIT, "trial account quota used up";
        SvrAccountInternalError = 70500, ERR_SVR_ACCOUNT_INTERNAL_ERROR, "account service internal error";
        SvrAccountUserStatusDisabled = 72001, ERR_SVR_ACCOUNT_USER_STATUS_DISABLED, "user-status feature not enabled in console";
    }
    "message" {
        InvalidConversation = 6004, ERR_INVALID_CONVERSATION, "invalid conversation, or not logged in";
        FileTransAuthFailed = 6006, ERR_FILE_TRANS_AUTH_FAILED, "file transfer not authorised";
        FileTransNoServer = 6007, ERR_FILE_TRANS_NO_SERVER, "no file-transfer server available";
        FileTransUploadFailed = 6008, ERR_FILE_TRANS_UPLOAD_FAILED, "upload failed";
        ImageUploadFailedNotimage = 6031, ERR_IMAGE_UPLOAD_FAILED_NOTIMAGE, "uploaded picture is not a readable image";
        FileTransDownloadFailed = 6009, ERR_FILE_TRANS_DOWNLOAD_FAILED, "download failed or file expired";
        HttpReqFailed = 6010, ERR_HTTP_REQ_FAILED, "HTTP request failed";
        InvalidMsgElem = 6016, ERR_INVALID_MSG_ELEM, "message element is invalid";
        InvalidSdkObject = 6021, ERR_INVALID_SDK_OBJECT, "object handed in is not valid";
        InvalidMsgReceiver = 6032, ERR_INVALID_MSG_RECEIVER, "message receiver does not exist";
        SdkMsgBodySizeLimit = 8001, ERR_SDK_MSG_BODY_SIZE_LIMIT, "message body too long (limit 12 KB)";
        SdkMsgKeyReqDifferRsp = 8002, ERR_SDK_MSG_KEY_REQ_DIFFER_RSP, "response key differs from request key";
        SdkImageConvertError = 8003, ERR_SDK_IMAGE_CONVERT_ERROR, "image conversion service failed";
        SdkImageCiBlock = 8004, ERR_SDK_IMAGE_CI_BLOCK, "thumbnail refused by image moderation";
        MergerMsgLayersOverLimit = 8005, ERR_MERGER_MSG_LAYERS_OVER_LIMIT, "merged messages nested beyond 100 levels";
        SdkMsgModifyConflict = 8006, ERR_SDK_MSG_MODIFY_CONFLICT, "message was modified by somebody else meanwhile";
        SdkInvalidCancelMessage = 8020, ERR_SDK_INVALID_CANCEL_MESSAGE, "cannot cancel: message missing or already sent";
        SdkSendMessageFailedWithCancel = 8021, ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL, "send failed because it was cancelled";
        SvrMsgPkgParseFailed = 20001, ERR_SVR_MSG_PKG_PARSE_FAILED, "message packet invalid, check both accounts";
        SvrMsgInternalAuthFailed = 20002, ERR_SVR_MSG_INTERNAL_AUTH_FAILED, "message service internal auth failed";
        SvrMsgInvalidId = 20003, ERR_SVR_MSG_INVALID_ID, "account invalid or not imported";
        SvrMsgNetError = 20004, ERR_SVR_MSG_NET_ERROR, "message service network error";
        SvrMsgInternalError1 = 20005, ERR_SVR_MSG_INTERNAL_ERROR1, "message service internal error 1";
        SvrMsgPushDeny = 20006, ERR_SVR_MSG_PUSH_DENY, "app callback refused the C2C message";
        SvrMsgInPeerBlacklist = 20007, ERR_SVR_MSG_IN_PEER_BLACKLIST, "peer has blacklisted the sender";
        SvrMsgBothNotFriend = 20009, ERR_SVR_MSG_BOTH_NOT_FRIEND, "neither side is a friend";
        SvrMsgNotPeerFriend = 20010, ERR_SVR_MSG_NOT_PEER_FRIEND, "sender is not in peer friend list";
        SvrMsgNotSelfFriend = 20011, ERR_SVR_MSG_NOT_SELF_FRIEND, "peer is not in own friend list";
        SvrMsgShutupDeny = 20012, ERR_SVR_MSG_SHUTUP_DENY, "sender is muted";
        SvrMsgRevokeTimeLimit = 20016, ERR_SVR_MSG_REVOKE_TIME_LIMIT, "too late to revoke (default two minutes)";
        SvrMsgDelRambleInternalError = 20018, ERR_SVR_MSG_DEL_RAMBLE_INTERNAL_ERROR, "deleting roaming messages failed";
        SvrMsgExtensionConflict = 23001, ERR_SVR_MSG_EXTENSION_CONFLICT, "message extension edit conflict";
        SvrMsgExtensionNotExist = 23004, ERR_SVR_MSG_EXTENSION_NOT_EXIST, "message extension to delete does not exist";
        SvrMsgReactionCountLimit = 23005, ERR_SVR_MSG_REACTION_COUNT_LIMIT, "too many reactions on one message";
        SvrMsgReactionUserCountLimit = 23006, ERR_SVR_MSG_REACTION_USER_COUNT_LIMIT, "too many users on one reaction";
        SvrMsgReactionAlreadyContainUser = 23007, ERR_SVR_MSG_REACTION_ALREADY_CONTAIN_USER, "user already used this reaction";
        SvrMsgReactionNotExists = 23008, ERR_SVR_MSG_REACTION_NOT_EXISTS, "reaction does not exist";
        SvrMsgReactionNotContainUser = 23009, ERR_SVR_MSG_REACTION_NOT_CONTAIN_USER, "user has not used this reaction";
        SvrMsgJsonParseFailed = 90001, ERR_SVR_MSG_JSON_PARSE_FAILED, "message request JSON unparsable";
        SvrMsgInvalidJsonBodyFormat = 90002, ERR_SVR_MSG_INVALID_JSON_BODY_FORMAT, "MsgBody wrong shape or not an array";
        SvrMsgInvalidToAccount = 90003, ERR_SVR_MSG_INVALID_TO_ACCOUNT, "To_Account missing or wrong type";
        SvrMsgInvalidRand = 90005, ERR_SVR_MSG_INVALID_RAND, "MsgRandom missing or not integer";
        SvrMsgInvalidTimestamp = 90006, ERR_SVR_MSG_INVALID_TIMESTAMP, "MsgTimeStamp missing or not integer";
        SvrMsgBodyNotArray = 90007, ERR_SVR_MSG_BODY_NOT_ARRAY, "MsgBody is not an array";
        SvrMsgAdminRequired = 90009, ERR_SVR_MSG_ADMIN_REQUIRED, "message call needs administrator";
        SvrMsgInvalidJsonFormat = 90010, ERR_SVR_MSG_INVALID_JSON_FORMAT, "JSON does not describe a message";
        SvrMsgToAccountCountLimit = 90011, ERR_SVR_MSG_TO_ACCOUNT_COUNT_LIMIT, "more than 500 target accounts";
        SvrMsgToAccountNotFound = 90012, ERR_SVR_MSG_TO_ACCOUNT_NOT_FOUND, "To_Account not registered";
        SvrMsgTimeLimit = 90026, ERR_SVR_MSG_TIME_LIMIT, "offline storage time above seven days";
        SvrMsgInvalidSyncothermachine = 90031, ERR_SVR_MSG_INVALID_SYNCOTHERMACHINE, "SyncOtherMachine is not integer";
        SvrMsgInvalidMsglifetime = 90044, ERR_SVR_MSG_INVALID_MSGLIFETIME, "MsgLifeTime is not integer";
        SvrMsgAccountNotFound = 90048, ERR_SVR_MSG_ACCOUNT_NOT_FOUND, "message account does not exist";
        SvrMsgInternalError2 = 90994, ERR_SVR_MSG_INTERNAL_ERROR2, "message service internal error 2";
        SvrMsgInternalError3 = 90995, ERR_SVR_MSG_INTERNAL_ERROR3, "message service internal error 3";
        SvrMsgInternalError4 = 91000, ERR_SVR_MSG_INTERNAL_ERROR4, "message service internal error 4";
        SvrMsgInternalError5 = 90992, ERR_SVR_MSG_INTERNAL_ERROR5, "message service error 5, or app callback failing";
        SvrMsgBodySizeLimit = 93000, ERR_SVR_MSG_BODY_SIZE_LIMIT, "JSON body above 12 KB";
        SvrMsgLongpollingCountLimit = 91101, ERR_SVR_MSG_LONGPOLLING_COUNT_LIMIT, "web long-poll kicked: too many instances";
    }
    "signaling" {
        SdkSignalingInvalidInviteId = 8010, ERR_SDK_SIGNALING_INVALID_INVITE_ID, "signaling invite id unknown or already handled";
        SdkSignalingNoPermission = 8011, ERR_SDK_SIGNALING_NO_PERMISSION, "no permission for this signaling operation";
        SdkSignalingAlreadyExists = 8012, ERR_SDK_SIGNALING_ALREADY_EXISTS, "signaling invitation already exists";
    }
    "group" {
        SdkGroupInvalidId = 8501, ERR_SDK_GROUP_INVALID_ID, "bad group id: printable ASCII, max 48 bytes, no @TGS#";
        SdkGroupInvalidName = 8502, ERR_SDK_GROUP_INVALID_NAME, "bad group name: UTF-8, max 30 bytes";
        SdkGroupInvalidIntroduction = 8503, ERR_SDK_GROUP_INVALID_INTRODUCTION, "bad group introduction: UTF-8, max 240 bytes";
        SdkGroupInvalidNotification = 8504, ERR_SDK_GROUP_INVALID_NOTIFICATION, "bad group notice: UTF-8, max 300 bytes";
        SdkGroupInvalidFaceUrl = 8505, ERR_SDK_GROUP_INVALID_FACE_URL, "bad group avatar URL: max 100 bytes";
        SdkGroupInvalidNameCard = 8506, ERR_SDK_GROUP_INVALID_NAME_CARD, "bad name card: UTF-8, max 50 bytes";
        SdkGroupMemberCountLimit = 8507, ERR_SDK_GROUP_MEMBER_COUNT_LIMIT, "too many members for create or invite";
        SdkGroupJoinPrivateGroupDeny = 8508, ERR_SDK_GROUP_JOIN_PRIVATE_GROUP_DENY, "Private groups cannot be joined by application";
        SdkGroupInviteSuperDeny = 8509, ERR_SDK_GROUP_INVITE_SUPER_DENY, "a member may not be invited as owner";
        SdkGroupInviteNoMember = 8510, ERR_SDK_GROUP_INVITE_NO_MEMBER, "invite list is empty";
        SdkGroupAttrFrequencyLimit = 8511, ERR_SDK_GROUP_ATTR_FREQUENCY_LIMIT, "group attribute calls too frequent";
        SdkGroupGetOnlineMemberCountLimit = 8512, ERR_SDK_GROUP_GET_ONLINE_MEMBER_COUNT_LIMIT, "online-count query limited to once per 60 s";
        SdkGroupGetGroupsInfoLimit = 8513, ERR_SDK_GROUP_GET_GROUPS_INFO_LIMIT, "group-info query limited to once per second";
        SdkGroupGetJoinedGroupLimit = 8514, ERR_SDK_GROUP_GET_JOINED_GROUP_LIMIT, "joined-group query limited to once per second";
        SvrGroupInternalError = 10002, ERR_SVR_GROUP_INTERNAL_ERROR, "group service internal error";
        SvrGroupApiNameError = 10003, ERR_SVR_GROUP_API_NAME_ERROR, "group API name wrong";
        SvrGroupInvalidParameters = 10004, ERR_SVR_GROUP_INVALID_PARAMETERS, "group request parameter wrong";
        SvrGroupAcountCountLimit = 10005, ERR_SVR_GROUP_ACOUNT_COUNT_LIMIT, "too many accounts in request";
        SvrGroupFreqLimit = 10006, ERR_SVR_GROUP_FREQ_LIMIT, "group operation rate limit";
        SvrGroupPermissionDeny = 10007, ERR_SVR_GROUP_PERMISSION_DENY, "group permission denied";
        SvrGroupInvalidReq = 10008, ERR_SVR_GROUP_INVALID_REQ, "group request invalid";
        SvrGroupSuperNotAllowQuit = 10009, ERR_SVR_GROUP_SUPER_NOT_ALLOW_QUIT, "owner may not leave this group";
        SvrGroupNotFound = 10010, ERR_SVR_GROUP_NOT_FOUND, "group missing or dissolved";
        SvrGroupJsonParseFailed = 10011, ERR_SVR_GROUP_JSON_PARSE_FAILED, "group request JSON unparsable";
        SvrGroupInvalidId = 10012, ERR_SVR_GROUP_INVALID_ID, "operator account invalid";
        SvrGroupAllreadyMember = 10013, ERR_SVR_GROUP_ALLREADY_MEMBER, "account already a member";
        SvrGroupFullMemberCount = 10014, ERR_SVR_GROUP_FULL_MEMBER_COUNT, "group is full";
        SvrGroupInvalidGroupid = 10015, ERR_SVR_GROUP_INVALID_GROUPID, "group id invalid";
        SvrGroupRejectFromThirdparty = 10016, ERR_SVR_GROUP_REJECT_FROM_THIRDPARTY, "refused by app callback";
        SvrGroupShutupDeny = 10017, ERR_SVR_GROUP_SHUTUP_DENY, "muted, cannot send to group";
        SvrGroupRspSizeLimit = 10018, ERR_SVR_GROUP_RSP_SIZE_LIMIT, "reply would exceed 1 MB";
        SvrGroupAccountNotFound = 10019, ERR_SVR_GROUP_ACCOUNT_NOT_FOUND, "group account does not exist";
        SvrGroupGroupidInUsed = 10021, ERR_SVR_GROUP_GROUPID_IN_USED, "group id already taken";
        SvrGroupSendMsgFreqLimit = 10023, ERR_SVR_GROUP_SEND_MSG_FREQ_LIMIT, "group message rate limit";
        SvrGroupReqAllreadyBeenProcessed = 10024, ERR_SVR_GROUP_REQ_ALLREADY_BEEN_PROCESSED, "application or invitation already handled";
        SvrGroupGroupidInUsedForSuper = 10025, ERR_SVR_GROUP_GROUPID_IN_USED_FOR_SUPER, "group id taken, by the caller as owner";
        SvrGroupSdkappidDeny = 10026, ERR_SVR_GROUP_SDKAPPID_DENY, "command disabled for this SDKAppID";
        SvrGroupRevokeMsgNotFound = 10030, ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND, "message to revoke does not exist";
        SvrGroupRevokeMsgTimeLimit = 10031, ERR_SVR_GROUP_REVOKE_MSG_TIME_LIMIT, "too late to revoke group message";
        SvrGroupRevokeMsgDeny = 10032, ERR_SVR_GROUP_REVOKE_MSG_DENY, "message cannot be revoked";
        SvrGroupNotAllowRevokeMsg = 10033, ERR_SVR_GROUP_NOT_ALLOW_REVOKE_MSG, "group type forbids revoking";
        SvrGroupRemoveMsgDeny = 10034, ERR_SVR_GROUP_REMOVE_MSG_DENY, "message type cannot be deleted";
        SvrGroupNotAllowRemoveMsg = 10035, ERR_SVR_GROUP_NOT_ALLOW_REMOVE_MSG, "group type forbids deleting messages";
        SvrGroupAvchatroomCountLimit = 10036, ERR_SVR_GROUP_AVCHATROOM_COUNT_LIMIT, "AVChatRoom quota exceeded";
        SvrGroupCountLimit = 10037, ERR_SVR_GROUP_COUNT_LIMIT, "per-user group quota exceeded";
        SvrGroupMemberCountLimit = 10038, ERR_SVR_GROUP_MEMBER_COUNT_LIMIT, "group member quota exceeded";
        SvrGroupAttributeWriteConfilct = 10056, ERR_SVR_GROUP_ATTRIBUTE_WRITE_CONFILCT, "group attribute write conflict, reload first";
        SvrGroupPinnedMessageCountLimit = 10070, ERR_SVR_GROUP_PINNED_MESSAGE_COUNT_LIMIT, "pinned message limit reached";
        SvrGroupMessageAlreadyPinned = 10071, ERR_SVR_GROUP_MESSAGE_ALREADY_PINNED, "message already pinned";
    }
    "friendship" {
        SdkFriendshipInvalidProfileKey = 9001, ERR_SDK_FRIENDSHIP_INVALID_PROFILE_KEY, "unknown profile field or custom key";
        SdkFriendshipInvalidAddRemark = 9002, ERR_SDK_FRIENDSHIP_INVALID_ADD_REMARK, "friend remark invalid: UTF-8, max 96 bytes";
        SdkFriendshipInvalidAddWording = 9003, ERR_SDK_FRIENDSHIP_INVALID_ADD_WORDING, "add wording invalid: UTF-8, max 120 bytes";
        SdkFriendshipInvalidAddSource = 9004, ERR_SDK_FRIENDSHIP_INVALID_ADD_SOURCE, "add source lacks prefix AddSource_Type_";
        SdkFriendshipFriendGroupEmpty = 9005, ERR_SDK_FRIENDSHIP_FRIEND_GROUP_EMPTY, "friend group name empty or over 30 bytes";
        SdkFriendshipExceedTheLimit = 9006, ERR_SDK_FRIENDSHIP_EXCEED_THE_LIMIT, "quantity limit exceeded";
        SvrFriendshipInvalidParameters = 30001, ERR_SVR_FRIENDSHIP_INVALID_PARAMETERS, "relation request parameter wrong";
        SvrFriendshipInvalidSdkappid = 30002, ERR_SVR_FRIENDSHIP_INVALID_SDKAPPID, "relation request SDKAppID mismatch";
        SvrFriendshipAccountNotFound = 30003, ERR_SVR_FRIENDSHIP_ACCOUNT_NOT_FOUND, "relation account does not exist";
        SvrFriendshipAdminRequired = 30004, ERR_SVR_FRIENDSHIP_ADMIN_REQUIRED, "relation call needs administrator";
        SvrFriendshipSensitiveText = 30005, ERR_SVR_FRIENDSHIP_SENSITIVE_TEXT, "relation text rejected by moderation";
        SvrFriendshipInternalError = 30006, ERR_SVR_FRIENDSHIP_INTERNAL_ERROR, "relation service internal error";
        SvrFriendshipNetTimeout = 30007, ERR_SVR_FRIENDSHIP_NET_TIMEOUT, "relation service timed out";
        SvrFriendshipWriteConflict = 30008, ERR_SVR_FRIENDSHIP_WRITE_CONFLICT, "concurrent relation writes collided";
        SvrFriendshipAddFriendDeny = 30009, ERR_SVR_FRIENDSHIP_ADD_FRIEND_DENY, "backend forbids this user to add friends";
        SvrFriendshipCountLimit = 30010, ERR_SVR_FRIENDSHIP_COUNT_LIMIT, "own friend limit reached";
        SvrFriendshipGroupCountLimit = 30011, ERR_SVR_FRIENDSHIP_GROUP_COUNT_LIMIT, "friend group limit reached";
        SvrFriendshipPendencyLimit = 30012, ERR_SVR_FRIENDSHIP_PENDENCY_LIMIT, "pending request limit reached";
        SvrFriendshipBlacklistLimit = 30013, ERR_SVR_FRIENDSHIP_BLACKLIST_LIMIT, "blacklist limit reached";
        SvrFriendshipPeerFriendLimit = 30014, ERR_SVR_FRIENDSHIP_PEER_FRIEND_LIMIT, "peer friend limit reached";
        SvrFriendshipAlreadyFriends = 30015, ERR_SVR_FRIENDSHIP_ALREADY_FRIENDS, "already friends";
        SvrFriendshipInSelfBlacklist = 30515, ERR_SVR_FRIENDSHIP_IN_SELF_BLACKLIST, "peer is in own blacklist";
        SvrFriendshipAllowTypeDenyAny = 30516, ERR_SVR_FRIENDSHIP_ALLOW_TYPE_DENY_ANY, "peer refuses all friend requests";
        SvrFriendshipInPeerBlacklist = 30525, ERR_SVR_FRIENDSHIP_IN_PEER_BLACKLIST, "own account is in peer blacklist";
        SvrFriendshipAllowTypeNeedConfirm = 30539, ERR_SVR_FRIENDSHIP_ALLOW_TYPE_NEED_CONFIRM, "request recorded, waiting for peer confirmation";
        SvrFriendshipAddFriendSecRstr = 30540, ERR_SVR_FRIENDSHIP_ADD_FRIEND_SEC_RSTR, "add-friend calls throttled for security";
        SvrFriendshipPendencyNotFound = 30614, ERR_SVR_FRIENDSHIP_PENDENCY_NOT_FOUND, "pending request does not exist";
        SvrFriendshipDelNonfriend = 31704, ERR_SVR_FRIENDSHIP_DEL_NONFRIEND, "account to delete is no friend";
        SvrFriendshipDelFriendSecRstr = 31707, ERR_SVR_FRIENDSHIP_DEL_FRIEND_SEC_RSTR, "delete-friend calls throttled for security";
        SvrFriendshipAccountNotFoundEx = 31804, ERR_SVR_FRIENDSHIP_ACCOUNT_NOT_FOUND_EX, "relation account does not exist (variant)";
        SvrFriendshipSelfFollowingCountExceedsLimit = 32100, ERR_SVR_FRIENDSHIP_SELF_FOLLOWING_COUNT_EXCEEDS_LIMIT, "own following limit reached";
        SvrFriendshipPeerFollowersCountExceedsLimit = 32101, ERR_SVR_FRIENDSHIP_PEER_FOLLOWERS_COUNT_EXCEEDS_LIMIT, "peer follower limit reached";
        SvrFriendshipSelfMutualFollowersCountExceedsLimit = 32102, ERR_SVR_FRIENDSHIP_SELF_MUTUAL_FOLLOWERS_COUNT_EXCEEDS_LIMIT, "own mutual-follow limit reached";
        SvrFriendshipPeerMutualFollowersCountExceedsLimit = 32103, ERR_SVR_FRIENDSHIP_PEER_MUTUAL_FOLLOWERS_COUNT_EXCEEDS_LIMIT, "peer mutual-follow limit reached";
    }
    "network" {
        SdkNetEncodeFailed = 9501, ERR_SDK_NET_ENCODE_FAILED, "packet encryption failed";
        SdkNetDecodeFailed = 9502, ERR_SDK_NET_DECODE_FAILED, "packet decryption failed";
        SdkNetAuthInvalid = 9503, ERR_SDK_NET_AUTH_INVALID, "connection not authenticated yet";
        SdkNetCompressFailed = 9504, ERR_SDK_NET_COMPRESS_FAILED, "packet compression failed";
        SdkNetUncompressFailed = 9505, ERR_SDK_NET_UNCOMPRESS_FAILED, "packet decompression failed";
        SdkNetFreqLimit = 9506, ERR_SDK_NET_FREQ_LIMIT, "more than five requests per second";
        SdkNetReqCountLimit = 9507, ERR_SDK_NET_REQ_COUNT_LIMIT, "more than 1000 requests in flight";
        SdkNetDisconnect = 9508, ERR_SDK_NET_DISCONNECT, "no network connection";
        SdkNetAllreadyConn = 9509, ERR_SDK_NET_ALLREADY_CONN, "connection already established";
        SdkNetConnTimeout = 9510, ERR_SDK_NET_CONN_TIMEOUT, "connecting timed out";
        SdkNetConnRefuse = 9511, ERR_SDK_NET_CONN_REFUSE, "connection refused";
        SdkNetNetUnreach = 9512, ERR_SDK_NET_NET_UNREACH, "network unreachable";
        SdkNetSocketNoBuff = 9513, ERR_SDK_NET_SOCKET_NO_BUFF, "system out of socket buffers";
        SdkNetResetByPeer = 9514, ERR_SDK_NET_RESET_BY_PEER, "connection reset by peer";
        SdkNetSocketInvalid = 9515, ERR_SDK_NET_SOCKET_INVALID, "socket handle invalid";
        SdkNetHostGetaddrinfoFailed = 9516, ERR_SDK_NET_HOST_GETADDRINFO_FAILED, "address lookup failed";
        SdkNetConnectReset = 9517, ERR_SDK_NET_CONNECT_RESET, "connection reset while connecting";
        SdkNetWaitInqueueTimeout = 9518, ERR_SDK_NET_WAIT_INQUEUE_TIMEOUT, "timed out before entering the send queue";
        SdkNetWaitSendTimeout = 9519, ERR_SDK_NET_WAIT_SEND_TIMEOUT, "timed out in the send queue";
        SdkNetWaitAckTimeout = 9520, ERR_SDK_NET_WAIT_ACK_TIMEOUT, "timed out waiting for server reply";
        SdkNetWaitSendRemainingTimeout = 9521, ERR_SDK_NET_WAIT_SEND_REMAINING_TIMEOUT, "timed out sending the remaining part";
        SdkNetPkgSizeLimit = 9522, ERR_SDK_NET_PKG_SIZE_LIMIT, "request packet above 1 MB";
        SdkNetWaitSendTimeoutNoNetwork = 9523, ERR_SDK_NET_WAIT_SEND_TIMEOUT_NO_NETWORK, "send-queue timeout, no network";
        SdkNetWaitAckTimeoutNoNetwork = 9524, ERR_SDK_NET_WAIT_ACK_TIMEOUT_NO_NETWORK, "reply timeout, no network";
        SdkNetSendRemainingTimeoutNoNetwork = 9525, ERR_SDK_NET_SEND_REMAINING_TIMEOUT_NO_NETWORK, "partial-send timeout, no network";
    }
    "gateway" {
        SvrSsoConnectLimit = -302, ERR_SVR_SSO_CONNECT_LIMIT, "gateway: too many connections";
        SvrSsoVcode = -10000, ERR_SVR_SSO_VCODE, "gateway: verification code flag error";
        SvrSsoD2Expired = -10001, ERR_SVR_SSO_D2_EXPIRED, "gateway: session key expired";
        SvrSsoA2UpInvalid = -10003, ERR_SVR_SSO_A2_UP_INVALID, "gateway: ticket expired";
        SvrSsoA2DownInvalid = -10004, ERR_SVR_SSO_A2_DOWN_INVALID, "gateway: ticket rejected";
        SvrSsoEmptyKey = -10005, ERR_SVR_SSO_EMPTY_KEY, "gateway: empty key";
        SvrSsoUinInvalid = -10006, ERR_SVR_SSO_UIN_INVALID, "gateway: key belongs to another account";
        SvrSsoVcodeTimeout = -10007, ERR_SVR_SSO_VCODE_TIMEOUT, "gateway: verification code timed out";
        SvrSsoNoImeiAndA2 = -10008, ERR_SVR_SSO_NO_IMEI_AND_A2, "gateway: key and ticket required";
        SvrSsoCookieInvalid = -10009, ERR_SVR_SSO_COOKIE_INVALID, "gateway: cookie mismatch";
        SvrSsoDownTip = -10101, ERR_SVR_SSO_DOWN_TIP, "gateway: key expired while sending a notice";
        SvrSsoDisconnect = -10102, ERR_SVR_SSO_DISCONNECT, "gateway: connection dropped";
        SvrSsoIdentifierInvalid = -10103, ERR_SVR_SSO_IDENTIFIER_INVALID, "gateway: identity no longer valid";
        SvrSsoClientClose = -10104, ERR_SVR_SSO_CLIENT_CLOSE, "gateway: client closed itself";
        SvrSsoMsfsdkQuit = -10105, ERR_SVR_SSO_MSFSDK_QUIT, "gateway: client component quit";
        SvrSsoD2keyWrong = -10106, ERR_SVR_SSO_D2KEY_WRONG, "gateway: too many decryption failures, log in again";
        SvrSsoUnsurpport = -10107, ERR_SVR_SSO_UNSURPPORT, "gateway: aggregation unsupported";
        SvrSsoPrepaidArrears = -10108, ERR_SVR_SSO_PREPAID_ARREARS, "gateway: prepaid balance exhausted";
        SvrSsoPacketWrong = -10109, ERR_SVR_SSO_PACKET_WRONG, "gateway: malformed packet";
        SvrSsoAppidBlackList = -10110, ERR_SVR_SSO_APPID_BLACK_LIST, "gateway: SDKAppID blacklisted";
        SvrSsoCmdBlackList = -10111, ERR_SVR_SSO_CMD_BLACK_LIST, "gateway: command blacklisted for SDKAppID";
        SvrSsoAppidWithoutUsing = -10112, ERR_SVR_SSO_APPID_WITHOUT_USING, "gateway: SDKAppID out of service";
        SvrSsoFreqLimit = -10113, ERR_SVR_SSO_FREQ_LIMIT, "gateway: per-user rate limit";
        SvrSsoOverload = -10114, ERR_SVR_SSO_OVERLOAD, "gateway: overloaded, packet dropped";
        SvrSsoFrequencyLimit = -20009, ERR_SVR_SSO_FREQUENCY_LIMIT, "gateway: client calls too frequent";
    }
    "resource" {
        SvrResNotFound = 114000, ERR_SVR_RES_NOT_FOUND, "resource to send not found";
        SvrResAccessDeny = 114001, ERR_SVR_RES_ACCESS_DENY, "resource access denied";
        SvrResSizeLimit = 114002, ERR_SVR_RES_SIZE_LIMIT, "resource too large";
        SvrResSendCancel = 114003, ERR_SVR_RES_SEND_CANCEL, "sending cancelled by user";
        SvrResReadFailed = 114004, ERR_SVR_RES_READ_FAILED, "resource could not be read";
        SvrResTransferTimeout = 114005, ERR_SVR_RES_TRANSFER_TIMEOUT, "resource transfer timed out";
        SvrResInvalidParameters = 114011, ERR_SVR_RES_INVALID_PARAMETERS, "resource request parameter invalid";
        SvrResInvalidFileMd5 = 115066, ERR_SVR_RES_INVALID_FILE_MD5, "whole-file MD5 mismatch";
        SvrResInvalidPartMd5 = 115068, ERR_SVR_RES_INVALID_PART_MD5, "part MD5 mismatch";
    }
    "server_common" {
        SvrCommInvalidHttpUrl = 60002, ERR_SVR_COMM_INVALID_HTTP_URL, "server: bad HTTP URL";
        SvrCommReqJsonParseFailed = 60003, ERR_SVR_COMM_REQ_JSON_PARSE_FAILED, "server: request JSON unparsable";
        SvrCommInvalidAccount = 60004, ERR_SVR_COMM_INVALID_ACCOUNT, "server: bad account or UserSig in request";
        SvrCommInvalidAccountEx = 60005, ERR_SVR_COMM_INVALID_ACCOUNT_EX, "server: bad account or UserSig (variant)";
        SvrCommInvalidSdkappid = 60006, ERR_SVR_COMM_INVALID_SDKAPPID, "server: SDKAppID invalid";
        SvrCommRestFreqLimit = 60007, ERR_SVR_COMM_REST_FREQ_LIMIT, "server: REST rate limit";
        SvrCommRequestTimeout = 60008, ERR_SVR_COMM_REQUEST_TIMEOUT, "server: timeout or malformed HTTP";
        SvrCommInvalidRes = 60009, ERR_SVR_COMM_INVALID_RES, "server: wrong resource in URL";
        SvrCommIdNotAdmin = 60010, ERR_SVR_COMM_ID_NOT_ADMIN, "server: administrator account required";
        SvrCommSdkappidFreqLimit = 60011, ERR_SVR_COMM_SDKAPPID_FREQ_LIMIT, "server: SDKAppID rate limit";
        SvrCommSdkappidMiss = 60012, ERR_SVR_COMM_SDKAPPID_MISS, "server: SDKAppID missing in URL";
        SvrCommRspJsonParseFailed = 60013, ERR_SVR_COMM_RSP_JSON_PARSE_FAILED, "server: reply JSON unparsable";
        SvrCommExchangeAccountTimeut = 60014, ERR_SVR_COMM_EXCHANGE_ACCOUNT_TIMEUT, "server: account exchange timed out";
        SvrCommInvalidIdFormat = 60015, ERR_SVR_COMM_INVALID_ID_FORMAT, "server: account field must be a string";
        SvrCommSdkappidForbidden = 60016, ERR_SVR_COMM_SDKAPPID_FORBIDDEN, "server: SDKAppID disabled";
        SvrCommReqForbidden = 60017, ERR_SVR_COMM_REQ_FORBIDDEN, "server: request disabled";
        SvrCommReqFreqLimit = 60018, ERR_SVR_COMM_REQ_FREQ_LIMIT, "server: too many requests";
        SvrCommReqFreqLimitEx = 60019, ERR_SVR_COMM_REQ_FREQ_LIMIT_EX, "server: too many requests (variant)";
        SvrCommInvalidService = 60020, ERR_SVR_COMM_INVALID_SERVICE, "server: plan not bought or not active yet";
        SvrCommSensitiveText = 80001, ERR_SVR_COMM_SENSITIVE_TEXT, "text rejected by moderation";
        SvrCommBodySizeLimit = 80002, ERR_SVR_COMM_BODY_SIZE_LIMIT, "message body above 12 KB";
        SvrCommSensitiveImage = 80004, ERR_SVR_COMM_SENSITIVE_IMAGE, "image rejected by moderation";
    }
    "profile" {
        SvrProfileInvalidParameters = 40001, ERR_SVR_PROFILE_INVALID_PARAMETERS, "profile request parameter wrong";
        SvrProfileAccountMiss = 40002, ERR_SVR_PROFILE_ACCOUNT_MISS, "profile request names no account";
        SvrProfileAccountNotFound = 40003, ERR_SVR_PROFILE_ACCOUNT_NOT_FOUND, "profile account does not exist";
        SvrProfileAdminRequired = 40004, ERR_SVR_PROFILE_ADMIN_REQUIRED, "profile change needs administrator";
        SvrProfileSensitiveText = 40005, ERR_SVR_PROFILE_SENSITIVE_TEXT, "profile text rejected by moderation";
        SvrProfileInternalError = 40006, ERR_SVR_PROFILE_INTERNAL_ERROR, "profile service internal error";
        SvrProfileReadPermissionRequired = 40007, ERR_SVR_PROFILE_READ_PERMISSION_REQUIRED, "no read permission for profile field";
        SvrProfileWritePermissionRequired = 40008, ERR_SVR_PROFILE_WRITE_PERMISSION_REQUIRED, "no write permission for profile field";
        SvrProfileTagNotFound = 40009, ERR_SVR_PROFILE_TAG_NOT_FOUND, "profile tag unknown";
        SvrProfileSizeLimit = 40601, ERR_SVR_PROFILE_SIZE_LIMIT, "profile value above 500 bytes";
        SvrProfileValueError = 40605, ERR_SVR_PROFILE_VALUE_ERROR, "standard profile field has a bad value";
        SvrProfileInvalidValueFormat = 40610, ERR_SVR_PROFILE_INVALID_VALUE_FORMAT, "profile value type mismatch";
        SvrProfileSubscriptionDisabled = 72012, ERR_SVR_PROFILE_SUBSCRIPTION_DISABLED, "profile-change subscription not enabled";
    }
    "conversation" {
        SvrConvAccountNotFound = 50001, ERR_SVR_CONV_ACCOUNT_NOT_FOUND, "conversation account does not exist";
        SvrConvInvalidParameters = 50002, ERR_SVR_CONV_INVALID_PARAMETERS, "conversation request parameter wrong";
        SvrConvAdminRequired = 50003, ERR_SVR_CONV_ADMIN_REQUIRED, "conversation call needs administrator";
        SvrConvInternalError = 50004, ERR_SVR_CONV_INTERNAL_ERROR, "conversation service internal error";
        SvrConvNetTimeout = 50005, ERR_SVR_CONV_NET_TIMEOUT, "conversation service timed out";
        SvrConvConvMarkReqCountExceedLimit = 51006, ERR_SVR_CONV_CONV_MARK_REQ_COUNT_EXCEED_LIMIT, "more than 100 conversations in one request";
        SvrConvConvMarkOperateFailed = 51007, ERR_SVR_CONV_CONV_MARK_OPERATE_FAILED, "operation on a group conversation failed";
        SvrConvConvMarkTotalCountExceedLimit = 51008, ERR_SVR_CONV_CONV_MARK_TOTAL_COUNT_EXCEED_LIMIT, "more than 1000 marked or grouped conversations";
        SvrConvConvGroupNotExist = 51009, ERR_SVR_CONV_CONV_GROUP_NOT_EXIST, "conversation group does not exist";
        SvrConvConvGroupTotalCountExceedLimit = 51010, ERR_SVR_CONV_CONV_GROUP_TOTAL_COUNT_EXCEED_LIMIT, "more than 20 conversation groups";
        SvrConvConvGroupNameExceedLength = 51011, ERR_SVR_CONV_CONV_GROUP_NAME_EXCEED_LENGTH, "conversation group name above 32 bytes";
    }
    "legacy" {
        NoSuccResult = 6003, ERR_NO_SUCC_RESULT, "batch had no successful item";
        ToUserInvalid = 6011, ERR_TO_USER_INVALID, "receiver invalid";
        RequestTimeOut = 6012, ERR_REQUEST_TIME_OUT | ERR_REQUEST_TIMEOUT, "request timed out";
        InitCoreFail = 6018, ERR_INIT_CORE_FAIL, "core module failed to start";
        ExpiredSessionNode = 6020, ERR_EXPIRED_SESSION_NODE, "session node is null";
        LoggedOutBeforeLoginFinished = 6023, ERR_LOGGED_OUT_BEFORE_LOGIN_FINISHED, "logged out before login finished";
        TlssdkNotInitialized = 6024, ERR_TLSSDK_NOT_INITIALIZED, "TLS component not initialised (legacy)";
        TlssdkUserNotFound = 6025, ERR_TLSSDK_USER_NOT_FOUND, "TLS component knows no such user";
        BindFailUnknown = 6100, ERR_BIND_FAIL_UNKNOWN, "bind failed, cause unknown";
        BindFailNoSsoticket = 6101, ERR_BIND_FAIL_NO_SSOTICKET, "bind failed, ticket missing";
        BindFailRepeatdBind = 6102, ERR_BIND_FAIL_REPEATD_BIND, "bind repeated";
        BindFailTinyidNull = 6103, ERR_BIND_FAIL_TINYID_NULL, "bind failed, internal user id missing";
        BindFailGuidNull = 6104, ERR_BIND_FAIL_GUID_NULL, "bind failed, device id missing";
        BindFailUnpackRegpackFailed = 6105, ERR_BIND_FAIL_UNPACK_REGPACK_FAILED, "bind failed, registration packet undecodable";
        BindFailRegTimeout = 6106, ERR_BIND_FAIL_REG_TIMEOUT, "bind failed, registration timed out";
        BindFailIsbinding = 6107, ERR_BIND_FAIL_ISBINDING, "bind already running";
        PacketFailUnknown = 6120, ERR_PACKET_FAIL_UNKNOWN, "packet failed, cause unknown";
        PacketFailReqNoNet = 6121, ERR_PACKET_FAIL_REQ_NO_NET, "packet failed, no network on request";
        PacketFailRespNoNet = 6122, ERR_PACKET_FAIL_RESP_NO_NET, "packet failed, no network on reply";
        PacketFailReqNoAuth = 6123, ERR_PACKET_FAIL_REQ_NO_AUTH, "packet failed, not authorised";
        PacketFailSsoErr = 6124, ERR_PACKET_FAIL_SSO_ERR, "packet failed, gateway error";
        PacketFailReqTimeout = 6125, ERR_PACKET_FAIL_REQ_TIMEOUT, "packet failed, request timed out";
        PacketFailRespTimeout = 6126, ERR_PACKET_FAIL_RESP_TIMEOUT, "packet failed, reply timed out";
        PacketFailReqOnResend = 6127, ERR_PACKET_FAIL_REQ_ON_RESEND, "packet resend failed";
        PacketFailRespNoResend = 6128, ERR_PACKET_FAIL_RESP_NO_RESEND, "resend was not actually sent";
        PacketFailFlowSaveFiltered = 6129, ERR_PACKET_FAIL_FLOW_SAVE_FILTERED, "packet filtered on save";
        PacketFailReqOverLoad = 6130, ERR_PACKET_FAIL_REQ_OVER_LOAD, "packet failed, overloaded";
        PacketFailLogicErr = 6131, ERR_PACKET_FAIL_LOGIC_ERR, "packet failed, inconsistent data";
        FriendshipProxyNotSynced = 6150, ERR_FRIENDSHIP_PROXY_NOT_SYNCED, "relation cache not synchronised yet";
        FriendshipProxySyncing = 6151, ERR_FRIENDSHIP_PROXY_SYNCING, "relation cache synchronising";
        FriendshipProxySyncedFail = 6152, ERR_FRIENDSHIP_PROXY_SYNCED_FAIL, "relation cache synchronisation failed";
        FriendshipProxyLocalCheckErr = 6153, ERR_FRIENDSHIP_PROXY_LOCAL_CHECK_ERR, "relation cache rejected parameters locally";
        GroupInvalidField = 6160, ERR_GROUP_INVALID_FIELD, "group cache: unknown field requested";
        GroupStorageDisabled = 6161, ERR_GROUP_STORAGE_DISABLED, "group cache storage disabled";
        LoadgrpinfoFailed = 6162, ERR_LOADGRPINFO_FAILED, "loading group info failed";
        ReqNoNetOnReq = 6200, ERR_REQ_NO_NET_ON_REQ, "no network on request (legacy)";
        ReqNoNetOnRsp = 6201, ERR_REQ_NO_NET_ON_RSP, "no network on reply (legacy)";
        SerivceNotReady = 6205, ERR_SERIVCE_NOT_READY, "transport service not ready";
        LoginAuthFailed = 6207, ERR_LOGIN_AUTH_FAILED, "account authentication failed";
        NeverConnectAfterLaunch = 6209, ERR_NEVER_CONNECT_AFTER_LAUNCH, "never went online since start";
        ReqFailed = 6210, ERR_REQ_FAILED, "transport execution failed";
        ReqInvalidReq = 6211, ERR_REQ_INVALID_REQ, "transport request invalid";
        ReqOverloaded = 6212, ERR_REQ_OVERLOADED, "transport queue full";
        ReqKickOff = 6213, ERR_REQ_KICK_OFF, "already kicked by another device";
        ReqServiceSuspend = 6214, ERR_REQ_SERVICE_SUSPEND, "service suspended";
        ReqInvalidSign = 6215, ERR_REQ_INVALID_SIGN, "gateway signature wrong";
        ReqInvalidCookie = 6216, ERR_REQ_INVALID_COOKIE, "gateway cookie invalid";
        LoginTlsRspParseFailed = 6217, ERR_LOGIN_TLS_RSP_PARSE_FAILED, "login: reply length check failed";
        LoginOpenmsgTimeout = 6218, ERR_LOGIN_OPENMSG_TIMEOUT, "login: status report timed out";
        LoginOpenmsgRspParseFailed = 6219, ERR_LOGIN_OPENMSG_RSP_PARSE_FAILED, "login: status reply unparsable";
        LoginTlsDecryptFailed = 6220, ERR_LOGIN_TLS_DECRYPT_FAILED, "login: decryption failed";
        WifiNeedAuth = 6221, ERR_WIFI_NEED_AUTH, "Wi-Fi requires sign-in";
        UserCanceled = 6222, ERR_USER_CANCELED, "cancelled by user";
        RevokeTimeLimitExceed = 6223, ERR_REVOKE_TIME_LIMIT_EXCEED, "too late to revoke (client check)";
        LackUgcExt = 6224, ERR_LACK_UGC_EXT, "short-video extension missing";
        AutologinNeedUsersig = 6226, ERR_AUTOLOGIN_NEED_USERSIG, "auto-login ticket expired, UserSig needed";
        QalNoShortConnAvailable = 6300, ERR_QAL_NO_SHORT_CONN_AVAILABLE, "no short connection available";
        ReqContentAttack = 80101, ERR_REQ_CONTENT_ATTACK, "message content rejected by security";
        LoginSigExpire = 70101, ERR_LOGIN_SIG_EXPIRE, "login ticket expired";
        SdkHadInitialized = 90101, ERR_SDK_HAD_INITIALIZED, "library already initialised";
        OpenbdhBase = 115000, ERR_OPENBDH_BASE, "base value of upload-channel errors";
        RequestNoNetOnreq = 6250, ERR_REQUEST_NO_NET_ONREQ, "no network on request";
        RequestNoNetOnrsp = 6251, ERR_REQUEST_NO_NET_ONRSP, "no network on reply";
        RequestFailed = 6252, ERR_REQUEST_FAILED, "transport execution failed (variant)";
        RequestInvalidReq = 6253, ERR_REQUEST_INVALID_REQ, "transport request invalid (variant)";
        RequestOverloaded = 6254, ERR_REQUEST_OVERLOADED, "transport queue full (variant)";
        RequestKickOff = 6255, ERR_REQUEST_KICK_OFF, "already kicked by another device (variant)";
        RequestServiceSuspend = 6256, ERR_REQUEST_SERVICE_SUSPEND, "service suspended (variant)";
        RequestInvalidSign = 6257, ERR_REQUEST_INVALID_SIGN, "gateway signature wrong (variant)";
        RequestInvalidCookie = 6258, ERR_REQUEST_INVALID_COOKIE, "gateway cookie invalid (variant)";
    }
}
