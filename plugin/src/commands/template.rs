//! `helm-catalog template`: a chart as `helm template` renders it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use homescale_chart::{
    Chart, DEFAULT_NAME, Level, Release, Request, ValueSource, render, set_file_paths,
};
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_value::Str;

use crate::cli::Template;
use crate::disk::{self, Wanted};
use crate::failure::{Failure, plain};
use crate::host::SystemHost;
use crate::terminal;

/// Prints the manifests of a chart.
pub(crate) fn run(options: &Template) -> Result<(), Failure> {
    let level = Level::from_name(&options.helm_version).ok_or_else(|| {
        let known: Vec<&str> = Level::ALL.iter().map(|level| level.name()).collect();
        let (asked, known) = (&options.helm_version, known.join(", "));
        Failure::Usage(format!(
            "--helm-version {asked}: not a version that we can be; choose one of {known}"
        ))
    })?;
    let (name, chart) = match options.name_and_chart.as_slice() {
        [name, chart] => (name.as_str(), chart.as_str()),
        [chart] => (DEFAULT_NAME, chart.as_str()),
        _ => return Err(Failure::Usage("expected [NAME] CHART".to_owned())),
    };
    let files = read_chart(Path::new(chart), chart)?;
    let chart = Chart::load_as(&files, level).map_err(|error| failed(&error))?;
    let request = Request {
        level,
        release: Release {
            name: name.to_owned(),
            namespace: options.namespace.clone(),
            is_upgrade: options.is_upgrade,
        },
        values: value_sources(options, level)?,
        kube_version: options.kube_version.clone(),
        api_versions: options.api_versions.clone(),
        include_crds: options.include_crds,
        skip_tests: options.skip_tests,
        no_hooks: options.no_hooks,
        show_only: options.show_only.clone(),
        ..Request::default()
    };
    let rendered =
        render(&chart, &request, Rc::new(SystemHost::new())).map_err(|error| failed(&error))?;
    warn(&rendered.warnings);
    terminal::print(&rendered.text())
}

/// Helm's warnings and error, as it prints them.
fn failed(error: &homescale_chart::Error) -> Failure {
    warn(error.warnings());
    Failure::Input(error.to_string())
}

fn warn(warnings: &[String]) {
    let mut out = std::io::stderr().lock();
    for warning in warnings {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(out, "{warning}");
    }
}

/// Reads the folder of a chart, without what its `.helmignore` leaves out.
fn read_chart(dir: &Path, given: &str) -> Result<FileSet, Failure> {
    if dir.is_file() {
        return Err(Failure::Input(format!(
            "{given}: a file; unpack the chart, and name its folder"
        )));
    }
    if !dir.is_dir() {
        return Err(Failure::Input(format!("path {given:?} not found")));
    }
    let ignore_file = dir.join(IGNORE_FILE);
    let ignore = if ignore_file.exists() {
        Ignore::parse(&disk::read_file(&ignore_file)?)
            .map_err(|error| Failure::Input(error.to_string()))?
    } else {
        Ignore::default()
    };
    let wanted = |path: &str| {
        let folder = path.strip_suffix('/');
        if path == IGNORE_FILE || !ignore.ignores(folder.unwrap_or(path), folder.is_some()) {
            Wanted::Contents
        } else {
            Wanted::No
        }
    };
    let mut files = FileSet::new();
    disk::read_linked(dir, &wanted, &mut files)?;
    Ok(files)
}

/// The values of the command line, in Helm's order: whatever the order of the flags, a file is weaker than `--set-json`,
/// and that than `--set`.
fn value_sources(options: &Template, level: Level) -> Result<Vec<ValueSource>, Failure> {
    let mut sources = Vec::new();
    for name in &options.values {
        let text = match name.as_str() {
            "-" => terminal::read_input()?,
            path => read_text(path)?,
        };
        let (name, text) = (name.clone(), Str::from(text));
        sources.push(ValueSource::File { name, text });
    }
    sources.extend(options.set_json.iter().cloned().map(ValueSource::SetJson));
    sources.extend(options.set.iter().cloned().map(ValueSource::Set));
    sources.extend(
        options
            .set_string
            .iter()
            .cloned()
            .map(ValueSource::SetString),
    );
    for text in &options.set_file {
        let contents = set_file_paths(text, level).into_iter().map(|path| {
            let text = std::fs::read(&path)
                .map(Str::from)
                .map_err(|error| open_error(&path, &error));
            (path, text)
        });
        let (text, contents) = (text.clone(), contents.collect());
        sources.push(ValueSource::SetFile { text, contents });
    }
    sources.extend(
        options
            .set_literal
            .iter()
            .cloned()
            .map(ValueSource::SetLiteral),
    );
    Ok(sources)
}

fn read_text(path: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(PathBuf::from(path)).map_err(|error| Failure::Input(open_error(path, &error)))
}

/// Go's text of a file that cannot be opened.
fn open_error(path: &str, error: &std::io::Error) -> String {
    format!("open {path}: {}", plain(error))
}
