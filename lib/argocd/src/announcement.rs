//! The plugin's parameters, and how they are announced to Argo CD, which shows them in its pages
//! (`cmpserver/plugin/plugin.go`, `GetParametersAnnouncement`).

use std::collections::BTreeMap;

use homescale_value::Value;
use homescale_yaml::json;
use serde::Serialize;

/// A parameter that the plugin knows.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// What Argo CD's pages call it.
    title: &'static str,
    /// What it is for.
    tooltip: &'static str,
    /// Whether it is a map of strings; others are strings.
    pub(crate) is_map: bool,
}

/// Every parameter. A string may also be given in the plugin's `env`, as `ALLOW_EMPTY` for `allow-empty`.
pub(crate) static KNOWN: &[Known] = &[
    known(
        "cluster",
        "Cluster",
        "The directory of the cluster below clusters/.",
    ),
    known(
        "helm",
        "Helm source",
        "What source.helm of an Application would say, as YAML. With it, nothing of the catalog is read.",
    ),
    known(
        "patches",
        "Patches",
        "The patches of the rendered manifests, as YAML.",
    ),
    Known {
        name: "parameters",
        title: "Values",
        tooltip: "Values of the chart that are set last, as by --set.",
        is_map: true,
    },
    known(
        "argocd-version",
        "Argo CD version",
        "The version of Argo CD whose Helm the chart is rendered as.",
    ),
    known(
        "helm-version",
        "Helm version",
        "The version of Helm that the chart is rendered as, whatever Argo CD has.",
    ),
    known(
        "allow-empty",
        "Allow empty",
        "Whether no manifests at all are a result: true or false.",
    ),
];

const fn known(name: &'static str, title: &'static str, tooltip: &'static str) -> Known {
    Known {
        name,
        title,
        tooltip,
        is_map: false,
    }
}

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
    /// An announcement for every parameter, without what holds.
    pub fn all() -> Vec<Self> {
        let announce = |known: &Known| Self {
            name: known.name,
            title: known.title,
            tooltip: known.tooltip.to_owned(),
            collection_type: if known.is_map { "map" } else { "string" },
            string: None,
            map: BTreeMap::new(),
        };
        KNOWN.iter().map(announce).collect()
    }
}

/// Values by their paths, as `--set` takes them: `image.tag`, `ports[0]`.
///
/// ```
/// use homescale_argocd::values_by_path;
///
/// let values = homescale_yaml::from_slice(b"{image: {tag: next}, ports: [80], a.b: true}")?;
/// let by_path: Vec<_> = values_by_path(&values).into_iter().collect();
/// let expected = [(r"a\.b", "true"), ("image.tag", "next"), ("ports[0]", "80")];
/// assert_eq!(by_path, expected.map(|(path, value)| (path.to_owned(), value.to_owned())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn values_by_path(values: &Value) -> BTreeMap<String, String> {
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
