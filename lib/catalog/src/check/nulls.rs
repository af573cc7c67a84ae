//! Nulls in the values of an app that never reach Helm: `valuesObject` of an Application loses them (argo-cd#16312).

use homescale_located::{Data, Node, Origin, Report, read_map};

use crate::evaluate::RenderedApp;
use crate::model::catalog::Catalog;
use crate::rules;

/// Looks at the values of the apps of a cluster whose charts Argo CD renders itself.
pub(super) fn check(catalog: &Catalog, built: &[RenderedApp<'_>], report: &mut Report<'_>) {
    for built in built {
        let helm = ["source", "sourceHydrator", "sources"];
        let spec = built.application.object.get("spec");
        let is_ours = spec.is_some_and(|spec| {
            let sources = helm.iter().filter_map(|it| spec.get(it));
            sources.into_iter().any(has_plugin)
        });
        let values = &built.application.values;
        if !is_ours && !values.is_null() && has_nulls(values) {
            let chart = Chart::of(catalog, &built.application.path);
            chart.walk(values, &mut Vec::new(), built, report);
        }
    }
}

fn has_plugin(source: &Node) -> bool {
    let first = source.as_list().and_then(<[Node]>::first);
    let source = source.get("drySource").or(first).unwrap_or(source);
    source.get("plugin").is_some()
}

fn has_nulls(node: &Node) -> bool {
    match &node.data {
        Data::Null => true,
        Data::Map(table) => table.entries().iter().any(|entry| has_nulls(&entry.value)),
        _ => false,
    }
}

/// What is known of the chart that gets the values.
struct Chart {
    /// Its own values; `None` when they are not at hand.
    values: Option<Node>,
    /// What its dependencies are called.
    dependencies: Vec<String>,
}

impl Chart {
    fn of(catalog: &Catalog, path: &str) -> Self {
        let read = |name: &str| {
            let path = format!("{path}/{name}");
            let text = catalog.files.get(&path).ok().flatten()?;
            let origin = Origin::file(catalog.sources.file(&path));
            read_map(text, origin, &mut Report::new(&catalog.sources))
        };
        let metadata = read("Chart.yaml").unwrap_or_default();
        let dependencies = metadata.get("dependencies").and_then(Node::as_list);
        let name = |dependency: &Node| {
            let name = dependency.get("alias").or(dependency.get("name"))?;
            name.as_text().map(str::to_owned)
        };
        Self {
            values: read("values.yaml"),
            dependencies: dependencies
                .unwrap_or_default()
                .iter()
                .filter_map(name)
                .collect(),
        }
    }

    fn walk<'n>(
        &self,
        node: &'n Node,
        path: &mut Vec<&'n str>,
        built: &RenderedApp<'_>,
        report: &mut Report<'_>,
    ) {
        match &node.data {
            Data::Null if self.may_have(path) => {
                let path = path.join(".");
                let message = format!(
                    "`values.{path}` is null, which is to take a value of the chart away: Argo CD loses it"
                );
                let place = Some(node.place).filter(|place| !place.is_nowhere());
                let place = place.unwrap_or(built.app.place);
                let saying = report.emit(&rules::LOST_NULL, place, message);
                saying.hint("say it in a value file beside the chart, and name that in `valueFiles`; or set `engine: catalog`");
            }
            Data::Map(table) => {
                for entry in table.entries() {
                    if let Some(key) = entry.key.as_str() {
                        path.push(key);
                        self.walk(&entry.value, path, built, report);
                        path.pop();
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether the chart may have a value there, which null would take away.
    fn may_have(&self, path: &[&str]) -> bool {
        let of_dependency = path
            .first()
            .is_some_and(|first| self.dependencies.iter().any(|name| name == first));
        of_dependency
            || match &self.values {
                None => !self.dependencies.is_empty(),
                Some(values) => values.at(path).is_some_and(|value| !value.is_null()),
            }
    }
}
