//! Where things are in the repository, and the tables of its map.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn root() -> PathBuf {
    let plugin = Path::new(env!("CARGO_MANIFEST_DIR"));
    plugin.parent().unwrap().to_owned()
}

/// The folder of each crate, by its name in the map.
pub(crate) fn folders() -> Vec<(String, PathBuf)> {
    let lib = fs::read_dir(root().join("lib")).unwrap();
    let lib = lib.map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = lib
        .filter(|path| path.join("Cargo.toml").exists())
        .collect();
    folders.push(root().join("plugin"));
    folders.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    folders
        .iter()
        .map(|path| (name(path), path.clone()))
        .collect()
}

/// The root of each crate's library, or program, by its name in the map.
pub(crate) fn crates() -> Vec<(String, PathBuf)> {
    let root = |folder: PathBuf| {
        let library = folder.join("src/lib.rs");
        if library.exists() {
            library
        } else {
            folder.join("src/main.rs")
        }
    };
    folders()
        .into_iter()
        .map(|(name, folder)| (name, root(folder)))
        .collect()
}

/// What Cargo says of the workspace.
pub(crate) fn metadata() -> serde_json::Value {
    metadata_of(&root())
}

/// What Cargo says of the workspace in a folder.
pub(crate) fn metadata_of(folder: &Path) -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(folder)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The rows of the first table under a heading of `lib/README.md`, without its head.
pub(crate) fn table(heading: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("lib/README.md")).unwrap();
    let section = text.split(heading).nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap();
    let rows = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1);
    rows.map(|row| {
        let cells = row.trim_matches('|').split('|');
        cells.map(|cell| cell.trim().to_owned()).collect()
    })
    .collect()
}
