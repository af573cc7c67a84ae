//! [`Operation`]: one of a JSON Patch (RFC 6902), and how it is read.

use std::fmt;

use homescale_located::{Location, Node, Place, did_you_mean};

use crate::patch::malformed::Malformed;
use crate::patch::pointer::Pointer;
use crate::patch::value;
use crate::tree::Tree;

/// An operation of a JSON Patch. Prints as `add /spec/replicas`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Operation {
    pub(super) action: Action,
    pub(super) path: Pointer,
    /// Where it is written, for messages.
    pub(super) location: Option<Location>,
}

/// What is done at a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    Add(Tree),
    Remove,
    Replace(Tree),
    Move(Pointer),
    Copy(Pointer),
    Test(Tree),
}

/// The names of the operations.
const NAMES: [&str; 6] = ["add", "remove", "replace", "move", "copy", "test"];

impl Operation {
    /// The operations of a `jsonPatch`, of which each is read by itself so that the wrong one can be named.
    pub(super) fn read_list<'n>(
        list: &'n Node,
        locate: &dyn Fn(Place) -> Option<Location>,
    ) -> Result<Vec<Self>, Malformed<'n>> {
        let Some(items) = list.as_list() else {
            let found = list.data.type_name();
            let message = format!("`jsonPatch` is {found}; it must be a list of operations");
            return Err(Malformed::at(list, message));
        };
        let read = |(index, item): (usize, &'n Node)| {
            let operation = Self::read(item, locate(item.place));
            operation.map_err(|malformed| Malformed {
                message: format!("operation {index} of `jsonPatch` {}", malformed.message),
                ..malformed
            })
        };
        items.iter().enumerate().map(read).collect()
    }

    fn read(node: &Node, location: Option<Location>) -> Result<Self, Malformed<'_>> {
        let because = |problem: String| Malformed::at(node, problem);
        if node.as_map().is_none() {
            let found = node.data.type_name();
            let problem = format!("is {found}; it must be a map with `op` and `path`");
            return Err(because(problem));
        }
        let name = node.get("op").and_then(Node::as_text);
        let name = name.ok_or_else(|| because("has no `op`".to_owned()))?;
        let path = |key: &str| pointer(node, key, name).map_err(because);
        let value = || match node.get("value") {
            None => Err(because(format!("has no `value`, which `{name}` needs"))),
            Some(value) => value::read(value),
        };
        let action = || {
            Ok(match name {
                "add" => Action::Add(value()?),
                "remove" => Action::Remove,
                "replace" => Action::Replace(value()?),
                "move" => Action::Move(path("from")?),
                "copy" => Action::Copy(path("from")?),
                "test" => Action::Test(value()?),
                _ => return Err(because(unknown(name))),
            })
        };
        Ok(Self {
            action: action()?,
            path: path("path")?,
            location,
        })
    }

    /// What it is called: `add`.
    pub(super) fn name(&self) -> &'static str {
        match self.action {
            Action::Add(_) => "add",
            Action::Remove => "remove",
            Action::Replace(_) => "replace",
            Action::Move(_) => "move",
            Action::Copy(_) => "copy",
            Action::Test(_) => "test",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name(), self.path)
    }
}

/// The pointer at a key, or the end of a sentence about the operation.
fn pointer(operation: &Node, key: &str, name: &str) -> Result<Pointer, String> {
    let text = operation.get(key).filter(|value| !value.is_null());
    let text = text.ok_or_else(|| format!("has no `{key}`, which `{name}` needs"))?;
    let Some(text) = text.as_text() else {
        let found = text.data.type_name();
        return Err(format!(
            "has a `{key}` that is {found}; it must be a string"
        ));
    };
    Pointer::parse(text).map_err(|error| format!("has the `{key}` `{text}`; {error}"))
}

fn unknown(name: &str) -> String {
    let hint = did_you_mean(name, NAMES).map_or_else(String::new, |hint| format!(" {hint}"));
    let known = NAMES.join("`, `");
    format!("has the unknown `op: {name}`; there are `{known}`{hint}")
}
