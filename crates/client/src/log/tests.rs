use std::fs;
use std::process::Command;

use parking_lot::MutexGuard;
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, debug, error, info, info_span, trace, warn};

use super::*;

/// A log of its own for one test, which lasts for the rest of the process; the lines go to a list.
struct Fixture {
    log: &'static Log,
    lines: Arc<Mutex<Vec<LogLine>>>,
    /// For the other threads of a test.
    dispatch: Dispatch,
    _entered: DefaultGuard,
    /// `tracing` keeps one lowest level for the whole process.
    _alone: MutexGuard<'static, ()>,
}

impl Fixture {
    fn new(settings: &LogSettings) -> Self {
        let fixture = Self::without_sink(settings);
        let list = fixture.lines.clone();
        let sink = Box::new(move |line| {
            // Would go round for ever.
            error!("a line about a line");
            list.lock().push(line);
        });
        assert!(fixture.log.sink.set(sink).is_ok());
        fixture
    }

    fn without_sink(settings: &LogSettings) -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock();
        let log: &'static Log = Box::leak(Box::new(Log::new()));
        let dispatch = Dispatch::new(tracing_subscriber::registry().with(Lines(log)));
        let entered = tracing::dispatcher::set_default(&dispatch);
        log.configure(settings);
        Self { log, lines: Arc::default(), dispatch, _entered: entered, _alone: alone }
    }

    fn lines(&self) -> MutexGuard<'_, Vec<LogLine>> {
        self.lines.lock()
    }

    /// What follows the head of each line, with runs of spaces as one.
    fn tails(&self) -> Vec<String> {
        let lines = std::mem::take(&mut *self.lines());
        let tail = |line: LogLine| line.text[line.text.find('|').unwrap()..].to_owned();
        lines
            .into_iter()
            .map(tail)
            .map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }
}

fn callback(level: u8) -> LogSettings {
    LogSettings { callback_level: level, ..LogSettings::default() }
}

fn log_at_each_level() {
    trace!("v");
    debug!("d");
    info!("i");
    warn!("w");
    error!("e");
    error!(target: ASSERT, "a");
}

#[test]
fn a_line_is_right_to_the_letter() {
    let fixture = Fixture::new(&callback(1));
    let (number, before) = (layer_number(), jiff::Zoned::now());
    let line = line!() + 1;
    info!(func = "TIMLogin", user = "alice", code = -4, ok = true, "begin");
    let after = jiff::Zoned::now();
    let lines = fixture.lines();
    let (time, rest) = lines[0].text.split_at("TIM: 2026-01-31 23:59:59.123".len());
    let time = time.strip_prefix("TIM: ").unwrap();
    let second = |moment: &jiff::Zoned| moment.strftime("%Y-%m-%d %H:%M:%S.%3f").to_string();
    assert!(*time >= *second(&before) && *time <= *second(&after), "{time}");
    assert_eq!(
        rest,
        format!(
            " I {}-{number:<10}|-{:<39} {:<40}|begin|user:alice|code:-4|ok:true\n",
            std::process::id(),
            format!("tests.rs:{line}"),
            "TIMLogin",
        )
    );
    let place = rest.find("|begin").unwrap() - rest.find("|-").unwrap();
    assert_eq!(place, 2 + 39 + 1 + 40);
}

