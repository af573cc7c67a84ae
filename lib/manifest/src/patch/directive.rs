//! The directives of strategic merge patches, which a JSON Merge Patch has not.

use homescale_located::{Data, Node};

use crate::patch::malformed::Malformed;

/// A directive, by how its key begins, with what to write in its place.
const DIRECTIVES: [(&str, &str); 4] = [
    (
        "$patch",
        "null removes a field, and `jsonPatch` removes or replaces anything, items of lists too",
    ),
    ("$retainKeys", "set the other keys to null"),
    (
        "$setElementOrder/",
        "write the whole list in the wanted order",
    ),
    (
        "$deleteFromPrimitiveList/",
        "remove the items with `jsonPatch`, or write the whole list",
    ),
];

/// Refuses a `merge` with a directive of a strategic merge patch: Kubernetes would get it as a field.
pub(super) fn refuse(merge: &Node) -> Result<(), Malformed<'_>> {
    let is_root_delete = |value: &Node| value.as_text() == Some("delete");
    if let Some(value) = merge.get("$patch").filter(|value| is_root_delete(value)) {
        return Err(refused(
            value,
            "$patch",
            "to drop the manifest, write `delete: true` in place of `merge`",
        ));
    }
    refuse_within(merge)
}

fn refuse_within(node: &Node) -> Result<(), Malformed<'_>> {
    match &node.data {
        Data::List(items) => items.iter().try_for_each(refuse_within),
        Data::Map(table) => table.entries().iter().try_for_each(|entry| {
            let name = entry.name();
            let directive = DIRECTIVES
                .iter()
                .find(|(key, _)| match key.strip_suffix('/') {
                    Some(_) => name.starts_with(key),
                    None => name == *key,
                });
            match directive {
                Some((_, instead)) => Err(refused(&entry.value, &name, instead)),
                None => refuse_within(&entry.value),
            }
        }),
        _ => Ok(()),
    }
}

fn refused<'n>(node: &'n Node, name: &str, instead: &'static str) -> Malformed<'n> {
    let message = format!(
        "`{name}` is a directive of strategic merge patches, and `merge` is a JSON Merge Patch, which has none"
    );
    Malformed::at(node, message).hinted(instead)
}
