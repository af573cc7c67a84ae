//! From a document to a value, as go-yaml v2 decodes into `interface{}`: aliases are expanded, merge keys merged.
//!
//! The walk is the same whatever is built; a [`Sink`] builds it. [`json`] builds the JSON-like [`Value`] that
//! `sigs.k8s.io/yaml` ends up with, in one go. What that cannot express makes it give up, and [`go`] then repeats the walk
//! with Go's own values, to find the error that Go would give, or the value if the odd part is overwritten later.

mod go;
mod json;

use std::collections::HashSet;

use homescale_value::Value;

use crate::error::{Error, ErrorKind};
use crate::node::{Kind, NodeId, Tree};
use crate::resolve::Scalar;

pub(crate) use json::key_text;

/// Deeper JSON than this is refused by Go's decoder.
const MAX_JSON_DEPTH: usize = 10_000;

/// Whether duplicate keys are an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Duplicates {
    LastWins,
    /// As Go's strict mode: even a key that was merged in may not be written again.
    Refuse,
    /// Only where a map is written with the same key twice.
    RefuseWritten,
}

/// The value of a document as `sigs.k8s.io/yaml` gives it.
pub(crate) fn to_value(document: &Tree<'_>, duplicates: Duplicates) -> Result<Value, Error> {
    let Some(root) = document.root else {
        return Ok(Value::Nil);
    };
    let mut walk = Walk::new(document, json::Json::new(document.nodes.len()), duplicates);
    let value = walk.run(root);
    let too_deep = walk.too_deep;
    let value = match value {
        Ok(value) => value,
        Err(Stop::Failed(error)) => return Err(error),
        Err(Stop::Odd) => odd_value(document, root, duplicates)?,
    };
    if let Some(id) = too_deep {
        let bracket = match document.get(id).kind {
            Kind::Sequence => '[',
            _ => '{',
        };
        let problem = format!("invalid character '{bracket}' exceeded max depth");
        return Err(Error::new(ErrorKind::Type, problem, None));
    }
    Ok(value)
}

/// Makes sure that a part of a document has a value, and no key twice: that aliases and merge keys can be followed.
pub(crate) fn check(document: &Tree<'_>, root: NodeId) -> Result<(), Error> {
    match Walk::new(document, Check, Duplicates::RefuseWritten).run(root) {
        Ok(()) => Ok(()),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Odd) => odd_value(document, root, Duplicates::RefuseWritten).map(drop),
    }
}

/// The value, or rather the error, of a document that holds something JSON cannot express.
fn odd_value(document: &Tree<'_>, root: NodeId, duplicates: Duplicates) -> Result<Value, Error> {
    let mut walk = Walk::new(document, go::Go::new(document), duplicates);
    match walk.run(root) {
        Ok(root) => walk.sink.into_json(root),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Odd) => Err(Error::new(ErrorKind::Json, "json: unsupported value", None)),
    }
}

/// Builds what a walk finds.
trait Sink {
    type Value;
    type Key;

    /// The value of a scalar.
    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<Self::Value, Stop>;

    /// The key that a scalar is.
    fn key(&mut self, id: NodeId, scalar: Scalar<'_>) -> Result<Self::Key, Stop>;

    /// What a list or map is as a key: not allowed.
    fn complex_key(&mut self, key: Self::Value) -> Stop;

    fn list(&mut self, items: impl ExactSizeIterator<Item = Self::Value>) -> Self::Value;

    /// A map from pairs, of which the last with a key counts.
    fn map(
        &mut self,
        pairs: impl ExactSizeIterator<Item = (Self::Key, Self::Value)>,
    ) -> Self::Value;
}

/// Builds nothing.
struct Check;

impl Sink for Check {
    type Value = ();
    type Key = ();

    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<(), Stop> {
        match scalar {
            Scalar::Float(float) if !float.is_finite() => Err(Stop::Odd),
            _ => Ok(()),
        }
    }

    fn key(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<(), Stop> {
        match scalar {
            Scalar::Nil | Scalar::Uint(_) => Err(Stop::Odd),
            _ => Ok(()),
        }
    }

    fn complex_key(&mut self, (): ()) -> Stop {
        Stop::Odd
    }

    fn list(&mut self, _: impl ExactSizeIterator<Item = ()>) {}

    fn map(&mut self, _: impl ExactSizeIterator<Item = ((), ())>) {}
}

/// Why a walk ends early.
enum Stop {
    Failed(Error),
    /// The sink cannot express what it was given.
    Odd,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What becomes of a node's value.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Root,
    Item,
    Key,
    Value,
    /// Its pairs go into the map around it.
    Merge,
}

/// A collection that is being walked through.
struct Frame {
    /// The collection.
    id: NodeId,
    /// The index of its next child.
    next: usize,
    /// Where its items or pairs begin on their stack.
    base: usize,
    role: Role,
    /// The alias through which it was reached.
    alias: Option<NodeId>,
    /// A list of maps to merge: not a value.
    is_merge_list: bool,
}

/// A key as Go compares it, for finding duplicates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Nil,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(u64),
    Str(Vec<u8>),
}

struct Walk<'d, S: Sink> {
    document: &'d Tree<'d>,
    sink: S,
    frames: Vec<Frame>,
    items: Vec<S::Value>,
    pairs: Vec<(S::Key, S::Value)>,
    keys: Vec<S::Key>,
    result: Option<S::Value>,
    /// The aliases that are being expanded.
    aliases: HashSet<NodeId>,
    decoded: usize,
    decoded_in_aliases: usize,
    depth: usize,
    /// The first collection that is nested too deeply for Go's JSON decoder.
    too_deep: Option<NodeId>,
    strict: Option<Strict>,
}

