//! The library for Windows and its programs, under Wine: where `scripts/windows.sh test` says that they are what is to be tested.
#![allow(dead_code, reason = "each test uses its part")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex};
use std::{env, fs};

/// The package, JsonCpp, and what starts programs.
pub struct Windows {
    package: PathBuf,
    jsoncpp: PathBuf,
    wine: PathBuf,
}

static WINDOWS: LazyLock<Option<Windows>> = LazyLock::new(|| {
    let path = |name: &str| env::var_os(name).map(PathBuf::from);
    Some(Windows {
        package: path("IMSDK_TEST_WINDOWS")?,
        jsoncpp: path("IMSDK_TEST_JSONCPP")?,
        wine: path("IMSDK_TEST_WINE")?,
    })
});

/// `None` where the tests are of this system.
pub fn windows() -> Option<&'static Windows> {
    WINDOWS.as_ref()
}

impl Windows {
    /// The compiler for Windows that is `gcc` or `g++` here.
    pub fn compiler(&self, name: &str) -> String {
        format!("x86_64-w64-mingw32-{name}")
    }

    /// A directory for programs, with the library in it, where Windows looks for it.
    pub fn directory(&self) -> PathBuf {
        static ONCE: Mutex<()> = Mutex::new(());
        let _one = ONCE.lock();
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("windows");
        fs::create_dir_all(&directory).unwrap();
        let (made, here) = (self.package.join("bin/ImSDK.dll"), directory.join("ImSDK.dll"));
        if fs::read(&here).ok() != Some(fs::read(&made).unwrap()) {
            super::write(&here, fs::read(made).unwrap());
        }
        directory
    }

    /// Compiler arguments that link with the library, and with everything else so that it need not be there.
    pub fn link(&self) -> Vec<OsString> {
        let place = |flag: &str, path: PathBuf| {
            let mut text = OsString::from(flag);
            text.push(path);
            text
        };
        vec![
            place("-I", self.package.join("include")),
            place("-I", self.jsoncpp.join("include")),
            place("-L", self.package.join("lib")),
            place("-L", self.jsoncpp.join("lib")),
            "-l:libImSDK.dll.a".into(),
            "-static".into(),
        ]
    }

    /// Starts a program. It sees what is set for Wine and nothing else of this system's settings; names of files are UTF-8.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(&self.wine);
        command.arg(program).env_clear().env("LC_ALL", "C.UTF-8");
        for (name, value) in env::vars_os() {
            if name.to_string_lossy().starts_with("WINE") || name == "PATH" {
                command.env(name, value);
            }
        }
        command
    }
}
