//! What `lint` tells programs: its formats are what they say they are, for every case of `fixtures/broken` that is linted.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod snapshot;
mod tree;

use std::path::Path;

use homescale_go::Release;
use homescale_schema::{Dialect, Options, Schema};
use homescale_value::{Map, Value};
use program::{Ran, helm_catalog, run};
use snapshot::snapshot;
use tempfile::TempDir;

/// A case of `fixtures/broken`, laid out, with the templates of this repository where it has none of its own.
fn case(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let cases = tree::root().join("fixtures/broken");
    tree::copy(&cases.join("base"), folder.path());
    tree::copy(&cases.join(name), folder.path());
    let templates = folder.path().join("apps/templates");
    if !templates.exists() {
        tree::copy(&tree::root().join("apps/templates"), &templates);
    }
    folder
}

fn lint(repository: &Path, arguments: &[&str]) -> Ran {
    let arguments = [&["lint"], arguments].concat();
    run(&mut helm_catalog(repository, &arguments), b"")
}

/// The cases that are linted, and not rendered.
fn linted() -> Vec<String> {
    let cases = tree::entries(&tree::root().join("fixtures/broken"));
    let other = ["render", "stream.yaml", "manifests.yaml"];
    let is_linted = |path: &&std::path::PathBuf| {
        path.is_dir() && !other.iter().any(|it| path.join(it).exists())
    };
    let linted = cases.iter().filter(is_linted);
    linted.map(|path| tree::file_name(path)).collect()
}

/// Checks that what `lint` prints in a format is of a schema, for every case.
fn conforms(format: &str, schema: &str) {
    let schema = format!(r#"{{"properties": {{"printed": {schema}}}}}"#);
    let options = Options {
        dialect: Dialect::Jsonschema6,
        go: Release::LATEST,
    };
    let schema = Schema::new(schema.into(), options);
    let mut findings = 0;
    for name in linted() {
        let ran = lint(case(&name).path(), &["--output", format]);
        findings += usize::from(ran.status == 1);
        let text = format!(r#"{{"printed": {}}}"#, ran.stdout);
        // Where there is no catalog at all, there is nothing to print.
        if ran.stdout.is_empty() {
            continue;
        }
        let printed = homescale_yaml::json::decode(text.as_bytes()).unwrap();
        let checked = schema.check(&as_map(printed));
        assert!(checked.is_ok(), "{name}: {}", checked.unwrap_err());
    }
    assert!(findings > 50);
}

fn as_map(value: Value) -> Map {
    match value {
        Value::Map(map) => map,
        other => unreachable!("a map was written, and {other} read"),
    }
}

#[test]
fn json_is_of_its_schema() {
    let schema = homescale_catalog::findings_schema().to_string();
    conforms("json", &schema);
}

#[test]
fn sarif_is_of_its_schema() {
    let schema = include_str!("../../fixtures/sarif/sarif-2.1.0.schema.json");
    conforms("sarif", schema);
}

#[test]
fn each_format_says_the_same() {
    let folder = case("pod-security-conflict");
    for format in ["text", "json", "github", "sarif"] {
        let ran = lint(folder.path(), &["--output", format]);
        let text = ran.stdout.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let text = match text.split_once(r#""rules": ["#) {
            None => text,
            Some((head, rest)) => {
                let (_, rest) = rest.split_once("\n          ]").unwrap();
                format!("{head}…]{rest}")
            }
        };
        snapshot(&format!("lint-{format}"), &text);
    }
}

#[test]
fn what_is_silenced_is_counted_and_suppressed() {
    let folder = case("silenced");
    let ran = lint(folder.path(), &["--strict", "--no-render"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stdout.ends_with("0 notes; 5 silenced\n"),
        "{}",
        ran.stdout
    );
    let sarif = lint(folder.path(), &["--no-render", "--output", "sarif"]).stdout;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let of = |result: &serde_json::Value| {
        let suppression = &result["suppressions"][0];
        let text = |key: &str| suppression[key].as_str().unwrap().to_owned();
        (text("kind"), text("justification"))
    };
    let suppressions: Vec<_> = results.iter().map(of).collect();
    let external = ("external".to_owned(), "the others vendor it".to_owned());
    let in_source = ("inSource".to_owned(), "the firewall reads it".to_owned());
    assert!(suppressions.contains(&external) && suppressions.contains(&in_source));
}

#[test]
fn a_rule_is_explained() {
    let nowhere = tempfile::tempdir().unwrap();
    let ran = lint(nowhere.path(), &["--explain", "missing-path"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    snapshot("lint-explain", &ran.stdout);
    let list = lint(nowhere.path(), &["--explain"]).stdout;
    for rule in homescale_fleet::all_rules() {
        assert!(list.contains(rule.about), "{rule}");
    }
    let ran = lint(nowhere.path(), &["--explain", "mising-path"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "Error: there is no rule `mising-path`\n  hint: did you mean `missing-path`?\n"
    );
}
