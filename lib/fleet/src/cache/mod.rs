//! A cache of what Applications render to, by all that a render depends on.

mod digests;
mod entry;

use std::fmt;

use homescale_argocd::PreparedSource;
use sha2::{Digest, Sha256};

use crate::fleet::Fleet;
use crate::found::Found;
use crate::rendering::ARGOCD_NAMESPACE;

pub(crate) use self::digests::Digests;
pub(crate) use self::entry::{decode, encode};

/// The form of keys and entries. Another one is another cache.
const FORMAT: &str = "homescale-render-1";

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

/// What a render depends on, in short: SHA-256. Prints as 64 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

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

impl Fleet<'_> {
    /// The key of a render. `None` where not all that it depends on can be read.
    pub(crate) fn key(&self, found: &Found, prepared: &[PreparedSource<'_>]) -> Option<Key> {
        let cache = self.inputs.cache?;
        let mut hasher = Hasher::new(FORMAT);
        hasher.tell(cache.program.as_bytes());
        hasher.tell(
            self.clusters
                .get(&found.id.instance)
                .argocd
                .to_string()
                .as_bytes(),
        );
        hasher.tell(format!("{:?}", self.options(found)).as_bytes());
        hasher.tell(ARGOCD_NAMESPACE.as_bytes());
        hasher.tell(&self.inputs.hosts.identity().unwrap_or_default());
        hasher.tell(found.id.to_string().as_bytes());
        hasher.tell(found.object.to_json().to_string().as_bytes());
        for source in prepared {
            let kind = source.kind.map_or("", |kind| kind.name());
            hasher.tell(kind.as_bytes());
            self.digests
                .tell(&source.inputs, &self.inputs.checkouts, &mut hasher)?;
        }
        Some(hasher.key())
    }
}
