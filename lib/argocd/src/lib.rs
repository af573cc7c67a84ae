//! What Argo CD does with the sources of an Application, and with ApplicationSets.
//!
//! A [`ChartSource`] is a chart in a repository with what the Application says about it; it renders to manifests as Argo CD
//! would render it, by the Helm that Argo CD has: [`helm_of_argocd`]. A config management plugin is asked by variables of its
//! environment: a [`PluginRequest`] is that as a value. An [`ApplicationSet`] generates Applications.
//!
//! ```
//! use std::rc::Rc;
//!
//! use homescale_argocd::{ChartSource, ManifestOptions, PluginRequest};
//! use homescale_fileset::FileSet;
//! use homescale_functions::FixedHost;
//!
//! let mut files = FileSet::new();
//! files.insert("apps/web/Chart.yaml", *b"apiVersion: v2\nname: web\nversion: 1.0.0\n")?;
//! files.insert("apps/web/templates/it.yaml", *b"kind: App\nreplicas: {{ .Values.replicas }}\n")?;
//! let request = PluginRequest::read([
//!     ("ARGOCD_APP_NAME", "web"),
//!     ("ARGOCD_ENV_HELM", "valuesObject: {replicas: 3}"),
//! ])?;
//!
//! let chart = ChartSource::of_request(&request, "apps/web")?.expect("a request with `helm`");
//! let host = Rc::new(FixedHost::default());
//! let patched = chart.manifests(&files, &ManifestOptions::from(&request), host)?;
//! assert_eq!(patched.manifests, b"---\n# Source: web/templates/it.yaml\nkind: App\nreplicas: 3\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod announcement;
mod application;
mod application_set;
mod applied;
mod build_environment;
mod bundled_helm;
mod bundled_kustomize;
mod deadline;
mod helm_source;
mod manifest_error;
mod no_manifests;
mod parameters;
mod paths;
mod plugin_parameters;
mod project;
mod render;
mod repositories;
mod repository_url;
mod request;
mod source;
mod source_tree;
mod value_files;
mod version;

pub use crate::announcement::Announcement;
pub use crate::application::{
    Application, ApplicationError, Destination, DirectorySource, JsonnetVariable, MOST_OF_ARGUMENT,
    PluginParameter, PluginSource, Source, helm_of_source, own_source, plugin_parameter,
};
pub use crate::application_set::{
    ApplicationSet, ApplicationSetError, ApplicationSetErrorKind, ClusterSecret, FileRead,
    Generated, GeneratorInputs, GeneratorKind, GeneratorLimits, GeneratorSettings, NotExpanded,
    NotExpandedReason, PatchError, SelectorError, ServiceParameters,
};
pub use crate::applied::{
    AppliedError, TRACKING_ID, TRACKING_LABEL, Tracking, TrackingMethod, as_applied,
};
pub use crate::build_environment::BuildEnvironment;
pub use crate::bundled_helm::{UnknownArgoCd, helm_of_argocd};
pub use crate::bundled_kustomize::kustomize_of_argocd;
pub use crate::deadline::{DEFAULT_DEADLINE, DeadlineError, parse_deadline};
pub use crate::helm_source::{HelmField, HelmSource};
pub use crate::manifest_error::ManifestError;
pub use crate::no_manifests::NoManifests;
pub use crate::parameters::{FileParameter, Parameter, set_order};
pub use crate::paths::{GENERATE_PATHS, generate_paths, normalize, resolve};
pub use crate::project::{AppProject, Forbidden, Restriction, Subject};
pub use crate::render::{ChartSource, ManifestOptions, PLUGIN_LIMITS};
pub use crate::repositories::{NotAtHand, Repositories};
pub use crate::repository_url::{is_same_repository, repository_key};
pub use crate::request::{PluginRequest, RequestError};
pub use crate::source::{
    ChartError, Charts, InputError, InputPath, KustomizeBuild, KustomizeError, KustomizePatches,
    KustomizeSettings, KustomizeStep, LoadEach, NoTools, NotRendered, OverrideError, PLUGIN_NAME,
    PatchesError, PreparedSource, SourceError, SourceFailure, SourceInputs, SourceKind,
    SourceRequest, SourceResult, ToolError, Tools, load_chart, prepare_source, render_source,
};
pub use crate::source_tree::SourceTree;
pub use crate::value_files::{NamedAs, ValueFileError, ValueFileErrorKind};
pub use crate::version::ArgoCdVersion;
