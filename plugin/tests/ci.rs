//! `helm-catalog ci` in Git repositories that are made for the test: what changed since a revision.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::fs;

use program::{Ran, bare, helm_catalog, run};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A Git repository.
struct Repository(TempDir);

impl Repository {
    /// Two apps with images, one without, and two clusters of which Omni manages one, all in one commit.
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        let base = tree::root().join("fixtures/broken/base");
        tree::copy(&base, repository.0.path());
        for app in ["api", "web", "worker"] {
            repository.write(&format!("apps/{app}/Chart.yaml"), "name: it\n");
            repository.write(&format!("apps/{app}/src/main"), "one\n");
        }
        repository.write("apps/api/Dockerfile", "FROM scratch\n");
        repository.write("apps/web/Dockerfile", "FROM scratch\n");
        repository.write("apps/tool/Dockerfile", "FROM scratch\n");
        repository.write("clusters/east/cluster.yaml", "kind: Cluster\n");
        repository.commit();
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_dir_all(self.0.path().join(path)).unwrap();
    }

    /// Commits everything; gives the revision.
    fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a change"]);
        self.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Runs Git with an identity and a date of its own, whatever the machine has.
    fn git(&self, arguments: &[&str]) -> String {
        let mut command = bare("git", self.0.path());
        command.args(arguments);
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "CI");
            command.env(format!("GIT_{role}_EMAIL"), "ci@example.com");
            command.env(format!("GIT_{role}_DATE"), "2026-01-01T00:00:00Z");
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        let ran = run(&mut command, b"");
        assert_eq!(ran.status, 0, "git {arguments:?}: {}", ran.stderr);
        ran.stdout
    }

    /// The same, with something on its standard input.
    fn git_with(&self, arguments: &[&str], input: &str) -> String {
        let mut command = bare("git", self.0.path());
        let ran = run(command.args(arguments), input.as_bytes());
        assert_eq!(ran.status, 0, "git {arguments:?}: {}", ran.stderr);
        ran.stdout.trim().to_owned()
    }

    fn ci(&self, arguments: &[&str]) -> Ran {
        let arguments = [&["ci"], arguments].concat();
        run(&mut helm_catalog(self.0.path(), &arguments), b"")
    }

    /// The names in the list that a command prints.
    fn names(&self, arguments: &[&str]) -> Vec<String> {
        let ran = self.ci(arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        let list: Value = serde_json::from_str(&ran.stdout).unwrap();
        let names = list.as_array().unwrap().iter();
        names
            .map(|target| target["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

#[test]
fn without_a_base_every_image_is_built() {
    let repository = Repository::new();
    let expected = json!([
        {"context": "apps/api", "name": "api", "path": "apps/api"},
        {"context": "apps/web", "name": "web", "path": "apps/web"},
    ]);
    let null_revision = "0".repeat(40);
    let commands: [&[&str]; 3] = [
        &["targets"],
        &["targets", "--base", ""],
        &["targets", "--base", &null_revision],
    ];
    for arguments in commands {
        let ran = repository.ci(arguments);
        // A job matrix is one line.
        assert_eq!(ran.stdout, format!("{expected}\n"), "{}", ran.stderr);
    }
}

#[test]
fn a_dockerfile_is_where_it_is_said_to_be() {
    let repository = Repository::new();
    repository.write("apps/worker/src/Dockerfile", "FROM scratch\n");
    repository.write("apps/web/src/Dockerfile", "FROM scratch\n");
    let context = |arguments: &[&str]| {
        let ran = repository.ci(&[&["targets"], arguments].concat());
        let list: Value = serde_json::from_str(&ran.stdout).unwrap();
        let list = list.as_array().unwrap().iter();
        list.map(|it| it["context"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        context(&["--context", "src"]),
        ["apps/web/src", "apps/worker/src"]
    );
    assert_eq!(
        context(&["--context", "./src/", "--context", "."]),
        ["apps/api", "apps/web/src", "apps/worker/src"]
    );
    assert_eq!(context(&[]), ["apps/api", "apps/web"]);
    let ran = repository.ci(&["targets", "--context", "../web"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("--context ../web"), "{}", ran.stderr);
}

#[test]
fn images_are_built_of_what_changed() {
    let repository = Repository::new();
    assert!(repository.names(&["targets", "--base", "HEAD"]).is_empty());
    repository.write("apps/web/src/main", "two\n");
    repository.write("apps/worker/src/main", "two\n");
    repository.write("README.md", "two\n");
    // What is not committed is not built.
    assert!(repository.names(&["targets", "--base", "HEAD"]).is_empty());
    repository.commit();
    assert_eq!(repository.names(&["targets", "--base", "HEAD~1"]), ["web"]);
    assert_eq!(repository.names(&["targets"]), ["api", "web"]);
}

#[test]
fn a_deleted_app_is_not_built() {
    let repository = Repository::new();
    repository.remove("apps/api");
    repository.write("apps/web/Dockerfile", "FROM scratch\nCOPY src .\n");
    repository.commit();
    assert_eq!(repository.names(&["targets", "--base", "HEAD~1"]), ["web"]);
}

#[test]
fn a_renamed_file_counts_for_both_apps() {
    let repository = Repository::new();
    let root = repository.0.path();
    fs::rename(
        root.join("apps/api/src/main"),
        root.join("apps/web/src/moved"),
    )
    .unwrap();
    repository.commit();
    assert_eq!(
        repository.names(&["targets", "--base", "HEAD~1"]),
        ["api", "web"]
    );
}

#[test]
fn names_that_git_would_quote_count_too() {
    let repository = Repository::new();
    repository.write("apps/web/src/größe \"x\"", "two\n");
    repository.commit();
    assert_eq!(repository.names(&["targets", "--base", "HEAD~1"]), ["web"]);
}

#[test]
fn what_changed_on_the_other_side_does_not_count() {
    let repository = Repository::new();
    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    repository.write("apps/web/src/main", "two\n");
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("apps/api/src/main", "two\n");
    let main = repository.commit();
    repository.git(&["checkout", "--quiet", "feature"]);
    assert_eq!(repository.names(&["targets", "--base", &main]), ["web"]);
}

#[test]
fn a_catalog_in_a_folder_of_the_repository_is_compared_from_there() {
    let repository = Repository::new();
    let inner = repository.0.path().join("platform");
    for folder in ["apps", "clusters"] {
        tree::copy(&repository.0.path().join(folder), &inner.join(folder));
        repository.remove(folder);
    }
    repository.commit();
    repository.write("platform/apps/web/src/main", "two\n");
    repository.write("apps/api/src/main", "two\n");
    repository.commit();
    let arguments = ["--repo", "platform", "ci", "targets", "--base", "HEAD~1"];
    let ran = run(&mut helm_catalog(repository.0.path(), &arguments), b"");
    assert_eq!(
        ran.stdout,
        "[{\"context\":\"apps/web\",\"name\":\"web\",\"path\":\"apps/web\"}]\n"
    );
}

#[test]
fn an_unknown_revision_is_an_error() {
    let repository = Repository::new();
    for base in ["nope", "1234567890123456789012345678901234567890"] {
        let ran = repository.ci(&["targets", "--base", base]);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
        assert!(ran.stderr.contains(base), "{}", ran.stderr);
        assert!(ran.stderr.contains("fetch-depth"), "{}", ran.stderr);
    }
    let ran = repository.ci(&["targets", "--base=--output=file"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(!repository.0.path().join("file").exists());
}

#[test]
fn a_folder_without_git_has_no_revisions() {
    let repository = Repository::new();
    repository.remove(".git");
    assert_eq!(repository.names(&["targets"]), ["api", "web"]);
    let ran = repository.ci(&["targets", "--base", "HEAD"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
}

#[test]
fn clusters_are_those_with_a_template_that_changed() {
    let repository = Repository::new();
    let expected = json!([{"name": "east", "template": "clusters/east/cluster.yaml"}]);
    assert_eq!(repository.ci(&["clusters"]).stdout, format!("{expected}\n"));
    repository.write("clusters/east/network.yaml", "kind: Network\n");
    repository.commit();
    assert!(
        repository
            .names(&["clusters", "--base", "HEAD~1"])
            .is_empty()
    );
    repository.write("clusters/east/cluster.yaml", "kind: Cluster # two\n");
    repository.commit();
    assert_eq!(
        repository.names(&["clusters", "--base", "HEAD~1"]),
        ["east"]
    );
    fs::remove_file(repository.0.path().join("clusters/east/cluster.yaml")).unwrap();
    repository.commit();
    assert!(
        repository
            .names(&["clusters", "--base", "HEAD~1"])
            .is_empty()
    );
}

#[test]
fn a_workflow_step_gets_the_list_as_output() {
    let repository = Repository::new();
    let output = repository.0.path().join("output");
    fs::write(&output, "before=1\n").unwrap();
    let arguments = ["ci", "targets", "--github-output", "targets"];
    let mut command = helm_catalog(repository.0.path(), &arguments);
    let ran = run(command.env("GITHUB_OUTPUT", &output), b"");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let text = fs::read_to_string(&output).unwrap();
    assert_eq!(text, format!("before=1\ntargets={}", ran.stdout));

    let ran = run(&mut helm_catalog(repository.0.path(), &arguments), b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("GITHUB_OUTPUT"), "{}", ran.stderr);
}

/// Everything that Git's configuration can name to be run.
const RUNS: &str = "\
[core]
	repositoryformatversion = 0
	bare = false
	worktree = .
	fsmonitor = touch RAN
	sshCommand = touch RAN
	pager = touch RAN
	hooksPath = hooks
[diff]
	external = touch RAN
[filter \"all\"]
	clean = touch RAN
	smudge = touch RAN
[extensions]
	partialClone = origin
[remote \"origin\"]
	url = ext::sh -c \"touch% RAN\"
	promisor = true
[protocol \"ext\"]
	allow = always
[alias]
	diff = !touch RAN
";

#[test]
fn nothing_runs_that_a_repository_configures() {
    // A bare repository among the files of a commit.
    let repository = Repository::new();
    let inner = repository.0.path().join("platform");
    for directory in ["apps", "clusters"] {
        tree::copy(&repository.0.path().join(directory), &inner.join(directory));
    }
    repository.git(&["init", "--quiet", "--bare", "bare"]);
    tree::copy(&repository.0.path().join("bare"), &inner);
    repository.write("platform/config", RUNS);
    repository.write("platform/.gitattributes", "* filter=all\n");
    let unknown = "1".repeat(40);
    for base in [unknown.as_str(), "HEAD"] {
        let arguments = ["--repo", "platform", "ci", "clusters", "--base", base];
        let ran = run(&mut helm_catalog(repository.0.path(), &arguments), b"");
        assert_eq!(ran.status, i32::from(base != "HEAD"), "{}", ran.stderr);
    }

    // The clone itself, where somebody could write to it.
    let config = repository.0.path().join(".git/config");
    let own = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{own}{RUNS}")).unwrap();
    assert!(repository.names(&["targets", "--base", "HEAD"]).is_empty());
    assert_eq!(repository.ci(&["targets", "--base", &unknown]).status, 1);

    let ran = bare("find", repository.0.path())
        .args([".", "-name", "RAN"])
        .output();
    assert!(ran.unwrap().stdout.is_empty());
}

#[test]
fn git_need_not_be_installed() {
    let repository = Repository::new();
    repository.write("apps/web/src/main", "two\n");
    repository.commit();
    let arguments = ["ci", "targets", "--base", "HEAD~1"];
    let mut command = helm_catalog(repository.0.path(), &arguments);
    let ran = run(command.env_remove("PATH"), b"");
    assert_eq!(
        ran.stdout, "[{\"context\":\"apps/web\",\"name\":\"web\",\"path\":\"apps/web\"}]\n",
        "{}",
        ran.stderr
    );
}

#[test]
fn a_revision_has_many_names() {
    let repository = Repository::new();
    let first = repository.commit_of("one");
    repository.git(&["tag", "--annotate", "--message", "a tag", "v1"]);
    repository.git(&["tag", "light"]);
    repository.git(&["branch", "release/1"]);
    repository.git(&["update-ref", "refs/remotes/origin/main", &first]);
    let second = repository.commit_of("two");
    for packed in [false, true] {
        if packed {
            repository.git(&["gc", "--quiet"]);
        }
        for base in [
            first.as_str(),
            &first[..7],
            "v1",
            "light",
            "release/1",
            "origin/main",
            "refs/heads/release/1",
            "HEAD~1",
            "HEAD~",
            "@^",
            "main^1",
            "v1^{commit}",
            "HEAD^0~1",
        ] {
            assert_eq!(
                repository.names(&["targets", "--base", base]),
                ["web"],
                "{base}"
            );
        }
        for base in [second.as_str(), "HEAD", "main", "@", "heads/main"] {
            assert!(
                repository.names(&["targets", "--base", base]).is_empty(),
                "{base}"
            );
        }
        for base in [
            "v2",
            "HEAD~9",
            "HEAD^2",
            "HEAD~x",
            "abc",
            "HEAD:apps",
            "..",
            "a..b",
            "/",
            "~",
        ] {
            let ran = repository.ci(&["targets", "--base", base]);
            assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{base}");
            assert!(
                ran.stderr.contains("there is no revision"),
                "{}",
                ran.stderr
            );
        }
        let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
        let ran = repository.ci(&["targets", "--base", tree.trim()]);
        assert!(ran.stderr.contains("is no commit"), "{}", ran.stderr);
    }
}

impl Repository {
    /// Commits a change of one app.
    fn commit_of(&self, text: &str) -> String {
        self.write("apps/web/src/main", &format!("{text} more\n"));
        self.commit()
    }

    /// A clone that Git makes with these arguments; where it is.
    fn clone(&self, scheme: &str, arguments: &[&str]) -> TempDir {
        let target = tempfile::tempdir().unwrap();
        let source = format!("{scheme}{}", self.0.path().display());
        let place = target.path().to_str().unwrap();
        let all = [&["clone", "--quiet"], arguments, &[source.as_str(), place]].concat();
        self.git(&all);
        target
    }
}

fn targets(directory: &std::path::Path, base: &str) -> Ran {
    let arguments = ["ci", "targets", "--base", base];
    run(&mut helm_catalog(directory, &arguments), b"")
}

const WEB: &str = "[{\"context\":\"apps/web\",\"name\":\"web\",\"path\":\"apps/web\"}]\n";

#[test]
fn clones_and_working_trees_are_read_as_git_reads_them() {
    let repository = Repository::new();
    for text in ["one", "two", "three"] {
        repository.commit_of(text);
    }
    repository.git(&["worktree", "add", "--quiet", "--detach", "beside", "HEAD~1"]);
    let beside = repository.0.path().join("beside");
    assert_eq!(targets(&beside, "HEAD~1").stdout, WEB);
    assert_eq!(targets(&beside, "main").stdout, "[]\n");

    let shared = repository.clone("", &["--shared"]);
    assert!(shared.path().join(".git/objects/info/alternates").exists());
    assert_eq!(targets(shared.path(), "HEAD~1").stdout, WEB);

    let shallow = repository.clone("file://", &["--depth", "2"]);
    assert_eq!(targets(shallow.path(), "HEAD~1").stdout, WEB);
    let ran = targets(shallow.path(), "HEAD~2");
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("fetch-depth: 0"), "{}", ran.stderr);
}

#[test]
fn a_tree_that_multiplies_is_bounded() {
    let repository = Repository::new();
    let entry = |kind: &str, object: &str| -> String {
        let lines = (0..10).map(|n| format!("{kind} {object}\t{n}\n"));
        lines.collect()
    };
    let blob = repository.git_with(&["hash-object", "-w", "--stdin"], "x");
    let mut tree = repository.git_with(&["mktree"], &entry("100644 blob", &blob));
    for _ in 0..8 {
        tree = repository.git_with(&["mktree"], &entry("040000 tree", &tree));
    }
    let arguments = ["commit-tree", &tree, "-p", "HEAD", "-m", "a billion files"];
    let commit = repository.git(&arguments);
    repository.git(&["update-ref", "HEAD", commit.trim()]);
    let ran = repository.ci(&["targets", "--base", "HEAD~1"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("more than 200000 files"),
        "{}",
        ran.stderr
    );
}
