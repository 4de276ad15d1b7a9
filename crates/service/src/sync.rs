//! The log of an account, read past a cursor.

use imsdk_types::wire::{Delivered, Event, Notice, Page};
use imsdk_types::{Code, Error};

use crate::message::{conv_of, deliver};
use crate::store::{Entry, Store};
use crate::{Clock, News, Service, Session};

/// Entries of one page.
const PAGE: u32 = 256;

impl<C: Clock> Service<C> {
    /// What lies past `after` in the account's log and, unless `own` is asked for, was not caused by this session itself.
    pub(crate) async fn pull<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        after: u64,
        own: bool,
    ) -> Result<Page, Error> {
        if self.is_kicked(store, session).await? {
            return Ok(Page { cursor: after, kicked: true, ..Page::default() });
        }
        // The head first: entries that others commit meanwhile are left for the next pull, never skipped.
        let head = store.log_head(session.account).await?;
        // Sessions are numbered from 1.
        let except = if own { 0 } else { session.session };
        let rows = store.entries(session.account, after, head, except, PAGE).await?;
        let more = rows.len() == PAGE as usize;
        let cursor = match rows.last() {
            Some(last) if more => last.seq,
            _ => head.max(after),
        };
        let mut events = Vec::with_capacity(rows.len());
        // Most pages are about one conversation: its mark is asked for once.
        let mut hidden = None;
        for row in rows {
            let event = match (row.entry, row.place, row.message) {
                (Entry::Message { conv, .. }, Some(place), Some(message)) => {
                    let upto = match hidden {
                        Some((of, upto)) if of == conv => upto,
                        _ => {
                            let member = store.member(session.account, conv).await?;
                            member.unwrap_or_default().hidden
                        }
                    };
                    hidden = Some((conv, upto));
                    // CONV-12, DEL-4: deleted before this device got it.
                    let order = message.order;
                    if order <= upto
                        || !store.deleted(session.account, conv, order, order).await?.is_empty()
                    {
                        continue;
                    }
                    let delivered = deliver(store, session.account, place, message).await?;
                    Event::Message(Delivered { origin: row.origin, ..delivered })
                }
                (Entry::Receipt { time, .. }, Some(place), _) => {
                    let reader = store.account_id(place.peer_of(session.account)).await?;
                    Event::Receipt { reader, time }
                }
                (Entry::Read { order, .. }, Some(place), _) => {
                    match conv_of(store, session.account, place).await {
                        Ok(conv) => Event::Read { conv, order },
                        // The group is gone.
                        Err(error) if error.is(Code::SvrGroupNotFound) => continue,
                        Err(error) => return Err(error),
                    }
                }
                (Entry::Notice(body), ..) => {
                    Event::Notice(serde_json::from_str(&body).map_err(|error| {
                        Error::new(Code::DatabaseOperateFailed, error.to_string())
                    })?)
                }
                // Its message or conversation is gone (retention): nothing to tell.
                _ => continue,
            };
            events.push(event);
        }
        Ok(Page { events, cursor, more, kicked: false })
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
    news.accounts.insert(account);
    Ok(())
}
