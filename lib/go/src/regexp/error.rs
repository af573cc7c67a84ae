//! [`Error`]: why a pattern does not compile.

use std::fmt;

/// Why a pattern does not compile: what is wrong, and the part of the pattern that it is about (`syntax.Error`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: ErrorCode,
    part: Vec<u8>,
}

/// What is wrong with a pattern (`syntax.ErrorCode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the names are those of Go, and its texts say the rest"
)]
pub enum ErrorCode {
    InvalidCharRange,
    InvalidEscape,
    InvalidNamedCapture,
    InvalidPerlOp,
    InvalidRepeatOp,
    InvalidRepeatSize,
    InvalidUtf8,
    Large,
    MissingBracket,
    MissingParen,
    MissingRepeatArgument,
    TrailingBackslash,
    UnexpectedParen,
}

impl Error {
    pub(super) fn new(code: ErrorCode, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref().to_vec();
        Self { code, part }
    }

    /// The error of a pattern that takes too much to be read; of a long one, it shows the beginning.
    pub fn too_large(pattern: &[u8]) -> Self {
        const SHOWN: usize = 60;
        let mut error = Self::new(ErrorCode::Large, &pattern[..pattern.len().min(SHOWN)]);
        if pattern.len() > SHOWN {
            error.part.extend_from_slice("…".as_bytes());
        }
        error
    }

    /// What is wrong.
    pub fn code(&self) -> ErrorCode {
        self.code
    }
}

/// ``error parsing regexp: missing closing ): `(` ``.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = String::from_utf8_lossy(&self.part);
        write!(f, "error parsing regexp: {}: `{part}`", self.code)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidCharRange => "invalid character class range",
            Self::InvalidEscape => "invalid escape sequence",
            Self::InvalidNamedCapture => "invalid named capture",
            Self::InvalidPerlOp => "invalid or unsupported Perl syntax",
            Self::InvalidRepeatOp => "invalid nested repetition operator",
            Self::InvalidRepeatSize => "invalid repeat count",
            Self::InvalidUtf8 => "invalid UTF-8",
            Self::Large => "expression too large",
            Self::MissingBracket => "missing closing ]",
            Self::MissingParen => "missing closing )",
            Self::MissingRepeatArgument => "missing argument to repetition operator",
            Self::TrailingBackslash => "trailing backslash at end of expression",
            Self::UnexpectedParen => "unexpected )",
        })
    }
}
