//! [`Target`]: which manifests a patch changes.

use std::fmt;

use homescale_located::rule::UNKNOWN_FIELD;
use homescale_located::{Node, Report, did_you_mean, wrong_type};
use homescale_value::Value;

use crate::object::{ObjectId, group_and_version, text};
use crate::patch::malformed::Malformed;
use crate::patch::selector::Selector;

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
    /// Reports keys of a target that no rule knows, and values that are no strings.
    pub(super) fn check(report: &mut Report<'_>, target: &Node, what: &str) {
        let Some(table) = target.as_map() else {
            return wrong_type(report, target, what, "a map");
        };
        for entry in table.entries() {
            let name = entry.name();
            if !KEYS.contains(&name.as_ref()) {
                let message = format!("unknown field `{what}.{name}` of a target");
                (report.emit(&UNKNOWN_FIELD, entry.place, message))
                    .hint_if(did_you_mean(&name, KEYS));
            } else if !entry.value.is_null() && entry.value.as_text().is_none() {
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

    /// Whether a manifest fits.
    pub(super) fn fits(&self, manifest: &Value) -> bool {
        let id = ObjectId::of(manifest);
        let Some(manifest) = manifest.as_map() else {
            return false;
        };
        let api = text(manifest, "apiVersion");
        let (group, version) = group_and_version(&api);
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == found)
        };
        is(&self.group, group)
            && is(&self.version, version)
            && is(&self.kind, &id.kind)
            && is(&self.name, &id.name)
            && is(&self.namespace, &id.namespace)
            && self.label_selector.as_ref().is_none_or(|selector| {
                let metadata = manifest.get_map("metadata").unwrap_or_default();
                let labels = metadata.get_map("labels").unwrap_or_default();
                selector.matches(|key| Some(labels.get(key)?.as_str()?.to_text().into_owned()))
            })
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
