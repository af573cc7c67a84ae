//! Applies the operations of a JSON Patch (RFC 6902).

use std::mem;

use crate::patch::budget::Budget;
use crate::patch::failure::Failure;
use crate::patch::operation::{Action, Operation};
use crate::patch::pointer::{Pointer, index};
use crate::patch::walk::{find, find_mut};
use crate::tree::Tree;

/// Does one operation. After a failure, the manifest may have changed.
pub(super) fn operate(
    manifest: &mut Tree,
    operation: &Operation,
    budget: &mut Budget,
) -> Result<(), Failure> {
    let path = &operation.path;
    budget.step(1 + path.steps().len())?;
    match &operation.action {
        Action::Add(value) => add(manifest, path, value.clone(), budget),
        Action::Remove => take(manifest, path, budget).map(drop),
        Action::Replace(value) => {
            budget.grow(value.size(path.steps().len()))?;
            *find_mut(manifest, path.steps())? = value.clone();
            Ok(())
        }
        Action::Move(from) if path.is_inside(from) => Err(Failure::IntoItself),
        Action::Move(from) if path == from => find(manifest, path.steps()).map(drop),
        Action::Move(from) => {
            let value = take(manifest, from, budget)?;
            add(manifest, path, value, budget)
        }
        Action::Copy(from) => {
            let value = find(manifest, from.steps())?;
            budget.grow(value.size(path.steps().len()))?;
            let value = value.clone();
            put(manifest, path, value, budget)
        }
        Action::Test(expected) => test(manifest, path, expected, budget),
    }
}

fn add(
    manifest: &mut Tree,
    path: &Pointer,
    value: Tree,
    budget: &mut Budget,
) -> Result<(), Failure> {
    budget.grow(value.size(path.steps().len()))?;
    put(manifest, path, value, budget)
}

/// Puts a value into a map, in place of what is there, or into a list, before what is there.
fn put(
    manifest: &mut Tree,
    path: &Pointer,
    value: Tree,
    budget: &mut Budget,
) -> Result<(), Failure> {
    let Some((parent, last)) = path.split_last() else {
        *manifest = value;
        return Ok(());
    };
    let container = find(manifest, parent)?;
    let has_room = match container {
        Tree::Map(_) => true,
        Tree::List(items) => last == "-" || index(last).is_some_and(|at| at <= items.len()),
        _ => false,
    };
    if !has_room {
        return Err(Failure::missing(container, path.steps(), parent.len()));
    }
    budget.shift(container.len())?;
    match find_mut(manifest, parent)? {
        Tree::Map(entries) => entries.set(last.into(), value),
        Tree::List(items) => items.insert(index(last).unwrap_or(items.len()), value),
        // It has just been found to have room.
        other => *other = value,
    }
    Ok(())
}

/// Takes away what is there.
fn take(manifest: &mut Tree, path: &Pointer, budget: &mut Budget) -> Result<Tree, Failure> {
    let (parent, last) = path.split_last().ok_or(Failure::RemovesManifest)?;
    find(manifest, path.steps())?;
    let container = find_mut(manifest, parent)?;
    budget.shift(container.len())?;
    Ok(match container {
        Tree::Map(entries) => entries.remove(last.as_bytes()).unwrap_or_default(),
        Tree::List(items) => items.remove(index(last).unwrap_or_default()),
        // Something has just been found in it.
        other => mem::take(other),
    })
}

fn test(
    manifest: &Tree,
    path: &Pointer,
    expected: &Tree,
    budget: &mut Budget,
) -> Result<(), Failure> {
    let found = find(manifest, path.steps())?;
    budget.step(expected.size(0).values)?;
    if found == expected {
        return Ok(());
    }
    Err(Failure::Different {
        expected: expected.to_string(),
        found: found.to_string(),
    })
}
