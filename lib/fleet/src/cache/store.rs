//! [`Store`]: who keeps renders.

use super::hasher::Key;

/// Keeps renders: a directory, or a server. What fails is only a miss.
pub trait Store: Sync {
    /// What is kept under a key.
    fn get(&self, key: &Key) -> Option<Vec<u8>>;

    /// Keeps something under a key.
    fn put(&self, key: &Key, entry: &[u8]);
}

/// A cache, and what its entries depend on besides what is rendered.
#[derive(Clone, Copy)]
pub struct Cache<'a> {
    /// Who keeps the entries.
    pub store: &'a dyn Store,
    /// Which program it is: another one may render otherwise.
    pub program: &'a str,
}
