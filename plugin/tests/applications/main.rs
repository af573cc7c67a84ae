//! Every Application of the fixtures and of this repository, generated or written, against the schema of Argo CD's CRD.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};

/// Cases that show how fields of any content pass through, and so are no Applications that Argo CD would take.
const NOT_MEANT: &[(&str, &str)] = &[];

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned();
    let schema = fs::read(root.join("fixtures/argocd/application.schema.json")).unwrap();
    let schema: Arc<Value> = Arc::new(serde_json::from_slice(&schema).unwrap());
    let mut trials = vec![Trial::test("what is wrong is found", {
        let schema = Arc::clone(&schema);
        move || wrong_ones_are_refused(&schema)
    })];
    let mut count = 0;
    for file in files(&root) {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let applications = applications(&file);
        count += applications.len();
        let not_meant = NOT_MEANT.iter().any(|(start, _)| name.starts_with(start));
        let schema = Arc::clone(&schema);
        trials.push(Trial::test(name, move || {
            let faults = applications.iter().flat_map(|application| {
                let faults = schema::faults(&schema, application).into_iter();
                faults.map(|fault| format!("{}: {fault}", application["metadata"]["name"]))
            });
            let faults: Vec<String> = faults.collect();
            match (faults.is_empty(), not_meant) {
                (true, false) | (false, true) => Ok(()),
                (true, true) => Err(Failed::from(
                    "all are valid: take the file out of NOT_MEANT",
                )),
                (false, false) => Err(Failed::from(faults.join("\n"))),
            }
        }));
    }
    assert!(count > 450, "the Applications are missing: {count}");
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// What the catalogs give, what it was recorded from, and what is written by hand.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&root.join("clusters"), &mut files);
    collect(&root.join("snapshots/clusters"), &mut files);
    for case in entries(&root.join("fixtures/catalogs")) {
        for part in ["clusters", "expected"] {
            collect(&case.join(part), &mut files);
        }
    }
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    files
}

/// What is in a folder, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    if !folder.is_dir() {
        return;
    }
    for path in entries(folder) {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn applications(file: &Path) -> Vec<Value> {
    let text = fs::read(file).unwrap();
    let documents = homescale_yaml::parse_all(&text)
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let json = documents.iter().map(|document| {
        let value = document.to_value().unwrap();
        let text = homescale_yaml::json::encode(&value).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()
    });
    json.filter(|object| object["kind"] == "Application")
        .collect()
}

/// The checker itself: each of these Applications has one fault.
fn wrong_ones_are_refused(schema: &Value) -> Result<(), Failed> {
    let good = json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "a"},
        "spec": {"project": "p", "destination": {"name": "c"}, "source": {"repoURL": "r", "path": "a"}},
    });
    let with = |path: &str, value: Value| {
        let mut object = good.clone();
        *object.pointer_mut(path).unwrap() = value;
        object
    };
    for (fault, object) in [
        (None, good.clone()),
        (
            Some(".spec: \"project\" is missing"),
            with("/spec", json!({"destination": {}})),
        ),
        (
            Some(".spec.source.path: must be \"string\", is 1"),
            with("/spec/source/path", json!(1)),
        ),
        (
            Some(".spec.destination.cluster: unknown field"),
            with("/spec/destination", json!({"cluster": "c"})),
        ),
        (
            Some(".metadata.label: unknown field"),
            with("/metadata", json!({"label": {}})),
        ),
        (
            Some(".spec.source.helm.valueFiles[1]: must be \"string\", is null"),
            with(
                "/spec/source",
                json!({"repoURL": "r", "helm": {"valueFiles": ["a", null]}}),
            ),
        ),
        (
            None,
            with(
                "/spec/source",
                json!({"repoURL": "r", "helm": {"valuesObject": {"any": [{}]}}}),
            ),
        ),
    ] {
        let found = schema::faults(schema, &object);
        if found != fault.into_iter().collect::<Vec<_>>() {
            return Err(format!("expected {fault:?}, found {found:?}").into());
        }
    }
    Ok(())
}
