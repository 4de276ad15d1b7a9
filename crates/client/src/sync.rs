//! Receiving: what lies past the cursor in the account's log comes into the local store.

use std::sync::Arc;

use imsdk_types::wire::frame::Pushed;
use imsdk_types::wire::{
    Conv, ConvKind, Delivered, Event as LogEvent, Notice, Page, RecentConv, Request, Response,
};
use imsdk_types::{Code, Error, GroupReportType, Message, MessageReceipt};

use crate::Event;
use crate::core::{Core, Rest};
use crate::message::{present, row_of, shown};
use crate::profile::is_unreachable;
use crate::store::{ConvRow, LocalStore, MessageRow, Span, order_of, place, unknown};

/// Messages that are looked at to tell which of them the peer has read.
const UPDATES: u32 = 200;

/// Messages that are looked at together for one that is the last of its conversation.
const LAST_LOOK: u32 = 20;

/// So many in the end, after 20, 80 and 320.
const MOST_LOOKED: u32 = 1000;

/// How often a new device asks for a list that changes while it asks.
const LIST_TRIES: u8 = 20;

impl Core {
    /// Asks for what is new.
    pub(crate) fn pull(&mut self) {
        self.pull_then(Box::new(|_| {}));
    }

    /// The same; `then` runs when all of it is here, or can't be had.
    pub(crate) fn pull_then(&mut self, then: Rest) {
        if self.session.is_none() {
            return then(self);
        }
        let news = self.news_after(self.cursor());
        self.request(news, |core, answer| {
            let lost = core.lost;
            if core.pulled(answer) {
                // What is here is told before more is fetched: a long absence must not fill the memory. What can't be kept would come again
                // and again, and is asked for later.
                return match core.finish() {
                    true => core.pull_then(then),
                    false => then(core),
                };
            }
            if lost && !core.lost {
                // What was lost of groups is in logs of their own.
                core.check_groups();
            }
            then(core);
        });
    }

    /// Asks for what is new to this device.
    fn news_after(&self, after: u64) -> Request {
        Request::Pull { after, own: self.lost }
    }

    /// Takes in what was asked for. True: there is more.
    fn pulled(&mut self, answer: Result<Response, Error>) -> bool {
        match answer {
            Ok(Response::Page(page)) if page.kicked => self.kicked(),
            // Nothing comes in before there is a place for it; then it is asked for again.
            Ok(Response::Page(_)) if self.is_restarting() => {}
            Ok(Response::Page(page)) if page.resync => self.start_over(page.cursor),
            Ok(Response::Page(page)) => return self.take_whole(page),
            Ok(_) => {
                tracing::error!("the service gave a wrong answer to a pull");
                self.lost = true;
            }
            Err(error) => {
                tracing::error!("pull: {} {}", error.code, error.desc);
                self.lost = true;
            }
        }
        false
    }

    /// Takes in a page that nobody asked for. To a device that does not stand where it begins it is a hint.
    pub(crate) fn take_pushed(&mut self, session: u64, page: Pushed) {
        // Whoever logs in, or again, looks everywhere.
        if self.session.as_ref().is_none_or(|active| active.session != session) {
            return;
        }
        if self.lost || self.is_restarting() || !self.stands_at(page.after) {
            if self.lost || page.cursor > self.cursor() {
                self.pull();
            }
            return;
        }
        let Pushed { events, cursor, .. } = page;
        self.take_whole(Page { events, cursor, ..Page::default() });
    }

    /// Whether this device has all of the account's log up to a place.
    fn stands_at(&self, place: u64) -> bool {
        let cursor = self.cursor();
        place == cursor || self.own == (cursor, place)
    }

    /// This session has written into the account's log, after a place and up to another, and has what it wrote.
    pub(crate) fn wrote(&mut self, (after, upto): (u64, u64)) {
        if self.stands_at(after) {
            self.own = (self.cursor(), upto);
        }
    }

    /// Takes a page in. True: there is more.
    fn take_whole(&mut self, page: Page) -> bool {
        let (more, kept) = (page.more, self.cursor());
        if !self.take_in(|core| core.take(page)) {
            return false;
        }
        self.lost &= more;
        self.came_in(kept);
        more
    }

