//! What is printed, and the exit status.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use super::fleet::{command, config_map, copy, manifests, plain, platform};

#[test]
fn a_stream_says_whose_each_part_is() {
    let ran = manifests(&platform(), &["--app", "quotas-*"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let quota = |cluster: &str, pods: u32| {
        format!(
            "---\n# Application: hub/argocd/quotas-{cluster} on {cluster}\n---\n# Source: quotas/templates/quota.yaml\n\
             apiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: pods}}\nspec: {{hard: {{pods: {pods}}}}}\n"
        )
    };
    assert_eq!(ran.stdout, quota("east", 10) + &quota("west", 50));
    assert_eq!(
        ran.stderr,
        "2 Applications: 2 rendered, 0 failed, 0 skipped\n"
    );
}

#[test]
fn what_argo_cd_adds_is_there_when_it_is_asked_for() {
    let fleet = plain(&[("web", "argocd", &config_map("a", "x"))]);
    let objects = |arguments: &[&str]| {
        let ran = manifests(fleet.path(), &[&["-o", "json"], arguments].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let entries: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
        entries[0]["objects"][0]["metadata"].clone()
    };
    assert_eq!(objects(&[]), serde_json::json!({"name": "a"}));
    assert_eq!(
        objects(&["--as-applied"]),
        serde_json::json!({
            "name": "a",
            "namespace": "web",
            "annotations": {"argocd.argoproj.io/tracking-id": "web:/ConfigMap:web/a"},
        })
    );
    let by_label = "tracking: label\ninstanceLabelKey: example.com/app\n";
    fs::write(fleet.path().join("homescale.yaml"), by_label).unwrap();
    assert_eq!(
        objects(&["--as-applied"])["labels"],
        serde_json::json!({"example.com/app": "web"})
    );
}

#[test]
fn json_has_the_objects_and_the_reasons() {
    let ran = manifests(&platform(), &["-o", "json", "-l", "team", "-c", "hub"]);
    assert_eq!(ran.status, 1);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
    let named = |name: &str| {
        let mut all = entries.iter().filter(|entry| entry["application"] == name);
        all.next().unwrap()
    };
    let shop = &named("dashboards-shop");
    assert_eq!(shop["outcome"], "rendered");
    assert_eq!(
        shop["foundIn"],
        "the ApplicationSet dashboards in the Application hub/argocd/sets"
    );
    assert_eq!(shop["objects"][0]["metadata"]["name"], "dashboard-orders");
    assert!(shop.get("reason").is_none());
    let billing = &named("billing");
    assert_eq!(billing["outcome"], "failed");
    assert_eq!(billing["objects"], serde_json::json!([]));
    let reason = billing["reason"].as_str().unwrap();
    assert!(
        reason.ends_with("set `channel` to the channel that is notified"),
        "{reason}"
    );
    let console = &named("search-console");
    assert_eq!(console["outcome"], "skipped");
    assert_eq!(
        console["hint"],
        "helm pull console --repo https://charts.example.com --version '4.2.0'"
    );
}

#[test]
fn the_status_tells_what_came_of_it() {
    for (arguments, status) in [
        (&["--app", "shop"][..], 0),
        (&["--app", "billing"], 1),
        (&["--app", "search-console"], 0),
        (&["--app", "search-console", "--strict"], 1),
        (&["--app", "shop", "--strict"], 0),
        (&["--app", "nothing"], 2),
        (&["--check"], 2),
        (&["--prune"], 2),
        (&["--layout", "apps"], 2),
        (&["--output-dir", "x", "--prune", "--app", "shop"], 2),
        (&["--output-dir", "x", "--prune", "--check"], 2),
        (&["--output-dir", "x", "-o", "json"], 2),
    ] {
        let ran = manifests(&platform(), arguments);
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_set_that_is_not_expanded_is_strictly_a_failure() {
    let fleet = copy();
    let set = "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: previews, namespace: argocd}
spec:
  generators: [{pullRequest: {github: {owner: team, repo: shop}}}]
  template:
    metadata: {name: 'preview-{{number}}'}
    spec:
      project: default
      destination: {name: in-cluster}
      source: {repoURL: https://git.example.com/platform/fleet.git, path: 'dashboards/shop'}
";
    fs::write(fleet.path().join("sets/previews.yaml"), set).unwrap();
    let arguments = ["--app", "projects"];
    let ran = manifests(fleet.path(), &arguments);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("previews"), "{}", ran.stderr);
    assert_eq!(
        manifests(fleet.path(), &[&arguments[..], &["--strict"]].concat()).status,
        1
    );
}

#[test]
fn a_repository_without_applications_is_an_error() {
    let empty = tempfile::tempdir().unwrap();
    let ran = manifests(empty.path(), &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("there is no Application in this repository"),
        "{}",
        ran.stderr
    );
}

#[test]
fn whoever_reads_may_go_away() {
    let many: String = (0..3000)
        .map(|number| config_map(&format!("a{number}"), &"x".repeat(100)))
        .collect();
    let fleet = plain(&[("web", "argocd", &many)]);
    for format in ["yaml", "json"] {
        let mut command = command(fleet.path(), &["-o", format]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(141), "{format}");
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{format}");
    }
}
