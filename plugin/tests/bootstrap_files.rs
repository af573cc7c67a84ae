//! A bootstrap Application that names files elsewhere in the repository: every command reads them from the disk.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::fs;

use program::{Ran, helm_catalog, run};
use tempfile::TempDir;

/// The repository of `fixtures/broken/base` with these files, whose only cluster has a source with this `helm`.
fn repository(helm: &str, files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    tree::copy(&tree::root().join("fixtures/broken/base"), dir.path());
    fs::remove_dir_all(dir.path().join("clusters/west")).unwrap();
    let bootstrap = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: apps}}\nspec:\n  source:\n    path: apps\n    repoURL: r\n    helm: {helm}\n"
    );
    let files = files.iter().copied();
    for (path, text) in files.chain([("clusters/east/apps.yaml", bootstrap.as_str())]) {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn ran(dir: &TempDir, arguments: &[&str]) -> Ran {
    run(&mut helm_catalog(dir.path(), arguments), b"")
}

const NAME: (&str, &str) = ("env/name.yaml", "cluster: {name: east}\n");

#[test]
fn every_command_reads_the_same_files() {
    for names in [
        "/env/name.yaml",
        "../env/*.yaml",
        "/**/name.yaml",
        "/clusters/east/deep/er/*.yaml",
    ] {
        let deep = ("clusters/east/deep/er/name.yaml", NAME.1);
        let dir = repository(&format!("{{valueFiles: ['{names}']}}"), &[NAME, deep]);
        for arguments in [&["render"][..], &["list"], &["lint"], &["waves"]] {
            let ran = ran(&dir, arguments);
            assert_eq!(
                (ran.status, ran.stderr.as_str()),
                (0, ""),
                "{names}: {arguments:?}"
            );
        }
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_is_a_link_out_of_the_repository_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("name.yaml");
    fs::write(&secret, "cluster: {name: secret}\n").unwrap();
    for names in ["/env/name.yaml", "/env/*.yaml"] {
        let dir = repository(&format!("{{valueFiles: ['{names}']}}"), &[]);
        fs::create_dir(dir.path().join("env")).unwrap();
        std::os::unix::fs::symlink(&secret, dir.path().join("env/name.yaml")).unwrap();
        let ran = ran(&dir, &["render"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
        assert!(ran.stderr.contains("leads out of"), "{}", ran.stderr);
    }
}

#[test]
fn a_large_file_is_no_obstacle_unless_it_is_parsed() {
    for (path, status) in [("apps/web/data.bin", 0), ("apps/web/values.yaml", 1)] {
        let dir = repository("{valueFiles: [/env/name.yaml]}", &[NAME]);
        let file = fs::File::create(dir.path().join(path)).unwrap();
        file.set_len((5 << 20) + 1).unwrap();
        for arguments in [&["render"][..], &["lint"]] {
            let ran = ran(&dir, arguments);
            assert_eq!(ran.status, status, "{path}: {}", ran.stderr);
            assert_eq!(ran.stderr.contains(path), status != 0, "{}", ran.stderr);
        }
    }
}
