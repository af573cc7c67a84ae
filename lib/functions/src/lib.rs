//! Sprig's and Helm's template functions, one group a file.
//!
//! The functions are rows of data (`Group`, `Function`): the name, the Go signature that the evaluator checks calls
//! against, a sentence, examples that run as tests, and the code. What they reach of the world outside (clock, randomness,
//! name resolution, cluster) is one trait, [`Host`], inside the [`Environment`] of the render.
//!
//! ```
//! use homescale_functions::{GROUPS, find};
//!
//! let function = find("trimPrefix").expect("Sprig has it");
//! assert_eq!(function.usage, "trimPrefix PREFIX TEXT");
//! assert_eq!(function.examples[0], (r#"{{ trimPrefix "-" "--a" }}"#, "-a"));
//! assert!(GROUPS.iter().any(|group| group.name == "strings"));
//! ```
//!
//! # To add a function
//!
//! Write its row into the table of its group, in alphabetical order, and its code below, in the same order; read the
//! arguments with `arguments::take`, and convert them with nothing but the functions of that module. Add cases to
//! `fixtures/functions/<group>.txt` and let `fixtures/record-functions` record what real Helm makes of them. `cargo test`
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
pub use crate::groups::{GROUPS, find};
pub use crate::host::{
    FixedHost, Host, Lookup, ReachedCall, Recorder, SeededHost, Subject, Timestamp,
};
pub use crate::options::Options;
pub use crate::sprig::semver;
