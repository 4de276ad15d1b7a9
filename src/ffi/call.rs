//! Calls: a closure in, a return code out, one callback later.

use std::any::type_name_of_val;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use imsdk_client::{Client, Listing, Reply, refused_batch, refused_unidentified};
use imsdk_types::json::List;
use imsdk_types::wire::Conv;
use imsdk_types::{
    Code, Draft, Error, Field, Message, MsgBatchSendParam, MsgBatchSendResult, ReturnCode,
    TIMCommCallback, limits,
};

use super::callback::{Completion, Text};
use super::{Refusal, process, sdk};

/// The `json_params` of a call that failed: the empty form of what it gives on success.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// `""`.
    Text,
    /// `[]`.
    List,
}

impl Empty {
    /// The JSON.
    pub fn json(self) -> &'static CStr {
        match self {
            Self::Text => c"",
            Self::List => c"[]",
        }
    }
}

/// The callback of a call, to be completed once.
pub struct Done(Completion);

impl Done {
    /// Of a call that is accepted. `empty` is what comes with an error.
    pub fn of(callback: TIMCommCallback, user_data: *const c_void, empty: Empty) -> Self {
        Self(Completion::new(callback, user_data, empty.json()))
    }

    /// Does it with the client, or completes it with 6013. After a panic it has completed itself, so the call counts as accepted.
    pub fn with_client(self, action: impl FnOnce(&Client, Self)) {
        let mut action = Some(action);
        self.with(&mut |client, done| {
            if let Some(action) = action.take() {
                action(client, done);
            }
        });
    }

    /// What is done for all calls alike, once in the library.
    #[inline(never)]
    fn with(self, action: &mut dyn FnMut(&Client, Self)) {
        match sdk::client() {
            Some(client) => drop(catch_unwind(AssertUnwindSafe(|| action(&client, self)))),
            None => self.fail(Error::from(Code::SdkNotInitialized)),
        }
    }

    /// Completes it with an error.
    pub fn fail(self, error: Error) {
        self.0.fail(error);
    }

    /// Completes it with success and nothing to tell.
    pub fn succeed(self) {
        self.0.complete(|| (0, Text::EMPTY, Text::EMPTY));
    }

    /// For a call whose callback comes several times: with `desc` as description before the completion.
    pub fn progress<T: Field + Send + 'static>(
        &self,
        desc: &'static CStr,
    ) -> Box<dyn FnMut(T) + Send> {
        let progress = self.0.progress();
        Box::new(move |value: T| progress.tell(move || (0, Text::fixed(desc), json(&value))))
    }

    /// For a request that only succeeds.
    pub fn nothing(self) -> Reply<()> {
        Box::new(move |answer| match answer {
            Ok(()) => self.succeed(),
            Err(error) => self.fail(error),
        })
    }

    /// The same for the requests whose success is described as "OK".
    pub fn ok<T>(self) -> Reply<T> {
        Box::new(move |answer| match answer {
            Ok(_) => self.0.answer(Text::fixed(c"OK"), Text::EMPTY),
            Err(error) => self.fail(error),
        })
    }

    /// For a page of history, which is written while it is read.
    pub fn listing(self) -> Box<dyn Listing> {
        Box::new(Page { list: List::new(0), done: self })
    }

    /// For a request that gives an object or a list. `desc` is the description of a success.
    ///
    /// The text is written where the value was made: to take a large value apart on another thread costs more than the text.
    pub fn json<T: Field + Send + 'static>(self, desc: fn(&T) -> &'static CStr) -> Reply<T> {
        Box::new(move |answer| match answer {
            Ok(value) => {
                let (desc, text) = (Text::fixed(desc(&value)), json(&value));
                self.0.answer(desc, text);
            }
            Err(error) => self.fail(error),
        })
    }
}

/// A page of history on its way into JSON.
struct Page {
    list: List,
    done: Done,
}

impl Listing for Page {
    fn begin(&mut self, at_most: u32) {
        self.list = List::new(at_most as usize);
    }

    fn add(&mut self, message: Message) {
        self.list.push(&message);
    }

    fn answer(self: Box<Self>, outcome: Result<(), Error>) {
        let Self { list, done } = *self;
        match outcome {
            Ok(()) => {
                let text = json_text(list.into_vec());
                done.0.answer(Text::fixed(c"OK"), text);
            }
            Err(error) => done.fail(error),
        }
    }
}

