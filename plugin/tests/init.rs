//! `helm-catalog init`: what it makes renders natively and in every real Helm at hand, what is there stays as it is, and where that
//! is in the way, nothing is written.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use program::{Ran, bare, helm_catalog, run};
use tempfile::TempDir;

/// Runs the program in a directory.
fn run_in(directory: &Path, arguments: &[&str]) -> Ran {
    run(&mut helm_catalog(directory, arguments), b"")
}

/// What it prints there, without a word on standard error.
fn printed(directory: &Path, arguments: &[&str]) -> String {
    let ran = run_in(directory, arguments);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    ran.stdout
}

/// A directory with these files.
fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    directory
}

/// Every file below a directory, with what is in it.
fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in tree::entries(directory) {
        let name = tree::file_name(&path);
        if path.is_dir() && !path.is_symlink() {
            let below = files(&path).into_iter();
            found.extend(below.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            found.insert(name, fs::read(&path).unwrap_or_default());
        }
    }
    found
}

/// The objects in a stream, each as text.
fn objects(stream: &str) -> BTreeSet<String> {
    let documents = homescale_yaml::parse_all(stream.as_bytes()).unwrap();
    let values = documents
        .iter()
        .map(|document| document.to_value().unwrap());
    let objects = values.filter(|value| !value.is_nil());
    objects
        .map(|value| homescale_yaml::to_yaml(&value).unwrap())
        .collect()
}

/// Nothing is wrong with a catalog, and both ways and every Helm make the same of it: so many objects.
fn assert_renders(directory: &Path, cluster: &str, count: usize) {
    let lint = printed(directory, &["lint", "--strict", "--no-render"]);
    assert!(lint.contains(" 0 errors, 0 warnings"), "{lint}");
    let render = |way: &str| objects(&printed(directory, &["render", "-c", cluster, way]));
    let natively = render("--native");
    assert_eq!(natively.len(), count, "{natively:#?}");
    assert_eq!(render("--engine"), natively);
    let values = printed(directory, &["values", "-c", cluster]);
    let arguments = ["template", "apps", "apps", "-n", "argocd", "--values", "-"];
    let ours = run(&mut helm_catalog(directory, &arguments), values.as_bytes());
    assert_eq!(objects(&ours.stdout), natively);
    for helm in homescale_recordings::helms() {
        let program = fs::canonicalize(&helm.program).unwrap();
        let ran = run(bare(program, directory).args(arguments), values.as_bytes());
        assert_eq!(ran.status, 0, "Helm {}: {}", helm.level, ran.stderr);
        assert_eq!(objects(&ran.stdout), natively, "Helm {}", helm.level);
    }
}

const CHART: &str = "apiVersion: v2\nname: shop\nversion: 0.1.0\n";
const LIBRARY: &str = "apiVersion: v2\nname: common\nversion: 0.1.0\ntype: library\n";

#[test]
fn an_empty_directory_gets_a_catalog_with_an_app() {
    let empty = directory(&[]);
    let said = printed(empty.path(), &["init"]);
    for path in files(empty.path()).keys() {
        assert!(said.contains(&format!("wrote {path}\n")), "{path}: {said}");
    }
    assert!(said.contains("set repoURL in apps/values.yaml, clusters/dev/apps.yaml\n"));
    assert_renders(empty.path(), "dev", 2);
    let list = printed(empty.path(), &["list"]);
    assert!(
        list.contains("defaultDeploy in apps/hello/app.yaml"),
        "{list}"
    );
    // The chart of the app is one.
    let app = printed(
        empty.path(),
        &["template", "hello", "apps/hello", "--set", "greeting=hi"],
    );
    assert!(app.contains("greeting: \"hi\""), "{app}");
}

#[test]
fn clusters_are_added_one_by_one() {
    let repository = directory(&[]);
    printed(
        repository.path(),
        &["init", "-c", "east", "--repo-url", "https://a/b.git"],
    );
    let said = printed(repository.path(), &["init", "-c", "west", "-c", "east"]);
    assert!(
        said.starts_with("wrote clusters/west/apps.yaml\n\nNext:\n"),
        "{said}"
    );
    let west = fs::read_to_string(repository.path().join("clusters/west/apps.yaml")).unwrap();
    assert_eq!(
        west.matches("repoURL: https://a/b.git\n").count(),
        2,
        "as its neighbour's"
    );
    for cluster in ["east", "west"] {
        assert_renders(repository.path(), cluster, 2);
    }
    let before = files(repository.path());
    let said = printed(repository.path(), &["init"]);
    assert!(said.starts_with("nothing to write"), "{said}");
    assert_eq!(files(repository.path()), before);
}

#[test]
fn this_repository_lacks_nothing() {
    let clone = directory(&[]);
    for part in ["apps", "clusters"] {
        tree::copy(&tree::root().join(part), &clone.path().join(part));
    }
    let said = printed(clone.path(), &["init"]);
    assert!(said.starts_with("nothing to write"), "{said}");
}

