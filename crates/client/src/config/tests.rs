use std::fs;
use std::time::Duration;

use imsdk_service::{Tip, TipFamily};
use imsdk_types::GroupType;

use super::*;

/// A directory with files to load settings from.
struct Place {
    root: tempfile::TempDir,
    env: Vec<(&'static str, String)>,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for dir in ["config", "library", "named"] {
            fs::create_dir(root.path().join(dir)).unwrap();
        }
        // Never the directory of the user who runs the tests.
        let data = root.path().join("data").to_str().unwrap().to_owned();
        Self { root, env: vec![("IMSDK_DATA_DIR", data)] }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn file(&self, dir: &str, text: &str) -> &Self {
        fs::write(self.path(dir).join(FILE_NAME), text).unwrap();
        self
    }

    fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.env.retain(|(known, _)| *known != name);
        self.env.push((name, value.into()));
    }

    fn load(&self) -> Result<Settings, Error> {
        let config = self.text("config");
        let paths = Paths { config: &config, log: "" };
        self.load_with(&paths)
    }

    fn load_with(&self, paths: &Paths<'_>) -> Result<Settings, Error> {
        let env = |name: &str| {
            let known = self.env.iter().find(|(known, _)| *known == name);
            known.map(|(_, value)| value.into())
        };
        load(1400000001, paths, &env, Some(&self.path("library")))
    }

    fn error(&self) -> String {
        let error = self.load().unwrap_err();
        assert_eq!(error.code, 6017);
        error.desc.replace(self.root.path().to_str().unwrap(), "@")
    }
}

#[test]
fn nothing_set_gives_the_defaults() {
    let place = Place::new();
    let found = place.load_with(&Paths::default()).unwrap();
    let data = place.path("data");
    let wanted = Settings {
        app_id: 1400000001,
        store_dir: data.join("client"),
        log_dir: data.join("log"),
        data_dir: data.clone(),
        config_dir: None,
        platform: Platform::current(),
        secret_key: None,
        server: None,
        ca_file: None,
        proxies: Proxies::default(),
        create_accounts: true,
        relations: RelationPolicy::default(),
        groups: GroupPolicy::default(),
        revoke_seconds: 120,
        api_generation: None,
        callbacks: Callbacks::Auto,
        look: Duration::from_secs(30),
        warnings: Vec::new(),
        #[cfg(feature = "deferred")]
        deferred: false,
    };
    assert_eq!(found, wanted);
    assert_eq!(found.service_dir(), data.join("1400000001"));
    assert!(!data.exists(), "a directory that was named is made by who uses it");
}

#[test]
fn the_directories_of_the_program_are_used() {
    let place = Place::new();
    let (config, log) = (place.text("config"), place.text("my log"));
    let paths = Paths { config: &config, log: &log };
    let found = place.load_with(&paths).unwrap();
    assert_eq!(found.config_dir, Some(place.path("config")));
    assert_eq!(found.store_dir, place.path("config"));
    assert_eq!(found.log_dir, place.path("my log"));
    let relative = Paths { config: "some/where", log: "./log" };
    let found = place.load_with(&relative).unwrap();
    let here = std::env::current_dir().unwrap();
    assert_eq!(found.store_dir, here.join("some/where"));
    assert_eq!(found.log_dir, here.join("log"));
}

fn server(found: &Settings) -> String {
    found.server.as_ref().map(ServerAddresses::to_string).unwrap_or_default()
}

#[test]
fn the_proxies_of_the_environment_are_for_a_server() {
    let mut place = Place::new();
    place.set("ALL_PROXY", "ftp://proxy");
    assert_eq!(place.load().unwrap().proxies, Proxies::default());
    place.set("IMSDK_SERVER", "wss://im.example.org");
    assert!(place.error().starts_with("ALL_PROXY: "));
    place.set("ALL_PROXY", "socks5://proxy");
    let found = place.load().unwrap().proxies;
    assert_eq!(
        found.for_connection("im.example.org").map(|proxy| proxy.kind),
        Some(ProxyKind::Socks5)
    );
    place.set("IMSDK_SERVER", "im.example.org");
    assert!(place.error().starts_with("IMSDK_SERVER: expected wss://"));
}

