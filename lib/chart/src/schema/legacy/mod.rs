//! The check of Helm 3 before 3.18.5, which is that of `xeipuuv/gojsonschema` 1.2: drafts 4, 6 and 7, and a mixture of them
//! for schemas that do not say which; other words; and of several ways to fail, the one that comes closest.

mod check;
mod compile;
mod formats;
mod number;
mod references;

use homescale_go::Release;
use homescale_go::url::{self, Url};
use homescale_value::{Str, Value};

use crate::schema::decimal::Decimal;
use crate::schema::document::Document;
use crate::schema::error::Error;
use crate::schema::program::Regex;

/// The Go that the last Helm with this library was built with; those before read addresses and patterns alike.
const GO: Release = Release::Go1_24;

fn url(text: &[u8]) -> Result<Url, url::Error> {
    Url::parse(text, GO)
}

/// A schema that is ready for use.
#[derive(Debug)]
pub(super) struct Program {
    schemas: Vec<Schema>,
}

/// A schema of a program.
type SchemaId = u32;

/// What a schema asks for.
#[derive(Debug, Default)]
struct Schema {
    /// The name of the property that it is for.
    property: Str,
    /// `true` or `false` in place of a schema.
    pass: Option<bool>,
    /// What `$ref` leads to; nothing else counts then.
    reference: Option<SchemaId>,
    types: Vec<Str>,
    properties: Vec<SchemaId>,
    additional_properties: Additional,
    patterns: Vec<(Regex, SchemaId)>,
    property_names: Option<SchemaId>,
    dependencies: Vec<(Str, Dependency)>,
    items: Vec<SchemaId>,
    items_are_alike: bool,
    additional_items: Additional,
    multiple_of: Option<Decimal>,
    minimum: Option<Decimal>,
    exclusive_minimum: Option<Decimal>,
    maximum: Option<Decimal>,
    exclusive_maximum: Option<Decimal>,
    min_length: Option<i64>,
    max_length: Option<i64>,
    pattern: Option<Regex>,
    format: Option<Str>,
    min_properties: Option<i64>,
    max_properties: Option<i64>,
    required: Vec<Str>,
    min_items: Option<i64>,
    max_items: Option<i64>,
    unique_items: bool,
    contains: Option<SchemaId>,
    /// As JSON.
    constant: Option<String>,
    enumeration: Vec<String>,
    one_of: Vec<SchemaId>,
    any_of: Vec<SchemaId>,
    all_of: Vec<SchemaId>,
    not: Option<SchemaId>,
    condition: Option<SchemaId>,
    then: Option<SchemaId>,
    otherwise: Option<SchemaId>,
}

/// What is said of properties or items that no other keyword is about.
#[derive(Clone, Copy, Debug, Default)]
enum Additional {
    #[default]
    Allowed,
    Refused,
    Schema(SchemaId),
}

/// What the presence of a property asks for.
#[derive(Debug)]
enum Dependency {
    Required(Vec<Str>),
    Schema(SchemaId),
}

impl Program {
    /// Reads a schema; the error is the library's text.
    pub(super) fn new(document: Document) -> Result<Self, String> {
        compile::compile(document)
    }

    /// Checks values.
    pub(super) fn check(&self, values: &Value) -> Result<(), Error> {
        check::check(self, values)
    }
}
