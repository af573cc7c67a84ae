//! What is shown of a catalog, and of the files that people write.

pub(crate) mod document;
pub(crate) mod reference;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod status;
mod table;
pub(crate) mod targets;
pub(crate) mod waves;
