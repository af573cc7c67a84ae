//! `helm-catalog cmp parameters`: what Argo CD shows of the source's parameters.

use std::collections::BTreeMap;

use homescale_value::Value;
use homescale_yaml::json;
use serde::Serialize;

use super::asked::{Asked, KNOWN, Known};
use super::source::Source;
use super::tree::Tree;
use crate::context::Context;
use crate::disk;
use crate::failure::Failure;
use crate::terminal;

/// An announcement, as Argo CD reads it.
#[derive(Serialize)]
struct Announcement {
    name: &'static str,
    title: &'static str,
    tooltip: String,
    #[serde(rename = "collectionType")]
    collection_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    string: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    map: BTreeMap<String, String>,
}

/// Prints a JSON list of announcements with what holds where the Application says nothing.
///
/// Argo CD asks without saying for which Kubernetes, and perhaps before a cluster was chosen: what cannot be told yet is
/// announced without a default, and the reason goes to standard error, which Argo CD logs.
pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let asked = Asked::of_environment()?;
    let tree = Tree::find(context)?;
    let source = Source::find(&tree, &asked);
    let mut announced: Vec<Announcement> = KNOWN.iter().map(announce).collect();
    let mut set = |name: &str, change: &dyn Fn(&mut Announcement)| {
        announced
            .iter_mut()
            .filter(|it| it.name == name)
            .for_each(change);
    };
    let clusters = clusters(&tree);
    if !clusters.is_empty() {
        set("cluster", &|it| {
            it.tooltip = format!("{} There are: {}.", it.tooltip, clusters.join(", "));
        });
    }
    set("allow-empty", &|it| it.string = Some("false".to_owned()));
    let mut names: Vec<&str> = vec!["cluster", "allow-empty"];
    match source {
        Ok(Source::Catalog(_, cluster)) => set("cluster", &|it| it.string = Some(cluster.clone())),
        Ok(Source::Chart(chart)) => {
            names = KNOWN.iter().map(|known| known.name).collect();
            set("helm-version", &|it| {
                it.string = Some(chart.level.name().to_owned());
            });
            match tree.chart().and_then(|files| {
                let values = chart.effective_values(&files, &tree);
                values.map_err(Failure::Input)
            }) {
                Ok(values) => set("parameters", &|it| it.map = flat(&values)),
                Err(failure) => terminal::warn(&[failure.to_string()]),
            }
        }
        Err(failure) => terminal::warn(&[failure.to_string().trim_end().to_owned()]),
    }
    announced.retain(|it| names.contains(&it.name));
    let text = serde_json::to_string(&announced);
    let text = text.map_err(|error| Failure::Input(error.to_string()))?;
    terminal::print(text.as_bytes())
}

fn announce(known: &Known) -> Announcement {
    Announcement {
        name: known.name,
        title: known.title,
        tooltip: known.tooltip.to_owned(),
        collection_type: if known.is_map { "map" } else { "string" },
        string: None,
        map: BTreeMap::new(),
    }
}

/// The folders of `clusters/` that are clusters.
fn clusters(tree: &Tree) -> Vec<String> {
    let folders = tree.catalog.as_ref().map(|root| root.join("clusters"));
    let entries = folders.and_then(|folder| std::fs::read_dir(folder).ok());
    let folders = entries.into_iter().flatten().filter_map(Result::ok);
    let folders = folders.filter(|entry| disk::read_file(&entry.path().join("apps.yaml")).is_ok());
    let mut names: Vec<String> = folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// Values by their paths, as `--set` takes them: `image.tag`, `ports[0]`.
fn flat(values: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    flatten(values, String::new(), &mut found);
    found
}

fn flatten(value: &Value, path: String, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Nil => {}
        Value::Map(map) => {
            for (key, value) in map.to_vec() {
                let key = key.to_text();
                let key = key
                    .replace('\\', "\\\\")
                    .replace('.', "\\.")
                    .replace('[', "\\[");
                let dot = if path.is_empty() { "" } else { "." };
                flatten(&value, format!("{path}{dot}{key}"), found);
            }
        }
        Value::List(list) => {
            for (index, value) in list.items().iter().enumerate() {
                flatten(value, format!("{path}[{index}]"), found);
            }
        }
        Value::Str(text) => {
            found.insert(path, text.to_text().into_owned());
        }
        scalar => {
            found.extend(json::encode(scalar).ok().map(|text| (path, text)));
        }
    }
}
