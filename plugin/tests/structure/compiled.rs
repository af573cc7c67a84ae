//! Every Rust file is compiled by some target of Cargo, and every test program has tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::modules::Crate;
use crate::repository;
use crate::tokens::tokens;

/// The targets of the workspace and of the fuzzers: kind, name, root.
fn targets() -> Vec<(String, String, PathBuf)> {
    let fuzzers = repository::root().join("lib/fuzz/libfuzzer");
    let all = [repository::metadata(), repository::metadata_of(&fuzzers)];
    let packages = all
        .iter()
        .flat_map(|all| all["packages"].as_array().unwrap());
    let targets = packages.flat_map(|package| package["targets"].as_array().unwrap());
    targets
        .map(|target| {
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            let root = PathBuf::from(text(&target["src_path"]));
            (text(&target["kind"][0]), text(&target["name"]), root)
        })
        .collect()
}

/// The Rust files below a folder, but for what is built there.
fn files(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.insert(path);
        }
    }
}

#[test]
fn every_file_is_compiled() {
    let mut known = BTreeSet::new();
    for (_, _, root) in targets() {
        for file in Crate::read(&root, true).files {
            known.insert(file.canonicalize().unwrap());
        }
    }
    let mut all = BTreeSet::new();
    for folder in ["lib", "plugin"] {
        files(
            &repository::root().join(folder).canonicalize().unwrap(),
            &mut all,
        );
    }
    let forgotten: Vec<_> = all.difference(&known).collect();
    assert!(
        forgotten.is_empty(),
        "no `mod` leads to these files: {forgotten:#?}"
    );
}

/// Whether the manifest beside a test says that the test is a program of its own.
fn has_own_main(name: &str, root: &Path) -> bool {
    let manifest = root.ancestors().map(|folder| folder.join("Cargo.toml"));
    let manifest = manifest
        .filter(|path| path.exists())
        .map(|path| fs::read_to_string(path).unwrap());
    let manifest = manifest.take(1).collect::<String>();
    manifest.split("[[test]]").skip(1).any(|test| {
        let test = test.split("\n[").next().unwrap_or_default();
        test.contains(&format!("name = \"{name}\"")) && test.contains("harness = false")
    })
}

#[test]
fn every_test_program_has_tests() {
    for (kind, name, root) in targets() {
        if kind != "test" || has_own_main(&name, &root) {
            continue;
        }
        let has_tests = Crate::read(&root, true).files.iter().any(|file| {
            let text = fs::read_to_string(file).unwrap();
            let tokens = tokens(&text);
            tokens
                .windows(3)
                .any(|three| three[0].is("[") && three[1].is("test") && three[2].is("]"))
        });
        assert!(
            has_tests,
            "{}: no test; or `harness = false` is missing",
            root.display()
        );
    }
}
