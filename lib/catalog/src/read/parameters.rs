//! `helm.parameters` and `helm.fileParameters` of the bootstrap Application: values that Argo CD passes to Helm as
//! `--set`, `--set-string` and `--set-file`.

use std::collections::BTreeMap;

use homescale_argocd::{ChartSource, FileParameter, ValueFileError, ValueFileErrorKind, set_order};
use homescale_chart::{Error, Plain, ValueSource, merge_values};
use homescale_fileset::FileSet;
use homescale_located::{Data, Entry, Node, Place, Report, Table, from_value};
use homescale_value::{Str, Value};

use crate::model::renderer::HELM;
use crate::rules;

/// The values with the parameters of `source` set in them, which `helm` says. `None` when a parameter cannot be set, which is
/// reported.
pub(crate) fn set(
    values: &Node,
    helm: &Node,
    source: &ChartSource,
    files: &FileSet,
    report: &mut Report<'_>,
) -> Option<Node> {
    let list = |key: &str| helm.get(key).and_then(Node::as_list).unwrap_or_default();
    let mut parameters: Vec<(Place, ValueSource)> = Vec::new();
    for (parameter, node) in source.helm.parameters.iter().zip(list("parameters")) {
        parameters.push((node.place, parameter.value_source()));
    }
    let of_files = source.helm.file_parameters.iter();
    for (parameter, node) in of_files.zip(list("fileParameters")) {
        match source.file_parameter(parameter, files) {
            Ok(value) => parameters.push((node.place, value)),
            Err(error) => {
                let message = unread(&error, parameter, node);
                report.emit(&rules::BOOTSTRAP, node.place, message);
                return None;
            }
        }
    }
    parameters.sort_by_key(|(_, source)| set_order(source));
    if parameters.is_empty() {
        return Some(values.clone());
    }
    match merged(values, &parameters) {
        Ok(merged) => {
            let mut marks = Marks::default();
            for (place, parameter) in &parameters {
                marks.add(*place, parameter);
            }
            Some(located(&merged, values, &marks))
        }
        Err((place, error)) => {
            let message = format!("the parameter cannot be set: {error}");
            report.emit(&rules::BOOTSTRAP, place, message);
            None
        }
    }
}

/// The values with the parameters set in them, all at once: each by itself would copy the values again.
///
/// # Errors
/// The place of the first parameter that cannot be set, and why.
fn merged(values: &Node, parameters: &[(Place, ValueSource)]) -> Result<Value, (Place, Error)> {
    let first = parameters.first().map_or(values.place, |(place, _)| *place);
    let base = Plain::from_value(&values.to_value()).map_err(|error| (first, error))?;
    let base = std::iter::once(ValueSource::Map(base));
    let parameters_alone = parameters.iter().map(|(_, parameter)| parameter.clone());
    let sources: Vec<ValueSource> = base.chain(parameters_alone).collect();
    merge_values(&sources, HELM).map_err(|error| {
        let (mut good, mut bad) = (0, parameters.len());
        while bad - good > 1 {
            let middle = good.midpoint(bad);
            match merge_values(&sources[..=middle], HELM) {
                Ok(_) => good = middle,
                Err(_) => bad = middle,
            }
        }
        (
            parameters.get(good).map_or(first, |(place, _)| *place),
            error,
        )
    })
}

/// Why there is no file of a parameter.
fn unread(error: &ValueFileError, parameter: &FileParameter, node: &Node) -> String {
    let path = node.get("path").and_then(Node::as_text).unwrap_or_default();
    let problem = match &error.kind {
        ValueFileErrorKind::Missing => "does not exist".to_owned(),
        ValueFileErrorKind::Unreadable(error) => format!("cannot be read: {error}"),
        _ => "is not in this repository, and cannot be read".to_owned(),
    };
    format!(
        "the file `{path}` of the parameter `{}` {problem}",
        parameter.name
    )
}

/// Which parameter set a value last: the place of that parameter, and the same for what is inside of the value.
#[derive(Default)]
struct Marks {
    place: Place,
    keys: BTreeMap<Str, Marks>,
    items: BTreeMap<usize, Marks>,
}

impl Marks {
    /// Marks what a parameter sets: what there is when it is set in nothing.
    fn add(&mut self, place: Place, parameter: &ValueSource) {
        // One that cannot be set in nothing cannot be set in values either.
        if let Ok(set) = merge_values(std::slice::from_ref(parameter), HELM) {
            self.mark(place, &set);
        }
    }

    fn mark(&mut self, place: Place, set: &Value) {
        self.place = place;
        match set {
            Value::Map(map) => {
                for (key, value) in map.entries().iter() {
                    self.keys.entry(key.clone()).or_default().mark(place, value);
                }
            }
            Value::List(list) => {
                let list = list.items();
                let last = list.len().wrapping_sub(1);
                // `a[3]=x` in nothing fills the list with nulls, which it does not set.
                let set = list.iter().enumerate();
                let set =
                    set.filter(|(index, value)| *index == last || !matches!(value, Value::Nil));
                for (index, value) in set {
                    self.items.entry(index).or_default().mark(place, value);
                }
            }
            _ => {}
        }
    }
}

/// A value with the places of what it was before, and for what is new the place of the parameter that set it.
fn located(value: &Value, before: &Node, marks: &Marks) -> Node {
    let data = match (value, &before.data) {
        (Value::Map(map), Data::Map(table)) => {
            let entries = map.entries();
            let entries = entries.iter().map(|(key, value)| {
                let old = table.entry(&key.to_text());
                let marks = marks.keys.get(key);
                let place = marks.map_or(before.place, |marks| marks.place);
                Entry {
                    key: key.clone(),
                    place: old.map_or(place, |old| old.place),
                    value: match (old, marks) {
                        (Some(old), Some(marks)) => located(value, &old.value, marks),
                        (Some(old), None) => old.value.clone(),
                        (None, _) => new(value, place),
                    },
                }
            });
            Data::Map(Table::sorted(entries.collect()))
        }
        (Value::List(list), Data::List(items)) => {
            let list = list.items();
            let list = list.iter().enumerate().map(|(index, value)| {
                let marks = marks.items.get(&index);
                match (items.get(index), marks) {
                    (Some(old), Some(marks)) => located(value, old, marks),
                    (Some(old), None) => old.clone(),
                    (None, marks) => new(value, marks.map_or(before.place, |it| it.place)),
                }
            });
            Data::List(list.collect())
        }
        _ => {
            let node = new(value, marks.place);
            let is_same = node == *before;
            return if is_same { before.clone() } else { node };
        }
    };
    Node {
        data,
        place: before.place,
    }
}

/// What only parameters say.
fn new(value: &Value, place: Place) -> Node {
    let data = from_value(value).unwrap_or_default().data;
    Node { data, place }
}
