//! The values that templates compute with: Go's kinds, truth, order and printing.
//!
//! A [`Value`] is what a Go `interface{}` holds while Helm renders a chart. Maps and lists are shared handles, as in Go:
//! a change through one handle is seen through every other. Strings are bytes, because Go's are.
//!
//! ```
//! use homescale_value::{Map, Value};
//!
//! let values = Map::new();
//! values.set("replicas", Value::Float(2_000_000.0));
//! let alias = values.clone();
//! alias.set("name", Value::from("web"));
//! assert_eq!(Value::Map(values).to_string(), "map[name:web replicas:2e+06]");
//! ```
//!
//! This crate knows no YAML and no templates.

pub mod bounds;
mod data;
mod entries;
mod equal;
mod field;
pub mod fmt;
mod go_error;
mod kind;
mod list;
mod map;
mod number;
mod object;
mod signature;
mod str;
mod structure;
mod value;

pub use crate::bounds::{Bound, Bounds, MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT};
pub use crate::data::{Data, LazyBytes, TooDeep};
pub use crate::entries::{Entries, Pairs};
pub use crate::equal::deep_equal;
pub use crate::field::Field;
pub use crate::fmt::append as append_text;
pub use crate::go_error::error_value;
pub use crate::kind::Kind;
pub use crate::list::{List, ListType};
pub use crate::map::{Map, MapType};
pub use crate::number::Number;
pub use crate::object::{CallError, Object, TimeType, object};
pub use crate::signature::{IntegerType, Method, Signature, Type};
pub use crate::str::Str;
pub use crate::structure::{Struct, StructType};
pub use crate::value::Value;
