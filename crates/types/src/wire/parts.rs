//! What is about very many users, as several requests about some of them each: nobody waits for all of it.

use super::{Request, Response, friendship};
use crate::limits;

impl Request {
    /// The requests about [`limits::GROUP_BATCH`] users at most that come to the same, in their order; itself where it names no more, is
    /// answered otherwise than user by user, or names too many and is refused for that.
    pub fn parts(self) -> Vec<Self> {
        use friendship::Request as Ask;

        let named = match &self {
            Self::Friendship(Ask::Delete(param)) => &param.identifier_array,
            Self::Friendship(Ask::DeletePendencies(param)) => &param.identifier_array,
            Self::Friendship(Ask::Block { users } | Ask::Unblock { users }) => users,
            _ => return vec![self],
        };
        if !(limits::GROUP_BATCH + 1..=limits::USERS).contains(&named.len()) {
            return vec![self];
        }
        let about = |users: &[String]| {
            let mut part = self.clone();
            if let Self::Friendship(ask) = &mut part {
                match ask {
                    Ask::Delete(param) => param.identifier_array = users.to_vec(),
                    Ask::DeletePendencies(param) => param.identifier_array = users.to_vec(),
                    Ask::Block { users: all } | Ask::Unblock { users: all } => {
                        *all = users.to_vec()
                    }
                    _ => {}
                }
            }
            part
        };
        named.chunks(limits::GROUP_BATCH).map(about).collect()
    }
}

impl Response {
    /// Takes in the answer to the next part of a request.
    pub fn join(&mut self, next: Self) {
        use friendship::Response::Results;

        if let (Self::Friendship(Results(all)), Self::Friendship(Results(more))) = (self, next) {
            all.extend(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FriendResult;

    #[test]
    fn what_names_very_many_is_the_sum_of_its_parts() {
        use friendship::{Request as Ask, Response as Answer};

        let users = |count: usize| (0..count).map(|at| at.to_string()).collect::<Vec<_>>();
        let block = |users| Request::Friendship(Ask::Block { users });
        for (count, parts) in [(0, 1), (500, 1), (501, 2), (3000, 6), (3001, 1)] {
            assert_eq!(block(users(count)).parts().len(), parts, "{count}");
        }
        let mut answer: Option<Response> = None;
        for part in block(users(1234)).parts() {
            let Request::Friendship(Ask::Block { users }) = part else { panic!("{part:?}") };
            assert!(users.len() <= limits::GROUP_BATCH);
            let result = |user| FriendResult { identifier: user, ..FriendResult::default() };
            let list = users.into_iter().map(result).collect();
            let next = Response::Friendship(Answer::Results(list));
            match &mut answer {
                Some(answer) => answer.join(next),
                none => *none = Some(next),
            }
        }
        let Some(Response::Friendship(Answer::Results(list))) = answer else { panic!("no list") };
        assert!(list.into_iter().map(|it| it.identifier).eq(users(1234)));
        assert_eq!(Request::RecentConvs.parts(), [Request::RecentConvs]);
    }
}
