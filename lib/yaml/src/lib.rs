//! YAML as Kubernetes tools read and write it.

mod emit;
pub mod json;

pub use emit::{WriteError, append_yaml, to_yaml, to_yaml_pretty};
