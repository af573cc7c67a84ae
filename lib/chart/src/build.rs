//! `helm dependency build`, as far as it needs no network: dependencies in directories beside a chart
//! (Helm's packages `downloader` and `resolver`).

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_value::{Str, Value};
use homescale_yaml::json;
use sha2::{Digest as _, Sha256};

use crate::chart::{Chart, MissingDependency};
use crate::error::Error;
use crate::helm_version::HelmVersion;
use crate::metadata::{Decoder, Dependency, Draft, Lock};
use crate::semver;

/// How the address of a dependency in a directory begins.
const LOCAL: &str = "file://";

/// Why the dependencies of a chart cannot be built.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The chart cannot be loaded.
    Load(Error),
    /// These must be downloaded.
    Download(Vec<MissingDependency>),
    /// A dependency, of this name, cannot be loaded.
    Dependency(String, Error),
    /// There is nothing in the directory of a dependency, or it is outside of the tree.
    NoDirectory {
        /// The name of the dependency.
        name: String,
        /// Where it is said to be.
        repository: String,
    },
    /// A dependency has another version than the one that is asked for.
    Version {
        /// The name of the dependency.
        name: String,
        /// The version that is asked for.
        wanted: String,
        /// The version that is there.
        found: String,
    },
    /// The lock file is not that of the dependencies: its name, and that of the file with the dependencies.
    OutOfSync(&'static str, &'static str),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => f.write_str(&error.message()),
            Self::Download(missing) => {
                let names: Vec<&str> = missing.iter().map(|it| it.name.as_str()).collect();
                write!(f, "dependencies must be downloaded: {}", names.join(", "))
            }
            Self::Dependency(name, error) => {
                write!(f, "the dependency {name}: {}", error.message())
            }
            Self::NoDirectory { name, repository } => write!(
                f,
                "the dependency {name}: there is no chart at {repository}"
            ),
            Self::Version {
                name,
                wanted,
                found,
            } => write!(
                f,
                "the dependency {name} has the version {found}; expected {wanted}"
            ),
            Self::OutOfSync(lock, declared) => write!(
                f,
                "{lock} is out of sync with the dependencies in {declared}; run `helm dependency update`"
            ),
        }
    }
}

impl std::error::Error for BuildError {}

impl Chart {
    /// Loads the chart in a directory of a tree. Dependencies that are not in its `charts/` are put there, as `helm dependency
    /// build` does it, where all of them are in directories of the tree.
    ///
    /// ```
    /// use homescale_chart::{Chart, HelmVersion};
    /// use homescale_fileset::FileSet;
    ///
    /// let mut tree = FileSet::new();
    /// let dependencies = "dependencies: [{name: lib, version: 1.x, repository: 'file://../lib'}]";
    /// let web = format!("apiVersion: v2\nname: web\nversion: 1.0.0\n{dependencies}\n");
    /// tree.insert("charts/web/Chart.yaml", web.into_bytes())?;
    /// tree.insert("charts/lib/Chart.yaml", *b"apiVersion: v2\nname: lib\nversion: 1.2.0\n")?;
    /// let chart = Chart::load_built(&tree, "charts/web", HelmVersion::default())?;
    /// assert!(chart.missing_dependencies().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The chart cannot be loaded, a dependency must be downloaded, or Helm would not build the dependencies.
    pub fn load_built(
        tree: &FileSet,
        directory: &str,
        helm: HelmVersion,
    ) -> Result<Self, BuildError> {
        let files = subtree(tree, directory);
        let chart = Self::load_as(&files, helm).map_err(BuildError::Load)?;
        let missing = chart.missing_dependencies();
        if missing.is_empty() {
            return Ok(chart);
        }
        let build = Build {
            tree,
            directory,
            files: &files,
            helm,
        };
        let (built, kept) = build.all(&chart.declared())?;
        let (files, archives) = build.packed(built, &kept)?;
        Self::with_archives(files, archives, helm).map_err(BuildError::Load)
    }
}

