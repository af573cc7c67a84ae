//! Every Application of a repository on every cluster, rendered.
//!
//! A repository of Argo CD's has Applications in files, in charts and in ApplicationSets, and one brings others. What the
//! files cannot say is in a [`Config`]: which clusters there are, where to start, which other repositories are at hand.
//!
//! ```
//! use homescale_fleet::{CONFIG_FILE, Config};
//!
//! let text = b"argocd: \"3.5\"\nroots: [{path: argocd/*.yaml}]\n";
//! let config = Config::read(text, CONFIG_FILE)?;
//! assert_eq!(config.roots[0].path, "argocd/*.yaml");
//! # Ok::<(), homescale_located::Diagnostics>(())
//! ```

mod capture;
mod config;

pub use crate::capture::{CAPTURE_HINT, CaptureError, capture};
pub use crate::config::{
    CONFIG_FILE, CONFIGURATION, Capabilities, ClusterConfig, Config, GeneratorConfig,
    KustomizeConfig, RepositoryConfig, Root, ServiceGenerator, SeverityConfig, Tracking,
    config_reference, config_schema,
};
