//! `helm-catalog completions` and `helm-catalog man`: made from the command line itself.

use std::path::{Path, PathBuf};

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
        pages(&program, &self.dir)
    }
}

fn pages(command: &clap::Command, dir: &Path) -> Result<(), Failure> {
    let name = command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned();
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)
        .map_err(|error| DiskError::io("write", dir, error))?;
    disk::write_file(&dir.join(format!("{name}.1")), &text)?;
    command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .try_for_each(|sub| pages(sub, dir))
}
