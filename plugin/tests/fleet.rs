//! What is asked about a whole fleet, `fixtures/fleets/forms`. `snapshots/cli` has the texts.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod snapshot;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Ran, helm_catalog, run};
use snapshot::snapshot;

fn fleet() -> PathBuf {
    tree::root().join("fixtures/fleets/forms")
}

fn at(directory: &Path, arguments: &[&str]) -> Ran {
    run(&mut helm_catalog(directory, arguments), b"")
}

/// What a command prints on the fleet, on both streams.
fn answer(arguments: &[&str]) -> String {
    let ran = at(&fleet(), arguments);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    format!("{}--- standard error\n{}", ran.stdout, ran.stderr)
}

/// A copy of the fleet in which a file has another text.
fn changed(path: &str, text: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    tree::copy(&fleet(), copy.path());
    fs::write(copy.path().join(path), text).unwrap();
    copy
}

#[test]
fn images_are_listed_with_who_names_them() {
    snapshot("fleet-images", &answer(&["images"]));
    snapshot("fleet-images-places", &answer(&["images", "--places"]));
    let json = answer(&["images", "-o", "json", "--app", "database"]);
    snapshot("fleet-images-json", &json);
    let west = [
        "images",
        "-c",
        "west",
        "--selector",
        "team=web",
        "-o",
        "name",
    ];
    assert_eq!(
        at(&fleet(), &west).stdout,
        "registry.example.com/proxy:3.0\nregistry.example.com/web:1.2\n"
    );
}

#[test]
fn images_tell_what_is_not_rendered_by_the_status() {
    assert_eq!(at(&fleet(), &["images", "--strict"]).status, 1);
    let of_one = ["images", "--strict", "--app", "probe"];
    assert_eq!(at(&fleet(), &of_one).status, 0);
    let broken = changed("charts/web/templates/deployment.yaml", "{{ fail \"no\" }}");
    let ran = at(broken.path(), &["images", "-o", "name"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("registry.example.com/db:16\n"));
    assert!(!ran.stdout.contains("web"));
    assert!(
        ran.stderr
            .contains("failed  mgmt/argocd/web-east on east: ")
    );
    assert!(
        ran.stderr
            .ends_with("8 Applications: 5 rendered, 2 failed, 1 skipped\n")
    );
}

#[test]
fn what_is_no_object_counts_as_failed() {
    let text = "kind: Pod\n---\nspec: {}\n";
    let ran = at(
        changed("charts/web/templates/deployment.yaml", text).path(),
        &["images", "--app", "web-*"],
    );
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr
            .ends_with("2 Applications: 0 rendered, 2 failed, 0 skipped\n"),
        "{}",
        ran.stderr
    );
}
