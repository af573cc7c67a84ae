//! `helm-catalog list`, `waves`, `lint` and `schema`: what there is to say about a catalog.

use anstyle::{AnsiColor, Style};
use homescale_catalog::{Deployment, Severity};
use serde::Serialize;
use serde_json::json;

use crate::cli::{FindingFormat, Global, Lint, List, ReportFormat, Schema, SchemaOf, Waves};
use crate::failure::Failure;
use crate::repository::Repository;
use crate::terminal::{self, Cell};
use crate::{disk, findings};

const ON: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const OFF: Style = Style::new().dimmed();
const UNKNOWN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// Prints which app is on for which cluster.
pub(crate) fn list(options: &List, global: &Global) -> Result<(), Failure> {
    let repository = Repository::open(global.repo.as_deref())?;
    let mut status = repository.catalog.status();
    if !options.clusters.is_empty() {
        let wanted = repository.clusters(&options.clusters)?;
        let keep: Vec<bool> = status
            .clusters
            .iter()
            .map(|name| wanted.contains(name))
            .collect();
        retain(&mut status.clusters, &keep);
        status
            .apps
            .iter_mut()
            .for_each(|app| retain(&mut app.clusters, &keep));
    }
    if options.output != ReportFormat::Table {
        let values = repository
            .catalog
            .clusters()
            .filter(|cluster| status.clusters.iter().any(|name| name == cluster.name()));
        let values =
            values.map(|cluster| Ok((cluster.name().to_owned(), to_json(&cluster.values())?)));
        let values = values.collect::<Result<serde_json::Map<_, _>, Failure>>()?;
        return print_data(
            &json!({ "clusters": status.clusters, "apps": status.apps, "values": values }),
            options.output,
        );
    }
    let colored = terminal::colored(global.color, true);
    let text = if let [cluster] = status.clusters.as_slice() {
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
        terminal::table(
            &["APP", cluster, "WAVE", "NAMESPACE", "WHY"],
            &rows.collect::<Vec<_>>(),
            colored,
        )
    } else {
        let header = ["APP"]
            .into_iter()
            .chain(status.clusters.iter().map(String::as_str))
            .chain(["NAMESPACE"]);
        let rows = status.apps.iter().map(|app| {
            let mut namespaces: Vec<&str> = app
                .clusters
                .iter()
                .filter_map(|d| d.namespace.as_deref())
                .collect();
            namespaces.sort_unstable();
            namespaces.dedup();
            let cells = app.clusters.iter().map(|deployment| match deployment.wave {
                Some(wave) if deployment.on == Some(true) => Cell::styled(format!("on {wave}"), ON),
                _ => state(deployment),
            });
            std::iter::once(Cell::from(&app.app))
                .chain(cells)
                .chain([Cell::from(namespaces.join(", "))])
                .collect()
        });
        let table = terminal::table(
            &header.collect::<Vec<_>>(),
            &rows.collect::<Vec<_>>(),
            colored,
        );
        format!(
            "{table}\nThe number is the sync wave. Why an app is on or off: helm-catalog list --cluster CLUSTER\n"
        )
    };
    terminal::print(text.as_bytes())
}

fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next() == Some(&true));
}

fn state(deployment: &Deployment) -> Cell {
    match deployment.on {
        Some(true) => Cell::styled("on", ON),
        Some(false) => Cell::styled("off", OFF),
        None => Cell::styled("error", UNKNOWN),
    }
}

