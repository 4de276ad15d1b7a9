//! The fuzz targets on their corpora and on changed copies, for a bounded time. `IMSDK_FUZZ_SECONDS` (2 for each target if not set) says
//! how long; `IMSDK_FUZZ_SEED` repeats a run. More in `fuzz/README.md`.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::hash::{BuildHasher, RandomState};
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

/// What parsers stumble over.
const WORDS: [&str; 22] = [
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "18446744073709551615",
    "-9223372036854775808",
    "\"\"",
    "[]",
    "{}",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\\ud800",
    "\\u0000",
    "\u{feff}",
    "\n",
    " ",
    "\"",
];

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    /// One of the inputs, changed in a few places.
    fn changed(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut data = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(4) {
            let at = self.below(data.len() + 1);
            let end = (at + 1 + self.below(16)).min(data.len());
            match self.below(7) {
                0 if at < data.len() => data[at] ^= 1 << self.below(8),
                1 => data.truncate(at),
                2 => drop(data.drain(at..end)),
                3 => {
                    let word = WORDS[self.below(WORDS.len())].bytes();
                    drop(data.splice(at..at, word));
                }
                4 => {
                    // A whole value becomes another.
                    let stop = |byte: &u8| b",]}\n".contains(byte);
                    let to = data[at..].iter().position(stop).map_or(data.len(), |to| at + to);
                    let word = WORDS[self.below(WORDS.len())].bytes();
                    drop(data.splice(at..to, word));
                }
                5 => {
                    let piece = data[at..end].repeat(1 + self.below(64));
                    drop(data.splice(at..end, piece));
                }
                _ => {
                    let other = &corpus[self.below(corpus.len())];
                    let from = self.below(other.len() + 1);
                    data.truncate(at);
                    data.extend_from_slice(&other[from..]);
                }
            }
        }
        data
    }
}

#[test]
fn no_input_breaks_a_reader() {
    let seconds = env::var("IMSDK_FUZZ_SECONDS").unwrap_or_else(|_| "2".into());
    let seconds = Duration::from_secs_f64(seconds.parse().expect("seconds"));
    let seed = env::var("IMSDK_FUZZ_SEED").ok();
    let seed = seed.map_or_else(|| RandomState::new().hash_one(0), |seed| seed.parse().unwrap());
    println!("IMSDK_FUZZ_SEED={seed}");
    for (name, target) in targets::TARGETS {
        let mut random = Random(seed | 1);
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut files: Vec<_> =
            fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let corpus: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        assert!(!corpus.is_empty(), "{name} has no corpus");
        let run = |data: &[u8]| {
            let text = data.escape_ascii();
            assert!(catch_unwind(|| target(data)).is_ok(), "{name} breaks on b\"{text}\"");
        };
        corpus.iter().for_each(|data| run(data));
        let (mut count, end) = (0_u64, Instant::now() + seconds);
        while Instant::now() < end {
            run(&random.changed(&corpus));
            count += 1;
        }
        println!("{name}: {count} inputs");
    }
}
