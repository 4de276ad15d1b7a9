//! Drafts in the local store.

use super::*;

impl LocalStore {
    /// The draft of a conversation, as JSON.
    pub(crate) fn draft(&self, conv: u64) -> Option<&str> {
        self.drafts.get(&conv).map(String::as_str)
    }

    /// Keeps the draft of a conversation, or removes it.
    pub(crate) fn set_draft(&mut self, conv: u64, draft: Option<String>) -> Result<(), Error> {
        self.write()?;
        let before = match draft {
            Some(body) => {
                self.run(
                    "INSERT INTO draft (conv, body) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET body = ?2",
                    params![conv as i64, body],
                )?;
                self.drafts.insert(conv, body)
            }
            None if self.drafts.contains_key(&conv) => {
                self.run("DELETE FROM draft WHERE conv = ?1", [conv as i64])?;
                self.drafts.remove(&conv)
            }
            None => return Ok(()),
        };
        self.drafts_before.entry(conv).or_insert(before);
        Ok(())
    }

    /// All drafts are as they were after the last commit. They are not read again: what kept a commit from the disk may keep that too.
    pub(super) fn undo_drafts(&mut self) {
        for (conv, before) in self.drafts_before.drain() {
            match before {
                Some(body) => self.drafts.insert(conv, body),
                None => self.drafts.remove(&conv),
            };
        }
    }

    pub(super) fn load_drafts(&mut self) -> Result<(), Error> {
        let rows = self
            .list("SELECT conv, body FROM draft", [], |row| Ok((number(row, 0)?, row.get(1)?)))?;
        self.drafts = rows.into_iter().collect();
        Ok(())
    }
}
