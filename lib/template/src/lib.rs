//! Go's `text/template`: lex, parse, evaluate.
//!
//! The language is that of Go 1.25, which Helm 4.1 is built with; an [option](Options) takes back what Go 1.23 (Helm
//! 3.17) lacks. Output, errors and their places are Go's, to the byte.
//!
//! ```
//! use std::sync::Arc;
//!
//! use homescale_template::{Functions, Options, Set};
//! use homescale_value::{Map, Value};
//!
//! let mut set = Set::new("root", Arc::new(Functions::new(&[])));
//! set.parse("hello.txt", &"{{ range $i, $name := .names }}{{ if $i }}, {{ end }}{{ $name }}{{ end }}".into())?;
//!
//! let names = Value::from(vec![Value::from("Ada"), Value::from("Grace")]);
//! let dot = Value::Map(Map::from_iter([("names", names)]));
//! let mut out = Vec::new();
//! set.execute("hello.txt", &dot, &(), &Options::default(), &mut out)?;
//! assert_eq!(out, b"Ada, Grace");
//!
//! let error = set.parse("broken.txt", &"{{ if .x }}".into()).unwrap_err();
//! assert_eq!(error.to_string(), "template: broken.txt:1: unexpected EOF");
//! # Ok::<(), homescale_template::Error>(())
//! ```
//!
//! A parsed template is immutable and can be shared between threads; a render happens on one, see [`with_stack`].

pub mod builtins;
mod error;
mod exec;
mod function;
mod functions;
mod lex;
mod literal;
mod node;
mod options;
pub mod parallel;
mod parse;
mod print;
mod printable;
mod set;
mod stack;

pub use crate::error::{Error, ErrorKind, Failure, Position};
pub use crate::function::{Call, Context, Function, Group};
pub use crate::functions::Functions;
pub use crate::options::{Exceeded, Limit, Limits, MissingKey, Options};
pub use crate::parse::{MAX_NESTING, Parsed, parse_file};
pub use crate::set::Set;
pub use crate::stack::{STACK, with_stack};
