//! Drafts: what the user has begun to write, on this device only.

use imsdk_types::wire::Conv;
use imsdk_types::{Draft, Error, json};

use crate::Client;
use crate::core::Core;

impl Client {
    /// Keeps the draft of a conversation, or removes it; nobody is told whether that worked (CONV-11).
    pub fn set_draft(&self, conv: Conv, draft: Option<Draft>) {
        let reply = Box::new(|done: Result<(), Error>| {
            if let Err(error) = done {
                tracing::warn!("draft: {} {}", error.code, error.desc);
            }
        });
        self.call(reply, move |core, reply| {
            let done = core.set_draft(&conv, draft);
            let done = core.keep(done);
            core.out.reply(|| reply(done));
        });
    }
}

impl Core {
    fn set_draft(&mut self, conv: &Conv, draft: Option<Draft>) -> Result<(), Error> {
        let now = self.shared.now();
        let Some(local) = &mut self.local else { return Ok(()) };
        let Some(mut draft) = draft else {
            if let Some(found) = local.conversation(conv)?
                && local.draft(found.no).is_some()
            {
                local.set_draft(found.no, None)?;
                // Nobody has removed it from the list.
                local.keep_listed(found.no)?;
                self.out.changed(conv, false);
            }
            return Ok(());
        };
        if draft.edit_time == 0 {
            draft.edit_time = u32::try_from(now).unwrap_or(u32::MAX);
        }
        let (mut found, new) = local.open_conversation(conv, now)?;
        local.set_draft(found.no, Some(json::to_string(&draft)))?;
        // CONV-9.
        found.active_time = found.active_time.max(now);
        local.put_conversation(&found, true)?;
        self.out.changed(conv, new);
        Ok(())
    }
}
