/**
 * @file TIMErrorCode.h
 * The TIM C interface: result codes.
 *
 * Generated from crates/types/src/code.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMERRORCODE_H
#define IMSDK_TIMERRORCODE_H

#include "TIMCloudComm.h"

/** Result codes: what callbacks get as code. 0 is success. */
enum TIMErrCode {
    /* success */
    ERR_SUCC = 0, /**< success */

    /* sdk common */
    ERR_IN_PROGESS = 6015, /**< the same operation is already running */
    ERR_INVALID_PARAMETERS = 6017, /**< invalid parameters */
    ERR_IO_OPERATION_FAILED = 6022, /**< local file read or write failed */
    ERR_INVALID_JSON = 6027, /**< malformed JSON argument */
    ERR_OUT_OF_MEMORY = 6028, /**< memory exhausted */
    ERR_PARSE_RESPONSE_FAILED = 6001, /**< response protobuf could not be decoded */
    ERR_SERIALIZE_REQ_FAILED = 6002, /**< request protobuf could not be encoded */
    ERR_SDK_NOT_INITIALIZED = 6013, /**< not initialized */
    ERR_LOADMSG_FAILED = 6005, /**< loading from the local store failed */
    ERR_DATABASE_OPERATE_FAILED = 6019, /**< local database operation failed */
    ERR_SDK_COMM_CROSS_THREAD = 7001, /**< object used from the wrong thread */
    ERR_SDK_COMM_TINYID_EMPTY = 7002, /**< internal numeric user id is missing */
    ERR_SDK_COMM_INVALID_IDENTIFIER = 7003, /**< bad user id: printable ASCII, 1 to 32 bytes */
    ERR_SDK_COMM_FILE_NOT_FOUND = 7004, /**< file does not exist */
    ERR_SDK_COMM_FILE_TOO_LARGE = 7005, /**< file too big (28 MB image/sound, 100 MB video/file) */
    ERR_SDK_COMM_FILE_SIZE_EMPTY = 7006, /**< file has zero length */
    ERR_SDK_COMM_FILE_OPEN_FAILED = 7007, /**< file cannot be opened */
    ERR_SDK_COMM_API_CALL_FREQUENCY_LIMIT = 7008, /**< API called too often */
    ERR_SDK_COMM_INTERRUPT = 7009, /**< operation interrupted, e.g. by TIMUninit during login */
    ERR_SDK_COMM_DATABASE_FAILURE = 7010, /**< database operation failed */
    ERR_SDK_COMM_DATABASE_NOTFOUND = 7011, /**< no matching row in database */
    ERR_SDK_INTERNAL_ERROR = 7012, /**< unexpected internal failure */
    ERR_SDK_INTERFACE_NOT_SUPPORT = 7013, /**< not supported by this service or version */
    ERR_SDK_INVALID_OPERATION = 7014, /**< operation not allowed */

    /* account */
    ERR_SDK_NOT_LOGGED_IN = 6014, /**< not login */
    ERR_NO_PREVIOUS_LOGIN = 6026, /**< auto-login for a user never logged in before */
    ERR_USER_SIG_EXPIRED = 6206, /**< UserSig expired (client side) */
    ERR_LOGIN_KICKED_OFF_BY_OTHER = 6208, /**< kicked: same account logged in elsewhere */
    ERR_SDK_ACCOUNT_LOGIN_IN_PROCESS = 7501, /**< a login is already under way */
    ERR_SDK_ACCOUNT_LOGOUT_IN_PROCESS = 7502, /**< a logout is already under way */
    ERR_SDK_ACCOUNT_TLS_INIT_FAILED = 7503, /**< TLS component failed to start */
    ERR_SDK_ACCOUNT_TLS_NOT_INITIALIZED = 7504, /**< TLS component not started */
    ERR_SDK_ACCOUNT_TLS_TRANSPKG_ERROR = 7505, /**< TLS component: bad transport packet */
    ERR_SDK_ACCOUNT_TLS_DECRYPT_FAILED = 7506, /**< TLS component: decryption failed */
    ERR_SDK_ACCOUNT_TLS_REQUEST_FAILED = 7507, /**< TLS component: request failed */
    ERR_SDK_ACCOUNT_TLS_REQUEST_TIMEOUT = 7508, /**< TLS component: request timed out */
    ERR_SVR_ACCOUNT_USERSIG_EXPIRED = 70001, /**< UserSig expired (server side) */
    ERR_SVR_ACCOUNT_USERSIG_EMPTY = 70002, /**< UserSig is empty */
    ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED = 70003, /**< UserSig verification failed, maybe truncated */
    ERR_SVR_ACCOUNT_USERSIG_CHECK_FAILED_EX = 70005, /**< UserSig verification failed (variant) */
    ERR_SVR_ACCOUNT_USERSIG_MISMATCH_PUBLICKEY = 70009, /**< UserSig does not match the public key */
    ERR_SVR_ACCOUNT_USERSIG_MISMATCH_ID = 70013, /**< UserSig issued for another user */
    ERR_SVR_ACCOUNT_USERSIG_MISMATCH_SDKAPPID = 70014, /**< UserSig issued for another SDKAppID */
    ERR_SVR_ACCOUNT_USERSIG_PUBLICKEY_NOT_FOUND = 70016, /**< no public key to verify UserSig */
    ERR_SVR_ACCOUNT_SDKAPPID_NOT_FOUND = 70020, /**< SDKAppID not found */
    ERR_SVR_ACCOUNT_INVALID_USERSIG = 70052, /**< UserSig revoked */
    ERR_SVR_ACCOUNT_NOT_FOUND = 70107, /**< account does not exist */
    ERR_SVR_ACCOUNT_SEC_RSTR = 70114, /**< restricted for security reasons */
    ERR_SVR_ACCOUNT_INTERNAL_TIMEOUT = 70169, /**< server-side timeout */
    ERR_SVR_ACCOUNT_INVALID_COUNT = 70206, /**< batch size not allowed */
    ERR_SVR_ACCOUNT_INVALID_PARAMETERS = 70402, /**< account request parameter invalid */
    ERR_SVR_ACCOUNT_ADMIN_REQUIRED = 70403, /**< administrator rights required */
    ERR_SVR_ACCOUNT_FREQ_LIMIT = 70050, /**< too many failed logins, wait a minute */
    ERR_SVR_ACCOUNT_BLACKLIST = 70051, /**< account is blacklisted */
    ERR_SVR_ACCOUNT_COUNT_LIMIT = 70398, /**< trial account quota used up */
    ERR_SVR_ACCOUNT_INTERNAL_ERROR = 70500, /**< account service internal error */
    ERR_SVR_ACCOUNT_USER_STATUS_DISABLED = 72001, /**< user-status feature not enabled in console */