#[test]
fn the_first_source_wins_for_each_key() {
    let mut place = Place::new();
    let file = |mark: &str| {
        format!(
            "server = \"wss://{mark}\"\nsecret_key = \"{mark}\"\nplatform = \"Web\"\ncreate_accounts = false\n\
             hide_blocks = true\nfriends_only = true\nmax_friends = 7\ntell_mute_all = false\n\
             tell_options = true\nmembers_invite = false\nchat_room_members = 6\nmax_groups = 5\n\
             group_rate = 4\ngroup_tips = \"ChatRoom.info=off\"\n"
        )
    };
    place.file("library", &file("library"));
    let found = place.load().unwrap();
    assert_eq!(server(&found), "wss://library:443");
    assert_eq!(found.platform, Platform::Web);
    assert!(!found.create_accounts);
    assert_eq!(
        found.relations,
        RelationPolicy { hide_blocks: true, friends_only: true, max_friends: 7 }
    );
    let mut tips = TipSwitches::default();
    tips.set(GroupType::ChatRoom, TipFamily::Info, Tip::Off);
    let from_file = GroupPolicy {
        tell_mute_all: false,
        tell_options: true,
        members_invite: false,
        chat_room_members: 6,
        max_groups: 5,
        rate: 4,
        tips,
    };
    assert_eq!(found.groups, from_file);

    place.file("config", "secret_key = \"config\"\ncreate_accounts = true\nrevoke_seconds = 7");
    let found = place.load().unwrap();
    assert_eq!(found.secret_key.as_deref(), Some("config"));
    assert_eq!(server(&found), "wss://library:443");
    assert!(found.create_accounts);
    assert_eq!(found.revoke_seconds, 7);

    place.file("named", "secret_key = \"named\"\nplatform = \"iPad\"");
    place.set("IMSDK_CONFIG", place.text("named/imsdk.toml"));
    let found = place.load().unwrap();
    assert_eq!(found.secret_key.as_deref(), Some("named"));
    assert_eq!(found.platform, Platform::Ipad);

    place.set("IMSDK_SECRET_KEY", "env");
    place.set("IMSDK_SERVER", "wss://env");
    place.set("IMSDK_PLATFORM", "mac");
    place.set("IMSDK_CREATE_ACCOUNTS", "0");
    place.set("IMSDK_FRIENDS_ONLY", "false");
    place.set("IMSDK_HIDE_BLOCKS", "0");
    place.set("IMSDK_MAX_FRIENDS", "8");
    place.set("IMSDK_TELL_MUTE_ALL", "1");
    place.set("IMSDK_TELL_OPTIONS", "0");
    place.set("IMSDK_MEMBERS_INVITE", "1");
    place.set("IMSDK_CHAT_ROOM_MEMBERS", "10000");
    place.set("IMSDK_MAX_GROUPS", "18446744073709551615");
    place.set("IMSDK_GROUP_RATE", "18446744073709551615");
    place.set("IMSDK_GROUP_TIPS", " ");
    place.set("IMSDK_REVOKE_SECONDS", "0");
    let found = place.load().unwrap();
    assert_eq!(
        found.relations,
        RelationPolicy { hide_blocks: false, friends_only: false, max_friends: 8 }
    );
    assert_eq!(found.groups, GroupPolicy::default());
    assert_eq!(found.secret_key.as_deref(), Some("env"));
    assert_eq!(server(&found), "wss://env:443");
    assert_eq!(found.look, Duration::MAX, "a server tells what happens");
    assert_eq!(found.platform, Platform::Mac);
    assert!(!found.create_accounts);
    assert_eq!(found.revoke_seconds, 0);

    place.set("IMSDK_SECRET_KEY", "");
    place.set("IMSDK_CONFIG", "");
    let found = place.load().unwrap();
    assert_eq!(found.secret_key.as_deref(), Some("config"), "empty is not set");
}

#[test]
fn a_relative_data_directory_starts_at_its_file() {
    let mut place = Place::new();
    place.file("config", "data_dir = \"chats\"");
    assert_eq!(place.load().unwrap().data_dir, place.path("data"));
    place.set("IMSDK_DATA_DIR", "");
    assert_eq!(place.load().unwrap().data_dir, place.path("config/chats"));
    place.set("IMSDK_DATA_DIR", "chats");
    let here = std::env::current_dir().unwrap();
    assert_eq!(place.load().unwrap().data_dir, here.join("chats"));
}

