//! `helm-catalog cmp`: Argo CD's side. The config-management-plugin server runs it in the folder of the source, and says in
//! the environment what it wants.

mod asked;
mod deadline;
mod generate;
mod lookup;
mod parameters;
mod source;
mod substitute;
mod tree;

use std::time::Duration;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub(crate) enum Cmp {
    /// Print the manifests of the source in the current directory, as Argo CD's environment asks for them
    Generate(CmpOptions),
    /// Announce the parameters of the source in the current directory, as a JSON list
    Parameters(CmpOptions),
}

#[derive(Args, Debug)]
pub(crate) struct CmpOptions {
    /// End with a message when there is no result by then; without it, DEADLINE in the plugin's env, or 50s
    #[arg(long, value_name = "TIME", value_parser = deadline::parse)]
    deadline: Option<Duration>,
}

impl Cmp {
    /// Prints the manifests of the source in the current directory, or announces its parameters.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let (Self::Generate(options) | Self::Parameters(options)) = self;
        deadline::start(deadline::chosen(options.deadline)?)?;
        match self {
            Self::Generate(_) => generate::run(context),
            Self::Parameters(_) => parameters::run(context),
        }
    }
}
