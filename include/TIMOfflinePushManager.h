/**
 * @file TIMOfflinePushManager.h
 * The TIM C interface: offline push. No functions yet; its keys and enums are in TIMCloudDef.h.
 */
#ifndef IMSDK_TIMOFFLINEPUSHMANAGER_H
#define IMSDK_TIMOFFLINEPUSHMANAGER_H

#include "TIMCloudCallback.h"

#endif /* IMSDK_TIMOFFLINEPUSHMANAGER_H */
