//! One file a command, or a family of commands.

mod ci;
mod cmp;
mod manual;
pub(crate) mod post_render;
mod render;
mod report;
mod template;

use crate::cli::{Cli, Command};
use crate::disk;
use crate::failure::Failure;

pub(crate) use cmp::parse_deadline;

/// Runs the command that the command line names.
pub(crate) fn run(cli: &Cli) -> Result<(), Failure> {
    let global = &cli.global;
    match &cli.command {
        Command::Render(options) => render::run(options, global),
        Command::List(options) => report::list(options, global),
        Command::Waves(options) => report::waves(options, global),
        Command::Lint(options) => report::lint(options, global),
        Command::Schema(options) => report::schema(options, global),
        Command::Template(options) => template::run(&options.arguments),
        Command::PostRender(options) => post_render::run(options, global),
        Command::Cmp(cmp) => cmp::run(cmp, global),
        Command::Ci(ci) => ci::run(ci, &disk::find_repository(global.repo.as_deref())?),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { dir } => manual::man(dir),
    }
}
