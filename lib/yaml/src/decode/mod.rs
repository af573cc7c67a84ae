//! From a document to a value, as go-yaml v2 decodes into `interface{}`: aliases are expanded, merge keys merged.
//!
//! The walk is the same whatever is built; a [`Builder`] builds it. [`json`] builds the JSON-like [`Value`] that
//! `sigs.k8s.io/yaml` ends up with, in one go. It gives up on what that cannot express; then [`go`] walks again and builds Go's
//! own values, to find the error that Go would give, or the value if a later key overwrites the unsupported part.

mod builder;
mod exact;
mod go;
mod infinity;
mod json;

use std::collections::HashSet;

use homescale_value::Value;

use crate::error::{Error, ErrorKind};
use crate::node::{Kind, NodeId, Tree};

pub(crate) use self::infinity::Infinities;
pub use self::infinity::check_finite;

use builder::{Builder, Check, MapKey, Stop};

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
pub(crate) fn to_value(
    document: &Tree<'_>,
    duplicates: Duplicates,
    infinities: Infinities,
) -> Result<Value, Error> {
    let Some(root) = document.root else {
        return Ok(Value::Nil);
    };
    let builder = json::Json::new(document.nodes.len(), infinities);
    let mut walk = Walk::new(document, builder, duplicates);
    let value = walk.run(root);
    let too_deep = walk.too_deep;
    let value = match value {
        Ok(value) => value,
        Err(Stop::Failed(error)) => return Err(error),
        Err(Stop::Unsupported) => unsupported_value(document, root, duplicates, infinities)?,
    };
    check_depth(document, too_deep).map(|()| value)
}

/// The value of a document as [`to_value`] gives it, but for numbers, which keep their text.
pub(crate) fn to_exact_value(document: &Tree<'_>) -> Result<Value, Error> {
    let Some(root) = document.root else {
        return Ok(Value::Nil);
    };
    let mut walk = Walk::new(document, exact::Exact::new(document), Duplicates::LastWins);
    match walk.run(root) {
        Ok(value) => check_depth(document, walk.too_deep).map(|()| value),
        Err(Stop::Failed(error)) => Err(error),
        // The other builder knows the error. Where it finds a value, numbers have lost their text.
        Err(Stop::Unsupported) => {
            unsupported_value(document, root, Duplicates::Refuse, Infinities::Refuse)
                .and_then(|_| Err(Error::new(ErrorKind::Json, "json: unsupported value", None)))
        }
    }
}

fn check_depth(document: &Tree<'_>, too_deep: Option<NodeId>) -> Result<(), Error> {
    let Some(id) = too_deep else {
        return Ok(());
    };
    let bracket = match document.get(id).kind {
        Kind::Sequence => '[',
        _ => '{',
    };
    let problem = format!("invalid character '{bracket}' exceeded max depth");
    Err(Error::new(ErrorKind::Type, problem, None))
}

/// Checks that a part of a document has a value, and no key twice: aliases and merge keys can be followed then.
pub(crate) fn check(document: &Tree<'_>, root: NodeId) -> Result<(), Error> {
    match Walk::new(document, Check, Duplicates::RefuseWritten).run(root) {
        Ok(()) => Ok(()),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Unsupported) => unsupported_value(
            document,
            root,
            Duplicates::RefuseWritten,
            Infinities::Refuse,
        )
        .map(drop),
    }
}

/// The value of a document that the JSON builder gave up on. Mostly there is none, and the error is Go's.
fn unsupported_value(
    document: &Tree<'_>,
    root: NodeId,
    duplicates: Duplicates,
    infinities: Infinities,
) -> Result<Value, Error> {
    let mut walk = Walk::new(document, go::Go::new(document), duplicates);
    match walk.run(root) {
        Ok(root) => walk.builder.into_json(root, infinities),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Unsupported) => Err(Error::new(ErrorKind::Json, "json: unsupported value", None)),
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

struct Walk<'d, S: Builder> {
    document: &'d Tree<'d>,
    builder: S,
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
    seen: Vec<HashSet<MapKey>>,
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

impl<'d, S: Builder> Walk<'d, S> {
    fn new(document: &'d Tree<'d>, builder: S, duplicates: Duplicates) -> Self {
        Self {
            document,
            builder,
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
        if let Some(start) = document.excess {
            return Err(Error::content("document contains excessive aliasing", start).into());
        }
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
                    let value = &children[frame.next];
                    frame.next += 1;
                    self.merge(value)?;
                    continue;
                }
                _ => Role::Key,
            };
            self.enter(child, role)?;
        }
        self.fail_on_duplicates()?;
        self.result.take().ok_or(Stop::Unsupported)
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
                let key = self.builder.key(id, scalar)?;
                self.keys.push(key);
                return Ok(());
            }
            let value = self.builder.scalar(id, scalar)?;
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
                self.builder.map(self.pairs.drain(frame.base..))
            }
            _ => self.builder.list(self.items.drain(frame.base..)),
        };
        self.deliver(frame.role, value)
    }

    fn deliver(&mut self, role: Role, value: S::Value) -> Result<(), Stop> {
        match role {
            Role::Root => self.result = Some(value),
            Role::Item => self.items.push(value),
            Role::Key => return Err(self.builder.complex_key(value)),
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

    /// The value of `<<`: the weakest of the maps comes first, because later pairs overwrite.
    fn merge(&mut self, id: &'d NodeId) -> Result<(), Stop> {
        let sources = self.document.merge_sources(id);
        if let [source] = sources {
            return self.merge_map(*source);
        }
        self.frames.push(Frame {
            id: *id,
            next: sources.len(),
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
        let is_new = match (MapKey::of(&scalar), strict.seen.last_mut()) {
            (Some(key), Some(seen)) => seen.insert(key),
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
