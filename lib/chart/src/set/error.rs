//! [`SetError`]: why a text is none that `--set` or one of its sisters takes.

use std::error::Error;
use std::fmt;

use homescale_fileset::ReadError;
use homescale_go::strconv::{quote, quote_rune};

/// The greatest index that `--set` accepts.
pub(super) const MAX_INDEX: i64 = 65_536;

/// How many dots a name may have.
pub(super) const MAX_DOTS: usize = 30;

/// Why a text cannot be read or applied, in the words of Helm's `strvals`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SetError {
    /// Nothing follows this key.
    NoValue(String),
    /// A comma follows this key.
    NoValueAtComma(String),
    /// Nothing follows the dot after this key.
    EmptyMap(String),
    /// A list has no end.
    OpenList,
    /// An index has no end.
    OpenIndex,
    /// This stands between brackets, and is no index.
    Index {
        /// The text.
        text: String,
        /// Whether it is a number, but too large.
        is_number: bool,
    },
    /// An index is below zero.
    NegativeIndex(i64),
    /// An index is too large.
    LargeIndex(i64),
    /// This follows an index.
    AfterIndex(String),
    /// A name has too many dots.
    TooDeep,
    /// What is there already is of another kind, which Go calls this.
    NotA {
        /// The type that is wanted.
        wanted: &'static str,
        /// The type that is there.
        found: String,
    },
    /// It is no JSON; Helm does not tell why.
    NoJson,
    /// The file of a `--set-file` cannot be read.
    File(ReadError),
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue(key) => write!(f, "key {} has no value", quote(key)),
            Self::NoValueAtComma(key) => {
                write!(f, "key {} has no value (cannot end with ,)", quote(key))
            }
            Self::EmptyMap(key) => write!(f, "key map {} has no value", quote(key)),
            Self::OpenList => f.write_str("list must terminate with '}'"),
            Self::OpenIndex => f.write_str("error parsing index: EOF"),
            Self::Index { text, is_number } => {
                let text = quote(text);
                let problem = if *is_number {
                    "value out of range"
                } else {
                    "invalid syntax"
                };
                write!(
                    f,
                    "error parsing index: strconv.Atoi: parsing {text}: {problem}"
                )
            }
            Self::NegativeIndex(index) => write!(f, "negative {index} index not allowed"),
            Self::LargeIndex(index) => write!(
                f,
                "index of {index} is greater than maximum supported index of {MAX_INDEX}"
            ),
            Self::AfterIndex(text) => {
                let shown: Vec<String> = text.chars().map(quote_rune).collect();
                let shown = shown.join(" ");
                write!(f, "unexpected data at end of array index: [{shown}]")
            }
            Self::TooDeep => write!(
                f,
                "value name nested level is greater than maximum supported nested level of {MAX_DOTS}"
            ),
            Self::NotA { wanted, found } => write!(
                f,
                "unable to parse key: interface conversion: interface {{}} is {found}, not {wanted}"
            ),
            Self::NoJson => f.write_str("no JSON"),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl Error for SetError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            _ => None,
        }
    }
}
