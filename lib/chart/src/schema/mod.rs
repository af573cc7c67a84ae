//! `values.schema.json`: values checked as Helm checks them, in the words of the library that it does it with.
//!
//! Helm 3.18.5 and later, and 4, use `santhosh-tekuri/jsonschema` 6.0; before that it was `xeipuuv/gojsonschema` 1.2, which is
//! in [`legacy`]. Both are imitated here and not replaced by a crate, because their texts are what the user sees, and
//! because they disagree with the specification, and with each other, about what is valid.
//!
//! A schema goes this way: [`document`] reads the JSON, [`resources`] finds the schemas in it, [`metaschema`] checks them,
//! [`compile`] makes a [`program`] of all that are reached, [`validate`] checks values, and [`failure`] prints what is
//! wrong. The program stays with the chart.

mod check;
mod compile;
mod date;
mod decimal;
mod document;
mod draft;
mod equal;
mod failure;
mod format;
mod ip;
mod keywords;
mod legacy;
mod metaschema;
mod number;
mod parse;
mod pointer;
mod program;
mod resources;
mod validate;

use std::fmt::Write as _;
use std::sync::OnceLock;

use homescale_value::{Map, Str, Value};

use crate::helm_version::{HelmVersion, Schemas};
use crate::instance::Instance;
use crate::log::{Log, Message};
use crate::schema::compile::Compiler;
use crate::schema::document::{Document, ROOT};
use crate::schema::failure::Kind;
use crate::schema::program::{Place, Program, SchemaId};

/// The address that Helm gives to the schema of a chart.
const ADDRESS: &str = "file:///values.schema.json";

/// What is said of a schema that would take too much; the words before the colon are those of Helm for what it cannot do.
const TOO_MUCH: &str = "unable to validate schema: more work than this program does for a schema";

/// A `values.schema.json`, compiled at its first use.
#[derive(Debug)]
pub(crate) struct ChartSchema {
    text: Str,
    compiled: OnceLock<Result<Compiled, Unusable>>,
    legacy: OnceLock<Result<legacy::Program, String>>,
}

/// A schema that is ready for use.
#[derive(Debug)]
struct Compiled {
    program: Program,
    root: SchemaId,
    /// URNs that are taken for schemas which allow everything.
    unresolved: Vec<String>,
}

/// Why a text is not a schema: Helm's text.
#[derive(Debug)]
enum Unusable {
    NotJson(String),
    NotSchema(String),
}

/// One check of a chart and its subcharts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    pub(crate) helm: HelmVersion,
    pub(crate) log: &'a Log,
    /// Whether to say what Helm's `--debug` says.
    pub(crate) is_debug: bool,
}

impl Run<'_> {
    /// Checks the values of a chart, which are coalesced, and of its subcharts. The error is Helm's text.
    pub(crate) fn check(self, chart: &Instance, values: &Map) -> Result<(), String> {
        let mut problems = String::new();
        self.check_chart(chart, values, &mut problems);
        if problems.is_empty() {
            return Ok(());
        }
        Err(format!(
            "values don't meet the specifications of the schema(s) in the following chart(s):\n{problems}"
        ))
    }

    fn check_chart(self, chart: &Instance, values: &Map, problems: &mut String) {
        if let Some(schema) = &chart.node.schema {
            self.debug("chart name", &[("chart-name", &chart.name)]);
            if let Err(problem) = schema.check(values, self) {
                problems.push_str(&chart.name);
                problems.push_str(":\n");
                problems.push_str(&problem);
            }
        }
        let count = chart.dependencies.len().to_string();
        let fields = [("chart", chart.name.as_str()), ("dependencies", &count)];
        self.debug("number of dependencies in the chart", &fields);
        for sub in &chart.dependencies {
            match values.get(&sub.name) {
                None | Some(Value::Nil) => {}
                Some(Value::Map(values)) => self.check_chart(sub, &values, problems),
                Some(other) => {
                    let name = &sub.name;
                    let found = other.type_name();
                    // Writing to a string cannot fail.
                    let _ = writeln!(
                        problems,
                        "{name}:\ninvalid type for values: expected object (map), got {found}"
                    );
                }
            }
        }
    }

    fn debug(self, text: &str, fields: &[(&str, &str)]) {
        if self.is_debug {
            self.log.debug(text, fields);
        }
    }
}

impl ChartSchema {
    /// The schema of that text.
    pub(crate) fn new(text: Str) -> Self {
        Self {
            text,
            compiled: OnceLock::new(),
            legacy: OnceLock::new(),
        }
    }

