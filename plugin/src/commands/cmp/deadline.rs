//! The time that a command may take. Argo CD gives up after 60 seconds and then says only that it did; before that, the
//! program ends by itself and says why.

use std::time::Duration;

use crate::failure::Failure;
use crate::terminal;

/// Ends the process with a message when the time is over.
///
/// # Errors
/// No thread can be started.
pub(super) fn start(limit: Duration) -> Result<(), Failure> {
    let watch = move || {
        std::thread::sleep(limit);
        let over = format!("no result within {limit:?}, the deadline of the plugin");
        terminal::log(&Failure::Input(over).hinted(Some(
            "--deadline, or DEADLINE in the plugin's env, sets another; Argo CD's own is 60s unless its repo-server \
             timeouts say otherwise",
        )));
        std::process::exit(1);
    };
    let started = std::thread::Builder::new().spawn(watch);
    started
        .map(drop)
        .map_err(|error| Failure::Input(format!("cannot start a thread: {error}")))
}
