//! Paths to bytes, whole in memory; Helm's glob and .helmignore.
