//! [`Error`]: why values were not found good.

use std::fmt;

/// Why values do not satisfy a schema, in the words of the library that checks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    text: String,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text of the schema is no JSON.
    NotJson,
    /// The JSON is no schema, or refers to one that cannot be reached.
    NotSchema,
    /// The values do not satisfy the schema: the text has a line for each problem.
    Invalid,
    /// Finding out takes more than this program does for a schema; Go's would go on until its stack is full.
    TooMuch,
}

impl Error {
    pub(super) fn not_json(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotJson, text)
    }

    pub(super) fn not_schema(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotSchema, text)
    }

    pub(super) fn invalid(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, text)
    }

    /// The words before the colon are those of Helm for what it cannot do.
    pub(super) fn too_much() -> Self {
        let text = "unable to validate schema: more work than this program does for a schema";
        Self::new(ErrorKind::TooMuch, text)
    }

    fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { kind, text }
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Error {}
