//! `helm-catalog completions` and `helm-catalog man`: generated from the command line itself.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::failure::Failure;
use crate::{disk, terminal};

/// Prints the completion script of a shell.
pub(crate) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "helm-catalog", &mut script);
    terminal::print(&script)
}

/// Writes one manual page for the program and one for each command.
pub(crate) fn man(dir: &Path) -> Result<(), Failure> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    pages(&root, dir)
}

fn pages(command: &clap::Command, dir: &Path) -> Result<(), Failure> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned();
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)
        .map_err(|error| Failure::io("write", dir, &error))?;
    disk::write_file(&dir.join(format!("{name}.1")), &text)?;
    command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .try_for_each(|sub| pages(sub, dir))
}
