//! Files, messages to several, and what is cleared of the history of a device.

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use imsdk_testkit::Device;
use imsdk_types::wire::ConvKind;
use imsdk_types::{Elem, FileElem, Message, MsgStatus, SoundElem};

use crate::life::{Life, check_code, fine};
use crate::ops::{Op, USERS};
use crate::store::{Key, whole};
use crate::view::key_of;

/// What is in a file that is sent.
fn content(number: u32) -> String {
    format!("content {number}")
}

/// Whoever has a message can load its files.
pub fn load(life: &Life, device: &Device, name: &str, message: &Message, wrong: &mut Vec<String>) {
    if message.status != MsgStatus::SendSucc as u32 {
        return;
    }
    for elem in &message.elem_array {
        let Elem::File(file) = elem else { continue };
        let target = life.world.dir().join(format!("{} of {name}", file.file_name));
        let done = device.download(&file.url, &target);
        let loaded = fs::read_to_string(&target).unwrap_or_default();
        let number = file.file_name.strip_prefix("file ").and_then(|it| it.parse().ok());
        if done.is_err() || number.map(content).as_ref() != Some(&loaded) {
            wrong.push(format!("a file: {name} {} {loaded:?} {done:?}", file.file_name));
        }
    }
}

impl Life {
    /// A file of the sender's, which is not there now and then.
    pub(crate) fn send_file(&mut self, op: Op) {
        let number = op.pick % 8;
        let path = self.world.dir().join(format!("file {number}"));
        if number > 0 {
            fs::write(&path, content(number)).expect("a file");
        }
        let file_path = path.to_str().expect("a path").to_owned();
        let elem = match op.pick.is_multiple_of(3) {
            true => Elem::Sound(SoundElem { file_path, ..SoundElem::default() }),
            false => Elem::File(FileElem { file_path, ..FileElem::default() }),
        };
        let mut message = self.written(op);
        message.elem_array.push(elem);
        let to = self.target(op);
        let pending = self.submit(op, &to, message);
        self.arrived(op, pending);
    }

    /// To all others, and to somebody who does not exist.
    pub(crate) fn send_batch(&mut self, op: Op) {
        let message = Message { group_at_user_array: Vec::new(), ..self.written(op) };
        let mut to: Vec<&str> = USERS.to_vec();
        to.rotate_left(op.second as usize % USERS.len());
        if op.pick.is_multiple_of(4) {
            to.push("nobody");
        }
        let (results, error) = self.device(op).send_batch(&to, message);
        if let Some(error) = error {
            check_code("a batch", error.code, &error.desc);
        }
        for result in results {
            match result.code {
                0 => self.was_sent(op, result.msg),
                code => check_code("one of a batch", code, &result.desc),
            }
        }
    }

    /// Takes away from this device alone: the service has it still.
    pub(crate) fn clear_history(&mut self, op: Op) {
        let device = self.device(op);
        let listed: Vec<Key> = device.conversations().iter().map(key_of).collect();
        let Some(at) = (op.pick as usize).checked_rem(listed.len()) else { return };
        let name = |key: &Key| match key.0 == ConvKind::Group as u32 {
            true => format!("group_{}", key.1),
            false => format!("c2c_{}", key.1),
        };
        let (which, keys): (String, Vec<Key>) = match op.second % 8 {
            0 => (String::new(), listed),
            1 => ("c2c".into(), listed.into_iter().filter(|key| key.0 == 1).collect()),
            2 => ("group".into(), listed.into_iter().filter(|key| key.0 == 2).collect()),
            _ => (name(&listed[at]), vec![listed[at].clone()]),
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
        // All, what is older than a day, up to a second ago, and from now on.
        let span = match op.second / 8 % 4 {
            0 => (0, 0),
            1 => (0, now - 86_400),
            2 => (0, now - 1),
            _ => (now, 0),
        };
        let before: Vec<(Key, Vec<Message>)> =
            keys.into_iter().map(|key| (key.clone(), whole(device, &key))).collect();
        let done = device.call(|client, reply| client.clear_history(&which, span.0, span.1, reply));
        if fine("clearing", done).is_none() {
            return;
        }
        let end = if span.1 == 0 { u64::MAX } else { span.1 };
        for (key, all) in before {
            self.excused.cut.insert((op.user, key.clone()));
            if span == (0, 0) {
                // All of it comes again.
                continue;
            }
            for message in all {
                if (span.0..=end).contains(&message.server_time) {
                    self.excused.gone.insert((op.user, key.clone(), message.msg_id));
                }
            }
        }
    }
}
