//! Every command line of `fixtures/command-line` run by the binary, against what real Helm made of it: exit status, both
//! streams, and the files that came to be.
//!
//! `fixtures/record-command-line` says what the files mean. Where HELM4 or HELM3 name the real program, the trials
//! `live/…` run it too and compare again.
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

use libtest_mimic::{Arguments, Failed, Trial};
use program::{bare, helm_catalog, run};

/// How the recordings name a version of Helm, the variable that names its program, and what `--helm-version` calls it.
const HELMS: [(&str, &str, &str); 2] = [("4", "HELM4", "4.1"), ("3", "HELM3", "3.17")];

fn main() -> ExitCode {
    let cases = fs::read_to_string(folder().join("cases.txt")).unwrap();
    let mut trials = Vec::new();
    for line in cases.lines() {
        let (case, words) = line.split_once(": ").unwrap();
        let (case, only) = case.split_once(" @").unwrap_or((case, ""));
        let recorded = fs::read_to_string(folder().join(format!("expected/{case}.txt"))).unwrap();
        for (helm, variable, version) in HELMS {
            if !only.is_empty() && only != helm {
                continue;
            }
            let expected = result_of(&recorded, helm);
            let line = words.to_owned();
            trials.push(Trial::test(format!("{case}::helm{helm}"), move || {
                same(&expected, &ours(&line, version))
            }));
            if let Ok(program) = std::env::var(variable) {
                let line = words.to_owned();
                trials.push(Trial::test(format!("live/{case}::helm{helm}"), move || {
                    same(&real(&program, &line), &ours(&line, version))
                }));
            }
        }
    }
    assert!(trials.len() > 200, "the cases are missing");
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

/// The part of a recording that is about a version of Helm.
fn result_of(recorded: &str, helm: &str) -> String {
    let mut result = String::new();
    for part in recorded.split("=== helm ").skip(1) {
        let (of, text) = part.split_once(": ").unwrap();
        if text != "same\n" {
            text.clone_into(&mut result);
        }
        if of == helm {
            break;
        }
    }
    result
}

fn ours(line: &str, version: &str) -> String {
    with_inputs(line, |inputs, words| {
        let version = ["template", "--helm-version", version];
        let words: Vec<&str> = version.into_iter().chain(words).collect();
        helm_catalog(inputs, &words)
    })
}

fn real(program: &str, line: &str) -> String {
    with_inputs(line, |inputs, words| {
        let mut command = bare(program, inputs);
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