    /* message */
    ERR_INVALID_CONVERSATION = 6004, /**< invalid conversation, or not logged in */
    ERR_FILE_TRANS_AUTH_FAILED = 6006, /**< file transfer not authorised */
    ERR_FILE_TRANS_NO_SERVER = 6007, /**< no file-transfer server available */
    ERR_FILE_TRANS_UPLOAD_FAILED = 6008, /**< upload failed */
    ERR_IMAGE_UPLOAD_FAILED_NOTIMAGE = 6031, /**< uploaded picture is not a readable image */
    ERR_FILE_TRANS_DOWNLOAD_FAILED = 6009, /**< download failed or file expired */
    ERR_HTTP_REQ_FAILED = 6010, /**< HTTP request failed */
    ERR_INVALID_MSG_ELEM = 6016, /**< message element is invalid */
    ERR_INVALID_SDK_OBJECT = 6021, /**< object handed in is not valid */
    ERR_INVALID_MSG_RECEIVER = 6032, /**< message receiver does not exist */
    ERR_SDK_MSG_BODY_SIZE_LIMIT = 8001, /**< message body too long (limit 12 KB) */
    ERR_SDK_MSG_KEY_REQ_DIFFER_RSP = 8002, /**< response key differs from request key */
    ERR_SDK_IMAGE_CONVERT_ERROR = 8003, /**< image conversion service failed */
    ERR_SDK_IMAGE_CI_BLOCK = 8004, /**< thumbnail refused by image moderation */
    ERR_MERGER_MSG_LAYERS_OVER_LIMIT = 8005, /**< merged messages nested beyond 100 levels */
    ERR_SDK_MSG_MODIFY_CONFLICT = 8006, /**< message was modified by somebody else meanwhile */
    ERR_SDK_INVALID_CANCEL_MESSAGE = 8020, /**< cannot cancel: message missing or already sent */
    ERR_SDK_SEND_MESSAGE_FAILED_WITH_CANCEL = 8021, /**< send failed because it was cancelled */
    ERR_SVR_MSG_PKG_PARSE_FAILED = 20001, /**< message packet invalid, check both accounts */
    ERR_SVR_MSG_INTERNAL_AUTH_FAILED = 20002, /**< message service internal auth failed */
    ERR_SVR_MSG_INVALID_ID = 20003, /**< account invalid or not imported */
    ERR_SVR_MSG_NET_ERROR = 20004, /**< message service network error */
    ERR_SVR_MSG_INTERNAL_ERROR1 = 20005, /**< message service internal error 1 */
    ERR_SVR_MSG_PUSH_DENY = 20006, /**< app callback refused the C2C message */
    ERR_SVR_MSG_IN_PEER_BLACKLIST = 20007, /**< peer has blacklisted the sender */
    ERR_SVR_MSG_BOTH_NOT_FRIEND = 20009, /**< neither side is a friend */
    ERR_SVR_MSG_NOT_PEER_FRIEND = 20010, /**< sender is not in peer friend list */
    ERR_SVR_MSG_NOT_SELF_FRIEND = 20011, /**< peer is not in own friend list */
    ERR_SVR_MSG_SHUTUP_DENY = 20012, /**< sender is muted */
    ERR_SVR_MSG_REVOKE_TIME_LIMIT = 20016, /**< too late to revoke (default two minutes) */
    ERR_SVR_MSG_DEL_RAMBLE_INTERNAL_ERROR = 20018, /**< deleting roaming messages failed */
    ERR_SVR_MSG_EXTENSION_CONFLICT = 23001, /**< message extension edit conflict */
    ERR_SVR_MSG_EXTENSION_NOT_EXIST = 23004, /**< message extension to delete does not exist */
    ERR_SVR_MSG_REACTION_COUNT_LIMIT = 23005, /**< too many reactions on one message */
    ERR_SVR_MSG_REACTION_USER_COUNT_LIMIT = 23006, /**< too many users on one reaction */
    ERR_SVR_MSG_REACTION_ALREADY_CONTAIN_USER = 23007, /**< user already used this reaction */
    ERR_SVR_MSG_REACTION_NOT_EXISTS = 23008, /**< reaction does not exist */
    ERR_SVR_MSG_REACTION_NOT_CONTAIN_USER = 23009, /**< user has not used this reaction */
    ERR_SVR_MSG_JSON_PARSE_FAILED = 90001, /**< message request JSON unparsable */
    ERR_SVR_MSG_INVALID_JSON_BODY_FORMAT = 90002, /**< MsgBody wrong shape or not an array */
    ERR_SVR_MSG_INVALID_TO_ACCOUNT = 90003, /**< To_Account missing or wrong type */
    ERR_SVR_MSG_INVALID_RAND = 90005, /**< MsgRandom missing or not integer */
    ERR_SVR_MSG_INVALID_TIMESTAMP = 90006, /**< MsgTimeStamp missing or not integer */
    ERR_SVR_MSG_BODY_NOT_ARRAY = 90007, /**< MsgBody is not an array */
    ERR_SVR_MSG_ADMIN_REQUIRED = 90009, /**< message call needs administrator */
    ERR_SVR_MSG_INVALID_JSON_FORMAT = 90010, /**< JSON does not describe a message */
    ERR_SVR_MSG_TO_ACCOUNT_COUNT_LIMIT = 90011, /**< more than 500 target accounts */
    ERR_SVR_MSG_TO_ACCOUNT_NOT_FOUND = 90012, /**< To_Account not registered */
    ERR_SVR_MSG_TIME_LIMIT = 90026, /**< offline storage time above seven days */
    ERR_SVR_MSG_INVALID_SYNCOTHERMACHINE = 90031, /**< SyncOtherMachine is not integer */
    ERR_SVR_MSG_INVALID_MSGLIFETIME = 90044, /**< MsgLifeTime is not integer */
    ERR_SVR_MSG_ACCOUNT_NOT_FOUND = 90048, /**< message account does not exist */
    ERR_SVR_MSG_INTERNAL_ERROR2 = 90994, /**< message service internal error 2 */
    ERR_SVR_MSG_INTERNAL_ERROR3 = 90995, /**< message service internal error 3 */
    ERR_SVR_MSG_INTERNAL_ERROR4 = 91000, /**< message service internal error 4 */
    ERR_SVR_MSG_INTERNAL_ERROR5 = 90992, /**< message service error 5, or app callback failing */
    ERR_SVR_MSG_BODY_SIZE_LIMIT = 93000, /**< JSON body above 12 KB */
    ERR_SVR_MSG_LONGPOLLING_COUNT_LIMIT = 91101, /**< web long-poll kicked: too many instances */

