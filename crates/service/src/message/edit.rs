//! Taking messages back, and deleting them for oneself.

use imsdk_types::wire::message::{MessageRef, Notice, Request};
use imsdk_types::wire::{Conv, ConvKind, MessageBody, Notice as AnyNotice, Response};
use imsdk_types::{Code, Error, limits};

use super::conv_of;
use crate::group::may_revoke;
use crate::store::{Conversation, Message, Most, Part, Place, Store};
use crate::sync::tell;
use crate::{Clock, News, Service, Session};

/// Messages that are looked at together, where most are deleted.
const STRETCH: u32 = 256;

/// Groups have codes of their own.
fn by_kind(kind: ConvKind, c2c: Error, group: Code) -> Error {
    if kind == ConvKind::Group { Error::from(group) } else { c2c }
}

impl<C: Clock> Service<C> {
    /// Answers a request of this area.
    pub(crate) async fn message<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        request: Request,
        news: &mut News,
    ) -> Result<Response, Error> {
        match request {
            Request::Revoke { conv, .. }
                if conv.kind == ConvKind::Group && self.is_live(store, &conv.id).await? =>
            {
                Err(Error::from(Code::SvrGroupNotAllowRevokeMsg))
            }
            Request::Revoke { conv, message } => match self.find(store, session, &conv).await? {
                Some(found) => self.revoke(store, session, found, &message, news).await,
                None => Err(by_kind(conv.kind, Error::NO_MESSAGE, Code::SvrGroupRevokeMsgNotFound)),
            },
            Request::Delete { conv, messages } => {
                self.delete(store, session, &conv, &messages).await
            }
        }
    }

    /// REV-1, REV-2, REV-7, REV-8: marks a message as withdrawn, drops its content, and tells all who may have it.
    async fn revoke<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        (place, conv): (Place, Conversation),
        message: &MessageRef,
        news: &mut News,
    ) -> Result<Response, Error> {
        let not_found = || by_kind(place.kind, Error::NO_MESSAGE, Code::SvrGroupRevokeMsgNotFound);
        let row = resolve(store, conv.no, message).await?.ok_or_else(not_found)?;
        if row.revoked {
            return Err(by_kind(place.kind, Error::WITHDRAWN, Code::SvrGroupRevokeMsgDeny));
        }
        let may = match place.kind {
            // REV-2: what the service said stays.
            ConvKind::Group => {
                !row.is_system() && may_revoke(store, place.a, session.account, row.sender).await?
            }
            ConvKind::C2c | ConvKind::System => row.sender == session.account,
        };
        if !may {
            return Err(by_kind(place.kind, Error::NO_MESSAGE, Code::SvrGroupRevokeMsgDeny));
        }
        if self.clock.now() > row.time.saturating_add(self.policy.revoke_seconds) {
            let late = Error::from(Code::SvrMsgRevokeTimeLimit);
            return Err(by_kind(place.kind, late, Code::SvrGroupRevokeMsgTimeLimit));
        }
        let body = MessageBody::read(&row.body).unwrap_or_default();
        let left = serde_json::to_string(&body.revoked_by(&session.user))
            .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
        store.revoke(conv.no, row.order, &left).await?;
        let notice = |conv: Conv| {
            AnyNotice::Message(Notice::Revoked {
                conv,
                time: row.time,
                order: row.order,
                revoker: session.user.clone(),
                session: session.session,
            })
        };
        if place.kind == ConvKind::Group {
            let notice = notice(conv_of(store, session.account, place).await?);
            self.tell_group(store, session, place.a, &notice, news).await?;
            return Ok(Response::Done);
        }
        for account in [place.a, place.b] {
            let notice = notice(conv_of(store, account, place).await?);
            tell(store, account, &notice, news).await?;
            if place.a == place.b {
                break;
            }
        }
        Ok(Response::Done)
    }

    /// DEL-4, DEL-8: the messages are gone from this account's view, on devices that do not have them yet too.
    async fn delete<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        conv: &Conv,
        messages: &[MessageRef],
    ) -> Result<Response, Error> {
        let impossible = || {
            let c2c = Error::from(Code::SvrMsgDelRambleInternalError);
            by_kind(conv.kind, c2c, Code::SvrGroupRemoveMsgDeny)
        };
        let Some((_, found)) = self.find(store, session, conv).await? else {
            return Err(impossible());
        };
        if messages.len() > limits::DELETED_MESSAGES {
            return Err(Error::new(Code::InvalidParameters, "too many messages in one request"));
        }
        // All of them or none.
        let mut orders = Vec::with_capacity(messages.len());
        for message in messages {
            let row = resolve(store, found.no, message).await?.ok_or_else(impossible)?;
            orders.push(row.order);
        }
        for order in orders {
            store.delete(session.account, found.no, order).await?;
        }
        Ok(Response::Done)
    }
}

/// The message of a conversation that is meant.
async fn resolve<S: Store>(
    store: &mut S,
    conv: u64,
    message: &MessageRef,
) -> Result<Option<Message>, Error> {
    let found = match message {
        MessageRef::Order(order) => store
            .messages(conv, order.saturating_sub(1), order.saturating_add(1), Most::ONE)
            .await?
            .rows
            .into_iter()
            .find(|row| row.order == *order),
        MessageRef::Key { sender, client_time, rand } => match store.account(sender).await? {
            Some(sender) => store
                .by_key(sender, client_time << 32 | u64::from(*rand))
                .await?
                .and_then(|(of, row)| (of == conv).then_some(row)),
            None => None,
        },
    };
    Ok(found.filter(|row| row.listed))
}

/// Messages with `after < order < before` that `account` has not deleted, newest first: as many as there are, or as are wanted at once.
pub(crate) async fn visible<S: Store>(
    store: &mut S,
    account: u64,
    conv: u64,
    (after, mut before): (u64, u64),
    most: Most,
) -> Result<Part<Message>, Error> {
    let (mut page, mut filled) = (Part { more: true, ..Part::default() }, 0);
    let (mut stretch, mut tries) = (most.rows, 0_u32);
    while page.more && page.rows.len() < most.rows as usize && filled <= most.bytes {
        let wanted = Most { rows: stretch.max(1), bytes: most.bytes - filled };
        let found = store.messages(conv, after, before, wanted).await?;
        let Some(oldest) = found.rows.last() else {
            page.more = false;
            break;
        };
        let orders: Vec<u64> = found.rows.iter().map(|row| row.order).collect();
        let deleted = store.deleted(account, conv, &orders).await?;
        before = oldest.order;
        page.more = found.more;
        for row in found.rows {
            if deleted.binary_search(&row.order).is_ok() {
                continue;
            }
            if page.rows.len() == most.rows as usize || filled > most.bytes {
                page.more = true;
                break;
            }
            filled = filled.saturating_add(row.body.len() as u32);
            page.rows.push(row);
        }
        // Whoever has deleted many has perhaps deleted many more: not one by one.
        tries += 1;
        let missing = most.rows.saturating_sub(page.rows.len() as u32);
        stretch = missing.saturating_mul(1 << (2 * tries).min(8)).clamp(1, STRETCH);
    }
    Ok(page)
}
