//! [`Key`]: what a render depends on, in short.

use std::fmt;

use sha2::{Digest, Sha256};

/// The form of keys and entries. Another one is another cache.
pub(crate) const FORMAT: &str = "homescale-render-1";

/// What a render depends on, in short: SHA-256. Prints as 64 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(super) [u8; 32]);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Collects what a render depends on. What is told is told with its length, so that nothing runs into the next.
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn new(what: &str) -> Self {
        let mut hasher = Self(Sha256::new());
        hasher.tell(what.as_bytes());
        hasher
    }

    pub(crate) fn tell(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    pub(crate) fn key(self) -> Key {
        Key(self.0.finalize().into())
    }
}
