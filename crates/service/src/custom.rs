//! Custom fields: what profiles and the entries of friend lists have in common.

use imsdk_types::{Code, Error, limits};

/// In front of the names of custom fields of profiles.
pub(crate) const PROFILE: &str = "Tag_Profile_Custom_";

/// In front of the names of custom fields of friends.
pub(crate) const FRIEND: &str = "Tag_SNS_Custom_";

/// In front of the sources of friend requests.
pub(crate) const SOURCE: &str = "AddSource_Type_";

/// The full form of a name that may lack its prefix. After the prefix it has 1 to `letters` letters.
pub(crate) fn full_name(prefix: &str, name: &str, letters: usize) -> Option<String> {
    let short = name.strip_prefix(prefix).unwrap_or(name);
    let fits =
        (1..=letters).contains(&short.len()) && short.bytes().all(|b| b.is_ascii_alphabetic());
    fits.then(|| format!("{prefix}{short}"))
}

/// Checks a custom field and gives its full name.
///
/// # Errors
/// 9001 for the name, 40601 for a value that is too long.
pub(crate) fn check(prefix: &str, name: &str, value: &str) -> Result<String, Error> {
    let full = full_name(prefix, name, limits::CUSTOM_KEY).ok_or_else(|| {
        let letters = limits::CUSTOM_KEY;
        let text =
            format!("custom field {name:.80}: its name is {prefix} and 1 to {letters} letters");
        Error::new(Code::SdkFriendshipInvalidProfileKey, text)
    })?;
    check_length(&full, value)?;
    Ok(full)
}

/// 40601 for a value that is too long.
pub(crate) fn check_length(name: &str, value: &str) -> Result<(), Error> {
    if value.len() > limits::PROFILE_VALUE {
        let text = format!("{name}: longer than {} bytes", limits::PROFILE_VALUE);
        return Err(Error::new(Code::SvrProfileSizeLimit, text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_their_prefix_once() {
        for (name, full) in [
            ("Str", Some("Tag_Profile_Custom_Str")),
            ("Tag_Profile_Custom_Str", Some("Tag_Profile_Custom_Str")),
            ("ABCDefgh", Some("Tag_Profile_Custom_ABCDefgh")),
            ("ABCDefghi", None),
            ("Tag_Profile_Custom_", None),
            ("", None),
            ("a b", None),
            ("ä", None),
            ("Tag_SNS_Custom_Str", None),
        ] {
            assert_eq!(full_name(PROFILE, name, 8).as_deref(), full, "{name}");
        }
    }

    #[test]
    fn a_field_is_refused_by_its_name_and_by_its_value() {
        assert_eq!(check(FRIEND, "Str", &"x".repeat(500)).unwrap(), "Tag_SNS_Custom_Str");
        assert_eq!(check(FRIEND, "Str", &"x".repeat(501)).unwrap_err().code, 40601);
        assert_eq!(check(FRIEND, "Str1", "x").unwrap_err().code, 9001);
    }
}
