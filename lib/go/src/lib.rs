//! Go's standard library, as far as charts can see it, under Go's own package names.
//!
//! A function has the name that Go gives it, in the letters of Rust: `strconv.FormatFloat` is
//! [`strconv::format_float`], `utf8.DecodeRune` is [`utf8::decode_rune`]. Strings are bytes, because Go's are, and what
//! fails does so with Go's text.
//!
//! ```
//! use homescale_go::{strconv, utf8};
//!
//! assert_eq!(strconv::format_float(2_000_000.0, 'g', None, 64), "2e+06");
//! assert_eq!(utf8::decode_rune(b"\xff!"), ('\u{fffd}', 1));
//! ```
//!
//! This crate knows no values, no YAML and no Helm.

pub mod base32;
pub mod base64;
pub mod csv;
pub mod filepath;
pub mod os;
pub mod path;
pub mod pem;
pub mod regexp;
mod release;
pub mod runtime;
pub mod strconv;
pub mod strings;
pub mod time;
pub mod unicode;
pub mod url;
pub mod utf8;

pub use crate::release::Release;
