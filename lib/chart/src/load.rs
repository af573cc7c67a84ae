//! From files to a chart (Helm's package `loader`).

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::Arc;

use homescale_fileset::{FileSet, IGNORE_FILE, Ignore, ReadError, name_of_text};
use homescale_go::strconv::quote;
use homescale_value::{Data, LazyBytes, Str};

use crate::archive::{self, MAX_UNPACKED};
use crate::error::{Error, Place};
use crate::helm_version::HelmVersion;
use crate::loaded::{File, Format, LoadedChart, TemplateFile, Unread};
use crate::log::Log;
use crate::metadata::{Decoder, Draft};
use crate::prefetch::Prefetch;
use crate::values;
use homescale_schema::Schema;

/// Whether loading a chart looks into the file of this path. Others are wanted when a template asks for them, or when their
/// custom resources are printed, and so need not be read before.
///
/// ```
/// assert!(homescale_chart::is_read_to_load("charts/db/templates/app.yaml"));
/// assert!(!homescale_chart::is_read_to_load("charts/db/README.md"));
/// ```
pub fn is_read_to_load(path: &str) -> bool {
    const READ: &[&str] = &[
        "Chart.yaml",
        "Chart.lock",
        "values.yaml",
        "values.schema.json",
        "requirements.yaml",
        "requirements.lock",
        IGNORE_FILE,
    ];
    let mut path = path;
    while let Some(inside) = path.strip_prefix("charts/") {
        match inside.split_once('/') {
            Some((_, rest)) => path = rest,
            // An archive.
            None => return true,
        }
    }
    path.starts_with("templates/") || READ.contains(&path)
}

/// How deep charts may be nested in charts. Helm has no limit.
const MAX_NESTING: usize = 100;

/// Loads the chart whose folder this is.
pub(crate) fn folder(
    files: &FileSet,
    helm: HelmVersion,
    log: &Log,
    prefetch: &Prefetch,
) -> Result<Arc<LoadedChart>, Error> {
    folder_with(files, helm, log, prefetch, &Unread::default()).map(Arc::new)
}

/// Loads the chart whose folder this is, as if archives of these charts were in its `charts/`.
pub(crate) fn built(
    files: &FileSet,
    archives: &[FileSet],
    helm: HelmVersion,
    log: &Log,
    prefetch: &Prefetch,
) -> Result<Arc<LoadedChart>, Error> {
    let unread = Unread::default();
    let mut root = folder_with(files, helm, log, prefetch, &unread)?;
    for archive in archives {
        let chart = folder_with(archive, helm, log, prefetch, &unread)?;
        root.dependencies.push(Arc::new(chart));
    }
    Ok(Arc::new(root))
}

fn folder_with(
    files: &FileSet,
    helm: HelmVersion,
    log: &Log,
    prefetch: &Prefetch,
    unread: &Unread,
) -> Result<LoadedChart, Error> {
    let mut format = Format::V2;
    if helm.row().major.checks_api_version
        && let Some(text) = files.get("Chart.yaml").map_err(self::unread)?
    {
        format = Format::of(text, helm)?;
    }
    let rules = match files.get(IGNORE_FILE).map_err(self::unread)? {
        Some(text) => Ignore::parse(text).map_err(|error| Error::load("").because(error))?,
        None => Ignore::default(),
    };
    let loaded = helm.walk(rules).filter(files);
    check_sizes(&loaded, helm)?;
    let mut files: Vec<File> = loaded
        .contents()
        .map(|(path, contents)| File {
            path: Str::from(&*name_of_text(path)),
            contents: contents.clone(),
        })
        .collect();
    // Helm walks directories, so that a directory's files stand where its name does.
    files.sort_by(|a, b| {
        let [a, b] = [a, b].map(|file| file.path.split(|&b| b == b'/'));
        a.cmp(b)
    });
    Loader {
        helm,
        format,
        log,
        prefetch,
        unread: unread.clone(),
        budget: MAX_UNPACKED,
    }
    .chart(&files, "", 0)
}

