//! [`UsedCharts`]: the charts of a fleet, and which Applications use each. Nothing is rendered for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use homescale_argocd::{
    ManifestError, Repositories, Source, SourceError, SourceKind, normalize, prepare_source,
};
use homescale_chart::{Chart, ChartDependency};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_template::parallel;

use crate::fleet::Fleet;
use crate::found::Found;

/// Where a chart is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChartPlace {
    /// In a directory of the repository that is looked at; empty for its root.
    Directory(String),
    /// In a directory of another repository that is at hand.
    Elsewhere {
        /// The address of the repository.
        repo_url: String,
        /// The directory in it.
        path: String,
    },
    /// In a repository of charts, with this address.
    Repository(String),
    /// In a registry, with this address: `oci://…`.
    Oci(String),
}

/// A chart, and who uses it. Of one that must be downloaded, only what the Applications say is known.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UsedChart<'f> {
    /// Its name.
    pub name: String,
    /// Its version; of one that must be downloaded, perhaps a range.
    pub version: String,
    /// `appVersion` of Chart.yaml, where it is at hand.
    pub app_version: String,
    /// Where it is.
    pub place: ChartPlace,
    /// The charts that it needs, where it is at hand.
    pub dependencies: Vec<ChartDependency>,
    /// The Applications that use it, in the order of the fleet.
    pub users: Vec<&'f Found>,
}

/// The charts of Applications.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct UsedCharts<'f> {
    /// The charts, by name, version and place.
    pub charts: Vec<UsedChart<'f>>,
    /// The Applications of which a source cannot be looked into, each with the reason.
    pub unknown: Vec<(&'f Found, Unknown)>,
}

/// Why it is not known which chart a source is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Unknown {
    /// The source is wrong, or not at hand.
    Source(Arc<SourceError>),
    /// The chart cannot be loaded.
    Chart(Arc<ManifestError>),
}

impl Unknown {
    /// Whether nothing is wrong with the source, but it is not at hand.
    pub fn is_only_not_at_hand(&self) -> bool {
        matches!(self, Self::Source(error) if matches!(**error, SourceError::NotRendered(_)))
    }

    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.hint(),
            Self::Chart(error) => error.hint().map(str::to_owned),
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Chart(error) => error.fmt(f),
        }
    }
}

/// Which chart a source names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    /// One that is at hand: the address of the repository, the revision, and the directory.
    AtHand(String, String, String),
    /// One that must be downloaded: its name, its version, and where it is.
    Downloaded(String, String, ChartPlace),
}

/// A chart that is at hand, or why it cannot be loaded.
type Loaded = Result<Chart, Arc<ManifestError>>;