/// The directories of a tree from which [`Chart::load_built`] takes dependencies of the chart in this directory.
pub fn local_dependencies(tree: &FileSet, directory: &str) -> Vec<String> {
    let files = subtree(tree, directory);
    let mut draft = Draft::default();
    for name in ["Chart.yaml", "requirements.yaml"] {
        if let Ok(Some(text)) = files.get(name) {
            // What is wrong with it, loading the chart will say.
            let _ = Decoder::read(text, &mut draft, HelmVersion::default());
        }
    }
    let present = files.entries("charts");
    let is_present = |name: &str| {
        let is_it = |entry: &str| {
            entry
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        present.iter().any(|(entry, _)| is_it(entry))
    };
    let declared: Vec<Dependency> = draft.dependencies.into_iter().flatten().flatten().collect();
    if declared.iter().all(|it| is_present(&it.name)) {
        return Vec::new();
    }
    let local = declared
        .iter()
        .filter_map(|it| it.repository.strip_prefix(LOCAL));
    local.filter_map(|path| joined(directory, path)).collect()
}

/// A build in progress.
struct Build<'a> {
    tree: &'a FileSet,
    directory: &'a str,
    files: &'a FileSet,
    helm: HelmVersion,
}

/// A dependency that has been found: its chart, and the files of it.
struct Built {
    chart: Chart,
    files: FileSet,
}

impl Build<'_> {
    /// The dependencies that are put into `charts/`, and the names of those that are kept there.
    fn all(&self, declared: &[Dependency]) -> Result<(Vec<Built>, Vec<String>), BuildError> {
        let lock = self.lock()?;
        let remote: Vec<MissingDependency> = (declared.iter())
            .filter(|it| !it.repository.is_empty() && !it.repository.starts_with(LOCAL))
            .map(MissingDependency::of)
            .collect();
        if let Some((name, lock)) = lock.as_ref().filter(|_| remote.is_empty()) {
            self.check_lock(name, lock, declared)?;
        }
        let locked: Vec<Dependency> = match lock {
            Some((_, lock)) => lock.dependencies.into_iter().flatten().flatten().collect(),
            None => declared.to_vec(),
        };
        let (mut built, mut kept) = (Vec::new(), Vec::new());
        for dependency in &locked {
            if dependency.repository.is_empty() {
                self.find(dependency, &format!("charts/{}", dependency.name))?;
                kept.push(dependency.name.clone());
            } else if let Some(path) = dependency.repository.strip_prefix(LOCAL) {
                built.push(self.find(dependency, path)?);
            }
        }
        if remote.is_empty() {
            Ok((built, kept))
        } else {
            Err(BuildError::Download(remote))
        }
    }

    /// A dependency, in a directory that is relative to the chart.
    fn find(&self, dependency: &Dependency, path: &str) -> Result<Built, BuildError> {
        let name = dependency.name.clone();
        let found = joined(self.directory, path).map(|path| subtree(self.tree, &path));
        let files = found.filter(|files| !files.is_empty());
        let files = files.ok_or_else(|| BuildError::NoDirectory {
            name: name.clone(),
            repository: dependency.repository.clone(),
        })?;
        let chart = Chart::load_as(&files, self.helm)
            .map_err(|error| BuildError::Dependency(name.clone(), error))?;
        if semver::satisfies(chart.version(), &dependency.version, self.helm) {
            return Ok(Built { chart, files });
        }
        Err(BuildError::Version {
            name,
            wanted: dependency.version.clone(),
            found: chart.version().to_owned(),
        })
    }

    /// The lock file, if there is one, and its name.
    fn lock(&self) -> Result<Option<(&'static str, Lock)>, BuildError> {
        for name in ["Chart.lock", "requirements.lock"] {
            // A file that cannot be read has been reported when the chart was loaded.
            if let Ok(Some(text)) = self.files.get(name) {
                let lock = Decoder::lock_file(text, self.helm);
                let lock =
                    lock.map_err(|error| BuildError::Load(Error::load("").because(error)))?;
                return Ok(Some((name, lock)));
            }
        }
        Ok(None)
    }

    /// Refuses a lock file that is of other dependencies.
    fn check_lock(
        &self,
        name: &'static str,
        lock: &Lock,
        declared: &[Dependency],
    ) -> Result<(), BuildError> {
        let locked: Vec<Dependency> =
            (lock.dependencies.iter().flatten().flatten().cloned()).collect();
        let of_helm_3 = format!("[{},{}]", list(declared), list(&locked));
        let of_helm_2 = format!("{{\"dependencies\":{}}}", list(declared));
        let is_v1 = self.files.contains("requirements.yaml");
        if lock.digest == digest(&of_helm_3) || (is_v1 && lock.digest == digest(&of_helm_2)) {
            return Ok(());
        }
        let declared = if is_v1 {
            "requirements.yaml"
        } else {
            "Chart.yaml"
        };
        Err(BuildError::OutOfSync(name, declared))
    }

    /// The files of the chart, and of the archives that are put into its `charts/`, by their names: those that were there before
    /// are taken away, unless they are of dependencies that are kept there.
    fn packed(
        &self,
        built: Vec<Built>,
        kept: &[String],
    ) -> Result<(FileSet, Vec<FileSet>), BuildError> {
        let mut archives = BTreeMap::new();
        for Built { chart, files } in built {
            let name = format!("charts/{}-{}.tgz", chart.name(), chart.version());
            archives.insert(name, files);
        }
        let is_kept = |path: &str| {
            let Some(name) = path
                .strip_prefix("charts/")
                .filter(|name| !name.contains('/'))
            else {
                return true;
            };
            let Ok(Some(bytes)) = self.files.get(path) else {
                return true;
            };
            let chart = Chart::load_archive(name, bytes, self.helm);
            chart.map_or(true, |chart| kept.iter().any(|kept| kept == chart.name()))
        };
        let files = self.files.filter(is_kept);
        let rules = match self.files.get(IGNORE_FILE) {
            Ok(Some(text)) => Ignore::parse(text)
                .map_err(|error| BuildError::Load(Error::load("").because(error)))?,
            _ => Ignore::default(),
        };
        // What the chart ignores, it does not find in its charts/ either.
        let mut names = FileSet::new();
        for name in archives.keys() {
            // The name of a chart has no slashes, and so the path is one.
            let _ = names.insert(name.as_str(), *b"");
        }
        let loaded = self.helm.walk(rules).filter(&names);
        archives.retain(|name, _| loaded.contains(name));
        Ok((files, archives.into_values().collect()))
    }
}

