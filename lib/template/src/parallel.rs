//! Work on several threads, which have the stack of [`with_stack`](crate::with_stack), with results in the order of the items.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    fn results_are_in_order_however_many_threads() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 3, 7, 64] {
            assert_eq!(each(&items, threads, |item| *item), items);
            assert_eq!(parts(&items, threads, <[usize]>::to_vec).concat(), items);
        }
        assert_eq!(parts(&[], 4, <[usize]>::len), [0]);
    }
}
