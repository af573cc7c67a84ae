//! Whether the catalog's chart and the native evaluation say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use homescale_functions::FixedHost;
use homescale_located::{Node, Place, Report};
use homescale_manifest::ObjectId;
use homescale_value::Value;
use homescale_yaml::json;

use crate::evaluate::{RenderOptions, objects};
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::objects::Objects;
use crate::model::renderer::Templates;
use crate::rules;

/// Collects where the catalog's chart and the native evaluation differ; reports that the chart cannot be rendered.
pub(super) fn check(
    catalog: &Catalog,
    cluster: &Cluster,
    differences: &mut Differences,
    report: &mut Report<'_>,
) {
    let options = RenderOptions::default();
    let mut natively = objects(catalog, cluster, &options, report);
    let host = || Rc::new(FixedHost::default());
    let recognized = |rendered: &_| catalog.recognized(rendered, cluster, &options);
    let by_chart = match catalog.rendered(cluster, host()) {
        Ok(rendered) => recognized(&rendered),
        Err(error) => return catalog.report_refused(&error, report),
    };
    if let Ok(Some(rendered)) = catalog.besides(cluster, host())
        && let Ok(besides) = recognized(&rendered)
    {
        natively.add(besides);
    }
    match by_chart {
        Ok(by_chart) => differences.add(&by_chart, &natively),
        Err(found) => report.extend(found),
    }
}

/// Reports that Helm would refuse the chart that the native evaluation stands for.
pub(super) fn check_chart(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    let host = Rc::new(FixedHost::default());
    match catalog.besides(cluster, host) {
        Ok(None) => {}
        Ok(Some(rendered)) => {
            let besides = catalog.recognized(&rendered, cluster, &RenderOptions::default());
            besides.map_or_else(|found| report.extend(found), drop);
        }
        Err(error) => catalog.report_refused(&error, report),
    }
}

/// Names by the kind of object.
type Named = BTreeMap<String, BTreeSet<String>>;

/// Where the catalog's chart and the native evaluation differ, on all clusters.
#[derive(Default)]
pub(super) struct Differences {
    /// The fields in which objects differ.
    fields: Named,
    only_by_chart: Named,
    only_natively: Named,
}

/// How many names a message lists.
const MOST_NAMES: usize = 10;

/// What is not looked into: a field, whatever is in it.
const WHOLE: [&str; 3] = [
    "metadata.annotations",
    "metadata.labels",
    "spec.source.helm.valuesObject",
];

impl Differences {
    fn add(&mut self, by_chart: &Objects, natively: &Objects) {
        let by_chart = by_id(by_chart);
        let natively = by_id(natively);
        let ids: BTreeSet<_> = by_chart.keys().chain(natively.keys()).collect();
        for id in ids {
            let only = match (by_chart.get(id), natively.get(id)) {
                (Some(chart), Some(native)) => {
                    let mut found = BTreeSet::new();
                    differing(chart, native, "", &mut found);
                    if !found.is_empty() {
                        self.fields
                            .entry(id.kind.clone())
                            .or_default()
                            .extend(found);
                    }
                    continue;
                }
                (Some(_), None) => &mut self.only_by_chart,
                _ => &mut self.only_natively,
            };
            let names = only.entry(id.kind.clone()).or_default();
            names.insert(id.name.clone());
        }
    }

    /// Reports them, all at once. That templates of a catalog's own say something else is what they are for.
    pub(super) fn report(&self, catalog: &Catalog, report: &mut Report<'_>) {
        let mut parts = Vec::new();
        for (kind, fields) in &self.fields {
            parts.push(format!("each {kind} differs in {}", list(fields)));
        }
        for (kind, names) in &self.only_by_chart {
            parts.push(format!(
                "only the templates make the {kind} {}",
                list(names)
            ));
        }
        for (kind, names) in &self.only_natively {
            parts.push(format!(
                "the templates do not make the {kind} {}",
                list(names)
            ));
        }
        if parts.is_empty() {
            return;
        }
        let (rule, what) = match catalog.templates() {
            Templates::Own => (
                &rules::OWN_TEMPLATES,
                "the catalog has templates of its own, which `render`, `list`, `waves` and the sidecar follow",
            ),
            _ => (
                &rules::WAYS_DISAGREE,
                "the catalog's chart and the native evaluation disagree, and the chart decides",
            ),
        };
        let message = format!(
            "{what}; other than docs/catalog.md says, {}",
            parts.join("; ")
        );
        report.emit(rule, Place::NOWHERE, message);
    }
}

/// Names in a message.
fn list(names: &BTreeSet<String>) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(MOST_NAMES)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn by_id(objects: &Objects) -> BTreeMap<ObjectId, Value> {
    let values = objects.objects().map(Node::to_value);
    values.map(|value| (ObjectId::of(&value), value)).collect()
}

/// Adds the paths of the fields in which two values differ.
fn differing(a: &Value, b: &Value, path: &str, found: &mut BTreeSet<String>) {
    if json::encode(a).ok() == json::encode(b).ok() {
        return;
    }
    match (a, b) {
        (Value::Map(a), Value::Map(b)) if !WHOLE.contains(&path) => {
            let keys: BTreeSet<_> = a.keys().into_iter().chain(b.keys()).collect();
            for key in keys {
                let below = join(path, &key.to_text());
                match (a.get(&key), b.get(&key)) {
                    (Some(a), Some(b)) => differing(&a, &b, &below, found),
                    _ => drop(found.insert(below)),
                }
            }
        }
        _ => drop(found.insert(path.to_owned())),
    }
}

fn join(head: &str, below: &str) -> String {
    match head {
        "" => below.to_owned(),
        head => format!("{head}.{below}"),
    }
}
