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

#[test]
fn charts_are_listed_with_what_they_need() {
    snapshot("fleet-charts", &answer(&["charts"]));
    snapshot(
        "fleet-charts-json",
        &answer(&["charts", "--app", "web-east", "-o", "json"]),
    );
    let names = at(&fleet(), &["charts", "--cluster", "west", "-o", "name"]);
    assert_eq!(names.stdout, "cache 20.1.0\nweb 0.4.0\n");
}

#[test]
fn charts_tell_what_cannot_be_read() {
    let broken = changed("charts/web/Chart.yaml", "name: web\n");
    let ran = at(broken.path(), &["charts", "-o", "name"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (1, "cache 20.1.0\nplatform 1.0.0\n")
    );
    assert!(
        ran.stderr
            .ends_with("8 Applications: 6 read, 2 failed, 0 skipped\n"),
        "{}",
        ran.stderr
    );
    let elsewhere = changed("argocd/web-west.yaml", ELSEWHERE);
    let ran = at(elsewhere.path(), &["charts", "-c", "west"]);
    assert_eq!(ran.status, 0);
    assert!(
        ran.stderr
            .contains("skipped mgmt/argocd/web-west on west: the repository"),
        "{}",
        ran.stderr
    );
    assert_eq!(at(elsewhere.path(), &["charts", "--strict"]).status, 1);
}

const ELSEWHERE: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web-west}
spec:
  destination: {name: west}
  source: {repoURL: https://git.example.com/other.git, path: web}
";

/// The Applications that a file touches, each with how it does.
fn touched(file: &str) -> Vec<String> {
    let ran = at(&fleet(), &["which", file]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let rows = ran.stdout.lines().skip(1);
    rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
        .map(|row| row.replace(&format!(" {file}"), ""))
        .collect()
}

#[test]
fn a_file_touches_who_reads_it() {
    let web = ["east/web-east reads", "west/web-west reads"];
    for file in [
        "charts/web/values.yaml",
        "charts/web/charts/common/Chart.yaml",
        "charts/web/templates/gone.yaml",
    ] {
        assert_eq!(touched(file), web, "{file}");
    }
    assert_eq!(touched("envs/east/web.yaml"), ["east/web-east reads"]);
    // It is looked for, and would be read.
    assert_eq!(touched("envs/west/web.yaml"), ["west/web-west reads"]);
    assert_eq!(touched("raw/new.yaml"), ["east/database reads"]);
    assert_eq!(touched("tools/probe/pod.yaml"), ["west/probe reads"]);
    assert!(touched("README.md").is_empty());
    assert!(touched("tools/gone/pod.yaml").is_empty());
}

#[test]
fn a_file_touches_those_that_come_of_it() {
    assert_eq!(
        touched("argocd/web-east.yaml"),
        ["east/web-east defines", "mgmt/root reads"]
    );
    assert_eq!(
        touched("argocd/tools.yaml"),
        [
            "mgmt/root reads",
            "west/backup defines",
            "west/probe defines"
        ]
    );
    assert_eq!(
        touched("charts/platform/templates/cache.yaml"),
        ["mgmt/platform reads", "west/cache brings"]
    );
    let both = [
        "east/database brings",
        "mgmt/platform reads",
        "west/cache brings",
    ];
    for file in [
        "charts/platform/values.yaml",
        "charts/theme/templates/theme.yaml",
    ] {
        assert_eq!(touched(file), both, "{file}");
    }
    let of_parent = [
        "east/database brings",
        "mgmt/platform defines",
        "mgmt/root reads",
        "west/cache brings",
    ];
    assert_eq!(touched("argocd/platform.yaml"), of_parent);
    assert_eq!(touched("root.yaml").len(), 8);
    let all = touched("homescale.yaml");
    assert_eq!(all.len(), 8);
    assert!(
        all.iter().all(|row| row.ends_with(" configures")),
        "{all:?}"
    );
}

#[test]
fn files_are_named_as_the_user_sees_them() {
    let copy = tempfile::tempdir().unwrap();
    let root = copy.path().join("clone/fleet");
    tree::copy(&fleet(), &root);
    fs::create_dir_all(copy.path().join("clone/.git")).unwrap();
    fs::write(
        copy.path().join("clone/.git/HEAD"),
        "ref: refs/heads/main\n",
    )
    .unwrap();
    let names = |directory: &str, file: &str, input: &str| {
        let mut command = helm_catalog(&root.join(directory), &["which", file, "-o", "name"]);
        run(&mut command, input.as_bytes()).stdout
    };
    let probe = "west/probe\n";
    assert_eq!(names("tools", "probe/pod.yaml", ""), probe);
    assert_eq!(names("tools", "tools/probe/pod.yaml", ""), probe);
    assert_eq!(names("raw", "../tools/probe", ""), probe);
    assert_eq!(
        names("", root.join("tools/probe/pod.yaml").to_str().unwrap(), ""),
        probe
    );
    // Git names files from the root of its clone.
    let changed = "fleet/tools/probe/pod.yaml\nother/x.yaml\nfleet/tools/probe/gone.yaml\n";
    assert_eq!(names("tools", "-", changed), probe);
    let outside = at(&root, &["which", "../../x.yaml"]);
    assert_eq!((outside.status, outside.stdout.lines().count()), (0, 1));
    assert!(
        outside
            .stderr
            .contains("note: ../../x.yaml is not in the repository")
    );
    snapshot(
        "fleet-which-json",
        &answer(&[
            "which",
            "charts/platform/values.yaml",
            "root.yaml",
            "-o",
            "json",
            "-c",
            "east",
        ]),
    );
}

#[test]
fn shells_complete_what_is_cheap_to_find() {
    let copy = changed("README.md", "");
    let complete = |flag: &str| {
        let mut command = helm_catalog(copy.path(), &["--", "helm-catalog", "images", flag, ""]);
        run(command.env("HELM_CATALOG_COMPLETE", "bash"), b"").stdout
    };
    assert_eq!(complete("--cluster"), "east\nmgmt\nwest\n");
    assert_eq!(complete("--app"), "platform\nroot\nweb-east\nweb-west\n");
}
