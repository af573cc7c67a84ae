//! YAML as Kubernetes tools read and write it.
//!
//! The reading half is go-yaml v2 with `sigs.k8s.io/yaml` on top, which is what Helm 3 and 4 read with: YAML 1.1 in most
//! respects (`yes` is true, `0755` is octal), errors in the same words. [`from_slice`] gives values, [`parse`] gives trees
//! with a position on every node, for messages that point at a file and line.
//!
//! The writing half gives the bytes of Helm's functions: [`to_yaml`] those of `toYaml`, [`to_yaml_pretty`] those of
//! `toYamlPretty`, and [`json`] those of `toJson` and its relatives.
//!
//! ```
//! let text = b"replicas: 2\nports: [http, on]\n";
//! let value = homescale_yaml::from_slice(text)?;
//! assert_eq!(value.to_string(), "map[ports:[http true] replicas:2]");
//!
//! let document = homescale_yaml::parse(text)?;
//! let found = document.find(&["ports".into(), 1.into()]).expect("there are two ports");
//! assert_eq!(found.value.start().to_string(), "line 2, column 15");
//! # Ok::<(), homescale_yaml::Error>(())
//! ```

mod de;
mod decode;
mod encode;
mod error;
mod exact;
pub mod json;
mod nesting;
mod node;
mod position;
mod read;
mod resolve;

pub use crate::de::{from_node, from_slice_as};
pub use crate::decode::check_finite;
pub use crate::encode::{
    WriteError, append_yaml, to_yaml, to_yaml_pretty, to_yaml_pretty_within, to_yaml_within,
};
pub use crate::error::{Error, ErrorKind, Mistake};
pub use crate::exact::{ExactNumber, Numeric};
pub use crate::node::{Document, Found, Kind, NodeRef, Step, Style, Tree};
pub use crate::position::Position;
pub use crate::read::partial::entries_from_slice;
pub use crate::read::{
    from_slice, from_slice_strict, list_from_slice, map_from_slice, parse, parse_all, parse_first,
};
pub use crate::resolve::Scalar;