    /// Takes in a page of a log. One that fails takes back nothing but itself, also of what is told; then it is lost, and this gives false.
    pub(crate) fn take_in(&mut self, take: impl FnOnce(&mut Self) -> Result<(), Error>) -> bool {
        // Where what came before can't be had, this page is not the next one any more.
        let news = !self.out.messages.is_empty() || !self.out.events.is_empty();
        if !(if news { self.finish() } else { self.commit() }) {
            return false;
        }
        self.recounts.clear();
        let taken = take(self).and_then(|()| {
            let recounts = std::mem::take(&mut self.recounts);
            recounts.iter().try_for_each(|conv| self.count_unread(conv, false))
        });
        taken.inspect_err(|error| self.take_back(error)).is_ok()
    }

    /// Takes a page of the log into the store: all of it or nothing, with the cursor.
    fn take(&mut self, page: Page) -> Result<(), Error> {
        for event in page.events {
            match event {
                LogEvent::Message(delivered) => self.receive(delivered)?,
                LogEvent::Receipt { reader, time, order } => self.receipt(reader, time, order)?,
                LogEvent::Notice(notice) => self.notice(notice)?,
                LogEvent::Read { conv, order } => self.read_elsewhere(conv, order)?,
            }
        }
        match &mut self.local {
            Some(local) => local.set_cursor(page.cursor),
            None => Ok(()),
        }
    }

    /// READ-3: read on another device. A group's messages are in a log of their own, which may not have been looked at yet: first they,
    /// then the mark.
    fn read_elsewhere(&mut self, conv: Conv, order: u64) -> Result<(), Error> {
        let known = match &self.local {
            Some(local) => local.conversation(&conv)?.is_some(),
            None => true,
        };
        match self.joined_group(&conv.id).filter(|_| conv.kind == ConvKind::Group && !known) {
            None => self.was_read(&conv, order),
            Some(group) => {
                let here = move |core: &mut Core| {
                    if let Err(error) = core.was_read(&conv, order) {
                        tracing::error!("{}", error.desc);
                        core.lost = true;
                    }
                };
                self.pull_group_then(group, Box::new(here));
                Ok(())
            }
        }
    }

    /// Takes over the mark, and tells programs of one in a group as a report (§3.4, type 15).
    fn was_read(&mut self, conv: &Conv, order: u64) -> Result<(), Error> {
        let before = self.read_order(conv)?;
        self.read_up_to(conv, order)?;
        let moves = self.read_order(conv)? > before;
        match conv.kind == ConvKind::Group && moves {
            true => self.report_own(&conv.id, GroupReportType::ReadReport, 0),
            false => Ok(()),
        }
    }

    fn read_order(&self, conv: &Conv) -> Result<u64, Error> {
        let row = self.local.as_ref().map(|local| local.conversation(conv)).transpose()?;
        Ok(row.flatten().map_or(0, |row| row.read_order))
    }

    /// What a log tells besides messages and read marks.
    pub(crate) fn notice(&mut self, notice: Notice) -> Result<(), Error> {
        match notice {
            Notice::Group(notice) => self.group_notice(notice),
            Notice::Friendship(notice) => self.friendship_notice(notice),
            Notice::Message(notice) => self.message_notice(notice),
            Notice::Profile(notice) => self.profile_notice(notice),
        }
    }

    /// RECV-1, RECV-4: a message that was not here before.
    pub(crate) fn receive(&mut self, mut delivered: Delivered) -> Result<(), Error> {
        let user = self.owner.clone();
        // OPT-1, RECV-7: it is in the history, nobody hears of it, and others' messages leave the conversation as it is.
        let refused = self.is_refused(&delivered.conv);
        let moves = !refused || delivered.sender == user;
        delivered.counts &= !refused;
        delivered.becomes_last &= moves;
        let Some(local) = &mut self.local else { return Ok(()) };
        let conv = delivered.conv.clone();
        if !moves && local.conversation(&conv)?.is_none() {
            // It does not begin one either.
            return Ok(());
        }
        // SEND-5, also after a crash that took the local copy; REV-5. To a new device the user's own messages of before are history.
        let began = self.session.as_ref().map_or(0, |session| session.began);
        let before = local.is_filling() && delivered.sender == user && delivered.time < began;
        let own = local.is_own_session(delivered.origin) || before;
        let quiet = own || delivered.revoked;
        let read = delivered.read;
        let (mut found, new) = local.open_conversation(&conv, delivered.time)?;
        // The account has had this conversation before, and has perhaps not read all of it.
        let continues = moves && delivered.order > 1 && local.has_nothing_of(&found)?;
        let row = row_of(delivered);
        if row.sender == user {
            // It was taken for failed because its answer got lost.
            local.remove_unsent(&mut found, row.key)?;
        }
        if local.insert(found.no, &row)? && moves {
            if read && found.read_order < row.order {
                // READ-3: what tells it comes later in the log.
                found.read_order = row.order;
                found.unread = local.count_unread(found.no, &user, row.order)?;
            }
            let row = arrive(&mut found, row, &user);
            local.put_conversation(&found, true)?;
            if !quiet && !refused {
                let row = row.read();
                let (mark, time) = (row.body.name_mark, row.time);
                let message = present(row, &found, &user);
                self.doubt(&message.sender, mark, time);
                if self.has_word_for(&message) {
                    self.out.messages.push(message);
                }
            }
            self.out.changed(&conv, new);
        }
        if continues {
            self.count_unread(&conv, false)?;
        }
        Ok(())
    }

