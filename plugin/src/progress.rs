//! [`Progress`]: how far a command is that renders many things.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::terminal::Stream;

/// A line on the terminal that counts what has been rendered; silent elsewhere.
pub(crate) struct Progress {
    noun: &'static str,
    done: AtomicUsize,
    all: usize,
    shown: bool,
}

impl Progress {
    /// None of `all` things, which are called `noun`.
    pub(crate) fn new(all: usize, noun: &'static str) -> Self {
        Self {
            noun,
            done: AtomicUsize::new(0),
            all,
            shown: Stream::Error.takes_escapes(),
        }
    }

    /// The same, but silent where lines are printed on the same terminal.
    pub(crate) fn silent_if(mut self, is_silent: bool) -> Self {
        self.shown &= !is_silent;
        self
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown {
            let end = if done == self.all { "\r\x1b[K" } else { "" };
            // A progress line that cannot be shown is no reason to stop.
            let _ = write!(
                std::io::stderr(),
                "\rrendered {done} of {} {}{end}",
                self.all,
                self.noun
            );
        }
    }
}
