//! Requests on their way: in which order they go, what becomes of them when a connection is lost, and how long they wait.
//!
//! Answers are given in the order of the requests, whatever happens to single ones. A request waits as long as there is progress: what
//! counts is the time since it was made or since anything was answered, whichever is later.

use std::collections::VecDeque;
use std::time::Duration;

use imsdk_types::wire::{Request, Response};
use imsdk_types::{Code, Error};
use tokio::time::Instant;

use super::Asker;

/// How long a request waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// The same for a login, which may have to wait for a network.
const LOGIN_PATIENCE: Duration = Duration::from_secs(30);

/// Whose answer it is, and what it says.
pub(super) type Answered = (Asker, Result<Response, Error>);

/// See the module.
#[derive(Default)]
pub(super) struct Outbox {
    entries: VecDeque<Entry>,
    /// Where those begin that were not written to this connection.
    unsent: usize,
    /// Those before it that have no answer.
    pending: usize,
    /// When something was last answered.
    progress: Option<Instant>,
}

struct Entry {
    asker: Asker,
    request: Request,
    since: Instant,
    state: State,
}

enum State {
    /// Not written to this connection; perhaps to an earlier one.
    Waiting { tried: bool },
    /// Written, under this number.
    Sent(u64),
    /// Answered; the answers of those before it are not here.
    Done(Box<Result<Response, Error>>),
}

impl Entry {
    fn patience(&self) -> Duration {
        match self.request {
            Request::Service | Request::Login(_) => LOGIN_PATIENCE,
            _ => PATIENCE,
        }
    }

    fn end(&mut self, answer: Result<Response, Error>) {
        self.state = State::Done(Box::new(answer));
    }
}

fn is_logout(entry: &Entry) -> bool {
    matches!(entry.request, Request::Logout { .. })
}

impl Outbox {
    /// Takes a request.
    pub(super) fn push(&mut self, asker: Asker, request: Request) {
        let state = State::Waiting { tried: false };
        self.entries.push_back(Entry { asker, request, since: Instant::now(), state });
    }

    /// How many are on their way.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether a logout is among them.
    pub(super) fn logs_out(&self) -> bool {
        self.entries.iter().any(is_logout)
    }

    /// How many there are up to the first logout; all, if there is none.
    pub(super) fn session_end(&self) -> usize {
        self.entries.iter().position(is_logout).map_or(self.entries.len(), |place| place + 1)
    }

    /// When something was last answered.
    pub(super) fn progress(&self) -> Option<Instant> {
        self.progress
    }

    /// Requests that were written and have no answer.
    pub(super) fn pending(&self) -> usize {
        self.pending
    }

    /// The next request to be written, if it is one of the first `most`; it counts as written under this number.
    pub(super) fn next(&mut self, id: u64, most: usize) -> Option<&Request> {
        while let Some(State::Done(_)) = self.entries.get(self.unsent).map(|entry| &entry.state) {
            self.unsent += 1;
        }
        let entry = self.entries.get_mut(self.unsent).filter(|_| self.unsent < most)?;
        self.unsent += 1;
        self.pending += 1;
        entry.state = State::Sent(id);
        Some(&entry.request)
    }

    /// The request that was written last cannot be.
    pub(super) fn refuse_last(&mut self, error: Error) {
        if let Some(last) = self.unsent.checked_sub(1) {
            self.entries[last].end(Err(error));
            self.pending -= 1;
        }
    }

    /// Takes an answer, and gives the request that it is to. A number that nobody waits for is nobody's.
    pub(super) fn answer(&mut self, id: u64, answer: Result<Response, Error>) -> Option<&Request> {
        let mut sent = self.entries.iter_mut().take(self.unsent);
        let entry = sent.find(|entry| matches!(entry.state, State::Sent(it) if it == id))?;
        entry.end(answer);
        self.pending -= 1;
        self.progress = Some(Instant::now());
        Some(&entry.request)
    }

    /// The connection is lost. What was written and has no answer may have been done or not: what may be done twice is written to the
    /// next one.
    pub(super) fn lost(&mut self) {
        for entry in self.entries.iter_mut().take(self.unsent) {
            if matches!(entry.state, State::Sent(_)) {
                match entry.request.may_repeat() {
                    true => entry.state = State::Waiting { tried: true },
                    false => entry.end(Err(Error::from(Code::SdkNetWaitAckTimeout))),
                }
            }
        }
        (self.unsent, self.pending) = (0, 0);
    }

