//! `helm.parameters` and `helm.fileParameters` of the bootstrap Application: values that Argo CD passes to Helm as
//! `--set`, `--set-string` and `--set-file`.

use homescale_argocd::{FileParameter, Parameter, set_order};
use homescale_chart::{Plain, ValueSource, merge_values};
use homescale_located::{Data, Entry, Node, Place, Report, Table, from_value};
use homescale_value::Value;

use crate::model::renderer::HELM;
use crate::rules;

/// The values with the parameters set in them. `None` when a parameter cannot be set, which is reported.
///
/// `read` gives the contents of a file by its name in `fileParameters`.
pub(crate) fn set(
    values: &Node,
    helm: &Node,
    read: impl Fn(&str) -> Option<Vec<u8>>,
    report: &mut Report<'_>,
) -> Option<Node> {
    let list = |key: &str| helm.get(key).and_then(Node::as_list).unwrap_or_default();
    let mut parameters: Vec<(Place, ValueSource)> = Vec::new();
    for parameter in list("parameters") {
        let (name, value) = pair(parameter, "parameters", "value", report)?;
        let said = Parameter {
            name: name.to_owned(),
            value: value.to_owned(),
            force_string: matches!(
                parameter.get("forceString").map(|flag| &flag.data),
                Some(Data::Bool(true))
            ),
        };
        parameters.push((parameter.place, said.value_source()));
    }
    for parameter in list("fileParameters") {
        let (name, path) = pair(parameter, "fileParameters", "path", report)?;
        let Some(content) = read(path) else {
            let message = format!("the file `{path}` of the parameter `{name}` does not exist");
            report.emit(&rules::BOOTSTRAP, parameter.place, message);
            return None;
        };
        let said = FileParameter {
            name: name.to_owned(),
            path: path.to_owned(),
        };
        parameters.push((parameter.place, said.value_source(content)));
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

/// The name and the other text of a parameter.
fn pair<'n>(
    parameter: &'n Node,
    list: &str,
    other: &str,
    report: &mut Report<'_>,
) -> Option<(&'n str, &'n str)> {
    let mut text = |key: &str| {
        let value = parameter.get(key);
        let text = value.and_then(Node::as_text);
        if text.is_none() {
            let place = value.unwrap_or(parameter).place;
            let found = value.map_or("missing", |value| value.data.type_name());
            let message =
                format!("`{key}` of an entry of `helm.{list}` is {found}; it must be a string");
            report.emit(&rules::BOOTSTRAP, place, message);
        }
        text
    };
    text("name").zip(text(other))
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
