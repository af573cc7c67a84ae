//! [`Draft`]: the versions of JSON Schema, and where each has schemas inside of schemas.

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    D4,
    D6,
    D7,
    D2019,
    D2020,
}

/// Where in the value of a keyword the schemas are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The value is a schema.
    Value,
    /// The items of a list.
    Items,
    /// The values of a map.
    Fields,
}

/// The keywords that hold schemas, and the draft from which on they do.
pub(super) const SUBSCHEMAS: &[(&str, Draft, Place)] = &[
    ("$defs", Draft::D2019, Place::Fields),
    ("additionalItems", Draft::D4, Place::Value),
    ("additionalProperties", Draft::D4, Place::Value),
    ("allOf", Draft::D4, Place::Items),
    ("anyOf", Draft::D4, Place::Items),
    ("contains", Draft::D6, Place::Value),
    ("contentSchema", Draft::D2019, Place::Value),
    ("definitions", Draft::D4, Place::Fields),
    ("dependencies", Draft::D4, Place::Fields),
    ("dependentSchemas", Draft::D2019, Place::Fields),
    ("else", Draft::D7, Place::Value),
    ("if", Draft::D7, Place::Value),
    ("items", Draft::D4, Place::Value),
    ("items", Draft::D4, Place::Items),
    ("not", Draft::D4, Place::Value),
    ("oneOf", Draft::D4, Place::Items),
    ("patternProperties", Draft::D4, Place::Fields),
    ("prefixItems", Draft::D2020, Place::Items),
    ("properties", Draft::D4, Place::Fields),
    ("propertyNames", Draft::D6, Place::Value),
    ("then", Draft::D7, Place::Value),
    ("unevaluatedItems", Draft::D2019, Place::Value),
    ("unevaluatedProperties", Draft::D2019, Place::Value),
];

/// Why a schema that is elsewhere is refused, and what to do.
pub(super) const NOT_FETCHED: &str = "schemas are not fetched from the network; --skip-schema-validation skips the check, in an Application skipSchemaValidation";

/// The metaschemas, by the address without `http://json-schema.org/`; the annotations are left out.
pub(super) const METASCHEMAS: &[(&str, &str)] = &[
    ("draft-04/schema", include_str!("metaschemas/draft-04.json")),
    ("draft-06/schema", include_str!("metaschemas/draft-06.json")),
    ("draft-07/schema", include_str!("metaschemas/draft-07.json")),
    (
        "draft/2019-09/meta/applicator",
        include_str!("metaschemas/2019-09/applicator.json"),
    ),
    (
        "draft/2019-09/meta/content",
        include_str!("metaschemas/2019-09/content.json"),
    ),
    (
        "draft/2019-09/meta/core",
        include_str!("metaschemas/2019-09/core.json"),
    ),
    (
        "draft/2019-09/meta/format",
        include_str!("metaschemas/2019-09/format.json"),
    ),
    (
        "draft/2019-09/meta/meta-data",
        include_str!("metaschemas/2019-09/meta-data.json"),
    ),
    (
        "draft/2019-09/meta/validation",
        include_str!("metaschemas/2019-09/validation.json"),
    ),
    (
        "draft/2019-09/schema",
        include_str!("metaschemas/2019-09/schema.json"),
    ),
    (
        "draft/2020-12/meta/applicator",
        include_str!("metaschemas/2020-12/applicator.json"),
    ),
    (
        "draft/2020-12/meta/content",
        include_str!("metaschemas/2020-12/content.json"),
    ),
    (
        "draft/2020-12/meta/core",
        include_str!("metaschemas/2020-12/core.json"),
    ),
    (
        "draft/2020-12/meta/format-annotation",
        include_str!("metaschemas/2020-12/format-annotation.json"),
    ),
    (
        "draft/2020-12/meta/format-assertion",
        include_str!("metaschemas/2020-12/format-assertion.json"),
    ),
    (
        "draft/2020-12/meta/meta-data",
        include_str!("metaschemas/2020-12/meta-data.json"),
    ),
    (
        "draft/2020-12/meta/unevaluated",
        include_str!("metaschemas/2020-12/unevaluated.json"),
    ),
    (
        "draft/2020-12/meta/validation",
        include_str!("metaschemas/2020-12/validation.json"),
    ),
    (
        "draft/2020-12/schema",
        include_str!("metaschemas/2020-12/schema.json"),
    ),
];

impl Draft {
    /// All of them, oldest first.
    pub(super) const ALL: [Self; 5] = [Self::D4, Self::D6, Self::D7, Self::D2019, Self::D2020];

    /// What a schema without `$schema` is.
    pub(super) const LATEST: Self = Self::D2020;

    /// The address of the metaschema.
    pub(super) fn url(self) -> &'static str {
        match self {
            Self::D4 => "http://json-schema.org/draft-04/schema",
            Self::D6 => "http://json-schema.org/draft-06/schema",
            Self::D7 => "http://json-schema.org/draft-07/schema",
            Self::D2019 => "https://json-schema.org/draft/2019-09/schema",
            Self::D2020 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// The draft of a `$schema` without fragment.
    pub(super) fn of_url(url: &str) -> Option<Self> {
        let path = meta_path(url).or_else(|| url.strip_prefix("json-schema.org/"))?;
        if path == "schema" {
            return Some(Self::LATEST);
        }
        Self::ALL
            .into_iter()
            .find(|draft| meta_path(draft.url()) == Some(path))
    }

    /// The keyword of a schema's own address.
    pub(super) fn id(self) -> &'static str {
        if self == Self::D4 { "id" } else { "$id" }
    }

    /// Whether `$ref` makes every other keyword beside it void.
    pub(super) fn ref_stands_alone(self) -> bool {
        self < Self::D2019
    }

    /// Whether `format` is checked.
    pub(super) fn asserts_format(self) -> bool {
        self < Self::D2019
    }
}

/// What follows the host in an address at json-schema.org.
fn meta_path(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("http://");
    let rest = rest.or_else(|| url.strip_prefix("https://"))?;
    rest.strip_prefix("json-schema.org/")
}

/// The text of the metaschema with that address.
pub(super) fn metaschema(url: &str) -> Option<&'static str> {
    let path = match meta_path(url)? {
        "schema" => meta_path(Draft::LATEST.url())?,
        path => path,
    };
    let found = METASCHEMAS.iter().find(|(known, _)| *known == path);
    found.map(|(_, text)| *text)
}
