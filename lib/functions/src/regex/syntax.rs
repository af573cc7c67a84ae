//! The errors of Go's `regexp/syntax`.

use std::fmt;

use homescale_go::strconv;

/// Why a pattern does not compile: Go's words, and the part of the pattern that they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub(super) code: &'static str,
    /// Where.
    pub(super) part: Vec<u8>,
}

impl SyntaxError {
    pub(super) fn new(code: &'static str, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref().to_vec();
        Self { code, part }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = String::from_utf8_lossy(&self.part);
        write!(f, "error parsing regexp: {}: `{part}`", self.code)
    }
}

/// The pattern as `regexp.MustCompile` quotes it: in back quotes if that is possible.
pub(super) fn quoted(pattern: &[u8]) -> String {
    if strconv::can_backquote(pattern) {
        format!("`{}`", String::from_utf8_lossy(pattern))
    } else {
        strconv::quote(pattern)
    }
}
