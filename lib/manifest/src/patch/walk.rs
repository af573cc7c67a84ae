//! Finds what the steps of a pointer lead to.

use crate::patch::failure::Failure;
use crate::patch::pointer::index;
use crate::tree::Tree;

/// What the steps lead to.
pub(super) fn find<'t>(tree: &'t Tree, steps: &[String]) -> Result<&'t Tree, Failure> {
    let mut found = tree;
    for (depth, step) in steps.iter().enumerate() {
        found = match found {
            Tree::Map(entries) => entries.get(step.as_bytes()),
            Tree::List(items) => index(step).and_then(|index| items.get(index)),
            _ => None,
        }
        .ok_or_else(|| Failure::missing(found, steps, depth))?;
    }
    Ok(found)
}

/// What the steps lead to, to be changed.
pub(super) fn find_mut<'t>(tree: &'t mut Tree, steps: &[String]) -> Result<&'t mut Tree, Failure> {
    find(tree, steps)?;
    let mut found = tree;
    for step in steps {
        found = match found {
            Tree::Map(entries) => entries.entry(&step.as_str().into()),
            Tree::List(items) => {
                let index = index(step).unwrap_or_default();
                &mut items[index]
            }
            // The way has just been found to exist.
            other => other,
        };
    }
    Ok(found)
}
