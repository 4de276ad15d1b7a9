//! Makes a signature for TIMLogin, as the server of an application does it:
//!
//!     IMSDK_SECRET_KEY=… cargo run -q -p imsdk-service --example usersig -- 1400000000 alice [SECONDS]

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use imsdk_service::usersig::sign;

/// Half a year.
const SECONDS: u64 = 180 * 86_400;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let app_id = arguments.next().and_then(|text| text.parse().ok());
    let user = arguments.next();
    let seconds = arguments.next().map_or(Some(SECONDS), |text| text.parse().ok());
    let key = std::env::var("IMSDK_SECRET_KEY").ok().filter(|key| !key.is_empty());
    let (Some(app_id), Some(user), Some(seconds), Some(key), None) =
        (app_id, user, seconds, key, arguments.next())
    else {
        eprintln!(
            "usage: IMSDK_SECRET_KEY=key usersig SDK_APP_ID USER [SECONDS, by default {SECONDS}]"
        );
        return ExitCode::from(2);
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    println!("{}", sign(&key, app_id, &user, now, seconds, None));
    ExitCode::SUCCESS
}
