//! Conversations: the list, making, removing, read state.

use imsdk_types::wire::{Conv, ConvKind, Request, Response};
use imsdk_types::{Code, ConvInfo, Error, Message, ReceiveMessageOpt, json};

use crate::client::{Reply, no_database};
use crate::core::{Core, went_back};
use crate::message::{place_of, shown};
use crate::store::{ConvRow, LocalStore, is_unsent, order_of, place};

/// How often something is fetched that a failure keeps from coming.
const TRIES: u8 = 3;

impl Core {
    /// CONV-7: the conversations that have a message, the most recently active first.
    pub(crate) fn conversation_list(&mut self, reply: Reply<Vec<ConvInfo>>) {
        let rows = match &mut self.local {
            Some(local) => local.conversations(),
            None => Err(no_database()),
        };
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => return self.out.reply(|| reply(Err(error))),
        };
        let people = rows.iter().filter(|row| row.conv.kind == ConvKind::C2c);
        let people = self.unknown(people.map(|row| &row.conv.id));
        self.ask_about(people, |core| {
            let list = core.local.as_ref().ok_or_else(no_database).and_then(|local| {
                local.at_once(|local| {
                    rows.into_iter().map(|row| info(local, row, &core.owner)).collect()
                })
            });
            core.out.reply(|| reply(list));
        });
    }

    /// CONV-3.
    pub(crate) fn create_conversation(&mut self, conv: Conv, reply: Reply<ConvInfo>) {
        if conv.kind == ConvKind::System && self.session.is_some() {
            // CONV-5: nothing is kept of it.
            let info = ConvInfo { kind: conv.kind as u32, ..ConvInfo::default() };
            return self.out.reply(|| reply(Ok(info)));
        }
        let (user, now) = (self.owner.clone(), self.shared.now());
        let made = match (&mut self.local, &self.session) {
            (Some(local), Some(_)) => local
                .open_conversation(&conv, now)
                .and_then(|(row, new)| Ok((info(local, row, &user)?, new))),
            _ => Err(Error::from(Code::SdkNotLoggedIn)),
        };
        let made = self.keep(made);
        if let Ok((_, true)) = &made {
            self.out.changed(&conv, true);
        }
        self.out.reply(|| reply(made.map(|(info, _)| info)));
    }

    /// CONV-12: here and in the service; the peer keeps it.
    pub(crate) fn delete_conversation(&mut self, conv: Conv, reply: Reply<()>) {
        if self.session.is_none() {
            return self.out.reply(|| reply(Err(Error::from(Code::SdkNotLoggedIn))));
        }
        self.all_known(conv, TRIES, move |core, conv, upto| {
            let upto = match upto {
                Ok(upto) => upto,
                Err(error) => return core.out.reply(|| reply(Err(error))),
            };
            core.request(Request::DeleteConv { conv: conv.clone(), upto }, move |core, answer| {
                // Nothing in the service would remind a device of it that crashed.
                let done = match answer {
                    Ok(_) => {
                        let done = core.forget(&conv);
                        core.keep(done)
                    }
                    Err(error) => Err(error),
                };
                core.out.reply(|| reply(done));
            });
        });
    }

    /// Up to where this device has got all of a conversation: what is still on its way must not be taken for read or deleted. A message
    /// that it sent itself may be here before others that were earlier: then they are fetched first, in so many tries.
    fn all_known(
        &mut self,
        conv: Conv,
        tries: u8,
        then: impl FnOnce(&mut Core, Conv, Result<Option<u64>, Error>) + Send + 'static,
    ) {
        let overtaken = match self.newest_known(&conv) {
            Ok(Some((_, true))) => tries > 0,
            Ok(known) => return then(self, conv, Ok(known.map(|(order, _)| order))),
            Err(error) => return then(self, conv, Err(error)),
        };
        if !overtaken {
            return then(self, conv, Err(went_back()));
        }
        let group = self.joined_group(&conv.id).filter(|_| conv.kind == ConvKind::Group);
        let fetched = move |core: &mut Core| {
            if core.lost {
                return core.all_known(conv, tries - 1, then);
            }
            let known = core.newest_known(&conv).map(|known| known.map(|(order, _)| order));
            then(core, conv, known);
        };
        match group {
            Some(group) => self.pull_group_then(group, Box::new(fetched)),
            None => self.pull_then(Box::new(fetched)),
        }
    }

    /// The place of the newest message of a conversation that is here, and whether earlier ones may not be.
    fn newest_known(&self, conv: &Conv) -> Result<Option<(u64, bool)>, Error> {
        let Some(local) = &self.local else { return Ok(None) };
        let Some(row) = local.conversation(conv)? else { return Ok(None) };
        let Some((order, sender)) = local.newest_sent(row.no)? else { return Ok(None) };
        Ok(Some((order, sender == self.owner)))
    }

    /// What it shows has changed: the program is told, if it is here.
    pub(crate) fn shows_anew(&mut self, conv: &Conv) -> Result<(), Error> {
        if let Some(local) = &self.local
            && local.conversation(conv)?.is_some()
        {
            self.out.changed(conv, false);
        }
        Ok(())
    }

    /// It is gone from here, and the program is told.
    pub(crate) fn forget(&mut self, conv: &Conv) -> Result<(), Error> {
        let user = self.owner.clone();
        let Some(local) = &mut self.local else { return Err(no_database()) };
        if let Some(row) = local.conversation(conv)? {
            let info = info(local, row.clone(), &user)?;
            local.delete_conversation(&row)?;
            self.out.added.retain(|added| added != conv);
            self.out.updated.retain(|updated| updated != conv);
            self.out.deleted.push(info);
        }
        Ok(())
    }

    /// READ-1.
    pub(crate) fn report_read(&mut self, conv: Conv, anchor: Option<&Message>, reply: Reply<()>) {
        if self.session.is_none() {
            return self.out.reply(|| reply(Err(Error::from(Code::SdkNotLoggedIn))));
        }
        let time = match anchor.map(|message| self.time_of(&conv, message)).transpose() {
            Ok(time) => time,
            Err(error) => return self.out.reply(|| reply(Err(error))),
        };
        let anchored = anchor.map_or(Ok(None), |anchor| self.order_in_group(&conv, anchor));
        self.all_known(conv, TRIES, move |core, conv, upto| {
            let upto = match upto.and_then(|upto| Ok((upto, anchored?))) {
                Ok((Some(upto), Some(anchor))) => Some(upto.min(anchor)),
                Ok((upto, anchor)) => anchor.or(upto),
                Err(error) => return core.out.reply(|| reply(Err(error))),
            };
            let request = Request::ReportRead { conv: conv.clone(), time, upto };
            core.request(request, move |core, answer| {
                let done = match answer {
                    Ok(Response::Read(order)) => {
                        let done = core.read_up_to(&conv, order);
                        done.inspect_err(|error| core.take_back(error))
                    }
                    Ok(_) => Err(Error::from(Code::SdkInternalError)),
                    Err(error) => Err(error),
                };
                core.out.reply(|| reply(done));
            });
        });
    }

    /// When a message that the application hands back was sent.
    fn time_of(&self, conv: &Conv, message: &Message) -> Result<u64, Error> {
        if message.server_time > 0 {
            return Ok(message.server_time);
        }
        let Some(local) = &self.local else { return Err(no_database()) };
        let place = match local.conversation(conv)? {
            Some(row) => place_of(local, row.no, message)?,
            None => None,
        };
        place.map(|(time, _)| time).ok_or_else(|| {
            Error::new(Code::InvalidParameters, "this message says no time and is not here")
        })
    }

    /// READ-1: in a group, up to this message itself; of its second others may be later.
    fn order_in_group(&self, conv: &Conv, message: &Message) -> Result<Option<u64>, Error> {
        let Some(local) = self.local.as_ref().filter(|_| conv.kind == ConvKind::Group) else {
            return Ok(None);
        };
        let Some(row) = local.conversation(conv)? else { return Ok(None) };
        let found = place_of(local, row.no, message)?.filter(|found| !is_unsent(found.1));
        Ok(found.map(|found| order_of(found.1)))
    }

    /// READ-2.
    pub(crate) fn report_all_read(&mut self, kind: ConvKind, reply: Reply<()>) {
        let unread = match &mut self.local {
            Some(local) => local.unread_conversations(kind),
            None => Err(no_database()),
        };
        match unread {
            Err(error) => self.out.reply(|| reply(Err(error))),
            Ok(rows) => {
                for row in rows {
                    self.report_read(row.conv, None, Box::new(|_| {}));
                }
                self.when_settled(|core| core.out.reply(|| reply(Ok(()))));
            }
        }
    }

    /// READ-3: the account has read a conversation up to this place of the service.
    pub(crate) fn read_up_to(&mut self, conv: &Conv, order: u64) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let Some(mut row) = local.conversation(conv)? else { return Ok(()) };
        if place(order) <= row.read_order {
            return Ok(());
        }
        row.read_order = place(order);
        local.forget_mentions(row.no, (0, row.read_order))?;
        local.put_conversation(&row, false)?;
        self.count_unread(conv, true)
    }

    /// Counts the unread messages of a conversation anew: those that are here, and with the service's help those before. What programs
    /// see of it has `changed` before, or is told if it does so by this.
    pub(crate) fn count_unread(&mut self, conv: &Conv, changed: bool) -> Result<(), Error> {
        let Some(local) = &self.local else { return Err(no_database()) };
        let Some(row) = local.conversation(conv)? else { return Ok(()) };
        let oldest = local.oldest(row.no)?.map(|(_, place)| order_of(place));
        let Some(before) = oldest.filter(|oldest| order_of(row.read_order) + 1 < *oldest) else {
            return self.unread_before(conv, (0, 0), changed);
        };
        let without_tips = self.shared.ignores_tips();
        // DEL-2: what was cleared here was read, which the service is not told.
        let after = order_of(row.read_order);
        let request = Request::Unread { conv: conv.clone(), before, after, without_tips };
        let conv = conv.clone();
        self.request(request, move |core, answer| {
            let counted = match answer {
                // Meanwhile more has come, or was cleared: it was asked about another place.
                Ok(Response::Unread { .. }) if core.oldest_of(&conv) != Some(before) => {
                    core.count_unread(&conv, changed)
                }
                Ok(Response::Unread { read_order, unread }) => {
                    core.unread_before(&conv, (read_order, unread), changed)
                }
                Ok(_) => Err(Error::from(Code::SdkInternalError)),
                Err(error) => core.uncounted(&conv).and(Err(error)),
            };
            if let Err(error) = counted {
                tracing::error!("unread: {} {}", error.code, error.desc);
            }
        });
        Ok(())
    }

    /// The first place of a conversation that is here.
    fn oldest_of(&self, conv: &Conv) -> Option<u64> {
        let local = self.local.as_ref()?;
        let row = local.conversation(conv).ok().flatten()?;
        local.oldest(row.no).ok().flatten().map(|(_, place)| order_of(place))
    }

    /// The service did not say what it counts: it is asked again when this device looks for what it lacks.
    fn uncounted(&mut self, conv: &Conv) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Ok(()) };
        match local.conversation(conv)? {
            Some(row) => local.set_uncounted(row.no, true),
            None => Ok(()),
        }
    }

    /// Asks for the unread numbers that could not be had.
    pub(crate) fn count_again(&mut self) {
        let again = self.local.as_ref().map_or(Ok(Vec::new()), LocalStore::uncounted);
        let counted =
            again.and_then(|convs| convs.iter().try_for_each(|it| self.count_unread(it, false)));
        if let Err(error) = counted {
            tracing::error!("unread: {}", error.desc);
        }
    }

    /// Takes what the service has counted before the oldest message that is here.
    fn unread_before(
        &mut self,
        conv: &Conv,
        (read_order, unread): (u64, u32),
        changed: bool,
    ) -> Result<(), Error> {
        let user = self.owner.clone();
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let Some(mut row) = local.conversation(conv)? else { return Ok(()) };
        let before = row.clone();
        row.read_order = row.read_order.max(place(read_order));
        row.unread = local.count_unread(row.no, &user, row.read_order)? + unread;
        local.put_conversation(&row, false)?;
        local.set_uncounted(row.no, false)?;
        // EV-2: where messages were read that are not here, or are read in any case, nobody sees a change.
        if changed || info(local, row, &user)? != info(local, before, &user)? {
            self.out.changed(conv, false);
        }
        Ok(())
    }

    /// A conversation as the application gets it.
    pub(crate) fn conv_info(&self, conv: &Conv) -> Option<ConvInfo> {
        let local = self.local.as_ref()?;
        let row = local.conversation(conv).ok().flatten()?;
        info(local, row, &self.owner).ok()
    }
}

