//! CONV-15: who is mentioned in messages of groups, those that are here and those that the service has told of.

use imsdk_types::wire::Mention;
use imsdk_types::{GroupAtInfo, GroupAtType, wire::MessageBody};

use super::*;

impl LocalStore {
    /// What of the messages of others past the place `order` mentions the user, the oldest first.
    pub(crate) fn mentions(
        &self,
        conv: u64,
        user: &str,
        order: u64,
    ) -> Result<Vec<GroupAtInfo>, Error> {
        let here = self.list(
            "SELECT seq, body FROM message INDEXED BY message_mention
             WHERE conv = ?1 AND \"order\" > ?2 AND instr(body, '\"a\":[') > 0 AND sender <> ?3 AND status = 2
             ORDER BY \"order\"",
            params![conv as i64, order as i64, user],
            |row| Ok((number(row, 0)?, row.get::<_, String>(1)?)),
        )?;
        let here = here.into_iter().filter_map(|(seq, body)| {
            let names = MessageBody::read(&body)?.group_at_user_array;
            Some(GroupAtInfo { seq, at_type: GroupAtType::of(&names, user)? as u32 })
        });
        let mut found = self.told_mentions(conv, order)?;
        found.extend(here);
        found.sort_by_key(|mention| mention.seq);
        Ok(found)
    }

    /// Those in messages that are not here.
    fn told_mentions(&self, conv: u64, order: u64) -> Result<Vec<GroupAtInfo>, Error> {
        if !self.told_of_mentions {
            return Ok(Vec::new());
        }
        self.list(
            "SELECT seq, at_type FROM told_mention AS told WHERE conv = ?1 AND \"order\" > ?2 AND NOT EXISTS (
                 SELECT 1 FROM message WHERE conv = ?1 AND time = told.time AND \"order\" = told.\"order\")",
            params![conv as i64, order as i64],
            |row| Ok(GroupAtInfo { seq: number(row, 0)?, at_type: row.get(1)? }),
        )
    }

    /// Takes over what the service has told of a conversation.
    pub(crate) fn put_mentions(&mut self, conv: u64, list: &[Mention]) -> Result<(), Error> {
        self.forget_mentions(conv, (0, i64::MAX as u64))?;
        for mention in list {
            self.told_of_mentions = true;
            self.write()?;
            self.run(
                "INSERT INTO told_mention (conv, \"order\", time, seq, at_type) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
                params![
                    conv as i64,
                    place(mention.order) as i64,
                    mention.time as i64,
                    mention.seq as i64,
                    mention.at_type
                ],
            )?;
        }
        Ok(())
    }

    /// Forgets what was told of the places from the first to the second. Whether there was anything.
    pub(crate) fn forget_mentions(
        &mut self,
        conv: u64,
        (from, upto): (u64, u64),
    ) -> Result<bool, Error> {
        if !self.told_of_mentions {
            return Ok(false);
        }
        self.write()?;
        let gone = self.run(
            "DELETE FROM told_mention WHERE conv = ?1 AND \"order\" BETWEEN ?2 AND ?3",
            params![conv as i64, from as i64, upto as i64],
        )?;
        Ok(gone > 0)
    }

    /// Forgets what was told of these Unix seconds.
    pub(super) fn forget_mentions_of(
        &mut self,
        conv: u64,
        (begin, end): (i64, i64),
    ) -> Result<(), Error> {
        if !self.told_of_mentions {
            return Ok(());
        }
        let sql = "DELETE FROM told_mention WHERE conv = ?1 AND time BETWEEN ?2 AND ?3";
        self.run(sql, params![conv as i64, begin, end]).map(drop)
    }

    /// Looks whether there is anything, so that few devices ask again and again.
    pub(super) fn look_for_mentions(&mut self) -> Result<(), Error> {
        let any = self.one("SELECT 1 FROM told_mention LIMIT 1", [], |_| Ok(()))?;
        self.told_of_mentions = any.is_some();
        Ok(())
    }
}