    /// READ-4: the peer has read.
    fn receipt(&mut self, reader: String, time: u64, order: u64) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Ok(()) };
        let conv = Conv::c2c(reader);
        if let Some(mut row) = local.conversation(&conv)?
            && read_place(time, order) > row.peer_read
        {
            let before = std::mem::replace(&mut row.peer_read, read_place(time, order));
            local.put_conversation(&row, false)?;
            self.out.changed(&conv, false);
            let told = |message: &Message| message.is_from_self && message.conv_id == conv.id;
            if self.events.wants_updates() || self.out.messages.iter().any(told) {
                self.now_read(&row, before)?;
            }
        }
        // READ-6: who was away gets the latest one of each conversation.
        let known = self.out.receipts.iter_mut().find(|receipt| receipt.conv_id == conv.id);
        if let Some(known) = known {
            known.time_stamp = known.time_stamp.max(time);
        } else if !self.shared.no_receipts.load(std::sync::atomic::Ordering::Relaxed) {
            self.out.receipts.push(MessageReceipt {
                conv_id: conv.id,
                conv_type: conv.kind as u32,
                time_stamp: time,
                ..MessageReceipt::default()
            });
        }
        Ok(())
    }

    /// §13: own messages after this place have been read by the peer just now. Of a long absence only the newest are told.
    fn now_read(&mut self, conv: &ConvRow, after: (u64, u64)) -> Result<(), Error> {
        let Some(local) = &self.local else { return Ok(()) };
        let span = Span {
            after,
            before: (conv.peer_read.0.saturating_add(1), 0),
            ascending: false,
            count: UPDATES,
        };
        let mut messages =
            local.messages(conv.no, span, |row| shown(local, row, conv, &self.owner))?;
        messages.retain(|message| message.is_peer_read && !self.out.refresh(message));
        if !messages.is_empty() && self.events.wants_updates() {
            messages.reverse();
            self.out.events.push(Event::Updated(messages));
        }
        Ok(())
    }

    /// ONL-1: told, and kept nowhere; not to whoever has logged in since.
    pub(crate) fn online(&mut self, session: u64, delivered: Delivered) {
        if self.session.as_ref().is_some_and(|active| active.session == session) {
            let (message, mark) = present_online(delivered, &self.owner);
            self.doubt(&message.sender, mark, message.server_time);
            self.out.messages.push(message);
        }
    }

    /// A device without a store: what waits for the account, and its newest conversations (§3.2).
    pub(crate) fn fill(&mut self, cursor: u64) {
        if let Some(local) = &mut self.local {
            local.begin_filling(cursor);
        }
        self.catch_up();
    }

    /// A device that was away for so long that the log does not go back to where it stands: it takes in what there is as a new one does.
    pub(crate) fn start_over(&mut self, cursor: u64) {
        tracing::warn!("this device was away for too long: it begins anew");
        self.own = (0, 0);
        if let Some(transport) = &mut self.transport {
            transport.has_come_to(None);
        }
        let begun = self.local.as_mut().map_or(Ok(()), |local| local.begin_again(cursor));
        if let Err(error) = begun {
            tracing::error!("{}", error.desc);
            self.lost = true;
            return;
        }
        self.catch_up();
    }

    fn is_restarting(&self) -> bool {
        self.local.as_ref().is_some_and(LocalStore::is_restarting)
    }

    /// Gets what this device does not have.
    pub(crate) fn catch_up(&mut self) {
        if self.is_restarting() {
            return self.close_gaps();
        }
        if !self.interrupted.is_empty() {
            self.when_settled(Self::end_interrupted);
        }
        self.pull_all();
        self.count_again();
        if self.local.as_ref().is_some_and(LocalStore::is_filling) {
            self.when_settled(|core| core.list(LIST_TRIES));
        }
    }

    /// Takes over the service's list, once this device has got everything up to the moment at which it was made: what is counted there
    /// must not come again.
    fn list(&mut self, tries: u8) {
        if self.session.is_none() {
            return;
        }
        let known = self.cursor();
        let request = match self.shared.ignores_tips() {
            true => Request::RecentConvsWithoutTips,
            false => Request::RecentConvs,
        };
        self.request(request, move |core, answer| {
            let list = match answer {
                Ok(Response::RecentConvs(list)) => list,
                Ok(_) => return tracing::error!("the service gave a wrong answer to a list"),
                Err(error) => {
                    core.lost = true;
                    return tracing::error!("conversations: {} {}", error.code, error.desc);
                }
            };
            core.request(core.news_after(known), move |core, answer| {
                let lost = core.lost;
                let more = core.pulled(answer);
                // It may be something of a group.
                core.lost |= lost;
                if (more || core.lags_behind(&list)) && tries > 0 {
                    core.pull_all();
                    return core.when_settled(move |core| core.list(tries - 1));
                }
                // CONV-7: the newest comes last, and so before others of its second.
                let kept = list.into_iter().rev().try_for_each(|conv| core.recent(conv));
                if let Err(error) = kept {
                    tracing::error!("{}", error.desc);
                    core.lost = true;
                }
                core.when_settled(Self::filled);
            });
        });
    }

    /// What this device has of a conversation must reach up to what comes: before anything comes, conversations that have gone on are
    /// emptied of what the service has too. Groups have logs of their own. The list does not name all: others are asked for one by one.
    fn close_gaps(&mut self) {
        self.request(Request::RecentConvs, |core, answer| {
            let unlisted = match answer {
                Ok(Response::RecentConvs(list)) => core.close_listed(&list),
                Ok(_) => Err(Error::from(Code::SdkInternalError)),
                Err(error) => Err(error),
            };
            match unlisted {
                Ok(unlisted) => core.close_others(unlisted),
                Err(error) => core.gaps_stay(&error),
            }
        });
    }

    /// Tried again, before anything comes.
    fn gaps_stay(&mut self, error: &Error) {
        tracing::error!("conversations: {} {}", error.code, error.desc);
        self.lost = true;
    }

    /// The conversations that the list does not name.
    fn close_listed(&mut self, list: &[RecentConv]) -> Result<Vec<Conv>, Error> {
        let Some(local) = &mut self.local else { return Ok(Vec::new()) };
        let mut unlisted = Vec::new();
        for mut row in local.all_c2c()? {
            let newest = order_of(local.newest_place(row.no)?);
            match list.iter().find(|recent| recent.conv == row.conv) {
                Some(recent) if recent.last.as_ref().map_or(0, |last| last.order) != newest => {
                    local.remove_sent(&mut row)?;
                }
                None if newest > 0 => unlisted.push(row.conv),
                Some(_) | None => {}
            }
        }
        Ok(unlisted)
    }

    fn close_others(&mut self, mut unlisted: Vec<Conv>) {
        let Some(conv) = unlisted.pop() else {
            if let Some(local) = &mut self.local {
                local.gaps_closed();
            }
            return self.catch_up();
        };
        let request = Request::History { conv: conv.clone(), before: None, count: 1 };
        self.request(request, move |core, answer| {
            let closed = match answer {
                Ok(Response::History { messages, .. }) => core.close_one(conv, messages),
                Ok(_) => Err(Error::from(Code::SdkInternalError)),
                Err(error) => Err(error),
            };
            match closed {
                Ok(()) => core.close_others(unlisted),
                Err(error) => core.gaps_stay(&error),
            }
        });
    }

    fn close_one(&mut self, conv: Conv, newest: Vec<Delivered>) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Ok(()) };
        let Some(mut row) = local.conversation(&conv)? else { return Ok(()) };
        let last = newest.into_iter().next();
        if order_of(local.newest_place(row.no)?) == last.as_ref().map_or(0, |last| last.order) {
            return Ok(());
        }
        local.remove_sent(&mut row)?;
        self.recent(RecentConv {
            conv: conv.clone(),
            read_order: 0,
            peer_read_time: 0,
            peer_read_order: 0,
            unread: 0,
            last,
            mentions: Vec::new(),
        })?;
        self.count_unread(&conv, false)
    }

    /// Whether messages that the list counts have not come from a group yet: they would be counted again.
    fn lags_behind(&self, list: &[RecentConv]) -> bool {
        let Some(local) = &self.local else { return false };
        list.iter().filter(|recent| recent.conv.kind == ConvKind::Group).any(|recent| {
            let cursor = local.group(&recent.conv.id).ok().flatten().map_or(0, |row| row.cursor);
            recent.last.as_ref().is_some_and(|last| last.order > cursor)
        })
    }

    fn recent(&mut self, recent: RecentConv) -> Result<(), Error> {
        let user = self.owner.clone();
        let refused = self.is_refused(&recent.conv);
        let Some(local) = &mut self.local else { return Ok(()) };
        let (mut found, new) = local.open_conversation(&recent.conv, 0)?;
        let counted_from = place(recent.read_order);
        found.read_order = found.read_order.max(counted_from);
        let peer_read = read_place(recent.peer_read_time, recent.peer_read_order);
        found.peer_read = found.peer_read.max(peer_read);
        let newest = recent.last.as_ref().map_or(0, |last| last.order);
        let counted_to = place(newest);
        if let Some(last) = recent.last {
            let quiet = last.revoked || refused;
            let row = row_of(last);
            if local.insert(found.no, &row)? {
                let row = arrive(&mut found, row, &user);
                if !quiet {
                    self.out.messages.push(present(row.read(), &found, &user));
                }
            }
        }
        // The service counts what this device does not have. What has come since the list was made is here.
        found.unread = recent.unread
            + local.count_unread(found.no, &user, counted_to.max(found.read_order))?;
        local.put_mentions(found.no, &recent.mentions)?;
        let reads_on = found.read_order > counted_from;
        local.put_conversation(&found, new)?;
        self.out.changed(&recent.conv, new);
        if found.last.is_none() && newest > 0 {
            self.find_last(recent.conv.clone(), newest, LAST_LOOK);
        }
        match reads_on {
            true => self.count_unread(&recent.conv, false),
            false => Ok(()),
        }
    }

    /// The list is here, with all that was asked about it; what could not be had is asked for again with all of it.
    fn filled(&mut self) {
        let Some(local) = self.local.as_mut().filter(|_| !self.lost) else { return };
        if let Err(error) = local.filled() {
            tracing::error!("{}", error.desc);
            self.lost = true;
        }
    }

    /// The newest message does not become the last one: whichever before it does is looked for, or the list would lack the conversation.
    /// Not for ever: somebody may have sent many of them.
    fn find_last(&mut self, conv: Conv, before: u64, count: u32) {
        let request = Request::History { conv: conv.clone(), before: Some(before), count };
        self.request(request, move |core, answer| {
            let (older, more) = match answer {
                Ok(Response::History { messages, more }) => (messages, more),
                Ok(_) => return tracing::error!("the service gave a wrong answer to a history"),
                Err(error) => {
                    core.lost |= is_unreachable(&error);
                    return tracing::warn!("history: {} {}", error.code, error.desc);
                }
            };
            let Some(oldest) = older.last().map(|oldest| oldest.order) else { return };
            let found = older.iter().any(|message| message.becomes_last);
            if let Err(error) = core.add_history(&conv, older) {
                return core.take_back(&error);
            }
            if !found && more && count < MOST_LOOKED {
                core.find_last(conv, oldest, (count * 4).min(MOST_LOOKED));
            }
        });
    }
}

