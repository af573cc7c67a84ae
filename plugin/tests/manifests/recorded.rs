//! All of the fleet, in each layout, as it is recorded.

use super::fleet::{files, manifests, platform, told, write};
use super::tree;

/// Compares a text with a file of `snapshots/fleets`.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tree::root().join("snapshots/fleets"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_layout_is_recorded() {
    for layout in ["resources", "apps"] {
        let directory = tempfile::tempdir().unwrap();
        let ran = write(&platform(), directory.path(), &["--layout", layout]);
        assert_eq!(
            ran.status, 1,
            "billing fails, and nothing else: {}",
            ran.stderr
        );
        assert_eq!(ran.stdout, "");
        let files = files(directory.path());
        for cluster in ["hub", "east", "west"] {
            let mut of_cluster = files.clone();
            of_cluster.retain(|path, _| path.starts_with(&format!("{cluster}/")));
            assert!(!of_cluster.is_empty(), "{cluster}");
            snapshot(&format!("platform-{layout}-{cluster}"), &told(&of_cluster));
        }
    }
}

#[test]
fn what_came_of_each_application_is_recorded() {
    let ran = manifests(&platform(), &["-o", "json"]);
    assert_eq!(ran.status, 1);
    let mut outcomes: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    // The objects are recorded in the trees: here their number does.
    for outcome in outcomes.as_array_mut().unwrap() {
        let count = outcome["objects"].as_array().unwrap().len();
        outcome["objects"] = count.into();
    }
    let outcomes = serde_json::to_string_pretty(&outcomes).unwrap();
    snapshot("platform-outcomes", &outcomes);
    snapshot("platform-summary", &ran.stderr);
}
