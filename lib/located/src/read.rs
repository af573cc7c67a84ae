//! Reads YAML files into [`Node`]s, and reports what is odd about them.

use std::collections::BTreeMap;

use homescale_value::{Str, Value};
use homescale_yaml::{Document, Error, ExactNumber, Kind, NodeRef, Position, Scalar, Style};

use crate::data::{Data, Entry, Node, Table};
use crate::diagnostic::Report;
use crate::origin::Origin;
use crate::place::Place;
use crate::rule;
use crate::yaml_hint;

/// How deep a file of the catalog may be nested. Nothing real comes near it, and what follows may recurse.
const MAX_DEPTH: usize = 200;

/// Reads the first document of a text, as Helm reads `app.yaml` and values. `None` when it is not YAML, which is reported.
pub fn read(text: &[u8], origin: Origin, report: &mut Report<'_>) -> Option<Node> {
    let document = match homescale_yaml::parse(text) {
        Ok(document) => document,
        Err(error) => {
            broken(text, &error, origin, report);
            return None;
        }
    };
    locate(&document, text, origin, report)
}

/// Reads all documents of a text.
pub fn read_all(text: &[u8], origin: Origin, report: &mut Report<'_>) -> Option<Vec<Node>> {
    let documents = match homescale_yaml::parse_all(text) {
        Ok(documents) => documents,
        Err(error) => {
            broken(text, &error, origin, report);
            return None;
        }
    };
    documents
        .iter()
        .map(|document| locate(document, text, origin, report))
        .collect()
}

/// Reads a text that must be a map; null and nothing are an empty one.
pub fn read_map(text: &[u8], origin: Origin, report: &mut Report<'_>) -> Option<Node> {
    let mut node = read(text, origin, report)?;
    if node.is_null() {
        node.data = Data::Map(Table::default());
    }
    if node.as_map().is_none() {
        let found = node.data.type_name();
        let message = format!("the file is {found}; it must be a map");
        report.emit(&rule::YAML, node.place, message);
        return None;
    }
    Some(node)
}

/// A value that no file says. `None` when it is nested too deeply.
pub fn from_value(value: &Value) -> Option<Node> {
    from_value_at(value, MAX_DEPTH)
}

fn from_value_at(value: &Value, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let data = match value {
        Value::List(list) => {
            let items = list.items();
            let items = items.iter().map(|item| from_value_at(item, depth));
            Data::List(items.collect::<Option<_>>()?)
        }
        Value::Map(map) => {
            let entries = map.entries();
            let entries = entries.iter().map(|(key, value)| {
                Some(Entry {
                    key: key.clone(),
                    place: Place::NOWHERE,
                    value: from_value_at(value, depth)?,
                })
            });
            Data::Map(Table::sorted(entries.collect::<Option<_>>()?))
        }
        scalar => scalar_of(scalar),
    };
    Some(Node::new(data))
}

fn scalar_of(value: &Value) -> Data {
    match value {
        Value::Nil => Data::Null,
        Value::Bool(b) => Data::Bool(*b),
        Value::Float(x) => Data::Number(*x),
        Value::Int(n) | Value::Int64(n) => Data::Integer(*n),
        Value::Str(text) => Data::Text(text.clone()),
        other => match other.downcast::<ExactNumber>() {
            Some(number) => scalar_of(&number.numeric().into()),
            None => match other.as_u64() {
                // What does not fit is as near as Kubernetes keeps it.
                Some(number) => Data::Number(number as f64),
                // YAML, JSON and `--set` give no other values.
                None => Data::Text(other.to_string().into()),
            },
        },
    }
}

fn broken(text: &[u8], error: &Error, origin: Origin, report: &mut Report<'_>) {
    let meaning = yaml_hint::meaning(text, error);
    let at = meaning.as_ref().and_then(|meaning| meaning.at);
    let place = match (at, error.position()) {
        (Some((line, column)), _) => {
            Place::new(origin.file, origin.lines + line, origin.columns + column)
        }
        (None, Some(position)) => origin.place(position),
        (None, None) => Place::new(origin.file, origin.lines, 0),
    };
    let problem = meaning.as_ref().and_then(|meaning| meaning.problem);
    let problem = problem.unwrap_or_else(|| error.problem());
    let saying = report.emit(&rule::YAML, place, format!("not YAML: {problem}"));
    let saying = saying.hint_if(meaning.map(|meaning| meaning.hint));
    if let Some((context, position)) = error.context().filter(|_| at.is_none())
        && Some(position) != error.position()
    {
        saying.related(origin.place(position), context);
    }
}

