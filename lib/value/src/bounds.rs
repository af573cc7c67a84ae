//! [`Bounds`]: how long the text of a value may grow, and how many elements copying and comparing visit.
//!
//! Go has no such bounds and goes on until memory is gone: a list that holds another one twice, many levels deep, has a text
//! of any length. What prints, copies and compares has no room for an error in its result; so it stops where the bound is,
//! and the thread remembers that until somebody asks with [`reached`].

use std::cell::Cell;

/// How deep a value may be nested before printing, copying and comparing stop descending.
///
/// Go has no such limit and dies of a stack overflow instead; no real chart comes near it. A thread with Rust's usual
/// 2 MiB of stack, built without optimisation, holds that many levels of each.
pub const MAX_DEPTH: usize = 1_000;

/// How long the text of a value may grow, in bytes, before what does not fit is left out, unless [`Bounds`] say otherwise.
pub const MAX_TEXT: usize = 16 << 20;

/// How many elements copying and comparing visit before they stop descending, unless [`Bounds`] say otherwise. Real values
/// have thousands.
pub const MAX_ELEMENTS: usize = 1 << 20;

/// How much a single value may take to print, copy or compare.
///
/// ```
/// use homescale_value::{Bound, Bounds, Value, bounds};
///
/// let list = Value::from(vec![Value::from("a long text"), 1.into()]);
/// let small = Bounds { text: 4, ..Bounds::default() };
/// let cut = bounds::with(small, || (list.to_string(), bounds::reached()));
/// assert_eq!(cut, ("[ 1]".to_owned(), Some(Bound::Text)));
/// assert_eq!((list.to_string().as_str(), bounds::reached()), ("[a long text 1]", None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many bytes a text may have. Values that do not fit into it are left out.
    pub text: usize,
    /// How many elements copying and comparing visit before they stop descending.
    pub elements: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        DEFAULT
    }
}

const DEFAULT: Bounds = Bounds {
    text: MAX_TEXT,
    elements: MAX_ELEMENTS,
};

/// Which of the [`Bounds`] was in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// [`Bounds::text`].
    Text,
    /// [`Bounds::elements`].
    Elements,
}

thread_local! {
    static BOUNDS: Cell<Bounds> = const { Cell::new(DEFAULT) };
    static REACHED: Cell<Option<Bound>> = const { Cell::new(None) };
}

/// Runs something with these bounds on this thread, and with none reached yet.
pub fn with<R>(bounds: Bounds, run: impl FnOnce() -> R) -> R {
    /// Gives the thread back as it was, also when what runs panics.
    struct Restored(Bounds);
    impl Drop for Restored {
        fn drop(&mut self) {
            BOUNDS.set(self.0);
            REACHED.set(None);
        }
    }
    let _restored = Restored(BOUNDS.replace(bounds));
    REACHED.set(None);
    run()
}

/// The bound that was reached on this thread since this was asked last.
#[inline]
pub fn reached() -> Option<Bound> {
    REACHED.take()
}

/// The bounds that hold on this thread.
pub(crate) fn current() -> Bounds {
    BOUNDS.get()
}

/// Remembers that a bound was reached.
#[cold]
pub(crate) fn reach(bound: Bound) {
    REACHED.set(Some(bound));
}

/// Takes `count` elements, one level deeper, from what may still be visited; false when that is too much.
pub(crate) fn consume(count: usize, depth: usize, left: &mut usize) -> bool {
    // Empty containers count, too, or a tree of them would have no end.
    match left.checked_sub(count + 1) {
        Some(rest) if depth > 0 => {
            *left = rest;
            true
        }
        Some(_) => false,
        None => {
            reach(Bound::Elements);
            false
        }
    }
}
