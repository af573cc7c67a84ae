//! [`Chart`]: a chart in memory, and its templates once they have been parsed.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use homescale_fileset::FileSet;
use homescale_template::Set;
use homescale_value::Str;

use crate::error::Error;
use crate::helm_version::HelmVersion;
use crate::load::{self, Unpacked};
use crate::loaded::LoadedChart;
use crate::log::Log;
use crate::metadata::Dependency;
use crate::prefetch::Prefetch;

/// A chart in memory. It never changes; threads can share it, and each render of it is independent of the others.
///
/// Templates are parsed once, large ones by another thread as soon as they are loaded, and used by all renders.
pub struct Chart {
    origin: Origin,
    first: Arc<Loaded>,
    /// For each Helm the chart as that one loads it.
    loaded: [OnceLock<Result<Arc<Loaded>, Error>>; HelmVersion::ALL.len()],
}

/// What a chart is loaded from.
enum Origin {
    Folder(FileSet),
    Archive(Unpacked),
    /// A folder, and further charts that are in its `charts/` as archives.
    Built(FileSet, Vec<FileSet>),
}

/// A chart as one Helm loads it.
pub(crate) struct Loaded {
    /// The chart.
    pub(crate) root: Arc<LoadedChart>,
    /// What was logged.
    pub(crate) warnings: Vec<String>,
    /// The templates, which are parsed from the moment on when they are loaded.
    pub(crate) prefetch: Prefetch,
    sets: Mutex<Vec<(Vec<Source>, Arc<Set>)>>,
}

/// The name and text of a template.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: Str,
}

/// The renders of a chart share its texts, so that few bytes are compared.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        let texts = (self.text.as_bytes(), other.text.as_bytes());
        self.path == other.path && (std::ptr::eq(texts.0, texts.1) || texts.0 == texts.1)
    }
}

/// A chart that another one declares, and that is not in its `charts/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingDependency {
    /// Its name.
    pub name: String,
    /// Its version, or a range of them.
    pub version: String,
    /// Where it is to be had.
    pub repository: String,
}

impl MissingDependency {
    /// One that is declared.
    pub(crate) fn of(declared: &Dependency) -> Self {
        Self {
            name: declared.name.clone(),
            version: declared.version.clone(),
            repository: declared.repository.clone(),
        }
    }
}

/// A chart that another one declares, or has in its `charts/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartDependency {
    /// Its name.
    pub name: String,
    /// What it is called in the other one, where that says so.
    pub alias: String,
    /// The version that is declared, or a range of them; empty where it is not declared.
    pub version: String,
    /// Where it is to be had; empty where it is not declared.
    pub repository: String,
    /// The version that is in `charts/`, if it is there.
    pub vendored: Option<String>,
}

/// How many combinations of templates stay parsed: each combination of subcharts is one.
const MAX_SETS: usize = 8;

impl Chart {
    /// Loads the chart whose folder this is, as the default [`HelmVersion`] does.
    ///
    /// # Errors
    /// Helm's text: a file cannot be read, or the chart is not valid.
    pub fn load(files: &FileSet) -> Result<Self, Error> {
        Self::load_as(files, HelmVersion::default())
    }

    /// Loads the chart as a certain Helm does. It can be rendered as any other; then errors of loading come from the
    /// render.
    ///
    /// # Errors
    /// Helm's text: a file cannot be read, or the chart is not valid.
    pub fn load_as(files: &FileSet, helm: HelmVersion) -> Result<Self, Error> {
        Self::of(Origin::Folder(files.clone()), helm)
    }

    /// Loads the chart that is packed in this archive, a `.tgz`. Messages call the archive by the name.
    ///
    /// ```
    /// use homescale_chart::{Chart, HelmVersion};
    ///
    /// let error = Chart::load_archive("web.tgz", b"no archive", HelmVersion::default()).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "file 'web.tgz' does not appear to be a gzipped archive; got 'application/octet-stream'"
    /// );
    /// ```
    ///
    /// # Errors
    /// Helm's text: the archive is damaged, too large, or has paths that lead out of it, or the chart is not valid.
    pub fn load_archive(name: &str, archive: &[u8], helm: HelmVersion) -> Result<Self, Error> {
        Self::of(Origin::Archive(load::unpack(name, archive, helm)?), helm)
    }

    /// Loads the chart whose folder this is, as if archives of these charts were in its `charts/`.
    pub(crate) fn with_archives(
        files: FileSet,
        archives: Vec<FileSet>,
        helm: HelmVersion,
    ) -> Result<Self, Error> {
        Self::of(Origin::Built(files, archives), helm)
    }

    fn of(origin: Origin, helm: HelmVersion) -> Result<Self, Error> {
        let first = Arc::new(Loaded::new(&origin, helm)?);
        let loaded: [OnceLock<_>; HelmVersion::ALL.len()] = Default::default();
        // The cell is new, and takes the value.
        let _ = loaded[helm as usize].set(Ok(Arc::clone(&first)));
        Ok(Self {
            origin,
            first,
            loaded,
        })
    }

    /// `name` of Chart.yaml.
    pub fn name(&self) -> &str {
        &self.first.root.metadata.name
    }

