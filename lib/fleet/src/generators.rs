//! What generators of ApplicationSets read that no checkout has: clusters, and the answers of services.

use std::collections::BTreeMap;

use homescale_argocd::{ClusterSecret, GeneratorKind, ServiceParameters};
use homescale_located::Node;
use homescale_value::Data;

use crate::config::{ClusterConfig, Config, ServiceGenerator};

/// The clusters of a configuration, as the Secrets of Argo CD say them.
pub(crate) fn cluster_secrets(config: &Config) -> Vec<ClusterSecret> {
    config.clusters.iter().map(secret).collect()
}

fn secret(cluster: &ClusterConfig) -> ClusterSecret {
    let server = cluster.server.clone();
    ClusterSecret {
        name: cluster.name.clone(),
        server: server.unwrap_or_default(),
        project: cluster.project.clone(),
        labels: cluster.labels.clone(),
        annotations: cluster.annotations.clone(),
    }
}

/// What a configuration says in place of services, for one ApplicationSet.
pub(crate) struct ConfiguredServices {
    answers: BTreeMap<ServiceGenerator, Vec<Data>>,
}

impl ConfiguredServices {
    /// What is said for the ApplicationSet of this name.
    pub(crate) fn new(config: &Config, application_set: &str) -> Self {
        let said = config.generators.get(application_set);
        let said = said.into_iter().flat_map(|said| &said.parameters);
        let answers = said.map(|(generator, elements)| {
            let elements = elements.iter().map(Node::to_value);
            let elements = elements.filter_map(|element| Data::from_value(&element).ok());
            (*generator, elements.collect())
        });
        Self {
            answers: answers.collect(),
        }
    }
}

impl ServiceParameters for ConfiguredServices {
    fn parameters(&self, generator: GeneratorKind, _: &str) -> Option<&[Data]> {
        let mut kinds = ServiceGenerator::ALL.into_iter();
        let kind = kinds.find(|kind| kind.name() == generator.field())?;
        self.answers.get(&kind).map(Vec::as_slice)
    }
}
