//! JSON as Go's `encoding/json` writes and reads it.
//!
//! Helm's JSON functions are thin wrappers of that package, and `toYaml` passes through it, so its escapes, its numbers and
//! its error texts are visible in charts. Compared with Go 1.25 (Helm 4.1.4); Go 1.23 (Helm 3.17.3) does the same.
//!
//! ```
//! use homescale_yaml::json;
//!
//! let value = json::decode(br#"{"b": 1e3, "a": "<x>"}"#).unwrap();
//! assert_eq!(json::encode(&value).unwrap(), r#"{"a":"\u003cx\u003e","b":1000}"#);
//! assert_eq!(json::encode_raw(&value).unwrap(), r#"{"a":"<x>","b":1000}"#);
//! ```

mod decode;
mod encode;
mod events;
mod scan;

use std::fmt;

use homescale_value::Value;

pub use decode::{decode, decode_first, decode_list, decode_map};
pub(crate) use encode::{EXPONENT_FROM, unsupported_float};
pub use encode::{
    encode, encode_pretty, encode_pretty_within, encode_raw, encode_raw_within, encode_within,
};
pub use events::{Event, events};

/// Nesting that Go's JSON scanner allows.
const MAX_DEPTH: usize = 10_000;

/// Why a value could not be written as JSON, or a text not read. `Display` gives Go's text.
#[derive(Clone, Debug)]
pub struct Error {
    text: Box<str>,
    partial: Option<Value>,
    is_at_end: bool,
    is_too_long: bool,
}

impl Error {
    fn new(text: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            partial: None,
            is_at_end: false,
            is_too_long: false,
        }
    }

    fn too_long() -> Self {
        Self {
            is_too_long: true,
            ..Self::new("json: the text is too long")
        }
    }

    /// Whether the text would be longer than it may.
    pub fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    fn at_end(text: impl Into<Box<str>>) -> Self {
        Self {
            is_at_end: true,
            ..Self::new(text)
        }
    }

    /// Whether the text ended too early. Go's `json.Decoder` has other words for that than `json.Unmarshal`.
    pub fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    /// What Go stores in the target in spite of the error: a text with good syntax is decoded to its end, with nil in
    /// place of what does not fit. Helm's `fromJson` shows that value, with the error added to it.
    pub fn partial(&self) -> Option<&Value> {
        self.partial.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Error {}
