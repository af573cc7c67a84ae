//! Schemas checked against the schema of their draft.
//!
//! Nearly every schema is valid, and to find that out does not take the metaschema: a table of what each keyword must look
//! like is enough. Only what the table does not know to be good is checked in full, which also finds the library's words
//! for what is wrong.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::OnceLock;

use homescale_go::Release;
use homescale_go::regexp::Regexp;
use homescale_go::strconv;
use homescale_value::Str;

use crate::compile::Compiler;
use crate::decimal::Decimal;
use crate::document::{Document, Json, NodeId};
use crate::draft::Draft::{D4, D6, D7, D2019, D2020};
use crate::draft::{self, Draft};
use crate::options::{Dialect, Options};
use crate::pointer;
use crate::program::Program;
use crate::resources::SchemaId;
use crate::resources::Source;
use crate::validate::{Metaschemas, validate};

/// How deep a schema may be nested that has to be checked in full.
const MAX_DEPTH: usize = 500;

/// What a keyword must look like.
#[derive(Clone, Copy)]
enum Shape {
    Anything,
    Text,
    Flag,
    Number,
    Positive,
    Count,
    /// A reference to a place in the same document, or to another one in plain characters.
    Reference,
    /// An address without fragment.
    Address,
    Anchor,
    Regex,
    Texts,
    /// Not empty.
    SomeTexts,
    /// Names of types.
    Types,
    List,
    /// Not empty, and without duplicates: only short ones are known to be good.
    Enum,
    Schema,
    FlagOrSchema,
    Schemas,
    SchemaOrSchemas,
    SchemaMap,
    /// By regular expressions.
    RegexMap,
    TextsMap,
    Dependencies,
    /// A flag beside a certain other keyword.
    FlagWith(&'static str),
    /// Never known to be good.
    Unknown,
}

/// The keywords, from which draft to which they have the shape.
const SHAPES: &[(&str, Draft, Draft, Shape)] = &[
    ("$anchor", D2019, D2020, Shape::Anchor),
    ("$comment", D7, D2020, Shape::Text),
    ("$defs", D2019, D2020, Shape::SchemaMap),
    ("$dynamicAnchor", D2020, D2020, Shape::Anchor),
    ("$dynamicRef", D2020, D2020, Shape::Reference),
    ("$id", D6, D2020, Shape::Address),
    ("$recursiveAnchor", D2019, D2019, Shape::Flag),
    ("$recursiveAnchor", D2020, D2020, Shape::Unknown),
    ("$recursiveRef", D2019, D2020, Shape::Reference),
    ("$ref", D4, D2020, Shape::Reference),
    ("$schema", D4, D2020, Shape::Address),
    ("$vocabulary", D2019, D2020, Shape::Unknown),
    ("additionalItems", D4, D4, Shape::FlagOrSchema),
    ("additionalItems", D6, D2019, Shape::Schema),
    ("additionalProperties", D4, D4, Shape::FlagOrSchema),
    ("additionalProperties", D6, D2020, Shape::Schema),
    ("allOf", D4, D2020, Shape::Schemas),
    ("anyOf", D4, D2020, Shape::Schemas),
    ("const", D6, D2020, Shape::Anything),
    ("contains", D6, D2020, Shape::Schema),
    ("contentEncoding", D7, D2020, Shape::Text),
    ("contentMediaType", D7, D2020, Shape::Text),
    ("contentSchema", D2019, D2020, Shape::Schema),
    ("default", D4, D2020, Shape::Anything),
    ("definitions", D4, D2020, Shape::SchemaMap),
    ("dependencies", D4, D2020, Shape::Dependencies),
    ("dependentRequired", D2019, D2020, Shape::TextsMap),
    ("dependentSchemas", D2019, D2020, Shape::SchemaMap),
    ("deprecated", D2019, D2020, Shape::Flag),
    ("description", D4, D2020, Shape::Text),
    ("else", D7, D2020, Shape::Schema),
    ("enum", D4, D7, Shape::Enum),
    ("enum", D2019, D2020, Shape::List),
    ("examples", D6, D2020, Shape::List),
    ("exclusiveMaximum", D4, D4, Shape::FlagWith("maximum")),
    ("exclusiveMaximum", D6, D2020, Shape::Number),
    ("exclusiveMinimum", D4, D4, Shape::FlagWith("minimum")),
    ("exclusiveMinimum", D6, D2020, Shape::Number),
    ("format", D4, D2020, Shape::Text),
    ("id", D4, D4, Shape::Address),
    ("if", D7, D2020, Shape::Schema),
    ("items", D4, D2019, Shape::SchemaOrSchemas),
    ("items", D2020, D2020, Shape::Schema),
    ("maxContains", D2019, D2020, Shape::Count),
    ("maxItems", D4, D2020, Shape::Count),
    ("maxLength", D4, D2020, Shape::Count),
    ("maxProperties", D4, D2020, Shape::Count),
    ("maximum", D4, D2020, Shape::Number),
    ("minContains", D2019, D2020, Shape::Count),
    ("minItems", D4, D2020, Shape::Count),
    ("minLength", D4, D2020, Shape::Count),
    ("minProperties", D4, D2020, Shape::Count),
    ("minimum", D4, D2020, Shape::Number),
    ("multipleOf", D4, D2020, Shape::Positive),
    ("not", D4, D2020, Shape::Schema),
    ("oneOf", D4, D2020, Shape::Schemas),
    ("pattern", D4, D2020, Shape::Regex),
    ("patternProperties", D4, D2020, Shape::RegexMap),
    ("prefixItems", D2020, D2020, Shape::Schemas),
    ("properties", D4, D2020, Shape::SchemaMap),
    ("propertyNames", D6, D2020, Shape::Schema),
    ("readOnly", D7, D2020, Shape::Flag),
    ("required", D4, D4, Shape::SomeTexts),
    ("required", D6, D2020, Shape::Texts),
    ("then", D7, D2020, Shape::Schema),
    ("title", D4, D2020, Shape::Text),
    ("type", D4, D2020, Shape::Types),
    ("unevaluatedItems", D2019, D2020, Shape::Schema),
    ("unevaluatedProperties", D2019, D2020, Shape::Schema),
    ("uniqueItems", D4, D2020, Shape::Flag),
    ("writeOnly", D7, D2020, Shape::Flag),
];

/// Makes sure that the schema at a node is valid. The error is the library's text.
pub(super) fn check(source: &Source, node: NodeId, options: Options) -> Result<(), String> {
    let draft = source.resource(node).draft;
    let go = options.go;
    if (Known { source, draft, go }).is_good(node) {
        return Ok(());
    }
    check_in_full(source, node, draft, options)
}

fn check_in_full(
    source: &Source,
    node: NodeId,
    draft: Draft,
    options: Options,
) -> Result<(), String> {
    let (program, roots) = metaschemas()?;
    let current = roots[draft as usize];
    // The library looks for parts of another draft by their way from here, whatever the node.
    let others = source.resources.iter().map(|(node, resource)| {
        let pointer = source.document.pointer(*node);
        (pointer, roots[resource.draft as usize])
    });
    let others: BTreeMap<String, SchemaId> = others.filter(|(_, root)| *root != current).collect();
    let value = source.document.to_value(node, MAX_DEPTH);
    let meta = Metaschemas {
        current,
        others: Rc::new(others),
    };
    validate(program, current, &value, options, Some(meta)).map_err(|failure| {
        let pointer = pointer::encode(&source.document.pointer(node));
        let location = strconv::quote(format!("{}#{pointer}", source.url));
        let report = failure.report(program, program.schema(current).place);
        format!("{location} is not valid against metaschema: {report}")
    })
}

/// How the metaschemas are compiled: all libraries read their addresses alike.
const OPTIONS: Options = Options {
    dialect: Dialect::Jsonschema6,
    go: Release::LATEST,
};

/// The metaschemas of all drafts, compiled.
fn metaschemas() -> Result<&'static (Program, [SchemaId; 5]), String> {
    static COMPILED: OnceLock<Result<(Program, [SchemaId; 5]), String>> = OnceLock::new();
    let compile = || {
        let mut compiler = Compiler::new(OPTIONS);
        compiler.asserts_format = true;
        let mut roots = [0; 5];
        for draft in Draft::ALL {
            let text = draft::metaschema(draft.url()).unwrap_or_default();
            let (document, _) = Document::read(text.as_bytes())?;
            let source = compiler.add(draft.url(), document)?;
            roots[draft as usize] = compiler.compile(source)?;
        }
        Ok((compiler.program, roots))
    };
    COMPILED.get_or_init(compile).as_ref().map_err(Clone::clone)
}