    /* signaling */
    ERR_SDK_SIGNALING_INVALID_INVITE_ID = 8010, /**< signaling invite id unknown or already handled */
    ERR_SDK_SIGNALING_NO_PERMISSION = 8011, /**< no permission for this signaling operation */
    ERR_SDK_SIGNALING_ALREADY_EXISTS = 8012, /**< signaling invitation already exists */

    /* group */
    ERR_SDK_GROUP_INVALID_ID = 8501, /**< bad group id: printable ASCII, max 48 bytes, no @TGS# */
    ERR_SDK_GROUP_INVALID_NAME = 8502, /**< bad group name: UTF-8, max 30 bytes */
    ERR_SDK_GROUP_INVALID_INTRODUCTION = 8503, /**< bad group introduction: UTF-8, max 240 bytes */
    ERR_SDK_GROUP_INVALID_NOTIFICATION = 8504, /**< bad group notice: UTF-8, max 300 bytes */
    ERR_SDK_GROUP_INVALID_FACE_URL = 8505, /**< bad group avatar URL: max 100 bytes */
    ERR_SDK_GROUP_INVALID_NAME_CARD = 8506, /**< bad name card: UTF-8, max 50 bytes */
    ERR_SDK_GROUP_MEMBER_COUNT_LIMIT = 8507, /**< too many members for create or invite */
    ERR_SDK_GROUP_JOIN_PRIVATE_GROUP_DENY = 8508, /**< Private groups cannot be joined by application */
    ERR_SDK_GROUP_INVITE_SUPER_DENY = 8509, /**< a member may not be invited as owner */
    ERR_SDK_GROUP_INVITE_NO_MEMBER = 8510, /**< invite list is empty */
    ERR_SDK_GROUP_ATTR_FREQUENCY_LIMIT = 8511, /**< group attribute calls too frequent */
    ERR_SDK_GROUP_GET_ONLINE_MEMBER_COUNT_LIMIT = 8512, /**< online-count query limited to once per 60 s */
    ERR_SDK_GROUP_GET_GROUPS_INFO_LIMIT = 8513, /**< group-info query limited to once per second */
    ERR_SDK_GROUP_GET_JOINED_GROUP_LIMIT = 8514, /**< joined-group query limited to once per second */
    ERR_SVR_GROUP_INTERNAL_ERROR = 10002, /**< group service internal error */
    ERR_SVR_GROUP_API_NAME_ERROR = 10003, /**< group API name wrong */
    ERR_SVR_GROUP_INVALID_PARAMETERS = 10004, /**< group request parameter wrong */
    ERR_SVR_GROUP_ACOUNT_COUNT_LIMIT = 10005, /**< too many accounts in request */
    ERR_SVR_GROUP_FREQ_LIMIT = 10006, /**< group operation rate limit */
    ERR_SVR_GROUP_PERMISSION_DENY = 10007, /**< group permission denied */
    ERR_SVR_GROUP_INVALID_REQ = 10008, /**< group request invalid */
    ERR_SVR_GROUP_SUPER_NOT_ALLOW_QUIT = 10009, /**< owner may not leave this group */
    ERR_SVR_GROUP_NOT_FOUND = 10010, /**< group missing or dissolved */
    ERR_SVR_GROUP_JSON_PARSE_FAILED = 10011, /**< group request JSON unparsable */
    ERR_SVR_GROUP_INVALID_ID = 10012, /**< operator account invalid */
    ERR_SVR_GROUP_ALLREADY_MEMBER = 10013, /**< account already a member */
    ERR_SVR_GROUP_FULL_MEMBER_COUNT = 10014, /**< group is full */
    ERR_SVR_GROUP_INVALID_GROUPID = 10015, /**< group id invalid */
    ERR_SVR_GROUP_REJECT_FROM_THIRDPARTY = 10016, /**< refused by app callback */
    ERR_SVR_GROUP_SHUTUP_DENY = 10017, /**< muted, cannot send to group */
    ERR_SVR_GROUP_RSP_SIZE_LIMIT = 10018, /**< reply would exceed 1 MB */
    ERR_SVR_GROUP_ACCOUNT_NOT_FOUND = 10019, /**< group account does not exist */
    ERR_SVR_GROUP_GROUPID_IN_USED = 10021, /**< group id already taken */
    ERR_SVR_GROUP_SEND_MSG_FREQ_LIMIT = 10023, /**< group message rate limit */
    ERR_SVR_GROUP_REQ_ALLREADY_BEEN_PROCESSED = 10024, /**< application or invitation already handled */
    ERR_SVR_GROUP_GROUPID_IN_USED_FOR_SUPER = 10025, /**< group id taken, by the caller as owner */
    ERR_SVR_GROUP_SDKAPPID_DENY = 10026, /**< command disabled for this SDKAppID */
    ERR_SVR_GROUP_REVOKE_MSG_NOT_FOUND = 10030, /**< message to revoke does not exist */
    ERR_SVR_GROUP_REVOKE_MSG_TIME_LIMIT = 10031, /**< too late to revoke group message */
    ERR_SVR_GROUP_REVOKE_MSG_DENY = 10032, /**< message cannot be revoked */
    ERR_SVR_GROUP_NOT_ALLOW_REVOKE_MSG = 10033, /**< group type forbids revoking */
    ERR_SVR_GROUP_REMOVE_MSG_DENY = 10034, /**< message type cannot be deleted */
    ERR_SVR_GROUP_NOT_ALLOW_REMOVE_MSG = 10035, /**< group type forbids deleting messages */
    ERR_SVR_GROUP_AVCHATROOM_COUNT_LIMIT = 10036, /**< AVChatRoom quota exceeded */
    ERR_SVR_GROUP_COUNT_LIMIT = 10037, /**< per-user group quota exceeded */
    ERR_SVR_GROUP_MEMBER_COUNT_LIMIT = 10038, /**< group member quota exceeded */
    ERR_SVR_GROUP_ATTRIBUTE_WRITE_CONFILCT = 10056, /**< group attribute write conflict, reload first */
    ERR_SVR_GROUP_PINNED_MESSAGE_COUNT_LIMIT = 10070, /**< pinned message limit reached */
    ERR_SVR_GROUP_MESSAGE_ALREADY_PINNED = 10071, /**< message already pinned */

