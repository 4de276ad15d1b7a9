//! The exported functions, one file per area of the public headers.
//!
//! A function here is its C signature, its doc comment (which becomes the comment in the header,
//! hence the Doxygen commands) and one expression: `crate::ffi` reads the arguments, decides the
//! return code and completes the callback.
//!
//! # Safety
//! What the caller promises is the same everywhere and is written for C programmers in
//! `include/TIMCloud.h`: a text argument is NULL or points to bytes that end in NUL and stay
//! unchanged during the call; a buffer is NULL or has the size that the function states; a callback
//! can be called from another thread until it is unset. Nothing else is assumed: every function may
//! be called in any state and from any thread, enums are checked as numbers.
#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "all that is unsafe is reading the caller's texts and writing the caller's buffers, \
              covered by the one promise above"
)]
#![allow(
    clippy::missing_safety_doc,
    reason = "stated once, above; the doc comments are the C header's"
)]

pub mod conversation;
pub mod experimental;
pub mod friendship;
pub mod group;
pub mod manager;
pub mod message;
pub mod profile;
