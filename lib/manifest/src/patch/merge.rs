//! Applies a JSON Merge Patch (RFC 7396).

use std::collections::BTreeMap;

use homescale_value::Str;

use crate::patch::budget::{Budget, Exhausted};
use crate::tree::{Entries, Tree};

/// A list that a merge has replaced, although its items have names: a reader may take it for a patch that merges by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    /// The path of the list: `spec.template.spec.containers`.
    pub(super) path: String,
    /// The names of the items that are gone, or are others now.
    pub(super) names: Vec<String>,
}

/// Merges a change into a manifest: maps are merged, null removes, all else is replaced.
pub(super) struct Merge<'b> {
    budget: &'b mut Budget,
    /// The keys on the way.
    path: Vec<String>,
    replaced: Vec<Replaced>,
}

impl<'b> Merge<'b> {
    /// Merges, and tells which lists are replaced that need not be meant to be.
    pub(super) fn apply(
        manifest: &mut Tree,
        change: &Tree,
        budget: &'b mut Budget,
    ) -> Result<Vec<Replaced>, Exhausted> {
        let mut merge = Self {
            budget,
            path: Vec::new(),
            replaced: Vec::new(),
        };
        merge.value(manifest, change)?;
        Ok(merge.replaced)
    }

    fn value(&mut self, target: &mut Tree, change: &Tree) -> Result<(), Exhausted> {
        self.budget.step(1)?;
        let Tree::Map(changes) = change else {
            self.budget.grow(change.size(self.path.len()))?;
            self.note(target, change);
            *target = change.clone();
            return Ok(());
        };
        if !matches!(target, Tree::Map(_)) {
            *target = Tree::Map(Entries::default());
        }
        if let Tree::Map(entries) = target {
            self.entries(entries, changes)?;
        }
        Ok(())
    }

    fn entries(&mut self, entries: &mut Entries, changes: &Entries) -> Result<(), Exhausted> {
        for (key, change) in changes.iter() {
            self.budget.shift(entries.len())?;
            if *change == Tree::Null {
                entries.remove(key);
                continue;
            }
            self.path.push(key.to_text().into_owned());
            let size = Tree::Text(key.clone()).size(self.path.len());
            self.budget.grow(size)?;
            self.value(entries.entry(key), change)?;
            self.path.pop();
        }
        Ok(())
    }

    fn note(&mut self, old: &Tree, new: &Tree) {
        let (Tree::List(old), Tree::List(new)) = (old, new) else {
            return;
        };
        let (Some(old), Some(new)) = (by_name(old), by_name(new)) else {
            return;
        };
        let lost = old
            .into_iter()
            .filter(|(name, item)| new.get(name) != Some(item));
        let names: Vec<String> = lost.map(|(name, _)| name.to_text().into_owned()).collect();
        if !names.is_empty() {
            let path = self.path.join(".");
            self.replaced.push(Replaced { path, names });
        }
    }
}

/// The items of a list by their names, when each has one.
fn by_name(items: &[Tree]) -> Option<BTreeMap<&Str, &Tree>> {
    let items = items.iter();
    items
        .map(|item| Some((item.text_at(&["name"])?, item)))
        .collect()
}
