//! The C and C++ compilers, where the library and its headers are, and the tables of facts.
#![allow(dead_code, reason = "each test uses its part")]

mod windows;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, process};

pub use windows::windows;

/// A language as compilers know it: C or C++, and the version of its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standard(pub &'static str);

/// Warnings count as errors.
pub const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Werror", "-pedantic"];

impl Standard {
    /// The compiler with the standard, all warnings as errors and our headers set.
    pub fn compiler(self) -> Command {
        let (variable, default, language) =
            if self.is_cpp() { ("CXX", "c++", "c++") } else { ("CC", "cc", "c") };
        let name = match windows() {
            Some(windows) => windows.compiler(if self.is_cpp() { "g++" } else { "gcc" }).into(),
            None => env::var_os(variable).unwrap_or(default.into()),
        };
        let mut command = Command::new(name);
        command.arg(format!("-std={}", self.0)).args(STRICT).arg("-I").arg(include_dir());
        command.args(["-x", language]);
        command
    }

    /// Whether it is C++.
    pub fn is_cpp(self) -> bool {
        self.0.starts_with("c++")
    }
}

/// The checked-in headers.
pub fn include_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("include")
}

/// The names of the checked-in headers, sorted.
pub fn header_names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(include_dir())
        .expect("include/ is checked in")
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Runs a command and panics with all that it said unless it succeeds.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| {
        panic!("{command:?} does not start ({error}): `make test` installs what is missing")
    });
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// A file's name while this process makes it: another one may make the same file, or use it, at the same time.
fn own_name(file: &Path) -> PathBuf {
    let name = file.file_name().expect("a file").to_string_lossy();
    file.with_file_name(format!("{}-{name}", process::id()))
}

/// Runs a compiler, with `-o`, and puts what it has made in its place as a whole.
pub fn build(compiler: &mut Command, program: &Path) {
    let own = own_name(program);
    run(compiler.arg("-o").arg(&own));
    fs::rename(own, program).unwrap();
}

/// Writes a file, and puts it in its place as a whole.
pub fn write(file: &Path, content: impl AsRef<[u8]>) {
    let own = own_name(file);
    fs::write(&own, content).unwrap();
    fs::rename(own, file).unwrap();
}

/// The shared library that cargo built together with the test, beside it: the one a directory up is
/// only renewed by `cargo build` and may be older.
pub fn library() -> PathBuf {
    env::current_exe().unwrap().with_file_name("libImSDK.so")
}

/// Compiler arguments that link with the library and let the program find it.
pub fn link() -> Vec<OsString> {
    let mut arguments = vec!["-x".into(), "none".into()];
    if let Some(windows) = windows() {
        arguments.extend(windows.link());
        return arguments;
    }
    let library = library();
    let mut rpath = OsString::from("-Wl,--disable-new-dtags,-rpath,");
    rpath.push(library.parent().expect("it has a directory"));
    arguments.extend([library.into(), rpath]);
    arguments
}

/// Where a program is built.
pub fn program(name: &str) -> PathBuf {
    match windows() {
        Some(windows) => windows.directory().join(name).with_extension("exe"),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
    }
}

/// Starts a program that was built there.
pub fn start(program: &Path) -> Command {
    windows().map_or_else(|| Command::new(program), |windows| windows.command(program))
}

/// The rows of a fact table: lines that are not comments, split at tabs.
pub fn facts(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}
