//! What objects are put together from.

use homescale_located::{Data, Entry, Node, Place, Table, merge};
use homescale_value::Str;

/// The annotation from which Argo CD reads the wave.
pub(super) const SYNC_WAVE: &str = "argocd.argoproj.io/sync-wave";

/// A map of the entries that have a value. The keys come in byte order.
pub(super) fn table<const N: usize>(entries: [(&str, Option<Node>); N]) -> Node {
    let entries = entries.into_iter().filter_map(|(key, value)| {
        let value = value?;
        Some(Entry {
            key: Str::from(key),
            place: Place::NOWHERE,
            value,
        })
    });
    Node::new(Data::Map(Table::sorted(entries.collect())))
}

/// A value unless it is null or empty.
pub(super) fn not_empty(value: &Node) -> Option<Node> {
    (!value.is_empty()).then(|| value.clone())
}

/// A map with one entry set.
pub(super) fn with(map: &Node, key: &str, value: Node) -> Node {
    merge::overwrite(map, &Node::map([(key, value)]))
}
