//! What a catalog is: apps, clusters, values, and the objects that come of them.

pub(crate) mod app;
pub(crate) mod catalog;
pub(crate) mod cluster;
pub(crate) mod config;
pub(crate) mod layout;
pub(crate) mod objects;
pub(crate) mod renderer;
pub(crate) mod sections;
pub(crate) mod selection_error;
