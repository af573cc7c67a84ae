//! Many apps on several threads, with results in the order of the apps.

use std::num::NonZero;
use std::{panic, thread};

use homescale_template::with_stack;

/// How many items make a thread worth its start.
const WORTHWHILE: usize = 64;

/// The number of threads that this machine runs at once.
pub(crate) fn available() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Splits the items into parts, one a thread, and gives the result of each part in order. Few items stay on this thread.
pub(crate) fn parts<'t, T: Sync, R: Send>(
    items: &'t [T],
    threads: usize,
    work: impl Fn(&'t [T]) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(items.len() / WORTHWHILE).max(1);
    let mut parts = items.chunks(items.len().div_ceil(threads).max(1));
    let first = parts.next().unwrap_or_default();
    let work = &work;
    thread::scope(|scope| {
        let start = |part: &'t [T]| (part, scope.spawn(move || with_stack(|| work(part))));
        let running: Vec<_> = parts.map(start).collect();
        let mut results = vec![work(first)];
        for (part, thread) in running {
            results.push(match thread.join() {
                Ok(Ok(result)) => result,
                // The system has no thread left: the part is done here.
                Ok(Err(_)) => work(part),
                Err(payload) => panic::resume_unwind(payload),
            });
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order_however_many_threads() {
        let items: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 2, 3, 7, 64] {
            assert_eq!(parts(&items, threads, <[usize]>::to_vec).concat(), items);
        }
        assert_eq!(parts(&[], 4, <[usize]>::len), [0]);
    }
}
