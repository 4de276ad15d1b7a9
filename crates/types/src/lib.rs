//! The vocabulary of the TIM C interface: JSON objects, enums, error codes, callback types and limits, each fact once.
//!
//! [`OBJECTS`], [`ENUMS`], [`CODES`], [`CONSTANTS`] and [`OPERATIONS`] carry the C names and the documentation, so that the headers are
//! made from the same source as the code. Nothing here allocates before it is used, and nothing is `unsafe`.
//!
//! Reading JSON is lenient: an absent key, `null`, or a value of the wrong type leaves the default. Writing is complete
//! and in order of the keys; a key that was renamed is written under every spelling, so that programs of every age find
//! what they look for.

#![forbid(unsafe_code)]

pub mod callback;
pub mod code;
pub mod constant;
pub mod conversation;
mod elem;
pub mod element;
mod enums;
pub mod error;
pub mod experimental;
mod field;
pub mod friendship;
pub mod group;
mod input;
pub mod json;
mod keys;
pub mod limits;
pub mod manager;
pub mod message;
pub mod meta;
mod object;
pub mod profile;
pub mod push;
mod tables;
pub mod wire;

pub use callback::*;
pub use code::{CODES, Code};
pub use constant::CONSTANTS;
pub use conversation::*;
pub use elem::Elem;
pub use element::*;
pub use enums::NotAMember;
pub use error::Error;
pub use experimental::*;
pub use field::{Field, NumberOrText, OnlyText, TextOrNumber, Written};
pub use friendship::group::*;
pub use friendship::pendency::*;
pub use friendship::*;
pub use group::member::*;
pub use group::pendency::*;
pub use group::tips::*;
pub use group::*;
pub use manager::*;
pub use message::*;
pub use meta::{CodeMeta, ConstantMeta, EnumMeta, FieldMeta, MemberMeta, ObjectMeta};
pub use object::Object;
pub use profile::*;
pub use push::*;
pub use tables::{ENUMS, OBJECTS};