/// Refuses what is too large for a Helm. Files that are read later, whoever reads them refuses.
fn check_sizes(files: &FileSet, helm: HelmVersion) -> Result<(), Error> {
    let mut left = HelmVersion::LARGEST_CHART;
    for (path, contents) in files.contents() {
        let size = contents.known_size().unwrap_or_default() as u64;
        let problem = match helm.largest_file() {
            Some(most) if size > most => {
                let path = quote(&*name_of_text(path));
                format!("chart file {path} is larger than the maximum file size {most}")
            }
            None if size > left => {
                let most = HelmVersion::LARGEST_CHART;
                format!(
                    "error reading {path}: chart exceeds maximum decompressed size of {most} bytes"
                )
            }
            _ => {
                left = left.saturating_sub(size);
                continue;
            }
        };
        return Err(Error::load(problem).at(Place::in_file(path)));
    }
    Ok(())
}

/// A chart that was unpacked from an archive.
#[derive(Debug)]
pub(crate) struct Unpacked {
    files: Vec<File>,
    /// How much may still be decompressed.
    budget: u64,
}

/// Unpacks an archive. The name is for messages.
pub(crate) fn unpack(name: &str, bytes: &[u8], helm: HelmVersion) -> Result<Unpacked, Error> {
    if !bytes.starts_with(archive::GZIP) {
        let kind = archive::content_type(bytes);
        return Err(Error::load(
            if has_extension(name, "yml") || has_extension(name, "yaml") {
                format!("file '{name}' seems to be a YAML file, but expected a gzipped archive")
            } else {
                format!("file '{name}' does not appear to be a gzipped archive; got '{kind}'")
            },
        ));
    }
    let mut budget = MAX_UNPACKED;
    match archive::unpack(bytes, helm, &mut budget) {
        Ok(files) => Ok(Unpacked { files, budget }),
        Err(problem) if problem.is_not_gzip => Err(Error::load(format!(
            "file '{name}' does not appear to be a valid chart file (details: {problem})"
        ))),
        Err(_) if helm.row().major.hides_archive_problems => {
            Err(Error::load("unable to load chart archive"))
        }
        Err(problem) => Err(Error::load("").because(problem)),
    }
}

/// Loads a chart that was unpacked. In an archive, no file is ignored.
pub(crate) fn unpacked(
    chart: &Unpacked,
    helm: HelmVersion,
    log: &Log,
    prefetch: &Prefetch,
) -> Result<Arc<LoadedChart>, Error> {
    let mut format = Format::V2;
    if helm.row().major.checks_api_version {
        let mut files = chart.files.iter();
        let Some(file) = files.find(|file| file.path == "Chart.yaml") else {
            return Err(Error::load(
                "unable to detect chart version, no Chart.yaml found",
            ));
        };
        format = Format::of(&text(file)?, helm)?;
    }
    let mut loader = Loader {
        helm,
        format,
        log,
        prefetch,
        unread: Unread::default(),
        budget: chart.budget,
    };
    loader.chart(&chart.files, "", 0).map(Arc::new)
}

impl Format {
    /// The format of the chart with this Chart.yaml. Helm 4 decides by that who loads it.
    fn of(text: &[u8], helm: HelmVersion) -> Result<Self, Error> {
        let version =
            Decoder::api_version(text, helm).map_err(|error| failed("Chart.yaml", error))?;
        match version.as_str() {
            "" | "v1" | "v2" => Ok(Self::V2),
            "v3" => Ok(Self::V3),
            _ => Err(Error::load("unsupported chart version")),
        }
    }
}

/// What holds for a chart and all charts in it.
struct Loader<'a> {
    helm: HelmVersion,
    format: Format,
    log: &'a Log,
    prefetch: &'a Prefetch,
    unread: Unread,
    /// How much may still be decompressed.
    budget: u64,
}

