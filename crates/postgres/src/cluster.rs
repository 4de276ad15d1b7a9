//! A PostgreSQL of one's own: for tests and benches.
//!
//! It is made in a temporary directory, listens at a Unix socket there and, where TLS is asked for, at a free port of the loopback. A
//! shell stands beside it that waits for the end of this process, however it comes, and then stops and removes it.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// See the module.
pub struct Cluster {
    dir: PathBuf,
    port: u16,
    keeper: Child,
    /// What it says.
    says: BufReader<ChildStdout>,
}

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    /// As in earnest.
    Safe,
    /// For tests, which do not pull the plug.
    Unsafe,
}

const UNSAFE: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// Does what it reads, until nothing holds its standard input any more. Then it stops the server, "fast".
const KEEPER: &str = r#"
start() {
    "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 $3 >>"$2/log" 2>&1 </dev/null &
    server=$!
    until "$1/pg_isready" -q -h "$2" || ! kill -0 $server 2>/dev/null; do sleep 0.05; done
    echo ready
}
start "$@"
while read -r word; do
    case $word in
    start) start "$@" ;;
    STOP | CONT) kill -s "$word" $server $(cat "/proc/$server/task/$server/children"); echo ready ;;
    *) kill -s "$word" $server && wait $server; echo ready ;;
    esac
done
kill -CONT $server $(cat "/proc/$server/task/$server/children") 2>/dev/null
kill -INT $server 2>/dev/null
wait $server
rm -rf "$2"
"#;

impl Cluster {
    /// Makes one and waits until it answers.
    ///
    /// # Panics
    /// If that fails; `apt-get install postgresql` may be missing.
    pub fn start(disk: Disk) -> Self {
        let settings = match disk {
            Disk::Safe => "",
            Disk::Unsafe => UNSAFE,
        };
        Self::make(5432, settings, &[])
    }

