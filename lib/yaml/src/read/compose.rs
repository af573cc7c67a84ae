//! From events to [`Document`]s.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::{Error, Mistake};
use crate::node::Style;
use crate::node::{Document, Kind, Node, NodeId, Tree};
use crate::position::{Position, Text};
use crate::read::parser::{EventKind, Parser, Properties};
use crate::read::reader::{self, Input, Source};
use crate::resolve::Tag;

/// For how many bytes of text there is a node, in most files of values.
const BYTES_OF_A_NODE: usize = 32;

/// How long all that aliases stand for may be together, in bytes of YAML. Go-yaml counts nodes, and shares a text wherever it is
/// meant; who reads here may copy it each time.
const MAX_ALIASED: usize = 32 << 20;

/// Reads the first document, or an empty one if there is none.
pub(crate) fn first(text: &[u8]) -> Result<Tree<'_>, Error> {
    first_of(reader::read(text)?)
}

/// Reads the first document, which keeps the text.
pub(crate) fn first_owned(text: &[u8]) -> Result<Document, Error> {
    first_of(reader::read(text)?.into_owned())
}

/// Reads the first document, and tells where something stands after it.
pub(crate) fn first_and_rest(text: &[u8]) -> Result<(Document, Option<Position>), Error> {
    let Input {
        text: source,
        start,
        chunks,
    } = reader::read(text)?.into_owned();
    let mut composer = Composer::new(Parser::new(&source, start, chunks));
    let Some(parts) = composer.document()? else {
        return Ok((empty(source), None));
    };
    let rest = match composer.parser.next() {
        Ok(event) => match event.kind {
            EventKind::StreamEnd => None,
            _ => Some(event.start),
        },
        // A text that is bare after a document is an error to Go, where it looks for another one.
        Err(error) => Some(error.position().unwrap_or(parts.end)),
    };
    let scratch = Arc::from(composer.parser.into_scratch());
    Ok((parts.into_tree(source, scratch), rest))
}

