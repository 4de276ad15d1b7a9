//! History: pages of a conversation, from here and from the service.

use imsdk_types::wire::{Conv, ConvKind, Delivered, Request, Response};
use imsdk_types::{Code, Error, Message, MsgGetMsgListParam};

use super::{identities, row_of, shown};
use crate::client::{Reply, no_database};
use crate::core::{Core, now};
use crate::store::{ConvRow, LocalStore, Span, is_unsent, order_of, place};

/// Messages of one history call at most.
pub(super) const MAX_PAGE: u32 = 1000;

/// Messages that are fetched at a time to reach a page far back.
const FAR_BACK: u32 = 200;

/// The place after every message.
const END: (u64, u64) = (u64::MAX, u64::MAX);

/// Takes what a page of history has, message by message, and answers the call. So a page is made into what the program wants while it
/// is read: all of its messages at a time take several times their text.
pub trait Listing: Send {
    /// A page begins, of so many messages at most. It may be read again: what was added before does not count.
    fn begin(&mut self, at_most: u32);

    /// The next message.
    fn add(&mut self, message: Message);

    /// The page is whole, or cannot be had. Called once, on the thread of the client.
    fn answer(self: Box<Self>, outcome: Result<(), Error>);
}

/// The messages themselves.
pub(crate) struct Messages {
    found: Vec<Message>,
    reply: Reply<Vec<Message>>,
}

impl Messages {
    pub(crate) fn new(reply: Reply<Vec<Message>>) -> Self {
        Self { found: Vec::new(), reply }
    }
}

impl Listing for Messages {
    fn begin(&mut self, _: u32) {
        self.found.clear();
    }

    fn add(&mut self, message: Message) {
        self.found.push(message);
    }

    fn answer(self: Box<Self>, outcome: Result<(), Error>) {
        let Self { found, reply } = *self;
        reply(outcome.map(|()| found));
    }
}

impl Core {
    /// HIST-1 to HIST-7.
    pub(crate) fn message_list(
        &mut self,
        conv: Conv,
        param: MsgGetMsgListParam,
        listing: Box<dyn Listing>,
    ) {
        match param.count {
            0 => {
                let error =
                    Error::new(Code::InvalidParameters, "msg_getmsglist_param_count must not be 0");
                self.out.reply(|| listing.answer(Err(error)));
            }
            _ => self.page(conv, param, false, listing),
        }
    }

    /// Reads a page, and asks the service for what lies before the oldest message that is here until the page is whole, or the service
    /// has told `everything`. What is here is one stretch up to the newest, and stays one: a page far back brings along what lies
    /// between.
    fn page(
        &mut self,
        conv: Conv,
        param: MsgGetMsgListParam,
        everything: bool,
        mut listing: Box<dyn Listing>,
    ) {
        let Read { span, found, whole, oldest } = match self.read(&conv, &param, &mut *listing) {
            Ok(read) => read,
            Err(error) => return self.out.reply(|| listing.answer(Err(error))),
        };
        let missing = span.count.saturating_sub(found);
        let away = self.transport.as_ref().is_none_or(|transport| transport.is_away());
        if whole || everything || !param.is_ramble || self.session.is_none() || away {
            return self.out.reply(|| listing.answer(Ok(())));
        }
        let far = span.ascending || missing == 0 || found == 0 && span.before != END;
        let count = match far {
            true => missing.max(FAR_BACK),
            false => missing,
        };
        let before = oldest.map(|(_, place)| order_of(place));
        let request = Request::History { conv: conv.clone(), before, count };
        let group = self.joined_group(&conv.id).filter(|_| conv.kind == ConvKind::Group);
        self.request(request, move |core, answer| {
            let answer = match answer {
                Ok(Response::History { messages: older, more }) => {
                    let everything = !more || older.is_empty();
                    let add = move |core: &mut Core| {
                        let senders = core.unknown(older.iter().map(|message| &message.sender));
                        core.ask_about(senders, move |core| match core.add_history(&conv, older) {
                            Ok(()) => core.page(conv, param, everything, listing),
                            Err(error) => core.out.reply(|| listing.answer(Err(error))),
                        });
                    };
                    // HIST-12: what is newer than all that is here is news, and must not come as history before.
                    return match (before, group) {
                        (None, Some(group)) => core.pull_group_then(group, Box::new(add)),
                        (None, None) => core.pull_then(Box::new(add)),
                        (Some(_), _) => add(core),
                    };
                }
                Ok(_) => Err(Error::from(Code::SdkInternalError)),
                // HIST-10. What has failed on its way to a group that was not known to be live is here.
                Err(error) if error == Error::NO_HISTORY && !core.has_messages(&conv) => Err(error),
                // HIST-8: without the service, what is here.
                Err(error) => {
                    tracing::warn!("history: {} {}", error.code, error.desc);
                    Ok(())
                }
            };
            core.out.reply(|| listing.answer(answer));
        });
    }

