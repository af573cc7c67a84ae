//! The literals of the template language: strings, characters and numbers, read by Go's rules.

mod number;
mod quote;
mod unquote;

pub(crate) use number::{Number, character, complex, number};
pub(crate) use quote::{quote, quote_prefix};
pub(crate) use unquote::unquote;
