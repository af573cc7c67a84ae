//! [`Document`]: a YAML document as a tree with a position on every node.
//!
//! The nodes stand in one vector and refer to each other by number, so that a deep document costs no stack, neither when
//! it is built nor when it is dropped. Aliases are nodes that refer to other nodes; they are not expanded.

use std::sync::Arc;

use crate::position::{Position, Text};
use crate::read::reader::Source;
use crate::resolve::{Scalar, Tag, resolve, resolve_plain};

/// The number of a node in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) u32);

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, a number, a truth value, null.
    Scalar,
    /// A list.
    Sequence,
    /// A map.
    Mapping,
    /// A reference to an earlier node.
    Alias,
}

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
    /// A list or map that lives by indentation.
    Block,
    /// `[…]` or `{…}`.
    Flow,
}

/// A node as it is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) start: Position,
    pub(crate) end: Position,
    /// The text of a scalar, the range of the children of a collection, the name of an alias.
    pub(crate) text: Text,
    /// Of an alias: the node it stands for.
    pub(crate) target: u32,
    pub(crate) kind: Kind,
    pub(crate) style: Style,
    pub(crate) tag: Tag,
    pub(crate) implicit: bool,
}

/// A YAML document as a tree, with the text that it was read from.
pub type Document = Tree<'static>;

/// A YAML document as a tree, read from a text that somebody else may keep.
#[derive(Clone, Debug)]
pub struct Tree<'t> {
    pub(crate) source: Source<'t>,
    pub(crate) scratch: Arc<str>,
    pub(crate) nodes: Vec<Node>,
    /// The children of all collections; those of a map are keys and values in turn.
    pub(crate) children: Vec<NodeId>,
    pub(crate) root: Option<NodeId>,
    /// The first alias of too many: who follows aliases would have too much text.
    pub(crate) excess: Option<Position>,
}

/// A step on the way to a node: a key of a map, or an index of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A key, as it is in the value: `true` for the key `yes`.
    Key(&'a str),
    /// An index, counted from 0.
    Index(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(key: &'a str) -> Self {
        Self::Key(key)
    }
}

impl<'a> From<&'a String> for Step<'a> {
    fn from(key: &'a String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The key, if the last step was one.
    pub key: Option<NodeRef<'a>>,
    /// The value.
    pub value: NodeRef<'a>,
}

impl Tree<'_> {
    /// The root, unless the text has no document at all.
    pub fn root(&self) -> Option<NodeRef<'_>> {
        self.root.map(|id| self.node(id))
    }

    /// The node with a number.
    pub(crate) fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { document: self, id }
    }

    /// The whole text that the document was read from, decoded.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The key and value that a path leads to, through aliases and merge keys, as in the value of the document.
    pub fn find(&self, path: &[Step<'_>]) -> Option<Found<'_>> {
        let mut found = Found {
            key: None,
            value: self.root()?,
        };
        for step in path {
            found = match step {
                Step::Key(key) => found.value.get(key)?,
                Step::Index(index) => Found {
                    key: None,
                    value: found.value.item(*index)?,
                },
            };
        }
        Some(found)
    }

    pub(crate) fn text(&self, text: Text) -> &str {
        text.get(&self.source, &self.scratch)
    }

    pub(crate) fn get(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(crate) fn children(&self, id: NodeId) -> &[NodeId] {
        let node = self.get(id);
        match node.kind {
            Kind::Sequence | Kind::Mapping => {
                &self.children[node.text.start as usize..node.text.end as usize]
            }
            Kind::Scalar | Kind::Alias => &[],
        }
    }

    /// What the scalar `id` means, or go-yaml's error.
    pub(crate) fn scalar(&self, id: NodeId) -> Result<Scalar<'_>, String> {
        let node = self.get(id);
        let text = self.text(node.text);
        match node.tag {
            Tag::None if node.implicit => Ok(resolve_plain(text)),
            Tag::None => Ok(Scalar::Str(text.into())),
            tag => resolve(tag, text),
        }
    }

    /// The maps that the value of `<<` stands for: the value itself, or the entries of a list, of which the first counts most.
    pub(crate) fn merge_sources<'d>(&'d self, value: &'d NodeId) -> &'d [NodeId] {
        match self.get(*value).kind {
            Kind::Sequence => self.children(*value),
            Kind::Mapping | Kind::Alias | Kind::Scalar => std::slice::from_ref(value),
        }
    }

    /// Whether the node is the key `<<`.
    pub(crate) fn is_merge_key(&self, id: NodeId) -> bool {
        let node = self.get(id);
        node.kind == Kind::Scalar
            && node.text.end - node.text.start == 2
            && (node.implicit || node.tag == Tag::Merge)
            && self.text(node.text) == "<<"
    }
}

/// A node of a document.
#[derive(Clone, Copy)]
pub struct NodeRef<'a> {
    document: &'a Tree<'a>,
    id: NodeId,
}

