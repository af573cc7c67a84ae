//! [`NodeSet`]: which of many values are the same.

use std::collections::BTreeMap;

use crate::data::Node;

/// Values, each of them once. Whether one is among them is told by its text first, and not by comparing it with each.
///
/// ```
/// use homescale_located::{Node, NodeSet};
///
/// let (a, b) = (Node::new("a"), Node::new("b"));
/// let mut known = NodeSet::default();
/// assert!(known.insert(&a));
/// assert!(!known.insert(&a.clone()));
/// assert!(known.contains(&a) && !known.contains(&b));
/// ```
#[derive(Debug, Default)]
pub struct NodeSet(BTreeMap<String, Vec<Node>>);

impl NodeSet {
    /// Adds a value, unless it is there; whether it was added.
    pub fn insert(&mut self, node: &Node) -> bool {
        let alike = self.0.entry(text(node)).or_default();
        let is_new = !alike.contains(node);
        if is_new {
            alike.push(node.clone());
        }
        is_new
    }

    /// Whether a value is there.
    pub fn contains(&self, node: &Node) -> bool {
        let alike = self.0.get(&text(node));
        alike.is_some_and(|alike| alike.contains(node))
    }
}

impl<'n> FromIterator<&'n Node> for NodeSet {
    fn from_iter<I: IntoIterator<Item = &'n Node>>(nodes: I) -> Self {
        let mut set = Self::default();
        for node in nodes {
            set.insert(node);
        }
        set
    }
}

/// A text that equal values have in common, and different ones hardly ever.
fn text(node: &Node) -> String {
    node.to_json().to_string()
}