fn first_of(input: Input<'_>) -> Result<Tree<'_>, Error> {
    let (source, mut documents) = compose(input, 1)?;
    Ok(documents.pop().unwrap_or_else(|| empty(source)))
}

/// What a text without a document is.
fn empty(source: Source<'_>) -> Tree<'_> {
    Tree {
        source,
        scratch: Arc::from(""),
        nodes: Vec::new(),
        children: Vec::new(),
        root: None,
        excess: None,
    }
}

/// Reads every document.
pub(crate) fn all(text: &[u8]) -> Result<Vec<Document>, Error> {
    Ok(compose(reader::read(text)?.into_owned(), usize::MAX)?.1)
}

fn compose(input: Input<'_>, limit: usize) -> Result<(Source<'_>, Vec<Tree<'_>>), Error> {
    let Input {
        text: source,
        start,
        chunks,
    } = input;
    let mut composer = Composer::new(Parser::new(&source, start, chunks));
    composer.nodes.reserve(source.len() / BYTES_OF_A_NODE);
    let mut found = Vec::new();
    while found.len() < limit {
        let Some(parts) = composer.document()? else {
            break;
        };
        found.push(parts);
    }
    let scratch: Arc<str> = Arc::from(composer.parser.into_scratch());
    let documents = found.into_iter();
    let documents = documents.map(|parts| parts.into_tree(source.clone(), Arc::clone(&scratch)));
    let documents = documents.collect();
    Ok((source, documents))
}

/// What is particular to one of several documents.
struct Parts {
    nodes: Vec<Node>,
    children: Vec<NodeId>,
    root: NodeId,
    /// Where the document ends.
    end: Position,
    excess: Option<Position>,
}

impl Parts {
    fn into_tree(self, source: Source<'_>, scratch: Arc<str>) -> Tree<'_> {
        Tree {
            source,
            scratch,
            nodes: self.nodes,
            children: self.children,
            root: Some(self.root),
            excess: self.excess,
        }
    }
}

/// A collection whose end has not come yet.
struct Open {
    id: NodeId,
    /// Where its children begin among the pending ones.
    first: usize,
}

struct Composer<'t> {
    parser: Parser<'t>,
    nodes: Vec<Node>,
    children: Vec<NodeId>,
    /// The children of open collections.
    pending: Vec<NodeId>,
    open: Vec<Open>,
    anchors: HashMap<String, NodeId>,
    /// Where aliases are, and how many bytes they and those before them stand for.
    aliased: Vec<(usize, usize)>,
    /// The first alias with which that is too much.
    excess: Option<Position>,
}

impl<'t> Composer<'t> {
    fn new(parser: Parser<'t>) -> Self {
        Self {
            parser,
            nodes: Vec::new(),
            children: Vec::new(),
            pending: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            aliased: Vec::new(),
            excess: None,
        }
    }

    /// The next document.
    fn document(&mut self) -> Result<Option<Parts>, Error> {
        self.anchors.clear();
        self.aliased.clear();
        loop {
            let event = self.parser.next()?;
            match event.kind {
                EventKind::StreamStart | EventKind::DocumentStart => {}
                EventKind::StreamEnd => return Ok(None),
                EventKind::DocumentEnd => {
                    return Ok(self.pending.pop().map(|root| Parts {
                        nodes: std::mem::take(&mut self.nodes),
                        children: std::mem::take(&mut self.children),
                        root,
                        end: event.end,
                        excess: self.excess.take(),
                    }));
                }
                EventKind::Alias(name) => self.alias(name, event.start, event.end)?,
                EventKind::Scalar(properties, text) => {
                    self.add(Kind::Scalar, properties, event.start, event.end, text);
                }
                EventKind::SequenceStart(properties) => {
                    self.begin(Kind::Sequence, properties, event.start);
                }
                EventKind::MappingStart(properties) => {
                    self.begin(Kind::Mapping, properties, event.start);
                }
                EventKind::SequenceEnd | EventKind::MappingEnd => self.end(event.end),
            }
        }
    }

    fn add(
        &mut self,
        kind: Kind,
        properties: Properties,
        start: Position,
        end: Position,
        text: Text,
    ) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        if let Some(anchor) = properties.anchor {
            let name = self.parser.text(anchor).to_string();
            self.anchors.insert(name, id);
        }
        self.nodes.push(Node {
            start,
            end,
            text,
            target: id.0,
            kind,
            style: properties.style,
            tag: properties.tag,
            implicit: properties.implicit,
        });
        self.pending.push(id);
        id
    }

    fn alias(&mut self, name: Text, start: Position, end: Position) -> Result<(), Error> {
        let text = self.parser.text(name);
        let Some(&target) = self.anchors.get(text) else {
            return Err(
                Error::content(format!("unknown anchor '{text}' referenced"), start)
                    .by(Mistake::UnknownAnchor),
            );
        };
        self.count_aliased(target, start);
        let properties = Properties {
            anchor: None,
            tag: Tag::None,
            implicit: false,
            style: Style::Plain,
        };
        let id = self.add(Kind::Alias, properties, start, end, name);
        self.nodes[id.0 as usize].target = target.0;
        Ok(())
    }

    /// Counts what an alias stands for: the text of its target, and what the aliases in that stand for.
    fn count_aliased(&mut self, target: NodeId, start: Position) {
        // A collection around the alias has not ended, and is found out when it is followed.
        let Node {
            start: from,
            end: to,
            ..
        } = self.nodes[target.0 as usize];
        let (from, to) = (from.offset(), to.offset());
        let until = |offset: usize| {
            let before = self.aliased.partition_point(|(at, _)| *at < offset);
            before.checked_sub(1).map_or(0, |last| self.aliased[last].1)
        };
        let inside = until(to).saturating_sub(until(from));
        let before = self.aliased.last().map_or(0, |(_, bytes)| *bytes);
        let all = (to.saturating_sub(from))
            .saturating_add(inside)
            .saturating_add(before);
        if all > MAX_ALIASED {
            self.excess.get_or_insert(start);
        }
        self.aliased.push((start.offset(), all));
    }

    fn begin(&mut self, kind: Kind, properties: Properties, start: Position) {
        let id = self.add(kind, properties, start, start, Text::default());
        let first = self.pending.len();
        self.open.push(Open { id, first });
    }

    fn end(&mut self, end: Position) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let children = self.pending.drain(open.first..);
        let start = self.children.len() as u32;
        self.children.extend(children);
        let text = Text {
            start,
            end: self.children.len() as u32,
        };
        // A block ends with its last child, not where the scanner noticed that it had ended.
        let last = self.children[start as usize..].last();
        let last_end = last.map(|id| self.nodes[id.0 as usize].end);
        let node = &mut self.nodes[open.id.0 as usize];
        node.text = text;
        node.end = match (node.style, last_end) {
            (Style::Flow, _) | (_, None) => end,
            (_, Some(last_end)) => last_end,
        };
    }
}
