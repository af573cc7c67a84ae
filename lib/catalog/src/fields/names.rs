//! Which names Kubernetes and Helm accept.

use std::fmt;

/// What is wrong with a name. Prints as the end of a sentence that begins with the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameError {
    Empty,
    TooLong {
        count: usize,
        most: usize,
    },
    /// In the name of a namespace.
    Dot,
    Character(char),
    /// At the beginning or the end of a label.
    Edge,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::TooLong { count, most } => {
                write!(f, "has {count} characters; at most {most} are allowed")
            }
            Self::Dot => f.write_str("has a dot, which the name of a namespace must not have"),
            Self::Character(c) => {
                let also = if c.is_ascii_uppercase() {
                    " (not upper case)"
                } else {
                    ""
                };
                write!(
                    f,
                    "has the character {c:?}; only lower-case letters, digits and `-` are allowed{also}"
                )
            }
            Self::Edge => f.write_str("must begin and end with a letter or digit"),
        }
    }
}

/// The name of a Kubernetes object: a DNS subdomain (RFC 1123) of at most 253 characters.
pub(crate) fn object_name(name: &str) -> Result<(), NameError> {
    subdomain(name, 253)
}

/// The name of a namespace: a DNS label (RFC 1123) of at most 63 characters.
pub(crate) fn namespace(name: &str) -> Result<(), NameError> {
    length(name, 63)?;
    if name.contains('.') {
        return Err(NameError::Dot);
    }
    label(name)
}

/// The name of a Helm release: a DNS subdomain of at most 53 characters.
pub(crate) fn release(name: &str) -> Result<(), NameError> {
    subdomain(name, 53)
}

fn subdomain(name: &str, most: usize) -> Result<(), NameError> {
    length(name, most)?;
    name.split('.').try_for_each(label)
}

fn length(name: &str, most: usize) -> Result<(), NameError> {
    match name.chars().count() {
        0 => Err(NameError::Empty),
        count if count > most => Err(NameError::TooLong { count, most }),
        _ => Ok(()),
    }
}

fn label(label: &str) -> Result<(), NameError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if let Some(refused) = label.chars().find(|&c| !allowed(c)) {
        return Err(NameError::Character(refused));
    }
    if label.is_empty() || label.starts_with('-') || label.ends_with('-') {
        return Err(NameError::Edge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(object_name("web.v1"), Ok(()));
        assert_eq!(release(&"a".repeat(53)), Ok(()));
        assert!(
            release(&"a".repeat(54))
                == Err(NameError::TooLong {
                    count: 54,
                    most: 53
                })
        );
        assert!(namespace("a.b").is_err());
        assert!(namespace("Web") == Err(NameError::Character('W')));
        for bad in ["", "-a", "a-", "a..b", "a_b"] {
            assert!(object_name(bad).is_err(), "{bad}");
        }
    }
}
