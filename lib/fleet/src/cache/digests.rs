//! [`Digests`]: each directory and file is digested once, for all renders that read it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use homescale_argocd::{InputPath, Repositories, SourceInputs};

use super::hasher::{Hasher, Key};

/// How an input is read: with all below it, with what is directly in it, or by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Tree,
    Listing,
    File,
}

type Slot = Arc<OnceLock<Option<Key>>>;

/// The digests of what is read. The files must not change as long as it is used.
#[derive(Debug, Default)]
pub(crate) struct Digests {
    slots: Mutex<BTreeMap<(Way, InputPath), Slot>>,
}

impl Digests {
    /// Tells a hasher what is in the inputs. `None` where something cannot be read.
    pub(crate) fn tell(
        &self,
        inputs: &SourceInputs,
        repositories: &dyn Repositories,
        hasher: &mut Hasher,
    ) -> Option<()> {
        let trees = inputs.directories.iter().map(|it| (Way::Tree, it));
        let listings = inputs.listings.iter().map(|it| (Way::Listing, it));
        let files = inputs.files.iter().chain(&inputs.missing);
        let files = files.map(|it| (Way::File, it));
        for (way, input) in trees.chain(listings).chain(files) {
            let key = self.of(way, input, repositories)?;
            hasher.tell(input.path.as_bytes());
            hasher.tell(&key.0);
        }
        Some(())
    }

    fn of(&self, way: Way, input: &InputPath, repositories: &dyn Repositories) -> Option<Key> {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry((way, input.clone())).or_default())
        };
        *slot.get_or_init(|| digest(way, input, repositories))
    }
}

fn digest(way: Way, input: &InputPath, repositories: &dyn Repositories) -> Option<Key> {
    let mut inputs = SourceInputs::default();
    let set = match way {
        Way::Tree => &mut inputs.directories,
        Way::Listing => &mut inputs.listings,
        Way::File => &mut inputs.files,
    };
    set.insert(input.clone());
    let mut hasher = Hasher::new("inputs");
    let told = inputs.tell(repositories, |path, bytes| {
        hasher.tell(path.as_bytes());
        match bytes {
            Some(bytes) => hasher.tell(bytes),
            None => hasher.tell(b"\0missing"),
        }
    });
    told.ok()?;
    Some(hasher.key())
}
