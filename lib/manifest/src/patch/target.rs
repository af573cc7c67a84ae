//! [`Target`]: which manifests a patch changes.

use std::fmt;

use homescale_located::{Node, Report, did_you_mean, wrong_type};

use crate::object::{Fields, group_and_version, text};
use crate::patch::malformed::Malformed;
use crate::patch::selector::Selector;
use crate::rule::PATCH;

/// Which manifests a patch changes: those that fit everything that is said. A target that says nothing fits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The group of the API; empty for the core group.
    pub group: Option<String>,
    /// The version of the API.
    pub version: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// `metadata.name`.
    pub name: Option<String>,
    /// `metadata.namespace`; empty for manifests without one.
    pub namespace: Option<String>,
    /// A selector as `kubectl -l` takes it, on `metadata.labels`.
    pub label_selector: Option<Selector>,
}

/// The keys of a target.
const KEYS: [&str; 6] = [
    "group",
    "version",
    "kind",
    "name",
    "namespace",
    "labelSelector",
];

impl Target {
    /// Reports keys of a target that no rule knows, and values that are no strings: without them it would fit more than it
    /// should.
    pub(super) fn check(report: &mut Report<'_>, target: &Node, what: &str) {
        let Some(table) = target.as_map() else {
            return wrong_type(report, target, what, "a map");
        };
        for entry in table.entries() {
            let name = entry.name();
            if !KEYS.contains(&name.as_ref()) {
                let message = format!("unknown field `{what}.{name}` of a target");
                (report.emit(&PATCH, entry.place, message)).hint_if(did_you_mean(&name, KEYS));
            } else if entry.value.as_text().is_none() {
                wrong_type(report, &entry.value, &format!("{what}.{name}"), "a string");
            }
        }
    }

    pub(super) fn from_node(node: &Node) -> Result<Self, Malformed<'_>> {
        let text = |key: &str| node.get(key).and_then(Node::as_text).map(str::to_owned);
        let selector = match node.get("labelSelector") {
            None => None,
            Some(value) => match value.as_text().map(Selector::parse) {
                None => None,
                Some(Ok(selector)) => Some(selector),
                Some(Err(problem)) => {
                    return Err(Malformed::at(value, format!("`labelSelector` {problem}")));
                }
            },
        };
        Ok(Self {
            group: text("group"),
            version: text("version"),
            kind: text("kind"),
            name: text("name"),
            namespace: text("namespace"),
            label_selector: selector,
        })
    }

    /// Whether it says anything.
    pub(super) fn is_said(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a manifest fits.
    pub(super) fn fits(&self, manifest: &impl Fields) -> bool {
        let is = |wanted: &Option<String>, path: &[&str]| {
            let found = || manifest.text_at(path).unwrap_or_default();
            wanted.as_ref().is_none_or(|wanted| found() == **wanted)
        };
        is(&self.kind, &["kind"])
            && is(&self.name, &["metadata", "name"])
            && is(&self.namespace, &["metadata", "namespace"])
            && self.fits_api(manifest)
            && self.label_selector.as_ref().is_none_or(|selector| {
                let label = |key: &str| manifest.text_at(&["metadata", "labels", key]);
                selector.matches(|key| Some(label(key)?.to_text().into_owned()))
            })
    }

    fn fits_api(&self, manifest: &impl Fields) -> bool {
        let api = text(manifest, &["apiVersion"]);
        let (group, version) = group_and_version(&api);
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == found)
        };
        is(&self.group, group) && is(&self.version, version)
    }
}

/// Prints what is said: `kind Deployment, name web`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let selector = self.label_selector.as_ref().map(ToString::to_string);
        let parts = [
            ("group", &self.group),
            ("version", &self.version),
            ("kind", &self.kind),
            ("name", &self.name),
            ("namespace", &self.namespace),
            ("labels", &selector),
        ];
        let said: Vec<String> = parts
            .into_iter()
            .filter_map(|(what, text)| text.as_ref().map(|text| format!("{what} {text}")))
            .collect();
        if said.is_empty() {
            return f.write_str("any manifest");
        }
        f.write_str(&said.join(", "))
    }
}
