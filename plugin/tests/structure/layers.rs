//! The layers of `lib/README.md` are what `cargo metadata` says they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::repository;

type Imports = BTreeMap<String, BTreeSet<String>>;

/// The rows of the table under "## Layers".
fn table() -> Imports {
    let rows = repository::table("## Layers").into_iter();
    rows.map(|row| {
        let imports = row[1].split(", ").filter(|name| !name.is_empty());
        (row[0].clone(), imports.map(str::to_owned).collect())
    })
    .collect()
}

/// Our crates and the ones of ours that they import outside tests.
fn metadata() -> Imports {
    let metadata = repository::metadata();
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
