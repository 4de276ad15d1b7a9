/**
 * @file TIMCloudComm.h
 * The TIM C interface: what all its headers share.
 */
#ifndef IMSDK_TIMCLOUDCOMM_H
#define IMSDK_TIMCLOUDCOMM_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

/*
 * TIM_API stands in front of every function. A program needs to define nothing: TIM_EXPORTS and
 * TIM_IMPORTS, which older build files set, mean nothing here. With the static library on Windows
 * define TIM_STATIC.
 */
#if defined(_WIN32)
#if defined(TIM_STATIC)
#define TIM_API
#else
#define TIM_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define TIM_API __attribute__((visibility("default")))
#else
#define TIM_API
#endif

/** Older name of TIM_API. */
#define TIM_DECL TIM_API

/*
 * TIM_KEY declares the key of a JSON object. A constant object rather than a macro, so that a
 * program may write ::kTIMMsgElemArray, take its address or see it in a debugger; static and marked
 * as possibly unused, so that the many keys that a program does not use cost nothing and raise no
 * warning in C or C++.
 */
#if defined(__GNUC__)
#define TIM_KEY __attribute__((unused)) static const char* const
#else
#define TIM_KEY static const char* const
#endif

#endif /* IMSDK_TIMCLOUDCOMM_H */
