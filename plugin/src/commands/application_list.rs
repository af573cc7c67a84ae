//! `helm-catalog applications`: every Application of a repository, whatever its form, and where it was found.

use clap::Args;
use homescale_argocd::Source;
use homescale_fleet::Found;
use serde::Serialize;

use super::data::{self, ReportFormat};
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::FleetArgs;
use crate::table::{self, Cell};
use crate::terminal::{self, Stream};

#[derive(Args, Debug)]
pub(crate) struct Applications {
    #[command(flatten)]
    fleet: FleetArgs,
    /// Table, JSON or YAML; the last two have the objects
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ReportFormat,
}

/// An Application, as data.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'f> {
    cluster: &'f str,
    application: &'f str,
    namespace: &'f str,
    argocd: &'f str,
    found_in: String,
    object: serde_json::Value,
}

impl Applications {
    /// Prints the Applications, in their order.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = self.fleet.machine()?;
        let fleet = self.fleet.find(context, &machine)?;
        let selected = self.fleet.select(&fleet)?;
        if self.output == ReportFormat::Table {
            let rows: Vec<Vec<Cell>> = selected.iter().map(|found| row(found)).collect();
            let is_colored = context.is_colored(Stream::Output);
            let header = ["CLUSTER", "APPLICATION", "SOURCE", "FOUND IN"];
            terminal::print(table::text(&header, &rows, is_colored).as_bytes())?;
        } else {
            let entries: Vec<Entry<'_>> = selected.iter().map(|found| entry(found)).collect();
            data::print(&entries, self.output)?;
        }
        terminal::warn(&fleet.findings().iter().collect::<Vec<_>>());
        if fleet.findings().has_errors() {
            return Err(Failure::Findings(String::new()));
        }
        Ok(())
    }
}

fn row(found: &Found) -> Vec<Cell> {
    let sources = found.application.sources.iter().map(source);
    vec![
        Cell::from(&found.cluster),
        Cell::from(found.name()),
        Cell::from(sources.collect::<Vec<_>>().join(", ")),
        Cell::from(found.origin.to_string()),
    ]
}

/// What a source is, in a few words: its path, or the chart and its version.
fn source(source: &Source) -> String {
    let name = match (source.chart.as_str(), source.path.as_str()) {
        ("", "") => format!("${}", source.reference),
        ("", path) => path.to_owned(),
        (chart, _) => format!("{chart} {}", source.target_revision),
    };
    name.trim_end().to_owned()
}

fn entry(found: &Found) -> Entry<'_> {
    Entry {
        cluster: &found.cluster,
        application: &found.id.name,
        namespace: &found.id.namespace,
        argocd: &found.id.instance,
        found_in: found.origin.to_string(),
        object: found.object.to_json(),
    }
}
