//! The manifests of one source of an Application, as Argo CD's repo-server makes them
//! (`reposerver/repository/repository.go`, `GenerateManifest`).

mod charts;
mod directory;
mod discovery;
mod error;
mod failure;
mod helm;
mod inputs;
mod kind;
mod kube_version;
mod kustomize;
mod manifest_file;
mod not_rendered;
mod override_error;
mod overrides;
mod place;
mod plugin;
mod prepare;
mod references;
mod request;
mod tools;

pub use self::charts::{ChartError, Charts, LoadEach, load_chart};
pub use self::error::SourceError;
pub use self::failure::SourceFailure;
pub use self::inputs::{InputError, InputPath, SourceInputs};
pub use self::kind::SourceKind;
pub use self::kustomize::{
    KustomizeBuild, KustomizeError, KustomizePatches, KustomizeStep, PatchesError,
};
pub use self::not_rendered::NotRendered;
pub use self::override_error::OverrideError;
pub use self::plugin::PLUGIN_NAME;
pub use self::prepare::{PreparedSource, SourceResult, prepare_source, render_source};
pub use self::request::SourceRequest;
pub use self::tools::{KustomizeSettings, NoTools, ToolError, Tools};
