//! `helm-catalog schema`: JSON Schemas, for editors.

use clap::{Args, ValueEnum};

use super::data;
use crate::context::Context;
use crate::failure::Failure;
use crate::repository::Repository;
use crate::terminal;

#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Which schema
    #[arg(value_enum, default_value = "app")]
    of: SchemaOf,
}

/// The schemas that we have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
    /// `apps/<app>/app.yaml`
    App,
    /// `homescale.yaml`
    Homescale,
    /// The `Catalog` document that `post-render` expands
    Catalog,
    /// What `lint --output json` prints
    Findings,
}

impl Schema {
    /// Prints a JSON Schema. In a repository the one of app.yaml has the further fields that its catalog names.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let schema = match self.of {
            SchemaOf::App => match context.root() {
                Ok(root) => homescale_catalog::app_schema(
                    &Repository::read(&root)?.catalog.further_fields(),
                ),
                Err(failure) if context.given_repo().is_some() => return Err(failure),
                Err(_) => homescale_catalog::app_schema(&[]),
            },
            SchemaOf::Homescale => homescale_fleet::config_schema(),
            SchemaOf::Catalog => homescale_catalog::catalog_schema(),
            SchemaOf::Findings => homescale_catalog::findings_schema(),
        };
        terminal::print(data::pretty(&schema)?.as_bytes())
    }
}
