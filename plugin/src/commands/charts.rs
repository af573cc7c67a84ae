//! `helm-catalog charts`: the charts of all Applications.

use clap::Args;
use homescale_chart::ChartDependency;
use homescale_fleet::{ChartPlace, Found, UsedChart};
use serde::Serialize;

use super::applications::{self, ApplicationData};
use super::data::{self, ListFormat};
use super::summary::Summary;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::FleetArgs;
use crate::table::{self, Cell};
use crate::terminal::Stream;

#[derive(Args, Debug)]
pub(crate) struct ChartsArgs {
    #[command(flatten)]
    fleet: FleetArgs,
    /// Fail when it is not known which chart an Application uses
    #[arg(long)]
    strict: bool,
    /// Table, JSON, YAML, or the name and version of a chart on each line
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ListFormat,
}

impl ChartsArgs {
    /// Prints the charts. Nothing is rendered, but where an Application may bring others.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = self.fleet.machine()?;
        let fleet = self.fleet.find(context, &machine)?;
        let selected = self.fleet.select(&fleet)?;
        let used = fleet.charts(&selected);
        let data: Vec<ChartData<'_>> = used.charts.iter().map(ChartData::of).collect();
        let is_colored = context.is_colored(Stream::Output);
        let name = |chart: &UsedChart<'_>| format!("{} {}", chart.name, chart.version);
        let names = || used.charts.iter().map(name).collect();
        data::list(
            self.output,
            &data,
            || table(&used.charts, is_colored),
            names,
        )?;
        let mut summary = Summary::saying(&fleet, "read");
        for found in &selected {
            let mut unknown = used.unknown.iter();
            let unknown = unknown.find(|(it, _)| std::ptr::eq(*it, *found));
            summary.add_read(found, unknown.map(|(_, why)| why));
        }
        summary.tell();
        summary.check(self.strict)
    }
}

/// A row for each chart, and below it one for each that it needs.
fn table(charts: &[UsedChart<'_>], is_colored: bool) -> String {
    let mut rows = Vec::new();
    for chart in charts {
        let source = match &chart.place {
            ChartPlace::Directory(path) if path.is_empty() => ".".to_owned(),
            ChartPlace::Directory(path) => path.clone(),
            ChartPlace::Elsewhere { repo_url, path } => format!("{repo_url} {path}"),
            ChartPlace::Repository(url) | ChartPlace::Oci(url) => url.clone(),
        };
        let users = applications::cell(users(chart));
        let row = [
            &chart.name,
            &chart.version,
            &chart.app_version,
            &source,
            &users,
        ];
        rows.push(row.map(Cell::from).to_vec());
        for needed in &chart.dependencies {
            let version = if needed.version.is_empty() {
                needed.vendored.as_deref().unwrap_or_default()
            } else {
                &needed.version
            };
            let name = format!("  {}", needed.name);
            let source = match (&needed.vendored, needed.repository.as_str()) {
                (Some(found), _) => format!("charts/: {found}"),
                (None, repository) => repository.to_owned(),
            };
            let row = [name.as_str(), version, "", &source];
            rows.push(row.map(Cell::from).to_vec());
        }
    }
    let header = ["CHART", "VERSION", "APP VERSION", "SOURCE", "APPLICATIONS"];
    table::text(&header, &rows, is_colored)
}

fn users<'c>(chart: &'c UsedChart<'_>) -> impl Iterator<Item = ApplicationData<'c>> {
    let data = |found: &&'c Found| ApplicationData::new(&found.cluster, &found.id);
    chart.users.iter().map(data)
}

/// A chart as data.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChartData<'c> {
    name: &'c str,
    version: &'c str,
    app_version: &'c str,
    source: SourceData<'c>,
    dependencies: Vec<DependencyData<'c>>,
    applications: Vec<ApplicationData<'c>>,
}

/// Where a chart is, as data: in a directory, at an address, or both.
#[derive(Serialize)]
struct SourceData<'c> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'c str>,
}

/// A chart that another one needs, as data.
#[derive(Serialize)]
struct DependencyData<'c> {
    name: &'c str,
    #[serde(skip_serializing_if = "str::is_empty")]
    alias: &'c str,
    version: &'c str,
    repository: &'c str,
    /// Where Helm gets it: `vendored`, `directory` or `download`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendored: Option<&'c str>,
}

impl<'c> ChartData<'c> {
    fn of(chart: &'c UsedChart<'_>) -> Self {
        Self {
            name: &chart.name,
            version: &chart.version,
            app_version: &chart.app_version,
            source: SourceData::of(&chart.place),
            dependencies: chart.dependencies.iter().map(DependencyData::of).collect(),
            applications: users(chart).collect(),
        }
    }
}

impl<'c> SourceData<'c> {
    fn of(place: &'c ChartPlace) -> Self {
        let (kind, repository, path) = match place {
            ChartPlace::Directory(path) => ("directory", None, Some(path)),
            ChartPlace::Elsewhere { repo_url, path } => ("git", Some(repo_url), Some(path)),
            ChartPlace::Repository(url) => ("repository", Some(url), None),
            ChartPlace::Oci(url) => ("oci", Some(url), None),
        };
        Self {
            kind,
            repository: repository.map(String::as_str),
            path: path.map(String::as_str),
        }
    }
}

impl<'c> DependencyData<'c> {
    fn of(needed: &'c ChartDependency) -> Self {
        let is_in_directory = needed.repository.starts_with("file://");
        let state = match &needed.vendored {
            Some(_) => "vendored",
            None if is_in_directory => "directory",
            None => "download",
        };
        Self {
            name: &needed.name,
            alias: &needed.alias,
            version: &needed.version,
            repository: &needed.repository,
            state,
            vendored: needed.vendored.as_deref(),
        }
    }
}
