//! Apps times clusters: Applications, waves, validation.

mod targets;

pub use crate::targets::{ClusterTarget, ImageTarget, cluster_targets, image_targets};