/// JSON for C.
pub fn json(value: &impl Field) -> Text {
    json_text(imsdk_types::json::to_vec(value))
}

fn json_text(text: Vec<u8>) -> Text {
    debug_assert!(!text.contains(&0), "a NUL in JSON");
    text.into()
}

/// An asynchronous call. `parse` reads the arguments and gives what to do with the client.
///
/// Returns 0, and then the callback comes once; or the code of the refusal, and then it never comes.
pub fn request<F>(
    callback: TIMCommCallback,
    user_data: *const c_void,
    empty: Empty,
    parse: impl FnOnce() -> Result<F, Refusal>,
) -> c_int
where
    F: FnOnce(&Client, Done),
{
    request_of(type_name_of_val(&parse), callback, user_data, empty, parse)
}

/// The same, for the C function that has `place` in it.
pub fn request_of<F>(
    place: &str,
    callback: TIMCommCallback,
    user_data: *const c_void,
    empty: Empty,
    parse: impl FnOnce() -> Result<F, Refusal>,
) -> c_int
where
    F: FnOnce(&Client, Done),
{
    guard(place, || {
        let action = parse()?;
        Done::of(callback, user_data, empty).with_client(action);
        Ok(())
    })
}

/// The same for a call whose JSON never decides the return code, unless it is missing: without a parameter the callback
/// says 6017.
pub fn lenient_request<T>(
    callback: TIMCommCallback,
    user_data: *const c_void,
    parse: impl FnOnce() -> Result<Option<T>, Refusal>,
    action: impl FnOnce(&Client, T, Done),
) -> c_int {
    request_of(type_name_of_val(&parse), callback, user_data, Empty::Text, || {
        let param = parse()?;
        Ok(move |client: &Client, done: Done| match param {
            Some(param) => action(client, param, done),
            None => {
                let text = "the JSON parameter is no object, or has a value of the wrong type";
                client.refuse(Error::new(Code::InvalidParameters, text), done.nothing());
            }
        })
    })
}

/// TIMConvCreate, which succeeds with nothing to tell while nobody is logged in, whatever its arguments.
pub fn create_conversation(
    callback: TIMCommCallback,
    user_data: *const c_void,
    conv: Option<Conv>,
) -> c_int {
    guard("TIMConvCreate", || {
        let done = Done::of(callback, user_data, Empty::Text);
        match (sdk::client().filter(|client| client.check_login().is_ok()), conv) {
            (None, _) => done.succeed(),
            (Some(_), None) => done.fail(Error::from(Code::InvalidConversation)),
            (Some(client), Some(conv)) => client.create_conversation(conv, done.json(|_| c"")),
        }
        Ok(())
    })
}

/// A draft: `None` removes it. Nobody is told what became of it; without a client there is nothing to do.
pub fn set_draft(parse: impl FnOnce() -> Result<(Option<Conv>, Option<Draft>), Refusal>) -> c_int {
    guard(type_name_of_val(&parse), || {
        let (conv, draft) = parse()?;
        // There is no callback to say why.
        if draft
            .as_ref()
            .is_some_and(|draft| imsdk_types::json::to_vec(draft).len() > limits::PACKET)
        {
            return Err(Refusal::Param("the draft is too large".into()));
        }
        if let (Some(client), Some(conv)) = (sdk::client(), conv) {
            client.set_draft(conv, draft);
        }
        Ok(())
    })
}

/// Sending a message to several users. The answer tells of each of them, whether it went well or not.
pub fn send_batch(
    callback: TIMCommCallback,
    user_data: *const c_void,
    parse: impl FnOnce() -> Result<MsgBatchSendParam, Refusal>,
) -> c_int {
    guard(type_name_of_val(&parse), || {
        let MsgBatchSendParam { identifier_array, msg } = parse()?;
        let completion = Completion::new(callback, user_data, Empty::List.json());
        let reply = move |results: Vec<MsgBatchSendResult>, error: Option<Error>| {
            completion.complete(move || {
                let error = error.unwrap_or(Error { code: 0, desc: "".into() });
                (error.code, error.desc.into(), json(&results))
            });
        };
        match sdk::client() {
            Some(client) => client.send_batch(identifier_array, msg, Box::new(reply)),
            None => {
                let error = Error::from(Code::SdkNotInitialized);
                reply(refused_batch(identifier_array, &msg, &error), Some(error));
            }
        }
        Ok(())
    })
}