/// What has been seen, where duplicate keys are an error.
#[derive(Default)]
struct Strict {
    /// The keys of the maps that are being walked through.
    seen: Vec<HashSet<Identity>>,
    problems: Vec<String>,
    first: Option<NodeId>,
    /// Keys that are merged in may be written again.
    may_override: bool,
}

impl Strict {
    fn new(duplicates: Duplicates) -> Option<Self> {
        (duplicates != Duplicates::LastWins).then(|| Self {
            may_override: duplicates == Duplicates::RefuseWritten,
            ..Self::default()
        })
    }
}

impl<'d, S: Sink> Walk<'d, S> {
    fn new(document: &'d Tree<'d>, sink: S, duplicates: Duplicates) -> Self {
        Self {
            document,
            sink,
            frames: Vec::new(),
            items: Vec::new(),
            pairs: Vec::new(),
            keys: Vec::new(),
            result: None,
            aliases: HashSet::new(),
            // Go counts the document too.
            decoded: 1,
            decoded_in_aliases: 0,
            depth: 0,
            too_deep: None,
            strict: Strict::new(duplicates),
        }
    }

    fn run(&mut self, root: NodeId) -> Result<S::Value, Stop> {
        let document = self.document;
        self.enter(root, Role::Root)?;
        while let Some(frame) = self.frames.last_mut() {
            let children = document.children(frame.id);
            if frame.is_merge_list {
                // Backwards, because the first of the maps has the last word.
                match frame.next.checked_sub(1) {
                    None => self.leave()?,
                    Some(last) => {
                        frame.next = last;
                        self.merge_map(children[last])?;
                    }
                }
                continue;
            }
            let Some(&child) = children.get(frame.next) else {
                self.leave()?;
                continue;
            };
            frame.next += 1;
            let role = match document.get(frame.id).kind {
                Kind::Sequence => Role::Item,
                _ if frame.next % 2 == 0 => Role::Value,
                _ if document.is_merge_key(child) => {
                    let value = children[frame.next];
                    frame.next += 1;
                    self.merge(value)?;
                    continue;
                }
                _ => Role::Key,
            };
            self.enter(child, role)?;
        }
        self.fail_on_duplicates()?;
        self.result.take().ok_or(Stop::Odd)
    }

    /// Begins with a node. Scalars are done at once.
    fn enter(&mut self, id: NodeId, role: Role) -> Result<(), Stop> {
        self.count(id)?;
        let node = self.document.get(id);
        if node.kind != Kind::Alias {
            return self.enter_target(id, role, None);
        }
        if !self.aliases.insert(id) {
            let name = self.document.text(node.text);
            let problem = format!("anchor '{name}' value contains itself");
            return Err(Error::content(problem, node.start).into());
        }
        let target = NodeId(node.target);
        self.count(target)?;
        self.enter_target(target, role, Some(id))
    }

    fn enter_target(&mut self, id: NodeId, role: Role, alias: Option<NodeId>) -> Result<(), Stop> {
        let node = self.document.get(id);
        if node.kind == Kind::Scalar {
            let scalar = self.document.scalar(id);
            let scalar = scalar.map_err(|problem| Error::content(problem, node.start))?;
            if let Some(alias) = alias {
                self.aliases.remove(&alias);
            }
            if role == Role::Key {
                let key = self.sink.key(id, scalar)?;
                self.keys.push(key);
                return Ok(());
            }
            let value = self.sink.scalar(scalar)?;
            return self.deliver(role, value);
        }
        let base = match node.kind {
            Kind::Mapping => self.pairs.len(),
            _ => self.items.len(),
        };
        if role != Role::Merge {
            self.depth += 1;
            if self.depth > MAX_JSON_DEPTH {
                self.too_deep.get_or_insert(id);
            }
            if let (Kind::Mapping, Some(strict)) = (node.kind, &mut self.strict) {
                strict.seen.push(HashSet::new());
            }
        }
        self.frames.push(Frame {
            id,
            next: 0,
            base,
            role,
            alias,
            is_merge_list: false,
        });
        Ok(())
    }

