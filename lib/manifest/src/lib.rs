//! Kubernetes objects in a stream of manifests.
//!
//! [`parts`] splits a stream without changing a byte, [`ObjectId`] says which object a manifest is, [`objects`] are all of a
//! stream, and [`patch_manifests`]
//! changes the manifests that the [`Target`] of a [`Patch`] selects. What is wrong comes out as
//! [`Diagnostics`](homescale_located::Diagnostics). A chart, a catalog and Argo CD are unknown here.
//!
//! ```
//! use homescale_manifest::{Patch, patch_manifests};
//!
//! let patches = Patch::read_list(
//!     b"- target: {kind: Deployment}\n  merge: {spec: {replicas: 3}}\n",
//!     "patches.yaml",
//! )?;
//! let patched = patch_manifests(b"kind: Deployment\n---\nkind: Service\n", &patches)?;
//! assert_eq!(patched.manifests, b"kind: Deployment\nspec:\n  replicas: 3\n---\nkind: Service\n");
//! # Ok::<(), homescale_located::Diagnostics>(())
//! ```

mod document;
mod images;
mod object;
mod objects;
mod part;
mod patch;
mod rule;
mod scope;
mod stream;
mod tree;

pub use crate::document::document;
pub use crate::images::{Image, images};
pub use crate::object::{ObjectId, group_and_version};
pub use crate::objects::{Object, has_kind, has_objects, object, objects, text_of};
pub use crate::part::{Part, line_count};
pub use crate::patch::{Patch, Patched, Selector, SelectorError, Target, patch_manifests};
pub use crate::rule::{LIST_REPLACED, PATCH};
pub use crate::scope::{Scopes, is_definition};
pub use crate::stream::{FILE_NAME, Piece, STREAM, assemble, numbered, parts};