#[test]
fn a_bad_file_is_refused_with_its_place() {
    const WHOLE: &str = "@/config/imsdk.toml:1: invalid type: integer, expected \
                         a whole number from 0 to 18446744073709551615";
    let cases = [
        ("servr = \"x\"", "@/config/imsdk.toml:1: unknown field `servr`"),
        ("\n\nplatform = 5", "@/config/imsdk.toml:3: invalid type: integer, expected a string"),
        (
            "server = \"wss://a\"\nplatform = \"Amiga\"",
            "@/config/imsdk.toml:2: unknown platform `Amiga`, expected one of Other, Windows,",
        ),
        (
            "create_accounts = \"yes\"",
            "@/config/imsdk.toml:1: invalid type: string, expected a boolean",
        ),
        ("# key\nsecret_key = \"\"", "@/config/imsdk.toml:2: must not be empty"),
        ("server = \"\"", "@/config/imsdk.toml:1: expected wss://host[:port]"),
        ("server = \"ws://im.example.org\"", "@/config/imsdk.toml:1: without TLS a server is"),
        ("ca_file = \"missing.pem\"", "ca_file: @/config/missing.pem: "),
        ("ca_file = \"imsdk.toml\"", "ca_file: @/config/imsdk.toml: there is no certificate in it"),
        ("[server]\nurl = \"x\"", "@/config/imsdk.toml:1: invalid type: table, expected a string"),
        ("max_friends = -1", WHOLE),
        ("max_groups = 18446744073709551616", WHOLE),
        ("revoke_seconds = 0x1_0000_0000_0000_0000", WHOLE),
        ("group_rate = 1.5", "@/config/imsdk.toml:1: invalid type: float, expected a whole number"),
        // Hexadecimal is a number like any other: the next line is the one that is refused.
        ("max_friends = 0x1f\nmax_groups = \"5\"", "@/config/imsdk.toml:2: invalid type: string"),
        (
            "api_generation = -1",
            "@/config/imsdk.toml:1: invalid type: integer, expected a string or \
             a whole number from 0 to 18446744073709551615",
        ),
        (
            "api_generation = 7",
            "@/config/imsdk.toml:1: unknown generation `7`, expected one of auto, 4, 5, 6, 8",
        ),
        (
            "callbacks = \"main\"",
            "@/config/imsdk.toml:1: unknown value `main`, expected one of auto, thread, loop",
        ),
        ("callbacks = 1", "@/config/imsdk.toml:1: invalid type: integer, expected a string"),
        ("server = \"wss://a\"\nserver = \"wss://b\"", "@/config/imsdk.toml:2: duplicate key"),
        ("server = ", "@/config/imsdk.toml:1: "),
    ];
    for (text, start) in cases {
        let error = Place::new().file("config", text).error();
        assert!(error.starts_with(start), "{error:?} for {text:?}");
    }
}

#[test]
fn an_error_does_not_tell_the_key() {
    for (value, hidden) in [
        ("\"hush hush", "hush"),
        ("hush", "hush"),
        ("0x5f3a5f3a5f3a5f3a", "5f3a"),
        ("31415926535897932384626433832795", "3141"),
        ("3141.5926", "3141"),
        ("[\"hush\"]", "hush"),
        ("{ hush = \"hush\" }", "hush"),
    ] {
        let error = Place::new().file("config", &format!("secret_key = {value}\n")).error();
        assert!(error.starts_with("@/config/imsdk.toml:1: "), "{error}");
        assert!(!error.contains(hidden), "{error}");
    }
    let mut place = Place::new();
    place.set("IMSDK_SECRET_KEY", "hush");
    let shown = format!("{:?}", place.load().unwrap());
    assert!(!shown.contains("hush"), "{shown}");
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let place = Place::new();
    fs::create_dir(place.path("config/imsdk.toml")).unwrap();
    assert!(place.error().starts_with("@/config/imsdk.toml: "));

    let place = Place::new();
    fs::write(place.path("library/imsdk.toml"), b"server = \"\xff\"").unwrap();
    assert!(place.error().starts_with("@/library/imsdk.toml: "));

    let mut place = Place::new();
    place.set("IMSDK_CONFIG", place.text("gone.toml"));
    assert_eq!(place.error(), "IMSDK_CONFIG: there is no file @/gone.toml");
}

#[test]
fn a_file_may_start_with_a_byte_order_mark_and_be_empty() {
    for text in ["", "\u{feff}", "\u{feff}server = \"wss://x\"\r\n"] {
        let place = Place::new();
        assert!(place.file("config", text).load().is_ok(), "{text:?}");
    }
}