    /// Ends the first so many.
    pub(super) fn fail(&mut self, count: usize, error: &Error) {
        for entry in self.entries.iter_mut().take(count) {
            match entry.state {
                State::Done(_) => continue,
                State::Sent(_) => self.pending -= 1,
                State::Waiting { .. } => {}
            }
            entry.end(Err(error.clone()));
        }
    }

    /// When something has waited for too long.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let first = self.entries.front()?;
        Some(first.since.max(self.progress.unwrap_or(first.since)) + first.patience())
    }

    /// Ends what has waited for too long. True: the connection did not answer.
    pub(super) fn expire(&mut self, connected: bool, why: &str) -> bool {
        let now = Instant::now();
        let mut silent = false;
        for entry in &mut self.entries {
            if entry.since.max(self.progress.unwrap_or(entry.since)) + entry.patience() > now {
                break;
            }
            let code = match (&entry.state, connected) {
                (State::Done(_), _) => continue,
                (State::Sent(_), _) => {
                    silent = true;
                    self.pending -= 1;
                    Code::SdkNetWaitAckTimeout
                }
                (State::Waiting { tried: true }, false) => Code::SdkNetWaitAckTimeoutNoNetwork,
                (State::Waiting { tried: false }, false) => Code::SdkNetWaitSendTimeoutNoNetwork,
                (State::Waiting { tried: true }, true) => Code::SdkNetWaitAckTimeout,
                (State::Waiting { tried: false }, true) => Code::SdkNetWaitSendTimeout,
            };
            let mut error = Error::from(code);
            if !connected && !why.is_empty() {
                error.desc = format!("{}: {why}", error.desc).into();
            }
            entry.end(Err(error));
        }
        silent
    }

    /// The next answer, if it is here.
    pub(super) fn pop(&mut self) -> Option<Answered> {
        let front = self.entries.pop_front()?;
        match front.state {
            State::Done(answer) => {
                self.unsent = self.unsent.saturating_sub(1);
                Some((front.asker, *answer))
            }
            _ => {
                self.entries.push_front(front);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use imsdk_types::wire::{Conv, MessageBody, Outgoing};

    use super::*;

    fn read() -> Request {
        Request::RecentConvs
    }

    fn change() -> Request {
        Request::DeleteConv { conv: Conv::c2c("bob"), upto: None }
    }

    fn send(online_only: bool) -> Request {
        Request::Send(Outgoing {
            to: Conv::c2c("bob"),
            client_time: 1,
            rand: 1,
            seq: 1,
            online_only,
            body: MessageBody::default(),
        })
    }

    fn number(asker: Asker) -> u64 {
        match asker {
            Asker::Core(token) => token,
            Asker::Thread(_) => panic!("no thread asks here"),
        }
    }

    fn codes(outbox: &mut Outbox) -> Vec<(u64, i32)> {
        std::iter::from_fn(|| outbox.pop())
            .map(|(asker, answer)| (number(asker), answer.err().map_or(0, |error| error.code)))
            .collect()
    }

    fn with(requests: impl IntoIterator<Item = Request>) -> Outbox {
        let mut outbox = Outbox::default();
        (1..).zip(requests).for_each(|(token, request)| outbox.push(Asker::Core(token), request));
        outbox
    }

    #[test]
    fn answers_come_in_the_order_of_their_requests() {
        let mut outbox = with([read(), read(), read()]);
        (10..13).for_each(|id| assert!(outbox.next(id, 99).is_some()));
        assert!(outbox.next(13, 99).is_none());
        assert!(outbox.answer(11, Ok(Response::Done)).is_some());
        assert!(outbox.answer(11, Ok(Response::Done)).is_none(), "answered already");
        assert!(outbox.answer(99, Ok(Response::Done)).is_none());
        assert_eq!((codes(&mut outbox), outbox.pending()), (vec![], 2));
        assert!(outbox.answer(10, Ok(Response::Done)).is_some());
        assert_eq!((codes(&mut outbox), outbox.pending()), (vec![(1, 0), (2, 0)], 1));
        outbox.push(Asker::Core(4), read());
        assert!(outbox.next(13, 99).is_some());
        assert!(outbox.answer(12, Ok(Response::Done)).is_some());
        assert!(outbox.answer(13, Ok(Response::Done)).is_some());
        assert_eq!((codes(&mut outbox), outbox.pending()), (vec![(3, 0), (4, 0)], 0));
        assert_eq!(outbox.len(), 0);
    }

    #[test]
    fn what_a_lost_connection_leaves_is_written_again_or_has_failed() {
        let mut outbox = with([send(false), change(), send(true), read(), change()]);
        (0..4).for_each(|id| assert!(outbox.next(id, 99).is_some()));
        outbox.lost();
        assert_eq!((codes(&mut outbox), outbox.pending()), (vec![], 0));
        let again: Vec<_> = (10..).map_while(|id| outbox.next(id, 99).cloned()).collect();
        assert_eq!(again, [send(false), read(), change()]);
        (10..13).for_each(|id| assert!(outbox.answer(id, Ok(Response::Done)).is_some()));
        assert_eq!(codes(&mut outbox), [(1, 0), (2, 9520), (3, 9520), (4, 0), (5, 0)]);
    }

    #[test]
    fn what_belongs_to_a_session_that_is_over_ends_with_it() {
        let mut outbox = with([read(), Request::Logout { cursor: 1 }, read()]);
        assert_eq!((outbox.logs_out(), outbox.session_end()), (true, 2));
        assert!(outbox.next(1, 2).is_some());
        assert!(outbox.next(2, 2).is_some());
        assert!(outbox.next(3, 2).is_none());
        outbox.fail(2, &Error::from(Code::SdkNetDisconnect));
        assert_eq!((codes(&mut outbox), outbox.pending()), (vec![(1, 9508), (2, 9508)], 0));
        assert!(!outbox.logs_out());
        assert_eq!(outbox.next(3, 99), Some(&read()));
    }

    #[test]
    fn what_cannot_be_written_holds_nothing_up() {
        let mut outbox = with([send(false), read()]);
        assert!(outbox.next(1, 99).is_some());
        outbox.refuse_last(Error::from(Code::SdkNetPkgSizeLimit));
        assert_eq!(outbox.pending(), 0);
        assert_eq!(outbox.next(1, 99), Some(&read()));
        assert_eq!(codes(&mut outbox), [(1, 9522)]);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_waits_for_ever() {
        let mut outbox = with([read(), read()]);
        assert!(outbox.next(1, 99).is_some());
        tokio::time::advance(PATIENCE / 2).await;
        outbox.push(Asker::Core(3), read());
        assert!(!outbox.expire(true, ""));
        tokio::time::advance(PATIENCE / 2).await;
        assert!(outbox.deadline().is_some_and(|at| at <= Instant::now()));
        assert!(outbox.expire(true, ""), "the connection does not answer");
        assert_eq!((codes(&mut outbox), outbox.pending()), (vec![(1, 9520), (2, 9519)], 0));
        tokio::time::advance(PATIENCE / 2).await;
        assert!(!outbox.expire(false, "no route"));
        let (asker, answer) = outbox.pop().unwrap();
        let error = answer.unwrap_err();
        assert_eq!((number(asker), error.code), (3, 9523));
        assert!(error.desc.ends_with(": no route"), "{}", error.desc);
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_waits_while_others_are_answered() {
        let mut outbox = with([send(false), send(false)]);
        (1..3).for_each(|id| assert!(outbox.next(id, 99).is_some()));
        tokio::time::advance(PATIENCE - Duration::from_secs(1)).await;
        assert!(outbox.answer(1, Ok(Response::Done)).is_some());
        assert_eq!(codes(&mut outbox), [(1, 0)]);
        tokio::time::advance(PATIENCE - Duration::from_secs(1)).await;
        assert!(!outbox.expire(true, ""));
        outbox.lost();
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(!outbox.expire(false, ""));
        assert_eq!(codes(&mut outbox), [(2, 9524)]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_written_once_may_have_been_done() {
        let mut outbox = with([send(false)]);
        assert!(outbox.next(1, 99).is_some());
        outbox.lost();
        tokio::time::advance(PATIENCE).await;
        assert!(!outbox.expire(true, ""), "this connection was not asked");
        assert_eq!(codes(&mut outbox), [(1, 9520)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_login_waits_longer() {
        let mut outbox = with([Request::Service]);
        tokio::time::advance(LOGIN_PATIENCE - Duration::from_secs(1)).await;
        assert!(!outbox.expire(false, ""));
        assert!(outbox.pop().is_none());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(!outbox.expire(false, ""));
        assert_eq!(codes(&mut outbox), [(1, 9523)]);
    }
}
