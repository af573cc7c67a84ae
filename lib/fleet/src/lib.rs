//! Every Application of a repository on every cluster, rendered.
//!
//! A repository of Argo CD's has Applications in files, in charts and in ApplicationSets, and one brings others. A [`Fleet`] is
//! all of them: it begins with what the user names, the bootstrap files of a catalog, or all that is committed, and follows
//! each to those that it brings. Each renders to what Argo CD would apply, exact for the version of Argo CD and of Kubernetes
//! that its cluster has; or it is told why not. What a checkout cannot say is in a [`Config`].
//!
//! ```
//! use homescale_argocd::NoTools;
//! use homescale_fileset::FileSet;
//! use homescale_fleet::{Checkouts, Config, FixedHosts, Fleet, FleetInputs, Outcome};
//!
//! let mut files = FileSet::new();
//! files.insert("web/service.yaml", *b"apiVersion: v1\nkind: Service\nmetadata: {name: web}\n")?;
//! files.insert("argocd/web.yaml", *b"
//! apiVersion: argoproj.io/v1alpha1
//! kind: Application
//! metadata: {name: web, namespace: argocd}
//! spec:
//!   destination: {name: east, namespace: web}
//!   source: {repoURL: https://git.example.com/fleet.git, path: web}
//! ")?;
//!
//! let fleet = Fleet::find(FleetInputs {
//!     checkouts: Checkouts::new(files),
//!     config: Config::default(),
//!     roots: Vec::new(),
//!     tools: &NoTools,
//!     hosts: &FixedHosts,
//!     cache: None,
//!     limits: homescale_chart::Limits::default(),
//!     threads: 2,
//! })?;
//! let web = &fleet.applications()[0];
//! assert_eq!((web.cluster.as_str(), web.id.to_string().as_str()), ("east", "in-cluster/argocd/web"));
//! let Outcome::Rendered(stream) = fleet.render(web).outcome else { panic!() };
//! assert!(stream.ends_with(b"kind: Service\nmetadata: {name: web}\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod applied;
mod cache;
mod candidates;
mod capture;
mod charts;
mod check;
mod checkouts;
mod clusters;
mod committed;
mod config;
mod fleet;
mod follow;
mod found;
mod generators;
mod hosts;
mod images;
mod key;
mod memo;
mod rendering;
mod review;
mod roots;
mod rules;
mod selection;
mod taken_away;
mod touch;
mod tree;
mod used_charts;
mod which;

pub use crate::cache::{Cache, Key, Store};
pub use crate::candidates::{Candidates, candidates};
pub use crate::capture::{CAPTURE_HINT, CaptureError, capture};
pub use crate::check::Checked;
pub use crate::checkouts::{Checkouts, HERE};
pub use crate::clusters::{Cluster, Clusters, IN_CLUSTER, NEWEST_ARGOCD};
pub use crate::config::{
    CONFIG_FILE, CONFIGURATION, Capabilities, ClusterConfig, Config, GeneratorConfig,
    KustomizeConfig, RepositoryConfig, Root, ServiceGenerator, SeverityConfig, Tracking,
    config_reference, config_schema,
};
pub use crate::fleet::{Fleet, FleetInputs, NotExpandedSet};
pub use crate::found::{ARGOCD_NAMESPACE, ApplicationId, Found, Origin};
pub use crate::hosts::{EffectsOfHosts, FixedHosts, Hosts};
pub use crate::images::{ImagePlace, Images, images_of};
pub use crate::rendering::{Outcome, Rendering};
pub use crate::review::{ReviewInputs, review};
pub use crate::rules::{NOT_RENDERED, RULES, all_rules};
pub use crate::selection::{Selection, SelectionError, Shard, ShardError};
pub use crate::touch::Touch;
pub use crate::tree::{DryCommit, Layout, TreeError, TreeFile, TreePart, TreePlan, stream};
pub use crate::used_charts::{ChartPlace, Unknown, UsedChart, UsedCharts};
pub use crate::which::Touched;
