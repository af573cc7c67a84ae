//! Work on several threads, which have the stack of [`with_stack`](crate::with_stack), with results in the order of the items.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::{panic, thread};

use crate::stack;

/// How many items make a thread worth its start.
const WORTHWHILE: usize = 64;

/// The number of threads that this machine runs at once.
pub fn available() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does the work on each item, the next one on whichever thread is free, and gives the results in order.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let mut results = thread::scope(|scope| {
        let others = (1..threads.min(items.len())).map(|_| stack::spawn(scope, share));
        // Where the system has no thread left, the others do its share.
        let others: Vec<_> = others.filter_map(Result::ok).collect();
        let mut results = share();
        for other in others {
            let done = other.join();
            results.extend(done.unwrap_or_else(|payload| panic::resume_unwind(payload)));
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Does the work on each item as [`each`] does, and hands the results on in the order of the items, on the thread of the caller,
/// each as soon as its turn has come. No more than `window` results wait for theirs, so that memory is bounded.
///
/// # Errors
/// The first error of `take`, after which no further item is begun.
pub fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    threads: usize,
    window: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<(), E> {
    let queue = Queue::new(items.len(), window.max(1));
    let share = || {
        let leaving = Leaving(&queue);
        while let Some(index) = queue.next() {
            queue.put(index, work(&items[index]));
        }
        drop(leaving);
    };
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            queue.enter();
            if stack::spawn(scope, share).is_err() {
                queue.leave();
            }
        }
        for (index, item) in items.iter().enumerate() {
            // Where the system has no thread at all, this one does the work.
            let result = queue.take(index).unwrap_or_else(|| work(item));
            if let Err(error) = take(item, result) {
                queue.stop();
                return Err(error);
            }
        }
        Ok(())
    })
}

/// Results that wait for their turn.
struct Queue<R> {
    state: Mutex<State<R>>,
    changed: Condvar,
    items: usize,
    window: usize,
}

struct State<R> {
    /// The next item to be begun, and the next whose result is taken.
    next: usize,
    taken: usize,
    done: BTreeMap<usize, R>,
    /// How many threads work.
    threads: usize,
}

impl<R> Queue<R> {
    fn new(items: usize, window: usize) -> Self {
        let state = State {
            next: 0,
            taken: 0,
            done: BTreeMap::new(),
            threads: 0,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            items,
            window,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State<R>)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn enter(&self) {
        self.change(|state| state.threads += 1);
    }

    fn leave(&self) {
        self.change(|state| state.threads -= 1);
    }

    fn stop(&self) {
        self.change(|state| {
            state.next = usize::MAX;
            state.taken = usize::MAX;
        });
    }

    /// The next item to be begun, as soon as few enough results wait.
    fn next(&self) -> Option<usize> {
        let state = self.lock();
        let is_full = |state: &mut State<R>| {
            state.next < self.items && state.next - state.taken.min(state.next) >= self.window
        };
        let waited = self.changed.wait_while(state, is_full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        let index = state.next;
        if index >= self.items {
            return None;
        }
        state.next += 1;
        Some(index)
    }

    fn put(&self, index: usize, result: R) {
        self.change(|state| drop(state.done.insert(index, result)));
    }

    /// The result of an item, as soon as it is there. `None` where no thread works any more.
    fn take(&self, index: usize) -> Option<R> {
        let is_open = |state: &mut State<R>| !state.done.contains_key(&index) && state.threads > 0;
        let waited = self.changed.wait_while(self.lock(), is_open);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.taken = index + 1;
        let result = state.done.remove(&index);
        drop(state);
        self.changed.notify_all();
        result
    }
}

/// A thread that works, until it ends or panics.
struct Leaving<'q, R>(&'q Queue<R>);

impl<R> Drop for Leaving<'_, R> {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// Splits the items into parts, one a thread, and gives the result of each part in order. Few items stay on this thread.
pub fn parts<'t, T: Sync, R: Send>(
    items: &'t [T],
    threads: usize,
    work: impl Fn(&'t [T]) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(items.len() / WORTHWHILE);
    if threads <= 1 {
        return vec![work(items)];
    }
    let parts: Vec<&'t [T]> = items.chunks(items.len().div_ceil(threads)).collect();
    each(&parts, threads, |part| work(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_handed_on_in_order_and_few_wait() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 7] {
            let waiting = AtomicUsize::new(0);
            let mut taken = Vec::new();
            let work = |item: &usize| {
                assert!(waiting.fetch_add(1, Ordering::SeqCst) < 5 + 7);
                *item
            };
            let done = in_order(&items, threads, 5, work, |item, result| {
                waiting.fetch_sub(1, Ordering::SeqCst);
                assert_eq!(*item, result);
                taken.push(result);
                if result == 900 { Err("enough") } else { Ok(()) }
            });
            assert_eq!(done, Err("enough"));
            assert_eq!(taken, items[..=900]);
        }
    }

    #[test]
    fn results_are_in_order_however_many_threads() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 3, 7, 64] {
            assert_eq!(each(&items, threads, |item| *item), items);
            assert_eq!(parts(&items, threads, <[usize]>::to_vec).concat(), items);
        }
        assert_eq!(parts(&[], 4, <[usize]>::len), [0]);
    }
}
