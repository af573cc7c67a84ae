//! [`Dialect`]: which of Go's YAML libraries is followed, and what can go wrong in either.

use std::fmt;

/// Which of Go's YAML libraries is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `sigs.k8s.io/yaml` over go-yaml version 2.
    Kubernetes,
    /// go-yaml version 3 with `SetIndent(2)`.
    Pretty,
}

/// How deep a value may be nested. Go's YAML reader, which `toYaml` passes through, has this limit; go-yaml version 3 has
/// none, but a text that grows with the square of the depth needs one.
pub(super) const MAX_DEPTH: usize = 10_000;

/// Why a value could not be written. `Display` gives Go's text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// Go's text.
    Message(Box<str>),
    /// The text would be longer than it may.
    TooLong,
}

impl WriteError {
    pub(super) fn new(text: impl Into<Box<str>>) -> Self {
        Self::Message(text.into())
    }

    /// An error of the step that turns the value into JSON.
    pub(super) fn json(text: impl fmt::Display) -> Self {
        Self::Message(format!("error marshaling into JSON: {text}").into())
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(text) => f.write_str(text),
            Self::TooLong => f.write_str("yaml: the text is too long"),
        }
    }
}

impl std::error::Error for WriteError {}
