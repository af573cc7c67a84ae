//! [`References`]: the other sources of an Application, by what they are called in `$NAME/values.yaml`
//! (`util/argo`, `GetRefSources`; `runManifestGenAsync`).

use std::collections::BTreeMap;

use homescale_fileset::FileSet;

use super::error::SourceError;
use super::failure::SourceFailure;
use super::inputs::InputPath;
use super::not_rendered::NotRendered;
use super::place::Place;
use super::request::SourceRequest;
use crate::application::Source;
use crate::helm_source::HelmSource;
use crate::repository_url::is_same_repository;
use crate::value_files::{FilePath, Reach};
use crate::version::ArgoCdVersion;

/// The first Argo CD for which an only source may name itself.
const ONE_SOURCE: ArgoCdVersion = ArgoCdVersion::new(3, 5);

/// Sources that others name.
#[derive(Default)]
pub(super) struct References<'a> {
    /// By their `ref`, those of which the source names files: with the files of their repositories.
    known: BTreeMap<&'a str, (&'a Source, &'a FileSet)>,
}

impl<'a> References<'a> {
    /// The sources of which a source names files.
    ///
    /// # Errors
    /// A `ref` is malformed or there twice; or the source names one that there is not, or whose files are not at hand.
    pub(super) fn of(request: &SourceRequest<'a>, helm: &HelmSource) -> Result<Self, SourceError> {
        let application = request.application;
        let mut all: BTreeMap<&str, &Source> = BTreeMap::new();
        let sources = &application.sources;
        let is_looked_at = sources.len() > 1 || request.argocd >= ONE_SOURCE;
        for source in sources.iter().filter(|_| is_looked_at) {
            let name = source.reference.as_str();
            if name.is_empty() {
                continue;
            }
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            if !name.chars().all(is_allowed) {
                return Err(SourceFailure::ReferenceName(name.to_owned()).into());
            }
            if all.insert(name, source).is_some() {
                return Err(SourceFailure::ReferenceTwice(name.to_owned()).into());
            }
        }
        let mut known: BTreeMap<&str, (&Source, &FileSet)> = BTreeMap::new();
        for named in named(helm) {
            let Some((name, source)) = all.get_key_value(&named[1..]) else {
                // In a single source, Argo CD takes it for a variable.
                if application.has_multiple_sources {
                    return Err(unknown(named, &all).into());
                }
                continue;
            };
            if !source.chart.is_empty() {
                return Err(SourceFailure::ReferenceToChart(named.to_owned()).into());
            }
            let mut others = known.iter();
            let differs = |other: &Source| {
                is_same_repository(&other.repo_url, &source.repo_url)
                    && other.target_revision != source.target_revision
            };
            if let Some((other, _)) = others.find(|(_, (other, _))| differs(other)) {
                return Err(SourceFailure::ReferenceRevisions {
                    names: [(*other).to_owned(), (*name).to_owned()],
                }
                .into());
            }
            let (repo_url, revision) = (&source.repo_url, &source.target_revision);
            let files = request.repositories.files(repo_url, revision);
            let files = files.map_err(|_| NotRendered::Repository {
                repo_url: repo_url.clone(),
                revision: revision.clone(),
            })?;
            known.insert(name, (source, files));
        }
        Ok(Self { known })
    }

    /// The two parts of a name when its first segment is that of a source: `$values` and `/a.yaml`.
    pub(super) fn split<'n>(&self, name: &'n str) -> Option<(&'n str, &'n str)> {
        let end = name.find('/').unwrap_or(name.len());
        let (first, rest) = name.split_at(end);
        let is_known = self.known.contains_key(first.strip_prefix('$')?);
        is_known.then_some((first, rest))
    }

    /// All files that the source in a directory of a repository can name.
    pub(super) fn reach<'r>(&'r self, directory: &'r str, files: &'r FileSet) -> Reach<'r> {
        let mut reach = Reach::own(directory, files);
        for (name, (_, files)) in &self.known {
            reach.add(name, files);
        }
        reach
    }

    /// A path that has been reached as an input.
    pub(super) fn input(&self, place: &Place<'_>, reach: &Reach<'_>, file: &FilePath) -> InputPath {
        let files = reach.files(file);
        let mut others = self.known.values();
        let other = others.find(|(_, others)| std::ptr::eq(*others, files));
        match other.filter(|_| file.repository > 0) {
            Some((source, _)) => InputPath {
                repo_url: source.repo_url.clone(),
                revision: source.target_revision.clone(),
                path: file.path.clone(),
            },
            None => place.input(&file.path),
        }
    }
}

/// The first segments of the names that begin with `$`.
fn named(helm: &HelmSource) -> impl Iterator<Item = &str> {
    let files = helm.value_files.iter();
    let parameters = helm.file_parameters.iter();
    let all = files.chain(parameters.map(|parameter| &parameter.path));
    let named = all.filter(|name| name.starts_with('$'));
    named.map(|name| name.split('/').next().unwrap_or(name))
}

fn unknown(name: &str, all: &BTreeMap<&str, &Source>) -> SourceFailure {
    SourceFailure::UnknownReference {
        name: name.to_owned(),
        known: all.keys().map(|known| format!("${known}")).collect(),
    }
}