    /// `version` of Chart.yaml.
    pub fn version(&self) -> &str {
        &self.first.root.metadata.version
    }

    /// `appVersion` of Chart.yaml.
    pub fn app_version(&self) -> &str {
        &self.first.root.metadata.app_version
    }

    /// The charts that Chart.yaml declares and that are not in `charts/`, in order. A chart is not rendered without them.
    ///
    /// ```
    /// use homescale_chart::Chart;
    /// use homescale_fileset::FileSet;
    ///
    /// let mut files = FileSet::new();
    /// let text = b"apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: ^2}]\n";
    /// files.insert("Chart.yaml", *text)?;
    /// let missing = Chart::load(&files)?.missing_dependencies();
    /// assert_eq!((missing[0].name.as_str(), missing[0].version.as_str()), ("db", "^2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn missing_dependencies(&self) -> Vec<MissingDependency> {
        let root = &self.first.root;
        let is_missing = |name: &str| !root.dependencies.iter().any(|it| it.metadata.name == name);
        let declared = root.metadata.dependencies.iter().flatten();
        let missing = declared.filter(|declared| is_missing(&declared.name));
        missing
            .map(|declared| MissingDependency::of(declared))
            .collect()
    }

    /// The charts in it, by their names and versions.
    #[cfg(test)]
    pub(crate) fn subcharts(&self) -> Vec<String> {
        let charts = self.first.root.dependencies.iter();
        let shown = charts.map(|it| format!("{} {}", it.metadata.name, it.metadata.version));
        shown.collect()
    }

    /// The charts that Chart.yaml declares.
    pub(crate) fn declared(&self) -> Vec<Dependency> {
        let declared = self.first.root.metadata.dependencies.iter().flatten();
        declared.map(|declared| (**declared).clone()).collect()
    }

    /// The charts that Chart.yaml declares, in order, and then those in `charts/` that it does not.
    ///
    /// ```
    /// use homescale_chart::Chart;
    /// use homescale_fileset::FileSet;
    ///
    /// let mut files = FileSet::new();
    /// let text = b"apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: db, version: ^2}]\n";
    /// files.insert("Chart.yaml", *text)?;
    /// files.insert("charts/db/Chart.yaml", *b"apiVersion: v2\nname: db\nversion: 2.1.0\n")?;
    /// let dependencies = Chart::load(&files)?.dependencies();
    /// assert_eq!(dependencies[0].vendored.as_deref(), Some("2.1.0"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dependencies(&self) -> Vec<ChartDependency> {
        let root = &self.first.root;
        let vendored = || root.dependencies.iter().map(|it| &it.metadata);
        let declared = || root.metadata.dependencies.iter().flatten();
        let of_declared = declared().map(|declared| ChartDependency {
            name: declared.name.clone(),
            alias: declared.alias.clone(),
            version: declared.version.clone(),
            repository: declared.repository.clone(),
            vendored: vendored()
                .find(|it| it.name == declared.name)
                .map(|it| it.version.clone()),
        });
        let is_declared = |name: &str| declared().any(|declared| declared.name == name);
        let others = vendored().filter(|it| !is_declared(&it.name));
        let others = others.map(|it| ChartDependency {
            name: it.name.clone(),
            vendored: Some(it.version.clone()),
            ..ChartDependency::default()
        });
        of_declared.chain(others).collect()
    }

    /// The chart as a Helm loads it.
    pub(crate) fn at(&self, helm: HelmVersion) -> Result<&Arc<Loaded>, Error> {
        let cell = &self.loaded[helm as usize];
        let loaded = cell.get_or_init(|| Loaded::new(&self.origin, helm).map(Arc::new));
        loaded.as_ref().map_err(Clone::clone)
    }
}

impl fmt::Debug for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chart")
            .field("name", &self.name())
            .field("version", &self.version())
            .finish_non_exhaustive()
    }
}

impl Loaded {
    fn new(origin: &Origin, helm: HelmVersion) -> Result<Self, Error> {
        let log = Log::new(helm);
        let prefetch = Prefetch::new(Arc::clone(helm.function_table()));
        let root = match origin {
            Origin::Folder(files) => load::folder(files, helm, &log, &prefetch),
            Origin::Archive(chart) => load::unpacked(chart, helm, &log, &prefetch),
            Origin::Built(files, archives) => load::built(files, archives, helm, &log, &prefetch),
        };
        let warnings = log.take();
        match root {
            Ok(root) => Ok(Self {
                root,
                warnings,
                prefetch,
                sets: Mutex::default(),
            }),
            Err(error) => Err(error.after(warnings)),
        }
    }

    /// The templates, parsed: from an earlier render if one had the same, else by `parse`.
    pub(crate) fn set(
        &self,
        sources: Vec<Source>,
        parse: impl FnOnce(&[Source]) -> Result<Set, Error>,
    ) -> Result<Arc<Set>, Error> {
        let lock = || self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, set)) = lock().iter().find(|(known, _)| *known == sources) {
            return Ok(Arc::clone(set));
        }
        let set = Arc::new(parse(&sources)?);
        let mut sets = lock();
        if sets.len() >= MAX_SETS {
            sets.remove(0);
        }
        sets.push((sources, Arc::clone(&set)));
        Ok(set)
    }
}
