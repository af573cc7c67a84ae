//! Go's text/template: lex, parse, evaluate.

mod error;
mod function;

pub use crate::error::{Error, Failure};
pub use crate::function::{Context, Family, Function, Origin};
