//! An S3 server: moto, which `scripts/need.sh checks` installs.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::beside::{Beside, ask, free_ports, until};

/// An S3 server of one's own, with the bucket `bucket`. It forgets everything when it ends.
pub struct S3 {
    port: u16,
    process: Option<Beside>,
}

impl S3 {
    /// Starts one and waits until it answers.
    ///
    /// # Panics
    /// If moto is not there.
    pub fn start() -> Self {
        let [port] = free_ports();
        let mut s3 = Self { port, process: None };
        s3.start_anew();
        s3.make_bucket();
        s3
    }

    /// Ends it.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Once more where it was, with nothing in it, not even the bucket.
    ///
    /// # Panics
    /// If moto is not there.
    pub fn start_anew(&mut self) {
        self.stop();
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../build/moto/bin/moto_server");
        let ours = ours.to_string_lossy();
        let program = if Path::new(&*ours).exists() { &ours } else { "moto_server" };
        let args = ["-H", "127.0.0.1", "-p", &self.port.to_string()];
        self.process = Some(Beside::start(program, &args, ""));
        until("S3 server: `scripts/need.sh checks` installs moto_server", || {
            !self.ask("GET", "/moto-api/data.json", &[]).is_empty()
        });
    }

    /// Makes the bucket.
    ///
    /// # Panics
    /// If it is not there then.
    pub fn make_bucket(&self) {
        self.ask("PUT", "/bucket", &[]);
        assert!(self.list().contains("<Name>bucket</Name>"), "no bucket: {}", self.list());
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// The URL, for a server's setting `files`, of a bucket, or of a place in one.
    pub fn url(&self, place: &str) -> String {
        let addr = self.addr();
        let keys = "access_key_id=test&secret_access_key=a%2Fsecret%26";
        format!("s3://{place}?endpoint=http://{addr}&allow_http=true&region=us-east-1&{keys}")
    }

    /// What is in the bucket, as S3 lists it.
    pub fn list(&self) -> String {
        self.ask("GET", "/bucket?list-type=2", &[])
    }

    /// Signed as far as moto looks.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> String {
        ask(self.port, &format!("{method} {path} HTTP/1.0\r\nAuthorization: AWS test:"), body)
    }
}

/// A world's own place in the bucket of this process.
pub(crate) struct Place(usize);

impl Place {
    /// One that nobody has had.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        server().url(&format!("bucket/{}", self.prefix()))
    }

    /// Puts something else in the place of an object, or nothing.
    pub(crate) fn replace(&self, key: &str, content: Option<&[u8]>) {
        let path = format!("/bucket/{}/{key}", self.prefix());
        let method = if content.is_some() { "PUT" } else { "DELETE" };
        server().ask(method, &path, content.unwrap_or_default());
    }

    fn prefix(&self) -> String {
        format!("world{}", self.0)
    }
}

fn server() -> &'static S3 {
    static SERVER: OnceLock<S3> = OnceLock::new();
    SERVER.get_or_init(S3::start)
}
