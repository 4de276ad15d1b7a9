//! Connections that ask what costs a server most, one thing after the other without a pause. What do the others notice of them?

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use imsdk_client::wire::Refusal;
use imsdk_types::wire::{Request, friendship, group, profile};
use imsdk_types::{
    CreateGroupParam, Error, FriendshipCheckFriendTypeParam, GroupAddOption,
    GroupDeleteMemberParam, GroupGetMemberInfoListParam, GroupInviteMemberParam, GroupMemberInfo,
    GroupType, limits,
};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::session::Session;
use crate::shared::Shared;

/// See the module.
pub(crate) struct Heavy {
    tasks: JoinSet<Result<(), Error>>,
    answered: Arc<AtomicU64>,
    stop: CancellationToken,
}

impl Heavy {
    /// Begins, with users past those that write.
    pub(crate) fn start(shared: &Arc<Shared>) -> Self {
        let (answered, stop) = (Arc::<AtomicU64>::default(), CancellationToken::new());
        let mut tasks = JoinSet::new();
        for no in 0..shared.options.heavy {
            let no = shared.options.connections + no;
            let (shared, answered, stop) =
                (Arc::clone(shared), Arc::clone(&answered), stop.clone());
            tasks.spawn(async move {
                ask(&shared, no, &answered, &stop).await.map_err(|refusal| refusal.error)
            });
        }
        Self { tasks, answered, stop }
    }

    /// Ends them. How much was answered.
    pub(crate) async fn end(mut self) -> Result<u64, Error> {
        self.stop.cancel();
        while let Some(joined) = self.tasks.join_next().await {
            joined.expect("no panic")?;
        }
        Ok(self.answered.load(Relaxed))
    }
}

/// Asks in turn until it is to stop. Some of it is refused where users do not exist: that is no matter.
async fn ask(
    shared: &Shared,
    no: u32,
    answered: &AtomicU64,
    stop: &CancellationToken,
) -> Result<(), Refusal> {
    let (mut session, _) = Session::open(shared.way(no), &shared.login(no, None)).await?;
    let names =
        |count: usize| -> Vec<String> { (0..count as u32).map(|no| shared.user(no)).collect() };
    let (all, few) = (names(limits::USERS), names(limits::GROUP_BATCH));
    let group_id = format!("{}-heavy", shared.group(no));
    let create = CreateGroupParam {
        group_id: group_id.clone(),
        group_name: "im-bench".into(),
        group_type: GroupType::Public.bits(),
        approve_option: GroupAddOption::Any.bits(),
        group_member_array: few
            .iter()
            .map(|user| GroupMemberInfo { identifier: user.clone(), ..Default::default() })
            .collect(),
        ..Default::default()
    };
    let check = FriendshipCheckFriendTypeParam { check_type: 1, identifier_array: all.clone() };
    let members = GroupGetMemberInfoListParam {
        group_id: group_id.clone(),
        identifier_array: few.clone(),
        ..Default::default()
    };
    let remove = GroupDeleteMemberParam {
        group_id: group_id.clone(),
        identifier_array: few.clone(),
        ..Default::default()
    };
    let invite = GroupInviteMemberParam {
        group_id: group_id.clone(),
        identifier_array: few,
        ..Default::default()
    };
    let round = [
        Request::Profile(profile::Request::Get { users: all.clone() }),
        Request::Profile(profile::Request::Cards { users: all.clone() }),
        Request::Friendship(friendship::Request::Check(check)),
        Request::Friendship(friendship::Request::Block { users: all.clone() }),
        Request::Friendship(friendship::Request::Unblock { users: all }),
        Request::Group(group::Request::Members(members)),
        Request::Group(group::Request::Remove(remove)),
        Request::Group(group::Request::Invite(invite)),
    ];
    let _ = session.ask(&Request::Group(group::Request::Create(Box::new(create)))).await?;
    for request in round.iter().cycle() {
        let _ = session.ask(request).await?;
        answered.fetch_add(1, Relaxed);
        if stop.is_cancelled() {
            break;
        }
    }
    let _ = session.ask(&Request::Group(group::Request::Delete { group: group_id })).await?;
    Ok(())
}
