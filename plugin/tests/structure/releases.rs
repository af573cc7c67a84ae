//! No code names a release of Helm or of Go, but the tables that say what each of them does.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::repository;

/// Where releases stand: what each Helm does, what each Go does, and which Helm each Argo CD has.
const TABLES: &[&str] = &[
    "lib/chart/src/helm_version.rs",
    "lib/chart/src/helm_version/",
    "lib/go/src/release.rs",
    "lib/argocd/src/bundled_helm.rs",
];

/// How code names a release.
const NAMES: &[&str] = &["HelmVersion::V", "Release::Go1"];

#[test]
fn releases_are_named_in_the_tables_only() {
    let root = repository::root();
    let mut found = String::new();
    for (name, folder) in repository::folders() {
        // Fuzz targets are tests.
        if name == "fuzz" {
            continue;
        }
        for file in files(&folder.join("src")) {
            let path = file.strip_prefix(&root).unwrap().to_string_lossy();
            let path = path.replace('\\', "/");
            if TABLES.iter().any(|table| path.starts_with(table)) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            for (index, line) in code.lines().enumerate() {
                let is_comment = line.trim_start().starts_with("//");
                if !is_comment && NAMES.iter().any(|name| line.contains(name)) {
                    writeln!(found, "{path}:{}: {}", index + 1, line.trim()).unwrap();
                }
            }
        }
    }
    assert!(found.is_empty(), "make it a switch of a table:\n{found}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
