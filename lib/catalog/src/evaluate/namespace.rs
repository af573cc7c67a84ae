//! The Namespace of the apps that share it.

use homescale_located::{Data, Entry, Node, Place, Table};

use crate::evaluate::build::{SYNC_WAVE, not_empty, table, with};
use crate::model::config::Config;
use crate::model::objects::Namespace;

/// Builds a Namespace with the pod security of the first app that uses it.
pub(super) fn build(name: String, security: &Node, config: &Config) -> Namespace {
    let wave = config.namespaces.wave;
    let annotations = Node::new(Data::Map(
        (config.namespaces.annotations.as_map()).map_or_else(Table::default, Table::clone),
    ));
    let annotations = with(&annotations, SYNC_WAVE, Node::new(wave.to_string()));
    let metadata = table([
        ("annotations", Some(annotations)),
        ("labels", not_empty(&labels(security, config))),
        ("name", Some(Node::new(name.as_str()))),
    ]);
    let object = table([
        ("apiVersion", Some(Node::new("v1"))),
        ("kind", Some(Node::new("Namespace"))),
        ("metadata", Some(metadata)),
    ]);
    Namespace { name, wave, object }
}

/// The catalog's labels, and one for each mode of pod security that has a level.
fn labels(security: &Node, config: &Config) -> Node {
    let own = config
        .namespaces
        .labels
        .as_map()
        .map_or(&[][..], Table::entries);
    let mut entries = own.to_vec();
    match &security.data {
        Data::Map(modes) => {
            let modes = modes.entries().iter().filter(|mode| !mode.value.is_empty());
            entries.extend(modes.map(|mode| label(&mode.name(), &mode.value)));
        }
        Data::Text(text) if !text.is_empty() => entries.push(label("enforce", security)),
        _ => {}
    }
    Node::new(Data::Map(Table::new(entries)))
}

fn label(mode: &str, level: &Node) -> Entry {
    Entry {
        key: format!("pod-security.kubernetes.io/{mode}").into(),
        place: Place::NOWHERE,
        value: level.clone(),
    }
}
