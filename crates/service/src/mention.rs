//! CONV-15: which messages that a new device does not have mention the account.

use imsdk_types::wire::{ConvKind, Mention, RecentConv};
use imsdk_types::{Error, GroupAtType};

use crate::store::{Mentioning, Place, Store};
use crate::{Clock, Service, Session};

impl<C: Clock> Service<C> {
    /// Adds to a list of conversations which unread messages of groups mention the account.
    pub(crate) async fn add_mentions<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        list: &mut [RecentConv],
    ) -> Result<(), Error> {
        let mut unread: Vec<&mut RecentConv> = list
            .iter_mut()
            .filter(|recent| {
                // What does not count as unread may mention the account, too.
                let newest = recent.last.as_ref().map_or(0, |last| last.order);
                recent.conv.kind == ConvKind::Group && newest > recent.read_order
            })
            .collect();
        if unread.is_empty() {
            return Ok(());
        }
        let mut groups = store.groups_of(session.account).await?;
        let of = |id: &str| unread.iter().position(|recent| recent.conv.id == id);
        let mut asked: Vec<(usize, Place)> = Vec::with_capacity(unread.len());
        for (group, _) in groups.drain(..) {
            asked.extend(of(&group.id).map(|at| (at, Place::group(group.no))));
        }
        let places: Vec<Place> = asked.iter().map(|(_, place)| *place).collect();
        let convs = store.conversations_at(&places).await?;
        let asked: Vec<(usize, (u64, u64))> = asked
            .iter()
            .zip(convs)
            .filter_map(|((at, _), conv)| Some((*at, (conv?.no, unread[*at].read_order))))
            .collect();
        let past: Vec<(u64, u64)> = asked.iter().map(|(_, past)| *past).collect();
        let found = store.mentioning(session.account, &past).await?;
        let mention = |found: Mentioning| {
            let at_type = GroupAtType::of(&found.names, &session.user)? as u32;
            Some(Mention { order: found.order, time: found.time, seq: found.seq, at_type })
        };
        for ((at, _), found) in asked.into_iter().zip(found) {
            unread[at].mentions = found.into_iter().filter_map(mention).collect();
        }
        Ok(())
    }
}
