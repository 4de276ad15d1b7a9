//! Users as they are shown with messages and conversations.
//!
//! What is known stays in the local store. The account's log keeps it right for the user and for friends; about others the
//! service is asked again after a while. All who are about to be shown and are not known are asked for in one request.

use std::collections::BTreeSet;
use std::iter;

use imsdk_types::limits::{SYSTEM_SENDER, USERS};
use imsdk_types::wire::profile::{Card, Request, Response as Answer};
use imsdk_types::wire::{self, Conv, ConvKind, Response, name_mark};
use imsdk_types::{Code, Elem, Error, Message, MsgStatus};

use crate::Event;
use crate::core::{Core, Rest};
use crate::store::{Known, NAMED};

/// What is known about somebody who is no friend may be this old, in seconds.
const STRANGERS: u64 = 600;

/// So many times a minute others can bring it about that this device asks sooner.
const DOUBTS: u32 = 20;

impl Core {
    /// Asks about everybody who is about to be shown.
    pub(crate) fn meet_shown(&mut self) {
        if self.session.is_none() {
            return;
        }
        let out = &self.out;
        let senders = out.messages.iter().map(|message| &message.sender);
        let peers = out.added.iter().chain(&out.updated).filter(|conv| conv.kind == ConvKind::C2c);
        let told = out.events.iter().filter_map(|event| match event {
            Event::GroupTips(tip, _) => Some(&**tip),
            _ => None,
        });
        let elems = out.messages.iter().flat_map(|message| &message.elem_array);
        let reports = elems.filter_map(|elem| match elem {
            Elem::GroupReport(report) => Some(&report.op_user),
            _ => None,
        });
        // Those that stand in histories are told too.
        let named =
            told.flat_map(|tip| iter::once(&tip.op_user).chain(tip.user_array.iter().take(NAMED)));
        let shown = senders.chain(peers.map(|conv| &conv.id)).chain(reports).chain(named);
        let unknown = self.unknown(shown);
        if !unknown.is_empty() {
            self.meeting += 1;
            self.ask_about(unknown, |core| core.meeting -= 1);
            self.flush();
        }
    }

    /// What this user's messages say of his name.
    pub(crate) fn own_name_mark(&self) -> u64 {
        let known = self.local.as_ref().and_then(|local| local.user(&self.owner).ok().flatten());
        known.map_or(0, |known| name_mark(&known.profile))
    }

    /// A message of this time says that its sender's name is another one than is known here: it is asked for again before anybody is
    /// shown it. Friends tell of it themselves.
    pub(crate) fn doubt(&mut self, sender: &str, name_mark: u64, time: u64) {
        let minute = self.shared.now() / 60;
        let Some(local) = self.local.as_ref().filter(|_| name_mark != 0) else { return };
        if let Ok(Some(known)) = local.user(sender)
            && known.remark.is_none()
            && known.asked <= time
            && wire::name_mark(&known.profile) != name_mark
        {
            if self.doubts.0 != minute {
                self.doubts = (minute, 0);
            }
            // Nobody has to tell the truth about it.
            if self.doubts.1 < DOUBTS {
                self.doubts.1 += 1;
                local.put_asked(sender, 0);
            }
        }
    }

