#![allow(non_snake_case, reason = "the crate has the name of the library")]
//! imsdk: the TIM C interface over a service of your own. This crate is the C library; its interface for Rust is
//! `imsdk-client`.

pub mod capi;
mod ffi;

#[cfg(panic = "abort")]
compile_error!(
    "imsdk must be built with panic = \"unwind\": a defect must not end the host program"
);
