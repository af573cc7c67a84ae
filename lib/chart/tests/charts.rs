//! Every case of `fixtures/charts` rendered at every level, against what real Helm printed.
//!
//! `fixtures/record-charts` says what the files mean. Only this test reads them from the disk.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "fixtures come from the disk, and a fault in them is a fault of the test"
)]

mod archive;

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use homescale_chart::{Chart, Error, HelmVersion, Request, ValueSource, render, set_file_paths};
use homescale_fileset::{FileSet, ReadError};
use homescale_functions::FixedHost;
use homescale_recordings::of_level;
use homescale_value::Str;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/charts");
    let mut trials = Vec::new();
    for folder in sorted_entries(&root) {
        let cases = fs::read_to_string(folder.join("cases.txt")).expect("every chart has cases");
        for line in cases.lines() {
            let (case, arguments) = line.split_once(':').expect("a case has a name");
            for &helm in HelmVersion::ALL {
                let chart = folder
                    .file_name()
                    .expect("entries have names")
                    .to_string_lossy();
                let name = format!("{chart}::{case}::helm-{}", helm.name());
                let (folder, case, arguments) =
                    (folder.clone(), case.to_owned(), arguments.to_owned());
                trials.push(Trial::test(name, move || {
                    check(&folder, &case, &arguments, helm)
                }));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(folder: &Path, case: &str, arguments: &str, helm: HelmVersion) -> Result<(), Failed> {
    let recorded = fs::read(folder.join(format!("expected/{case}.txt")))?;
    let expected = result_of(&recorded, helm);
    let actual = homescale_template::with_stack(|| run(folder, arguments, helm))?;
    let (expected, actual) = (text(&expected), text(&actual));
    if expected == actual {
        return Ok(());
    }
    Err(format!("--- Helm\n{expected}--- HomeScale\n{actual}").into())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What Helm did: the part of the recorded file that names the level, or else the first one, which names none.
fn result_of(recorded: &[u8], helm: HelmVersion) -> Vec<u8> {
    let mut parts = vec![(String::new(), Vec::new())];
    for line in recorded.split_inclusive(|&b| b == b'\n') {
        match line.strip_prefix(b"=== helm ") {
            Some(levels) => parts.push((text(levels), Vec::new())),
            None => parts
                .last_mut()
                .expect("it has a first")
                .1
                .extend_from_slice(line),
        }
    }
    of_level(&parts, helm.name()).cloned().unwrap_or_default()
}

/// What this program does, in the form of the recorded files.
fn run(folder: &Path, arguments: &str, helm: HelmVersion) -> Vec<u8> {
    let (stdout, stderr, exit) = match request(folder, arguments, helm) {
        Ok(request) => match template(folder, &request) {
            Ok((text, warnings)) => (text, warnings, 0),
            Err(error) => (Vec::new(), with_error(&error), 1),
        },
        Err(text) => (Vec::new(), format!("Error: {text}\n").into_bytes(), 1),
    };
    let mut result = format!("exit {exit}\n").into_bytes();
    for (name, stream) in [("stdout", stdout), ("stderr", stderr)] {
        if !stream.is_empty() {
            result.extend_from_slice(format!("=== {name}\n").as_bytes());
            result.extend_from_slice(&stream);
        }
    }
    result
}

fn with_error(error: &Error) -> Vec<u8> {
    let mut text = lines(error.warnings());
    text.extend_from_slice(format!("Error: {error}\n").as_bytes());
    text
}

fn lines(lines: &[String]) -> Vec<u8> {
    lines
        .iter()
        .flat_map(|line| format!("{line}\n").into_bytes())
        .collect()
}

fn template(folder: &Path, request: &Request) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let chart = load(folder, request.helm)?;
    let rendered = render(&chart, request, Rc::new(FixedHost::default()))?;
    Ok((rendered.text(), lines(&rendered.warnings)))
}

fn load(folder: &Path, helm: HelmVersion) -> Result<Chart, Error> {
    let packed = folder.join("chart.tgz.packed");
    let archive = if packed.exists() {
        archive::pack(&files(&packed))
    } else if let Ok(archive) = fs::read(folder.join("chart.tgz")) {
        archive
    } else {
        return Chart::load_as(&files(&folder.join("chart")), helm);
    };
    Chart::load_archive("$DIR/chart.tgz", &archive, helm)
}

/// The files below a folder. A folder that ends in `.packed` stands for the archive of what is in it.
fn files(root: &Path) -> FileSet {
    let mut files = FileSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in sorted_entries(&folder) {
            let path = entry
                .strip_prefix(root)
                .expect("it is below")
                .to_str()
                .expect("names are text");
            let (path, bytes) = match path.strip_suffix(".packed") {
                Some(path) => (path, archive::pack(&self::files(&entry))),
                None if entry.is_dir() => {
                    folders.push(entry);
                    continue;
                }
                None => (path, fs::read(&entry).expect("fixtures can be read")),
            };
            files.insert(path, bytes).expect("the path is relative");
        }
    }
    files
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    paths.sort();
    paths
}

/// The flags that cases use.
fn request(folder: &Path, arguments: &str, helm: HelmVersion) -> Result<Request, String> {
    let mut request = Request {
        helm,
        ..Request::default()
    };
    let mut words = words(arguments).into_iter().peekable();
    if let Some(name) = words.next_if(|word| !word.starts_with('-')) {
        request.release.name = name;
    }
    while let Some(flag) = words.next() {
        match flag.as_str() {
            "--include-crds" => request.include_crds = true,
            "--skip-tests" => request.skip_tests = true,
            "--no-hooks" => request.no_hooks = true,
            "--skip-schema-validation" => request.skip_schema_validation = true,
            "--is-upgrade" => request.release.is_upgrade = true,
            "--skip-crds" => {}
            _ => {
                let value = words.next().expect("the flag has a value");
                with_value(&mut request, &flag, value, folder)?;
            }
        }
    }
    Ok(request)
}

fn with_value(
    request: &mut Request,
    flag: &str,
    value: String,
    folder: &Path,
) -> Result<(), String> {
    let missing = |path: &str| format!("open {path}: no such file or directory");
    let read = |path: &str| match fs::read(folder.join(path)) {
        Ok(bytes) => Ok(Str::from(bytes)),
        Err(_) => Err(ReadError::new(missing(path))),
    };
    let source = match flag {
        "-n" | "--namespace" => {
            request.release.namespace = value;
            return Ok(());
        }
        "--name-template" => {
            request.release.name = value;
            return Ok(());
        }
        "--kube-version" => {
            request.kube_version = Some(value);
            return Ok(());
        }
        "-a" | "--api-versions" => {
            request
                .api_versions
                .extend(value.split(',').map(str::to_owned));
            return Ok(());
        }
        "-s" | "--show-only" => {
            request.show_only.push(value);
            return Ok(());
        }
        "-f" => {
            let text = read(&value).map_err(|error| error.to_string())?;
            ValueSource::File { name: value, text }
        }
        "--set" => ValueSource::Set(value),
        "--set-string" => ValueSource::SetString(value),
        "--set-json" => ValueSource::SetJson(value),
        "--set-literal" => ValueSource::SetLiteral(value),
        "--set-file" => {
            let paths = set_file_paths(&value, request.helm).into_iter();
            let contents = paths.map(|path| (path.clone(), read(&path))).collect();
            ValueSource::SetFile {
                text: value,
                contents,
            }
        }
        other => panic!("the harness does not know {other}"),
    };
    request.values.push(source);
    Ok(())
}

/// The words of a shell command, with quotes and backslashes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None) => word.get_or_insert_default().extend(chars.next()),
            ('\\', Some('"')) => match chars.next() {
                Some(c @ ('"' | '\\')) => word.get_or_insert_default().push(c),
                other => {
                    let word = word.get_or_insert_default();
                    word.push('\\');
                    word.extend(other);
                }
            },
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ', None) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
