//! Which keys and values of labels and annotations Kubernetes accepts (`IsQualifiedName`, `IsValidLabelValue`).

use std::fmt;

use crate::fields::names::{self, NameError};

/// The most bytes that the annotations of an object may have together.
pub(crate) const MOST_ANNOTATIONS: usize = 256 * 1024;

/// The most characters of a name or of the value of a label.
const MOST: usize = 63;

/// What is wrong with a key or a value. Prints as the end of a sentence that begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LabelError {
    Empty,
    TooLong(usize),
    Character(char),
    Edge,
    /// More than one `/`.
    Slashes,
    /// Before the `/`.
    Prefix(NameError),
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("has no name"),
            Self::TooLong(count) => {
                write!(f, "has {count} characters; at most {MOST} are allowed")
            }
            Self::Character(c) => write!(
                f,
                "has the character {c:?}; only letters, digits, `-`, `_` and `.` are allowed"
            ),
            Self::Edge => f.write_str("must begin and end with a letter or digit"),
            Self::Slashes => f.write_str("has more than one `/`"),
            Self::Prefix(error) => write!(f, "has a prefix that {error}"),
        }
    }
}

/// The key of a label or an annotation: a name, perhaps with the prefix of whoever it belongs to.
pub(crate) fn key(key: &str) -> Result<(), LabelError> {
    match key.split('/').collect::<Vec<_>>()[..] {
        [name] => self::name(name),
        [prefix, name] => {
            names::object_name(prefix).map_err(LabelError::Prefix)?;
            self::name(name)
        }
        _ => Err(LabelError::Slashes),
    }
}

/// The value of a label.
pub(crate) fn value(value: &str) -> Result<(), LabelError> {
    if value.is_empty() {
        return Ok(());
    }
    name(value)
}

fn name(name: &str) -> Result<(), LabelError> {
    let is_edge = |c: char| c.is_ascii_alphanumeric();
    match name.chars().count() {
        0 => return Err(LabelError::Empty),
        count if count > MOST => return Err(LabelError::TooLong(count)),
        _ => {}
    }
    if let Some(odd) = name.chars().find(|&c| !is_edge(c) && !"-_.".contains(c)) {
        return Err(LabelError::Character(odd));
    }
    if name.starts_with(is_edge) && name.ends_with(is_edge) {
        Ok(())
    } else {
        Err(LabelError::Edge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_kubernetes_accepts() {
        for good in ["a", "A_b.c-1", "example.com/team", &"a".repeat(63)] {
            assert_eq!(key(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "a b",
            "x/y/z",
            "-a",
            "/a",
            "a/",
            "A.com/a",
            &"a".repeat(64),
        ] {
            assert!(key(bad).is_err(), "{bad}");
        }
        for (text, is_good) in [("", true), ("b c", false), ("b\nc", false), ("v1.2", true)] {
            assert_eq!(value(text).is_ok(), is_good, "{text}");
        }
    }
}