impl Loader<'_> {
    /// Makes a chart of files whose paths are relative to it. It lies in the folder `above`, and is nested that deep in
    /// others.
    fn chart(&mut self, files: &[File], above: &str, nesting: usize) -> Result<LoadedChart, Error> {
        let (helm, log) = (self.helm, self.log);
        let mut draft = read_metadata(files, helm)?;
        let name = draft.as_ref().map_or("", |draft| &draft.metadata.name);
        let folder = format!("{above}{name}");
        let mut values = Data::Nil;
        let mut values_text = Str::default();
        let mut schema = None;
        let (mut templates, mut others) = (Vec::new(), Vec::new());
        let mut subcharts: BTreeMap<String, Vec<File>> = BTreeMap::new();
        for file in files {
            let path = &*file.path.to_text();
            match path {
                "Chart.yaml" => {}
                "values.schema.json" => schema = Some(Schema::new(text(file)?, helm.schemas())),
                "Chart.lock" => check_lock(file, "Chart.lock", helm)?,
                "values.yaml" => {
                    values_text = text(file)?;
                    values = values::defaults(&values_text, helm)
                        .map_err(|error| failed("values.yaml", error))?;
                }
                "requirements.yaml" if self.format == Format::V2 => {
                    let draft = draft.get_or_insert_default();
                    let is_v1 = draft.metadata.api_version == "v1";
                    if !is_v1 {
                        log.print("load.go:120", "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.");
                    }
                    Decoder::read(&text(file)?, draft, helm)
                        .map_err(|error| failed("requirements.yaml", error))?;
                    if draft.metadata.api_version == "v1" {
                        others.push(file.clone());
                    }
                }
                "requirements.lock" if self.format == Format::V2 => {
                    check_lock(file, "requirements.lock", helm)?;
                    let draft = draft.get_or_insert_default();
                    if draft.metadata.api_version == "v1" {
                        others.push(file.clone());
                    } else {
                        log.print("load.go:138", "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.");
                    }
                }
                _ if path.starts_with("templates/") => {
                    // An alias would give it another name, and then it is parsed again.
                    let text = text(file)?;
                    self.prefetch.push(&format!("{folder}/{path}"), &text);
                    let path = named(file, path, &templates)?;
                    templates.push(TemplateFile { path, text });
                }
                _ => match path.strip_prefix("charts/") {
                    None => others.push(file.clone()),
                    Some(_) if has_extension(path, "prov") => others.push(file.clone()),
                    Some(inside) => {
                        let name = inside.split('/').next().unwrap_or(inside);
                        let mut parts = file.path.splitn(3, |&b| b == b'/').skip(2);
                        let path = Str::from(parts.next().unwrap_or_default());
                        let contents = file.contents.clone();
                        let file = File { path, contents };
                        subcharts.entry(name.to_owned()).or_default().push(file);
                    }
                },
            }
        }
        let draft = draft.ok_or_else(|| Error::load("Chart.yaml file is missing"))?;
        let metadata = draft.validated(helm).map_err(Error::load)?;
        let mut dependencies = Vec::new();
        let inside = format!("{folder}/charts/");
        for (name, files) in subcharts {
            if name.starts_with(['_', '.']) {
                continue;
            }
            if has_extension(&name, "tgz")
                && let Some(first) = files.first()
                && !first.path.is_empty()
            {
                let (parent, inside) = (&metadata.name, &first.path);
                return Err(Error::load(format!(
                    "error unpacking subchart tar in {parent}: expected {name}, got {name}/{inside}"
                )));
            }
            let loaded = self
                .subchart(&name, &files, &inside, nesting + 1)
                .map_err(|error| {
                    error.within(format!(
                        "error unpacking subchart {name} in {}: ",
                        metadata.name
                    ))
                })?;
            dependencies.push(loaded);
        }
        let crds = others.iter().filter(|file| is_crd(&file.path)).cloned();
        Ok(LoadedChart {
            metadata,
            values,
            values_text,
            schema,
            templates,
            crds: crds.collect(),
            files: reached(others, &self.unread),
            unread: self.unread.clone(),
            format: self.format,
            dependencies,
        })
    }

    /// A chart in `charts/`: a folder, or an archive.
    fn subchart(
        &mut self,
        name: &str,
        files: &[File],
        above: &str,
        nesting: usize,
    ) -> Result<Arc<LoadedChart>, Error> {
        if nesting > MAX_NESTING {
            return Err(Error::load(format!(
                "charts are nested more than {MAX_NESTING} deep"
            )));
        }
        if has_extension(name, "tgz")
            && let Some(file) = files.first()
        {
            let inside = archive::unpack(&text(file)?, self.helm, &mut self.budget)
                .map_err(|problem| Error::load("").because(problem))?;
            return self.chart(&inside, above, nesting).map(Arc::new);
        }
        // A file that lies in charts/ itself has no path in the subchart.
        let inside: Vec<File> = files
            .iter()
            .filter(|file| !file.path.is_empty())
            .cloned()
            .collect();
        self.chart(&inside, above, nesting).map(Arc::new)
    }
}

