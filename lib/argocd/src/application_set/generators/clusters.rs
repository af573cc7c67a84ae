//! The cluster generator: the clusters that Argo CD has Secrets of, and its own.

use homescale_value::{Data, Entries, List, ListType, Map, MapType, Str, Type, Value};

use super::{Outcome, Run};
use crate::application_set::data::{flag, get_or_nil};
use crate::application_set::inputs::ClusterSecret;
use crate::application_set::parameters::append_values;
use crate::application_set::render::normalize;
use crate::application_set::selector::{Selector, Values};
use crate::version::ArgoCdVersion;

/// The name and the address of the cluster that Argo CD runs in.
const IN_CLUSTER: (&str, &str) = ("in-cluster", "https://kubernetes.default.svc");

/// The label of the Secrets that describe clusters.
const SECRET_TYPE: (&str, &str) = ("argocd.argoproj.io/secret-type", "cluster");

/// Annotations of Secrets that are no parameters, and the Argo CD from which on they are none.
const HIDDEN_ANNOTATIONS: &[(&str, ArgoCdVersion)] = &[
    ("argocd.argoproj.io/refresh", ArgoCdVersion::new(3, 4)),
    (
        "argocd.argoproj.io/refresh-timestamp",
        ArgoCdVersion::new(3, 6),
    ),
    ("argocd.argoproj.io/hydrate", ArgoCdVersion::new(3, 4)),
    (
        "argocd.argoproj.io/hydrate-timestamp",
        ArgoCdVersion::new(3, 6),
    ),
    ("argocd.argoproj.io/tracking-id", ArgoCdVersion::new(3, 4)),
    (
        "argocd.argoproj.io/installation-id",
        ArgoCdVersion::new(3, 4),
    ),
    (
        "kubectl.kubernetes.io/last-applied-configuration",
        ArgoCdVersion::new(3, 4),
    ),
];

/// What `clusters` is in a flat list.
static FLAT: ListType = ListType::plain("[]map[string]interface {}", Type::Map);

impl Run<'_> {
    /// The clusters in the order in which they are given. Argo CD takes them out of a Go map, in no order; of two of a name,
    /// only the last counts.
    pub(super) fn clusters(&self, own: &Data) -> Outcome {
        let selector = Selector::new(get_or_nil(own, "selector"), Values::OfLabels);
        let selector = selector.map_err(|error| error.inside("selector"))?;
        let clusters = self.inputs.clusters;
        let selected = clusters.iter().enumerate().filter(|(index, cluster)| {
            let mut later = clusters[index + 1..].iter();
            is_selected(&selector, cluster)
                && !later.any(|other| other.name == cluster.name && is_selected(&selector, other))
        });
        let selected: Vec<_> = selected.map(|(_, cluster)| cluster).collect();
        let values = get_or_nil(own, "values");
        let mut all = Vec::new();
        for cluster in &selected {
            let parameters = self.cluster(cluster);
            append_values(&self.renderer, values, &parameters)?;
            all.push(parameters);
        }
        let is_there = selected
            .iter()
            .any(|cluster| cluster.server == IN_CLUSTER.1);
        if selector.is_empty() && !is_there {
            let parameters = named(IN_CLUSTER.0, IN_CLUSTER.1, "");
            append_values(&self.renderer, values, &parameters)?;
            all.push(parameters);
        }
        if flag(own, "flatList") {
            let all = all.into_iter().map(Value::Map).collect();
            let list = Value::List(List::typed(&FLAT, all));
            return Ok(vec![Map::from_iter([("clusters", list)])]);
        }
        Ok(all)
    }

    fn cluster(&self, cluster: &ClusterSecret) -> Map {
        let project = cluster.project.as_deref().unwrap_or_default();
        let parameters = named(&cluster.name, &cluster.server, project);
        let is_hidden = |key: &str| {
            let mut hidden = HIDDEN_ANNOTATIONS.iter();
            hidden.any(|(name, since)| *name == key && *since <= self.inputs.argocd)
        };
        let annotations = cluster.annotations.iter();
        let annotations = annotations.filter(|(key, _)| !is_hidden(key));
        let annotations = annotations.map(|(key, value)| (key.as_str(), value.as_str()));
        let labels = cluster.labels.iter();
        let labels = labels.map(|(key, value)| (key.as_str(), value.as_str()));
        let own_type = (!cluster.labels.contains_key(SECRET_TYPE.0)).then_some(SECRET_TYPE);
        let labels = labels.chain(own_type);
        if self.renderer.is_go() {
            let metadata = Map::new();
            if !cluster.annotations.is_empty() {
                metadata.set("annotations", texts(annotations));
            }
            metadata.set("labels", texts(labels));
            parameters.set("metadata", metadata);
        } else {
            for (key, value) in annotations {
                parameters.set(format!("metadata.annotations.{key}"), value);
            }
            for (key, value) in labels {
                parameters.set(format!("metadata.labels.{key}"), value);
            }
        }
        parameters
    }
}

fn named(name: &str, server: &str, project: &str) -> Map {
    Map::from_iter([
        ("name", Value::from(name)),
        ("nameNormalized", Value::Str(normalize(&name.into()))),
        ("server", server.into()),
        ("project", project.into()),
    ])
}

fn texts<'t>(pairs: impl Iterator<Item = (&'t str, &'t str)>) -> Value {
    let pairs = pairs.map(|(key, value)| (Str::from(key), Value::from(value)));
    Value::Map(Map::typed(&MapType::STRINGS, pairs.collect::<Entries>()))
}

fn is_selected(selector: &Selector, cluster: &ClusterSecret) -> bool {
    selector.is_match(|key| {
        let own = cluster.labels.get(key.as_str()?);
        let own = own.map(|value| Str::from(value.as_str()));
        own.or_else(|| (*key == SECRET_TYPE.0).then(|| SECRET_TYPE.1.into()))
    })
}