/// The number of this thread, read off a line.
fn layer_number() -> u32 {
    let line = format_line(INFO, ("", 0), "", "");
    let head = line.split('|').next().unwrap();
    head.rsplit('-').next().unwrap().trim_end().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_thread_has_the_number_of_the_system() {
    let link = fs::read_link("/proc/thread-self").unwrap();
    let number = link.file_name().unwrap().to_str().unwrap();
    assert_eq!(layer_number().to_string(), number);
}

#[test]
fn each_level_has_its_letter_and_number() {
    let fixture = Fixture::new(&callback(1));
    log_at_each_level();
    let lines = fixture.lines();
    let found: String = lines.iter().map(|line| &line.text[29..30]).collect();
    assert_eq!(found, "VDIWEA");
    assert!(lines.iter().map(|line| line.level).eq(2..=7));
}

#[test]
fn a_place_takes_its_level_and_above() {
    for level in 0..=8 {
        let fixture = Fixture::new(&callback(level));
        log_at_each_level();
        let found: Vec<u8> = fixture.lines().iter().map(|line| line.level).collect();
        let wanted: Vec<u8> = (2..=7).filter(|&l| level != 0 && l >= level).collect();
        assert_eq!(found, wanted, "level {level}");
    }
}

#[test]
fn each_place_has_its_own_level() {
    let settings = LogSettings {
        file_level: 5,
        callback_level: 3,
        console: false,
        dir: Some("unused".into()),
    };
    let fixture = Fixture::new(&settings);
    log_at_each_level();
    let places = |line: &LogLine| (line.level, line.to_file, line.to_console, line.to_callback);
    let found: Vec<_> = fixture.lines().iter().map(places).collect();
    let wanted = [
        (3, false, false, true),
        (4, false, false, true),
        (5, true, false, true),
        (6, true, false, true),
        (7, true, false, true),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn settings_change_at_run_time() {
    let fixture = Fixture::new(&LogSettings::default());
    let count = |settings: &LogSettings| {
        fixture.log.configure(settings);
        log_at_each_level();
        std::mem::take(&mut *fixture.lines()).len()
    };
    let console = LogSettings { file_level: 6, console: true, ..LogSettings::default() };
    let nowhere = LogSettings { file_level: 1, ..LogSettings::default() };
    assert_eq!(count(&LogSettings::default()), 0);
    assert_eq!(count(&callback(4)), 4);
    assert_eq!(count(&callback(2)), 6);
    assert_eq!(count(&console), 2);
    assert_eq!(count(&nowhere), 0, "neither file nor console");
    assert_eq!(count(&callback(7)), 1);
    assert_eq!(count(&callback(0)), 0);
}

#[test]
fn the_function_is_named_by_the_event_the_span_or_the_module() {
    let fixture = Fixture::new(&callback(4));
    info!("module");
    let span = info_span!("sync");
    span.in_scope(|| {
        info!("span");
        info!(func = "pull", "event");
    });
    let found: Vec<_> =
        fixture.tails().iter().map(|tail| tail.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(found, ["tests", "sync", "pull"]);
}

#[test]
fn fields_follow_the_message_whatever_they_are() {
    let fixture = Fixture::new(&callback(4));
    let error = std::io::Error::other("bad");
    info!(
        big = u64::MAX,
        debug = ?Some("x"),
        display = %error,
        error = &error as &dyn std::error::Error,
        number = 1.5,
        "{} {}", "two", "parts"
    );
    info!(code = 6013);
    let found = fixture.tails();
    let content = |at: usize| found[at].splitn(3, '|').nth(2).unwrap().to_owned();
    assert_eq!(
        content(0),
        "two parts|big:18446744073709551615|debug:Some(\"x\")|display:bad|error:bad|number:1.5"
    );
    assert_eq!(content(1), "|code:6013");
}

#[test]
fn a_line_stays_one_line_without_nul() {
    let fixture = Fixture::new(&callback(4));
    info!(user = "a\0b\nc\u{1b}[31m", "text\r\n\ttab é 你好 😀");
    let lines = fixture.lines();
    let text = &lines[0].text;
    let end = "|text\\r\\n\\ttab é 你好 😀|user:a\\0b\\nc\\u{1b}[31m\n";
    assert!(text.ends_with(end), "{text:?}");
    assert_eq!(text.matches(char::is_control).count(), 1);
}

#[test]
fn long_names_push_the_rest_along() {
    let (file, function) = ("f".repeat(50), "g".repeat(60));
    let line = format_line(INFO, (&file, 1), &function, "x");
    assert!(line.ends_with(&format!("|-{file}:1 {function}|x\n")), "{line}");
}

#[test]
fn other_crates_are_heard_from_a_warning_on() {
    let fixture = Fixture::new(&callback(1));
    info!(target: "tokio_postgres::query", "everything people wrote");
    warn!(target: "tokio_postgres::query", "connection lost");
    info!(target: "ImSDK::ffi::dispatcher", "started");
    let found: Vec<u8> = fixture.lines().iter().map(|line| line.level).collect();
    assert_eq!(found, [5, 4]);
}

#[test]
fn many_threads_lose_and_mix_nothing() {
    let root = tempfile::tempdir().unwrap();
    let settings = LogSettings {
        file_level: 4,
        callback_level: 5,
        console: false,
        dir: Some(root.path().join("log")),
    };
    let fixture = Fixture::new(&settings);
    let (log, dispatch) = (fixture.log, &fixture.dispatch);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                tracing::dispatcher::with_default(dispatch, || {
                    for n in 0..200 {
                        info!(thread, n, "{}", "x".repeat(n));
                    }
                });
            });
        }
    });
    // Not the sink, but several threads at once write the file, as without a sink.
    let lines = fixture.lines();
    std::thread::scope(|scope| {
        for part in lines.chunks(200) {
            scope.spawn(move || part.iter().for_each(|line| log.write(line)));
        }
    });
    let mut written = String::new();
    for entry in fs::read_dir(root.path().join("log")).unwrap() {
        written += &fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    let mut written: Vec<&str> = written.split_inclusive('\n').collect();
    let mut wanted: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    written.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(wanted.len(), 1600);
    assert_eq!(written, wanted);
    for thread in 0..8 {
        let mark = format!("|thread:{thread}|n:");
        let numbers = lines.iter().filter_map(|line| line.text.split(&mark).nth(1));
        let numbers: Vec<usize> = numbers.map(|n| n.trim_end().parse().unwrap()).collect();
        assert!(numbers.into_iter().eq(0..200), "thread {thread} out of order");
    }
}

