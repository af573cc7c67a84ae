//! Every command line of `fixtures/command-line` run by the binary, against what real Helm made of it: exit status, both
//! streams, and the files that came to be.
//!
//! `fixtures/record-command-line` says what the files mean. For each real Helm at hand, which the variables HELMS, HELM4 and
//! HELM3 name, the trials `live/…` run it too and compare again.
#![expect(
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod program;
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use homescale_recordings::{Helm, levels, of_level};
use libtest_mimic::{Arguments, Failed, Trial};
use program::{bare, helm_catalog, run};

fn main() -> ExitCode {
    let cases = fs::read_to_string(folder().join("cases.txt")).unwrap();
    let helms = homescale_recordings::helms();
    let mut trials = Vec::new();
    for line in cases.lines() {
        let (case, words) = line.split_once(": ").unwrap();
        let (case, major) = case.split_once(" @").unwrap_or((case, ""));
        let recorded = fs::read_to_string(folder().join(format!("expected/{case}.txt"))).unwrap();
        let recorded = parts(&recorded);
        let levels = levels().into_iter();
        for level in levels.filter(|level| level.starts_with(major)) {
            let expected = of_level(&recorded, level).unwrap().clone();
            let line = words.to_owned();
            trials.push(Trial::test(format!("{case}::helm-{level}"), move || {
                same(&expected, &ours(&line, level))
            }));
        }
        let helms = helms.iter().cloned();
        for helm in helms.filter(|helm| helm.level.starts_with(major)) {
            let line = words.to_owned();
            let name = format!("live/{case}::helm-{}", helm.level);
            trials.push(Trial::test(name, move || {
                same(&real(&helm, &line), &ours(&line, helm.level))
            }));
        }
    }
    assert!(trials.len() > 1000, "the cases are missing");
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn folder() -> std::path::PathBuf {
    tree::root().join("fixtures/command-line")
}

fn same(expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected, found);
    let mut diff = diff.unified_diff();
    Err(diff.header("Helm", "HomeScale").to_string().into())
}

/// What is recorded: names of levels, and their result; the first part names none.
fn parts(recorded: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), String::new())];
    for line in recorded.split_inclusive('\n') {
        match line.strip_prefix("=== helm ") {
            Some(levels) => parts.push((levels.to_owned(), String::new())),
            None => parts.last_mut().unwrap().1.push_str(line),
        }
    }
    parts
}

fn ours(line: &str, version: &str) -> String {
    with_inputs(line, |inputs, words| {
        let version = ["template", "--helm-version", version];
        let words: Vec<&str> = version.into_iter().chain(words).collect();
        helm_catalog(inputs, &words)
    })
}

fn real(helm: &Helm, line: &str) -> String {
    with_inputs(line, |inputs, words| {
        let mut command = bare(&helm.program, inputs);
        command.arg("template").args(words);
        for home in ["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"] {
            command.env(home, "/nonexistent");
        }
        command.env("KUBECONFIG", "/nonexistent/config");
        command
    })
}

/// Runs a command line in a copy of the inputs.
fn with_inputs(line: &str, command: impl Fn(&Path, Vec<&str>) -> Command) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let inputs = scratch.path().canonicalize().unwrap().join("inputs");
    tree::copy(&folder().join("inputs"), &inputs);
    let words = words(line);
    let is_variable = |word: &&String| {
        let name = word.split_once('=').map(|(name, _)| name);
        name.is_some_and(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
    };
    let variables = words.iter().take_while(is_variable).count();
    let arguments = words[variables..].iter().map(String::as_str).collect();
    let mut command = command(&inputs, arguments);
    command.envs(
        words[..variables]
            .iter()
            .filter_map(|word| word.split_once('=')),
    );

    let before = files(&inputs);
    let ran = run(&mut command, b"");
    let mut result = format!("exit {}\n", ran.status);
    for (name, stream) in [("stdout", ran.stdout), ("stderr", ran.stderr)] {
        if !stream.is_empty() {
            let stream = stream.replace(inputs.to_str().unwrap(), "$PWD");
            result.extend([format!("=== {name}\n"), stream]);
        }
    }
    for (path, (mode, text)) in files(&inputs) {
        if before.get(&path) != Some(&(mode, text.clone())) {
            result.extend([format!("=== file {path} {mode:o}\n"), text]);
        }
    }
    result
}

/// The files in a folder: path, mode, text.
fn files(root: &Path) -> BTreeMap<String, (u32, String)> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in tree::entries(&folder) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let path = entry
                .strip_prefix(root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            files.insert(path, (mode, fs::read_to_string(&entry).unwrap()));
        }
    }
    files
}

/// The words of a line: between spaces, or in quotes of either kind, which have no escapes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
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
