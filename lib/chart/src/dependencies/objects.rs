//! [`Charts`]: the charts of a render while their dependencies are resolved, as the objects that Helm has in memory.
//!
//! A copy of a chart, such as an alias makes, shares what Go's pointers lead to. What happens to the copy then happens to the
//! original as well, and how far that goes differs between versions of Helm.

use std::sync::Arc;

use homescale_value::Map;

use super::error::DependencyError;
use crate::loaded::LoadedChart;
use crate::resolved::{Declared, ResolvedChart, below};

/// All charts, what Chart.yaml says of them, and the dependencies that it declares.
pub(super) struct Charts {
    all: Vec<Chart>,
    metadata: Vec<Metadata>,
    declared: Vec<Declared>,
    /// How many charts there may be in the tree that comes of them.
    most: u64,
    /// How many copies may still be made on the way to it.
    copies: u64,
}

/// A chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChartId(usize);

/// A declared dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DeclaredId(usize);

/// Go's `chart.Chart`.
#[derive(Clone)]
struct Chart {
    node: Arc<LoadedChart>,
    /// Which of the metadata: copies can share them.
    metadata: usize,
    subcharts: Vec<ChartId>,
    /// The last chart that it became a subchart of.
    parent: Option<ChartId>,
    /// The values after import.
    values: Option<Map>,
}

/// Go's `chart.Metadata`, as far as it changes.
#[derive(Clone)]
struct Metadata {
    name: String,
    declared: Option<Vec<DeclaredId>>,
}

impl Charts {
    /// The chart and all charts in it, as they were loaded; the chart comes first.
    pub(super) fn of(node: &Arc<LoadedChart>, most: u64) -> (Self, ChartId) {
        let mut charts = Self {
            all: Vec::new(),
            metadata: Vec::new(),
            declared: Vec::new(),
            most,
            // Each chart of the tree is copied twice at most: with its parent, and by itself.
            copies: most.saturating_mul(2),
        };
        let root = charts.load(node);
        (charts, root)
    }

    fn load(&mut self, node: &Arc<LoadedChart>) -> ChartId {
        let declared = node.metadata.dependencies.as_ref().map(|list| {
            let list = list.iter().map(Declared::new);
            list.map(|declared| self.add_declared(declared)).collect()
        });
        self.metadata.push(Metadata {
            name: node.metadata.name.clone(),
            declared,
        });
        let id = self.add(Chart {
            node: Arc::clone(node),
            metadata: self.metadata.len() - 1,
            subcharts: Vec::new(),
            parent: None,
            values: None,
        });
        let subcharts = node.dependencies.iter().map(|sub| self.load(sub)).collect();
        self.set_subcharts(id, subcharts);
        id
    }

    fn add(&mut self, chart: Chart) -> ChartId {
        self.all.push(chart);
        ChartId(self.all.len() - 1)
    }

    fn add_declared(&mut self, declared: Declared) -> DeclaredId {
        self.declared.push(declared);
        DeclaredId(self.declared.len() - 1)
    }

    /// A copy of a chart under that name, if it is not empty.
    ///
    /// In Helm 4, `with_subcharts`, the copy has copies of the declared dependencies and of the subcharts; what those refer to
    /// is shared still. In Helm 3 it shares all of them.
    pub(super) fn copy(
        &mut self,
        id: ChartId,
        name: &str,
        with_subcharts: bool,
    ) -> Result<ChartId, DependencyError> {
        let mut chart = self.all[id.0].clone();
        let copies = self.copies.checked_sub(1 + chart.subcharts.len() as u64);
        self.copies = copies.ok_or(DependencyError::TooMany(self.most))?;
        let mut metadata = self.metadata[chart.metadata].clone();
        if !name.is_empty() {
            name.clone_into(&mut metadata.name);
        }
        if with_subcharts {
            for declared in metadata.declared.iter_mut().flatten() {
                *declared = self.add_declared(self.declared[declared.0].clone());
            }
            for sub in &mut chart.subcharts {
                *sub = self.add(self.all[sub.0].clone());
            }
        }
        self.metadata.push(metadata);
        chart.metadata = self.metadata.len() - 1;
        let subcharts = chart.subcharts.clone();
        let copy = self.add(chart);
        if with_subcharts {
            self.set_subcharts(copy, subcharts);
        }
        Ok(copy)
    }

    pub(super) fn name(&self, id: ChartId) -> &str {
        &self.metadata(id).name
    }

    pub(super) fn version(&self, id: ChartId) -> &str {
        &self.all[id.0].node.metadata.version
    }

    /// What the chart declares, if it does.
    pub(super) fn declared(&self, id: ChartId) -> Option<Vec<DeclaredId>> {
        self.metadata(id).declared.clone()
    }

    pub(super) fn set_declared(&mut self, id: ChartId, declared: Option<Vec<DeclaredId>>) {
        let metadata = self.all[id.0].metadata;
        self.metadata[metadata].declared = declared;
    }

    pub(super) fn dependency(&mut self, id: DeclaredId) -> &mut Declared {
        &mut self.declared[id.0]
    }

    pub(super) fn subcharts(&self, id: ChartId) -> Vec<ChartId> {
        self.all[id.0].subcharts.clone()
    }

    pub(super) fn set_subcharts(&mut self, id: ChartId, subcharts: Vec<ChartId>) {
        for sub in &subcharts {
            self.all[sub.0].parent = Some(id);
        }
        self.all[id.0].subcharts = subcharts;
    }

    pub(super) fn set_values(&mut self, id: ChartId, values: Map) {
        self.all[id.0].values = Some(values);
    }

    /// The chart and all charts below it as a tree, in which those are again and again that copies share.
    pub(super) fn resolved(&self, id: ChartId) -> Result<ResolvedChart, DependencyError> {
        match self.count(id, self.most) {
            Some(_) => Ok(self.tree(id)),
            None => Err(DependencyError::TooMany(self.most)),
        }
    }

    /// What is left of a number of charts without those of a tree.
    fn count(&self, id: ChartId, left: u64) -> Option<u64> {
        let mut subcharts = self.all[id.0].subcharts.iter();
        subcharts.try_fold(left.checked_sub(1)?, |left, sub| self.count(*sub, left))
    }

    fn tree(&self, id: ChartId) -> ResolvedChart {
        let chart = &self.all[id.0];
        let metadata = self.metadata(id);
        let declared = metadata.declared.as_ref().map(|list| {
            let list = list.iter().map(|id| self.declared[id.0].clone());
            list.collect()
        });
        let subcharts = chart.subcharts.iter();
        ResolvedChart {
            node: Arc::clone(&chart.node),
            name: metadata.name.clone(),
            path: self.path(id),
            declared,
            dependencies: subcharts.map(|sub| self.tree(*sub)).collect(),
            imported: chart.values.clone(),
        }
    }

    /// The path of a chart in names, from where it is a subchart of: `parent/charts/child`.
    fn path(&self, id: ChartId) -> String {
        let name = self.name(id);
        match self.all[id.0].parent {
            Some(parent) => below(&self.path(parent), name),
            None => name.to_owned(),
        }
    }

    fn metadata(&self, id: ChartId) -> &Metadata {
        &self.metadata[self.all[id.0].metadata]
    }
}
