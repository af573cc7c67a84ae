//! Go's `strconv`: numbers and booleans to and from text, and quoting, with Go's error texts.
//!
//! ```
//! use homescale_go::strconv;
//!
//! assert_eq!(strconv::parse_int("0x1_F", 0, 64), Ok(31));
//! let error = strconv::atoi("seven").unwrap_err();
//! assert_eq!(error.to_string(), r#"strconv.Atoi: parsing "seven": invalid syntax"#);
//! assert_eq!(strconv::quote(b"caf\xc3\xa9\n\xff"), r#""café\n\xff""#);
//! ```

mod digits;
mod format;
mod parse_float;
mod parse_int;
mod quote;
mod unquote;

use std::fmt;

pub use self::format::format_float;
pub use self::parse_float::parse_float;
pub use self::parse_int::{atoi, parse_int, parse_uint};
pub use self::quote::{can_backquote, quote, quote_ascii, quote_rune, quote_rune_ascii};
pub use self::unquote::{Unit, unquote, unquote_char};

/// Why a text is not the number or boolean it should be (`*strconv.NumError`).
///
/// The message is Go's: `strconv.ParseInt: parsing "x": invalid syntax`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumError<T> {
    /// The Go function that reports it: `ParseInt`.
    pub function: &'static str,
    /// The text that was parsed.
    pub text: Vec<u8>,
    /// What is wrong with it.
    pub reason: Reason,
    /// What Go returns beside the error, which callers that ignore it go on with: zero, or the nearest value in range.
    pub value: T,
}

/// What can be wrong with the text of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not written as one.
    Syntax,
    /// It does not fit the type.
    Range,
    /// The base is neither 0 nor in 2..=36.
    Base(u32),
    /// The type has more than 64 bits.
    BitSize(u32),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax => f.write_str("invalid syntax"),
            Self::Range => f.write_str("value out of range"),
            Self::Base(base) => write!(f, "invalid base {base}"),
            Self::BitSize(bits) => write!(f, "invalid bit size {bits}"),
        }
    }
}

impl std::error::Error for Reason {}

impl<T> fmt::Display for NumError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (function, text) = (self.function, quote(&self.text));
        write!(f, "strconv.{function}: parsing {text}: {}", self.reason)
    }
}

impl<T: fmt::Debug> std::error::Error for NumError<T> {}

/// Reads a boolean: `1`, `t`, `T`, `true`, `True`, `TRUE`, and the same for false (`strconv.ParseBool`).
pub fn parse_bool(text: impl AsRef<[u8]>) -> Result<bool, NumError<bool>> {
    let text = text.as_ref();
    match text {
        b"1" | b"t" | b"T" | b"true" | b"True" | b"TRUE" => Ok(true),
        b"0" | b"f" | b"F" | b"false" | b"False" | b"FALSE" => Ok(false),
        _ => Err(NumError {
            function: "ParseBool",
            text: text.to_vec(),
            reason: Reason::Syntax,
            value: false,
        }),
    }
}

/// Whether the underscores of a number stand only between digits, or between the prefix of the base and a digit.
fn underscores_are_placed_well(text: &[u8]) -> bool {
    let unsigned = text.strip_prefix(b"+").or_else(|| text.strip_prefix(b"-"));
    let text = unsigned.unwrap_or(text);
    let (digits, is_hex, mut previous) = match text {
        [b'0', b'x' | b'X', rest @ ..] => (rest, true, b'0'),
        [b'0', b'b' | b'B' | b'o' | b'O', rest @ ..] => (rest, false, b'0'),
        _ => (text, false, b'^'),
    };
    for &byte in digits {
        let is_digit = byte.is_ascii_digit() || is_hex && byte.is_ascii_hexdigit();
        match (byte, previous) {
            _ if is_digit => previous = b'0',
            (b'_', b'0') => previous = b'_',
            (b'_', _) | (_, b'_') => return false,
            _ => previous = b'!',
        }
    }
    previous != b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_have_six_spellings_each() {
        assert_eq!(parse_bool("T"), Ok(true));
        assert_eq!(parse_bool("FALSE"), Ok(false));
        let error = parse_bool("yes").unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"strconv.ParseBool: parsing "yes": invalid syntax"#
        );
    }

    #[test]
    fn underscores_separate_digits() {
        for text in ["1_0", "0x_1", "-0b_1_0", "0_7", "0x1p1_0"] {
            assert!(underscores_are_placed_well(text.as_bytes()), "{text}");
        }
        for text in ["_1", "1_", "1__0", "+_1", "0x_", "1_.5", "0x1_p1"] {
            assert!(!underscores_are_placed_well(text.as_bytes()), "{text}");
        }
    }
}
