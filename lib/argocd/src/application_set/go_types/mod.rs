//! Argo CD's types, as far as its controller sees them by reflection.
//!
//! What Argo CD does with a template and a generator follows from the Go types of the fields: which are known, what is
//! empty, what merges, what is written. So they are data here, in the order of Go's fields, and the rules are functions over
//! them: [`decode`](super::decode), [`fill`](super::fill), [`replace`](super::replace), [`encode`](super::encode) and
//! [`patch`](super::patch).

mod application;
mod application_set;
mod generators;
mod structure;

pub(crate) use application::{APPLICATION, TEMPLATE};
pub(crate) use application_set::APPLICATION_SET;
pub(crate) use generators::{GENERATOR, NESTED_MATRIX, NESTED_MERGE};
pub(crate) use structure::{Field, GoType, Struct, Written};