    /// Ends with the innermost collection.
    fn leave(&mut self) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        if let Some(alias) = frame.alias {
            self.aliases.remove(&alias);
        }
        if frame.is_merge_list || frame.role == Role::Merge {
            return Ok(());
        }
        self.depth -= 1;
        let value = match self.document.get(frame.id).kind {
            Kind::Mapping => {
                if let Some(strict) = &mut self.strict {
                    strict.seen.pop();
                }
                self.sink.map(self.pairs.drain(frame.base..))
            }
            _ => self.sink.list(self.items.drain(frame.base..)),
        };
        self.deliver(frame.role, value)
    }

    fn deliver(&mut self, role: Role, value: S::Value) -> Result<(), Stop> {
        match role {
            Role::Root => self.result = Some(value),
            Role::Item => self.items.push(value),
            Role::Key => return Err(self.sink.complex_key(value)),
            Role::Value => {
                if self.strict.is_some() {
                    self.note_key();
                }
                if let Some(key) = self.keys.pop() {
                    self.pairs.push((key, value));
                }
            }
            Role::Merge => {}
        }
        Ok(())
    }

    /// The value of `<<`.
    fn merge(&mut self, id: NodeId) -> Result<(), Stop> {
        let node = self.document.get(id);
        if node.kind != Kind::Sequence {
            return self.merge_map(id);
        }
        self.frames.push(Frame {
            id,
            next: self.document.children(id).len(),
            base: 0,
            role: Role::Merge,
            alias: None,
            is_merge_list: true,
        });
        Ok(())
    }

    /// A map whose pairs go into the map around it.
    fn merge_map(&mut self, id: NodeId) -> Result<(), Stop> {
        let node = self.document.get(id);
        let kind = match node.kind {
            Kind::Alias => self.document.get(NodeId(node.target)).kind,
            kind => kind,
        };
        if kind != Kind::Mapping {
            let problem = "map merge requires map or sequence of maps as the value";
            return Err(Error::content(problem, node.start).into());
        }
        self.enter(id, Role::Merge)
    }

    /// Counts a decoded node, and fails if too many of them come from aliases: a small text could have a huge value.
    fn count(&mut self, id: NodeId) -> Result<(), Stop> {
        self.decoded += 1;
        if self.aliases.is_empty() {
            return Ok(());
        }
        self.decoded_in_aliases += 1;
        let ratio = self.decoded_in_aliases as f64 / self.decoded as f64;
        if self.decoded_in_aliases > 100
            && self.decoded > 1000
            && ratio > allowed_alias_ratio(self.decoded)
        {
            let start = self.document.get(id).start;
            return Err(Error::content("document contains excessive aliasing", start).into());
        }
        Ok(())
    }

    /// Remembers the key whose value has just been decoded.
    fn note_key(&mut self) {
        let (Some(strict), Some(frame)) = (&mut self.strict, self.frames.last()) else {
            return;
        };
        if strict.may_override && frame.role == Role::Merge {
            return;
        }
        let document = self.document;
        let [.., key, value] = &document.children(frame.id)[..frame.next] else {
            return;
        };
        let Ok(scalar) = document.scalar(document.node(*key).target().id()) else {
            return;
        };
        let is_new = match (identity(&scalar), strict.seen.last_mut()) {
            (Some(identity), Some(seen)) => seen.insert(identity),
            _ => true,
        };
        if !is_new {
            let (line, name) = (document.get(*value).start.line(), go::syntax(&scalar));
            strict
                .problems
                .push(format!("  line {line}: key {name} already set in map"));
            strict.first.get_or_insert(*key);
        }
    }

    fn fail_on_duplicates(&mut self) -> Result<(), Stop> {
        let Some(strict) = &self.strict else {
            return Ok(());
        };
        let Some(first) = strict.first else {
            return Ok(());
        };
        let start = self.document.get(first).start;
        Err(Error::new(
            ErrorKind::Duplicate,
            strict.problems.join("\n"),
            Some(start),
        )
        .into())
    }
}

/// How large a part of the decoded nodes may come from aliases: less for larger documents.
fn allowed_alias_ratio(decoded: usize) -> f64 {
    const LOW: usize = 400_000;
    const HIGH: usize = 4_000_000;
    match decoded {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
    }
}

/// The key as Go compares it. NaN is not even equal to itself.
fn identity(scalar: &Scalar<'_>) -> Option<Identity> {
    Some(match scalar {
        Scalar::Nil => Identity::Nil,
        Scalar::Bool(bool) => Identity::Bool(*bool),
        Scalar::Int(int) => Identity::Int(*int),
        Scalar::Uint(uint) => Identity::Uint(*uint),
        Scalar::Float(float) if float.is_nan() => return None,
        // The two zeros are equal.
        Scalar::Float(float) => Identity::Float((float + 0.0).to_bits()),
        Scalar::Str(text) => Identity::Str(text.as_bytes().to_vec()),
        Scalar::Timestamp(text) => Identity::Str(text.as_bytes().to_vec()),
        Scalar::Binary(bytes) => Identity::Str(bytes.clone()),
    })
}
