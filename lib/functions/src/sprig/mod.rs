//! The libraries below Sprig and Helm, as far as functions show them.

pub(crate) mod decimal;
pub(crate) mod mergo;
pub mod semver;
pub(crate) mod toml;
