//! Patterns of `fixtures/files` against what real Helm selects; `fixtures/record-globs` says what the files mean.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "fixtures come from the disk, and a fault in them is a fault of the test"
)]

use std::collections::BTreeMap;
use std::fs;

use homescale_fileset::{FileSet, Glob, Ignore};
use homescale_recordings::{fixtures, levels, of_level, sections};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() {
    let mut trials = Vec::new();
    for line in read("globs.expected.txt").lines() {
        let (pattern, paths) = line.split_at(key_end(line));
        let pattern: String = serde_json::from_str(pattern).expect("the pattern is JSON");
        let expected: Vec<String> = serde_json::from_str(&paths[2..]).expect("the paths are JSON");
        trials.push(Trial::test(format!("glob::{pattern}"), move || {
            let glob = Glob::new(pattern.as_bytes()).unwrap_or_else(|_| Glob::everything());
            let found = tree()
                .paths()
                .filter(|path| glob.is_match(path))
                .map(str::to_owned)
                .collect();
            same(&expected, &found)
        }));
    }
    let ignores_text = read("ignores.txt");
    let mut recorded: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    for line in read("ignores.expected.txt").lines() {
        let (head, result) = line.split_once(": ").expect("a colon ends the name");
        let (name, mark) = head.split_once(' ').unwrap_or((head, ""));
        let result = serde_json::from_str(result).expect("the result is JSON");
        let parts = recorded.entry(name.to_owned()).or_default();
        parts.push((mark.to_owned(), result));
    }
    let (_, cases) = sections(&ignores_text, "--- ");
    for (name, rules) in cases {
        let name = name.trim_end_matches(" ---").to_owned();
        let parts = recorded.remove(&name).expect("each case is recorded");
        for level in levels() {
            let expected = of_level(&parts, level).expect("it has a part").clone();
            let rules = rules.to_owned();
            trials.push(Trial::test(format!("ignore::{name}::{level}"), move || {
                ignores(&rules, level, &expected)
            }));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn read(name: &str) -> String {
    fs::read_to_string(fixtures().join("files").join(name)).expect("the fixture is there")
}

/// The files of the tree. What is a folder of another path cannot be a file on a disk, where Helm saw them.
fn tree() -> FileSet {
    let listed = read("tree.txt");
    let mut files = FileSet::new();
    for path in listed.lines() {
        let folder = format!("{path}/");
        if !listed.lines().any(|other| other.starts_with(&folder)) {
            files.insert(path, *b"x").expect("the path is relative");
        }
    }
    files
}

/// Where the JSON string at the start of the line ends.
fn key_end(line: &str) -> usize {
    let mut escaped = false;
    for (at, c) in line.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    panic!("no string at the start of {line}")
}

fn ignores(rules: &str, level: &str, expected: &Value) -> Result<(), Failed> {
    let ignore = match Ignore::parse(rules.as_bytes()) {
        Ok(ignore) if level.starts_with("3.") => ignore.walk().losing_slashes(),
        Ok(ignore) => ignore.walk(),
        Err(error) => return same(expected, &Value::from(format!("Error: {error}"))),
    };
    let mut files = tree();
    for path in [".helmignore", "Chart.yaml", "templates/out.yaml"] {
        files.insert(path, *b"x")?;
    }
    let loaded = ignore.filter(&files);
    if !loaded.contains("Chart.yaml") {
        return same(expected, &Value::from("Error: Chart.yaml file is missing"));
    }
    if !loaded.contains("templates/out.yaml") {
        return same(expected, &Value::from(Vec::<Value>::new()));
    }
    let others = |path: &&str| !matches!(*path, "Chart.yaml" | "templates/out.yaml");
    let found: Vec<&str> = loaded.paths().filter(others).collect();
    same(expected, &Value::from(found))
}

fn same<T: PartialEq + std::fmt::Debug>(expected: &T, actual: &T) -> Result<(), Failed> {
    if expected == actual {
        return Ok(());
    }
    Err(format!("Helm      {expected:?}\nHomeScale {actual:?}").into())
}
