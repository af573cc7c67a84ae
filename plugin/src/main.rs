//! The binary `helm-catalog`: parses the command line, reads the disk, prints, exits.
//!
//! All logic is in the libraries; see `lib/README.md`.

mod chart;
mod cli;
mod commands;
mod disk;
mod failure;
mod findings;
mod flags;
mod git;
mod helm_plugins;
mod host;
mod output_dir;
mod outside;
mod post_renderer;
mod repository;
mod terminal;

use std::convert::Infallible;
use std::io::Write;
use std::process::ExitCode;

use crate::cli::Cli;
use crate::failure::Failure;

/// The system's allocator costs a quarter of a render, most of it in system calls.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Deep templates recurse: they run on a thread with a stack for that. It also ends the process, because to end the thread
    // first would give back its memory piece by piece. It does all the rest as well, as each thread that allocates has memory
    // of its own.
    let never = homescale_template::with_stack(|| -> Infallible {
        let cli = Cli::read(std::env::args_os().collect());
        std::process::exit(status_of(commands::run(&cli)))
    });
    match never {
        Ok(never) => match never {},
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "Error: cannot start a thread: {error}");
            ExitCode::from(1)
        }
    }
}

/// Tells what went wrong, if anything did. Returns the exit status.
fn status_of(result: Result<(), Failure>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(failure) => {
            // Nobody is left to tell when standard error is closed too.
            let _ = write!(std::io::stderr(), "{failure}");
            i32::from(failure.status())
        }
    }
}