    /// Lists what of a page is here.
    fn read(
        &self,
        conv: &Conv,
        param: &MsgGetMsgListParam,
        listing: &mut dyn Listing,
    ) -> Result<Read, Error> {
        let local = self.local.as_ref().ok_or_else(no_database)?;
        local.conversation_with(conv, |found| {
            let span = span(local, found.as_ref(), param)?;
            listing.begin(span.count);
            let Some(conv) = found else {
                return Ok(Read { span, found: 0, whole: false, oldest: None });
            };
            let mut end = None;
            let found = local.messages(conv.no, span, |row| {
                end = Some((row.time, row.order));
                listing.add(shown(local, row, &conv, &self.owner));
            })?;
            let found = found.len() as u32;
            let full = !span.ascending && found >= span.count;
            let (oldest, whole) = match end {
                Some((_, place)) if full && !is_unsent(place) => (None, true),
                _ => {
                    let oldest = local.oldest(conv.no)?;
                    let reaches =
                        full && end.zip(oldest).is_some_and(|(end, oldest)| end >= oldest);
                    (oldest, reaches || oldest.is_some_and(|oldest| oldest <= span.after))
                }
            };
            Ok(Read { span, found, whole, oldest })
        })
    }

    fn has_messages(&self, conv: &Conv) -> bool {
        let one = Span { after: (0, 0), before: END, ascending: false, count: 1 };
        let found = self.local.as_ref().map_or(Ok(false), |local| {
            let Some(found) = local.conversation(conv)? else { return Ok(false) };
            Ok::<_, Error>(!local.messages(found.no, one, |_| ())?.is_empty())
        });
        found.unwrap_or(false)
    }

    /// HIST-12: history fills the store, and is neither told as new nor counted.
    pub(crate) fn add_history(&mut self, conv: &Conv, older: Vec<Delivered>) -> Result<(), Error> {
        let user = self.owner.clone();
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let Some(newest) = older.iter().map(|message| message.time).max() else { return Ok(()) };
        let (mut found, new) = local.open_conversation(conv, newest)?;
        let last = found.last;
        for delivered in older {
            if new && delivered.read {
                // What is read there was never told here: what was before a member came, or is listed no more.
                found.read_order = found.read_order.max(place(delivered.order));
            }
            let row = row_of(delivered);
            if row.sender == user {
                local.remove_unsent(&mut found, row.key)?;
            }
            local.insert(found.no, &row)?;
            if row.becomes_last && found.last.is_none_or(|last| last < (row.time, row.order)) {
                found.last = Some((row.time, row.order));
                found.active_time = found.active_time.max(row.time);
            }
        }
        if new || found.last != last {
            local.put_conversation(&found, false)?;
            // What the list shows is another message, or a conversation more.
            self.out.changed(conv, new);
        }
        Ok(())
    }
}

/// What of a page is here.
struct Read {
    /// Which messages were meant.
    span: Span,
    /// How many of them are here.
    found: u32,
    /// The service has no more of them. Going up, that takes that what is here reaches back to where the page starts. Going down, a page
    /// may end with messages that only this device knows, while the service has others between them.
    whole: bool,
    /// The place of the oldest message that is here and the service knows, for a page that is not whole.
    oldest: Option<(u64, u64)>,
}

/// Which messages a history call means.
fn span(
    local: &LocalStore,
    found: Option<&ConvRow>,
    param: &MsgGetMsgListParam,
) -> Result<Span, Error> {
    let count = param.count.min(MAX_PAGE);
    let anchor = match &param.last_msg {
        Some(message) => anchor(local, found.map_or(0, |found| found.no), message)?,
        None => None,
    };
    let ascending = param.is_forward && (anchor.is_some() || param.time_begin > 0);
    let mut span = Span { after: (0, 0), before: END, ascending, count };
    let begin = param.time_begin;
    if ascending {
        // HIST-5: the range is closed at both ends.
        if begin > 0 {
            span.after = (begin - 1, u64::MAX);
        }
        if param.time_period > 0 {
            let from = if begin > 0 { begin } else { now() };
            span.before = (from.saturating_add(param.time_period).saturating_add(1), 0);
        }
        span.after = anchor.unwrap_or_default().max(span.after);
    } else {
        if begin > 0 {
            span.before = (begin.saturating_add(1), 0);
        }
        if param.time_period > 0 {
            let from = if begin > 0 { begin } else { now() };
            span.after = (from.saturating_sub(param.time_period).saturating_sub(1), u64::MAX);
        }
        span.before = anchor.unwrap_or(END).min(span.before);
    }
    Ok(span)
}

/// HIST-13: where the message that the application hands back stands. By what identifies it; failing that, by its time.
fn anchor(local: &LocalStore, conv: u64, message: &Message) -> Result<Option<(u64, u64)>, Error> {
    if let Some(place) = place_of(local, conv, message)? {
        return Ok(Some(place));
    }
    let by_id = identities(message).next().map_or(0, |(client_time, _)| client_time);
    let about = if message.server_time == 0 { by_id } else { message.server_time };
    Ok((about != 0).then_some((about, 0)))
}

/// Where the message that the application hands back stands, if it is here.
pub(crate) fn place_of(
    local: &LocalStore,
    conv: u64,
    message: &Message,
) -> Result<Option<(u64, u64)>, Error> {
    for (client_time, rand) in identities(message) {
        if let Some(place) = local.place_of(conv, client_time << 32 | u64::from(rand))? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}
