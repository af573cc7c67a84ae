//! Sprig's and Helm's template functions, one family a file.
//!
//! The functions are rows of data ([`Family`], `Function`): the name, the Go signature that the evaluator checks calls
//! against, a sentence, examples that run as tests, and the code. What they reach of the world outside (clock, randomness,
//! name resolution, cluster) is one trait, [`Host`], inside the [`Environment`] of the render.
//!
//! ```
//! use homescale_functions::{FAMILIES, find};
//!
//! let function = find("trimPrefix").expect("Sprig has it");
//! assert_eq!(function.usage, "trimPrefix PREFIX TEXT");
//! assert_eq!(function.examples[0], (r#"{{ trimPrefix "-" "--a" }}"#, "-a"));
//! assert!(FAMILIES.iter().any(|family| family.name == "strings"));
//! ```
//!
//! # To add a function
//!
//! Write its row into the table of its family, in alphabetical order, and its code below, in the same order; read the
//! arguments with `arguments::take`, and convert them with nothing but the functions of that module. Add cases to
//! `fixtures/functions/<family>.txt` and let `fixtures/record-functions` record what real Helm makes of them. `cargo test`
//! says what is missing.
//!
//! Where a function differs from Helm's, docs/known-differences.md says so, and why.

mod arguments;
mod environment;
mod groups;
mod host;
mod options;
mod row;
mod sprig;
mod time;

pub use crate::environment::Environment;
pub use crate::groups::{FAMILIES, find};
pub use crate::host::{
    FixedHost, Host, Lookup, Moment, ReachedCall, Recorder, SeededHost, Subject,
};
pub use crate::options::Options;
pub use crate::sprig::semver;
