//! [`ResolvedChart`]: a chart in one render, where its name, values and dependencies can differ from what was loaded.

use std::sync::Arc;

use homescale_value::{Data, Map, Value};

use crate::loaded::LoadedChart;
use crate::metadata::Dependency;

/// A chart as one render sees it. The same loaded chart can be there several times, under aliases.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedChart {
    /// What was loaded.
    pub(crate) node: Arc<LoadedChart>,
    /// The name of the chart, or its alias.
    pub(crate) name: String,
    /// The path of the chart in names: `parent/charts/child`.
    pub(crate) path: String,
    /// The dependencies that Chart.yaml declares, if it does.
    pub(crate) declared: Option<Vec<Declared>>,
    /// The subcharts.
    pub(crate) dependencies: Vec<ResolvedChart>,
    /// The values after import, in place of the chart's own.
    pub(crate) imported: Option<Map>,
}

/// A dependency of Chart.yaml in one render.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    /// What Chart.yaml says.
    pub(crate) dependency: Arc<Dependency>,
    /// The name, or the alias once it has been resolved.
    pub(crate) name: String,
    /// Whether tags and conditions let it be.
    pub(crate) enabled: bool,
    /// `import-values`, in the form that templates see.
    pub(crate) import_values: Vec<Value>,
    /// Whether they have been imported once. Charts that share this share that, too.
    pub(crate) is_imported: bool,
}

impl ResolvedChart {
    /// The chart and its subcharts as they were loaded.
    pub(crate) fn root(node: &Arc<LoadedChart>) -> Self {
        Self::of(node, node.metadata.name.clone())
    }

    fn of(node: &Arc<LoadedChart>, path: String) -> Self {
        let declared = node.metadata.dependencies.as_ref();
        let dependencies = node.dependencies.iter();
        let dependencies = dependencies.map(|sub| Self::of(sub, below(&path, &sub.metadata.name)));
        Self {
            node: Arc::clone(node),
            name: node.metadata.name.clone(),
            declared: declared.map(|list| list.iter().map(Declared::new).collect()),
            dependencies: dependencies.collect(),
            imported: None,
            path,
        }
    }

    /// The chart and all charts below it.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut charts = vec![self];
        let mut next = 0;
        while let Some(chart) = charts.get(next) {
            charts.extend(&chart.dependencies);
            next += 1;
        }
        charts
    }

    /// A copy of the values that belong to the chart itself.
    pub(crate) fn own_values(&self) -> Map {
        match &self.imported {
            Some(values) => match Value::Map(values.clone()).deep_copy() {
                Value::Map(copy) => copy,
                _ => Map::new(),
            },
            None => self.node.values.to_map(),
        }
    }
}

/// The path of a chart in `charts/` of another.
pub(crate) fn below(parent: &str, name: &str) -> String {
    format!("{parent}/charts/{name}")
}

impl Declared {
    pub(crate) fn new(dependency: &Arc<Dependency>) -> Self {
        let import_values = dependency.import_values.iter();
        Self {
            dependency: Arc::clone(dependency),
            name: dependency.name.clone(),
            enabled: dependency.enabled,
            import_values: import_values.map(Data::to_value).collect(),
            is_imported: false,
        }
    }
}
