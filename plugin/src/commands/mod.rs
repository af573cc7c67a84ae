//! One file a command, or a family of commands.

mod ci;
mod manual;

use crate::cli::{Cli, Command};
use crate::disk;
use crate::failure::Failure;

/// Runs the command that the command line names.
pub(crate) fn run(cli: &Cli) -> Result<(), Failure> {
    let repository = || disk::find_repository(cli.global.repo.as_deref());
    match &cli.command {
        Command::Ci(ci) => ci::run(ci, &repository()?),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { dir } => manual::man(dir),
        _ => Err(Failure::Usage("not yet".to_owned())),
    }
}
