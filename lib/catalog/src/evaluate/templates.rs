//! Templates in fields: evaluated as Helm's `tpl` does, with the root context of the catalog's chart.

use std::cell::OnceCell;
use std::rc::Rc;

use homescale_chart::Evaluator;
use homescale_functions::{FixedHost, GROUPS};
use homescale_located::{
    Data, Entry, Lines, Node, Place, Report, SourceLines, Table, did_you_mean, place_in_text,
};
use homescale_template::Error;
use homescale_value::Str;

use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::rules;

/// The template of the catalog's chart for which fields are evaluated: `.Template` says so.
const TEMPLATE: &str = "applications.yaml";

/// Evaluates templates on one cluster. What they need is made when the first one is met.
pub(crate) struct Templates<'c> {
    catalog: &'c Catalog,
    cluster: &'c Cluster,
    evaluator: OnceCell<Result<Evaluator, homescale_chart::Error>>,
    sources: SourceLines<'c>,
}

impl<'c> Templates<'c> {
    pub(crate) fn new(catalog: &'c Catalog, cluster: &'c Cluster) -> Self {
        Self {
            catalog,
            cluster,
            evaluator: OnceCell::new(),
            sources: SourceLines::new(&catalog.files),
        }
    }

    /// The value with every template among its strings and keys evaluated. One that fails is reported, and stays.
    /// `field` is what the value is called in messages, `around` where to complain about what no file says.
    pub(crate) fn evaluate(
        &self,
        value: &Node,
        field: &str,
        around: Place,
        report: &mut Report<'_>,
    ) -> Node {
        if first_template(value).is_none() {
            return value.clone();
        }
        match self.evaluator.get_or_init(|| self.evaluator()) {
            Ok(evaluator) => {
                let mut run = Run {
                    sources: &self.sources,
                    evaluator,
                    around,
                    report,
                };
                run.node(value, field)
            }
            Err(problem) => {
                self.catalog.report_refused(problem, report);
                value.clone()
            }
        }
    }

    fn evaluator(&self) -> Result<Evaluator, homescale_chart::Error> {
        let chart = self.catalog.frame()?;
        let request = self.catalog.request(self.cluster)?;
        let host = Rc::new(FixedHost::default());
        Evaluator::new(chart, &request, TEMPLATE, host)
    }
}

fn is_template(text: &Str) -> bool {
    text.windows(2).any(|pair| pair == b"{{")
}

/// The place of the first template.
fn first_template(value: &Node) -> Option<Place> {
    match &value.data {
        Data::Text(text) => is_template(text).then_some(value.place),
        Data::List(items) => items.iter().find_map(first_template),
        Data::Map(table) => table.entries().iter().find_map(|entry| {
            let of_key = is_template(&entry.key).then_some(entry.place);
            of_key.or_else(|| first_template(&entry.value))
        }),
        _ => None,
    }
}

struct Run<'r, 's, 'f> {
    sources: &'r SourceLines<'f>,
    evaluator: &'r Evaluator,
    around: Place,
    report: &'r mut Report<'s>,
}

impl Run<'_, '_, '_> {
    fn node(&mut self, node: &Node, path: &str) -> Node {
        if first_template(node).is_none() {
            return node.clone();
        }
        let data = match &node.data {
            Data::Text(text) => Data::Text(self.text(text, node.place, path)),
            Data::List(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| self.node(item, &format!("{path}[{index}]")));
                Data::List(items.collect())
            }
            Data::Map(table) => {
                let entries = table.entries().iter();
                Data::Map(
                    entries
                        .map(|entry| self.entry(entry, path))
                        .collect::<Table>(),
                )
            }
            other => other.clone(),
        };
        Node {
            data,
            place: node.place,
        }
    }

    fn entry(&mut self, entry: &Entry, path: &str) -> Entry {
        Entry {
            key: self.text(&entry.key, entry.place, path),
            place: entry.place,
            value: self.node(&entry.value, &format!("{path}.{}", entry.name())),
        }
    }

    fn text(&mut self, text: &Str, place: Place, path: &str) -> Str {
        if !is_template(text) {
            return text.clone();
        }
        match self.evaluator.tpl(text) {
            Ok(evaluated) => evaluated.into(),
            Err(error) => {
                self.failed(&error, text, place, path);
                text.clone()
            }
        }
    }

    fn failed(&mut self, error: &Error, text: &Str, place: Place, path: &str) {
        let file = self.report.file_of(place);
        let source = self.sources.of(file);
        let place = if place.is_nowhere() {
            self.around
        } else {
            place
        };
        let (line, column) = error.position().map_or((0, None), |position| {
            let column = position.column.map(|column| column as usize - 1);
            (position.line as usize, column)
        });
        let place = place_in_text(&source, place, &Lines::of(text), line, column);
        let text = error.message();
        let message = match (error.abort(), error.executing()) {
            (Some(message), _) => format!("the template in `{path}` fails: {message}"),
            (None, None) => format!("the template in `{path}` cannot be read: {text}"),
            (None, Some((_, node))) => {
                let cause = error.cause().map_or(String::new(), ToString::to_string);
                format!("the template in `{path}` fails at `{node}`: {text}{cause}")
            }
        };
        let at_lower_case = || {
            let (_, node) = error.executing()?;
            node.starts_with(".values")
                .then(|| "did you mean `.Values`?".to_owned())
        };
        let hint = error.unknown_function().and_then(similar_function);
        let hint = hint.or_else(at_lower_case);
        self.report
            .emit(&rules::TEMPLATE, place, message)
            .hint_if(hint);
    }
}

/// The function that is probably meant where one is not known.
fn similar_function(name: &str) -> Option<String> {
    if ["Values", "Release", "Chart", "values"].contains(&name) {
        return Some(
            format!("did you mean `.{name}`, with a dot before it?").replace(".values", ".Values"),
        );
    }
    let functions = GROUPS.iter().flat_map(|group| group.functions);
    did_you_mean(name, functions.map(|function| function.name))
}
