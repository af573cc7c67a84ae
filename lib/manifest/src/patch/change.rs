//! [`Patch`]: a change to rendered manifests, and how it is read.

use homescale_located::rule::UNKNOWN_FIELD;
use homescale_located::{
    Data, Diagnostics, Location, Node, Origin, Report, Sources, did_you_mean, read, wrong_type,
};
use serde_json::Value as Json;

use crate::patch::malformed::Malformed;
use crate::patch::target::Target;
use crate::rule::PATCH;

/// A change to the manifests that a target selects.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    /// What it changes.
    pub target: Target,
    /// How.
    pub change: Change,
    /// Whether it may match nothing.
    pub optional: bool,
    /// Where it is written, for messages.
    pub location: Option<Location>,
}

/// How a manifest is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// JSON Patch (RFC 6902): a list of operations.
    Json(json_patch::Patch),
    /// JSON Merge Patch (RFC 7396): what is there is merged in, null removes.
    Merge(Json),
}

/// The keys of a patch.
const KEYS: [&str; 4] = ["target", "jsonPatch", "merge", "optional"];

impl Patch {
    /// Reads patches from a YAML text: a list of them, or a map with such a list under `patches`, such as an `app.yaml`.
    /// `file` is the name of the text in messages.
    ///
    /// # Errors
    /// The text is not YAML, or a patch is malformed.
    pub fn read_list(text: &[u8], file: &str) -> Result<Vec<Self>, Diagnostics> {
        let sources = Sources::one(file);
        let mut report = Report::new(&sources);
        let node = read(text, Origin::file(sources.file(file)), &mut report);
        let node = node.unwrap_or_default();
        let list = match node.as_map() {
            Some(map) => map.get("patches").cloned().unwrap_or_default(),
            None => node,
        };
        if !list.is_null() {
            Self::check_list(&mut report, &list, "patches");
        }
        if report.has_errors() {
            return Err(report.finish());
        }
        Ok(Self::from_list(&list, &sources))
    }

    /// The patches of a list that has been checked.
    pub fn from_list(list: &Node, sources: &Sources) -> Vec<Self> {
        let items = list.as_list().unwrap_or_default().iter();
        items
            .filter_map(|item| {
                let mut patch = Self::from_node(item).ok()?;
                patch.location = (!item.place.is_nowhere()).then(|| sources.location(item.place));
                Some(patch)
            })
            .collect()
    }

    /// Reports every patch of a list that is malformed.
    pub fn check_list(report: &mut Report<'_>, list: &Node, what: &str) {
        let Some(items) = list.as_list() else {
            return wrong_type(report, list, what, "a list of patches");
        };
        for (index, item) in items.iter().enumerate() {
            let what = format!("{what}[{index}]");
            let Some(table) = item.as_map() else {
                wrong_type(
                    report,
                    item,
                    &what,
                    "a map with `target` and `jsonPatch` or `merge`",
                );
                continue;
            };
            for entry in table.entries() {
                let name = entry.name();
                if !KEYS.contains(&name.as_ref()) {
                    let message = format!("unknown field `{what}.{name}` of a patch");
                    (report.emit(&UNKNOWN_FIELD, entry.place, message))
                        .hint_if(did_you_mean(&name, KEYS));
                }
            }
            if let Some(target) = item.get("target").filter(|target| !target.is_null()) {
                Target::check(report, target, &format!("{what}.target"));
            }
            if let Err(Malformed { node, message }) = Self::from_node(item) {
                let place = node.unwrap_or(item).place;
                report.emit(&PATCH, place, format!("`{what}`: {message}"));
            }
        }
    }

    fn from_node(node: &Node) -> Result<Self, Malformed<'_>> {
        let said = |key: &str| node.get(key).filter(|value| !value.is_null());
        let change = match (said("jsonPatch"), said("merge")) {
            (Some(operations), None) => Change::Json(json_patch_of(operations)?),
            (None, Some(merge)) if merge.as_map().is_some() => Change::Merge(merge.to_json()),
            (None, Some(merge)) => {
                let found = merge.data.type_name();
                return Err(Malformed::at(
                    merge,
                    format!("`merge` is {found}; it must be a map"),
                ));
            }
            (Some(_), Some(merge)) => {
                return Err(Malformed::at(
                    merge,
                    "has both `jsonPatch` and `merge`; write two patches".to_owned(),
                ));
            }
            (None, None) => {
                return Err(Malformed {
                    node: None,
                    message: "has neither `jsonPatch` nor `merge`".to_owned(),
                });
            }
        };
        let optional = match said("optional").map(|flag| (flag, &flag.data)) {
            None => false,
            Some((_, Data::Bool(optional))) => *optional,
            Some((flag, other)) => {
                let found = other.type_name();
                let message = format!("`optional` is {found}; it must be a boolean");
                return Err(Malformed::at(flag, message));
            }
        };
        let target = match said("target") {
            Some(target) => Target::from_node(target)?,
            None => Target::default(),
        };
        Ok(Self {
            target,
            change,
            optional,
            location: None,
        })
    }
}

/// The operations of a JSON Patch, of which each is checked by itself so that the wrong one can be named.
fn json_patch_of(operations: &Node) -> Result<json_patch::Patch, Malformed<'_>> {
    let Some(items) = operations.as_list() else {
        let found = operations.data.type_name();
        let message = format!("`jsonPatch` is {found}; it must be a list of operations");
        return Err(Malformed::at(operations, message));
    };
    let operations = items.iter().enumerate().map(|(index, item)| {
        serde_json::from_value(item.to_json()).map_err(|error| {
            let what = problem(item).unwrap_or_else(|| error.to_string());
            Malformed::at(item, format!("operation {index} of `jsonPatch` {what}"))
        })
    });
    Ok(json_patch::Patch(operations.collect::<Result<_, _>>()?))
}

/// What is wrong with an operation of a JSON Patch, in words of our own where it is one of the usual mistakes.
fn problem(operation: &Node) -> Option<String> {
    const OPERATIONS: [&str; 6] = ["add", "remove", "replace", "move", "copy", "test"];
    let Some(table) = operation.as_map() else {
        return Some(format!(
            "is {}; it must be a map with `op` and `path`",
            operation.data.type_name()
        ));
    };
    let Some(name) = table.get("op").and_then(Node::as_text) else {
        return Some("has no `op`".to_owned());
    };
    if !OPERATIONS.contains(&name) {
        let hint = did_you_mean(name, OPERATIONS).unwrap_or_default();
        let known = OPERATIONS.join("`, `");
        return Some(
            format!("has the unknown `op: {name}`; there are `{known}` {hint}")
                .trim_end()
                .to_owned(),
        );
    }
    for key in ["path", "from"] {
        let needed = key == "path" || matches!(name, "move" | "copy");
        match table.get(key).map(|value| (value, value.as_text())) {
            None if needed => return Some(format!("has no `{key}`, which `{name}` needs")),
            Some((_, Some(path))) if needed && !path.is_empty() && !path.starts_with('/') => {
                return Some(format!("has the `{key}` `{path}`; a path begins with `/`"));
            }
            _ => {}
        }
    }
    if matches!(name, "add" | "replace" | "test") && table.get("value").is_none() {
        return Some(format!("has no `value`, which `{name}` needs"));
    }
    None
}