fn subtree(tree: &FileSet, directory: &str) -> FileSet {
    match directory {
        "" => tree.clone(),
        directory => tree.subtree(directory),
    }
}

/// A path relative to a directory, from the root of the tree; `None` outside of it.
fn joined(directory: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut segments = Vec::new();
    for segment in directory.split('/').chain(path.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

/// The digest of a lock file.
fn digest(text: &str) -> String {
    let mut digest = "sha256:".to_owned();
    for byte in Sha256::digest(text) {
        // A text takes everything.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

/// Dependencies as Go writes them in JSON.
fn list(dependencies: &[Dependency]) -> String {
    let all: Vec<String> = dependencies.iter().map(object).collect();
    format!("[{}]", all.join(","))
}

fn object(dependency: &Dependency) -> String {
    let encoded = |value: Value| json::encode(&value).unwrap_or_default();
    let text = |text: &str| encoded(Value::Str(Str::from(text)));
    let mut fields = vec![("name", text(&dependency.name))];
    let add_text = |fields: &mut Vec<(&str, String)>, name, value: &str| {
        if !value.is_empty() {
            fields.push((name, text(value)));
        }
    };
    add_text(&mut fields, "version", &dependency.version);
    fields.push(("repository", text(&dependency.repository)));
    add_text(&mut fields, "condition", &dependency.condition);
    let tags = dependency.tags.as_deref().unwrap_or_default();
    if !tags.is_empty() {
        let tags: Vec<String> = tags.iter().map(|tag| text(tag)).collect();
        fields.push(("tags", format!("[{}]", tags.join(","))));
    }
    if dependency.enabled {
        fields.push(("enabled", "true".to_owned()));
    }
    if !dependency.import_values.is_empty() {
        let items = dependency.import_values.iter();
        let items: Vec<String> = items.map(|item| encoded(item.to_value())).collect();
        fields.push(("import-values", format!("[{}]", items.join(","))));
    }
    add_text(&mut fields, "alias", &dependency.alias);
    let fields = fields.into_iter();
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", fields.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIB: &str = "apiVersion: v2\nname: lib\nversion: 1.2.0\n";

    fn tree(files: &[(&str, &str)]) -> FileSet {
        let mut tree = FileSet::new();
        for (path, text) in files {
            tree.insert(*path, text.as_bytes()).unwrap();
        }
        tree
    }

    fn web(dependencies: &str) -> String {
        format!("apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{dependencies}]\n")
    }

    fn built(files: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let chart = Chart::load_built(&tree(files), "a/web", HelmVersion::default());
        let chart = chart.map_err(|error| error.to_string())?;
        assert!(chart.missing_dependencies().is_empty());
        Ok(chart.subcharts())
    }

    #[test]
    fn charts_beside_are_put_into_the_chart() {
        let one = web("{name: lib, version: ^1, repository: 'file://../lib'}");
        let chart = ("a/web/Chart.yaml", one.as_str());
        assert_eq!(
            built(&[chart, ("a/lib/Chart.yaml", LIB)]).unwrap(),
            ["lib 1.2.0"]
        );
        let other = LIB.replace("1.2", "2.0");
        assert_eq!(
            built(&[chart, ("a/lib/Chart.yaml", &other)]).unwrap_err(),
            "the dependency lib has the version 2.0.0; expected ^1"
        );
        assert_eq!(
            built(&[chart]).unwrap_err(),
            "the dependency lib: there is no chart at file://../lib"
        );
        let lock = "dependencies: []\ndigest: sha256:0\n";
        assert_eq!(
            built(&[chart, ("a/lib/Chart.yaml", LIB), ("a/web/Chart.lock", lock)]).unwrap_err(),
            "Chart.lock is out of sync with the dependencies in Chart.yaml; run `helm dependency update`"
        );
        // What is there is not built, whatever version it is.
        let vendored = ("a/web/charts/lib/Chart.yaml", LIB);
        assert_eq!(built(&[chart, vendored]).unwrap(), ["lib 1.2.0"]);
    }

    /// The digest that Helm 4.2 wrote.
    #[test]
    fn a_lock_file_has_the_digest_of_its_dependencies() {
        let web = web(
            "{name: lib, version: '>=1 <2', repository: 'file://../lib', alias: b, tags: [t], condition: c.enabled}",
        );
        let lock = "dependencies:\n- name: lib\n  repository: file://../lib\n  version: 1.2.0\ndigest: sha256:9fcc0f8c6e2f21ba2bd7e186b38549a80c79e39e391193d708ce2c35cba24e2e\ngenerated: \"2026-11-30T00:00:00Z\"\n";
        let files = [
            ("a/web/Chart.yaml", web.as_str()),
            ("a/web/Chart.lock", lock),
            ("a/lib/Chart.yaml", LIB),
        ];
        assert_eq!(built(&files).unwrap(), ["lib 1.2.0"]);
    }

    #[test]
    fn what_must_be_downloaded_is_told() {
        let web = web(
            "{name: lib, version: ^1, repository: 'file://../lib'}, {name: db, version: 2.x, repository: 'https://c'}",
        );
        let tree = tree(&[("a/web/Chart.yaml", &web), ("a/lib/Chart.yaml", LIB)]);
        let error = Chart::load_built(&tree, "a/web", HelmVersion::default()).unwrap_err();
        let BuildError::Download(missing) = error else {
            panic!("{error}");
        };
        assert_eq!((missing.len(), missing[0].name.as_str()), (1, "db"));
        assert_eq!(local_dependencies(&tree, "a/web"), ["a/lib"]);
    }
}
