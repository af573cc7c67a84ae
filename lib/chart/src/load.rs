//! From files to a chart (Helm's package `loader`).

use std::collections::BTreeMap;
use std::sync::Arc;

use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_value::{Str, Value};

use crate::data::Data;
use crate::error::Error;
use crate::go_json;
use crate::level::Level;
use crate::log::Log;
use crate::metadata::{Decoder, Draft, Metadata};
use crate::values;

/// A chart as it was loaded. Threads share it; nothing of it ever changes.
#[derive(Debug)]
pub(crate) struct Node {
    /// Chart.yaml.
    pub(crate) metadata: Metadata,
    /// values.yaml.
    pub(crate) values: Data,
    /// Everything under `templates/`, by path.
    pub(crate) templates: Vec<File>,
    /// What templates reach through `.Files`, in byte order of the paths.
    pub(crate) files: Vec<File>,
    /// What is in `charts/`, in byte order of the names there.
    pub(crate) dependencies: Vec<Arc<Node>>,
}

/// A file of a chart.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The path in the chart.
    pub(crate) path: Str,
    /// The contents.
    pub(crate) text: Str,
}

impl Node {
    /// Whether this is a library: only its partials are parsed.
    pub(crate) fn is_library(&self) -> bool {
        self.metadata.kind.eq_ignore_ascii_case("library")
    }
}

/// Loads the chart whose folder this is.
pub(crate) fn folder(files: &FileSet, level: Level, log: &Log) -> Result<Arc<Node>, Error> {
    if level.checks_api_version()
        && let Some(text) = files.get("Chart.yaml")
    {
        check_api_version(text)?;
    }
    let rules = match files.get(IGNORE_FILE) {
        Some(text) => Ignore::parse(text).map_err(|error| Error::load(error.to_string()))?,
        None => Ignore::default(),
    };
    let loaded = rules.filter(files);
    let files: Vec<File> = loaded
        .paths()
        .filter_map(|path| {
            let text = loaded.get_shared(path)?;
            let text = match text.strip_prefix(b"\xef\xbb\xbf") {
                Some(rest) => Str::from(rest),
                None => Str::from(text),
            };
            let path = Str::from(path);
            Some(File { path, text })
        })
        .collect();
    let root = chart(&files, level, log)?;
    if level.checks_api_version() && root.metadata.api_version == "v3" {
        return Err(Error::load("invalid chart apiVersion"));
    }
    Ok(root)
}

/// Makes sure that the chart is of a format that this program renders. Helm 4 decides by that who loads it.
fn check_api_version(text: &[u8]) -> Result<(), Error> {
    let failed = |problem: String| Error::load(format!("cannot load Chart.yaml: {problem}"));
    let value = homescale_yaml::from_slice(text).map_err(|error| failed(error.to_string()))?;
    let mut version = String::new();
    match &value {
        Value::Nil => {}
        Value::Map(map) => {
            for (key, value) in map.entries().iter() {
                match value {
                    _ if !key.eq_ignore_ascii_case(b"apiVersion") => {}
                    Value::Nil => {}
                    Value::List(_) | Value::Map(_) => {
                        let found = go_json::found(value);
                        return Err(failed(go_json::mismatch(&format!(
                            "{found} into Go struct field chartBase.apiVersion of type string"
                        ))));
                    }
                    value => version = value.to_string(),
                }
            }
        }
        other => {
            let found = go_json::found(other);
            return Err(failed(go_json::mismatch(&format!(
                "{found} into Go value of type loader.chartBase"
            ))));
        }
    }
    match version.as_str() {
        // Helm 4 loads a chart of version 3, but does not render it.
        "" | "v1" | "v2" | "v3" => Ok(()),
        _ => Err(Error::load("unsupported chart version")),
    }
}

