/**
 * @file TIMCloud.h
 * The TIM C interface: everything. A program needs to include only this file.
 *
 * Conventions
 *
 * Calls. A function with a callback never waits: it reads its arguments, queues the work and
 * returns. Return codes (enum TIMResult) depend on the arguments alone. TIM_SUCC: the callback
 * comes, exactly once (only TIMMsgDownloadElemToPath calls it several times). Anything else: the
 * callback never comes, and the log says what is wrong with which argument. Everything that goes
 * wrong later is the code of the callback (enum TIMErrCode), also 6013 "not initialized" and 6014
 * "not login". A callback may be NULL.
 *
 * Threads. Every function may be called from any thread, in any state, and from inside a callback.
 * All callbacks and listeners come one after another on one thread of the library, never inside
 * the call that they belong to, with no lock held. A slow callback delays other callbacks and
 * nothing else; one that waits for another callback waits for ever. No C++ exception may leave a
 * callback: it ends the program. On Windows, where TIMInit is called on a thread that has a
 * window, or on one with a message queue in a program for windows, they come on that thread until
 * TIMUninit, through its message loop; a message loop inside of a callback brings those that are
 * behind it.
 *
 * Memory. Texts given to a function are copied before it returns. Texts given to a callback belong
 * to the library, are never NULL and live until the callback returns. user_data is handed back as
 * it came and never read.
 *
 * Text is UTF-8. An argument that is not is taken with U+FFFD where it is malformed.
 *
 * JSON. Objects and their keys are named in TIMCloudDef.h. Missing keys take their defaults; so do
 * those of the wrong type in messages and settings, while in any other request they are an error.
 * Keys marked "Not carried out yet" are read and written, and change nothing.
 * Unknown keys are ignored, but kept in messages and their elements. Where a key had another
 * spelling in older headers, both are read and both are written. Numbers of 64 bits are exact. The
 * json_params of an error is "" or the empty form of the result, but for what is sent: that is
 * handed back as it stands in the history.
 *
 * Generations. This interface has grown, and at a few places it answers otherwise than at first, by
 * which programs know it. So a program is taken to know generation 4, the first one, until it calls
 * a function that is newer: TIMGetLoginStatus, TIMGetLoginUserID, TIMGetServerTime,
 * TIMMsgSendMessage and callExperimentalAPI are of generation 5. A new program sets the generation
 * instead, once for all:
 * IMSDK_API_GENERATION=8 in its environment, or api_generation = 8 in its imsdk.toml. The log says
 * which one counts, at TIMInit and when it rises. Where generations differ, the description says
 * so; the largest differences are TIMGroupTipsEventCallback and TIMConvEventCallback.
 *
 * Names. The headers of all generations of this interface are there: TIMCloud.h, TIMCloudDef.h,
 * TIMCloudCallback.h and TIMCloudComm.h, and TIMManager.h with its siblings, one for each area.
 */
#ifndef IMSDK_TIMCLOUD_H
#define IMSDK_TIMCLOUD_H

#include "TIMConversationManager.h"
#include "TIMExperimentalAPI.h"
#include "TIMFriendshipManager.h"
#include "TIMGroupManager.h"
#include "TIMManager.h"
#include "TIMMessageManager.h"

#endif /* IMSDK_TIMCLOUD_H */
