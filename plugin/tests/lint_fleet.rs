//! What `lint` finds in what Applications render to: each rule in a repository that breaks it, `fixtures/fleet-lint/RULE/bad`,
//! and in one that does not, `good`.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use program::{Ran, helm_catalog, run};
use serde_json::Value;

/// The rules of a catalog under which Applications of any repository are checked, too.
const OF_BOTH: [&str; 5] = [
    "list-replaced",
    "missing-file",
    "missing-path",
    "patch",
    "too-large",
];

fn cases() -> PathBuf {
    tree::root().join("fixtures/fleet-lint")
}

/// Runs `lint` in a repository, wherever that is.
fn lint(repository: &Path, arguments: &[&str]) -> Ran {
    let arguments = [&["lint", "--repo", "."], arguments].concat();
    run(&mut helm_catalog(repository, &arguments), b"")
}

/// What is found in a repository.
fn found(repository: &Path) -> Vec<Value> {
    let ran = lint(repository, &["-o", "json"]);
    assert_eq!(ran.stderr, "", "{}", repository.display());
    serde_json::from_str(&ran.stdout).unwrap()
}

fn rules() -> BTreeSet<String> {
    let own = homescale_fleet::RULES.iter().map(|rule| rule.name);
    own.chain(OF_BOTH).map(str::to_owned).collect()
}

#[test]
fn each_rule_has_a_case_that_breaks_it_and_one_that_does_not() {
    let cases = tree::entries(&cases());
    let names: BTreeSet<String> = cases.iter().map(|path| tree::file_name(path)).collect();
    assert_eq!(names, rules());
    for case in cases {
        let rule = tree::file_name(&case);
        let is_it = |it: &&Value| it["rule"] == rule.as_str();
        let good = found(&case.join("good"));
        assert_eq!(good.iter().find(is_it), None, "{rule}");
        let is_note = |it: &Value| it["severity"] == "note";
        assert!(good.iter().all(is_note), "{rule}: {good:?}");
    }
}

#[test]
fn each_finding_says_where_it_is_and_what_to_do() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tree::root().join("snapshots/fleet-lint"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for case in tree::entries(&cases()) {
        let rule = tree::file_name(&case);
        let ran = lint(&case.join("bad"), &["--skipped"]);
        assert!(ran.stdout.contains(&format!(" [{rule}]")), "{}", ran.stdout);
        // Each finding begins with its file; what is indented explains the one above it.
        let nowhere = ["error: ", "warning: ", "note: "];
        let is_nowhere = |line: &str| nowhere.iter().any(|start| line.starts_with(start));
        assert!(!ran.stdout.lines().any(is_nowhere), "{}", ran.stdout);
        let text = format!("{}status {}\n", ran.stdout, ran.status);
        settings.bind(|| insta::assert_snapshot!(rule, text));
    }
}

#[test]
fn severities_are_as_the_repository_says() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(&cases().join("no-manifests/bad"), folder.path());
    let config = folder.path().join("homescale.yaml");
    let lint = || lint(folder.path(), &[]);
    assert_eq!(lint().status, 0);
    std::fs::write(&config, "severities: {no-manifests: error}\n").unwrap();
    assert_eq!(lint().status, 1);
    assert!(
        lint()
            .stdout
            .contains("error: the Application `web`: renders to nothing")
    );
    std::fs::write(&config, "severities: {no-manifests: off}\n").unwrap();
    assert_eq!(
        lint().stdout,
        "1 Application: 1 rendered, 0 failed, 0 skipped\n0 errors, 0 warnings, 0 notes\n"
    );
    std::fs::write(&config, "severities: {no-manifest: off}\n").unwrap();
    assert!(lint().stdout.contains("hint: did you mean `no-manifests`?"));
}

#[test]
fn a_finding_is_silenced_by_a_comment_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(&cases().join("no-manifests/bad"), folder.path());
    let file = folder.path().join("web.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let comment = "# helm-catalog: allow no-manifests: it is switched on by hand\n";
    std::fs::write(&file, format!("{comment}{text}")).unwrap();
    let ran = lint(folder.path(), &["--strict"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (
            0,
            "1 Application: 1 rendered, 0 failed, 0 skipped\n0 errors, 0 warnings, 0 notes; 1 silenced\n"
        )
    );
}

#[test]
fn what_was_not_asked_for_is_not_rendered() {
    let repository = cases().join("chart-template/bad");
    let lint = |arguments: &[&str]| lint(&repository, arguments).stdout;
    let one = lint(&["--app", "web-*"]);
    assert!(
        one.contains("argocd/west.yaml:1: for the Application `web-west`"),
        "{one}"
    );
    assert!(!one.contains("argocd/east.yaml"), "{one}");
    assert!(one.ends_with(
        "1 Application: 0 rendered, 1 failed, 0 skipped\n1 error, 0 warnings, 0 notes\n"
    ));
    assert_eq!(lint(&["--cluster", "west"]), one);
}

#[test]
fn what_must_be_downloaded_buries_nothing() {
    let repository = cases().join("not-rendered/bad");
    let text = "1 Application: 0 rendered, 0 failed, 1 skipped (see --skipped)\n0 errors, 0 warnings, 0 notes\n";
    assert_eq!(lint(&repository, &[]).stdout, text);
    assert_eq!(lint(&repository, &["-o", "github"]).stdout, "");
    assert_eq!(found(&repository).len(), 1);
}

/// What the check of a catalog has told with its line, what comes of it does not tell again.
#[test]
fn one_cause_is_told_once() {
    for (case, rule) in [
        ("value-files-missing", "missing-file"),
        ("release-name-too-long", "invalid-name"),
        ("too-large-for-the-sidecar", "too-large"),
        ("helm-values-that-helm-refuses", "invalid-value"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let broken = tree::root().join("fixtures/broken");
        tree::copy(&broken.join("base"), folder.path());
        tree::copy(&broken.join(case), folder.path());
        tree::copy(
            &tree::root().join("apps/templates"),
            &folder.path().join("apps/templates"),
        );
        let found = found(folder.path());
        assert!(
            found.iter().any(|it| it["rule"] == rule),
            "{case}: {found:?}"
        );
        let of_fleet = |it: &&Value| it["severity"] == "error" && it["line"] == 0;
        assert_eq!(found.iter().find(of_fleet), None, "{case}");
    }
}
