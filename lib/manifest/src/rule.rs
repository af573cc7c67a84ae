//! [`PATCH`]: the rule under which patches are reported.

use homescale_located::Rule;

/// A patch cannot be read, or fails on a manifest.
pub static PATCH: Rule = Rule::error("patch", "A patch is malformed, or does not apply.");
