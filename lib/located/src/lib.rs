//! YAML that knows where each key and value was written.
//!
//! [`read()`] makes a [`Node`] of a file, with the [`Place`] of every key and value; [`merge`] puts nodes over each other and
//! keeps the places; [`Shape`] says what a field may hold. What there is to say about files goes into a [`Report`], under a
//! [`Rule`], and comes out as [`Diagnostics`] with file, line and column. What keys mean, others know.
//!
//! ```
//! use homescale_located::{Origin, Report, Shape, Sources, check_shape, read};
//!
//! let sources = Sources::one("app.yaml");
//! let mut report = Report::new(&sources);
//! let origin = Origin::file(sources.file("app.yaml"));
//! let node = read(b"path: apps/web\nsyncWave: ten\n", origin, &mut report).unwrap_or_default();
//! let wave = node.get("syncWave").cloned().unwrap_or_default();
//! check_shape(&mut report, Shape::Integer, &wave, "syncWave");
//! assert_eq!(
//!     report.finish().to_string(),
//!     "app.yaml:2:11: error: `syncWave` is a string; it must be an integer [wrong-type]"
//! );
//! ```

mod data;
mod diagnostic;
mod lines;
pub mod merge;
mod node_set;
mod origin;
mod place;
mod read;
pub mod rule;
mod shape;
mod suggest;
mod yaml_hint;

pub use crate::data::{Data, Entry, Node, Table};
pub use crate::diagnostic::{Diagnostic, DiagnosticBuilder, Diagnostics, Related, Report};
pub use crate::lines::{Lines, SourceLines};
pub use crate::node_set::NodeSet;
pub use crate::origin::{Origin, origin_of_text, place_in_text};
pub use crate::place::{FileId, Location, Place, Sources};
pub use crate::read::{from_value, read, read_all, read_map};
pub use crate::rule::{Rule, Severity};
pub use crate::shape::{Shape, check_shape, check_text, integer, is_boolean_word, wrong_type};
pub use crate::suggest::{did_you_mean, nearest};
