//! A C++ program that calls what it is told, as a process of its own: see `golden.cpp`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::c::{Standard, build, facts, link, run, write};
use crate::support::{Place, Process};

const FUNCTIONS: &str = include_str!("../facts/functions.tsv");

/// The program, built once.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&directory).unwrap();
    write(&directory.join("golden_calls.hpp"), calls());
    let flags = run(Command::new("pkg-config").args(["--cflags", "--libs", "jsoncpp"]));
    let program = directory.join("golden");
    build(
        Standard("c++17")
            .compiler()
            .args(["-pthread", "-I"])
            .arg(&directory)
            .arg("tests/golden/golden.cpp")
            .args(link())
            .args(String::from_utf8(flags.stdout).unwrap().split_whitespace()),
        &program,
    );
    program
});

/// C++ that calls each function by its name, with its arguments from a JSON array.
fn calls() -> String {
    let mut out = String::from("static const std::map<std::string, Function> functions = {\n");
    for row in facts(FUNCTIONS) {
        let (function, returns) = (row[0], row[2]);
        let mut place = 0;
        let arguments: Vec<String> = row[3..]
            .iter()
            .map(|parameter| {
                let (kind, _) = parameter.rsplit_once([' ', '*']).expect("a type and a name");
                let kind = kind.trim_end_matches([' ', '*']);
                place += 1;
                match kind {
                    "TIMCommCallback" => "OnDone".to_owned(),
                    "const void"
                        if row[3].starts_with("TIM") && place == 2 && returns == "void" =>
                    {
                        let listener = row[3].split(' ').next().expect("a type");
                        format!("\"{listener}\"")
                    }
                    "const void" => "user_data".to_owned(),
                    "const char" => format!("Text(a[{place}]).c_str()"),
                    "char" => "buffer".to_owned(),
                    "uint64_t" => format!("a[{place}].asUInt64()"),
                    number if number.starts_with("enum ") => {
                        format!("static_cast<{number}>(a[{place}].asInt())")
                    }
                    listener => format!("&Listener<{listener}>::Call"),
                }
            })
            .collect();
        let call = format!("{function}({})", arguments.join(", "));
        let body = match returns {
            "void" => format!("{call}; return 0;"),
            "const char *" => format!("return {call} != nullptr;"),
            _ => format!("return static_cast<long long>({call});"),
        };
        writeln!(
            out,
            "    {{\"{function}\", [](const Json::Value& a, const void* user_data) -> long long {{\n        \
             char buffer[128]; (void)a, (void)user_data, (void)buffer; {body} }}}},"
        )
        .unwrap();
    }
    out + "};\n"
}

/// The functions that set a listener, but for that of the log, whose lines would be most of what comes.
fn setters() -> impl Iterator<Item = &'static str> {
    let sets = |name: &&str| name.starts_with("TIMSet") && name.ends_with("Callback");
    facts(FUNCTIONS).map(|row| row[0]).filter(sets).filter(|name| *name != "TIMSetLogCallback")
}

/// A running program, with a listener for every event.
pub struct Program {
    process: Process,
}

impl Program {
    /// A program on Windows in which `TIMInit` has been called. `device` names its directory.
    pub fn start(place: &Place, device: &str) -> Self {
        Self::start_with(place, device, &[])
    }

    /// The same, with more in its environment.
    pub fn start_with(place: &Place, device: &str, environment: &[(&str, &str)]) -> Self {
        let mut command = place.command(&PROGRAM);
        // The examples were made there.
        command.env("IMSDK_PLATFORM", "windows").envs(environment.iter().copied());
        let mut program = Self { process: Process::start(&mut command) };
        let quiet = json!({ "set_config_is_log_output_console": false });
        program.returns("TIMSetConfig", json!([quiet]), 0);
        for setter in setters() {
            program.returns(setter, json!([]), 0);
        }
        let directory = place.path(device);
        let paths = json!({
            "sdk_config_config_file_path": directory, "sdk_config_log_file_path": directory,
        });
        program.returns("TIMInit", json!([1_400_000_000, paths]), 0);
        program
    }

    /// The same, logged in, on a device of the user's name.
    pub fn user(place: &Place, user: &str) -> Self {
        let mut program = Self::start(place, user);
        program.login(user);
        program
    }

    /// The same on a second device, which is no computer.
    pub fn phone(place: &Place, user: &str) -> Self {
        let device = format!("phone of {user}");
        let mut program = Self::start_with(place, &device, &[("IMSDK_PLATFORM", "android")]);
        program.login(user);
        program
    }

