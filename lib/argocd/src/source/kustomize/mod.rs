//! Kustomizations: what Argo CD runs for one (`util/kustomize/kustomize.go`), and what that reads. Nothing is run here.

mod build;
mod error;
mod fields;
mod patches;
mod reach;
mod render;

pub use self::build::{KustomizeBuild, KustomizeStep};
pub use self::error::KustomizeError;
pub use self::patches::{KustomizePatches, PatchesError};
pub(super) use self::render::KustomizeRender;
