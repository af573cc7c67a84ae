//! `helm-catalog values`: what a cluster gives the catalog's chart.

use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::terminal;

#[derive(Args, Debug)]
pub(crate) struct Values {
    /// The cluster. Not needed when there is one
    #[arg(short, long, value_name = "CLUSTER")]
    cluster: Option<String>,
}

impl Values {
    /// Prints the values that Argo CD hands Helm for the catalog's chart, as a file of values.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let repository = context.repository()?;
        let name = repository.cluster(self.cluster.as_deref())?;
        let values = repository.values(&name)?;
        let yaml = homescale_yaml::to_yaml(&values).map_err(Failure::input)?;
        terminal::print(yaml.as_bytes())
    }
}
