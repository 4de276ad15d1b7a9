//! What is global in this process: the one client, the configuration, how both begin and end.

use std::any::type_name_of_val;
use std::ffi::{c_char, c_int, c_void};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};

use imsdk_client::config::{self, Paths, Proxies, Proxy, ProxyKind, ServerAddresses, Settings};
use imsdk_client::log::{self as client_log, LogSettings};
use imsdk_client::{Client, LoginStatus};
use imsdk_types::{Error, LogLevel, ReturnCode, SdkConfig, SetConfig, TIMCommCallback};
use parking_lot::{Mutex, RwLock};

use super::call::{Empty, catch, guard, json, put_text, request, request_of};
use super::callback::{Completion, Text};
use super::dispatcher::dispatcher;
use super::listener::{EventSink, clear_listeners};
use super::{Refusal, log, process};

/// `CARGO_PKG_VERSION` with the NUL that C wants.
static VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");

/// What lines of the log name.
const INIT: &str = "TIMInit";

static CLIENT: RwLock<Option<Arc<Client>>> = RwLock::new(None);

/// The newest generation of the interface that a call of this process has shown to be known; see [`knows_generation`].
static GENERATION: AtomicU8 = AtomicU8::new(0);

static CONFIG: LazyLock<Mutex<Config>> = LazyLock::new(Default::default);

/// What TIMSetConfig keeps; it lives as long as the process.
#[derive(Default)]
struct Config {
    set: Arc<SetConfig>,
    /// Whether read receipts are wanted, if that was ever said. They are, unless it is false.
    receipts: Option<bool>,
    log_dir: Option<PathBuf>,
    /// The servers that the program has named.
    server: Option<ServerAddresses>,
}

/// The client, between TIMInit and TIMUninit. A forked child has none.
pub fn client() -> Option<Arc<Client>> {
    if process::is_forked() {
        return None;
    }
    CLIENT.read().clone()
}

/// TIMInit. A second one changes nothing, whatever its arguments.
pub fn init(sdk_app_id: u64, parse: impl FnOnce() -> Result<SdkConfig, Refusal>) -> c_int {
    catch(|| {
        let parsed = parse();
        let mut client = CLIENT.write();
        if client.is_some() {
            // Only a missing text is refused now, as it was measured.
            return match parsed {
                Err(refusal @ Refusal::Param(_)) => {
                    refusal.tell(INIT);
                    Err(refusal.code())
                }
                _ => Ok(()),
            };
        }
        let parsed = parsed.and_then(|parsed| match sdk_app_id {
            0 => Err(Refusal::Param("sdk_app_id is 0".into())),
            _ => Ok(parsed),
        });
        let parsed = parsed.map_err(|refusal| {
            begin_log(None);
            not_started(refusal.why());
            refusal.code()
        })?;
        let paths = Paths { config: &parsed.config_file_path, log: &parsed.log_file_path };
        let loaded = config::load(
            sdk_app_id,
            &paths,
            &|name| std::env::var_os(name),
            process::library_dir().as_deref(),
        );
        let server = CONFIG.lock().server.clone();
        let named = loaded.and_then(|mut settings| {
            if let Some(server) = &server {
                settings.use_server(server.clone());
                settings.proxies = environment_proxies()?;
            }
            Ok(settings)
        });
        let mut settings = named.map_err(|error| {
            begin_log(None);
            not_started(&error.desc)
        })?;
        let [socks5, http] = proxies(&CONFIG.lock().set).map(|way| way.map(Way::proxy));
        (settings.proxies.socks5, settings.proxies.http) = (socks5, http);
        begin_log(Some(&settings));
        client_log::banner(env!("CARGO_PKG_VERSION"), sdk_app_id);
        if let Some(server) = &server {
            tracing::info!(func = INIT, "the program has named the server {server}");
        }
        let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        for warning in settings.warnings.iter().chain(&config::unknown_variables(names)) {
            tracing::warn!(func = INIT, "{warning}");
        }
        let is_set = settings.api_generation.is_some();
        // Before the first thread starts.
        process::watch();
        dispatcher().begin(settings.callbacks).map_err(|error| not_started(&error.desc))?;
        let events = Arc::new(EventSink { epoch: dispatcher().epoch() });
        let started = Client::start(settings, events).map_err(|error| {
            dispatcher().leave();
            not_started(&error.desc)
        })?;
        {
            let config = CONFIG.lock();
            started.want_receipts(config.receipts.unwrap_or(true));
            started.count_tips(!config.set.user_config.is_ignore_grouptips_unread);
        }
        started.knows_generation(GENERATION.load(Ordering::SeqCst));
        let generation = started.generation();
        if is_set {
            tracing::info!(
                func = INIT,
                generation,
                "the generation of the interface is as api_generation says"
            );
        } else {
            tracing::info!(
                func = INIT,
                generation,
                "the generation of the interface; it rises with newer functions that are called, api_generation fixes it"
            );
        }
        *client = Some(Arc::new(started));
        Ok(())
    })
}

