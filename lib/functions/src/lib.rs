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
mod base;
mod bytes;
mod checksums;
mod conversion;
mod crypto;
mod dates;
mod decimal;
mod defaults;
mod dicts;
mod encoding;
mod environment;
mod float_math;
mod flow;
mod host;
mod json_yaml_toml;
mod lists;
mod math;
mod merge;
mod network;
mod options;
mod paths;
mod random;
mod recorder;
mod reflection;
mod regex;
mod row;
mod runes;
mod seeded;
mod semver;
mod string_lists;
mod strings;
mod toml;
mod urls;

use homescale_template::{Family, Function};

pub use crate::environment::Environment;
pub use crate::host::{FixedHost, Host, Lookup, Moment, Subject};
pub use crate::options::Options;
pub use crate::recorder::{ReachedCall, Recorder};
pub use crate::regex::{Pattern, SyntaxError};
pub use crate::seeded::SeededHost;
pub use crate::semver::{Constraints, SemverOptions, Version};
pub use crate::urls::{Url, UrlOptions};

/// Every family, in the order of the reference page.
pub const FAMILIES: &[&Family] = &[
    &strings::FAMILY,
    &string_lists::FAMILY,
    &conversion::FAMILY,
    &math::FAMILY,
    &float_math::FAMILY,
    &dates::FAMILY,
    &dates::DURATIONS,
    &defaults::FAMILY,
    &encoding::FAMILY,
    &checksums::FAMILY,
    &crypto::FAMILY,
    &dicts::FAMILY,
    &lists::FAMILY,
    &json_yaml_toml::FAMILY,
    &paths::FAMILY,
    &reflection::FAMILY,
    &regex::FAMILY,
    &semver::FAMILY,
    &urls::FAMILY,
    &network::FAMILY,
    &random::FAMILY,
    &flow::FAMILY,
];

/// The function of that name or alias.
pub fn find(name: &str) -> Option<&'static Function> {
    let functions = FAMILIES.iter().flat_map(|family| family.functions);
    functions
        .into_iter()
        .find(|function| function.name == name || function.aliases.contains(&name))
}
