//! The layers of `lib/README.md` are what `cargo metadata` says they are.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

type Imports = BTreeMap<String, BTreeSet<String>>;

/// The rows of the table under "## Layers".
fn table() -> Imports {
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lib/README.md");
    let text = std::fs::read_to_string(map).unwrap();
    let section = text.split("## Layers").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let imports = cells[2].split(", ").filter(|name| !name.is_empty());
        (cells[1].to_owned(), imports.map(str::to_owned).collect())
    })
    .collect()
}

/// Our crates and the ones of ours that they import outside tests.
fn metadata() -> Imports {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let short = |name: &str| match name {
        "helm-catalog" => Some("plugin".to_owned()),
        "homescale" => Some("homescale".to_owned()),
        name => name.strip_prefix("homescale-").map(str::to_owned),
    };
    let mut imports = Imports::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = short(package["name"].as_str().unwrap()).unwrap();
        let ours = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|d| d["kind"] != "dev");
        let ours = ours.filter_map(|d| short(d["name"].as_str().unwrap()));
        imports.insert(name, ours.collect());
    }
    imports
}

#[test]
fn no_crate_imports_more_than_its_layer_allows() {
    let (allowed, real) = (table(), metadata());
    assert_eq!(
        real.keys().collect::<Vec<_>>(),
        allowed.keys().collect::<Vec<_>>(),
        "lib/README.md lists every crate"
    );
    for (name, imports) in &real {
        let extra: Vec<_> = imports.difference(&allowed[name]).collect();
        assert!(
            extra.is_empty(),
            "{name} imports {extra:?}, which its row in lib/README.md does not allow"
        );
    }
}
