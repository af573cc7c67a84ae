//! What one patch does to one manifest.

use crate::object::Fields;
use crate::patch::budget::Budget;
use crate::patch::change::Change;
use crate::patch::failure::Failure;
use crate::patch::merge::{Merge, Replaced};
use crate::patch::operate::operate;
use crate::stream::FILE_NAME;
use crate::tree::{Entries, Tree};

/// What became of a manifest.
#[derive(Debug)]
pub(super) enum Done {
    /// It is changed. A merge replaced these lists.
    Changed(Vec<Replaced>),
    /// It is to be dropped.
    Deleted,
}

/// What a manifest must not lose: without it, nobody knows what it is.
const IDENTITY: [&str; 2] = ["apiVersion", "kind"];

/// Changes a manifest. The error names the operation that fails, by its index.
///
/// # Errors
/// An operation fails, or the manifest is none any more.
pub(super) fn change(
    manifest: &mut Tree,
    change: &Change,
    budget: &mut Budget,
) -> Result<Done, (Option<usize>, Failure)> {
    let whole = |failure| (None, failure);
    let had = IDENTITY.map(|field| is_said(manifest, field));
    let file_name = take_file_name(manifest);
    let mut replaced = Vec::new();
    match change {
        Change::Delete => return Ok(Done::Deleted),
        Change::Merge(change) => {
            let merged = Merge::apply(manifest, change, budget);
            replaced = merged.map_err(|exhausted| whole(exhausted.into()))?;
        }
        Change::Json(operations) => {
            for (index, operation) in operations.iter().enumerate() {
                operate(manifest, operation, budget).map_err(|failure| (Some(index), failure))?;
            }
        }
    }
    if let Some(name) = file_name {
        put_file_name(manifest, name);
    }
    let fields = IDENTITY.iter().zip(had);
    let mut lost = fields.filter(|(field, had)| *had && !is_said(manifest, field));
    match lost.next_back() {
        Some((field, _)) => Err(whole(Failure::LosesField(field))),
        None => Ok(Done::Changed(replaced)),
    }
}

fn is_said(manifest: &Tree, field: &str) -> bool {
    let text = Fields::text_at(manifest, &[field]);
    text.is_some_and(|text| !text.is_empty())
}

fn map_of(tree: &mut Tree) -> Option<&mut Entries> {
    match tree {
        Tree::Map(entries) => Some(entries),
        _ => None,
    }
}

/// Takes Helm's annotation off a manifest, and with it the annotations when there are no others: a patch finds what it finds
/// under a Helm that has put none there.
fn take_file_name(manifest: &mut Tree) -> Option<Tree> {
    let metadata = map_of(map_of(manifest)?.get_mut(b"metadata")?)?;
    let annotations = map_of(metadata.get_mut(b"annotations")?)?;
    let name = annotations.remove(FILE_NAME.as_bytes())?;
    if annotations.is_empty() {
        metadata.remove(b"annotations");
    }
    Some(name)
}

/// Puts Helm's annotation back, as far as the patch has left a place for it.
fn put_file_name(manifest: &mut Tree, name: Tree) -> Option<()> {
    let mut place = manifest;
    for key in ["metadata", "annotations"] {
        place = map_of(place)?.entry(&key.into());
        if *place == Tree::Null {
            *place = Tree::Map(Entries::default());
        }
    }
    map_of(place)?.set(FILE_NAME.into(), name);
    Some(())
}
