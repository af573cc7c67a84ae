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
use crate::rules;

/// Reports where the catalog's chart and the native evaluation differ, and that the chart cannot be rendered.
pub(super) fn check(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
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
        Ok(by_chart) => compare(&by_chart, &natively, report),
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

fn compare(by_chart: &Objects, natively: &Objects, report: &mut Report<'_>) {
    let by_chart = by_id(by_chart);
    let natively = by_id(natively);
    let ids: BTreeSet<_> = by_chart.keys().chain(natively.keys()).collect();
    for id in ids {
        let what = match (by_chart.get(id), natively.get(id)) {
            (Some(_), None) => "only the chart makes it".to_owned(),
            (None, Some(_)) => "the chart does not make it".to_owned(),
            (Some(chart), Some(native)) => match first_difference(chart, native) {
                Some(path) => format!("they differ in {path}"),
                None => continue,
            },
            (None, None) => continue,
        };
        let (kind, name) = (&id.kind, &id.name);
        let message = format!(
            "the catalog's chart and the native evaluation disagree about the {kind} {name}: {what}"
        );
        report.emit(&rules::WAYS_DISAGREE, Place::NOWHERE, message);
    }
}

fn by_id(objects: &Objects) -> BTreeMap<ObjectId, Value> {
    let values = objects.objects().map(Node::to_value);
    values.map(|value| (ObjectId::of(&value), value)).collect()
}

/// The path of the first place where two values differ.
fn first_difference(a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => {
            let keys: BTreeSet<_> = a.keys().into_iter().chain(b.keys()).collect();
            keys.into_iter().find_map(|key| {
                let below = match (a.get(&key), b.get(&key)) {
                    (Some(a), Some(b)) => first_difference(&a, &b)?,
                    _ => String::new(),
                };
                Some(join(&key.to_text(), &below))
            })
        }
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            let (a, b) = (a.items(), b.items());
            let mut pairs = a.iter().zip(b.iter()).enumerate();
            pairs.find_map(|(index, (a, b))| {
                Some(join(&index.to_string(), &first_difference(a, b)?))
            })
        }
        _ => (json::encode(a).ok() != json::encode(b).ok()).then(String::new),
    }
}

fn join(head: &str, below: &str) -> String {
    if below.is_empty() {
        head.to_owned()
    } else {
        format!("{head}.{below}")
    }
}
