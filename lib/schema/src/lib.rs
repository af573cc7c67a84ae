//! `values.schema.json`: values checked as Helm checks them, in the words of the library that it does it with.
//!
//! Helm 3.18.5 and later, and 4, use `santhosh-tekuri/jsonschema` 6.0; before that it was `xeipuuv/gojsonschema` 1.2, which is
//! in `legacy`. Both are imitated here and not replaced by a crate, because their texts are what the user sees, and
//! because they disagree with the specification, and with each other, about what is valid.
//!
//! A schema goes this way: `document` reads the JSON, `resources` finds the schemas in it, `metaschema` checks them,
//! `compile` makes a `program` of all that are reached, `validate` checks values, and `failure` prints what is
//! wrong. The program stays with the [`Schema`].
//!
//! ```
//! use homescale_go::Release;
//! use homescale_schema::{Dialect, ErrorKind, Options, Schema};
//! use homescale_value::Map;
//!
//! let options = Options {
//!     dialect: Dialect::Jsonschema6,
//!     go: Release::LATEST,
//! };
//! let schema = Schema::new(r#"{"required": ["name"]}"#.into(), options);
//! let error = schema.check(&Map::new()).unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Invalid);
//! assert_eq!(error.to_string(), "- at '': missing property 'name'\n");
//! ```

mod check;
mod checked;
mod compile;
mod date;
mod decimal;
mod document;
mod draft;
mod equal;
mod error;
mod failure;
mod format;
mod ip;
mod keywords;
mod legacy;
mod metaschema;
mod number;
mod options;
mod parse;
mod pointer;
mod program;
mod resources;
mod validate;

use std::sync::OnceLock;

use homescale_value::{Map, Str, Value};

use crate::compile::Compiler;
use crate::document::Document;
use crate::program::Program;
use crate::resources::SchemaId;

pub use crate::error::{Error, ErrorKind};
pub use crate::options::{Dialect, Options};

/// The address that Helm gives to the schema of a chart.
const ADDRESS: &str = "file:///values.schema.json";

/// A `values.schema.json`, compiled at its first use.
#[derive(Debug)]
pub struct Schema {
    text: Str,
    options: Options,
    compiled: OnceLock<Result<Compiled, Error>>,
}

/// A schema that is ready for use.
#[derive(Debug)]
enum Compiled {
    Legacy(legacy::Program),
    Current {
        program: Program,
        root: SchemaId,
        /// URNs that are taken for schemas which allow everything.
        unresolved: Vec<String>,
    },
}

impl Schema {
    /// The schema of that text, which is read when it is needed.
    pub fn new(text: Str, options: Options) -> Self {
        Self {
            text,
            options,
            compiled: OnceLock::new(),
        }
    }

    /// The text.
    pub fn text(&self) -> &Str {
        &self.text
    }

    /// How it is checked.
    pub fn options(&self) -> Options {
        self.options
    }

    /// Whether the text is JSON, if perhaps no schema.
    pub fn is_json(&self) -> bool {
        let error = self.compiled().as_ref().err();
        error.is_none_or(|error| error.kind() != ErrorKind::NotJson)
    }

    /// The URNs that it refers to: they stand for schemas which allow everything, and Helm warns of each.
    pub fn unresolved(&self) -> &[String] {
        match self.compiled() {
            Ok(Compiled::Current { unresolved, .. }) => unresolved,
            _ => &[],
        }
    }

    /// Checks values.
    ///
    /// # Errors
    /// The text is no schema, the values do not satisfy it, or finding out takes too much.
    pub fn check(&self, values: &Map) -> Result<(), Error> {
        let values = Value::Map(values.clone());
        match self.compiled().as_ref().map_err(Clone::clone)? {
            Compiled::Legacy(program) => program.check(&values),
            Compiled::Current { program, root, .. } => {
                validate::validate(program, *root, &values, self.options, None)
                    .map_err(|failure| failure.into_error(program))
            }
        }
    }

    fn compiled(&self) -> &Result<Compiled, Error> {
        self.compiled
            .get_or_init(|| Compiled::new(&self.text, self.options))
    }
}

impl Compiled {
    fn new(text: &[u8], options: Options) -> Result<Self, Error> {
        let (document, end) = Document::read(text).map_err(Error::not_json)?;
        if options.dialect == Dialect::Gojsonschema {
            return legacy::Program::new(document, options.go)
                .map(Self::Legacy)
                .map_err(Error::not_schema);
        }
        if !text[end..].trim_ascii().is_empty() {
            return Err(Error::not_json("invalid character after top-level value"));
        }
        let mut compiler = Compiler::new(options);
        let source = compiler.add(ADDRESS, document);
        let source = source.map_err(Error::not_schema)?;
        let root = compiler.compile(source).map_err(Error::not_schema)?;
        Ok(Self::Current {
            program: compiler.program,
            root,
            unresolved: compiler.unresolved,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    const DIALECTS: [Dialect; 2] = [Dialect::Gojsonschema, Dialect::Jsonschema6];

    /// What both libraries say about values, nested that deep, for a schema.
    fn both(schema: &str, depth: usize) -> [Result<(), ErrorKind>; 2] {
        let mut values = Map::new();
        for _ in 0..depth {
            values = Map::from_iter([("a", Value::Map(values))]);
        }
        DIALECTS.map(|dialect| {
            let go = homescale_go::Release::LATEST;
            let options = Options { dialect, go };
            let schema = Schema::new(schema.into(), options);
            schema.check(&values).map_err(|error| error.kind())
        })
    }

    #[test]
    fn deep_values_are_checked_up_to_a_limit() {
        let schema = r##"{"properties": {"a": {"$ref": "#"}}}"##;
        assert_eq!(both(schema, 100), [Ok(()), Ok(())]);
        assert_eq!(both(schema, 900), [Err(ErrorKind::TooMuch); 2]);
    }

    #[test]
    fn work_that_doubles_with_every_line_is_refused() {
        let mut schema = "{\"$ref\": \"#/definitions/d0\", \"definitions\": {".to_owned();
        for n in 0..60 {
            let next = format!("{{\"$ref\": \"#/definitions/d{}\"}}", n + 1);
            write!(schema, "\"d{n}\": {{\"allOf\": [{next}, {next}]}}, ").expect("it is a string");
        }
        schema.push_str("\"d60\": {}}}");
        assert_eq!(both(&schema, 1), [Err(ErrorKind::TooMuch); 2]);
    }

    #[test]
    fn schemas_nested_deep_are_read_without_a_deep_stack() {
        let nested = |depth| "{\"not\": ".repeat(depth) + "{}" + &"}".repeat(depth);
        assert_eq!(both(&nested(900), 1), [Err(ErrorKind::TooMuch); 2]);
        assert_eq!(both(&nested(9_000), 1), [Err(ErrorKind::NotJson); 2]);
    }
}
