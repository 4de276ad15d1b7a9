//! A device of a user: its local store, and the programs that use it one after the other.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World};
use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{Code, ConvInfo, Message, MsgGetMsgListParam};

use crate::ops::USERS;

/// Kind and id of a conversation.
pub type Key = (u32, String);

/// A conversation by its key.
pub fn conv(key: &Key) -> Conv {
    let kind = if key.0 == ConvKind::Group as u32 { ConvKind::Group } else { ConvKind::C2c };
    Conv { kind, id: key.1.clone() }
}

/// A device.
pub struct Store {
    /// Its user.
    pub user: usize,
    machine: String,
    platform: Platform,
    program: Option<Device>,
    /// What the programs before this one were told.
    before: Vec<Event>,
    /// The list that this one found when it began, if it is not the first one.
    pub found: Option<Vec<ConvInfo>>,
    /// It was there before anything was sent.
    pub is_first: bool,
    /// So many messages had been sent when it first logged in.
    pub begun: Option<usize>,
}

impl Store {
    /// A device that has never been used.
    pub fn new(user: usize, machine: &str, platform: Platform, is_first: bool) -> Self {
        let machine = format!("{}-{machine}", USERS[user]);
        Self {
            user,
            machine,
            platform,
            program: None,
            before: Vec::new(),
            found: None,
            is_first,
            begun: None,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.machine
    }

    /// The program that runs, if its user is logged in.
    pub fn online(&self) -> Option<&Device> {
        self.program.as_ref().filter(|program| program.is_online())
    }

    /// The program that runs.
    pub fn program(&self) -> &Device {
        self.program.as_ref().expect("a program runs")
    }

    /// A program runs and its user is logged in.
    pub fn come(&mut self, world: &World, sent: usize) -> &Device {
        let is_first = self.begun.is_none();
        self.begun.get_or_insert(sent);
        let user = USERS[self.user];
        let program = self.program.get_or_insert_with(|| {
            let program = world.device(&self.machine, self.platform);
            if !is_first {
                // LOGIN-6: a program shows what is there while it logs in.
                program.client().open_storage(user.to_owned());
                self.found = Some(program.try_conversations().unwrap_or_default());
            }
            program
        });
        // KICK-2: one that has not learnt that another one took its place is told now.
        match program.login(user) {
            Err(error) if error.is(Code::LoginKickedOffByOther) => program.login(user),
            done => done,
        }
        .unwrap_or_else(|error| panic!("{} cannot log in: {error}", self.machine));
        program
    }

    /// Another device takes this one's place: it is told so (KICK-1).
    pub fn yields(&self) {
        let kicked = |event: &Event| matches!(event, Event::KickedOffline).then_some(());
        self.program().events().wait("kick", kicked);
    }

    /// The program ends without a logout.
    pub fn stop(&mut self) {
        if let Some(program) = self.program.take() {
            program.client().stop();
            self.before.extend(program.events().all());
        }
    }

    /// What the program that runs was told, and what those before it were.
    pub fn told(&self) -> (Vec<Event>, Vec<Event>) {
        (self.program().events().all(), self.before.clone())
    }
}

/// All messages of a conversation that can be had, oldest first.
pub fn whole(device: &Device, key: &Key) -> Vec<Message> {
    const PAGE: u32 = 50;
    let mut all: Vec<Message> = Vec::new();
    loop {
        let last_msg = all.last().map(|message| Box::new(message.clone()));
        let param =
            MsgGetMsgListParam { last_msg, count: PAGE, is_ramble: true, ..Default::default() };
        let page = device
            .call(|client, reply| client.message_list(conv(key), param, reply))
            // HIST-10.
            .unwrap_or_default();
        if page.is_empty() {
            break;
        }
        all.extend(page);
        assert!(all.len() < 10_000, "a history without an end: {key:?}");
    }
    all.reverse();
    all
}
