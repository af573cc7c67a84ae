//! [`Patch`]: a change to rendered manifests, and how it is read.

use homescale_located::{
    Data, Diagnostics, Location, Node, Origin, Place, Report, Sources, did_you_mean, read,
    wrong_type,
};

use crate::patch::malformed::Malformed;
use crate::patch::operation::Operation;
use crate::patch::target::Target;
use crate::patch::{directive, replaced, value};
use crate::rule::PATCH;
use crate::tree::Tree;

/// A change to the manifests that a target selects.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Patch {
    /// What it changes.
    pub target: Target,
    /// How.
    pub(super) change: Change,
    /// Whether it may match nothing.
    pub optional: bool,
    /// Where it is written, for messages.
    pub location: Option<Location>,
}

/// How a manifest is changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    /// JSON Patch (RFC 6902): a list of operations.
    Json(Vec<Operation>),
    /// JSON Merge Patch (RFC 7396): what is there is merged in, null removes.
    Merge(Tree),
    /// The manifest is dropped.
    Delete,
}

/// The keys of a patch.
const KEYS: [&str; 5] = ["target", "jsonPatch", "merge", "delete", "optional"];

impl Patch {
    /// Whether it drops manifests.
    pub fn deletes(&self) -> bool {
        self.change == Change::Delete
    }

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
        let locate = |place: Place| (!place.is_nowhere()).then(|| sources.location(place));
        items
            .filter_map(|item| Self::from_node(item, &locate).ok())
            .collect()
    }

    /// Reports every patch of a list that is malformed.
    pub fn check_list(report: &mut Report<'_>, list: &Node, what: &str) {
        let Some(items) = list.as_list() else {
            return wrong_type(report, list, what, "a list of patches");
        };
        for (index, item) in items.iter().enumerate() {
            Self::check(report, item, &format!("{what}[{index}]"));
        }
    }

    /// Reports what is wrong with one patch of a list.
    fn check(report: &mut Report<'_>, item: &Node, what: &str) {
        let Some(table) = item.as_map() else {
            let expected = "a map with `target` and one of `jsonPatch`, `merge`, `delete`";
            return wrong_type(report, item, what, expected);
        };
        for entry in table.entries() {
            let name = entry.name();
            if !KEYS.contains(&name.as_ref()) {
                let message = format!("unknown field `{what}.{name}` of a patch");
                (report.emit(&PATCH, entry.place, message)).hint_if(did_you_mean(&name, KEYS));
            }
        }
        if let Some(target) = item.get("target") {
            Target::check(report, target, &format!("{what}.target"));
        }
        match Self::from_node(item, &|_| None) {
            Ok(_) => replaced::note(report, item.get("merge"), what),
            Err(malformed) => {
                let place = malformed.node.unwrap_or(item).place;
                let message = format!("`{what}`: {}", malformed.message);
                let saying = report.emit(&PATCH, place, message);
                saying.hint_if(malformed.hint.map(str::to_owned));
            }
        }
    }

    fn from_node<'n>(
        node: &'n Node,
        locate: &dyn Fn(Place) -> Option<Location>,
    ) -> Result<Self, Malformed<'n>> {
        let said = |key: &str| node.get(key).filter(|value| !value.is_null());
        let target = match node.get("target") {
            Some(target) => Target::from_node(target)?,
            None => Target::default(),
        };
        let changes = ["jsonPatch", "merge", "delete"];
        let mut changes = changes.iter().filter_map(|key| Some((*key, said(key)?)));
        let (key, change) = changes.next().ok_or_else(|| Malformed {
            node: None,
            message: "has neither `jsonPatch`, `merge` nor `delete`".to_owned(),
            hint: None,
        })?;
        if let Some((other, second)) = changes.next() {
            let message = format!("has both `{key}` and `{other}`; write two patches");
            return Err(Malformed::at(second, message));
        }
        let change = match key {
            "jsonPatch" => Change::Json(Operation::read_list(change, locate)?),
            "merge" => Change::Merge(merge_of(change)?),
            _ => delete_of(change, &target)?,
        };
        Ok(Self {
            target,
            change,
            optional: flag(said("optional"), "optional")?,
            location: locate(node.place),
        })
    }
}

fn merge_of(merge: &Node) -> Result<Tree, Malformed<'_>> {
    if merge.as_map().is_none() {
        let found = merge.data.type_name();
        let message = format!("`merge` is {found}; it must be a map");
        return Err(Malformed::at(merge, message));
    }
    directive::refuse(merge)?;
    value::read(merge)
}

fn delete_of<'n>(delete: &'n Node, target: &Target) -> Result<Change, Malformed<'n>> {
    let problem = match flag(Some(delete), "delete")? {
        false => "`delete` is false; leave it out, or make it true",
        true if !target.is_said() => {
            "`delete` needs a `target`: without one it would drop every manifest"
        }
        true => return Ok(Change::Delete),
    };
    Err(Malformed::at(delete, problem.to_owned()))
}

fn flag<'n>(node: Option<&'n Node>, name: &str) -> Result<bool, Malformed<'n>> {
    match node.map(|node| (node, &node.data)) {
        None => Ok(false),
        Some((_, Data::Bool(flag))) => Ok(*flag),
        Some((node, other)) => {
            let found = other.type_name();
            let message = format!("`{name}` is {found}; it must be a boolean");
            Err(Malformed::at(node, message))
        }
    }
}
