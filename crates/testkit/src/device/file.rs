//! What a program does with files.

use std::path::Path;
use std::sync::Arc;

use imsdk_types::{DownloadElemParam, Error, MsgDownloadElemResult};
use parking_lot::Mutex;

use super::{Device, Pending, reply};

/// A download on its way: its progress so far, and its answer.
pub struct Download {
    /// What was told before the end.
    pub progress: Arc<Mutex<Vec<MsgDownloadElemResult>>>,
    /// The end.
    pub answer: Pending<Result<MsgDownloadElemResult, Error>>,
}

impl Device {
    /// Begins to load a content into a file.
    pub fn start_download(&self, param: DownloadElemParam, path: &Path) -> Download {
        let (reply, answer) = reply();
        let progress = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&progress);
        let told = Box::new(move |report| seen.lock().push(report));
        let path = path.to_str().expect("a path of UTF-8").to_owned();
        self.client.download(param, path, told, reply);
        Download { progress, answer }
    }

    /// Loads the content at an address into a file.
    pub fn download(&self, url: &str, path: &Path) -> Result<MsgDownloadElemResult, Error> {
        let param = DownloadElemParam { url: url.to_owned(), ..DownloadElemParam::default() };
        self.start_download(param, path).answer.wait()
    }
}