    /// The same, reached over the loopback by TLS alone, with a certificate and its key in PEM. The user `imsdk` needs none, `guest` and
    /// `certified` need one in their name from the authority of `clients`: one is asked for it, the other is known by it.
    ///
    /// # Panics
    /// If that fails.
    pub fn start_tls(certificate: &str, key: &str, clients: &str) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let settings =
            format!("{UNSAFE} -c listen_addresses=127.0.0.1 -c ssl=on -c ssl_ca_file=clients.crt");
        let rights = "local all all trust\nhostssl all imsdk 127.0.0.1/32 trust\n\
            hostssl all guest 127.0.0.1/32 trust clientcert=verify-full\nhostssl all certified 127.0.0.1/32 cert\n";
        let files = [
            ("server.crt", certificate),
            ("server.key", key),
            ("clients.crt", clients),
            ("pg_hba.conf", rights),
        ];
        Self::make(port, &settings, &files)
    }

    /// With some files in its directory of data.
    fn make(port: u16, settings: &str, files: &[(&str, &str)]) -> Self {
        let bin = binaries();
        let dir =
            tempfile::Builder::new().prefix("imsdk-pg-").tempdir().expect("a directory").keep();
        let user = unprivileged();
        if let Some((uid, gid)) = user {
            chown(&dir, Some(uid), Some(gid)).expect("the directory's owner");
        }
        std::fs::set_permissions(&dir, PermissionsExt::from_mode(0o755)).expect("its rights");
        let command = |program: &Path| {
            let mut command = Command::new(program);
            // PostgreSQL does not run as root.
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command.current_dir(&dir).env("LC_ALL", "C");
            command
        };
        let made = command(&bin.join("initdb"))
            .args(["-D", "data", "-U", "imsdk", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"])
            .output()
            .expect("initdb");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        for (name, content) in files {
            let file = dir.join("data").join(name);
            std::fs::write(&file, content).expect("a file");
            std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).expect("its rights");
            if let Some((uid, gid)) = user {
                chown(&file, Some(uid), Some(gid)).expect("its owner");
            }
        }
        let mut keeper = command(Path::new("/bin/sh"))
            .args(["-c", KEEPER, "keeper"])
            .arg(&bin)
            .arg(&dir)
            .arg(settings)
            .env("PGPORT", port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect("a shell");
        let says = BufReader::new(keeper.stdout.take().expect("its output"));
        let mut cluster = Self { dir, port, keeper, says };
        cluster.wait();
        cluster
    }

    /// Ends the server, as its operator does: what is being done is given up, and all connections end.
    ///
    /// # Panics
    /// If the shell beside it has died.
    pub fn stop(&mut self) {
        self.tell("INT");
    }

    /// Ends the server without order: at its next start it goes on from its log.
    ///
    /// # Panics
    /// If the shell beside it has died.
    pub fn crash(&mut self) {
        self.tell("QUIT");
    }

    /// Starts it again and waits until it answers.
    ///
    /// # Panics
    /// If the shell beside it has died.
    pub fn start_again(&mut self) {
        self.tell("start");
    }

    /// Lets it stand still: connections that there are get no answer, and new ones are taken and get none either.
    ///
    /// # Panics
    /// If the shell beside it has died.
    pub fn freeze(&mut self) {
        self.tell("STOP");
    }

    /// Lets it go on.
    ///
    /// # Panics
    /// If the shell beside it has died.
    pub fn thaw(&mut self) {
        self.tell("CONT");
    }

    fn tell(&mut self, word: &str) {
        let input = self.keeper.stdin.as_mut().expect("its input");
        writeln!(input, "{word}").expect("a shell beside PostgreSQL");
        self.wait();
    }

    fn wait(&mut self) {
        let mut line = String::new();
        let said = self.says.read_line(&mut line);
        assert!(said.is_ok() && line == "ready\n", "the shell beside PostgreSQL has died");
    }

    /// Where it is, as a connection string.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    fn url_of(&self, database: &str) -> String {
        let (dir, port) = (self.dir.display(), self.port);
        format!("host={dir} port={port} user=imsdk dbname={database}")
    }

    /// The same over the loopback, to a host by this name.
    pub fn url_over(&self, host: &str) -> String {
        format!("host={host} port={} user=imsdk dbname=postgres", self.port)
    }

    /// Makes a database beside the first one, and says where it is.
    ///
    /// # Panics
    /// If that fails.
    pub fn create_database(&self, name: &str) -> String {
        self.tool("createdb", &["--maintenance-db", "postgres", name]);
        self.url_of(name)
    }

    /// Removes a database, and ends all connections to it.
    ///
    /// # Panics
    /// If that fails.
    pub fn drop_database(&self, name: &str) {
        self.tool("dropdb", &["--maintenance-db", "postgres", "--force", name]);
    }

    /// Says something to a database as its operator, and returns the rows of the answer.
    ///
    /// # Panics
    /// If that fails.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        self.tool("psql", &["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql])
    }

    /// Says something to a database in a session that stays, with all that it holds, until what is returned is dropped.
    ///
    /// # Panics
    /// If that fails.
    pub fn begin(&self, database: &str, sql: &str) -> Operator {
        let mut psql = self.program("psql", &["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database]);
        let psql = psql.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut operator = Operator(psql.expect("a program of PostgreSQL"));
        let input = operator.0.stdin.as_mut().expect("its input");
        writeln!(input, "{sql};\n\\echo done").expect("psql");
        let said = BufReader::new(operator.0.stdout.take().expect("its output"));
        let done = said.lines().map_while(Result::ok).any(|line| line == "done");
        assert!(done, "{sql}");
        operator
    }

    fn program(&self, name: &str, args: &[&str]) -> Command {
        let mut program = Command::new(binaries().join(name));
        program.arg("-h").arg(&self.dir).args(["-p", &self.port.to_string(), "-U", "imsdk"]);
        program.args(args);
        program
    }

    fn tool(&self, name: &str, args: &[&str]) -> String {
        let done = self.program(name, args).output().expect("a program of PostgreSQL");
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).trim_end().to_owned()
    }

    /// What it has written to its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.dir.join("log")).unwrap_or_default()
    }
}

/// A session with a database, see [`Cluster::begin`].
pub struct Operator(Child);

impl Drop for Operator {
    fn drop(&mut self) {
        // At the end of its input it leaves.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The newest version that Debian has put here, or what is in the path.
fn binaries() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    let of_path = std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).find(|dir| dir.join("initdb").exists()));
    newest.or(of_path).expect("PostgreSQL's initdb: is the package postgresql installed?")
}

/// For root: as whom PostgreSQL runs, as user and group.
fn unprivileged() -> Option<(u32, u32)> {
    let own =
        std::fs::metadata("/proc/self").map(|meta| std::os::unix::fs::MetadataExt::uid(&meta));
    if !matches!(own, Ok(0)) {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").expect("/etc/passwd");
    let number = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2).map(str::parse);
        Some((fields.next()?.ok()?, fields.next()?.ok()?))
    };
    Some(number("postgres").or_else(|| number("nobody")).expect("a user beside root"))
}