/// Finds out whether a schema is known to be good.
struct Known<'a> {
    source: &'a Source,
    draft: Draft,
    go: Release,
}

impl<'a> Known<'a> {
    fn is_good(&self, node: NodeId) -> bool {
        let mut resources = self.source.resources.values();
        if !resources.all(|resource| resource.draft == self.draft) {
            return false;
        }
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.document().json(node) {
                Json::Bool(_) if self.draft > D4 => {}
                Json::Map(pairs) => {
                    let mut pairs = pairs.iter();
                    if !pairs.all(|(key, value)| self.keyword(node, key, *value, &mut open)) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        true
    }

    fn document(&self) -> &'a Document {
        &self.source.document
    }

    /// Whether a keyword is known to be good, once the schemas that it adds to `open` are.
    fn keyword(&self, schema: NodeId, key: &Str, value: NodeId, open: &mut Vec<NodeId>) -> bool {
        let first = SHAPES.partition_point(|(name, ..)| name.as_bytes() < key.as_bytes());
        let rows = SHAPES[first..]
            .iter()
            .take_while(|(name, ..)| name.as_bytes() == key.as_bytes());
        let mut rows = rows.filter(|(_, since, until, _)| (*since..=*until).contains(&self.draft));
        let Some((.., shape)) = rows.next() else {
            return true;
        };
        let document = self.document();
        let json = document.json(value);
        match (shape, json) {
            (Shape::Anything, _) => true,
            (Shape::Text, Json::Str(_)) | (Shape::List, Json::List(_)) => true,
            (Shape::Flag | Shape::FlagOrSchema, Json::Bool(_)) => true,
            (Shape::Number, Json::Number(_)) => true,
            (Shape::Positive, Json::Number(text)) => {
                Decimal::parse(text).is_some_and(|number| number.to_f64() > 0.0)
            }
            (Shape::Count, Json::Number(text)) => {
                text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit())
            }
            (Shape::Reference, Json::Str(text)) => {
                let is_plain = |b: &u8| b.is_ascii_alphanumeric() || b"/_-.$#".contains(b);
                text.starts_with(b"#") && text.iter().all(is_plain)
            }
            (Shape::Address, Json::Str(text)) => is_address(text),
            (Shape::Anchor, Json::Str(text)) => {
                let is_plain = |b: &u8| b.is_ascii_alphanumeric() || b"_-.".contains(b);
                text.first().is_some_and(u8::is_ascii_alphabetic) && text.iter().all(is_plain)
            }
            (Shape::Regex, Json::Str(text)) => Regexp::check(text, self.go).is_ok(),
            (Shape::Texts, _) => self.are_texts(value),
            (Shape::SomeTexts, Json::List(items)) => !items.is_empty() && self.are_texts(value),
            (Shape::Types, Json::Str(name)) => is_type(name),
            (Shape::Types, Json::List(items)) => {
                let mut names = items.iter().filter_map(|item| document.string(*item));
                !items.is_empty() && self.are_texts(value) && names.all(|name| is_type(name))
            }
            (Shape::Enum, Json::List(items)) => !items.is_empty() && self.are_texts(value),
            (Shape::Schema | Shape::FlagOrSchema, _) => {
                open.push(value);
                true
            }
            (Shape::Schemas | Shape::SchemaOrSchemas, Json::List(items)) => {
                open.extend(items);
                !items.is_empty()
            }
            (Shape::SchemaOrSchemas, _) => {
                open.push(value);
                true
            }
            (Shape::SchemaMap, Json::Map(pairs)) => {
                open.extend(pairs.iter().map(|(_, schema)| schema));
                true
            }
            (Shape::RegexMap, Json::Map(pairs)) => {
                open.extend(pairs.iter().map(|(_, schema)| schema));
                pairs
                    .iter()
                    .all(|(key, _)| Regexp::check(key, self.go).is_ok())
            }
            (Shape::TextsMap, Json::Map(pairs)) => {
                pairs.iter().all(|(_, list)| self.are_texts(*list))
            }
            (Shape::Dependencies, Json::Map(pairs)) => pairs.iter().all(|(_, value)| {
                let list = document.list(*value);
                if list.is_none() {
                    open.push(*value);
                }
                list.is_none_or(|list| !list.is_empty() && self.are_texts(*value))
            }),
            (Shape::FlagWith(other), Json::Bool(_)) => {
                document.field(schema, other.as_bytes()).is_some()
            }
            _ => false,
        }
    }

