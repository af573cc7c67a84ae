//! [`Memo`]: what is found out about a directory or file once, for all Applications that read it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use homescale_argocd::{InputPath, SourceInputs};

/// How an input is read: with all below it, with what is directly in it, or by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Tree,
    Listing,
    File,
}

/// One of the inputs of a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'i> {
    way: Way,
    input: &'i InputPath,
}

impl Part<'_> {
    /// Its path in its repository.
    pub(crate) fn path(&self) -> &str {
        &self.input.path
    }

    /// It alone, as the inputs of a source.
    fn alone(self) -> SourceInputs {
        let mut inputs = SourceInputs::default();
        let set = match self.way {
            Way::Tree => &mut inputs.directories,
            Way::Listing => &mut inputs.listings,
            Way::File => &mut inputs.files,
        };
        set.insert(self.input.clone());
        inputs
    }
}

/// The parts of inputs, always in the same order.
pub(crate) fn parts(inputs: &SourceInputs) -> impl Iterator<Item = Part<'_>> {
    let of = |way| move |input| Part { way, input };
    let trees = inputs.directories.iter().map(of(Way::Tree));
    let listings = inputs.listings.iter().map(of(Way::Listing));
    let files = inputs.files.iter().chain(&inputs.missing);
    trees.chain(listings).chain(files.map(of(Way::File)))
}

/// What is known about an input, or is found out by whoever asks first.
type Slot<V> = Arc<OnceLock<V>>;

/// What was found out about inputs. The files must not change as long as it is used.
#[derive(Debug)]
pub(crate) struct Memo<V> {
    slots: Mutex<BTreeMap<(Way, InputPath), Slot<V>>>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        let slots = Mutex::default();
        Self { slots }
    }
}

impl<V: Copy> Memo<V> {
    /// What is known about an input, or else `find` finds out. Whoever asks while another one finds out waits for that.
    pub(crate) fn of(&self, part: Part<'_>, find: impl FnOnce(&SourceInputs) -> V) -> V {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            let slot = slots.entry((part.way, part.input.clone())).or_default();
            Arc::clone(slot)
        };
        *slot.get_or_init(|| find(&part.alone()))
    }
}