    /* friendship */
    ERR_SDK_FRIENDSHIP_INVALID_PROFILE_KEY = 9001, /**< unknown profile field or custom key */
    ERR_SDK_FRIENDSHIP_INVALID_ADD_REMARK = 9002, /**< friend remark invalid: UTF-8, max 96 bytes */
    ERR_SDK_FRIENDSHIP_INVALID_ADD_WORDING = 9003, /**< add wording invalid: UTF-8, max 120 bytes */
    ERR_SDK_FRIENDSHIP_INVALID_ADD_SOURCE = 9004, /**< add source lacks prefix AddSource_Type_ */
    ERR_SDK_FRIENDSHIP_FRIEND_GROUP_EMPTY = 9005, /**< friend group name empty or over 30 bytes */
    ERR_SDK_FRIENDSHIP_EXCEED_THE_LIMIT = 9006, /**< quantity limit exceeded */
    ERR_SVR_FRIENDSHIP_INVALID_PARAMETERS = 30001, /**< relation request parameter wrong */
    ERR_SVR_FRIENDSHIP_INVALID_SDKAPPID = 30002, /**< relation request SDKAppID mismatch */
    ERR_SVR_FRIENDSHIP_ACCOUNT_NOT_FOUND = 30003, /**< relation account does not exist */
    ERR_SVR_FRIENDSHIP_ADMIN_REQUIRED = 30004, /**< relation call needs administrator */
    ERR_SVR_FRIENDSHIP_SENSITIVE_TEXT = 30005, /**< relation text rejected by moderation */
    ERR_SVR_FRIENDSHIP_INTERNAL_ERROR = 30006, /**< relation service internal error */
    ERR_SVR_FRIENDSHIP_NET_TIMEOUT = 30007, /**< relation service timed out */
    ERR_SVR_FRIENDSHIP_WRITE_CONFLICT = 30008, /**< concurrent relation writes collided */
    ERR_SVR_FRIENDSHIP_ADD_FRIEND_DENY = 30009, /**< backend forbids this user to add friends */
    ERR_SVR_FRIENDSHIP_COUNT_LIMIT = 30010, /**< own friend limit reached */
    ERR_SVR_FRIENDSHIP_GROUP_COUNT_LIMIT = 30011, /**< friend group limit reached */
    ERR_SVR_FRIENDSHIP_PENDENCY_LIMIT = 30012, /**< pending request limit reached */
    ERR_SVR_FRIENDSHIP_BLACKLIST_LIMIT = 30013, /**< blacklist limit reached */
    ERR_SVR_FRIENDSHIP_PEER_FRIEND_LIMIT = 30014, /**< peer friend limit reached */
    ERR_SVR_FRIENDSHIP_ALREADY_FRIENDS = 30015, /**< already friends */
    ERR_SVR_FRIENDSHIP_IN_SELF_BLACKLIST = 30515, /**< peer is in own blacklist */
    ERR_SVR_FRIENDSHIP_ALLOW_TYPE_DENY_ANY = 30516, /**< peer refuses all friend requests */
    ERR_SVR_FRIENDSHIP_IN_PEER_BLACKLIST = 30525, /**< own account is in peer blacklist */
    ERR_SVR_FRIENDSHIP_ALLOW_TYPE_NEED_CONFIRM = 30539, /**< request recorded, waiting for peer confirmation */
    ERR_SVR_FRIENDSHIP_ADD_FRIEND_SEC_RSTR = 30540, /**< add-friend calls throttled for security */
    ERR_SVR_FRIENDSHIP_PENDENCY_NOT_FOUND = 30614, /**< pending request does not exist */
    ERR_SVR_FRIENDSHIP_DEL_NONFRIEND = 31704, /**< account to delete is no friend */
    ERR_SVR_FRIENDSHIP_DEL_FRIEND_SEC_RSTR = 31707, /**< delete-friend calls throttled for security */
    ERR_SVR_FRIENDSHIP_ACCOUNT_NOT_FOUND_EX = 31804, /**< relation account does not exist (variant) */
    ERR_SVR_FRIENDSHIP_SELF_FOLLOWING_COUNT_EXCEEDS_LIMIT = 32100, /**< own following limit reached */
    ERR_SVR_FRIENDSHIP_PEER_FOLLOWERS_COUNT_EXCEEDS_LIMIT = 32101, /**< peer follower limit reached */
    ERR_SVR_FRIENDSHIP_SELF_MUTUAL_FOLLOWERS_COUNT_EXCEEDS_LIMIT = 32102, /**< own mutual-follow limit reached */
    ERR_SVR_FRIENDSHIP_PEER_MUTUAL_FOLLOWERS_COUNT_EXCEEDS_LIMIT = 32103, /**< peer mutual-follow limit reached */

