//! [`Fleet`]: all Applications of a repository.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use homescale_argocd::{AppProject, FileRead, NotExpanded, Tools};
use homescale_chart::Limits;
use homescale_located::{Diagnostics, Location};

use crate::cache::{Cache, Digests};
use crate::charts::ChartMemo;
use crate::checkouts::Checkouts;
use crate::clusters::Clusters;
use crate::config::{Config, Root};
use crate::found::{ApplicationId, Found, Origin};
use crate::hosts::Hosts;
use crate::memo::Memo;
use crate::roots;

/// What a fleet is found in, and rendered with.
pub struct FleetInputs<'a> {
    /// The repository, and others beside it.
    pub checkouts: Checkouts,
    /// What `homescale.yaml` says.
    pub config: Config,
    /// Where to start, in place of what the configuration says.
    pub roots: Vec<Root>,
    /// Programs that render what this library does not.
    pub tools: &'a dyn Tools,
    /// What templates see of the machine.
    pub hosts: &'a dyn Hosts,
    /// Where renders are kept, if they are.
    pub cache: Option<Cache<'a>>,
    /// How much a chart may cause.
    pub limits: Limits,
    /// How many threads work.
    pub threads: usize,
}

/// All Applications of a repository, found by following each to those that it brings.
pub struct Fleet<'a> {
    pub(crate) inputs: FleetInputs<'a>,
    pub(crate) clusters: Clusters,
    pub(crate) charts: ChartMemo,
    pub(crate) digests: Digests,
    /// Which inputs may have objects of Argo CD in them.
    pub(crate) mentions: Memo<bool>,
    pub(crate) applications: Vec<Found>,
    /// What the generators read of which Applications come.
    pub(crate) generated_from: BTreeMap<ApplicationId, Arc<[FileRead]>>,
    pub(crate) not_expanded: Vec<NotExpandedSet>,
    /// The AppProjects, by the cluster of the Argo CD that has each, and its name; with the place of each.
    pub(crate) projects: BTreeMap<(String, String), (AppProject, Location)>,
    pub(crate) findings: Diagnostics,
}

/// An ApplicationSet of which a generator asks a service.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NotExpandedSet {
    /// Its name.
    pub name: String,
    /// Where it was found.
    pub origin: Origin,
    /// Which generator it is, and what to write into `homescale.yaml`.
    pub not_expanded: NotExpanded,
}

impl Fleet<'_> {
    /// The Applications, by cluster, name, namespace, and the Argo CD that has them.
    pub fn applications(&self) -> &[Found] {
        &self.applications
    }

    /// The ApplicationSets of which not all Applications are known.
    pub fn not_expanded(&self) -> &[NotExpandedSet] {
        &self.not_expanded
    }

    /// What is wrong with what was found: definitions that contradict each other, and objects that cannot be read.
    pub fn findings(&self) -> &Diagnostics {
        &self.findings
    }

    /// The charts of the repository whose templates make Applications: where the fleet may begin, when nothing was found.
    pub fn likely_roots(&self) -> Vec<String> {
        roots::likely(self.inputs.checkouts.own())
    }

    /// The repositories.
    pub fn checkouts(&self) -> &Checkouts {
        &self.inputs.checkouts
    }

    /// The clusters.
    pub fn clusters(&self) -> &Clusters {
        &self.clusters
    }
}

impl fmt::Debug for Fleet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fleet")
            .field("applications", &self.applications.len())
            .finish_non_exhaustive()
    }
}
