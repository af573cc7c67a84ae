//! Paths to bytes, whole in memory; Helm's glob and .helmignore.

mod set;

pub use crate::set::{FileSet, PathError};
