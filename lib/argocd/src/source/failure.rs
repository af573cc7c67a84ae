//! [`SourceFailure`]: what is wrong with a source.

use std::fmt;

use homescale_chart::BuildError;
use homescale_fileset::{ReadError, printable};
use homescale_located::{Diagnostic, Diagnostics};

use super::kind::SourceKind;
use super::kustomize::KustomizeError;
use super::override_error::OverrideError;
use super::tools::ToolError;
use crate::bundled_helm::UnknownArgoCd;
use crate::manifest_error::ManifestError;
use crate::no_manifests::NoManifests;
use crate::request::RequestError;

/// What is wrong with a source: Argo CD would show an error, too.
#[derive(Debug)]
#[non_exhaustive]
pub enum SourceFailure {
    /// The Application has no source of this number.
    NoSource(usize),
    /// This file does not override a part of the source.
    Override(String, OverrideError),
    /// The source says things for several tools.
    SeveralKinds(Vec<SourceKind>),
    /// The path of the source is absolute.
    AbsolutePath(String),
    /// The path of the source leads out of the repository.
    OutsidePath(String),
    /// There is nothing at the path of the source.
    NoDirectory(String),
    /// There is a file at the path of the source.
    NoDirectoryButFile(String),
    /// `$NAME/…` names a source that there is not; these there are.
    UnknownReference {
        /// What the source says.
        name: String,
        /// What sources of the Application are called.
        known: Vec<String>,
    },
    /// `$NAME/…` names a source that is a chart of a repository of charts.
    ReferenceToChart(String),
    /// Two sources have this `ref`.
    ReferenceTwice(String),
    /// This `ref` has other characters than letters, digits, `_` and `-`.
    ReferenceName(String),
    /// Two names are of one repository, at different revisions.
    ReferenceRevisions {
        /// The names.
        names: [String; 2],
    },
    /// The Helm of this Argo CD is not known.
    ArgoCd(UnknownArgoCd),
    /// This is no version of Helm that the Argo CD has.
    HelmVersion(String),
    /// This is no version of Kubernetes.
    KubeVersion(String),
    /// The chart has no manifests.
    Chart(ManifestError),
    /// The dependencies of the chart in this directory cannot be built.
    Dependencies(String, BuildError),
    /// The parameters of our plugin are malformed.
    Parameters(Diagnostics),
    /// What is asked of our plugin is wrong.
    Plugin(RequestError),
    /// Our plugin has no manifests, which it takes for an error.
    Empty(NoManifests),
    /// A file of a directory is no manifest, though it looks like one.
    Manifest(Box<Diagnostic>),
    /// A file cannot be read.
    Unreadable(ReadError),
    /// The files of a directory are larger together than Argo CD reads: so many bytes.
    TooLarge(u64),
    /// What the source says for Kustomize is wrong, or its kustomization.
    Kustomize(KustomizeError),
    /// A program failed.
    Tool(ToolError),
}

impl SourceFailure {
    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::SeveralKinds(_) => Some("keep one of them".to_owned()),
            Self::UnknownReference { known, .. } if known.is_empty() => Some(
                "add a source with `ref: NAME` to `spec.sources`, and write `$NAME/PATH`"
                    .to_owned(),
            ),
            Self::Chart(error) => error.hint().map(str::to_owned),
            Self::Empty(error) => Some(error.hint().to_owned()),
            Self::Manifest(diagnostic) => diagnostic.hint.clone(),
            Self::Tool(error) => error.hint().map(str::to_owned),
            _ => None,
        }
    }
}

impl fmt::Display for SourceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSource(index) => write!(f, "the Application has no source {}", index + 1),
            Self::Override(file, error) => write!(f, "{}: {error}", printable(file)),
            Self::SeveralKinds(kinds) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                let kinds = kinds.join(", ");
                write!(f, "the source has settings for several tools: {kinds}")
            }
            Self::AbsolutePath(path) => write!(
                f,
                "the path `{}` of the source is absolute; it must be relative to the repository",
                printable(path)
            ),
            Self::OutsidePath(path) => write!(
                f,
                "the path `{}` of the source leads out of the repository",
                printable(path)
            ),
            Self::NoDirectory(path) => {
                write!(f, "{}: there is no such directory", printable(path))
            }
            Self::NoDirectoryButFile(path) => write!(
                f,
                "{}: it is a file; the path of a source must be a directory",
                printable(path)
            ),
            Self::UnknownReference { name, known } if known.is_empty() => write!(
                f,
                "`{}` names another source, but none has a `ref`",
                printable(name)
            ),
            Self::UnknownReference { name, known } => write!(
                f,
                "`{}` names none of the sources with a `ref`: {}",
                printable(name),
                printable(&known.join(", "))
            ),
            Self::ReferenceToChart(name) => write!(
                f,
                "`{}` names a source with a `chart`, from which Argo CD reads no files",
                printable(name)
            ),
            Self::ReferenceTwice(name) => {
                write!(f, "two sources have `ref: {}`", printable(name))
            }
            Self::ReferenceName(name) => write!(
                f,
                "`ref: {}` has other characters than letters, digits, `_` and `-`",
                printable(name)
            ),
            Self::ReferenceRevisions {
                names: [one, other],
            } => write!(
                f,
                "`${}` and `${}` are one repository at two revisions, which Argo CD refuses",
                printable(one),
                printable(other)
            ),
            Self::ArgoCd(error) => error.fmt(f),
            Self::HelmVersion(version) => write!(
                f,
                "`helm.version` is `{}`, which Argo CD refuses; leave it out",
                printable(version)
            ),
            Self::KubeVersion(version) => write!(
                f,
                "`{}` is not a version of Kubernetes, such as 1.34.2",
                printable(version)
            ),
            Self::Chart(error) => error.fmt(f),
            Self::Dependencies(path, error) => write!(f, "{}: {error}", printable(path)),
            Self::Parameters(found) => found.fmt(f),
            Self::Plugin(error) => error.fmt(f),
            Self::Empty(error) => error.fmt(f),
            Self::Manifest(diagnostic) => diagnostic.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
            Self::TooLarge(most) => write!(
                f,
                "the manifests of the directory are larger than {most} bytes together, which is all that Argo CD reads"
            ),
            Self::Kustomize(error) => error.fmt(f),
            Self::Tool(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SourceFailure {}