/// For a function that came with a later generation of the interface than the first: the program knows this generation, now
/// and after the next TIMInit.
pub fn knows_generation(generation: u8) {
    // TIMInit reads it while nobody else sees the client: one of both finds the other.
    if GENERATION.fetch_max(generation, Ordering::SeqCst) < generation
        && let Some(client) = client()
        && client.knows_generation(generation)
    {
        tracing::info!(
            generation,
            "a newer function was called: this generation of the interface counts now"
        );
    }
}

/// The return value has no place for the reason, and the log may have none to write it to yet: then it goes to stderr.
fn not_started(why: &str) -> ReturnCode {
    tracing::error!(func = INIT, "{why}");
    let set = Arc::clone(&CONFIG.lock().set);
    let shown = set.is_log_output_console
        && (LogLevel::Test as u32..=LogLevel::Error as u32).contains(&set.log_level);
    if !shown {
        // Not eprintln, which panics where stderr is closed.
        let _ = writeln!(std::io::stderr(), "imsdk: TIMInit: {why}");
    }
    ReturnCode::Param
}

/// TIMUninit: no callback of an earlier call and no listener starts once this has returned.
pub fn uninit() -> c_int {
    catch(|| {
        let ended = {
            let mut client = CLIENT.write();
            // Together, so that a client that begins meanwhile belongs to the new epoch and keeps its listeners.
            dispatcher().end_epoch();
            clear_listeners();
            client.take()
        };
        if ended.is_some() {
            dispatcher().leave();
        }
        // Also where there was no client: another thread may be ending it, and calls before TIMInit are answered too.
        dispatcher().settle();
        if let Some(client) = ended {
            client.stop();
        }
        Ok(())
    })
}

/// TIMGetSDKVersion.
pub fn version() -> *const c_char {
    VERSION.as_ptr().cast()
}

/// TIMGetServerTime: the machine's clock, until a server has told another time.
pub fn server_time() -> u64 {
    knows_generation(5);
    let here = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    client().map_or_else(here, |client| client.server_time())
}

/// TIMSetConfig: merges what is given into the configuration and reports all of it.
pub fn set_config<'a>(
    callback: TIMCommCallback,
    user_data: *const c_void,
    parse: impl FnOnce() -> Result<&'a [u8], Refusal>,
) -> c_int {
    guard(type_name_of_val(&parse), || {
        let given = parse()?;
        let mut config = CONFIG.lock();
        let mut receipts = None;
        let mut tips = None;
        let mut ways = None;
        if !given.is_empty() {
            let merged = config
                .set
                .merged(given)
                .map_err(|error| Refusal::unreadable("object SetConfig", &error))?;
            let old = std::mem::replace(&mut config.set, Arc::new(merged));
            // What was said before need not be looked for again.
            let wanted = Some(config.set.user_config.is_read_receipt);
            if config.receipts != wanted && SetConfig::says_read_receipt(given) {
                receipts = wanted;
                config.receipts = wanted;
            }
            let ignored = config.set.user_config.is_ignore_grouptips_unread;
            if ignored != old.user_config.is_ignore_grouptips_unread {
                tips = Some(!ignored);
            }
            let given = proxies(&config.set);
            if given != proxies(&old) {
                ways = Some(given.map(|way| way.map(Way::proxy)));
            }
            if log_levels(&old) != log_levels(&config.set) {
                apply_log(&config);
            }
        }
        let set = Arc::clone(&config.set);
        drop(config);
        // Without the lock, which TIMInit takes while it holds the client's.
        if let (Some(wanted), Some(client)) = (receipts, client()) {
            client.want_receipts(wanted);
        }
        if let (Some(counted), Some(client)) = (tips, client()) {
            client.count_tips(counted);
        }
        if let (Some([socks5, http]), Some(client)) = (ways, client()) {
            client.set_proxies(socks5, http);
        }
        // Made only now: a text that is refused has no callback.
        let completion = Completion::new(callback, user_data, c"");
        completion.complete(move || (0, Text::EMPTY, json(&*set)));
        Ok(())
    })
}

