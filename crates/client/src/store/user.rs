//! Users as they are shown: what is known of their profiles, and the remarks on friends.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use imsdk_types::{Elem, GroupTipsElem, Message, UserProfile, Written};

use super::*;
use crate::file::show_urls;

/// This many users are kept in memory at least, and twice as many at most.
const REMEMBERED: usize = 16_384;

/// So many of the users that a notice names are asked about and shown with their profiles. It may name hundreds, and nobody shows all
/// of them.
pub(crate) const NAMED: usize = 20;

/// Users that were looked up lately.
#[derive(Default)]
pub(super) struct Users {
    /// Who was looked up last: messages of one user often stand together.
    last: Option<(String, Remembered)>,
    young: HashMap<String, Remembered>,
    /// Those of before, forgotten with the next change of generations unless somebody asks for them.
    old: HashMap<String, Remembered>,
}

/// A user in memory.
#[derive(Clone)]
struct Remembered {
    known: Arc<Known>,
    /// The profile as messages show it.
    shown: Arc<Written<UserProfile>>,
}

impl Users {
    fn get(&mut self, id: &str) -> Option<&Remembered> {
        if self.last.as_ref().is_none_or(|(last, _)| last != id) {
            let found = match self.young.get(id) {
                Some(found) => found.clone(),
                None => {
                    let (id, found) = self.old.remove_entry(id)?;
                    self.insert(id, found.clone());
                    found
                }
            };
            self.last = Some((id.to_owned(), found));
        }
        self.last.as_ref().map(|(_, found)| found)
    }

    fn insert(&mut self, id: String, user: Remembered) {
        self.last = None;
        if self.young.len() >= REMEMBERED {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(id, user);
    }

    fn remove(&mut self, id: &str) {
        self.last = None;
        self.young.remove(id);
        self.old.remove(id);
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        self.last = None;
        self.young.clear();
        self.old.clear();
    }
}

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

/// The profile of a user of whom nothing is known but the id.
pub(crate) fn unknown(id: &str) -> UserProfile {
    UserProfile { identifier: id.to_owned(), ..UserProfile::default() }
}

impl LocalStore {
    /// What is known about a user.
    pub(crate) fn user(&self, id: &str) -> Result<Option<Arc<Known>>, Error> {
        self.remembered(id, |user| user.known.clone())
    }

    fn remembered<T>(&self, id: &str, part: impl Fn(&Remembered) -> T) -> Result<Option<T>, Error> {
        if let Some(user) = self.users.borrow_mut().get(id) {
            return Ok(Some(part(user)));
        }
        Ok(self.stored_user(id)?.map(|known| part(&self.remember(id, known))))
    }

    /// What is stored about a user, whatever [`put_asked`](Self::put_asked) has put in memory.
    pub(crate) fn stored_user(&self, id: &str) -> Result<Option<Known>, Error> {
        let found =
            self.one("SELECT remark, profile, asked FROM user WHERE id = ?1", [id], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?, number(row, 2)?))
            })?;
        let Some((remark, profile, asked)) = found else { return Ok(None) };
        // What cannot be read is asked for again.
        let profile = serde_json::from_str(&profile).ok();
        Ok(profile.map(|profile| Known { profile, remark, asked }))
    }

    /// Has the service asked about a user of whom nothing is stored, when they are shown next.
    pub(crate) fn forget_asked(&self, id: &str) {
        self.users.borrow_mut().remove(id);
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
        self.remember(&id, known);
        Ok(())
    }

    /// Keeps in memory alone that the service was asked about a user, of whom this device knows what it knew, or nothing (yet).
    pub(crate) fn put_asked(&self, id: &str, asked: u64) {
        let known = match self.user(id) {
            Ok(Some(known)) => Known { asked, ..Known::clone(&known) },
            Ok(None) | Err(_) => Known { profile: unknown(id), remark: None, asked },
        };
        self.remember(id, known);
    }

    fn remember(&self, id: &str, known: Known) -> Remembered {
        let shown = UserProfile {
            friend_remark: known.remark.clone().unwrap_or_default(),
            ..known.profile.clone()
        };
        let user = Remembered { known: Arc::new(known), shown: Arc::new(shown.into()) };
        self.users.borrow_mut().insert(id.to_owned(), user.clone());
        user
    }

    /// Completes a message that goes to the program: with what is known about its sender, and with URLs of this machine.
    pub(crate) fn show(&self, message: &mut Message) {
        if let Some(shown) = &self.shown_url {
            show_urls(&mut message.elem_array, shown);
        }
        let sender = &message.sender;
        let profile =
            self.profile_shown(sender).unwrap_or_else(|| Arc::new(unknown(sender).into()));
        message.sender_profile = Some(profile);
        for elem in &mut message.elem_array {
            match elem {
                Elem::GroupTips(tip) => self.show_tip(tip),
                Elem::GroupReport(report) => {
                    report.op_user_info.iter_mut().for_each(|profile| self.show_profile(profile));
                }
                _ => {}
            }
        }
    }

    /// Completes a notice with what is known about the users that it names.
    pub(crate) fn show_tip(&self, tip: &mut GroupTipsElem) {
        tip.op_user_info.iter_mut().for_each(|profile| self.show_profile(profile));
        let named = tip.changed_user_info_array.iter_mut().take(NAMED);
        named.for_each(|profile| self.show_profile(profile));
    }

    fn show_profile(&self, profile: &mut UserProfile) {
        if let Some(shown) = self.profile_shown(&profile.identifier) {
            profile.clone_from(&shown);
        }
    }

    fn profile_shown(&self, user: &str) -> Option<Arc<Written<UserProfile>>> {
        self.remembered(user, |user| user.shown.clone()).unwrap_or_else(|error| {
            tracing::error!("{}", error.desc);
            None
        })
    }
}
