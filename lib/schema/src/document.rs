//! [`Document`]: a JSON file as a table of nodes, with numbers as they are written.
//!
//! A schema can be hundreds of kilobytes of JSON. The table needs no recursion to be
//! read or dropped, and a node's number names a place in the file without a text.

use homescale_value::{List, Str, Value};
use homescale_yaml::json::{self, Event};

use crate::pointer::{self, Step};

/// A node of a document.
pub(super) type NodeId = u32;

/// The node of the whole document.
pub(super) const ROOT: NodeId = 0;

/// How deep a schema may be nested. Go's JSON allows ten times as much.
const MAX_DEPTH: usize = 1_000;

/// A JSON file.
#[derive(Debug)]
pub(super) struct Document {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    step: Step,
    json: Json,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// As it is written.
    Number(Box<str>),
    Str(Str),
    List(Vec<NodeId>),
    /// In byte order of the keys, of which each is there once.
    Map(Vec<(Str, NodeId)>),
}

impl Document {
    /// Reads a file as Go's `json.Decoder` does, and gives the length of the value in it.
    pub(super) fn read(text: &[u8]) -> Result<(Self, usize), String> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut open: Vec<NodeId> = Vec::new();
        let mut key = Str::default();
        let mut is_too_deep = false;
        let read = json::events(text, |event| {
            let json = match event {
                Event::Null => Json::Null,
                Event::Bool(b) => Json::Bool(b),
                Event::Number(text) => Json::Number(text.into()),
                Event::String(text) => Json::Str(text),
                Event::StartList => Json::List(Vec::new()),
                Event::StartMap => Json::Map(Vec::new()),
                Event::Key(name) => {
                    key = name;
                    return;
                }
                Event::EndList => {
                    open.pop();
                    return;
                }
                Event::EndMap => {
                    if let Some(map) = open.pop()
                        && let Json::Map(pairs) = &mut nodes[map as usize].json
                    {
                        sort(pairs);
                    }
                    return;
                }
            };
            let id = nodes.len() as NodeId;
            let parent = open.last().copied();
            let step = match parent.map(|parent| &mut nodes[parent as usize].json) {
                Some(Json::List(items)) => {
                    items.push(id);
                    Step::Item(items.len() - 1)
                }
                Some(Json::Map(pairs)) => {
                    let name = std::mem::take(&mut key);
                    pairs.push((name.clone(), id));
                    Step::Key(name)
                }
                _ => Step::Item(0),
            };
            if let Json::List(_) | Json::Map(_) = json {
                open.push(id);
                is_too_deep |= open.len() > MAX_DEPTH;
            }
            nodes.push(Node {
                parent: parent.unwrap_or(ROOT),
                step,
                json,
            });
        });
        match read {
            Ok(_) if is_too_deep => Err("the schema is nested too deeply".to_owned()),
            Ok(end) => Ok((Self { nodes }, end)),
            Err(_) if text.trim_ascii().is_empty() => Err("EOF".to_owned()),
            Err(error) if error.is_at_end() => Err("unexpected EOF".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What is there.
    pub(super) fn json(&self, id: NodeId) -> &Json {
        &self.nodes[id as usize].json
    }

    /// The pairs of a map; `None` if it is none.
    pub(super) fn map(&self, id: NodeId) -> Option<&[(Str, NodeId)]> {
        match self.json(id) {
            Json::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The items of a list; `None` if it is none.
    pub(super) fn list(&self, id: NodeId) -> Option<&[NodeId]> {
        match self.json(id) {
            Json::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text of a string; `None` if it is none.
    pub(super) fn string(&self, id: NodeId) -> Option<&Str> {
        match self.json(id) {
            Json::Str(text) => Some(text),
            _ => None,
        }
    }

    /// A field of a map.
    pub(super) fn field(&self, id: NodeId, key: &[u8]) -> Option<NodeId> {
        /// Up to how many keys are compared one after the other: nearly all differ in their length.
        const FEW: usize = 8;

        let pairs = self.map(id)?;
        let index = if pairs.len() <= FEW {
            pairs.iter().position(|(name, _)| **name == *key)
        } else {
            let found = pairs.binary_search_by(|(name, _)| name.as_bytes().cmp(key));
            found.ok()
        };
        Some(pairs[index?].1)
    }

    /// A field of a map, if it is a string.
    pub(super) fn string_field(&self, id: NodeId, key: &str) -> Option<&Str> {
        self.string(self.field(id, key.as_bytes())?)
    }

    /// The node that contains this one; the root contains itself.
    pub(super) fn parent(&self, id: NodeId) -> NodeId {
        self.nodes[id as usize].parent
    }

    /// The way from the root.
    pub(super) fn path(&self, mut id: NodeId) -> Vec<Step> {
        let mut steps = Vec::new();
        while id != ROOT {
            let node = &self.nodes[id as usize];
            steps.push(node.step.clone());
            id = node.parent;
        }
        steps.reverse();
        steps
    }

    /// The JSON pointer of a node.
    pub(super) fn pointer(&self, id: NodeId) -> String {
        pointer::print(&self.path(id))
    }

    /// The step that the unescaped token of a pointer makes from a node.
    pub(super) fn step(&self, from: NodeId, token: &str) -> Option<NodeId> {
        match self.json(from) {
            Json::Map(_) => self.field(from, token.as_bytes()),
            Json::List(items) => {
                let index = homescale_go::strconv::atoi(token).ok()?;
                items.get(usize::try_from(index).ok()?).copied()
            }
            _ => None,
        }
    }

    /// A value of a node. A number that no float can hold is the largest one.
    pub(super) fn to_value(&self, id: NodeId, depth: usize) -> Value {
        let Some(below) = depth.checked_sub(1) else {
            return Value::Nil;
        };
        match self.json(id) {
            Json::Null => Value::Nil,
            Json::Bool(b) => Value::Bool(*b),
            Json::Number(text) => {
                let number: f64 = text.parse().unwrap_or_default();
                Value::Float(number.clamp(f64::MIN, f64::MAX))
            }
            Json::Str(text) => Value::Str(text.clone()),
            Json::List(items) => {
                let items = items.iter().map(|item| self.to_value(*item, below));
                Value::List(List::new(items.collect()))
            }
            Json::Map(pairs) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|(key, item)| (key.clone(), self.to_value(*item, below)));
                Value::Map(pairs.collect())
            }
        }
    }
}

/// Brings the pairs of a map in order; of equal keys the last one stays.
fn sort(pairs: &mut Vec<(Str, NodeId)>) {
    if pairs.is_sorted_by(|(a, _), (b, _)| a < b) {
        return;
    }
    // Node numbers grow, so the last of equal keys comes first.
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    pairs.dedup_by(|later, first| later.0 == first.0);
}
