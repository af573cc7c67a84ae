//! [`NotRendered`]: what Argo CD would render, and this library does not.

use std::fmt;

use homescale_chart::MissingDependency;
use homescale_fileset::printable;

/// Why a source is not rendered, though nothing is known to be wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotRendered {
    /// The chart is in a repository of charts, or in a registry.
    ChartRepository {
        /// The address of the repository.
        repo_url: String,
        /// The chart.
        chart: String,
        /// The version, or a range of them.
        version: String,
    },
    /// The source is in an OCI registry.
    Oci {
        /// The address.
        repo_url: String,
        /// The tag or digest.
        revision: String,
    },
    /// The repository is not at hand.
    Repository {
        /// The address.
        repo_url: String,
        /// The branch, tag or commit.
        revision: String,
    },
    /// Charts that this chart depends on are not at hand.
    Dependencies {
        /// The directory of the chart.
        path: String,
        /// The charts that are missing.
        missing: Vec<MissingDependency>,
    },
    /// A value file is at this address.
    ValueFile(String),
    /// It takes Kustomize, and no program is configured.
    Kustomize,
    /// It takes a Kustomize of this version, and the program is said to be of another, or of none.
    KustomizeVersion(String),
    /// Kustomize would download something, and may not.
    KustomizeRemote {
        /// The file of the kustomization.
        file: String,
        /// What it names.
        address: String,
    },
    /// This file makes Kustomize run Helm, which may download, and may not.
    KustomizeHelm(String),
    /// It takes Jsonnet: the first file.
    Jsonnet(String),
    /// It takes another config management plugin; the name is empty where Argo CD is to find out which.
    Plugin(String),
}

impl NotRendered {
    /// What kind of reason it is, in a few words: for a summary.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::ChartRepository { .. } => "chart must be downloaded",
            Self::Oci { .. } => "OCI artifact must be downloaded",
            Self::Repository { .. } => "other repository",
            Self::Dependencies { .. } => "dependencies must be downloaded",
            Self::ValueFile(_) => "value file must be downloaded",
            Self::Kustomize => "Kustomize",
            Self::KustomizeVersion(_) => "another version of Kustomize",
            Self::KustomizeRemote { .. } => "Kustomize must download",
            Self::KustomizeHelm(_) => "Kustomize with charts",
            Self::Jsonnet(_) => "Jsonnet",
            Self::Plugin(_) => "config management plugin",
        }
    }

    /// What to do about it, with the command where one does.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::ChartRepository {
                repo_url,
                chart,
                version,
            } => {
                let (repo_url, chart) = (printable(repo_url), printable(chart));
                let version = match version.as_str() {
                    "" => String::new(),
                    version => format!(" --version '{}'", printable(version)),
                };
                match repo_url.strip_prefix("oci://") {
                    Some(rest) => format!("helm pull oci://{rest}/{chart}{version}"),
                    None if repo_url.contains("://") => {
                        format!("helm pull {chart} --repo {repo_url}{version}")
                    }
                    // Without a scheme, Argo CD takes it for a registry.
                    None => format!("helm pull oci://{repo_url}/{chart}{version}"),
                }
            }
            Self::Oci { repo_url, revision } => {
                let (repo_url, revision) = (printable(repo_url), printable(revision));
                format!("helm pull {repo_url} --version '{revision}'")
            }
            Self::Repository { repo_url, .. } => format!("git clone {}", printable(repo_url)),
            Self::Dependencies { path, .. } => {
                let path = if path.is_empty() { "." } else { path };
                format!("helm dependency build {}", printable(path))
            }
            Self::ValueFile(url) => format!("curl -O {}", printable(url)),
            Self::Kustomize => {
                "--kustomize kustomize, or `kustomize: {program: kustomize}` in homescale.yaml"
                    .to_owned()
            }
            Self::KustomizeVersion(version) => format!(
                "`kustomize: {{version: \"{}\"}}` in homescale.yaml, with that program",
                printable(version.strip_prefix('v').unwrap_or(version))
            ),
            Self::KustomizeRemote { .. } | Self::KustomizeHelm(_) => {
                "`kustomize: {network: true}` in homescale.yaml".to_owned()
            }
            Self::Jsonnet(_) | Self::Plugin(_) => return None,
        })
    }
}

impl fmt::Display for NotRendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChartRepository {
                repo_url,
                chart,
                version,
            } => write!(
                f,
                "the chart {} {} of {} must be downloaded",
                printable(chart),
                printable(version),
                printable(repo_url)
            ),
            Self::Oci { repo_url, .. } => {
                write!(f, "{} must be downloaded", printable(repo_url))
            }
            Self::Repository { repo_url, .. } => {
                write!(f, "the repository {} is not at hand", printable(repo_url))
            }
            Self::Dependencies { path, missing } => {
                let missing: Vec<String> = missing.iter().map(shown).collect();
                write!(
                    f,
                    "{}: dependencies are not in charts/, and must be downloaded: {}",
                    printable(path),
                    missing.join(", ")
                )
            }
            Self::ValueFile(url) => {
                write!(f, "the value file {} must be downloaded", printable(url))
            }
            Self::Kustomize => write!(f, "Kustomize is not configured"),
            Self::KustomizeVersion(version) => write!(
                f,
                "the source takes Kustomize {}, which is not the version in homescale.yaml",
                printable(version)
            ),
            Self::KustomizeRemote { file, address } => write!(
                f,
                "{}: Kustomize must download {}",
                printable(file),
                printable(address)
            ),
            Self::KustomizeHelm(file) => write!(
                f,
                "{}: Kustomize runs Helm, which may have to download charts",
                printable(file)
            ),
            Self::Jsonnet(file) => {
                write!(f, "{}: Jsonnet is not evaluated", printable(file))
            }
            Self::Plugin(name) if name.is_empty() => {
                write!(f, "which plugin renders it, only Argo CD finds out")
            }
            Self::Plugin(name) => {
                write!(f, "the plugin `{}` is not run", printable(name))
            }
        }
    }
}

/// A chart that is missing, in words.
fn shown(missing: &MissingDependency) -> String {
    let (name, version) = (printable(&missing.name), printable(&missing.version));
    match missing.repository.as_str() {
        "" => format!("{name} {version}"),
        repository => format!("{name} {version} of {}", printable(repository)),
    }
}