    /* network */
    ERR_SDK_NET_ENCODE_FAILED = 9501, /**< packet encryption failed */
    ERR_SDK_NET_DECODE_FAILED = 9502, /**< packet decryption failed */
    ERR_SDK_NET_AUTH_INVALID = 9503, /**< connection not authenticated yet */
    ERR_SDK_NET_COMPRESS_FAILED = 9504, /**< packet compression failed */
    ERR_SDK_NET_UNCOMPRESS_FAILED = 9505, /**< packet decompression failed */
    ERR_SDK_NET_FREQ_LIMIT = 9506, /**< more than five requests per second */
    ERR_SDK_NET_REQ_COUNT_LIMIT = 9507, /**< more than 1000 requests in flight */
    ERR_SDK_NET_DISCONNECT = 9508, /**< no network connection */
    ERR_SDK_NET_ALLREADY_CONN = 9509, /**< connection already established */
    ERR_SDK_NET_CONN_TIMEOUT = 9510, /**< connecting timed out */
    ERR_SDK_NET_CONN_REFUSE = 9511, /**< connection refused */
    ERR_SDK_NET_NET_UNREACH = 9512, /**< network unreachable */
    ERR_SDK_NET_SOCKET_NO_BUFF = 9513, /**< system out of socket buffers */
    ERR_SDK_NET_RESET_BY_PEER = 9514, /**< connection reset by peer */
    ERR_SDK_NET_SOCKET_INVALID = 9515, /**< socket handle invalid */
    ERR_SDK_NET_HOST_GETADDRINFO_FAILED = 9516, /**< address lookup failed */
    ERR_SDK_NET_CONNECT_RESET = 9517, /**< connection reset while connecting */
    ERR_SDK_NET_WAIT_INQUEUE_TIMEOUT = 9518, /**< timed out before entering the send queue */
    ERR_SDK_NET_WAIT_SEND_TIMEOUT = 9519, /**< timed out in the send queue */
    ERR_SDK_NET_WAIT_ACK_TIMEOUT = 9520, /**< timed out waiting for server reply */
    ERR_SDK_NET_WAIT_SEND_REMAINING_TIMEOUT = 9521, /**< timed out sending the remaining part */
    ERR_SDK_NET_PKG_SIZE_LIMIT = 9522, /**< request packet above 1 MB */
    ERR_SDK_NET_WAIT_SEND_TIMEOUT_NO_NETWORK = 9523, /**< send-queue timeout, no network */
    ERR_SDK_NET_WAIT_ACK_TIMEOUT_NO_NETWORK = 9524, /**< reply timeout, no network */
    ERR_SDK_NET_SEND_REMAINING_TIMEOUT_NO_NETWORK = 9525, /**< partial-send timeout, no network */

