//! What a cluster gets: the catalog evaluated.

mod application;
mod build;
mod candidate;
mod chart;
mod layers;
mod namespace;
mod plugin;
mod render;
mod required;
mod templates;

pub use self::candidate::Candidate;
pub use self::layers::Layer;
pub(crate) use self::layers::merged;
pub use self::render::RenderOptions;
pub(crate) use self::render::{RenderedApp, build, objects};
