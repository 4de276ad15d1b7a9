//! Users as they are shown: what is known of their profiles, and the remarks on friends.

use std::sync::Arc;

use imsdk_types::{Message, UserProfile};

use super::*;
use crate::file::show_urls;

/// This many are kept in memory.
const REMEMBERED: usize = 10_000;

/// What is known about a user.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Known {
    /// The profile.
    pub(crate) profile: UserProfile,
    /// The remark on a friend, which may be empty; `None` for somebody who is no friend.
    pub(crate) remark: Option<String>,
    /// When the service was asked, in Unix seconds.
    pub(crate) asked: u64,
}

impl Known {
    /// The name to show: the remark, or the nick name, or the user id.
    pub(crate) fn show_name(&self) -> &str {
        let remark = self.remark.as_deref().unwrap_or_default();
        [remark, self.profile.nick_name.as_str()]
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or(&self.profile.identifier)
    }
}

impl LocalStore {
    /// What is known about a user.
    pub(crate) fn user(&self, id: &str) -> Result<Option<Arc<Known>>, Error> {
        if let Some(known) = self.users.borrow().get(id) {
            return Ok(Some(Arc::clone(known)));
        }
        let found =
            self.one("SELECT remark, profile, asked FROM user WHERE id = ?1", [id], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?, number(row, 2)?))
            })?;
        let Some((remark, profile, asked)) = found else { return Ok(None) };
        // What cannot be read is asked for again.
        let Ok(profile) = serde_json::from_str(&profile) else { return Ok(None) };
        let known = Arc::new(Known { profile, remark, asked });
        self.remember(id, &known);
        Ok(Some(known))
    }

    /// Keeps what is known about a user.
    pub(crate) fn put_user(&mut self, known: Known) -> Result<(), Error> {
        self.write()?;
        let id = known.profile.identifier.clone();
        self.run(
            "INSERT INTO user (id, remark, profile, asked) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET remark = ?2, profile = ?3, asked = ?4",
            params![
                id,
                known.remark,
                imsdk_types::json::to_string(&known.profile),
                known.asked as i64
            ],
        )?;
        self.remember(&id, &Arc::new(known));
        Ok(())
    }

    /// Keeps in memory alone that the service was asked about a user and knows nothing (yet).
    pub(crate) fn put_nobody(&self, id: &str, asked: u64) {
        let profile = UserProfile { identifier: id.to_owned(), ..UserProfile::default() };
        self.remember(id, &Arc::new(Known { profile, remark: None, asked }));
    }

    fn remember(&self, id: &str, known: &Arc<Known>) {
        let mut users = self.users.borrow_mut();
        if users.len() >= REMEMBERED {
            users.clear();
        }
        users.insert(id.to_owned(), Arc::clone(known));
    }

    /// The name to show for a user.
    pub(crate) fn show_name(&self, id: &str) -> Result<String, Error> {
        let known = self.user(id)?;
        Ok(known.map_or_else(|| id.to_owned(), |known| known.show_name().to_owned()))
    }

    /// Completes a message that goes to the program: with what is known about its sender, and with URLs of this machine.
    pub(crate) fn show(&self, message: &mut Message) {
        if let Some(shown) = &self.shown_url {
            show_urls(&mut message.elem_array, shown);
        }
        match self.user(&message.sender) {
            Ok(Some(known)) => {
                message.sender_profile = Some(Box::new(UserProfile {
                    friend_remark: known.remark.clone().unwrap_or_default(),
                    ..known.profile.clone()
                }));
            }
            Ok(None) => {}
            Err(error) => tracing::error!("{}", error.desc),
        }
    }
}
