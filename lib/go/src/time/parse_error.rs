//! [`ParseError`]: why a text is no time in a layout.

use std::fmt;

use super::quote::quoted;

/// Why a text is no time in a layout (`time.ParseError`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    pub(super) layout: Vec<u8>,
    pub(super) text: Vec<u8>,
    pub(super) fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The rest of the text is not what this part of the layout asks for.
    Mismatch { rest: Vec<u8>, wanted: Vec<u8> },
    /// Something follows what the layout asks for.
    ExtraText(Vec<u8>),
    /// The named number is out of range.
    OutOfRange(&'static str),
    /// The day of the year is in another month, or is another day of it.
    YearDay(&'static str),
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parsing time {}", quoted(&self.text))?;
        match &self.fault {
            Fault::Mismatch { rest, wanted } => write!(
                f,
                " as {}: cannot parse {} as {}",
                quoted(&self.layout),
                quoted(rest),
                quoted(wanted)
            ),
            Fault::ExtraText(text) => write!(f, ": extra text: {}", quoted(text)),
            Fault::OutOfRange(what) => write!(f, ": {what} out of range"),
            Fault::YearDay(part) => write!(f, ": day-of-year does not match {part}"),
        }
    }
}

impl std::error::Error for ParseError {}
