//! `helm-catalog cmp`: Argo CD's side. The config-management-plugin server runs it in the directory of the source, and says
//! in the environment what it wants.

mod generate;
mod parameters;
mod source;
mod tree;

use std::time::Duration;

use clap::{Args, Subcommand};
use homescale_argocd::{PLUGIN_LIMITS, PluginRequest, RequestError, parse_deadline};
use homescale_chart::{LimitError, Limits};

use crate::context::Context;
use crate::failure::Failure;
use crate::watch::{self, Bounds};

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
    #[arg(long, value_name = "TIME", value_parser = parse_deadline)]
    deadline: Option<Duration>,
    /// How much a chart may cause, as in `template --limit`; what is not named has the default of the plugin
    #[arg(long, value_name = "NAME=N,…", value_parser = limits)]
    limit: Option<Limits>,
}

impl Cmp {
    /// Prints the manifests of the source in the current directory, or announces its parameters.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let (Self::Generate(options) | Self::Parameters(options)) = self;
        let request = PluginRequest::read_os(std::env::vars_os())?;
        let deadline = options.deadline.map_or_else(|| request.deadline(), Ok);
        let usual = Bounds {
            time: deadline?,
            ..watch::OF_PLUGIN
        };
        context.bounds(usual).start()?;
        match self {
            Self::Generate(_) => generate::run(
                &request,
                options.limit.clone().unwrap_or(PLUGIN_LIMITS),
                context,
            ),
            Self::Parameters(_) => parameters::run(&request, context),
        }
    }
}

/// The limits of the plugin, but for those that are named.
fn limits(settings: &str) -> Result<Limits, LimitError> {
    PLUGIN_LIMITS.with(settings)
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Input(error.to_string())
    }
}