/// The value of a document, which decides, with the places of its nodes.
fn locate(
    document: &Document,
    text: &[u8],
    origin: Origin,
    report: &mut Report<'_>,
) -> Option<Node> {
    let value = match document.to_value() {
        Ok(value) => value,
        Err(error) => {
            broken(text, &error, origin, report);
            return None;
        }
    };
    let mut locator = Locator { origin, report };
    let node = locator.node(&value, document.root(), origin.file.whole(), MAX_DEPTH);
    if node.is_none() {
        let message = format!("the file is nested more than {MAX_DEPTH} levels deep");
        report.emit(&rule::YAML, origin.file.whole(), message);
    }
    node
}

struct Locator<'r, 's> {
    origin: Origin,
    report: &'r mut Report<'s>,
}

impl Locator<'_, '_> {
    /// The value with places; `None` when it is nested too deeply. `around` is the place when there is no node.
    fn node(
        &mut self,
        value: &Value,
        node: Option<NodeRef<'_>>,
        around: Place,
        depth: usize,
    ) -> Option<Node> {
        let depth = depth.checked_sub(1)?;
        let place = node.map_or(around, |node| self.origin.place(node.start()));
        let target = node.map(NodeRef::target);
        let data = match value {
            Value::List(list) => {
                let mut children = target.map(NodeRef::children);
                let mut items = Vec::with_capacity(list.len());
                for item in list.items().iter() {
                    let child = children.as_mut().and_then(Iterator::next);
                    items.push(self.node(item, child, place, depth)?);
                }
                Data::List(items.into())
            }
            Value::Map(map) => {
                let pairs = target.map(|map| self.pairs(map)).unwrap_or_default();
                let mut entries = Vec::with_capacity(map.len());
                for (key, value) in map.entries().iter() {
                    let (at, child) = match pairs.get(key.as_bytes()) {
                        Some((at, child)) => (*at, Some(*child)),
                        None => merged(target, key),
                    };
                    let at = at.map_or(place, |position| self.origin.place(position));
                    entries.push(Entry {
                        key: key.clone(),
                        place: at,
                        value: self.node(value, child, at, depth)?,
                    });
                }
                Data::Map(Table::sorted(entries))
            }
            scalar => scalar_of(scalar),
        };
        Some(Node { data, place })
    }

    /// The pairs of a map by key, as far as they are its own. Reports keys that occur twice or are read as booleans.
    fn pairs<'n>(
        &mut self,
        map: NodeRef<'n>,
    ) -> BTreeMap<Vec<u8>, (Option<Position>, NodeRef<'n>)> {
        let mut pairs: BTreeMap<Vec<u8>, (Option<Position>, NodeRef<'_>)> = BTreeMap::new();
        for (key, value) in map.pairs() {
            let Some(text) = key_of(key) else { continue };
            let at = self.origin.place(key.start());
            if is_bare_boolean(key) {
                let word = key.target().text().unwrap_or_default();
                self.report
                    .emit(
                        &rule::BOOLEAN_KEY,
                        at,
                        format!(
                            "the key `{word}` is read as `{text}`: for YAML 1.1 it is a boolean"
                        ),
                    )
                    .hint(format!("put it in quotes: \"{word}\""));
            }
            let pair = (Some(key.start()), value);
            if let Some((Some(first), _)) = pairs.insert(text.as_bytes().to_vec(), pair) {
                let first = self.origin.place(first);
                self.report
                    .emit(
                        &rule::DUPLICATE_KEY,
                        at,
                        format!("the key `{text}` occurs twice; this one counts"),
                    )
                    .hint("merge the two: a map has each key once")
                    .related(first, "this one is lost");
            }
        }
        pairs
    }
}

/// The key and value of a key that a map has from another by `<<`.
fn merged<'n>(map: Option<NodeRef<'n>>, key: &Str) -> (Option<Position>, Option<NodeRef<'n>>) {
    let found = map.zip(key.as_str()).and_then(|(map, key)| map.get(key));
    match found {
        Some(found) => (found.key.map(NodeRef::start), Some(found.value)),
        None => (None, None),
    }
}

/// What a key becomes; `None` for `<<`.
fn key_of(key: NodeRef<'_>) -> Option<String> {
    key.key_text().filter(|text| text != "<<")
}

/// Whether a key is a word other than `true` and `false` that is read as a boolean.
fn is_bare_boolean(key: NodeRef<'_>) -> bool {
    let key = key.target();
    key.kind() == Kind::Scalar
        && key.style() == Style::Plain
        && matches!(key.scalar(), Some(Scalar::Bool(_)))
        && !matches!(key.text(), Some("true" | "false"))
}
