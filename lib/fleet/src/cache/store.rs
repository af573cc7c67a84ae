//! [`Store`]: who keeps renders.

use super::entry::{decode, encode};
use super::hasher::Key;

/// Keeps renders: a directory, or a server. What fails is only a miss.
pub trait Store: Sync {
    /// What is kept under a key.
    fn get(&self, key: &Key) -> Option<Vec<u8>>;

    /// Keeps something under a key.
    fn put(&self, key: &Key, entry: &[u8]);
}

/// A cache, and what its entries depend on besides what is rendered.
pub struct Cache<'a> {
    /// Who keeps the entries. The first is asked first, and gets what a later one had.
    pub stores: Vec<&'a dyn Store>,
    /// Which program it is, since another one may render otherwise: a digest of it. Asked when a key is needed; nothing is kept
    /// where it is not known.
    pub program: Box<dyn Fn() -> Option<[u8; 32]> + Sync + 'a>,
}

impl Cache<'_> {
    /// What is kept of an earlier render.
    pub(crate) fn get(&self, key: &Key) -> Option<Vec<u8>> {
        for (index, store) in self.stores.iter().enumerate() {
            let Some(manifests) = store.get(key).and_then(|entry| decode(key, entry)) else {
                continue;
            };
            if index > 0 {
                let entry = encode(key, &manifests);
                for nearer in &self.stores[..index] {
                    nearer.put(key, &entry);
                }
            }
            return Some(manifests);
        }
        None
    }

    /// Keeps the manifests of a render.
    pub(crate) fn put(&self, key: &Key, manifests: &[u8]) {
        let entry = encode(key, manifests);
        for store in &self.stores {
            store.put(key, &entry);
        }
    }
}
