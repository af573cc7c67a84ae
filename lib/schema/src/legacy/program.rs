//! [`Program`]: a compiled schema of this library.

use homescale_go::Release;
use homescale_value::Str;

use crate::decimal::Decimal;
use crate::program::{Dependency, Regex};
use crate::resources::SchemaId;

/// A schema that is ready for use.
#[derive(Debug)]
pub(crate) struct Program {
    /// Whose rules for addresses and patterns count.
    pub(super) go: Release,
    pub(super) schemas: Vec<Schema>,
}

/// What a schema asks for.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// The name of the property that it is for.
    pub(super) property: Str,
    /// `true` or `false` in place of a schema.
    pub(super) pass: Option<bool>,
    /// What `$ref` leads to; nothing else counts then.
    pub(super) reference: Option<SchemaId>,
    pub(super) types: Vec<Str>,
    pub(super) properties: Vec<SchemaId>,
    pub(super) additional_properties: Additional,
    pub(super) patterns: Vec<(Regex, SchemaId)>,
    pub(super) property_names: Option<SchemaId>,
    pub(super) dependencies: Vec<(Str, Dependency)>,
    pub(super) items: Vec<SchemaId>,
    pub(super) items_are_alike: bool,
    pub(super) additional_items: Additional,
    pub(super) multiple_of: Option<Decimal>,
    pub(super) minimum: Option<Decimal>,
    pub(super) exclusive_minimum: Option<Decimal>,
    pub(super) maximum: Option<Decimal>,
    pub(super) exclusive_maximum: Option<Decimal>,
    pub(super) min_length: Option<i64>,
    pub(super) max_length: Option<i64>,
    pub(super) pattern: Option<Regex>,
    pub(super) format: Option<Str>,
    pub(super) min_properties: Option<i64>,
    pub(super) max_properties: Option<i64>,
    pub(super) required: Vec<Str>,
    pub(super) min_items: Option<i64>,
    pub(super) max_items: Option<i64>,
    pub(super) unique_items: bool,
    pub(super) contains: Option<SchemaId>,
    /// As JSON.
    pub(super) constant: Option<String>,
    pub(super) enumeration: Vec<String>,
    pub(super) one_of: Vec<SchemaId>,
    pub(super) any_of: Vec<SchemaId>,
    pub(super) all_of: Vec<SchemaId>,
    pub(super) not: Option<SchemaId>,
    pub(super) condition: Option<SchemaId>,
    pub(super) then: Option<SchemaId>,
    pub(super) otherwise: Option<SchemaId>,
}

/// What is said of properties or items that no other keyword is about.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Additional {
    #[default]
    Allowed,
    Refused,
    Schema(SchemaId),
}
