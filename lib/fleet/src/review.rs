//! [`review`]: what the checks of a catalog and of a fleet found, each cause once, without what is silenced, as bad as the
//! repository says.

use std::collections::{BTreeMap, BTreeSet};

use homescale_catalog::{Catalog, Review, Silences};
use homescale_fileset::FileSet;
use homescale_located::{Diagnostic, Diagnostics};

use crate::check::Checked;
use crate::config::Config;
use crate::rules::{SHARED, all_rules};

/// The rules of a catalog and of a fleet under which the same cause is found, where both tell of one file. Of what a catalog
/// calls an error, what comes of it in the same file is not told in any case.
const SAME_CAUSE: &[(&str, &str)] = &[
    ("duplicate-release", "object-twice"),
    ("no-chart", "chart"),
    ("other-cluster", "application-twice"),
];

/// What there is to review.
pub struct ReviewInputs<'a> {
    /// The files of the repository.
    pub files: &'a FileSet,
    /// Its catalog, if it has one.
    pub catalog: Option<&'a Catalog>,
    /// What was found in its fleet, if that was looked at.
    pub checked: Option<&'a Checked>,
    /// What `homescale.yaml` says.
    pub config: &'a Config,
    /// Whether all Applications were looked at; else, of what the catalog's check says, only what concerns those is told.
    pub is_all: bool,
}

/// What the checks of a catalog and of a fleet found: first of all what is wrong in the files of the catalog. Of one cause, what
/// the catalog's check says stands alone, because it knows the line.
pub fn review(inputs: &ReviewInputs<'_>) -> Review {
    let rules = all_rules();
    let of_catalog = inputs.catalog.map(Catalog::findings).unwrap_or_default();
    let told = Told::of(&of_catalog, inputs.catalog);
    let checked = inputs.checked;
    let of_fleet = checked.into_iter().flat_map(|checked| &checked.findings);
    let of_fleet = of_fleet.filter(|finding| !told.has(finding)).cloned();
    let of_config = inputs.config.check_rules(&rules).into_iter();
    let of_config = of_config.chain(inputs.config.notes.iter().cloned());
    let of_both = of_catalog.iter().cloned().chain(of_fleet).chain(of_config);
    let found = Diagnostics::new(of_both.collect());
    let of_fleet: BTreeSet<&str> = crate::RULES.iter().map(|rule| rule.name).collect();
    let silences = Silences {
        files: inputs.files,
        catalog: inputs.catalog,
        rules: &rules,
        is_complete: &|rule| {
            let is_of_both = SHARED.iter().any(|shared| shared.name == rule);
            inputs.is_all || !(of_fleet.contains(rule) || is_of_both)
        },
    };
    let mut review = silences.apply(found);
    let said = review.findings.into_iter();
    let said = said.filter(|finding| inputs.is_all || inputs.concerns(finding));
    let said = said.filter_map(|finding| as_configured(finding, inputs.config));
    review.findings = Diagnostics::new(said.collect());
    review
}

impl ReviewInputs<'_> {
    /// Whether a finding is about Applications that were looked at, or about all.
    fn concerns(&self, finding: &Diagnostic) -> bool {
        let (Some(checked), Some(_)) = (self.checked, self.catalog) else {
            return true;
        };
        let is_of = |directory: &str, known: &dyn Fn(&str) -> bool| {
            let inside = finding.file.strip_prefix(directory);
            let name = inside.and_then(|inside| inside.split_once('/'));
            name.is_none_or(|(name, _)| known(name))
        };
        let is_cluster = |name: &str| checked.clusters.contains(name);
        let clusters = &finding.clusters;
        is_of("clusters/", &is_cluster)
            && is_of("apps/", &|name| {
                name == "templates" || checked.apps.contains(&format!("apps/{name}/app.yaml"))
            })
            && (clusters.is_empty() || clusters.iter().any(|name| is_cluster(name)))
    }
}

/// A finding with the severity that `homescale.yaml` gives its rule; none if it is off.
fn as_configured(mut finding: Diagnostic, config: &Config) -> Option<Diagnostic> {
    if let Some(said) = config.severities.get(finding.rule) {
        finding.severity = said.severity?;
    }
    Some(finding)
}

/// What the check of a catalog has told.
struct Told<'d> {
    /// By file, the rules.
    by_file: BTreeMap<&'d str, BTreeSet<&'d str>>,
    /// The files in which something is an error.
    wrong: BTreeSet<&'d str>,
    /// The catalog, if something in it is so wrong that it cannot be rendered.
    broken: Option<&'d Catalog>,
}

impl<'d> Told<'d> {
    fn of(found: &'d Diagnostics, catalog: Option<&'d Catalog>) -> Self {
        let mut by_file: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for finding in found {
            let rules = by_file.entry(&finding.file).or_default();
            rules.insert(finding.rule);
        }
        let errors = found.iter().filter(|finding| finding.is_error());
        Self {
            by_file,
            wrong: errors.map(|finding| finding.file.as_str()).collect(),
            broken: catalog.filter(|_| found.has_errors()),
        }
    }

    /// Whether the cause of what is found in a fleet has been told.
    fn has(&self, finding: &Diagnostic) -> bool {
        let file = finding.file.as_str();
        // That the catalog's own Application fails comes of it.
        if self
            .broken
            .is_some_and(|catalog| is_of_chart(file, catalog))
        {
            return true;
        }
        if finding.is_error() && !file.is_empty() && self.wrong.contains(file) {
            return true;
        }
        // That there is no chart is about no file.
        let of_none = self.by_file.get("").into_iter();
        let told: Vec<_> = of_none.chain(self.by_file.get(file)).collect();
        let mut same = SAME_CAUSE.iter();
        same.any(|(of_catalog, of_fleet)| {
            *of_fleet == finding.rule && told.iter().any(|told| told.contains(of_catalog))
        })
    }
}

/// Whether a file is one by which a catalog is rendered: of its chart, or the bootstrap file of a cluster.
fn is_of_chart(file: &str, catalog: &Catalog) -> bool {
    let mut clusters = catalog.clusters();
    file.starts_with("apps/templates/")
        || matches!(file, "apps/Chart.yaml" | "apps/values.yaml")
        || clusters.any(|cluster| cluster.file() == file)
}
