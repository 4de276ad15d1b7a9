/**
 * @file TIMSignalingManager.h
 * The TIM C interface: signaling. No functions yet.
 */
#ifndef IMSDK_TIMSIGNALINGMANAGER_H
#define IMSDK_TIMSIGNALINGMANAGER_H

#include "TIMCloudCallback.h"

#endif /* IMSDK_TIMSIGNALINGMANAGER_H */
