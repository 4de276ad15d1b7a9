//! What is reported about groups.

use imsdk_client::Event;
use imsdk_types::{Elem, GroupReportElem, GroupTipsElem, Message};

use super::Tracker;

impl Tracker {
    /// Waits for a notice of this type about a group.
    ///
    /// # Panics
    /// If it doesn't come.
    pub fn wait_tip(&self, group: &str, tip_type: u32) -> GroupTipsElem {
        self.wait(&format!("notice {tip_type} about {group}"), |event| match event {
            Event::GroupTips(tip, _) if tip.group_id == group && tip.tip_type == tip_type => {
                Some((**tip).clone())
            }
            _ => None,
        })
    }

    /// Waits for the report of this type.
    ///
    /// # Panics
    /// If it doesn't come.
    pub fn wait_report(&self, report_type: u32) -> (Message, GroupReportElem) {
        self.wait(&format!("report {report_type}"), |event| match event {
            Event::NewMessages(messages) => messages.iter().find_map(|message| {
                let report = report(message)?;
                (report.report_type == report_type).then(|| (message.clone(), report.clone()))
            }),
            _ => None,
        })
    }

    /// Types of all notices about groups so far.
    pub fn tips(&self) -> Vec<u32> {
        let tip = |event| match event {
            Event::GroupTips(tip, _) => Some(tip.tip_type),
            _ => None,
        };
        self.all().into_iter().filter_map(tip).collect()
    }

    /// Types of all reports so far.
    pub fn reports(&self) -> Vec<u32> {
        self.messages().iter().filter_map(report).map(|report| report.report_type).collect()
    }
}

fn report(message: &Message) -> Option<&GroupReportElem> {
    match message.elem_array.first() {
        Some(Elem::GroupReport(report)) => Some(report),
        _ => None,
    }
}
