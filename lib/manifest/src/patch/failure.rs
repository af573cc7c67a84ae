//! [`Failure`]: why a patch fails on a manifest.

use std::fmt;

use homescale_located::did_you_mean;

use crate::patch::budget::Exhausted;
use crate::patch::pointer::{index, written};
use crate::tree::Tree;

/// Among how many keys of a map one is looked for that was meant.
const MOST_KEYS: usize = 1_000;

/// Why a patch fails. Prints as the cause; [`Self::hint`] says what to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    /// A map has no such key. `is_last`: it is what the path leads to, not something on the way.
    NoKey {
        path: String,
        is_last: bool,
        hint: Option<String>,
    },
    /// A list of that length has no such item.
    NoItem { path: String, length: usize },
    /// A step into a list is no index.
    NoIndex { path: String, step: String },
    /// A step leads into what is neither a map nor a list.
    NoContainer { path: String, found: &'static str },
    /// Something is moved into itself.
    IntoItself,
    /// A `test` found something else.
    Different { expected: String, found: String },
    /// The manifest itself is removed.
    RemovesManifest,
    /// The manifest lacks this field afterwards, which it had.
    LosesField(&'static str),
    /// A limit is reached.
    Exhausted(Exhausted),
}

impl Failure {
    /// Why the step at `depth` does not lead on from what the ones before it have found.
    pub(super) fn missing(found: &Tree, steps: &[String], depth: usize) -> Self {
        let (before, step) = (written(&steps[..depth]), &steps[depth]);
        match found {
            Tree::Map(entries) => {
                let keys: Vec<_> = entries
                    .iter()
                    .take(MOST_KEYS)
                    .map(|(key, _)| key.to_text())
                    .collect();
                Self::NoKey {
                    path: written(&steps[..=depth]),
                    is_last: depth + 1 == steps.len(),
                    hint: did_you_mean(step, keys.iter().map(AsRef::as_ref)),
                }
            }
            Tree::List(items) if index(step).is_some() => Self::NoItem {
                path: written(&steps[..=depth]),
                length: items.len(),
            },
            Tree::List(_) => Self::NoIndex {
                path: before,
                step: step.clone(),
            },
            other => Self::NoContainer {
                path: before,
                found: other.type_name(),
            },
        }
    }

    /// What to do about it. `operation` is the name of the operation that fails, if it is one.
    pub(super) fn hint(&self, operation: Option<&str>) -> Option<String> {
        Some(match self {
            Self::NoKey {
                hint: Some(hint), ..
            } => hint.clone(),
            Self::NoKey { path, is_last, .. } => match (operation?, is_last) {
                ("remove", _) => "null in a `merge` removes what may be missing".to_owned(),
                ("replace", true) => "`add` needs no value there".to_owned(),
                ("add" | "replace", _) => format!(
                    "add `{path}` before, with `value: {{}}`; or write a `merge`, which makes the maps on the way"
                ),
                _ => return None,
            },
            Self::NoItem { .. } | Self::NoIndex { .. } => {
                "an item is named by its index, from 0; `add` takes `-` for the end of the list"
                    .to_owned()
            }
            Self::RemovesManifest | Self::LosesField(_) => {
                "to drop the manifest, write `delete: true` in place of `jsonPatch` or `merge`"
                    .to_owned()
            }
            _ => return None,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey { path, .. } => write!(f, "there is no `{path}`"),
            Self::NoItem { path, length } => {
                write!(f, "there is no `{path}`: the list has {}", items(*length))
            }
            Self::NoIndex { path, step } => {
                write!(f, "`{path}` is a list, and `{step}` is no index of an item")
            }
            Self::NoContainer { path, found } if path.is_empty() => {
                write!(f, "the manifest is {found}")
            }
            Self::NoContainer { path, found } => write!(f, "`{path}` is {found}"),
            Self::IntoItself => f.write_str("nothing can be moved into itself"),
            Self::Different { expected, found } => {
                write!(f, "expected {expected}, found {found}")
            }
            Self::RemovesManifest => f.write_str("it removes the manifest itself"),
            Self::LosesField(field) => write!(f, "it leaves the manifest without `{field}`"),
            Self::Exhausted(exhausted) => exhausted.fmt(f),
        }
    }
}

impl From<Exhausted> for Failure {
    fn from(exhausted: Exhausted) -> Self {
        Self::Exhausted(exhausted)
    }
}

fn items(number: usize) -> String {
    match number {
        0 => "no items".to_owned(),
        1 => "1 item".to_owned(),
        _ => format!("{number} items"),
    }
}