#[test]
fn a_bad_variable_is_refused_by_name() {
    for (name, value, error) in [
        ("IMSDK_PLATFORM", "Amiga", "IMSDK_PLATFORM: unknown platform `Amiga`"),
        (
            "IMSDK_API_GENERATION",
            "7",
            "IMSDK_API_GENERATION: unknown generation `7`, expected one of auto, 4, 5, 6, 8",
        ),
        ("IMSDK_CREATE_ACCOUNTS", "maybe", "IMSDK_CREATE_ACCOUNTS: expected true or false"),
        ("IMSDK_HIDE_BLOCKS", "maybe", "IMSDK_HIDE_BLOCKS: expected true or false"),
        ("IMSDK_FRIENDS_ONLY", "maybe", "IMSDK_FRIENDS_ONLY: expected true or false"),
        (
            "IMSDK_GROUP_TIPS",
            "Public=off",
            "IMSDK_GROUP_TIPS: `Public=off` is not like ChatRoom.members=event",
        ),
        ("IMSDK_MAX_FRIENDS", "many", "IMSDK_MAX_FRIENDS: expected a whole number"),
        (
            "IMSDK_REVOKE_SECONDS",
            "-1",
            "IMSDK_REVOKE_SECONDS: expected a whole number from 0 to 18446744073709551615",
        ),
        (
            "IMSDK_CALLBACKS",
            "main",
            "IMSDK_CALLBACKS: unknown value `main`, expected one of auto, thread, loop",
        ),
    ] {
        let mut place = Place::new();
        place.set(name, value);
        assert!(place.error().starts_with(error), "{}", place.error());
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStringExt;

    let env = |name: &str| (name == "IMSDK_SERVER").then(|| OsString::from_vec(vec![0xff]));
    let error = load(1, &Paths::default(), &env, None).unwrap_err();
    assert_eq!(error.desc, "IMSDK_SERVER: not valid UTF-8");
}

#[test]
fn platforms_have_names_and_numbers() {
    for platform in Platform::ALL {
        assert_eq!(platform.name().to_uppercase().parse(), Ok(platform));
        assert!(platform.number() <= 4);
    }
    assert!("".parse::<Platform>().is_err());
}

#[test]
fn the_default_directory_is_made_for_its_owner_alone() {
    let place = Place::new();
    let dir = place.path("home/.local/share/imsdk");
    let found = default_data_dir(Some(dir.clone()), &place.path("tmp")).unwrap();
    assert_eq!(found, (dir.clone(), None));
    assert!(dir.is_dir() && !place.path("tmp").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&dir).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    assert!(default_data_dir(Some(dir), &place.path("tmp")).is_ok(), "again");
}

#[test]
fn without_a_home_the_temporary_directory_serves() {
    let place = Place::new();
    fs::create_dir(place.path("tmp")).unwrap();
    fs::write(place.path("file"), "").unwrap();
    // No home at all, and one in which nothing can be made (as root nothing is forbidden, but a file is no directory).
    for home in [None, Some(place.path("file/imsdk"))] {
        let (dir, warning) = default_data_dir(home, &place.path("tmp")).unwrap();
        assert!(dir.starts_with(place.path("tmp")) && dir.is_dir());
        assert!(warning.unwrap().contains("IMSDK_DATA_DIR"));
    }
}

#[cfg(unix)]
#[test]
fn a_foreign_temporary_directory_is_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = Place::new();
    let tmp = place.path("tmp");
    fs::create_dir(&tmp).unwrap();
    let (dir, _) = default_data_dir(None, &tmp).unwrap();

    fs::set_permissions(&dir, fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(default_data_dir(None, &tmp).unwrap_err().code, 6017);

    fs::remove_dir(&dir).unwrap();
    symlink(place.path("config"), &dir).unwrap();
    assert_eq!(default_data_dir(None, &tmp).unwrap_err().code, 6017);
}

#[test]
fn the_generation_is_a_number_or_follows_the_program() {
    let mut place = Place::new();
    for (given, wanted) in [("8", Some(8)), ("4", Some(4)), ("auto", None)] {
        place.set("IMSDK_API_GENERATION", given);
        assert_eq!(place.load().unwrap().api_generation, wanted, "{given}");
    }
    let mut place = Place::new();
    for (given, wanted) in [("6", 6), ("0x8", 8)] {
        place.file("config", &format!("api_generation = {given}"));
        assert_eq!(place.load().unwrap().api_generation, Some(wanted), "{given}");
    }
    place.set("IMSDK_API_GENERATION", "auto");
    assert_eq!(place.load().unwrap().api_generation, None, "the first source wins");
}
