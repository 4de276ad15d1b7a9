/**
 * @file TIMCommunityManager.h
 * The TIM C interface: communities. No functions yet.
 */
#ifndef IMSDK_TIMCOMMUNITYMANAGER_H
#define IMSDK_TIMCOMMUNITYMANAGER_H

#include "TIMCloudCallback.h"

#endif /* IMSDK_TIMCOMMUNITYMANAGER_H */
