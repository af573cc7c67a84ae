//! Fleets, and the files that they are written to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::program::{Ran, helm_catalog, run};
use super::tree;

/// The fleet with every form of source.
pub(crate) fn platform() -> PathBuf {
    tree::root().join("fixtures/fleets/platform")
}

/// A copy of it, which a test may change.
pub(crate) fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    tree::copy(&platform(), copy.path());
    copy
}

/// Runs `helm-catalog manifests` in a directory.
pub(crate) fn manifests(directory: &Path, arguments: &[&str]) -> Ran {
    run(&mut command(directory, arguments), b"")
}

/// `helm-catalog manifests` in a directory.
pub(crate) fn command(directory: &Path, arguments: &[&str]) -> std::process::Command {
    let mut all = vec!["manifests"];
    all.extend(arguments);
    helm_catalog(directory, &all)
}

/// Writes a fleet into a directory: the exit status is that of a fleet in which something fails, or not.
pub(crate) fn write(fleet: &Path, to: &Path, arguments: &[&str]) -> Ran {
    let mut all = vec!["--output-dir", to.to_str().unwrap()];
    all.extend(arguments);
    manifests(fleet, &all)
}

/// The files of a tree, hidden ones too, by their paths.
pub(crate) fn files(directory: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    if directory.is_dir() {
        collect(directory, "", &mut files);
    }
    files
}

fn collect(root: &Path, inside: &str, files: &mut BTreeMap<String, String>) {
    for path in tree::entries(&root.join(inside)) {
        let name = format!("{inside}{}", tree::file_name(&path));
        if path.is_dir() {
            collect(root, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Files as one text, which a person can read.
pub(crate) fn told(files: &BTreeMap<String, String>) -> String {
    let pieces = files
        .iter()
        .flat_map(|(path, text)| ["=== ", path.as_str(), "\n", text.as_str()]);
    pieces.collect()
}

/// A fleet of plain manifests: for each Application its name, its namespace and the manifests.
pub(crate) fn plain(applications: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let fleet = tempfile::tempdir().unwrap();
    for (number, (name, namespace, manifests)) in applications.iter().enumerate() {
        let directory = fleet.path().join(format!("manifests/{number}"));
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("all.yaml"), manifests).unwrap();
        let application = format!(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: '{name}', namespace: '{namespace}'}}
spec:
  project: default
  destination: {{server: https://kubernetes.default.svc, namespace: web}}
  source: {{repoURL: https://git.example.com/fleet.git, path: manifests/{number}}}
"
        );
        fs::write(
            fleet.path().join(format!("application-{number}.yaml")),
            application,
        )
        .unwrap();
    }
    fleet
}

/// A ConfigMap of this name, with a text in it.
pub(crate) fn config_map(name: &str, text: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: '{name}'}}\ndata: {{text: '{text}'}}\n"
    )
}
