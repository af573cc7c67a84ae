//! Applications as values.

mod error;
mod field;
mod model;
mod own;
mod plugin;
mod source;

pub use self::error::ApplicationError;
pub(crate) use self::field::Field;
pub use self::model::{Application, Destination};
pub use self::own::{helm_of_source, own_source, plugin_parameter};
pub use self::plugin::{MOST_OF_ARGUMENT, PluginParameter, PluginSource};
pub use self::source::{DirectorySource, JsonnetVariable, Source};