/// The files as `.Files` has them. An archive may have several of one path, of which the last counts.
fn reached(mut files: Vec<File>, unread: &Unread) -> Arc<[(Str, Data)]> {
    files.reverse();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|earlier, kept| earlier.path == kept.path);
    let late = |file: File| {
        let path = file.path.clone();
        let unread = unread.clone();
        let read = move || unread.text(&file);
        (path, Data::Bytes(LazyBytes::new(read)))
    };
    files.into_iter().map(late).collect()
}

/// The path of a template, which is text: what is not UTF-8 in it is U+FFFD.
fn named(file: &File, path: &str, templates: &[TemplateFile]) -> Result<Str, Error> {
    let text = Str::from(path);
    let is_other = |template: &TemplateFile| template.path == text;
    if file.path != text && templates.iter().any(is_other) {
        return Err(Error::load(format!(
            "{path}: several templates have this name, since those that are not UTF-8 cannot be told apart; rename them"
        )));
    }
    Ok(text)
}

fn is_crd(path: &[u8]) -> bool {
    let name = path.rsplit(|&b| b == b'/').next().unwrap_or(path);
    let extension = name.rsplit(|&b| b == b'.').next().unwrap_or(name);
    let is_manifest = [&b"yaml"[..], b"yml", b"json"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known));
    path.starts_with(b"crds/") && name.contains(&b'.') && is_manifest
}

/// What Chart.yaml says. An archive may have it several times: then each is read over what those before it say.
fn read_metadata(files: &[File], helm: HelmVersion) -> Result<Option<Draft>, Error> {
    let mut draft: Option<Draft> = None;
    for file in files.iter().filter(|file| file.path == "Chart.yaml") {
        let draft = draft.get_or_insert_default();
        Decoder::read(&text(file)?, draft, helm).map_err(|error| failed("Chart.yaml", error))?;
        if draft.metadata.api_version.is_empty() {
            "v1".clone_into(&mut draft.metadata.api_version);
        }
    }
    Ok(draft)
}

/// The text of a file.
fn text(file: &File) -> Result<Str, Error> {
    file.text().map_err(unread)
}

/// The error of a file that cannot be read at all.
pub(crate) fn unread(error: &ReadError) -> Error {
    Error::load("").because(error.clone())
}

/// The error of a file that cannot be read as what it should be.
fn failed(file: &str, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
    let error = Error::load(format!("cannot load {file}: ")).because(cause);
    error.at(Place::in_file(file))
}

/// Whether the name ends in a dot and this extension, in this case.
fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found == extension)
}

/// A lock file must have its form; nothing of it is used here.
fn check_lock(file: &File, name: &str, helm: HelmVersion) -> Result<(), Error> {
    let lock = Decoder::lock_file(&text(file)?, helm);
    lock.map(drop).map_err(|error| failed(name, error))
}
