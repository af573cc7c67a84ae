//! What is larger than Linux or Kubernetes takes.

use homescale_argocd::MOST_OF_ARGUMENT;
use homescale_located::{Node, Place, Report};

use crate::check::bootstrap;
use crate::evaluate::RenderedApp;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::rules;

/// The variable in which the sidecar gets what an app says.
const VARIABLE: &str = "ARGOCD_APP_PARAMETERS";

/// The most bytes of an annotation; `kubectl apply` keeps the whole object in one.
const MOST_OF_ANNOTATION: usize = 256 * 1024;

/// Looks at the Applications of a cluster.
pub(super) fn check(
    catalog: &Catalog,
    cluster: &Cluster,
    built: &[RenderedApp<'_>],
    report: &mut Report<'_>,
) {
    let is_kept_whole = || {
        let bootstrap = bootstrap::application(catalog, cluster);
        !bootstrap.is_some_and(|it| bootstrap::has_sync_option(&it, "ServerSideApply=true"))
    };
    for built in built {
        check_variable(built, report);
        check_arguments(&built.fields, report);
        let size = built.application.object.to_json().to_string().len();
        if size > MOST_OF_ANNOTATION && is_kept_whole() {
            let message = format!(
                "the Application has {size} bytes; {MOST_OF_ANNOTATION} fit into the annotation in which it is kept when it is applied"
            );
            let saying = report.emit(&rules::TOO_LARGE, large_part(built), message);
            saying.hint("move values into a value file, or add `ServerSideApply=true` to the sync options of the bootstrap Application");
        }
    }
}

/// Where most of an app is written: its values, or its patches.
fn large_part(built: &RenderedApp<'_>) -> Place {
    let size = |field: &str| {
        let value = built.fields.get(field);
        value.map_or(0, |value| value.to_json().to_string().len())
    };
    let largest = ["patches", "values"]
        .into_iter()
        .max_by_key(|field| size(field));
    built.place_of(largest.unwrap_or("values"))
}

/// Reports what does not fit into the variable by which Argo CD tells the sidecar.
fn check_variable(built: &RenderedApp<'_>, report: &mut Report<'_>) {
    let object = &built.application.object;
    let sources = ["source", "sources", "sourceHydrator"];
    let source = sources.iter().find_map(|it| object.at(&["spec", it]));
    let source = source.map(|source| {
        let first = source.as_list().and_then(<[Node]>::first);
        source.get("drySource").or(first).unwrap_or(source)
    });
    let Some(parameters) = source.and_then(|source| source.at(&["plugin", "parameters"])) else {
        return;
    };
    let size = VARIABLE.len() + "=\0".len() + parameters.to_json().to_string().len();
    if size > MOST_OF_ARGUMENT {
        let message = format!(
            "what the sidecar is told has {size} bytes, in one variable of its environment; Linux has room for {MOST_OF_ARGUMENT}"
        );
        let saying = report.emit(&rules::TOO_LARGE, large_part(built), message);
        saying.hint("move values into a value file beside the chart, and name it in `valueFiles`: Argo CD would fail with `argument list too long`");
    }
}

/// Reports parameters that do not fit into an argument of Helm.
fn check_arguments(fields: &Node, report: &mut Report<'_>) {
    let parameters = fields.at(&["helm", "parameters"]).and_then(Node::as_list);
    for (index, parameter) in parameters.unwrap_or_default().iter().enumerate() {
        let length = |key: &str| {
            let text = parameter.get(key).and_then(Node::as_text);
            text.map_or(0, str::len)
        };
        let size = length("name") + length("value") + "=\0".len();
        if size > MOST_OF_ARGUMENT {
            let message = format!(
                "`helm.parameters[{index}]` has {size} bytes; an argument of Helm has room for {MOST_OF_ARGUMENT}"
            );
            let saying = report.emit(&rules::TOO_LARGE, parameter.place, message);
            saying.hint("say it in `values`");
        }
    }
}

#[cfg(test)]
mod tests {
    use homescale_located::Sources;

    use super::*;

    #[test]
    fn an_argument_has_a_bound() {
        let parameter = |size: usize| {
            let pairs = [("name", "a".to_owned()), ("value", "x".repeat(size))];
            Node::map(pairs.map(|(key, text)| (key, Node::new(text))))
        };
        let says = |size: usize| {
            let list = Node::new(vec![parameter(size)]);
            let fields = Node::map([("helm", Node::map([("parameters", list)]))]);
            let sources = Sources::default();
            let mut report = Report::new(&sources);
            check_arguments(&fields, &mut report);
            report.finish().to_string()
        };
        assert_eq!(says(MOST_OF_ARGUMENT - 3), "");
        assert_eq!(
            says(MOST_OF_ARGUMENT - 2),
            "error: `helm.parameters[0]` has 131073 bytes; an argument of Helm has room for 131072 [too-large]\n  hint: say it in `values`"
        );
    }
}
