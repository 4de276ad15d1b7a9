//! See `im-server --help`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use imsdk_server::{Config, Server};

/// The chat service of imsdk over the network.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Directory of all that the server keeps
    #[arg(long)]
    data: PathBuf,
    /// Where to listen; port 0 for any that is free
    #[arg(long, default_value = "127.0.0.1:7700")]
    listen: SocketAddr,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let config = Config { listen: options.listen, ..Config::local(options.data) };
    let server = match Server::start(config) {
        Ok(server) => server,
        Err(error) => {
            eprintln!("im-server: {}", error.desc);
            return ExitCode::FAILURE;
        }
    };
    println!("listening on ws://{}", server.addr());
    for (app, settings) in server.apps() {
        let key = settings.keys.first().map_or("(any signature)", String::as_str);
        println!("application {app}, key {key}");
    }
    server.wait();
    ExitCode::SUCCESS
}
