//! [`Announcement`]: what Argo CD shows of the plugin's parameters in its pages (`cmpserver/plugin/plugin.go`,
//! `GetParametersAnnouncement`).

use std::collections::BTreeMap;

use homescale_value::Value;
use homescale_yaml::json;
use serde::Serialize;

use crate::plugin_parameters::{KNOWN, Known};
use crate::render::ChartSource;

/// An announcement, as Argo CD reads it in JSON. What it announces is what holds where the Application says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Announcement {
    /// The name of the parameter.
    pub name: &'static str,
    /// What Argo CD's pages call it.
    pub title: &'static str,
    /// What it is for.
    pub tooltip: String,
    /// `map` or `string`.
    #[serde(rename = "collectionType")]
    pub collection_type: &'static str,
    /// The string that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string: Option<String>,
    /// The map that holds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub map: BTreeMap<String, String>,
}

impl Announcement {
    /// What is announced of a source that is a catalog, or that could not be told: the cluster, if it is known, of these.
    pub fn of_catalog(cluster: Option<&str>, clusters: &[String]) -> Vec<Self> {
        let mut all = Self::all(clusters);
        all.retain(|it| matches!(it.name, "cluster" | "allow-empty"));
        set(&mut all, "cluster", |it| {
            it.string = cluster.map(str::to_owned);
        });
        all
    }

    /// What is announced of a chart with its values, if they are known.
    pub fn of_chart(chart: &ChartSource, values: Option<&Value>, clusters: &[String]) -> Vec<Self> {
        let mut all = Self::all(clusters);
        let helm = chart.helm_version.name();
        set(&mut all, "helm-version", |it| {
            it.string = Some(helm.to_owned());
        });
        let values = values.map(values_by_path).unwrap_or_default();
        set(&mut all, "parameters", |it| it.map = values);
        all
    }

    /// An announcement for every parameter, with what always holds.
    fn all(clusters: &[String]) -> Vec<Self> {
        let announce = |known: &Known| Self {
            name: known.name,
            title: known.title,
            tooltip: known.tooltip.to_owned(),
            collection_type: if known.is_map { "map" } else { "string" },
            string: None,
            map: BTreeMap::new(),
        };
        let mut all: Vec<Self> = KNOWN.iter().map(announce).collect();
        set(&mut all, "allow-empty", |it| {
            it.string = Some("false".to_owned());
        });
        if !clusters.is_empty() {
            let clusters = clusters.join(", ");
            set(&mut all, "cluster", |it| {
                it.tooltip = format!("{} There are: {clusters}.", it.tooltip);
            });
        }
        all
    }
}

/// Changes the announcement of a parameter, if it is among these.
fn set(announced: &mut [Announcement], name: &str, change: impl FnOnce(&mut Announcement)) {
    let found = announced.iter_mut().find(|it| it.name == name);
    found.map(change);
}

/// Values by their paths, as `--set` takes them: `image.tag`, `ports[0]`.
fn values_by_path(values: &Value) -> BTreeMap<String, String> {
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
