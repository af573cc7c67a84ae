//! Parts of a fleet: shards, and what `--cluster`, `--app` and `--selector` select.

use std::collections::BTreeMap;

use super::fleet::{files, manifests, platform, write};

#[test]
fn the_shards_together_are_one_run() {
    for layout in ["resources", "apps"] {
        let whole = tempfile::tempdir().unwrap();
        write(&platform(), whole.path(), &["--layout", layout]);
        let whole = files(whole.path());
        for count in 1..=4 {
            let shared = tempfile::tempdir().unwrap();
            let mut joined = BTreeMap::new();
            for index in 1..=count {
                let shard = format!("{index}/{count}");
                let arguments = ["--layout", layout, "--shard", shard.as_str()];
                write(&platform(), shared.path(), &arguments);
                let own = tempfile::tempdir().unwrap();
                write(&platform(), own.path(), &arguments);
                for (path, bytes) in files(own.path()) {
                    let twice = joined.insert(path, bytes);
                    assert_eq!(twice, None, "a file of two shards");
                }
            }
            assert_eq!(joined, whole, "{count} shards, {layout}");
            assert_eq!(
                files(shared.path()),
                whole,
                "{count} shards into one tree, {layout}"
            );
        }
    }
}

#[test]
fn shards_write_into_one_tree_at_the_same_time() {
    let whole = tempfile::tempdir().unwrap();
    write(&platform(), whole.path(), &[]);
    let shared = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for shard in ["1/4", "2/4", "3/4", "4/4"] {
            let directory = shared.path();
            scope.spawn(move || write(&platform(), directory, &["--shard", shard]));
        }
    });
    assert_eq!(files(shared.path()), files(whole.path()));
}

#[test]
fn shards_that_are_none_are_refused() {
    for shard in ["0/2", "3/2", "1", "a/b", "1/0"] {
        let ran = manifests(&platform(), &["--shard", shard]);
        assert_eq!(ran.status, 2, "{shard}: {}", ran.stderr);
    }
}

/// The names of the Applications that are selected, each with its cluster.
fn selected(arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["-o", "json"];
    all.extend(arguments);
    let ran = manifests(&platform(), &all);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
    let text = |entry: &serde_json::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    entries
        .iter()
        .map(|entry| format!("{}/{}", text(entry, "cluster"), text(entry, "application")))
        .collect()
}

#[test]
fn clusters_names_and_labels_select() {
    for (arguments, expected) in [
        (
            &["--app", "notify*"][..],
            &[
                "east/notify-east",
                "hub/notify",
                "hub/notify",
                "west/notify-west",
            ][..],
        ),
        (
            &["--app", "shop", "--app", "quotas-*", "--cluster", "[ew]*st"],
            &[
                "east/quotas-east",
                "east/shop",
                "west/quotas-west",
                "west/shop",
            ],
        ),
        (
            &["-l", "tool=exporter"],
            &["east/exporter-east", "west/exporter-west"],
        ),
        (
            &["-l", "team in (shop),kind!=chart", "-c", "hub"],
            &["hub/billing", "hub/dashboards-shop", "hub/notify"],
        ),
    ] {
        assert_eq!(selected(arguments), expected, "{arguments:?}");
    }
}

#[test]
fn what_selects_nothing_says_what_may_be_meant() {
    for (arguments, message) in [
        (
            &["--app", "shopp"][..],
            "there is no Application `shopp`\n  hint: did you mean `shop`?",
        ),
        (
            &["-c", "eats"],
            "no Application goes to a cluster `eats`\n  hint: did you mean `east`?",
        ),
        (
            &["-c", "west", "--app", "projects"],
            "no Application has all that was asked for",
        ),
        (&["--app", "[a"], "the pattern `[a`"),
    ] {
        let ran = manifests(&platform(), arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            ran.stderr.contains(message),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_part_is_written_without_touching_the_rest() {
    let directory = tempfile::tempdir().unwrap();
    let other = directory.path().join("hub/other/configmap-mine.yaml");
    std::fs::create_dir_all(other.parent().unwrap()).unwrap();
    std::fs::write(&other, "mine\n").unwrap();
    let ran = write(&platform(), directory.path(), &["--app", "projects"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("of no Application"), "{}", ran.stderr);
    let names: Vec<String> = files(directory.path()).into_keys().collect();
    assert_eq!(
        names,
        [
            "hub/other/configmap-mine.yaml",
            "hub/projects/appproject-platform.yaml",
            "hub/projects/appproject-teams.yaml",
        ]
    );
}
