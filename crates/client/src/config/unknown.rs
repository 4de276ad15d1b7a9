//! Variables that look like settings and are none: a typo would otherwise be a setting that silently does not count.

use std::cell::RefCell;

use super::{FILE_VARIABLE, Found, PREFIX};

/// What programs beside this library read.
const OTHERS: [&str; 1] = ["IMSDK_USERSIG"];

/// How alike a known name must be to be proposed, from 0 to 1 for the same.
const ALIKE: f64 = 0.5;

/// A warning for each of the environment's names that begins like a setting and is none, with the known name that is most like it.
pub fn unknown_variables(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut suspects = names.filter(|name| name.starts_with(PREFIX)).peekable();
    if suspects.peek().is_none() {
        return Vec::new();
    }
    // Known is what is asked for.
    let known = RefCell::new(vec![FILE_VARIABLE.to_owned()]);
    let _ = Found::from_env(&|name| {
        known.borrow_mut().push(name.to_owned());
        None
    });
    let known = known.into_inner();
    suspects
        .filter(|name| !known.contains(name) && !OTHERS.contains(&name.as_str()))
        .map(|name| {
            let likeness = |known: &String| {
                strsim::normalized_damerau_levenshtein(
                    &known[PREFIX.len()..],
                    &name[PREFIX.len()..].to_ascii_uppercase(),
                )
            };
            let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            match nearest.filter(|known| likeness(known) > ALIKE) {
                Some(known) => format!("{name} is no setting; did you mean {known}?"),
                None => format!("{name} is no setting"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_is_told_with_the_name_that_was_meant() {
        let told = |name: &str| unknown_variables([name.to_owned()].into_iter()).pop();
        for (typo, meant) in [
            ("IMSDK_DATADIR", "IMSDK_DATA_DIR"),
            ("IMSDK_GENERATION", "IMSDK_API_GENERATION"),
            ("IMSDK_server", "IMSDK_SERVER"),
            ("IMSDK_SECRET", "IMSDK_SECRET_KEY"),
        ] {
            assert_eq!(told(typo), Some(format!("{typo} is no setting; did you mean {meant}?")));
        }
        assert_eq!(told("IMSDK_XYZZY").unwrap(), "IMSDK_XYZZY is no setting");
        for fine in ["IMSDK_DATA_DIR", "IMSDK_CONFIG", "IMSDK_USERSIG", "IM_SERVER_DATA", "HOME"] {
            assert_eq!(told(fine), None, "{fine}");
        }
    }
}
