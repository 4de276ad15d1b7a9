//! See `im-bench --help`.

use std::process::ExitCode;

use clap::Parser;
use imsdk_bench::{Options, Report, run};
use imsdk_types::Error;
use tokio::runtime;

fn main() -> ExitCode {
    match measure(&Options::parse()) {
        Ok(report) => {
            println!("{report}");
            ExitCode::from(if report.is_sound() { 0 } else { 1 })
        }
        Err(error) => {
            eprintln!("im-bench: {} ({})", error.desc, error.code);
            ExitCode::from(2)
        }
    }
}

fn measure(options: &Options) -> Result<Report, Error> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Error::new(imsdk_types::Code::SdkInternalError, format!("the runtime: {error}"))
    })?;
    let report = runtime.block_on(run(options))?;
    options.write(&report)?;
    Ok(report)
}
