//! Dependencies: which subcharts are there in a render, under which name, and what they export to their parents
//! (Helm's `dependencies.go`).

mod error;
mod import;
mod objects;
mod switches;

use std::sync::Arc;

use homescale_value::Map;

use self::objects::{ChartId, Charts, DeclaredId};
use crate::coalesce::{Coalescer, Nulls};
use crate::error::MissingDependencies;
use crate::loaded::LoadedChart;
use crate::lookup;
use crate::resolved::ResolvedChart;
use crate::semver;

pub(crate) use self::error::DependencyError;

/// Refuses a chart whose declared dependencies are not all there. The error lists them.
pub(crate) fn check_present(chart: &ResolvedChart) -> Result<(), MissingDependencies> {
    let declared = chart.declared.iter().flatten();
    let names: Vec<String> = declared
        .map(|dependency| dependency.name.clone())
        .filter(|name| !chart.dependencies.iter().any(|sub| sub.name == *name))
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(MissingDependencies(names))
}

/// Applies aliases, tags, conditions and `import-values`, given the values of the user. There may be so many charts.
pub(crate) fn process(
    chart: &Arc<LoadedChart>,
    values: &Map,
    coalescer: &Coalescer<'_>,
    most: u64,
) -> Result<ResolvedChart, DependencyError> {
    let (charts, root) = Charts::of(chart, most);
    let mut process = Process { charts, coalescer };
    process.enable(root, values, "")?;
    process.import(root)?;
    process.charts.resolved(root)
}

struct Process<'a> {
    charts: Charts,
    coalescer: &'a Coalescer<'a>,
}

impl Process<'_> {
    /// Puts the declared dependencies in their order and under their aliases, and drops those that are switched off.
    fn enable(&mut self, chart: ChartId, values: &Map, path: &str) -> Result<(), DependencyError> {
        let Some(declared) = self.charts.declared(chart) else {
            return Ok(());
        };
        self.alias(chart, &declared)?;
        let tree = self.charts.resolved(chart)?;
        let all = self.coalescer.chart(&tree, values, Nulls::Remove)?;
        let off = self.switched_off(&declared, &all, path);
        let mut subcharts = self.charts.subcharts(chart);
        subcharts.retain(|sub| !off.iter().any(|off| off == self.charts.name(*sub)));
        let mut remaining = declared;
        remaining.retain(|id| !off.contains(&self.charts.dependency(*id).name));
        for sub in &subcharts {
            let path = format!("{path}{}.", self.charts.name(*sub));
            self.enable(*sub, &all, &path)?;
        }
        let remaining = (!remaining.is_empty()).then_some(remaining);
        self.charts.set_declared(chart, remaining);
        self.charts.set_subcharts(chart, subcharts);
        Ok(())
    }

    /// Gives a chart its subcharts: those that it does not declare, and a copy of each that it does.
    fn alias(&mut self, chart: ChartId, declared: &[DeclaredId]) -> Result<(), DependencyError> {
        let own_subcharts = self.coalescer.helm.row().major.copies_have_own_subcharts;
        let loaded = self.charts.subcharts(chart);
        let mut present = loaded.clone();
        present.retain(|sub| !declared.iter().any(|id| self.is_for(*id, *sub)));
        for id in declared {
            let dependency = Arc::clone(&self.charts.dependency(*id).dependency);
            let alias = dependency.alias.as_str();
            if let Some(sub) = loaded.iter().find(|sub| self.is_for(*id, **sub)) {
                present.push(self.charts.copy(*sub, alias, own_subcharts)?);
            }
            if !alias.is_empty() {
                alias.clone_into(&mut self.charts.dependency(*id).name);
            }
        }
        self.charts.set_subcharts(chart, present);
        Ok(())
    }

    /// Whether a chart is the one that is declared.
    fn is_for(&mut self, declared: DeclaredId, chart: ChartId) -> bool {
        let helm = self.coalescer.helm;
        let dependency = self.charts.dependency(declared);
        let (name, range) = (dependency.name.clone(), Arc::clone(&dependency.dependency));
        let version = self.charts.version(chart);
        name == self.charts.name(chart) && semver::satisfies(version, &range.version, helm)
    }

    /// The names of the dependencies that tags and conditions switch off.
    fn switched_off(&mut self, declared: &[DeclaredId], values: &Map, path: &str) -> Vec<String> {
        let log = self.coalescer.log;
        let tags = lookup::table(values, "tags").ok();
        for id in declared {
            let dependency = self.charts.dependency(*id);
            dependency.enabled = tags
                .as_ref()
                .is_none_or(|tags| switches::by_tags(dependency, tags, log));
        }
        let mut off = Vec::new();
        for id in declared {
            let dependency = self.charts.dependency(*id);
            if let Some(enabled) = switches::by_condition(dependency, values, path, log) {
                dependency.enabled = enabled;
            }
            if !dependency.enabled {
                off.push(dependency.name.clone());
            }
        }
        off
    }
}
