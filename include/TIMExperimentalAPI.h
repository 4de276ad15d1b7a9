/**
 * @file TIMExperimentalAPI.h
 * The TIM C interface: the experimental call. Not there yet.
 */
#ifndef IMSDK_TIMEXPERIMENTALAPI_H
#define IMSDK_TIMEXPERIMENTALAPI_H

#include "TIMCloudCallback.h"

#endif /* IMSDK_TIMEXPERIMENTALAPI_H */