    /* gateway */
    ERR_SVR_SSO_CONNECT_LIMIT = -302, /**< gateway: too many connections */
    ERR_SVR_SSO_VCODE = -10000, /**< gateway: verification code flag error */
    ERR_SVR_SSO_D2_EXPIRED = -10001, /**< gateway: session key expired */
    ERR_SVR_SSO_A2_UP_INVALID = -10003, /**< gateway: ticket expired */
    ERR_SVR_SSO_A2_DOWN_INVALID = -10004, /**< gateway: ticket rejected */
    ERR_SVR_SSO_EMPTY_KEY = -10005, /**< gateway: empty key */
    ERR_SVR_SSO_UIN_INVALID = -10006, /**< gateway: key belongs to another account */
    ERR_SVR_SSO_VCODE_TIMEOUT = -10007, /**< gateway: verification code timed out */
    ERR_SVR_SSO_NO_IMEI_AND_A2 = -10008, /**< gateway: key and ticket required */
    ERR_SVR_SSO_COOKIE_INVALID = -10009, /**< gateway: cookie mismatch */
    ERR_SVR_SSO_DOWN_TIP = -10101, /**< gateway: key expired while sending a notice */
    ERR_SVR_SSO_DISCONNECT = -10102, /**< gateway: connection dropped */
    ERR_SVR_SSO_IDENTIFIER_INVALID = -10103, /**< gateway: identity no longer valid */
    ERR_SVR_SSO_CLIENT_CLOSE = -10104, /**< gateway: client closed itself */
    ERR_SVR_SSO_MSFSDK_QUIT = -10105, /**< gateway: client component quit */
    ERR_SVR_SSO_D2KEY_WRONG = -10106, /**< gateway: too many decryption failures, log in again */
    ERR_SVR_SSO_UNSURPPORT = -10107, /**< gateway: aggregation unsupported */
    ERR_SVR_SSO_PREPAID_ARREARS = -10108, /**< gateway: prepaid balance exhausted */
    ERR_SVR_SSO_PACKET_WRONG = -10109, /**< gateway: malformed packet */
    ERR_SVR_SSO_APPID_BLACK_LIST = -10110, /**< gateway: SDKAppID blacklisted */
    ERR_SVR_SSO_CMD_BLACK_LIST = -10111, /**< gateway: command blacklisted for SDKAppID */
    ERR_SVR_SSO_APPID_WITHOUT_USING = -10112, /**< gateway: SDKAppID out of service */
    ERR_SVR_SSO_FREQ_LIMIT = -10113, /**< gateway: per-user rate limit */
    ERR_SVR_SSO_OVERLOAD = -10114, /**< gateway: overloaded, packet dropped */
    ERR_SVR_SSO_FREQUENCY_LIMIT = -20009, /**< gateway: client calls too frequent */

    /* resource */
    ERR_SVR_RES_NOT_FOUND = 114000, /**< resource to send not found */
    ERR_SVR_RES_ACCESS_DENY = 114001, /**< resource access denied */
    ERR_SVR_RES_SIZE_LIMIT = 114002, /**< resource too large */
    ERR_SVR_RES_SEND_CANCEL = 114003, /**< sending cancelled by user */
    ERR_SVR_RES_READ_FAILED = 114004, /**< resource could not be read */
    ERR_SVR_RES_TRANSFER_TIMEOUT = 114005, /**< resource transfer timed out */
    ERR_SVR_RES_INVALID_PARAMETERS = 114011, /**< resource request parameter invalid */
    ERR_SVR_RES_INVALID_FILE_MD5 = 115066, /**< whole-file MD5 mismatch */
    ERR_SVR_RES_INVALID_PART_MD5 = 115068, /**< part MD5 mismatch */

    /* server common */
    ERR_SVR_COMM_INVALID_HTTP_URL = 60002, /**< server: bad HTTP URL */
    ERR_SVR_COMM_REQ_JSON_PARSE_FAILED = 60003, /**< server: request JSON unparsable */
    ERR_SVR_COMM_INVALID_ACCOUNT = 60004, /**< server: bad account or UserSig in request */
    ERR_SVR_COMM_INVALID_ACCOUNT_EX = 60005, /**< server: bad account or UserSig (variant) */
    ERR_SVR_COMM_INVALID_SDKAPPID = 60006, /**< server: SDKAppID invalid */
    ERR_SVR_COMM_REST_FREQ_LIMIT = 60007, /**< server: REST rate limit */
    ERR_SVR_COMM_REQUEST_TIMEOUT = 60008, /**< server: timeout or malformed HTTP */
    ERR_SVR_COMM_INVALID_RES = 60009, /**< server: wrong resource in URL */
    ERR_SVR_COMM_ID_NOT_ADMIN = 60010, /**< server: administrator account required */
    ERR_SVR_COMM_SDKAPPID_FREQ_LIMIT = 60011, /**< server: SDKAppID rate limit */
    ERR_SVR_COMM_SDKAPPID_MISS = 60012, /**< server: SDKAppID missing in URL */
    ERR_SVR_COMM_RSP_JSON_PARSE_FAILED = 60013, /**< server: reply JSON unparsable */
    ERR_SVR_COMM_EXCHANGE_ACCOUNT_TIMEUT = 60014, /**< server: account exchange timed out */
    ERR_SVR_COMM_INVALID_ID_FORMAT = 60015, /**< server: account field must be a string */
    ERR_SVR_COMM_SDKAPPID_FORBIDDEN = 60016, /**< server: SDKAppID disabled */
    ERR_SVR_COMM_REQ_FORBIDDEN = 60017, /**< server: request disabled */
    ERR_SVR_COMM_REQ_FREQ_LIMIT = 60018, /**< server: too many requests */
    ERR_SVR_COMM_REQ_FREQ_LIMIT_EX = 60019, /**< server: too many requests (variant) */
    ERR_SVR_COMM_INVALID_SERVICE = 60020, /**< server: plan not bought or not active yet */
    ERR_SVR_COMM_SENSITIVE_TEXT = 80001, /**< text rejected by moderation */
    ERR_SVR_COMM_BODY_SIZE_LIMIT = 80002, /**< message body above 12 KB */
    ERR_SVR_COMM_SENSITIVE_IMAGE = 80004, /**< image rejected by moderation */

