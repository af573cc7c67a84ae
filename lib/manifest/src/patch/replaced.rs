//! Lists that a `merge` replaces, although their items have names: a reader may take it for a patch that merges by name.

use homescale_located::{Data, Node, Report};

use crate::rule::LIST_REPLACED;

/// What to do about it.
pub(super) const HINT: &str = "a merge patch does not merge lists: repeat the items that are to stay, or change one with `jsonPatch`";

/// Notes the lists of named maps in a `merge`. `what` is what the patch is called.
pub(super) fn note(report: &mut Report<'_>, merge: Option<&Node>, what: &str) {
    if let Some(merge) = merge {
        note_within(report, merge, &format!("{what}.merge"));
    }
}

fn note_within(report: &mut Report<'_>, node: &Node, path: &str) {
    match &node.data {
        Data::Map(table) => {
            for entry in table.entries() {
                note_within(report, &entry.value, &format!("{path}.{}", entry.name()));
            }
        }
        Data::List(items) if has_names(items) => {
            let message = format!("`{path}` replaces the whole list of a manifest");
            report.emit(&LIST_REPLACED, node.place, message).hint(HINT);
        }
        _ => {}
    }
}

fn has_names(items: &[Node]) -> bool {
    let is_named = |item: &Node| {
        item.get("name")
            .is_some_and(|name| name.as_text().is_some())
    };
    !items.is_empty() && items.iter().all(is_named)
}