fn info(local: &LocalStore, row: ConvRow, user: &str) -> Result<ConvInfo, Error> {
    let last = match row.last {
        Some(place) => local.message_at(row.no, place)?,
        None => None,
    };
    let last_msg = last.map(|last| Box::new(shown(local, last, &row, user)));
    let draft =
        local.draft(row.no).and_then(|draft| json::parse(draft.as_bytes()).ok()).map(Box::new);
    // CONV-6.
    let (show_name, face_url, group_type, recv_opt) = match row.conv.kind {
        ConvKind::C2c => match local.user(&row.conv.id)? {
            Some(peer) => (peer.show_name().to_owned(), peer.profile.face_url.clone(), 0, 0),
            None => (row.conv.id.clone(), String::new(), 0, 0),
        },
        ConvKind::System => Default::default(),
        ConvKind::Group => match local.group(&row.conv.id)?.map(|row| row.card) {
            Some(card) => {
                let name = Some(card.name).filter(|name| !name.is_empty());
                let name = name.unwrap_or_else(|| row.conv.id.clone());
                (name, card.face_url, card.kind, card.msg_flag)
            }
            None => (row.conv.id.clone(), String::new(), 0, 0),
        },
    };
    let group_at_info_array = match row.conv.kind {
        // OPT-1: what the user does not want mentions nobody.
        ConvKind::Group if recv_opt != ReceiveMessageOpt::NotReceive.bits() => {
            local.mentions(row.no, user, row.read_order)?
        }
        _ => Vec::new(),
    };
    Ok(ConvInfo {
        kind: row.conv.kind as u32,
        show_name,
        face_url,
        group_type,
        recv_opt,
        id: row.conv.id,
        unread_num: u64::from(row.unread),
        active_time: row.active_time,
        is_has_lastmsg: last_msg.is_some(),
        last_msg,
        is_has_draft: draft.is_some(),
        draft,
        group_at_info_array,
        ..ConvInfo::default()
    })
}