    fn check(&self, values: &Map, run: Run<'_>) -> Result<(), String> {
        match run.helm.schemas() {
            Schemas::Old => self.check_legacy(values),
            Schemas::New | Schemas::Newer => self.check_v6(values, run),
        }
    }

    fn check_legacy(&self, values: &Map) -> Result<(), String> {
        let compiled = self.legacy.get_or_init(|| legacy::Program::new(&self.text));
        let compiled = compiled.as_ref().map_err(Clone::clone)?;
        compiled.check(&Value::Map(values.clone()))
    }

    fn check_v6(&self, values: &Map, run: Run<'_>) -> Result<(), String> {
        let Run { helm, log, .. } = run;
        let compiled = self
            .compiled
            .get_or_init(|| Compiled::new(&self.text, helm));
        let is_json = !matches!(compiled, Err(Unusable::NotJson(_)));
        if run.is_debug && is_json {
            log.debug_bytes("unmarshalled JSON schema", "schema", &self.text);
        }
        let compiled = compiled.as_ref().map_err(|unusable| match unusable {
            Unusable::NotJson(problem) | Unusable::NotSchema(problem) => problem.clone(),
        })?;
        for urn in &compiled.unresolved {
            let text = "unresolved URN reference ignored; using permissive schema";
            log.message(&Message {
                call: "jsonschema.go:192",
                plain: &format!("WARNING: {text}: {urn}"),
                severity: "WARN",
                text,
                fields: &[("urn", urn)],
            });
        }
        let value = Value::Map(values.clone());
        let program = &compiled.program;
        validate::validate(program, compiled.root, &value, helm, None).map_err(|failure| {
            if matches!(failure.kind, Kind::TooMuch) {
                return TOO_MUCH.to_owned();
            }
            let source = program.schema(compiled.root).place.source;
            let report = failure.report(program, Place { source, node: ROOT });
            let (_, details) = report.split_once('\n').unwrap_or_default();
            format!("{details}\n")
        })
    }
}

impl Compiled {
    fn new(text: &[u8], helm: HelmVersion) -> Result<Self, Unusable> {
        let (document, end) = Document::read(text).map_err(Unusable::NotJson)?;
        if !text[end..].trim_ascii().is_empty() {
            let problem = "invalid character after top-level value";
            return Err(Unusable::NotJson(problem.to_owned()));
        }
        let mut compiler = Compiler::new(helm);
        let source = compiler.add(ADDRESS, document);
        let source = source.map_err(Unusable::NotSchema)?;
        let root = compiler.compile(source).map_err(Unusable::NotSchema)?;
        Ok(Self {
            program: compiler.program,
            root,
            unresolved: compiler.unresolved,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What both libraries say about values, nested that deep, for a schema.
    fn both(schema: &str, depth: usize) -> [Result<(), String>; 2] {
        let mut values = Map::new();
        for _ in 0..depth {
            values = Map::from_iter([("a", Value::Map(values))]);
        }
        let schema = ChartSchema::new(schema.into());
        let log = Log::new(HelmVersion::V4_1);
        [HelmVersion::V3_17, HelmVersion::V4_1].map(|helm| {
            let run = Run {
                helm,
                log: &log,
                is_debug: false,
            };
            schema.check(&values, run)
        })
    }

    #[test]
    fn deep_values_are_checked_up_to_a_limit() {
        let schema = r##"{"properties": {"a": {"$ref": "#"}}}"##;
        assert_eq!(both(schema, 100), [Ok(()), Ok(())]);
        let too_much = || Err(TOO_MUCH.to_owned());
        assert_eq!(both(schema, 900), [too_much(), too_much()]);
    }

    #[test]
    fn work_that_doubles_with_every_line_is_refused() {
        let mut schema = "{\"$ref\": \"#/definitions/d0\", \"definitions\": {".to_owned();
        for n in 0..60 {
            let next = format!("{{\"$ref\": \"#/definitions/d{}\"}}", n + 1);
            write!(schema, "\"d{n}\": {{\"allOf\": [{next}, {next}]}}, ").expect("it is a string");
        }
        schema.push_str("\"d60\": {}}}");
        let too_much = || Err(TOO_MUCH.to_owned());
        assert_eq!(both(&schema, 1), [too_much(), too_much()]);
    }

    #[test]
    fn schemas_nested_deep_are_read_without_a_deep_stack() {
        let nested = |depth| "{\"not\": ".repeat(depth) + "{}" + &"}".repeat(depth);
        for outcome in both(&nested(900), 1) {
            assert_eq!(outcome, Err(TOO_MUCH.to_owned()));
        }
        for outcome in both(&nested(9_000), 1) {
            assert_eq!(outcome, Err("the schema is nested too deeply".to_owned()));
        }
    }
}