#[test]
fn a_directory_that_cannot_be_written_makes_one_warning() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("log"), "").unwrap();
    let settings = LogSettings {
        file_level: 4,
        callback_level: 4,
        console: false,
        dir: Some(root.path().join("log")),
    };
    let fixture = Fixture::new(&settings);
    info!("one");
    info!("two");
    let lines = std::mem::take(&mut *fixture.lines());
    lines.iter().for_each(|line| fixture.log.write(line));
    let found = fixture.lines();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].to_callback && !found[0].to_file && !found[0].to_console);
    assert_eq!(found[0].level, WARN);
    assert!(found[0].text.contains("|log lines are lost|dir:"), "{}", found[0].text);
}

#[test]
fn without_a_sink_lines_go_straight_to_the_file() {
    let root = tempfile::tempdir().unwrap();
    let _fixture = Fixture::without_sink(&LogSettings {
        file_level: 4,
        dir: Some(root.path().into()),
        ..LogSettings::default()
    });
    info!("straight");
    let entry = fs::read_dir(root.path()).unwrap().next().unwrap().unwrap();
    let text = fs::read_to_string(entry.path()).unwrap();
    assert!(text.ends_with("|straight\n"), "{text}");
}

#[test]
fn a_quiet_thread_logs_nothing() {
    let fixture = Fixture::new(&callback(1));
    assert_eq!(
        quiet(|| {
            info!("in the callback");
            quiet(|| error!("deeper"));
            warn!("still");
            5
        }),
        5
    );
    assert!(fixture.lines().is_empty());
    info!("after");
    assert_eq!(fixture.lines().len(), 1);
}

#[test]
fn the_banner_is_one_piece_at_level_info() {
    let fixture = Fixture::new(&callback(4));
    fixture.log.banner("1.2.3", 1400000001);
    let lines = fixture.lines();
    assert_eq!((lines.len(), lines[0].level), (1, 4));
    let text = &lines[0].text;
    assert!(text.lines().all(|line| line.starts_with("TIM: ======")), "{text}");
    assert!(
        text.contains("\nTIM: ======  SDK APP ID:  1400000001\nTIM: ======  SDK Version: 1.2.3\n")
    );
    assert!(text.ends_with("=\n"));
    drop(lines);
    fixture.log.configure(&callback(5));
    fixture.log.banner("1.2.3", 1);
    assert_eq!(fixture.lines().len(), 1);
}

/// What the global functions and the standard output do, in a process of its own: see the test below.
#[test]
#[ignore = "the test below runs it"]
fn child() {
    let mut settings = LogSettings { file_level: 4, console: true, ..LogSettings::default() };
    info!("before configure");
    configure(&settings);
    configure(&settings);
    banner("1.2.3", 5);
    info!("straight");
    assert!(set_sink(Box::new(|mut line| {
        line.text = line.text.replace("|by way", "|by way of the sink");
        write(&line);
    })));
    assert!(!set_sink(Box::new(|_| panic!("a second sink"))));
    info!("by way");
    settings.file_level = 0;
    configure(&settings);
    error!("switched off");
}

#[test]
fn the_console_gets_the_lines() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["log::tests::child", "--exact", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let lines = text.lines().filter(|line| line.contains("TIM: "));
    let ends: Vec<_> = lines.map(|line| line.rsplit('|').next().unwrap()).collect();
    assert_eq!(ends.len(), 7, "{text}");
    assert_eq!(ends[5..], ["straight", "by way of the sink"]);
}
