//! What templates see: the root object of each chart, and what is in it.

mod capabilities;
mod chart;
mod values;

use homescale_value::{Map, Value};

use crate::files;
use crate::helm_version::HelmVersion;
use crate::lookup;
use crate::release::Release;
use crate::resolved::ResolvedChart;

pub(crate) use capabilities::value as capabilities;

/// What all charts of a render share.
pub(crate) struct Shared {
    pub(crate) helm: HelmVersion,
    pub(crate) release: Value,
    pub(crate) capabilities: Value,
}

/// A chart together with what its templates see.
pub(crate) struct Scope<'a> {
    pub(crate) chart: &'a ResolvedChart,
    /// The root object. All templates of the chart share it, and may change it.
    pub(crate) root: Map,
}

/// `.Release`.
pub(crate) fn release(release: &Release) -> Value {
    Value::Map(Map::from_iter([
        ("Name", Value::from(release.name.as_str())),
        ("Namespace", Value::from(release.namespace.as_str())),
        ("Revision", Value::Int(1)),
        ("IsInstall", Value::Bool(!release.is_upgrade)),
        ("IsUpgrade", Value::Bool(release.is_upgrade)),
        ("Service", Value::from("Helm")),
    ]))
}

/// `.Template` of a file.
pub(crate) fn template(helm: HelmVersion, name: &str, base: &str) -> Value {
    let pairs = [("Name", name), ("BasePath", base)];
    let map: Map = pairs
        .map(|(key, text)| (key, Value::from(text)))
        .into_iter()
        .collect();
    Value::Map(map.retyped(values::of_helm(helm)))
}

/// The root objects of a chart and of all charts below it, parents first. `values` are those of the root chart, coalesced.
pub(crate) fn scopes<'a>(
    chart: &'a ResolvedChart,
    values: &Map,
    shared: &Shared,
) -> Vec<Scope<'a>> {
    let mut scopes = Vec::new();
    let values = values.retyped(values::of_helm(shared.helm));
    add(chart, values, true, shared, &mut scopes);
    scopes
}

fn add<'a>(
    chart: &'a ResolvedChart,
    values: Map,
    is_root: bool,
    shared: &Shared,
    scopes: &mut Vec<Scope<'a>>,
) -> Map {
    let subcharts = Map::new();
    let root = Map::from_iter([
        ("Chart", chart::value(chart, is_root, shared.helm)),
        ("Files", files::value(&chart.node.files, shared.helm)),
        ("Release", shared.release.clone()),
        ("Capabilities", shared.capabilities.clone()),
        ("Values", Value::Map(values.clone())),
        ("Subcharts", Value::Map(subcharts.clone())),
    ]);
    scopes.push(Scope {
        chart,
        root: root.retyped(values::of_helm(shared.helm)),
    });
    for sub in &chart.dependencies {
        let section = lookup::table(&values, &sub.name).unwrap_or_default();
        let section = section.retyped(values::of_helm(shared.helm));
        let object = add(sub, section, false, shared, scopes);
        subcharts.set(sub.name.as_str(), object);
    }
    root
}