/// The servers that the program names: for the next TIMInit and all after it, and for the next login.
pub fn use_server(server: ServerAddresses) {
    CONFIG.lock().server = Some(server.clone());
    if let Some(client) = client() {
        client.use_server(server, environment_proxies());
    }
}

fn environment_proxies() -> Result<Proxies, Error> {
    Proxies::from_env(&|name| std::env::var_os(name))
}

/// A proxy, as the configuration has it.
#[derive(PartialEq)]
struct Way<'a> {
    kind: ProxyKind,
    host: &'a str,
    port: u16,
    account: Option<(&'a str, &'a str)>,
}

impl Way<'_> {
    fn proxy(self) -> Proxy {
        let account = self.account.map(|(name, password)| (name.to_owned(), password.to_owned()));
        Proxy { kind: self.kind, host: self.host.to_owned(), port: self.port, account }
    }
}

/// The proxies of a configuration: for everything, and for files.
fn proxies(set: &SetConfig) -> [Option<Way<'_>>; 2] {
    fn way<'a>(
        kind: ProxyKind,
        host: &'a str,
        port: i32,
        name: &'a str,
        password: &'a str,
    ) -> Option<Way<'a>> {
        let port = u16::try_from(port).ok().filter(|port| *port != 0 && !host.is_empty())?;
        let account = (!name.is_empty()).then_some((name, password));
        Some(Way { kind, host, port, account })
    }
    let (socks5, http, old) = (&set.socks5_proxy_info, &set.http_proxy_info, &set.proxy_info);
    let everything =
        way(ProxyKind::Socks5, &socks5.ip, socks5.port, &socks5.username, &socks5.password)
            .or_else(|| way(ProxyKind::Socks5, &old.ip, old.port, "", ""));
    let files = way(ProxyKind::Http, &http.ip, http.port, &http.username, &http.password);
    [everything, files]
}

fn begin_log(settings: Option<&Settings>) {
    log::connect();
    let mut config = CONFIG.lock();
    config.log_dir = settings.map(|settings| settings.log_dir.clone());
    apply_log(&config);
}

/// What the log is switched by.
fn log_levels(set: &SetConfig) -> (u32, u32, bool) {
    (set.log_level, set.callback_log_level, set.is_log_output_console)
}

fn apply_log(config: &Config) {
    let level = |level: u32| u8::try_from(level).unwrap_or(u8::MAX);
    client_log::configure(&LogSettings {
        file_level: level(config.set.log_level),
        callback_level: level(config.set.callback_log_level),
        console: config.set.is_log_output_console,
        dir: config.log_dir.clone(),
    });
}

/// TIMLogin.
pub fn login(
    callback: TIMCommCallback,
    user_data: *const c_void,
    parse: impl FnOnce() -> Result<(String, String), Refusal>,
) -> c_int {
    request_of(type_name_of_val(&parse), callback, user_data, Empty::Text, || {
        let (user, user_sig) = parse()?;
        Ok(move |client: &Client, done: super::Done| client.login(user, user_sig, done.nothing()))
    })
}

/// TIMLogout.
pub fn logout(callback: TIMCommCallback, user_data: *const c_void) -> c_int {
    request(callback, user_data, Empty::Text, || {
        Ok(|client: &Client, done: super::Done| client.logout(done.nothing()))
    })
}

/// TIMGetLoginUserID: leaves the buffer alone while nobody is logged in.
pub fn login_user_id(buffer: *mut c_char) -> c_int {
    knows_generation(5);
    if let Some(client) = client()
        && client.login_status() == LoginStatus::In
        && let Some(user) = client.login_user()
    {
        put_text(buffer, &user);
    }
    ReturnCode::Succ as c_int
}

/// TIMGetLoginStatus.
pub fn login_status() -> c_int {
    knows_generation(5);
    match client() {
        Some(client) => client.login_status() as c_int,
        None => LoginStatus::Out as c_int,
    }
}
