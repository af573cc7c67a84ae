//! `helm-catalog list`: which app is on for which cluster, and why.

use std::collections::BTreeSet;

use anstyle::{AnsiColor, Style};
use clap::Args;
use homescale_catalog::{Deployment, Status};
use serde_json::json;

use super::data::{self, ReportFormat};
use crate::context::Context;
use crate::failure::Failure;
use crate::repository::Repository;
use crate::table::{self, Cell};
use crate::terminal::{self, Stream};

const ON: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const OFF: Style = Style::new().dimmed();
const UNKNOWN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only this cluster; repeat it for several
    #[arg(short, long = "cluster", value_name = "CLUSTER")]
    clusters: Vec<String>,
    /// Table, JSON or YAML
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ReportFormat,
}

impl List {
    /// Prints which app is on for which cluster.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let repository = context.repository()?;
        let mut status = repository.catalog.status();
        if !self.clusters.is_empty() {
            keep(&mut status, &repository.clusters(&self.clusters)?);
        }
        repository.check_known(&status)?;
        if self.output != ReportFormat::Table {
            return data::print(&with_values(&repository, &status)?, self.output);
        }
        let is_colored = context.is_colored(Stream::Output);
        let text = match status.clusters.as_slice() {
            [cluster] => of_one(cluster, &status, is_colored),
            _ => of_several(&status, is_colored, context.name()),
        };
        terminal::print(text.as_bytes())
    }
}

/// Drops all clusters but these.
fn keep(status: &mut Status, wanted: &[String]) {
    let keep: Vec<bool> = status
        .clusters
        .iter()
        .map(|name| wanted.contains(name))
        .collect();
    retain(&mut status.clusters, &keep);
    for app in &mut status.apps {
        retain(&mut app.clusters, &keep);
    }
}

fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next() == Some(&true));
}

/// The status as data, with the values that each cluster gives the catalog.
fn with_values(repository: &Repository, status: &Status) -> Result<serde_json::Value, Failure> {
    let mut values = serde_json::Map::new();
    for cluster in repository.catalog.clusters() {
        if status.clusters.iter().any(|name| name == cluster.name()) {
            let of_cluster = data::to_json(&cluster.values())?;
            values.insert(cluster.name().to_owned(), of_cluster);
        }
    }
    Ok(json!({ "clusters": status.clusters, "apps": status.apps, "values": values }))
}

/// The table of one cluster, which has room for the reasons.
fn of_one(cluster: &str, status: &Status, is_colored: bool) -> String {
    let rows = status.apps.iter().map(|app| {
        let deployment = &app.clusters[0];
        let wave = deployment.wave.filter(|_| deployment.on == Some(true));
        vec![
            Cell::from(&app.app),
            state(deployment),
            Cell::from(wave.map(|wave| wave.to_string()).unwrap_or_default()),
            Cell::from(deployment.namespace.clone().unwrap_or_default()),
            Cell::from(deployment.reason.to_string()),
        ]
    });
    let header = ["APP", cluster, "WAVE", "NAMESPACE", "WHY"];
    table::text(&header, &rows.collect::<Vec<_>>(), is_colored)
}

/// The table of several clusters, a column each, and what to ask `program` next.
fn of_several(status: &Status, is_colored: bool, program: &str) -> String {
    let clusters = status.clusters.iter().map(String::as_str);
    let header = ["APP"].into_iter().chain(clusters).chain(["NAMESPACE"]);
    let rows = status.apps.iter().map(|app| {
        let namespaces = app.clusters.iter().filter_map(|d| d.namespace.as_deref());
        let namespaces: Vec<&str> = namespaces.collect::<BTreeSet<_>>().into_iter().collect();
        let cells = app.clusters.iter().map(|deployment| match deployment.wave {
            Some(wave) if deployment.on == Some(true) => Cell::styled(format!("on {wave}"), ON),
            _ => state(deployment),
        });
        let name = std::iter::once(Cell::from(&app.app));
        let namespaces = [Cell::from(namespaces.join(", "))];
        name.chain(cells).chain(namespaces).collect()
    });
    let header: Vec<&str> = header.collect();
    let table = table::text(&header, &rows.collect::<Vec<_>>(), is_colored);
    format!(
        "{table}\nThe number is the sync wave. Why an app is on or off: {program} list --cluster CLUSTER\n"
    )
}

fn state(deployment: &Deployment) -> Cell {
    match deployment.on {
        Some(true) => Cell::styled("on", ON),
        Some(false) => Cell::styled("off", OFF),
        None => Cell::styled("error", UNKNOWN),
    }
}
