//! Groups: what programs ask about them, and what happens in them.

mod api;
mod log;
mod notice;

pub(crate) use log::GroupNews;
pub(crate) use notice::{complete_report, complete_tip};
