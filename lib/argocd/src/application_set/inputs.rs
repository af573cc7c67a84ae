//! What generators read besides the ApplicationSet itself.

use std::collections::{BTreeMap, BTreeSet};

use homescale_value::Data;

use super::generated::GeneratorKind;
use crate::repositories::Repositories;
use crate::version::ArgoCdVersion;

/// What generators read besides the ApplicationSet itself.
#[derive(Clone, Copy)]
pub struct GeneratorInputs<'a> {
    /// Where Git generators read.
    pub repositories: &'a dyn Repositories,
    /// The clusters that Argo CD has Secrets of. That of Argo CD itself is there without one.
    pub clusters: &'a [ClusterSecret],
    /// What the services answer that other generators ask.
    pub services: &'a dyn ServiceParameters,
    /// The Argo CD that generates.
    pub argocd: ArgoCdVersion,
    /// How the Argo CD is set up.
    pub settings: &'a GeneratorSettings,
    /// Bounds on what is generated, so that a hostile ApplicationSet ends with an error.
    pub limits: &'a GeneratorLimits,
}

/// A cluster as its Secret describes it to Argo CD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterSecret {
    /// The name by which Applications name the cluster.
    pub name: String,
    /// The address of its API server.
    pub server: String,
    /// The AppProject that it is for, if it is for one.
    pub project: Option<String>,
    /// The labels of the Secret. The one that says that it is of a cluster need not be among them.
    pub labels: BTreeMap<String, String>,
    /// The annotations of the Secret.
    pub annotations: BTreeMap<String, String>,
}

/// Answers of the services that generators ask: SCM providers, pull requests, plugins, cluster decisions.
pub trait ServiceParameters: Sync {
    /// The parameter sets that a kind of generator gives in an ApplicationSet, before its `values`. `None`: nobody knows, and
    /// the generator is reported as not expanded.
    fn parameters(&self, generator: GeneratorKind, application_set: &str) -> Option<&[Data]>;
}

/// No service is known.
///
/// ```
/// use homescale_argocd::{GeneratorKind, ServiceParameters};
///
/// assert_eq!(().parameters(GeneratorKind::PullRequest, "previews"), None);
/// ```
impl ServiceParameters for () {
    fn parameters(&self, _: GeneratorKind, _: &str) -> Option<&[Data]> {
        None
    }
}

/// What the configuration of an Argo CD decides about generators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GeneratorSettings {
    /// Whether patterns of files are those of doublestar, where `*` stays within a directory, instead of Git's pathspecs
    /// (`applicationsetcontroller.enable.new.git.file.globbing`).
    pub new_git_file_globbing: bool,
    /// Whether Git generators see directories whose name begins with a dot (`reposerver.include.hidden.directories`).
    pub include_hidden_directories: bool,
    /// The AppProjects that there are, if that is known: without its own, an ApplicationSet generates nothing from Git.
    pub projects: Option<BTreeSet<String>>,
}

/// Bounds on what an ApplicationSet may generate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratorLimits {
    /// How many Applications.
    pub applications: usize,
    /// How many parameter sets all generators may give together, those inside of a matrix or merge, too.
    pub parameter_sets: usize,
    /// How many values all Applications may have together, with those of parameter sets that are used again.
    pub values: usize,
    /// How many paths of repositories may be compared with patterns.
    pub paths: usize,
    /// What all templates together may cause. How much they may write counts in either language.
    pub templates: homescale_template::Limits,
}

/// Ten times what the largest known ApplicationSets generate.
impl Default for GeneratorLimits {
    fn default() -> Self {
        Self {
            applications: 20_000,
            parameter_sets: 200_000,
            values: 20_000_000,
            paths: 100_000_000,
            templates: homescale_template::Limits::default(),
        }
    }
}
