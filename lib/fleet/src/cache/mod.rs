//! A cache of what Applications render to, by all that a render depends on.

mod digests;
mod entry;
mod hasher;
mod store;

pub(crate) use self::digests::Digests;
pub use self::hasher::Key;
pub(crate) use self::hasher::{FORMAT, Hasher};
pub use self::store::{Cache, Store};