/// Sending a message. The id is in `id_buffer` (128 bytes, or NULL) before this returns.
pub fn send(
    callback: TIMCommCallback,
    user_data: *const c_void,
    id_buffer: *mut c_char,
    parse: impl FnOnce() -> Result<(Conv, Message), Refusal>,
) -> c_int {
    guard(type_name_of_val(&parse), || {
        let (conv, mut message) = parse()?;
        let completion = Completion::new(callback, user_data, c"{}");
        message.conv_id.clone_from(&conv.id);
        message.conv_type = conv.kind as u32;
        let reply = move |message: Message, error: Option<Error>| {
            completion.complete(move || {
                let error = error.unwrap_or(Error { code: 0, desc: "".into() });
                (error.code, error.desc.into(), json(&message))
            });
        };
        let Some(client) = sdk::client() else {
            let mut message = message;
            message.is_from_self = true;
            message.is_read = true;
            refused_unidentified(&mut message);
            put_text(id_buffer, &format!("{}-0-0", message.sender));
            reply(message, Some(Error::from(Code::SdkNotInitialized)));
            return Ok(());
        };
        let identity = client.identify(&mut message);
        put_text(id_buffer, &message.msg_id);
        client.send(conv, Box::new(message), identity, Box::new(reply));
        Ok(())
    })
}

/// Runs what a C function does. A refusal is told to the log; `place` is the name of an item inside of the function, such as the type
/// name of a closure.
pub fn guard(place: &str, call: impl FnOnce() -> Result<(), Refusal>) -> c_int {
    let mut call = Some(call);
    guarded(place, &mut || call.take().map_or(Ok(()), |call| call()))
}

/// What is done for all calls alike, once in the library.
#[inline(never)]
fn guarded(place: &str, call: &mut dyn FnMut() -> Result<(), Refusal>) -> c_int {
    catch(|| {
        call().map_err(|refusal| {
            refusal.tell(place);
            refusal.code()
        })
    })
}

/// Runs what a C function does; a panic becomes a refusal and a line in the log. In a forked child, which has none of the
/// library's threads, every call is refused with -1.
pub fn catch(call: impl FnOnce() -> Result<(), ReturnCode>) -> c_int {
    if process::is_forked() {
        return ReturnCode::SdkUninit as c_int;
    }
    let code = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(())) => ReturnCode::Succ,
        Ok(Err(code)) => code,
        Err(_) => {
            tracing::error!("a call failed by a defect of the library");
            ReturnCode::Param
        }
    };
    code as c_int
}

/// Writes a text and its NUL into a buffer of the program; what does not fit is cut.
pub fn put_text(buffer: *mut c_char, text: &str) {
    if buffer.is_null() {
        return;
    }
    let length = text.len().min(limits::ID_BUFFER - 1);
    // SAFETY: the program promises `ID_BUFFER` bytes (the header says so), and at most that many are written.
    unsafe {
        ptr::copy_nonoverlapping(text.as_ptr().cast(), buffer, length);
        *buffer.add(length) = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 MiB with all that JSON adds.
    #[test]
    fn a_draft_has_a_bound() {
        let of = |length: usize| Draft { user_define: "x".repeat(length), ..Draft::default() };
        let around = imsdk_types::json::to_vec(&of(0)).len();
        for (length, code) in [(limits::PACKET - around, 0), (limits::PACKET - around + 1, -4)] {
            let draft = Some(of(length));
            assert_eq!(set_draft(|| Ok((Some(Conv::c2c("p")), draft))), code, "{length}");
        }
    }

    #[test]
    fn a_page_that_is_read_again_begins_anew() {
        let done = Done::of(None, ptr::null(), Empty::List);
        let mut page = Page { list: List::new(0), done };
        for _ in 0..2 {
            page.begin(2);
            page.add(Message::default());
        }
        let expected = imsdk_types::json::to_vec(&vec![Message::default()]);
        assert_eq!(page.list.into_vec(), expected);
    }
}
