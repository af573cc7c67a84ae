//! What a cluster gets: the catalog evaluated.

mod application;
mod build;
mod candidate;
mod chart;
mod layers;
mod namespace;
mod native;
mod options;
mod plugin;
mod plugin_source;
mod plugin_source_error;
mod recognize;
mod render;
mod required;
mod same_template;
mod templates;

pub use self::chart::TEMPLATES;
pub use self::layers::Layer;
pub(crate) use self::layers::merged;
pub(crate) use self::native::{RenderedApp, build, objects};
pub use self::options::RenderOptions;
pub use self::plugin_source::{PluginChart, PluginSource};
pub use self::plugin_source_error::PluginSourceError;
