//! `helm.parameters` and `helm.fileParameters` of the bootstrap Application: values that Argo CD passes to Helm as
//! `--set`, `--set-string` and `--set-file`.

use homescale_argocd::{ChartSource, FileParameter, ValueFileError, ValueFileErrorKind, set_order};
use homescale_chart::{Plain, ValueSource, merge_values};
use homescale_fileset::FileSet;
use homescale_located::{Data, Entry, Node, Place, Report, Table, from_value};
use homescale_value::Value;

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
    let mut values = values.clone();
    for (place, parameter) in parameters {
        let base = Plain::from_value(&values.to_value());
        let merged = base.and_then(|base| merge_values(&[ValueSource::Map(base), parameter], HELM));
        match merged {
            Ok(merged) => values = located(&merged, &values, place),
            Err(error) => {
                report.emit(
                    &rules::BOOTSTRAP,
                    place,
                    format!("the parameter cannot be set: {error}"),
                );
                return None;
            }
        }
    }
    Some(values)
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

/// A value with the places of what it was before, and for what is new the place of the parameter.
fn located(value: &Value, before: &Node, place: Place) -> Node {
    let known = |node: &Node| Node {
        data: node.data.clone(),
        place,
    };
    let new = |value: &Value| {
        from_value(value)
            .map(|node| known(&node))
            .unwrap_or_default()
    };
    let data = match (value, &before.data) {
        (Value::Map(map), Data::Map(table)) => {
            let entries = map.entries();
            let entries = entries.iter().map(|(key, value)| {
                let old = table.entry(&key.to_text());
                Entry {
                    key: key.clone(),
                    place: old.map_or(place, |old| old.place),
                    value: old.map_or_else(|| new(value), |old| located(value, &old.value, place)),
                }
            });
            Data::Map(Table::sorted(entries.collect()))
        }
        (Value::List(list), Data::List(items)) => {
            let list = list.items();
            let list = list
                .iter()
                .enumerate()
                .map(|(index, value)| match items.get(index) {
                    Some(old) => located(value, old, place),
                    None => new(value),
                });
            Data::List(list.collect())
        }
        _ => {
            let node = new(value);
            let is_same = node == *before;
            return if is_same { before.clone() } else { node };
        }
    };
    Node {
        data,
        place: before.place,
    }
}
