//! The binary `helm-catalog`: parses the command line, reads the disk, prints, exits.
//!
//! All logic is in the libraries; see `lib/README.md`.

mod cache;
mod cli;
mod commands;
mod completion;
mod context;
mod disk;
mod effects;
mod examples;
mod failure;
mod findings;
mod fleet;
mod git;
mod kustomize;
mod look_path;
mod platform;
mod process;
mod progress;
mod repository;
mod table;
mod terminal;
mod tree;
mod watch;

use std::convert::Infallible;
use std::io::Write;
use std::process::ExitCode;

/// The C library's allocator costs a quarter of a render on Linux, most of it in system calls. Elsewhere the program is not measured,
/// and need not have a C compiler.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Templates recurse deeply, so they run on a thread whose stack is large enough. That thread does everything, because
    // each thread that allocates keeps memory of its own; and it ends the process itself, because a thread that ends first
    // frees all of its memory, one allocation after the other.
    let never = homescale_template::with_stack(|| -> Infallible {
        std::process::exit(terminal::status_of(cli::run(std::env::args_os().collect())))
    });
    match never {
        Ok(never) => match never {},
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "Error: cannot start a thread: {error}");
            ExitCode::from(1)
        }
    }
}
