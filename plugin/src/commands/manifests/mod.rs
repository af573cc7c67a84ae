//! `helm-catalog manifests`: every manifest of every Application.

mod json;
mod output;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use homescale_fleet::{Fleet, Layout, TreeNames};
use homescale_template::parallel;

use self::output::{Output, Scope};
use super::summary::Summary;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::FleetArgs;

/// How many renders wait for their turn, for each thread.
const WAITING: usize = 16;

#[derive(Args, Debug)]
pub(crate) struct Manifests {
    #[command(flatten)]
    fleet: FleetArgs,
    /// Write a tree of files into DIR instead of printing
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// How the tree is laid out
    #[arg(
        long,
        value_name = "LAYOUT",
        default_value = "resources",
        requires = "output_dir"
    )]
    layout: LayoutChoice,
    /// Compare the tree in --output-dir with what would be written, and fail if they differ
    #[arg(long, requires = "output_dir", conflicts_with = "prune")]
    check: bool,
    /// With --output-dir, for all Applications: remove the files there that are of none
    #[arg(long, requires = "output_dir", conflicts_with_all = ["clusters", "apps", "selector", "shard"])]
    prune: bool,
    /// Fail when an Application is skipped
    #[arg(long)]
    strict: bool,
    /// YAML, or JSON with what came of each Application
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        default_value = "yaml",
        conflicts_with = "output_dir"
    )]
    output: OutputFormat,
}

/// How manifests are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// A stream of YAML documents
    Yaml,
    /// A JSON list with each Application, what came of it, and its objects
    Json,
}

/// How a tree is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LayoutChoice {
    /// A file an object: CLUSTER/APP/KIND-NAME.yaml
    Resources,
    /// A file an Application: CLUSTER/APP.yaml
    Apps,
}

impl Manifests {
    /// Renders the Applications, and prints or writes what comes of them, in their order.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = self.fleet.machine()?;
        let fleet = self.fleet.find(context, &machine)?;
        let selected = self.fleet.select(&fleet)?;
        let names = TreeNames::new(fleet.applications());
        let mut output = self.output(&names)?;
        let mut summary = Summary::new(&fleet);
        let threads = parallel::available();
        parallel::in_order(
            &selected,
            threads,
            WAITING * threads,
            |found| fleet.render(found),
            |found, rendering| {
                summary.add(found, &rendering);
                output.take(found, rendering)
            },
        )?;
        let is_same = output.finish(Scope {
            is_all: self.fleet.means_all(),
            prune: self.prune,
            unknown: unknown(&fleet),
        })?;
        summary.tell();
        summary.check(self.strict)?;
        if is_same {
            Ok(())
        } else {
            Err(Failure::Findings(String::new()))
        }
    }

    fn output<'n>(&self, names: &'n TreeNames) -> Result<Box<dyn Output + 'n>, Failure> {
        let layout = match self.layout {
            LayoutChoice::Resources => Layout::Resources,
            LayoutChoice::Apps => Layout::Applications,
        };
        Ok(match (&self.output_dir, self.output) {
            (None, OutputFormat::Yaml) => Box::new(output::Printed),
            (None, OutputFormat::Json) => Box::new(json::Json::default()),
            (Some(dir), _) if self.check => Box::new(output::Checked::new(dir, layout, names)),
            (Some(dir), _) => Box::new(output::Written::new(dir, layout, names)?),
        })
    }
}

/// Why there may be Applications of which nobody knows.
fn unknown(fleet: &Fleet<'_>) -> Vec<String> {
    let mut why = Vec::new();
    if fleet.findings().has_errors() {
        why.push("of the errors that were found".to_owned());
    }
    let sets = fleet.not_expanded().iter();
    let sets: Vec<&str> = sets.map(|set| set.name.as_str()).collect();
    if !sets.is_empty() {
        let sets = sets.join(", ");
        why.push(format!("these ApplicationSets were not expanded: {sets}"));
    }
    why
}
