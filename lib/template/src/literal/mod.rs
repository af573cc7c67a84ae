//! The literals of the template language: strings, characters and numbers, read by Go's rules.

mod number;
mod unquote;

pub(crate) use number::{Number, character, complex, number};
pub(crate) use unquote::{plain, unquote};