impl<'a> NodeRef<'a> {
    fn node(self) -> &'a Node {
        self.document.get(self.id)
    }

    /// The number of the node.
    pub(crate) fn id(self) -> NodeId {
        self.id
    }

    /// The document of the node.
    pub fn document(self) -> &'a Tree<'a> {
        self.document
    }

    /// What the node is.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// How the node is written.
    pub fn style(self) -> Style {
        self.node().style
    }

    /// Where the node begins: at its anchor or tag, if it has one.
    pub fn start(self) -> Position {
        self.node().start
    }

    /// Where the node ends.
    pub fn end(self) -> Position {
        self.node().end
    }

    /// The bytes of the source from start to end.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start().offset()..self.end().offset()
    }

    /// The text of a scalar, without quotes, escapes and indentation.
    pub fn text(self) -> Option<&'a str> {
        (self.kind() == Kind::Scalar).then(|| self.document.text(self.node().text))
    }

    /// What a scalar means; `None` for other nodes, and for text that does not fit its tag.
    pub fn scalar(self) -> Option<Scalar<'a>> {
        let document = self.document;
        (self.kind() == Kind::Scalar).then(|| document.scalar(self.id).ok())?
    }

    /// The node that an alias stands for; any other node itself.
    pub fn target(self) -> NodeRef<'a> {
        match self.kind() {
            Kind::Alias => self.document.node(NodeId(self.node().target)),
            Kind::Scalar | Kind::Sequence | Kind::Mapping => self,
        }
    }

    /// The entries of a list; the keys and values of a map in turn.
    pub fn children(self) -> impl DoubleEndedIterator<Item = NodeRef<'a>> + ExactSizeIterator {
        let document = self.document;
        document
            .children(self.id)
            .iter()
            .map(move |&id| document.node(id))
    }

    /// The entry of a list at `index`, counted from 0; through an alias, too.
    pub fn item(self, index: usize) -> Option<NodeRef<'a>> {
        let list = self.target();
        match list.kind() {
            Kind::Sequence => list.children().nth(index),
            Kind::Scalar | Kind::Mapping | Kind::Alias => None,
        }
    }

    /// The keys and values of a map as they are written, duplicates and merge keys included.
    pub fn pairs(self) -> impl Iterator<Item = (NodeRef<'a>, NodeRef<'a>)> {
        let document = self.document;
        let children = match self.kind() {
            Kind::Mapping => document.children(self.id),
            Kind::Scalar | Kind::Sequence | Kind::Alias => &[],
        };
        let pairs = children.chunks_exact(2);
        pairs.map(move |pair| (document.node(pair[0]), document.node(pair[1])))
    }

    /// The key and value of `key` that count: the last ones, and those of merged maps in their place.
    pub fn get(self, key: &str) -> Option<Found<'a>> {
        self.get_within(key, &mut { MAX_MERGES })
    }

    fn get_within(self, wanted: &str, merges: &mut usize) -> Option<Found<'a>> {
        *merges = merges.checked_sub(1)?;
        let map = self.target();
        let pairs = map.document.children(map.id).chunks_exact(2);
        if map.kind() != Kind::Mapping {
            return None;
        }
        for pair in pairs.rev() {
            let (key, value) = (map.document.node(pair[0]), map.document.node(pair[1]));
            if !map.document.is_merge_key(key.id) {
                if key.target().is_key(wanted) {
                    return Some(Found {
                        key: Some(key),
                        value,
                    });
                }
                continue;
            }
            let mut maps = map.document.merge_sources(&pair[1]).iter();
            let found = maps.find_map(|&id| map.document.node(id).get_within(wanted, merges));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The text that the node becomes as a key of a map: `true` for `yes`. `None` for what cannot be a key.
    pub fn key_text(self) -> Option<String> {
        let scalar = self.target().scalar()?;
        scalar.key_text().map(std::borrow::Cow::into_owned)
    }

    /// Whether the node, as a key, becomes `wanted`.
    fn is_key(self, wanted: &str) -> bool {
        match self.scalar() {
            Some(scalar) => scalar.key_text().as_deref() == Some(wanted),
            None => false,
        }
    }
}

