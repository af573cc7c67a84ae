//! Patches: changes to rendered manifests, as `patches` of an app describes them.

mod apply;
mod budget;
mod change;
mod directive;
mod failure;
mod malformed;
mod manifest;
mod merge;
mod operate;
mod operation;
mod pointer;
mod replaced;
mod selector;
mod target;
mod value;
mod walk;

pub use self::apply::{Patched, patch_manifests};
pub use self::change::Patch;
pub use self::selector::{Selector, SelectorError};
pub use self::target::Target;
