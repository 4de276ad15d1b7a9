//! What a program does with messages besides sending them.

use crossbeam_channel::bounded;
use imsdk_types::wire::Conv;
use imsdk_types::{Draft, Error, Message, MsgBatchSendResult, MsgDeleteParam, MsgLocator};

use super::{Device, Pending, reply};

impl Device {
    /// Sends a message to several users.
    pub fn send_batch(
        &self,
        users: &[&str],
        message: Message,
    ) -> (Vec<MsgBatchSendResult>, Option<Error>) {
        let (sender, receiver) = bounded(1);
        let users = users.iter().map(|user| (*user).to_owned()).collect();
        let reply = Box::new(move |results, error| drop(sender.send((results, error))));
        self.client.send_batch(users, message, reply);
        Pending(receiver).wait()
    }

    /// Saves a message without sending it.
    pub fn save(&self, peer: &str, message: Message) -> Result<Message, Error> {
        let (reply, pending) = reply();
        self.client.save_message(Conv::c2c(peer), message, reply);
        pending.wait()
    }

    /// Imports messages.
    pub fn import(&self, peer: &str, messages: Vec<Message>) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.import_messages(Conv::c2c(peer), messages, reply);
        pending.wait()
    }

    /// Finds messages.
    pub fn find(&self, peer: &str, locators: Vec<MsgLocator>) -> Result<Vec<Message>, Error> {
        let (reply, pending) = reply();
        self.client.find_messages(Conv::c2c(peer), locators, reply);
        pending.wait()
    }

    /// Deletes a message, or all, in one of the ways of `TIMMsgDelete`.
    pub fn delete(&self, peer: &str, msg: Option<Message>, is_ramble: bool) -> Result<(), Error> {
        let (reply, pending) = reply();
        let param = MsgDeleteParam { msg: msg.map(Box::new), is_ramble };
        self.client.delete_message(Conv::c2c(peer), param, reply);
        pending.wait()
    }

    /// Deletes messages here and in the service.
    pub fn delete_list(&self, peer: &str, messages: &[Message]) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.delete_messages(Conv::c2c(peer), messages.to_vec(), reply);
        pending.wait()
    }

    /// Withdraws a message.
    pub fn revoke(&self, peer: &str, message: &Message) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.revoke(Conv::c2c(peer), message.clone(), reply);
        pending.wait()
    }

    /// Keeps or removes a draft.
    pub fn set_draft(&self, peer: &str, draft: Option<Draft>) {
        self.client.set_draft(Conv::c2c(peer), draft);
    }
}
