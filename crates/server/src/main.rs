//! See `im-server --help`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("im-server: {} ({})", error.desc, error.code);
            ExitCode::FAILURE
        }
    }
}