    /* profile */
    ERR_SVR_PROFILE_INVALID_PARAMETERS = 40001, /**< profile request parameter wrong */
    ERR_SVR_PROFILE_ACCOUNT_MISS = 40002, /**< profile request names no account */
    ERR_SVR_PROFILE_ACCOUNT_NOT_FOUND = 40003, /**< profile account does not exist */
    ERR_SVR_PROFILE_ADMIN_REQUIRED = 40004, /**< profile change needs administrator */
    ERR_SVR_PROFILE_SENSITIVE_TEXT = 40005, /**< profile text rejected by moderation */
    ERR_SVR_PROFILE_INTERNAL_ERROR = 40006, /**< profile service internal error */
    ERR_SVR_PROFILE_READ_PERMISSION_REQUIRED = 40007, /**< no read permission for profile field */
    ERR_SVR_PROFILE_WRITE_PERMISSION_REQUIRED = 40008, /**< no write permission for profile field */
    ERR_SVR_PROFILE_TAG_NOT_FOUND = 40009, /**< profile tag unknown */
    ERR_SVR_PROFILE_SIZE_LIMIT = 40601, /**< profile value above 500 bytes */
    ERR_SVR_PROFILE_VALUE_ERROR = 40605, /**< standard profile field has a bad value */
    ERR_SVR_PROFILE_INVALID_VALUE_FORMAT = 40610, /**< profile value type mismatch */
    ERR_SVR_PROFILE_SUBSCRIPTION_DISABLED = 72012, /**< profile-change subscription not enabled */

    /* conversation */
    ERR_SVR_CONV_ACCOUNT_NOT_FOUND = 50001, /**< conversation account does not exist */
    ERR_SVR_CONV_INVALID_PARAMETERS = 50002, /**< conversation request parameter wrong */
    ERR_SVR_CONV_ADMIN_REQUIRED = 50003, /**< conversation call needs administrator */
    ERR_SVR_CONV_INTERNAL_ERROR = 50004, /**< conversation service internal error */
    ERR_SVR_CONV_NET_TIMEOUT = 50005, /**< conversation service timed out */
    ERR_SVR_CONV_CONV_MARK_REQ_COUNT_EXCEED_LIMIT = 51006, /**< more than 100 conversations in one request */
    ERR_SVR_CONV_CONV_MARK_OPERATE_FAILED = 51007, /**< operation on a group conversation failed */
    ERR_SVR_CONV_CONV_MARK_TOTAL_COUNT_EXCEED_LIMIT = 51008, /**< more than 1000 marked or grouped conversations */
    ERR_SVR_CONV_CONV_GROUP_NOT_EXIST = 51009, /**< conversation group does not exist */
    ERR_SVR_CONV_CONV_GROUP_TOTAL_COUNT_EXCEED_LIMIT = 51010, /**< more than 20 conversation groups */
    ERR_SVR_CONV_CONV_GROUP_NAME_EXCEED_LENGTH = 51011, /**< conversation group name above 32 bytes */