/// Prints the order in which a cluster comes up.
pub(crate) fn waves(options: &Waves, global: &Global) -> Result<(), Failure> {
    let repository = Repository::open(global.repo.as_deref())?;
    let named: Vec<String> = options.cluster.iter().cloned().collect();
    let cluster = repository.clusters(&named)?.swap_remove(0);
    let waves = repository
        .catalog
        .waves(&cluster)
        .map_err(|found| repository.failure(&found))?;
    if options.output != ReportFormat::Table {
        return print_data(&waves, options.output);
    }
    let mut rows = Vec::new();
    for wave in &waves.0 {
        let mut number = wave.wave.to_string();
        for name in &wave.namespaces {
            rows.push(vec![
                Cell::from(std::mem::take(&mut number)),
                Cell::from("Namespace"),
                Cell::from(name),
            ]);
        }
        for app in &wave.apps {
            let kind = Cell::from("Application");
            rows.push(vec![
                Cell::from(std::mem::take(&mut number)),
                kind,
                Cell::from(&app.app),
                Cell::from(&app.namespace),
            ]);
        }
    }
    let colored = terminal::colored(global.color, true);
    let text = terminal::table(&["WAVE", "KIND", "NAME", "NAMESPACE"], &rows, colored);
    terminal::print(text.as_bytes())
}

/// Prints everything that can be said about the catalog, and fails when an error is among it.
pub(crate) fn lint(options: &Lint, global: &Global) -> Result<(), Failure> {
    let repository = Repository::open(global.repo.as_deref())?;
    let found = repository.catalog.lint();
    let (errors, warnings) = (found.count(Severity::Error), found.count(Severity::Warning));
    let text = match options.output {
        FindingFormat::Json => pretty(&found)?,
        FindingFormat::Text => {
            let colored = terminal::colored(global.color, true);
            let text: String = found
                .iter()
                .map(|f| findings::text(f, &repository.files, colored))
                .collect();
            let notes = found.count(Severity::Note);
            let (apps, clusters) = (
                repository.catalog.apps().len(),
                repository.catalog.clusters().len(),
            );
            text + &format!(
                "{}, {}: {}, {}, {}\n",
                count(apps, "app"),
                count(clusters, "cluster"),
                count(errors, "error"),
                count(warnings, "warning"),
                count(notes, "note"),
            )
        }
    };
    terminal::print(text.as_bytes())?;
    if errors > 0 || (options.strict && warnings > 0) {
        return Err(Failure::Findings(String::new()));
    }
    Ok(())
}

/// How many there are of something, in words: `1 app`, `2 apps`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Prints a JSON Schema. In a repository the one of app.yaml has the further fields that its catalog names.
pub(crate) fn schema(options: &Schema, global: &Global) -> Result<(), Failure> {
    let schema = match options.of {
        SchemaOf::App => match disk::find_repository(global.repo.as_deref()) {
            Ok(root) => {
                homescale_catalog::app_schema(&Repository::read(root)?.catalog.further_fields())
            }
            Err(failure) if global.repo.is_some() => return Err(failure),
            Err(_) => homescale_catalog::app_schema(&[]),
        },
        SchemaOf::Catalog => homescale_catalog::catalog_schema(),
    };
    terminal::print(pretty(&schema)?.as_bytes())
}

/// Prints data as JSON or YAML.
pub(crate) fn print_data(data: &impl Serialize, format: ReportFormat) -> Result<(), Failure> {
    let json = pretty(data)?;
    if format == ReportFormat::Json {
        return terminal::print(json.as_bytes());
    }
    let value = homescale_yaml::json::decode(json.as_bytes())
        .map_err(|error| Failure::Input(error.to_string()))?;
    let yaml =
        homescale_yaml::to_yaml(&value).map_err(|error| Failure::Input(error.to_string()))?;
    terminal::print(yaml.as_bytes())
}

/// Indented JSON with a line end.
pub(crate) fn pretty(data: &impl Serialize) -> Result<String, Failure> {
    let mut text =
        serde_json::to_string_pretty(data).map_err(|error| Failure::Input(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// A value of a template as JSON.
fn to_json(value: &homescale_value::Value) -> Result<serde_json::Value, Failure> {
    let text =
        homescale_yaml::json::encode(value).map_err(|error| Failure::Input(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| Failure::Input(error.to_string()))
}
