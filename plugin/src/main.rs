//! The binary `helm-catalog`: parses the command line, reads the disk, prints, exits.
//!
//! All logic is in the libraries; see `lib/README.md`.

mod cli;
mod commands;
mod disk;
mod failure;
mod git;
mod terminal;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

/// The stack of the thread that does the work: deep templates recurse, and memory is only used as far as they do.
const STACK: usize = 256 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let worker = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || commands::run(&cli));
    let result = worker.map(std::thread::JoinHandle::join);
    match result {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(failure))) => {
            // Nobody is left to tell when standard error is closed too.
            let _ = write!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.status())
        }
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "Error: cannot start a thread: {error}");
            ExitCode::from(1)
        }
    }
}
