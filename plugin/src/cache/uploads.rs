//! [`Uploads`]: entries on their way to a server, while the next ones are rendered.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use homescale_fleet::Key;

/// How many entries are given at once: most of the time is waiting.
const THREADS: usize = 4;

/// How many wait. Who has another one waits, too, so that memory is bounded.
const WAITING: usize = 16;

type Entry = (Key, Vec<u8>);
type Give = dyn Fn(&Key, &[u8]) + Send + Sync;

/// Gives entries away, on threads of its own. Where it ends, all are given.
pub(super) struct Uploads {
    give: Arc<Give>,
    running: OnceLock<Running>,
}

/// The threads, once there is something to give.
struct Running {
    entries: SyncSender<Entry>,
    threads: Vec<JoinHandle<()>>,
}

impl Uploads {
    /// Nothing is to be given yet.
    pub(super) fn new(give: impl Fn(&Key, &[u8]) + Send + Sync + 'static) -> Self {
        Self {
            give: Arc::new(give),
            running: OnceLock::new(),
        }
    }

    /// Adds an entry.
    pub(super) fn add(&self, key: Key, entry: Vec<u8>) {
        let running = self.running.get_or_init(|| self.start());
        // Where the system has no thread left, it is not given.
        let _ = running.entries.send((key, entry));
    }

    fn start(&self) -> Running {
        let (entries, waiting) = sync_channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let threads = (0..THREADS).map(|_| {
            let (give, waiting) = (Arc::clone(&self.give), Arc::clone(&waiting));
            thread::Builder::new().spawn(move || {
                while let Some((key, entry)) = next(&waiting) {
                    give(&key, &entry);
                }
            })
        });
        Running {
            entries,
            threads: threads.filter_map(Result::ok).collect(),
        }
    }
}

/// The next entry, once there is one. `None`: there will be no further one.
fn next(waiting: &Mutex<Receiver<Entry>>) -> Option<Entry> {
    let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.recv().ok()
}

impl Drop for Uploads {
    fn drop(&mut self) {
        if let Some(Running { entries, threads }) = self.running.take() {
            drop(entries);
            for thread in threads {
                // What could not be given is not there, and nothing else.
                let _ = thread.join();
            }
        }
    }
}
