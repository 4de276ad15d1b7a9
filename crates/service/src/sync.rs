//! The log of an account, read past a cursor.

use std::collections::HashMap;

use imsdk_types::wire::{Delivered, Event, Notice, Page, friendship};
use imsdk_types::{Code, Error, limits};

use crate::message::{conv_of, deliver};
use crate::store::{Entry, Logged, Member, Most, Part, Place, Side, Store};
use crate::{Clock, News, Service, Session};

/// One page of a log.
pub(crate) const PAGE: Most = Most { rows: 256, bytes: limits::PAGE_BYTES as u32 };

/// How much of an answer is filled with bodies, see [`limits::PAGE_BYTES`].
#[derive(Default)]
pub(crate) struct Filled(usize);

impl Filled {
    pub(crate) fn add(&mut self, body: &str) {
        self.0 += body.len();
    }

    /// What is nearly all custom fields: they are told under both of their names.
    pub(crate) fn add_fields(&mut self, body: &str) {
        self.0 += 2 * body.len();
    }

    pub(crate) fn is_full(&self) -> bool {
        self.0 > limits::PAGE_BYTES
    }
}

/// Whether what lies past a device's cursor can't be told any more: it is not kept, or the cursor lies past the end of the log. Then the
/// service has gone back to an earlier state, and what follows is not what the device knows.
pub(crate) fn is_lost(cursor: u64, tail: u64, head: u64) -> bool {
    cursor.saturating_add(1) < tail || cursor > head
}

impl<C: Clock> Service<C> {
    /// What lies past `after` in the account's log and, unless `own` is asked for, was not caused by this session itself.
    pub(crate) async fn pull<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        after: u64,
        own: bool,
    ) -> Result<Page, Error> {
        if self.is_kicked(store, session, after).await? {
            return Ok(Page { cursor: after, kicked: true, ..Page::default() });
        }
        let tail = store.log_tail(session.account).await?;
        // The head first: entries that others commit meanwhile are left for the next pull, never skipped.
        let head = store.log_head(session.account).await?;
        if is_lost(after, tail, head) {
            let cursor = store.delivered(session.account).await?;
            return Ok(Page { cursor, resync: true, ..Page::default() });
        }
        // No session has this number; 0 stands for the service.
        let except = if own { u64::MAX } else { session.session };
        let Part { rows, more } = store.entries(session.account, after, head, except, PAGE).await?;
        let cursor = match rows.last() {
            Some(last) if more => last.seq,
            _ => head,
        };
        let mut events = Vec::with_capacity(rows.len());
        let own_system = Place::system(session.account);
        let mut reports = None;
        let marks = self.marks(store, session.account, &rows).await?;
        for row in rows {
            if let (Some(place), Some(message)) = (row.place, &row.message)
                && place == own_system
            {
                let head = match reports {
                    Some(head) => head,
                    None => store.conversation(own_system).await?.map_or(0, |conv| conv.head),
                };
                reports = Some(head);
                if !self.waits(message, head) {
                    continue;
                }
            }
            let event = match (row.entry, row.place, row.message) {
                (Entry::Message { conv, .. }, Some(place), Some(message)) => {
                    // CONV-12, DEL-4: deleted before this device got it.
                    let mark = marks.get(&conv);
                    if mark.is_some_and(|mark| mark.is_gone(message.order)) {
                        continue;
                    }
                    let read = mark.is_some_and(|mark| message.order <= mark.read);
                    let delivered = deliver(store, session.account, place, message).await?;
                    Event::Message(Delivered { origin: row.origin, read, ..delivered })
                }
                (Entry::Receipt { time, order, .. }, Some(place), _) => {
                    let reader = store.account_id(place.peer_of(session.account)).await?;
                    Event::Receipt { reader, time, order }
                }
                (Entry::Read { order, .. }, Some(place), _) => {
                    match conv_of(store, session.account, place).await {
                        Ok(conv) => Event::Read { conv, order },
                        // The group is gone.
                        Err(error) if error.is(Code::SvrGroupNotFound) => continue,
                        Err(error) => return Err(error),
                    }
                }
                (Entry::Notice(body), ..) => match serde_json::from_str(&body) {
                    Ok(Notice::Friendship(friendship::Notice::Requested(request)))
                        if !is_open(store, session.account, &request.identifier).await? =>
                    {
                        continue;
                    }
                    Ok(notice) => Event::Notice(notice),
                    // From a newer version of this library, which shares the database: it must not keep the rest from coming.
                    Err(error) => {
                        tracing::warn!("a notice that this version does not know: {error}");
                        continue;
                    }
                },
                // Its message or conversation is gone (retention): nothing to tell.
                _ => continue,
            };
            events.push(event);
        }
        Ok(Page { events, cursor, more, ..Page::default() })
    }

    /// What the account has read and deleted of the conversations that a page is about: each is asked for once.
    async fn marks<S: Store>(
        &self,
        store: &mut S,
        account: u64,
        rows: &[Logged],
    ) -> Result<HashMap<u64, Marks>, Error> {
        let mut places: HashMap<u64, Vec<u64>> = HashMap::new();
        for row in rows {
            if let Entry::Message { conv, order } = row.entry {
                places.entry(conv).or_default().push(order);
            }
        }
        let mut marks = HashMap::with_capacity(places.len());
        for (conv, orders) in places {
            let member = store.member(account, conv).await?.unwrap_or_default();
            let single = store.deleted(account, conv, &orders).await?;
            let Member { read_order: read, hidden, .. } = member;
            marks.insert(conv, Marks { read, hidden, single });
        }
        Ok(marks)
    }
}

/// Whether a user still asks to become a friend: what was answered or taken back meanwhile is no news.
async fn is_open<S: Store>(store: &mut S, account: u64, user: &str) -> Result<bool, Error> {
    let Some(peer) = store.account(user).await? else { return Ok(false) };
    Ok(store.pendency(account, Side::ComeIn, peer).await?.is_some())
}

/// What of a conversation an account has read and deleted.
struct Marks {
    /// It has read everything up to this place.
    read: u64,
    /// It has deleted everything up to this place.
    hidden: u64,
    /// And these, rising.
    single: Vec<u64>,
}

impl Marks {
    fn is_gone(&self, order: u64) -> bool {
        order <= self.hidden || self.single.binary_search(&order).is_ok()
    }
}

/// Writes a notice into an account's log: all its devices learn of it, that of this session included.
pub(crate) async fn tell<S: Store>(
    store: &mut S,
    account: u64,
    notice: &Notice,
    news: &mut News,
) -> Result<(), Error> {
    let body = serde_json::to_string(notice)
        .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
    store.log(account, 0, Entry::Notice(body)).await?;
    news.wrote(account, 0, || Some(Event::Notice(notice.clone())));
    Ok(())
}
