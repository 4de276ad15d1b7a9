//! One message to several users.

use std::ops::RangeInclusive;
use std::sync::Arc;

use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{Code, Error, Message, MsgBatchSendResult, MsgStatus, limits};
use parking_lot::Mutex;

use super::Identity;
use crate::client::Command;
use crate::core::Core;
use crate::{Client, file};

/// The codes of a way to the service that fails.
const NETWORK: RangeInclusive<i32> = 9501..=9525;

/// How a send to several users is answered: with what became of it for each of them, and the error if nobody got it.
pub type BatchReply = Box<dyn FnOnce(Vec<MsgBatchSendResult>, Option<Error>) + Send>;

/// What is waited for.
struct Batch {
    /// In the order of the users.
    results: Vec<Option<MsgBatchSendResult>>,
    reply: BatchReply,
}

/// The results of a batch that nobody got, for one and the same reason.
pub fn refused_batch(
    users: Vec<String>,
    message: &Message,
    error: &Error,
) -> Vec<MsgBatchSendResult> {
    let result = |user: String| MsgBatchSendResult {
        msg: Message {
            conv_id: user.clone(),
            conv_type: ConvKind::C2c as u32,
            status: MsgStatus::SendFail as u32,
            rand: 0,
            ..message.clone()
        },
        identifier: user,
        code: error.code,
        desc: error.desc.to_string(),
    };
    users.into_iter().map(result).collect()
}

impl Client {
    /// Sends a message to several users, each in the conversation with that user (BATCH-1 to BATCH-3).
    pub fn send_batch(&self, users: Vec<String>, message: Message, reply: BatchReply) {
        if let Err(error) = self.check_login() {
            let mut refused = refused_batch(users, &message, &error);
            for result in &mut refused {
                self.identify(&mut result.msg);
            }
            return reply(refused, Some(error));
        }
        let refusal = match users.len() {
            0 => {
                let text = "msg_batch_send_param_identifier_array is missing or empty";
                Some(Error::new(Code::InvalidParameters, text))
            }
            count if count > limits::BATCH_RECEIVERS => {
                Some(Error::from(Code::SvrMsgToAccountCountLimit))
            }
            _ => None,
        };
        if refusal.is_some() {
            return reply(Vec::new(), refusal);
        }
        self.command(Command::Call(Box::new(move |core| core.batch(users, message, reply))));
    }
}

impl Core {
    /// Files are stored once for all.
    fn batch(&mut self, users: Vec<String>, message: Message, reply: BatchReply) {
        let files = self.transport.as_ref().map(|transport| transport.files());
        match files {
            Some(files) if self.session.is_some() && file::wants_upload(&message) => {
                let message = Message { status: MsgStatus::Sending as u32, ..message };
                self.store_files(files, message, move |core, message, done, going| {
                    core.batch_all(users, message, going.check().and(done), reply);
                });
            }
            _ => self.batch_all(users, message, Ok(()), reply),
        }
    }

    fn batch_all(
        &mut self,
        users: Vec<String>,
        message: Message,
        stored: Result<(), Error>,
        reply: BatchReply,
    ) {
        let results = users.iter().map(|_| None).collect();
        let batch = Arc::new(Mutex::new(Some(Batch { results, reply })));
        for (place, user) in users.into_iter().enumerate() {
            // BATCH-2: an identity of its own, whatever the application took the message from.
            let mut message = Message {
                conv_id: user.clone(),
                conv_type: ConvKind::C2c as u32,
                rand: 0,
                ..message.clone()
            };
            let identity = Identity::give(&mut message, &self.shared);
            let batch = Arc::clone(&batch);
            let reply = Box::new(move |message: Message, error: Option<Error>| {
                let identifier = message.conv_id.clone();
                let (code, desc) = error.map_or((0, String::new()), |e| (e.code, e.desc.into()));
                let result = MsgBatchSendResult { identifier, code, desc, msg: message };
                one_of(&batch, place, result);
            });
            match (&stored, &self.session) {
                (Err(error), Some(_)) => {
                    self.unsent(Conv::c2c(user), message, identity, error.clone(), reply);
                }
                (Err(error), None) => {
                    self.refuse(message, error.clone(), reply);
                }
                (Ok(()), _) => self.send(Conv::c2c(user), message, identity, reply),
            }
        }
    }
}

/// Takes in what became of one; the last one answers the call.
fn one_of(batch: &Mutex<Option<Batch>>, place: usize, result: MsgBatchSendResult) {
    let mut waiting = batch.lock();
    let Some(open) = waiting.as_mut() else { return };
    open.results[place] = Some(result);
    if open.results.iter().any(Option::is_none) {
        return;
    }
    let Some(Batch { results, reply }) = waiting.take() else { return };
    drop(waiting);
    let results: Vec<_> = results.into_iter().flatten().collect();
    let error = error_of(&results);
    reply(results, error);
}

/// BATCH-2. What kept all of them from the service is no result of theirs, and is told as it is.
fn error_of(results: &[MsgBatchSendResult]) -> Option<Error> {
    let first = results.first().filter(|first| results.iter().all(|it| it.code == first.code));
    match first {
        Some(same) if same.code == Code::SdkNotLoggedIn as i32 || NETWORK.contains(&same.code) => {
            Some(Error { code: same.code, desc: same.desc.clone().into() })
        }
        _ if results.iter().any(|result| result.code == 0) => None,
        _ => Some(Error::from(Code::NoSuccResult)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_2_the_code_of_the_call() {
        for (codes, code) in [
            (&[0, 0][..], 0),
            (&[20003, 0], 0),
            (&[9523, 0], 0),
            (&[20003], 6003),
            (&[20003, 20003], 6003),
            (&[20003, 9523], 6003),
            (&[6014, 6014], 6014),
            (&[9508], 9508),
            (&[9524, 9524], 9524),
        ] {
            let result = |code: &i32| MsgBatchSendResult { code: *code, ..Default::default() };
            let results: Vec<_> = codes.iter().map(result).collect();
            assert_eq!(error_of(&results).map_or(0, |error| error.code), code, "{codes:?}");
        }
    }
}