    /// Logs in and waits until what waited for the user has been told.
    pub fn login(&mut self, user: &str) {
        self.empty("TIMLogin", json!([user, "sig"]));
        // A call waits for what belongs to the login.
        self.call("TIMConvGetConvList", json!([]));
    }

    /// Makes a call that must return `code`.
    pub fn returns(&mut self, function: &str, arguments: Value, code: i64) {
        assert_eq!(self.make(function, arguments), code, "{function}");
    }

    /// Makes a call: its answer, or what it returns if that is not 0. `TIMConvSetDraft` has none.
    pub fn outcome(&mut self, function: &str, arguments: Value) -> Result<(i64, Value), i64> {
        match self.make(function, arguments) {
            0 if function == "TIMConvSetDraft" => Ok((0, Value::Null)),
            0 => Ok(self.answered(function)),
            code => Err(code),
        }
    }

    /// Makes a call. Gives what it returns.
    fn make(&mut self, function: &str, arguments: Value) -> i64 {
        let mut line = vec![json!(function)];
        line.extend(arguments.as_array().expect("a list of arguments").iter().cloned());
        self.process.say(&Value::Array(line).to_string());
        let start = format!("returned {function} ");
        let returned = self.process.expect(&start);
        returned[start.len()..].parse().expect("a number")
    }

    /// Makes a call and waits for its answer: code, and JSON or an empty text.
    pub fn answer(&mut self, function: &str, arguments: Value) -> (i64, Value) {
        self.returns(function, arguments, 0);
        self.answered(function)
    }

    fn answered(&mut self, function: &str) -> (i64, Value) {
        let start = format!("answer {function} ");
        let line = self.process.expect(&start);
        let answer: Value = serde_json::from_str(&line[start.len()..]).expect("JSON");
        (answer[0].as_i64().expect("a code"), read(&answer[2]))
    }

    /// Makes a call that answers several times, and waits for the last time: for `is_last`, and that nothing comes after it.
    pub fn answers(
        &mut self,
        function: &str,
        arguments: Value,
        is_last: impl Fn(&Value) -> bool,
    ) -> Vec<Value> {
        self.returns(function, arguments, 0);
        let start = format!("answer {function} ");
        let mut answers = Vec::new();
        loop {
            let line = self.process.expect(&start);
            answers.push(serde_json::from_str(&line[start.len()..]).expect("JSON"));
            if answers.last().is_some_and(&is_last) {
                break;
            }
        }
        // Callbacks have an order.
        self.returns("TIMSetConfig", json!([""]), 0);
        for line in self.process.lines_until("answer TIMSetConfig ") {
            assert!(!line.starts_with(&start), "after the last answer: {line}");
        }
        answers
    }

    /// The JSON with which a call succeeds.
    pub fn call(&mut self, function: &str, arguments: Value) -> Value {
        let (code, json) = self.answer(function, arguments);
        assert_eq!(code, 0, "{function}");
        json
    }

    /// Makes a call that succeeds with an empty text.
    pub fn empty(&mut self, function: &str, arguments: Value) {
        assert_eq!(self.call(function, arguments), "", "{function}");
    }

    /// Waits for the first event that fits, and takes it out of those that came: what the listener got, its JSON read.
    pub fn event(&mut self, callback: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let start = format!("event {callback} ");
        let event = |line: &str| -> Option<Value> {
            let mut event: Value = serde_json::from_str(line.strip_prefix(&start)?).expect("JSON");
            for value in event.as_array_mut().expect("a list") {
                if value.is_string()
                    && !matches!(callback, "TIMLogCallback" | "TIMNetworkStatusListenerCallback")
                {
                    *value = read(value);
                }
            }
            Some(event)
        };
        let line = self.process.expect_that(&start, |line| event(line).is_some_and(|it| fits(&it)));
        event(&line).expect("it was one")
    }

    /// The same for a listener that gets nothing but one JSON text.
    pub fn told(&mut self, callback: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.event(callback, |event| fits(&event[0]))[0].take()
    }

    /// Waits for new messages, told at once, that fit.
    pub fn messages(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        self.told("TIMRecvNewMsgCallback", fits)
    }
}

/// JSON within JSON; an empty text stays one.
fn read(text: &Value) -> Value {
    match text.as_str().expect("a text") {
        "" => json!(""),
        text => serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")),
    }
}