    /* legacy */
    ERR_NO_SUCC_RESULT = 6003, /**< batch had no successful item */
    ERR_TO_USER_INVALID = 6011, /**< receiver invalid */
    ERR_REQUEST_TIME_OUT = 6012, /**< request timed out */
    ERR_REQUEST_TIMEOUT = 6012, /**< request timed out */
    ERR_INIT_CORE_FAIL = 6018, /**< core module failed to start */
    ERR_EXPIRED_SESSION_NODE = 6020, /**< session node is null */
    ERR_LOGGED_OUT_BEFORE_LOGIN_FINISHED = 6023, /**< logged out before login finished */
    ERR_TLSSDK_NOT_INITIALIZED = 6024, /**< TLS component not initialised (legacy) */
    ERR_TLSSDK_USER_NOT_FOUND = 6025, /**< TLS component knows no such user */
    ERR_BIND_FAIL_UNKNOWN = 6100, /**< bind failed, cause unknown */
    ERR_BIND_FAIL_NO_SSOTICKET = 6101, /**< bind failed, ticket missing */
    ERR_BIND_FAIL_REPEATD_BIND = 6102, /**< bind repeated */
    ERR_BIND_FAIL_TINYID_NULL = 6103, /**< bind failed, internal user id missing */
    ERR_BIND_FAIL_GUID_NULL = 6104, /**< bind failed, device id missing */
    ERR_BIND_FAIL_UNPACK_REGPACK_FAILED = 6105, /**< bind failed, registration packet undecodable */
    ERR_BIND_FAIL_REG_TIMEOUT = 6106, /**< bind failed, registration timed out */
    ERR_BIND_FAIL_ISBINDING = 6107, /**< bind already running */
    ERR_PACKET_FAIL_UNKNOWN = 6120, /**< packet failed, cause unknown */
    ERR_PACKET_FAIL_REQ_NO_NET = 6121, /**< packet failed, no network on request */
    ERR_PACKET_FAIL_RESP_NO_NET = 6122, /**< packet failed, no network on reply */
    ERR_PACKET_FAIL_REQ_NO_AUTH = 6123, /**< packet failed, not authorised */
    ERR_PACKET_FAIL_SSO_ERR = 6124, /**< packet failed, gateway error */
    ERR_PACKET_FAIL_REQ_TIMEOUT = 6125, /**< packet failed, request timed out */
    ERR_PACKET_FAIL_RESP_TIMEOUT = 6126, /**< packet failed, reply timed out */
    ERR_PACKET_FAIL_REQ_ON_RESEND = 6127, /**< packet resend failed */
    ERR_PACKET_FAIL_RESP_NO_RESEND = 6128, /**< resend was not actually sent */
    ERR_PACKET_FAIL_FLOW_SAVE_FILTERED = 6129, /**< packet filtered on save */
    ERR_PACKET_FAIL_REQ_OVER_LOAD = 6130, /**< packet failed, overloaded */
    ERR_PACKET_FAIL_LOGIC_ERR = 6131, /**< packet failed, inconsistent data */
    ERR_FRIENDSHIP_PROXY_NOT_SYNCED = 6150, /**< relation cache not synchronised yet */
    ERR_FRIENDSHIP_PROXY_SYNCING = 6151, /**< relation cache synchronising */
    ERR_FRIENDSHIP_PROXY_SYNCED_FAIL = 6152, /**< relation cache synchronisation failed */
    ERR_FRIENDSHIP_PROXY_LOCAL_CHECK_ERR = 6153, /**< relation cache rejected parameters locally */
    ERR_GROUP_INVALID_FIELD = 6160, /**< group cache: unknown field requested */
    ERR_GROUP_STORAGE_DISABLED = 6161, /**< group cache storage disabled */
    ERR_LOADGRPINFO_FAILED = 6162, /**< loading group info failed */
    ERR_REQ_NO_NET_ON_REQ = 6200, /**< no network on request (legacy) */
    ERR_REQ_NO_NET_ON_RSP = 6201, /**< no network on reply (legacy) */
    ERR_SERIVCE_NOT_READY = 6205, /**< transport service not ready */
    ERR_LOGIN_AUTH_FAILED = 6207, /**< account authentication failed */
    ERR_NEVER_CONNECT_AFTER_LAUNCH = 6209, /**< never went online since start */
    ERR_REQ_FAILED = 6210, /**< transport execution failed */
    ERR_REQ_INVALID_REQ = 6211, /**< transport request invalid */
    ERR_REQ_OVERLOADED = 6212, /**< transport queue full */
    ERR_REQ_KICK_OFF = 6213, /**< already kicked by another device */
    ERR_REQ_SERVICE_SUSPEND = 6214, /**< service suspended */
    ERR_REQ_INVALID_SIGN = 6215, /**< gateway signature wrong */
    ERR_REQ_INVALID_COOKIE = 6216, /**< gateway cookie invalid */
    ERR_LOGIN_TLS_RSP_PARSE_FAILED = 6217, /**< login: reply length check failed */
    ERR_LOGIN_OPENMSG_TIMEOUT = 6218, /**< login: status report timed out */
    ERR_LOGIN_OPENMSG_RSP_PARSE_FAILED = 6219, /**< login: status reply unparsable */
    ERR_LOGIN_TLS_DECRYPT_FAILED = 6220, /**< login: decryption failed */
    ERR_WIFI_NEED_AUTH = 6221, /**< Wi-Fi requires sign-in */
    ERR_USER_CANCELED = 6222, /**< cancelled by user */
    ERR_REVOKE_TIME_LIMIT_EXCEED = 6223, /**< too late to revoke (client check) */
    ERR_LACK_UGC_EXT = 6224, /**< short-video extension missing */
    ERR_AUTOLOGIN_NEED_USERSIG = 6226, /**< auto-login ticket expired, UserSig needed */
    ERR_QAL_NO_SHORT_CONN_AVAILABLE = 6300, /**< no short connection available */
    ERR_REQ_CONTENT_ATTACK = 80101, /**< message content rejected by security */
    ERR_LOGIN_SIG_EXPIRE = 70101, /**< login ticket expired */
    ERR_SDK_HAD_INITIALIZED = 90101, /**< library already initialised */
    ERR_OPENBDH_BASE = 115000, /**< base value of upload-channel errors */
    ERR_REQUEST_NO_NET_ONREQ = 6250, /**< no network on request */
    ERR_REQUEST_NO_NET_ONRSP = 6251, /**< no network on reply */
    ERR_REQUEST_FAILED = 6252, /**< transport execution failed (variant) */
    ERR_REQUEST_INVALID_REQ = 6253, /**< transport request invalid (variant) */
    ERR_REQUEST_OVERLOADED = 6254, /**< transport queue full (variant) */
    ERR_REQUEST_KICK_OFF = 6255, /**< already kicked by another device (variant) */
    ERR_REQUEST_SERVICE_SUSPEND = 6256, /**< service suspended (variant) */
    ERR_REQUEST_INVALID_SIGN = 6257, /**< gateway signature wrong (variant) */
    ERR_REQUEST_INVALID_COOKIE = 6258, /**< gateway cookie invalid (variant) */
};
typedef enum TIMErrCode TIMErrCode;

#endif /* IMSDK_TIMERRORCODE_H */
