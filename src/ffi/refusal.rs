//! A call that is refused: its return code, and a line in the log, because a number does not say what was wrong.

use std::borrow::Cow;
use std::ffi::c_int;
use std::time::{Duration, Instant};

use imsdk_types::ReturnCode;
use imsdk_types::json::JsonError;
use parking_lot::Mutex;

/// Why a call is refused: its return code, with what is wrong. The words never hold what the program gave, which may be what
/// people write to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `TIM_ERR_JSON`: the text is not the JSON that is asked for.
    Json(Cow<'static, str>),
    /// `TIM_ERR_PARAM`: something required is missing, or an enum is out of range.
    Param(Cow<'static, str>),
}

impl Refusal {
    /// For a text that cannot be read as `what`: the place, and what kind of fault is there.
    pub fn unreadable(what: &str, error: &JsonError) -> Self {
        let (line, column) = (error.line(), error.column());
        if line == 0 {
            // Of our own: the parser tells a place.
            return Self::Json(format!("{what}: {error}").into());
        }
        let fault = if error.is_data() {
            "a value of the wrong type"
        } else if error.is_eof() {
            "JSON that ends too early"
        } else {
            "not JSON"
        };
        Self::Json(format!("{what}: {fault}, line {line}, column {column}").into())
    }

    /// The same with another return code.
    pub fn into_json(self) -> Self {
        let (Self::Json(why) | Self::Param(why)) = self;
        Self::Json(why)
    }

    /// The same with another return code.
    pub fn into_param(self) -> Self {
        let (Self::Json(why) | Self::Param(why)) = self;
        Self::Param(why)
    }

    /// What is wrong.
    pub fn why(&self) -> &str {
        let (Self::Json(why) | Self::Param(why)) = self;
        why
    }

    /// The return code.
    pub fn code(&self) -> ReturnCode {
        match self {
            Self::Json(_) => ReturnCode::Json,
            Self::Param(_) => ReturnCode::Param,
        }
    }

    /// Writes it to the log. `place` is the name of an item inside of the C function.
    pub fn tell(&self, place: &str) {
        let func = place.split("::").find(|part| part.starts_with("TIM")).unwrap_or(place);
        let code = self.code() as c_int;
        if may_tell() {
            tracing::warn!(func, code, "the call is refused: {}", self.why());
        }
    }
}

/// Whether a line about a call may be in the log now.
pub(super) fn may_tell() -> bool {
    let Some(left_out) = TOLD.lock().may_tell(Instant::now()) else { return false };
    if left_out > 0 {
        tracing::warn!(left_out, "calls were refused, or changed nothing, that are not in the log");
    }
    true
}

/// So many lines in so much time. A program that calls in a loop must not fill the log.
const LINES: u32 = 20;
const PERIOD: Duration = Duration::from_secs(10);

static TOLD: Mutex<Told> = Mutex::new(Told { began: None, lines: 0, left_out: 0 });

/// What was told in the period.
struct Told {
    began: Option<Instant>,
    lines: u32,
    left_out: u64,
}

impl Told {
    /// Whether one more may be told now, and how many were not before it.
    fn may_tell(&mut self, now: Instant) -> Option<u64> {
        if self.began.is_none_or(|began| now.duration_since(began) >= PERIOD) {
            (self.began, self.lines) = (Some(now), 0);
        }
        if self.lines == LINES {
            self.left_out += 1;
            return None;
        }
        self.lines += 1;
        Some(std::mem::take(&mut self.left_out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_does_not_fill_the_log() {
        let mut told = Told { began: None, lines: 0, left_out: 0 };
        let start = Instant::now();
        let lines = (0..100).filter(|_| told.may_tell(start).is_some()).count();
        assert_eq!(lines, LINES as usize);
        assert_eq!(told.may_tell(start + PERIOD), Some(100 - u64::from(LINES)));
        assert_eq!(told.may_tell(start + PERIOD), Some(0));
    }

    #[test]
    fn refusals_are_the_public_numbers() {
        let (json, param) = (Refusal::Json("".into()), Refusal::Param("".into()));
        assert_eq!((json.code() as c_int, param.code() as c_int), (-3, -4));
    }
}