#[test]
fn what_was_stopped_in_the_middle_is_finished() {
    let whole = directory(&[]);
    printed(whole.path(), &["init"]);
    let all = files(whole.path());
    for missing in [
        "apps/.helmignore",
        "apps/values.yaml",
        "apps/templates/_print.tpl",
        "clusters/dev/apps.yaml",
    ] {
        let path = whole.path().join(missing);
        fs::remove_file(&path).unwrap();
        let said = printed(whole.path(), &["init"]);
        assert!(said.starts_with(&format!("wrote {missing}\n\n")), "{said}");
        assert_eq!(files(whole.path()), all);
    }
}

#[test]
fn charts_that_are_there_become_apps() {
    let repository = directory(&[
        ("apps/shop/Chart.yaml", CHART),
        ("apps/shop/templates/a.yaml", "a: {{ fail \"not now\" }}\n"),
        ("apps/common/Chart.yaml", LIBRARY),
        ("apps/notes/README.md", "no chart\n"),
        ("README.md", "mine\n"),
    ]);
    let before = files(repository.path());
    printed(repository.path(), &["init", "--cluster", "prod-1"]);
    let after = files(repository.path());
    for (path, text) in &before {
        assert_eq!(after.get(path), Some(text), "{path}");
    }
    let apps: Vec<_> = after
        .keys()
        .filter(|path| path.ends_with("/app.yaml"))
        .collect();
    assert_eq!(apps, ["apps/shop/app.yaml"]);
    assert_renders(repository.path(), "prod-1", 2);
}

#[test]
fn templates_and_apps_that_are_there_decide() {
    let app = "path: apps/shop\nnamespace: shop\ndeploy: false\n";
    let template =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.cluster.name }}}\n";
    let repository = directory(&[
        ("apps/shop/Chart.yaml", CHART),
        ("apps/shop/app.yaml", app),
        ("apps/later/Chart.yaml", CHART),
        ("apps/templates/all.yaml", template),
    ]);
    let said = printed(repository.path(), &["init"]);
    assert!(
        said.starts_with("wrote apps/Chart.yaml\nwrote clusters/dev/apps.yaml\n\n"),
        "{said}"
    );
    let rendered = printed(repository.path(), &["render"]);
    assert!(rendered.contains("name: dev\n"), "{rendered}");
}

#[test]
fn nothing_is_written_where_helm_could_not_render_it() {
    let repository = directory(&[
        ("apps/shop/Chart.yaml", CHART),
        ("apps/values.yaml", "replicas: 2\n"),
    ]);
    let before = files(repository.path());
    let ran = run_in(repository.path(), &["init"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("`application` in the catalog's values"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("hint: nothing was written"),
        "{}",
        ran.stderr
    );
    assert_eq!(files(repository.path()), before);
}

#[test]
fn what_cannot_be_written_takes_back_what_was() {
    let elsewhere = directory(&[]);
    let link = |place: &Path| std::os::unix::fs::symlink(elsewhere.path(), place).unwrap();
    let file = directory(&[("clusters", "a file\n")]);
    let linked = directory(&[]);
    link(&linked.path().join("clusters"));
    for repository in [&file, &linked] {
        let before = files(repository.path());
        let ran = run_in(repository.path(), &["init"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
        assert!(ran.stderr.contains("clusters"), "{}", ran.stderr);
        assert_eq!(files(repository.path()), before);
    }
    assert_eq!(files(elsewhere.path()), BTreeMap::new());
}

#[test]
fn git_says_where_the_repository_is() {
    let repository = directory(&[("below/a", "")]);
    let git = |arguments: &[&str]| {
        let ran = run(bare("git", repository.path()).args(arguments), b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    };
    git(&["init", "-q", "-b", "trunk"]);
    let url = "https://me:letmein@git.example.com/own.git"; // pragma: allowlist secret
    git(&["remote", "add", "origin", url]);
    let ran = run_in(&repository.path().join("below"), &["init"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("at the root of its repository"),
        "{}",
        ran.stderr
    );
    let said = printed(repository.path(), &["init"]);
    assert!(!said.contains("repoURL"), "{said}");
    for file in ["apps/values.yaml", "clusters/dev/apps.yaml"] {
        let text = fs::read_to_string(repository.path().join(file)).unwrap();
        assert!(
            text.contains("repoURL: https://git.example.com/own.git\n"),
            "{text}"
        );
        assert!(text.contains("targetRevision: trunk\n"), "{text}");
        assert!(!text.contains("letmein"), "{text}");
    }
    let ran = run_in(&repository.path().join("apps"), &["init"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("inside of the catalog"),
        "{}",
        ran.stderr
    );
}

#[test]
fn names_that_are_no_directory_are_refused() {
    let empty = directory(&[]);
    for name in ["", ".", "..", "../x", "a/b", "-a", "a\nb", "a b"] {
        let ran = run_in(empty.path(), &["init", &format!("--cluster={name}")]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{name:?}");
    }
    for name in ["1", "2026-01-01", "A_b"] {
        printed(empty.path(), &["init", "--cluster", name]);
        let values = printed(empty.path(), &["values", "--cluster", name]);
        let list = printed(empty.path(), &["list", "--cluster", name]);
        assert!(
            values.contains("name: ") && list.contains(name),
            "{values}{list}"
        );
    }
    assert_renders(empty.path(), "1", 2);
}
