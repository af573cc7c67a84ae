//! [`App`]: what one `app.yaml` says.

use homescale_located::{Data, Entry, Node, Place, Table};

use std::sync::Arc;

/// An app of the catalog: a directory with an `app.yaml`.
#[derive(Debug)]
pub struct App {
    pub(crate) name: Arc<str>,
    pub(crate) file: String,
    /// The file as a whole, for what has no better place.
    pub(crate) place: Place,
    /// All fields but `clusters`.
    pub(crate) base: Node,
    /// The value of `clusters`, null when there is none.
    pub(crate) clusters: Node,
    /// Whether the file could not be read as YAML, so that nothing else should be said about it.
    pub(crate) is_broken: bool,
}

impl App {
    /// Takes the value of an `app.yaml` apart.
    pub(crate) fn new(name: &str, file: String, place: Place, content: Node) -> Self {
        let (base, clusters) = split_clusters(content);
        Self {
            name: name.into(),
            file,
            place,
            base,
            clusters,
            is_broken: false,
        }
    }

    /// The name of the directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of the `app.yaml`, from the root of the repository.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The `path` of `app.yaml`: the directory of the chart, unless a cluster overrides it.
    pub fn path(&self) -> Option<&str> {
        self.base.get("path")?.as_text()
    }

    /// The clusters that `app.yaml` has overrides for, in byte order.
    pub fn overrides(&self) -> impl Iterator<Item = &str> {
        let entries = self.override_entries();
        entries.iter().filter_map(|entry| entry.key.as_str())
    }

    pub(crate) fn override_entries(&self) -> &[Entry] {
        self.clusters.as_map().map_or(&[], Table::entries)
    }

    /// The layer of `app.yaml` for a cluster, if there is one.
    pub(crate) fn layer(&self, cluster: &str) -> Option<&Node> {
        self.clusters.get(cluster)
    }
}

fn split_clusters(content: Node) -> (Node, Node) {
    let Data::Map(table) = &content.data else {
        return (content, Node::default());
    };
    let Some(clusters) = table.get("clusters").cloned() else {
        return (content, Node::default());
    };
    let others = table.entries().iter();
    let others = others.filter(|entry| entry.key != "clusters").cloned();
    let base = Node {
        data: Data::Map(Table::sorted(others.collect())),
        place: content.place,
    };
    (base, clusters)
}
