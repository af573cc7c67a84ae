//! [`PATCH`]: the rule under which patches are reported.

use homescale_located::Rule;

/// A patch cannot be read, or fails on a manifest.
pub static PATCH: Rule = Rule::error("patch", "A patch is malformed, or does not apply.")
    .because("A patch that silently does nothing is a change that is missing in the cluster.")
    .remedy(
        "Mend its target or its path. Where it is right that nothing fits, say `optional: true`.",
    );
