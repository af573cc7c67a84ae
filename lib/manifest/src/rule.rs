//! The rules under which patches are reported.

use homescale_located::Rule;

/// A patch cannot be read, or fails on a manifest.
pub static PATCH: Rule = Rule::error("patch", "A patch is malformed, or does not apply.")
    .because("A patch that silently does nothing is a change that is missing in the cluster.")
    .remedy(
        "Mend its target or its path. Where it is right that nothing fits, say `optional: true`.",
    );

/// A list is replaced as a whole.
pub static LIST_REPLACED: Rule = Rule::note(
    "list-replaced",
    "A layer, or a merge patch, replaces a list instead of adding to it.",
)
.because(
    "Layers and merge patches merge maps, not lists: the items that are not repeated are gone.",
)
.remedy("Repeat the items that are to stay; of a manifest, change one with `jsonPatch`.");
