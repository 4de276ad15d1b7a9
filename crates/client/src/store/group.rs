//! Groups in the local store.

use imsdk_types::wire::group::Card;

use super::*;

/// A group that the user is or was in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GroupRow {
    /// What lies past this place of its log has not come here.
    pub(crate) cursor: u64,
    /// The service knows that this much has come to the account.
    pub(crate) kept: u64,
    /// The user is in it.
    pub(crate) joined: bool,
    /// What lies up to this place is for a user who is not.
    pub(crate) until: u64,
    /// What it is.
    pub(crate) card: Card,
}

const COLUMNS: &str = "no, id, cursor, kept, joined, name, face_url, kind, msg_flag, until";

fn group(row: &Row<'_>) -> rusqlite::Result<GroupRow> {
    Ok(GroupRow {
        cursor: number(row, 2)?,
        kept: number(row, 3)?,
        joined: row.get(4)?,
        until: number(row, 9)?,
        card: Card {
            no: number(row, 0)?,
            id: row.get(1)?,
            name: row.get(5)?,
            face_url: row.get(6)?,
            kind: row.get(7)?,
            msg_flag: row.get(8)?,
        },
    })
}

impl LocalStore {
    /// The group with an id.
    pub(crate) fn group(&self, id: &str) -> Result<Option<GroupRow>, Error> {
        self.one(&format!("SELECT {COLUMNS} FROM known_group WHERE id = ?1"), [id], group)
    }

    /// The group with a number.
    pub(crate) fn group_by_no(&self, no: u64) -> Result<Option<GroupRow>, Error> {
        self.one(&format!("SELECT {COLUMNS} FROM known_group WHERE no = ?1"), [no as i64], group)
    }

    /// The groups that the user is in.
    pub(crate) fn groups(&self) -> Result<Vec<GroupRow>, Error> {
        self.list(&format!("SELECT {COLUMNS} FROM known_group WHERE joined"), [], group)
    }

    /// The groups that the user has left, of which something is still to come.
    pub(crate) fn former_groups(&self) -> Result<Vec<GroupRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM known_group WHERE NOT joined AND cursor < until");
        self.list(&sql, [], group)
    }

    /// Writes a group; one that had its id before is forgotten.
    pub(crate) fn put_group(&mut self, row: &GroupRow) -> Result<(), Error> {
        self.write()?;
        let card = &row.card;
        self.run(
            "INSERT OR REPLACE INTO known_group (no, id, cursor, kept, joined, name, face_url, kind, msg_flag, until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                card.no as i64,
                card.id,
                row.cursor as i64,
                row.kept as i64,
                row.joined,
                card.name,
                card.face_url,
                card.kind,
                card.msg_flag,
                row.until as i64
            ],
        )
        .map(drop)
    }

    /// What this device sent itself need not come again, if it comes right after what is here.
    pub(crate) fn sent_to_group(&mut self, id: &str, order: u64) -> Result<(), Error> {
        self.write()?;
        self.run(
            "UPDATE known_group SET cursor = ?2 WHERE id = ?1 AND cursor = ?2 - 1",
            params![id, order as i64],
        )
        .map(drop)
    }
}