    /// Asks about those of these users who are not known.
    pub(crate) fn meet<'a>(&mut self, users: impl Iterator<Item = &'a str>) {
        let users: Vec<String> = users.map(str::to_owned).collect();
        let unknown = self.unknown(users.iter());
        if !unknown.is_empty() {
            self.ask_about(unknown, |_| {});
            self.flush();
        }
    }

    /// Those of these users who are not known and can be asked about.
    pub(crate) fn unknown<'a>(&self, users: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
        let away = self.transport.as_ref().is_none_or(|transport| transport.is_away());
        if self.session.is_none() || away {
            return BTreeSet::new();
        }
        users.filter(|id| self.is_unknown(id)).cloned().collect()
    }

    fn is_unknown(&self, id: &str) -> bool {
        let Some(local) = &self.local else { return false };
        if id.is_empty() || id == SYSTEM_SENDER {
            return false;
        }
        match local.user(id) {
            Ok(Some(known)) => {
                known.remark.is_none()
                    && id != self.owner
                    && self.shared.now().saturating_sub(known.asked) >= STRANGERS
            }
            Ok(None) => true,
            Err(_) => false,
        }
    }

    /// Asks about users; `then` runs when what is to be known is known, at once if nobody is asked about.
    pub(crate) fn ask_about(
        &mut self,
        users: BTreeSet<String>,
        then: impl FnOnce(&mut Core) + Send + 'static,
    ) {
        match users.is_empty() {
            true => then(self),
            false => self.ask_about_some(users, Box::new(then)),
        }
    }

    fn ask_about_some(&mut self, users: BTreeSet<String>, then: Rest) {
        let Some(local) = &self.local else {
            return then(self);
        };
        for user in &users {
            // Not asked for again while the question is on its way, or when it has failed: whoever waits for it would wait for ever.
            local.put_asked(user, self.shared.now());
        }
        let mut some: Vec<String> = users.into_iter().collect();
        let mut rest: BTreeSet<String> = some.drain(USERS.min(some.len())..).collect();
        let request = Request::Cards { users: some.clone() };
        self.request(wire::Request::Profile(request), move |core, answer| {
            match answer {
                Ok(Response::Profile(Answer::Cards(cards))) => {
                    let asked = core.shared.now();
                    for Card { profile, remark } in cards {
                        core.learn(Known { profile, remark, asked });
                    }
                }
                Ok(_) => tracing::error!("the service gave a wrong answer about users"),
                Err(error) if error.is(Code::SvrCommBodySizeLimit) && some.len() > 1 => {
                    let others = some.split_off(some.len() / 2);
                    rest.extend(others);
                    let then = move |core: &mut Core| core.ask_about(rest, then);
                    return core.ask_about(some.into_iter().collect(), then);
                }
                Err(error) => tracing::warn!("users: {} {}", error.code, error.desc),
            }
            core.ask_about(rest, then);
        });
    }

    /// Keeps what has become known about a user; their conversation changes if its name or picture does.
    pub(crate) fn learn(&mut self, known: Known) {
        if let Err(error) = self.try_learn(known) {
            tracing::error!("{}", error.desc);
        }
    }

    pub(crate) fn try_learn(&mut self, known: Known) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Ok(()) };
        let conv = Conv::c2c(known.profile.identifier.clone());
        let before = local.user(&conv.id)?;
        let shown = |known: &Known| (known.show_name().to_owned(), known.profile.face_url.clone());
        let before = before.map_or_else(|| (conv.id.clone(), String::new()), |it| shown(&it));
        let changed = before != shown(&known);
        local.put_user(known)?;
        match changed {
            true => self.shows_anew(&conv),
            false => Ok(()),
        }
    }

    /// Changes what is known about a user; nothing if they are not known, for then they will be asked about.
    pub(crate) fn relearn(
        &mut self,
        user: &str,
        change: impl FnOnce(&mut Known),
    ) -> Result<(), Error> {
        let Some(local) = &self.local else { return Ok(()) };
        match local.stored_user(user)? {
            Some(mut known) => {
                change(&mut known);
                self.try_learn(known)
            }
            None => {
                local.forget_asked(user);
                Ok(())
            }
        }
    }

    /// A message of the service to the application: told once, stored nowhere, counted nowhere.
    pub(crate) fn service_message(&self, elem: Elem, time: u64) -> Message {
        let rand = self.shared.rand.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Message {
            elem_array: vec![elem],
            conv_type: ConvKind::System as u32,
            sender: SYSTEM_SENDER.to_owned(),
            client_time: time,
            server_time: time,
            is_read: true,
            status: MsgStatus::SendSucc as u32,
            unique_id: time << 32 | u64::from(rand),
            msg_id: format!("{SYSTEM_SENDER}-{time}-{rand}"),
            rand: u64::from(rand),
            ..Message::default()
        }
    }
}