/// The place up to which a peer has read: of its second all of it where the service tells no place.
fn read_place(time: u64, order: u64) -> (u64, u64) {
    (time, if order == 0 { u64::MAX } else { place(order) })
}

/// What a new message does to its conversation (UNR-1).
fn arrive(conv: &mut ConvRow, row: MessageRow, user: &str) -> MessageRow {
    if row.sender != user && row.counts && row.order > conv.read_order {
        conv.unread += 1;
    }
    conv.active_time = conv.active_time.max(row.time);
    if row.becomes_last && conv.last.is_none_or(|last| last < (row.time, row.order)) {
        conv.last = Some((row.time, row.order));
    }
    row
}

/// An online-only message as the application gets it.
pub(crate) fn present_online(delivered: Delivered, user: &str) -> (Message, u64) {
    let found = ConvRow {
        no: 0,
        conv: delivered.conv.clone(),
        active_time: 0,
        unread: 0,
        read_order: 0,
        peer_read: (0, 0),
        last: None,
    };
    let row = MessageRow { order: u64::MAX, ..row_of(delivered) }.read();
    let mark = row.body.name_mark;
    let mut message = present(row, &found, user);
    message.is_online_msg = true;
    message.sender_profile = Some(Arc::new(unknown(&message.sender).into()));
    (message, mark)
}