/// How many merged maps are looked at for one key: merge keys can refer to each other without end.
const MAX_MERGES: usize = 1_000;

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {}", self.kind(), self.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, parse_all};

    #[test]
    fn every_node_has_its_place() {
        let text =
            "a: 1\nb:\n  # c\n  - &x {é: 'y'}\n  - |\n    text\n\n  - *x\nlast: !!str 5 # six\n";
        let document = parse(text.as_bytes()).unwrap();
        let found = |path: &[Step<'_>]| {
            let value = document.find(path).unwrap().value;
            let start = value.start();
            (start.line(), start.column(), &text[value.range()])
        };
        assert_eq!(found(&["a".into()]), (1, 4, "1"));
        assert_eq!(found(&["b".into(), 0.into()]), (4, 5, "&x {é: 'y'}"));
        assert_eq!(found(&["b".into(), 0.into(), "é".into()]), (4, 12, "'y'"));
        assert_eq!(found(&["b".into(), 1.into()]), (5, 5, "|\n    text\n\n"));
        assert_eq!(found(&["b".into(), 2.into()]), (8, 5, "*x"));
        assert_eq!(found(&["b".into(), 2.into(), "é".into()]), (4, 12, "'y'"));
        assert_eq!(found(&["last".into()]), (9, 7, "!!str 5"));
        assert_eq!(found(&[]), (1, 1, text.trim_end_matches(" # six\n")));
        let key = document.find(&["last".into()]).unwrap().key.unwrap();
        assert_eq!((key.start().line(), &text[key.range()]), (9, "last"));
    }

    #[test]
    fn a_path_follows_what_counts() {
        let text =
            "base: &b {x: 1, w: 2}\napp:\n  w: 3\n  <<: [{x: 4}, *b]\n  z: 5\n  z: 6\nyes: on\n";
        let document = parse(text.as_bytes()).unwrap();
        let find = |path: &[Step<'_>]| document.find(path).and_then(|found| found.value.text());
        assert_eq!(find(&["app".into(), "x".into()]), Some("4"));
        assert_eq!(find(&["app".into(), "w".into()]), Some("2"));
        assert_eq!(find(&["app".into(), "z".into()]), Some("6"));
        assert_eq!(find(&["true".into()]), Some("on"));
        assert_eq!(find(&["app".into(), 0.into()]), None);
        assert_eq!(find(&["app".into(), "none".into()]), None);
        assert_eq!(find(&["yes".into()]), None);
    }

    #[test]
    fn documents_keep_their_places() {
        let documents = parse_all("\u{FEFF}a: 1\n---\n\n- b\n...\n---\n".as_bytes()).unwrap();
        let roots: Vec<_> = documents
            .iter()
            .map(|document| document.root().unwrap())
            .collect();
        let places: Vec<_> = roots
            .iter()
            .map(|root| (root.kind(), root.start().line(), root.range()))
            .collect();
        assert_eq!(
            places,
            [
                (Kind::Mapping, 1, 3..7),
                (Kind::Sequence, 4, 13..16),
                (Kind::Scalar, 7, 25..25),
            ]
        );
        assert!(parse(b"").unwrap().root().is_none());
        assert!(parse_all(b"# nothing\n").unwrap().is_empty());
    }
}