    /// Whether this is a list of different strings.
    fn are_texts(&self, list: NodeId) -> bool {
        let Some(items) = self.document().list(list) else {
            return false;
        };
        let texts = items.iter().map(|item| self.document().string(*item));
        let Some(mut texts) = texts.collect::<Option<Vec<&Str>>>() else {
            return false;
        };
        texts.sort_unstable();
        texts.is_sorted_by(|a, b| a < b)
    }
}

fn is_type(name: &[u8]) -> bool {
    let names = [
        "array", "boolean", "integer", "null", "number", "object", "string",
    ];
    names.iter().any(|known| known.as_bytes() == name)
}

/// Whether this is an absolute address in plain characters, with nothing after a `#`.
fn is_address(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"#").unwrap_or(text);
    let rest = text.strip_prefix(b"https://");
    let rest = rest.or_else(|| text.strip_prefix(b"http://"));
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || b"/_-.".contains(b);
    rest.is_some_and(|rest| {
        rest.first().is_some_and(u8::is_ascii_alphanumeric) && rest.iter().all(is_plain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ROOT;

    #[test]
    fn the_table_is_in_order() {
        assert!(SHAPES.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
    }

    #[test]
    fn metaschemas_are_good_schemas_by_both_ways() {
        for draft in Draft::ALL {
            let text = draft::metaschema(draft.url()).expect("every draft has one");
            let (document, _) = Document::read(text.as_bytes()).expect("it is JSON");
            let mut source = Source::new(draft.url(), document, OPTIONS.go);
            let collected = source.collect(ROOT, draft.url(), draft, &mut |_, _| Ok(draft));
            assert_eq!(collected, Ok(()));
            assert_eq!(
                check_in_full(&source, ROOT, draft, OPTIONS),
                Ok(()),
                "{draft:?}"
            );
        }
    }
}
