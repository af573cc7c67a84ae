//! What a cluster gets: the catalog evaluated.

mod application;
mod build;
mod candidate;
mod chart;
mod layers;
mod namespace;
mod plugin;
mod plugin_source;
mod plugin_source_error;
mod render;
mod required;
mod templates;

pub use self::layers::Layer;
pub(crate) use self::layers::merged;
pub use self::plugin_source::{PluginChart, PluginSource};
pub use self::plugin_source_error::PluginSourceError;
pub use self::render::RenderOptions;
pub(crate) use self::render::{RenderedApp, build, objects};
