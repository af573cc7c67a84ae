//! [`Error`]: why a text is no version, or no constraint.

use std::fmt;

use homescale_go::strconv::{NumError, quote};

use super::Options;

/// A text that is no version, or no constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    options: Options,
}

/// What is wrong with a version or a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text of a version has another form.
    InvalidVersion,
    /// A number of a version is too large.
    Segment(NumError<u64>),
    /// A number in a prerelease starts with 0.
    LeadingZero,
    /// The text of a version is longer than so many bytes.
    VersionTooLong(usize),
    /// This part of the text of constraints has another form.
    ImproperConstraint(String),
    /// What a constraint compares with is no version.
    ConstraintVersion,
    /// The text of constraints is longer than so many bytes.
    ConstraintTooLong(usize),
    /// There are more than so many alternatives.
    TooManyGroups(usize),
}

impl Error {
    pub(super) fn new(kind: ErrorKind, options: Options) -> Self {
        Self { kind, options }
    }

    /// What is wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

/// In the words of the release of the library.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cased = |lower, capital| {
            if self.options.errors_in_lower_case {
                lower
            } else {
                capital
            }
        };
        match &self.kind {
            ErrorKind::InvalidVersion => f.write_str(cased(
                "invalid semantic version",
                "Invalid Semantic Version",
            )),
            ErrorKind::Segment(error) => {
                let what = cased(
                    "error parsing version segment",
                    "Error parsing version segment",
                );
                write!(f, "{what}: {error}")
            }
            ErrorKind::LeadingZero => f.write_str(cased(
                "version segment starts with 0",
                "Version segment starts with 0",
            )),
            ErrorKind::VersionTooLong(max) => {
                write!(f, "version string is too long (max {max} bytes)")
            }
            ErrorKind::ImproperConstraint(text) if self.options.has_bounds => {
                write!(f, "improper constraint: {}", quote(text))
            }
            ErrorKind::ImproperConstraint(text) => write!(f, "improper constraint: {text}"),
            ErrorKind::ConstraintVersion => {
                f.write_str(cased("constraint parser error", "constraint Parser Error"))
            }
            ErrorKind::ConstraintTooLong(max) => {
                write!(f, "constraint string is too long (max {max} bytes)")
            }
            ErrorKind::TooManyGroups(max) => {
                write!(f, "too many constraint groups (max {max})")
            }
        }
    }
}

impl std::error::Error for Error {}
