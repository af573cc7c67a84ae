//! [`candidates`]: names that a command line can have, found without following or rendering anything.

use std::collections::BTreeSet;

use homescale_argocd::Application;
use homescale_fileset::FileSet;
use homescale_located::Node;

use crate::clusters::{Clusters, IN_CLUSTER};
use crate::committed::{self, Kind, kind};
use crate::config::Config;

/// Names of Applications and clusters. Not all of a fleet: only those that are cheap to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidates {
    /// The Applications that are committed.
    pub applications: BTreeSet<String>,
    /// The clusters that the configuration names, and those that committed Applications do.
    pub clusters: BTreeSet<String>,
}

/// The names in a repository, and in what its `homescale.yaml` says.
///
/// ```
/// use homescale_fileset::FileSet;
/// use homescale_fleet::{Config, candidates};
///
/// let mut files = FileSet::new();
/// let text = b"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\n\
///     spec: {destination: {name: east}, source: {path: web}}\n";
/// files.insert("web.yaml", *text)?;
/// let found = candidates(&files, &Config::default(), 1);
/// assert!(found.applications.contains("web") && found.clusters.contains("east"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn candidates(files: &FileSet, config: &Config, threads: usize) -> Candidates {
    let mut found = Candidates::default();
    let named = config.clusters.iter();
    found
        .clusters
        .extend(named.map(|cluster| cluster.name.clone()));
    let clusters = Clusters::of(config, files);
    for committed in committed::find(files, "", threads) {
        if kind(&committed.object) != Some(Kind::Application) {
            continue;
        }
        let name = committed.object.at(&["metadata", "name"]);
        let name = name.and_then(Node::as_text).map(str::to_owned);
        found.applications.extend(name);
        let read = Application::read(&committed.object.to_value());
        if let (Ok(clusters), Ok(read)) = (&clusters, read) {
            let cluster = clusters.destination(&read.destination, clusters.own());
            found.clusters.insert(cluster);
        }
    }
    // Which cluster it is, a root says.
    if found.clusters.len() > 1 {
        found.clusters.remove(IN_CLUSTER);
    }
    found
}
