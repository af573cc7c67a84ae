//! [`Program`]: a schema compiled, with every schema that it refers to.

use std::sync::OnceLock;

use homescale_go::Release;
use homescale_go::regexp::{self, Regexp};
use homescale_value::Str;

use crate::decimal::Decimal;
use crate::document::{Json, NodeId};
use crate::draft::Draft;
use crate::format::Format;
use crate::pointer;
use crate::resources::{SchemaId, Source};

/// Compiled schemas, and the documents that they come from.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) sources: Vec<Source>,
    pub(super) schemas: Vec<Schema>,
}

/// A place in a document of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) source: u32,
    pub(super) node: NodeId,
}

/// A compiled schema.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) place: Place,
    pub(super) draft: Draft,
    /// The schema with an address of its own that contains this one.
    pub(super) resource: SchemaId,
    /// `$dynamicAnchor`s of the resource, if this is one.
    pub(super) dynamic_anchors: Vec<(Str, SchemaId)>,
    pub(super) dynamic_anchor: Option<Str>,
    pub(super) recursive_anchor: bool,
    /// `true`, `false` or `{}`.
    pub(super) boolean: Option<bool>,
    /// In the order in which they are checked.
    pub(super) keywords: Vec<Keyword>,
    /// Whether `additionalProperties` leaves nothing for `unevaluatedProperties`, and how many items are evaluated.
    pub(super) evaluates_all_properties: bool,
    pub(super) evaluated_items: usize,
    pub(super) has_unevaluated_properties: bool,
    pub(super) has_unevaluated_items: bool,
}

/// What a schema asks for.
#[derive(Debug)]
pub(super) enum Keyword {
    Type(Types),
    Const(Place),
    Enum(Place),
    Format(&'static Format),
    /// `$ref`.
    Ref(SchemaId),
    MinProperties(i64),
    MaxProperties(i64),
    Required(Vec<Str>),
    Dependencies(Vec<(Str, Dependency)>),
    Properties(Box<Properties>),
    PropertyNames(SchemaId),
    DependentSchemas(Vec<(Str, SchemaId)>),
    DependentRequired(Vec<(Str, Vec<Str>)>),
    MinItems(i64),
    MaxItems(i64),
    UniqueItems,
    /// Schemas of the first items.
    FirstItems(Vec<SchemaId>),
    /// The schema of the items after the first ones. Messages of older versions count them from 0.
    OtherItems {
        first: usize,
        schema: SchemaId,
    },
    /// `additionalItems: false`.
    NoOtherItems(usize),
    Contains {
        schema: SchemaId,
        min: Option<i64>,
        max: Option<i64>,
    },
    MinLength(i64),
    MaxLength(i64),
    Pattern(Regex),
    Minimum(Decimal),
    Maximum(Decimal),
    ExclusiveMinimum(Decimal),
    ExclusiveMaximum(Decimal),
    MultipleOf(Decimal),
    RecursiveRef(SchemaId),
    DynamicRef(SchemaId, Option<Str>),
    Not(SchemaId),
    AllOf(Vec<SchemaId>),
    AnyOf(Vec<SchemaId>),
    OneOf(Vec<SchemaId>),
    If {
        condition: SchemaId,
        then: Option<SchemaId>,
        otherwise: Option<SchemaId>,
    },
    UnevaluatedProperties(SchemaId),
    UnevaluatedItems(SchemaId),
}

/// What the keywords of single properties say together.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// In byte order of the names.
    pub(super) named: Vec<(Str, SchemaId)>,
    pub(super) patterns: Vec<(Regex, SchemaId)>,
    pub(super) additional: Additional,
}

/// `additionalProperties`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Additional {
    /// There is none.
    #[default]
    Unsaid,
    Allowed,
    Refused,
    Schema(SchemaId),
}

/// What the presence of a property asks for.
#[derive(Debug)]
pub(super) enum Dependency {
    Required(Vec<Str>),
    Schema(SchemaId),
}

/// How many steps a pattern may take to be read, as [`Regexp::effort`] counts them: tenths of a second.
const MAX_EFFORT: u64 = 5_000_000;

/// How many steps are a check of a value.
const FUEL_OF_A_CHECK: u64 = 16;

/// A regular expression that is known to be good, compiled when it is needed.
#[derive(Debug)]
pub(super) struct Regex {
    pub(super) text: Str,
    go: Release,
    compiled: OnceLock<Option<Regexp>>,
}

impl Regex {
    /// Checks the syntax.
    pub(super) fn new(text: &Str, go: Release) -> Result<Self, regexp::Error> {
        if Regexp::effort(text).fuel > MAX_EFFORT {
            return Err(regexp::Error::too_large(text));
        }
        Regexp::check(text, go)?;
        Ok(Self {
            text: text.clone(),
            go,
            compiled: OnceLock::new(),
        })
    }

    /// How many checks of a value are as much work as comparing it with a text; the first time, with compiling it.
    pub(super) fn checks(&self, text: &[u8]) -> usize {
        let fuel = match self.compiled.get() {
            Some(Some(compiled)) => compiled.fuel(text),
            Some(None) => 0,
            None => Regexp::effort(&self.text).fuel,
        };
        usize::try_from(fuel / FUEL_OF_A_CHECK).unwrap_or(usize::MAX)
    }

    /// Whether it matches anywhere.
    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        let compile = || Regexp::compile(&self.text, self.go).ok();
        let pattern = self.compiled.get_or_init(compile);
        pattern
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
    }
}

/// A set of types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Types(u8);

/// The types in the order in which messages name them.
const TYPES: [&str; 7] = [
    "null", "boolean", "number", "integer", "string", "array", "object",
];

impl Types {
    /// The set with this type too; what is no type changes nothing.
    pub(super) fn with(self, name: &[u8]) -> Self {
        match TYPES.iter().position(|known| known.as_bytes() == name) {
            Some(index) => Self(self.0 | 1 << index),
            None => self,
        }
    }

    /// Whether there are none.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the type is among them.
    pub(super) fn contains(self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// Their names.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let named = TYPES.into_iter().enumerate();
        named.filter_map(move |(index, name)| (self.0 & 1 << index != 0).then_some(name))
    }
}

impl Program {
    /// A schema.
    pub(super) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id as usize]
    }

    /// What is at a place.
    pub(super) fn json(&self, place: Place) -> &Json {
        self.sources[place.source as usize]
            .document
            .json(place.node)
    }

    /// The address of a place: that of its document, with the pointer as fragment.
    pub(super) fn location(&self, place: Place) -> String {
        let source = &self.sources[place.source as usize];
        let pointer = source.document.pointer(place.node);
        format!("{}#{}", source.url, pointer::encode(&pointer))
    }
}
