//! [`OverrideError`]: why a file beside the manifests overrides nothing.

use std::fmt;

use homescale_fileset::ReadError;

use crate::application::ApplicationError;

/// Why a file overrides nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum OverrideError {
    /// It cannot be read.
    Unreadable(ReadError),
    /// It is not YAML.
    Yaml(homescale_yaml::Error),
    /// It is no map.
    NoMap,
    /// What it gives is no source.
    Source(ApplicationError),
}

impl fmt::Display for OverrideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::Yaml(error) => error.fmt(f),
            Self::NoMap => f.write_str("expected a map of fields of a source"),
            Self::Source(error) => error.fmt(f),
        }
    }
}
