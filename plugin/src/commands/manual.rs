//! `helm-catalog completions` and `helm-catalog man`: made from the command line itself.

use std::io;
use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;
use homescale::DiskError;

use crate::context::Context;
use crate::failure::Failure;
use crate::{completion, disk, terminal};

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints what a shell must be told so that it asks the program for completions.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let shell = if context.is_in_helm() {
            "helm".to_owned()
        } else {
            self.shell.to_string()
        };
        terminal::print(&completion::script(&shell, "helm-catalog")?)
    }
}

#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The directory to write `helm-catalog*.1` to
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

impl Man {
    /// Writes one manual page for the program and one for each command.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let mut program = context.program().disable_help_subcommand(true);
        program.build();
        let mut all = Vec::new();
        pages(&program, &mut all).map_err(|error| DiskError::io("write", &self.dir, error))?;
        let all = all
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_slice()));
        Ok(disk::write_all(&self.dir, all)?)
    }
}

/// Adds the page of a command, and those of the commands below it.
fn pages(command: &clap::Command, all: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned();
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)?;
    all.push((format!("{name}.1"), text));
    command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .try_for_each(|sub| pages(sub, all))
}
