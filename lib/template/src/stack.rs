//! Stack: how much of it a render may use, and a thread that has enough.
//!
//! Templates that call each other, nested blocks and parentheses all use the stack of the thread. Instead of overflowing
//! it, the parser and the evaluator measure how much they have used and fail.

use std::cell::Cell;
use std::thread::{Scope, ScopedJoinHandle};
use std::{io, panic, ptr, thread};

/// The stack of a thread made by [`with_stack`]: enough for the 100,000 nested templates that Go allows when optimised,
/// and for any nesting of Helm's `include`.
pub const STACK: usize = 256 << 20;

/// What [`with_stack`] leaves to functions, which are not measured: printing and encoding of deep values.
const RESERVE: usize = 32 << 20;

/// What a render may use on a thread of unknown size: half of what Rust's threads have by default.
const UNKNOWN: usize = 1 << 20;

thread_local! {
    /// The limit of this thread when [`with_stack`] made it.
    static LIMIT: Cell<Option<Stack>> = const { Cell::new(None) };
}

/// Runs `work` on a thread with a stack of [`STACK`] bytes, and waits for it.
///
/// A render on any other thread works, too, but may use only 1 MiB of stack: ordinary charts need less, and one that
/// needs more fails with Go's error `exceeded maximum template depth (100000)`.
///
/// The error is that of starting the thread. A panic in `work` goes on in the caller.
pub fn with_stack<R: Send>(work: impl FnOnce() -> R + Send) -> io::Result<R> {
    thread::scope(|scope| {
        let result = spawn(scope, work)?.join();
        result.or_else(|payload| panic::resume_unwind(payload))
    })
}

/// Starts a thread with that stack.
pub(crate) fn spawn<'s, R: Send + 's>(
    scope: &'s Scope<'s, '_>,
    work: impl FnOnce() -> R + Send + 's,
) -> io::Result<ScopedJoinHandle<'s, R>> {
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn_scoped(scope, || {
        LIMIT.set(Some(Stack::here(STACK - RESERVE)));
        work()
    })
}

/// How much stack may be used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stack {
    base: usize,
    size: usize,
}

impl Stack {
    /// The limit of this thread, if it is known, else a modest one from here on.
    pub(crate) fn current() -> Self {
        LIMIT.get().unwrap_or_else(|| Self::here(UNKNOWN))
    }

    #[inline(never)]
    fn here(size: usize) -> Self {
        let marker = 0u8;
        Self {
            base: ptr::from_ref(&marker).addr(),
            size,
        }
    }

    /// Whether so much is used that nothing more may nest.
    #[inline]
    pub(crate) fn is_exhausted(self) -> bool {
        let marker = 0u8;
        // The difference of two addresses on the same stack, whichever way it grows.
        self.base.abs_diff(ptr::from_ref(&marker).addr()) > self.size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dig(stack: Stack, depth: usize) -> usize {
        if stack.is_exhausted() {
            return depth;
        }
        dig(stack, depth + 1).max(depth)
    }

    #[test]
    fn a_thread_with_stack_nests_deeper() {
        let here = dig(Stack::current(), 0);
        let there = with_stack(|| dig(Stack::current(), 0)).unwrap();
        assert!(here > 1_000, "{here}");
        assert!(there > 50 * here, "{there} {here}");
    }
}