impl Fleet<'_> {
    /// The charts that Applications use.
    pub fn charts<'f>(&'f self, selected: &[&'f Found]) -> UsedCharts<'f> {
        let threads = self.inputs.threads;
        let named = parallel::each(selected, threads, |found| {
            self.named(found).map_err(Arc::new)
        });
        let all: BTreeSet<&Named> = named.iter().flatten().flatten().collect();
        let all: Vec<&Named> = all.into_iter().collect();
        let loaded = parallel::each(&all, threads, |named| self.load(named));
        let loaded: BTreeMap<&Named, Loaded> = all
            .into_iter()
            .zip(loaded)
            .filter_map(|(named, loaded)| Some((named, loaded?)))
            .collect();
        let mut used = BTreeMap::new();
        let mut unknown = Vec::new();
        for (found, named) in selected.iter().zip(&named) {
            let named = match named {
                Ok(named) => named,
                Err(error) => {
                    unknown.push((*found, Unknown::Source(Arc::clone(error))));
                    continue;
                }
            };
            for named in named {
                match self.used(named, loaded.get(named)) {
                    Ok(chart) => add(&mut used, chart, found),
                    Err(error) => unknown.push((*found, Unknown::Chart(error))),
                }
            }
        }
        UsedCharts {
            charts: used.into_values().collect(),
            unknown,
        }
    }

    /// The charts that an Application names, each once.
    fn named(&self, found: &Found) -> Result<BTreeSet<Named>, SourceError> {
        let sources = found.application.sources.iter().enumerate();
        let named = sources.map(|(index, source)| self.named_by(found, index, source));
        let named: Result<Vec<_>, _> = named.collect();
        Ok(named?.into_iter().flatten().collect())
    }

    fn named_by(
        &self,
        found: &Found,
        index: usize,
        source: &Source,
    ) -> Result<Option<Named>, SourceError> {
        if !source.chart.is_empty() || source.is_oci() {
            return Ok(Some(Named::downloaded(source)));
        }
        let options = self.options(found);
        let prepared = prepare_source(&self.request(found, index, &options));
        match prepared.kind {
            Some(SourceKind::Helm | SourceKind::Plugin) => {}
            Some(_) => return Ok(None),
            // What it is is not known, because it is not there: that is all that comes of it.
            None => {
                let outcome = prepared.render(Rc::new(FixedHost::default())).outcome;
                return outcome.map(|_| None);
            }
        }
        let directory = normalize(&source.path).unwrap_or_default();
        let (repo_url, revision) = (source.repo_url.clone(), source.target_revision.clone());
        let named = Named::AtHand(repo_url, revision, directory);
        // Another plugin may make something else of its directory.
        let is_chart =
            prepared.kind == Some(SourceKind::Helm) || self.files(&named).is_some_and(has_chart);
        Ok(is_chart.then_some(named))
    }

    /// The files of a chart that is at hand.
    fn files(&self, named: &Named) -> Option<FileSet> {
        let Named::AtHand(repo_url, revision, directory) = named else {
            return None;
        };
        let files = self.inputs.checkouts.files(repo_url, revision).ok()?;
        Some(match directory.as_str() {
            "" => files.clone(),
            directory => files.subtree(directory),
        })
    }

    /// Loads a chart that is at hand, as it is there: nothing is put into its `charts/`.
    fn load(&self, named: &Named) -> Option<Loaded> {
        let files = self.files(named)?;
        let Named::AtHand(_, _, directory) = named else {
            return None;
        };
        if !has_chart(files.clone()) {
            return Some(Err(ManifestError::NoChart(directory.clone()).into()));
        }
        let chart = Chart::load(&files);
        Some(chart.map_err(|error| ManifestError::Chart(directory.clone(), error).into()))
    }

    fn used<'f>(
        &self,
        named: &Named,
        loaded: Option<&Loaded>,
    ) -> Result<UsedChart<'f>, Arc<ManifestError>> {
        let (name, version, app_version, place, dependencies) = match (named, loaded) {
            (Named::Downloaded(name, version, place), _) => (
                name.as_str(),
                version.as_str(),
                "",
                place.clone(),
                Vec::new(),
            ),
            (Named::AtHand(repo_url, _, directory), Some(Ok(chart))) => {
                let path = directory.clone();
                let place = if self.inputs.checkouts.is_own(repo_url) {
                    ChartPlace::Directory(path)
                } else {
                    let repo_url = repo_url.clone();
                    ChartPlace::Elsewhere { repo_url, path }
                };
                let dependencies = chart.dependencies();
                (
                    chart.name(),
                    chart.version(),
                    chart.app_version(),
                    place,
                    dependencies,
                )
            }
            (_, Some(Err(error))) => return Err(Arc::clone(error)),
            (Named::AtHand(_, _, directory), None) => {
                return Err(ManifestError::NoChart(directory.clone()).into());
            }
        };
        Ok(UsedChart {
            name: name.to_owned(),
            version: version.to_owned(),
            app_version: app_version.to_owned(),
            place,
            dependencies,
            users: Vec::new(),
        })
    }
}

/// Adds a chart that an Application uses.
fn add<'f>(
    used: &mut BTreeMap<(String, String, ChartPlace), UsedChart<'f>>,
    chart: UsedChart<'f>,
    user: &'f Found,
) {
    let key = (
        chart.name.clone(),
        chart.version.clone(),
        chart.place.clone(),
    );
    let chart = used.entry(key).or_insert(chart);
    // Two addresses can be those of one repository.
    if !chart
        .users
        .last()
        .is_some_and(|last| std::ptr::eq(*last, user))
    {
        chart.users.push(user);
    }
}

fn has_chart(files: FileSet) -> bool {
    files.contains("Chart.yaml")
}

impl Named {
    /// A chart that must be downloaded.
    fn downloaded(source: &Source) -> Self {
        let url = source.repo_url.trim_end_matches('/');
        let version = source.target_revision.clone();
        if source.chart.is_empty() {
            let name = url.rsplit('/').next().unwrap_or(url).to_owned();
            return Self::Downloaded(name, version, ChartPlace::Oci(url.to_owned()));
        }
        let place = if source.is_oci() {
            ChartPlace::Oci(url.to_owned())
        } else if url.contains("://") {
            ChartPlace::Repository(url.to_owned())
        } else {
            // Without a scheme, Argo CD takes it for a registry.
            ChartPlace::Oci(format!("oci://{url}"))
        };
        Self::Downloaded(source.chart.clone(), version, place)
    }
}
