//! `--layout hydrator`: a branch as Argo CD's hydrator writes it.

use std::fs;
use std::path::Path;

use super::fleet::{config_map, files, plain, write};
use super::program::bare;

/// A fleet in a repository with one commit.
fn committed(applications: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let fleet = plain(applications);
    git(
        fleet.path(),
        &["init", "--quiet", "--initial-branch", "main"],
    );
    let origin = "https://git.example.com/fleet.git";
    git(fleet.path(), &["remote", "add", "origin", origin]);
    commit(fleet.path(), "feat: begin\n\nWith <all> of it.");
    fleet
}

fn commit(directory: &Path, message: &str) {
    git(directory, &["add", "--all"]);
    git(
        directory,
        &["commit", "--quiet", "--allow-empty", "--message", message],
    );
}

/// Runs Git without anybody's settings, at a time that does not change.
fn git(directory: &Path, arguments: &[&str]) -> String {
    let mut git = bare("git", directory);
    git.args(arguments).envs([
        ("HOME", "/nonexistent"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "Dev"),
        ("GIT_AUTHOR_EMAIL", "dev@example.com"),
        ("GIT_AUTHOR_DATE", "1700000000 +0100"),
        ("GIT_COMMITTER_NAME", "Dev"),
        ("GIT_COMMITTER_EMAIL", "dev@example.com"),
        ("GIT_COMMITTER_DATE", "1700000000 +0100"),
    ]);
    let output = git.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Says where an Application is hydrated to.
fn hydrate_to(fleet: &Path, number: usize, path: &str) {
    let file = fleet.join(format!("application-{number}.yaml"));
    let text = fs::read_to_string(&file).unwrap();
    let source = format!(
        "  sourceHydrator:\n    drySource: {{repoURL: https://git.example.com/fleet.git, targetRevision: main, path: manifests/{number}}}\n    \
         syncSource: {{targetBranch: env/test, path: {path}}}\n"
    );
    let start = text.find("  source:").unwrap();
    fs::write(&file, text[..start].to_owned() + &source).unwrap();
}

#[test]
fn a_branch_is_written_as_argo_cd_writes_it() {
    let web = config_map("b", "yes") + &config_map("a", "12");
    let fleet = committed(&[
        ("web", "argocd", &web),
        ("shop", "argocd", &config_map("c", "3")),
    ]);
    hydrate_to(fleet.path(), 0, "./apps//web/");
    commit(fleet.path(), "feat: hydrate\n\nWith <all> of it.");
    let directory = tempfile::tempdir().unwrap();
    let kept = directory.path().join("apps/web/NOTES.md");
    fs::create_dir_all(kept.parent().unwrap()).unwrap();
    fs::write(&kept, "kept\n").unwrap();
    let hydrator = ["--layout", "hydrator"];
    let ran = write(fleet.path(), directory.path(), &hydrator);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let first = files(directory.path());
    let sha = git(fleet.path(), &["rev-parse", "HEAD"]);
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            ".gitattributes",
            "apps/web/NOTES.md",
            "apps/web/README.md",
            "apps/web/hydrator.metadata",
            "apps/web/manifest.yaml",
            "hydrator.metadata",
            "in-cluster/shop/README.md",
            "in-cluster/shop/hydrator.metadata",
            "in-cluster/shop/manifest.yaml",
        ]
    );
    let map = |name: &str, text: &str| {
        format!(
            "apiVersion: v1\ndata:\n  text: \"{text}\"\nkind: ConfigMap\nmetadata:\n  name: {name}\n"
        )
    };
    assert_eq!(
        first["apps/web/manifest.yaml"],
        map("b", "yes") + "---\n" + &map("a", "12")
    );
    assert_eq!(
        first["hydrator.metadata"],
        format!(
            "{{\n  \"repoURL\": \"https://git.example.com/fleet.git\",\n  \"drySha\": \"{sha}\",\n  \"author\": \"Dev <dev@example.com>\",\n  \
             \"date\": \"2023-11-14T22:13:20Z\",\n  \"subject\": \"feat: hydrate\",\n  \"body\": \"With <all> of it.\\n\"\n}}\n"
        )
    );
    assert!(first["apps/web/hydrator.metadata"].contains(&sha));

    // The next commit changes one Application: what tells of the other stays.
    fs::write(
        fleet.path().join("manifests/1/all.yaml"),
        config_map("c", "4"),
    )
    .unwrap();
    commit(fleet.path(), "feat: more");
    let checked = write(
        fleet.path(),
        directory.path(),
        &[&hydrator[..], &["--check"]].concat(),
    );
    let path = directory.path().join("in-cluster/shop/manifest.yaml");
    assert!(
        checked
            .stdout
            .contains(&format!("{}: differs\n", path.display())),
        "{}",
        checked.stdout
    );
    assert!(!checked.stdout.contains("metadata"), "{}", checked.stdout);
    let ran = write(fleet.path(), directory.path(), &hydrator);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let second = files(directory.path());
    let changed: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| first[*name] != second[*name])
        .collect();
    assert_eq!(
        changed,
        [
            "hydrator.metadata",
            "in-cluster/shop/README.md",
            "in-cluster/shop/hydrator.metadata",
            "in-cluster/shop/manifest.yaml",
        ]
    );
}

#[test]
fn without_a_commit_it_says_what_is_left_out() {
    let fleet = plain(&[("web", "argocd", &config_map("a", "1"))]);
    let directory = tempfile::tempdir().unwrap();
    let ran = write(fleet.path(), directory.path(), &["--layout", "hydrator"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("note: without drySha, author, date, subject and body"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("note: without repoURL"),
        "{}",
        ran.stderr
    );
    assert_eq!(files(directory.path())["hydrator.metadata"], "{}\n");
}

#[test]
fn paths_that_argo_cd_refuses_are_refused() {
    let map = config_map("a", "1");
    for (path, message) in [
        (".", "is hydrated to `.`"),
        ("../outside", "is hydrated to `../outside`"),
        ("/etc", "is hydrated to `/etc`"),
        (".git/hooks", "is hydrated to `.git/hooks`"),
        ("apps/same", "two Applications are hydrated to apps/same"),
    ] {
        let fleet = plain(&[("web", "argocd", &map), ("shop", "argocd", &map)]);
        hydrate_to(fleet.path(), 0, path);
        hydrate_to(fleet.path(), 1, "apps/same");
        let directory = tempfile::tempdir().unwrap();
        let ran = write(fleet.path(), directory.path(), &["--layout", "hydrator"]);
        assert_eq!(ran.status, 1, "{path}");
        assert!(ran.stderr.contains(message), "{path}: {}", ran.stderr);
        assert!(files(directory.path()).is_empty(), "{path}");
    }
}