/// Makes a chart of files whose paths are relative to it.
fn chart(files: &[File], level: Level, log: &Log) -> Result<Arc<Node>, Error> {
    let mut draft = read_metadata(files, level)?;
    let mut values = Data::Nil;
    let (mut templates, mut others) = (Vec::new(), Vec::new());
    let mut subcharts: BTreeMap<&str, Vec<File>> = BTreeMap::new();
    for file in files {
        let path = file.path.as_str().unwrap_or_default();
        match path {
            "Chart.yaml" | "values.schema.json" => {}
            "Chart.lock" => check_lock(file, "Chart.lock")?,
            "values.yaml" => {
                values = values::defaults(&file.text, level)
                    .map_err(|error| Error::load(format!("cannot load values.yaml: {error}")))?;
            }
            "requirements.yaml" => {
                let draft = draft.get_or_insert_default();
                let is_v1 = draft.metadata.api_version == "v1";
                if !is_v1 {
                    log.print("load.go:120", "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.");
                }
                Decoder::read(&file.text, draft, level).map_err(|error| {
                    Error::load(format!("cannot load requirements.yaml: {error}"))
                })?;
                if draft.metadata.api_version == "v1" {
                    others.push(file.clone());
                }
            }
            "requirements.lock" => {
                check_lock(file, "requirements.lock")?;
                let draft = draft.get_or_insert_default();
                if draft.metadata.api_version == "v1" {
                    others.push(file.clone());
                } else {
                    log.print("load.go:138", "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.");
                }
            }
            _ if path.starts_with("templates/") => templates.push(file.clone()),
            _ => match path.strip_prefix("charts/") {
                None => others.push(file.clone()),
                Some(_) if has_extension(path, "prov") => others.push(file.clone()),
                Some(inside) => {
                    let (name, rest) = inside.split_once('/').unwrap_or((inside, ""));
                    let path = Str::from(rest);
                    let text = file.text.clone();
                    subcharts.entry(name).or_default().push(File { path, text });
                }
            },
        }
    }
    let draft = draft.ok_or_else(|| Error::load("Chart.yaml file is missing"))?;
    let metadata = draft.validated(level).map_err(Error::load)?;
    let mut dependencies = Vec::new();
    for (name, files) in subcharts {
        if name.starts_with(['_', '.']) {
            continue;
        }
        let loaded = subchart(name, &files, level, log).map_err(|error| {
            error.within(&format!(
                "error unpacking subchart {name} in {}: ",
                metadata.name
            ))
        })?;
        dependencies.push(loaded);
    }
    Ok(Arc::new(Node {
        metadata,
        values,
        templates,
        files: others,
        dependencies,
    }))
}

fn read_metadata(files: &[File], level: Level) -> Result<Option<Draft>, Error> {
    let Some(file) = files.iter().find(|file| file.path == "Chart.yaml") else {
        return Ok(None);
    };
    let mut draft = Draft::default();
    Decoder::read(&file.text, &mut draft, level)
        .map_err(|error| Error::load(format!("cannot load Chart.yaml: {error}")))?;
    if draft.metadata.api_version.is_empty() {
        "v1".clone_into(&mut draft.metadata.api_version);
    }
    Ok(Some(draft))
}

/// A chart in `charts/`: a folder, or an archive.
fn subchart(name: &str, files: &[File], level: Level, log: &Log) -> Result<Arc<Node>, Error> {
    if has_extension(name, "tgz") {
        return Err(Error::load(
            "packaged subcharts are not supported; unpack it into a folder",
        ));
    }
    // A file that lies in charts/ itself has no path in the subchart.
    let inside: Vec<File> = files
        .iter()
        .filter(|file| !file.path.is_empty())
        .cloned()
        .collect();
    chart(&inside, level, log)
}

/// Whether the name ends in a dot and this extension, in this case.
fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, found)| found == extension)
}

/// A lock file must be YAML; nothing of it is used.
fn check_lock(file: &File, name: &str) -> Result<(), Error> {
    match homescale_yaml::from_slice(&file.text) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::load(format!("cannot load {name}: {error}"))),
    }
}
