//! What every function returns for good, missing and malformed arguments: the table that was
//! measured on the original.
#![cfg(target_os = "linux")]

mod c;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use c::{Standard, facts, run};

const RETURNS: &str = include_str!("facts/returns.tsv");

/// Makes all calls before TIMInit and without callbacks: return codes depend on neither.
#[test]
fn arguments_alone_decide_the_return_code() {
    let mut calls = String::new();
    for row in facts(RETURNS) {
        let [function, code, case, arguments] = row[..] else { panic!("{row:?}") };
        let call = format!("{function}({arguments})");
        writeln!(calls, "    wrong += differs({call}, {code}, \"{function}: {case}\");").unwrap();
    }
    let source = format!(
        r#"#include "TIMCloud.h"
#include <cstdio>

static int differs(int returned, int measured, const char* call) {{
    if (returned == measured) return 0;
    std::printf("%s: %d instead of %d\n", call, returned, measured);
    return 1;
}}

int main() {{
    int wrong = 0;
{calls}    return wrong != 0;
}}
"#
    );
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (file, program) = (directory.join("returns.cpp"), directory.join("returns"));
    c::write(&file, source);
    c::build(Standard("c++11").compiler().arg(&file).args(c::link()), &program);
    run(&mut Command::new(&program));
}
