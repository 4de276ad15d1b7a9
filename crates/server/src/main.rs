//! See `im-server --help`.

mod cli;

use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Who has closed it does not want to know.
            let _ = writeln!(io::stderr(), "im-server: {} ({})", error.desc, error.code);
            ExitCode::FAILURE
        }
    }
}
