//! Patches: changes to rendered manifests, as `patches` of an app describes them.

mod apply;
mod change;
mod malformed;
mod selector;
mod target;

pub use self::apply::patch_manifests;
pub use self::change::{Change, Patch};
pub use self::selector::{Selector, SelectorError};
pub use self::target::Target;
