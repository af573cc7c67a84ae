//! Values checked against the schemas of a chart and its subcharts (Helm's `jsonschema.go`).

use std::fmt::Write as _;

use homescale_value::{Map, Value};

use crate::error::{Error, ErrorKind};
use crate::log::{Log, Message};
use crate::resolved::ResolvedChart;
use homescale_schema::{Dialect, Schema};

/// Checks the values of a chart, which are coalesced, and of its subcharts. `is_debug` says whether
/// to log what Helm's `--debug` does.
pub(crate) fn check_values(
    chart: &ResolvedChart,
    values: &Map,
    log: &Log,
    is_debug: bool,
) -> Result<(), Error> {
    let mut run = Run {
        log,
        is_debug,
        problems: String::new(),
    };
    run.chart(chart, values);
    match run.problems.as_str() {
        "" => Ok(()),
        problems => Err(Error::new(
            ErrorKind::Schema,
            format!(
                "values don't meet the specifications of the schema(s) in the following chart(s):\n{problems}"
            ),
        )),
    }
}

struct Run<'a> {
    log: &'a Log,
    is_debug: bool,
    problems: String,
}

impl Run<'_> {
    fn chart(&mut self, chart: &ResolvedChart, values: &Map) {
        if let Some(schema) = &chart.node.schema {
            self.debug("chart name", &[("chart-name", &chart.name)]);
            self.schema(schema);
            if let Err(problem) = schema.check(values) {
                self.add(&chart.name, &problem);
            }
        }
        let count = chart.dependencies.len().to_string();
        let fields = [("chart", chart.name.as_str()), ("dependencies", &count)];
        self.debug("number of dependencies in the chart", &fields);
        for sub in &chart.dependencies {
            match values.get(&sub.name) {
                None | Some(Value::Nil) => {}
                Some(Value::Map(values)) => self.chart(sub, &values),
                Some(other) => {
                    let found = other.type_name();
                    let problem =
                        format!("invalid type for values: expected object (map), got {found}\n");
                    self.add(&sub.name, &problem);
                }
            }
        }
    }

    /// Says what Helm says of a schema before it checks values.
    fn schema(&self, schema: &Schema) {
        let is_shown = schema.options().dialect != Dialect::Gojsonschema && schema.is_json();
        if self.is_debug && is_shown {
            self.log
                .debug_bytes("unmarshalled JSON schema", "schema", schema.text());
        }
        for urn in schema.unresolved() {
            let text = "unresolved URN reference ignored; using permissive schema";
            self.log.message(&Message {
                call: "jsonschema.go:192",
                plain: &format!("WARNING: {text}: {urn}"),
                severity: "WARN",
                text,
                fields: &[("urn", urn)],
            });
        }
    }

    fn add(&mut self, chart: &str, problem: &dyn std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.problems, "{chart}:\n{problem}");
    }

    fn debug(&self, text: &str, fields: &[(&str, &str)]) {
        if self.is_debug {
            self.log.debug(text, fields);
        }
    }
}
