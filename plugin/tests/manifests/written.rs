//! Trees on the disk: written twice, compared, pruned.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::fleet::{config_map, copy, files, plain, platform, write};

/// When each file and directory of a tree was changed.
fn times(directory: &Path) -> Vec<(String, SystemTime)> {
    let mut all = vec![directory.to_owned()];
    let mut times = Vec::new();
    while let Some(path) = all.pop() {
        let about = fs::symlink_metadata(&path).unwrap();
        times.push((path.display().to_string(), about.modified().unwrap()));
        if about.is_dir() {
            all.extend(super::tree::entries(&path));
        }
    }
    times.retain(|(path, _)| *path != directory.display().to_string());
    times.sort();
    times
}

#[test]
fn a_tree_that_is_written_twice_is_the_same() {
    for layout in ["resources", "apps"] {
        let directory = tempfile::tempdir().unwrap();
        write(&platform(), directory.path(), &["--layout", layout]);
        let (first, then) = (files(directory.path()), times(directory.path()));
        write(&platform(), directory.path(), &["--layout", layout]);
        assert_eq!(files(directory.path()), first, "{layout}");
        assert_eq!(times(directory.path()), then, "{layout}");
    }
}

#[test]
fn a_check_names_what_differs() {
    let directory = tempfile::tempdir().unwrap();
    let at = |path: &str| directory.path().join(path);
    let fleet = plain(&[
        (
            "web",
            "argocd",
            &(config_map("a", "1") + &config_map("b", "2")),
        ),
        ("shop", "argocd", &config_map("c", "3")),
    ]);
    let check = || write(fleet.path(), directory.path(), &["--check"]);
    let absent = check();
    assert_eq!(absent.status, 1);
    assert_eq!(absent.stdout.lines().count(), 3, "{}", absent.stdout);
    assert!(
        absent
            .stdout
            .lines()
            .all(|line| line.ends_with(": missing")),
        "{}",
        absent.stdout
    );
    assert!(files(directory.path()).is_empty(), "a check writes nothing");
    write(fleet.path(), directory.path(), &[]);
    let same = check();
    assert_eq!((same.status, same.stdout.as_str()), (0, ""));

    fs::write(at("in-cluster/web/configmap-a.yaml"), "other\n").unwrap();
    fs::remove_file(at("in-cluster/shop/configmap-c.yaml")).unwrap();
    fs::write(at("in-cluster/web/configmap-gone.yaml"), "gone\n").unwrap();
    fs::create_dir_all(at("in-cluster/removed")).unwrap();
    fs::write(at("in-cluster/removed/role-a.yaml"), "gone\n").unwrap();
    fs::create_dir_all(at(".git")).unwrap();
    fs::write(at(".git/config"), "").unwrap();
    let before = files(directory.path());
    let differs = check();
    assert_eq!(differs.status, 1);
    let lines = [
        "in-cluster/removed/role-a.yaml: not rendered any more",
        "in-cluster/shop/configmap-c.yaml: missing",
        "in-cluster/web/configmap-a.yaml: differs",
        "in-cluster/web/configmap-gone.yaml: not rendered any more",
    ];
    let lines = lines.map(|line| format!("{}/{line}\n", directory.path().display()));
    assert_eq!(differs.stdout, lines.concat());
    assert_eq!(files(directory.path()), before, "a check writes nothing");
    // Of a part, only that part.
    let part = write(
        fleet.path(),
        directory.path(),
        &["--check", "--app", "shop"],
    );
    assert_eq!(part.stdout, lines[1]);
}

#[test]
fn files_of_no_application_stay_until_they_are_pruned() {
    let directory = tempfile::tempdir().unwrap();
    let at = |path: &str| directory.path().join(path);
    let fleet = plain(&[("web", "argocd", &config_map("a", "1"))]);
    for path in [
        "in-cluster/old/job-a.yaml",
        "gone/web/job-b.yaml",
        "README.txt",
        ".git/config",
    ] {
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), "x\n").unwrap();
    }
    let kept = write(fleet.path(), directory.path(), &[]);
    assert_eq!(kept.status, 0);
    let note = "note: 3 files are of no Application: README.txt, gone/web/job-b.yaml, in-cluster/old/job-a.yaml; --prune removes them";
    assert!(kept.stderr.contains(note), "{}", kept.stderr);
    assert_eq!(files(directory.path()).len(), 5);
    let pruned = write(fleet.path(), directory.path(), &["--prune"]);
    assert_eq!(pruned.status, 0);
    assert!(
        pruned.stderr.contains("removed gone/web/job-b.yaml"),
        "{}",
        pruned.stderr
    );
    let names: Vec<String> = files(directory.path()).into_keys().collect();
    assert_eq!(names, [".git/config", "in-cluster/web/configmap-a.yaml"]);
    assert!(!at("gone").exists() && !at("in-cluster/old").exists());
}

#[test]
fn objects_that_are_gone_leave_with_their_files() {
    let directory = tempfile::tempdir().unwrap();
    let fleet = plain(&[(
        "web",
        "argocd",
        &(config_map("a", "1") + &config_map("b", "2")),
    )]);
    write(fleet.path(), directory.path(), &[]);
    fs::write(
        fleet.path().join("manifests/0/all.yaml"),
        config_map("b", "3"),
    )
    .unwrap();
    write(fleet.path(), directory.path(), &[]);
    let names: Vec<String> = files(directory.path()).into_keys().collect();
    assert_eq!(names, ["in-cluster/web/configmap-b.yaml"]);
}

#[test]
fn what_fails_or_is_skipped_keeps_what_is_there() {
    let fleet = copy();
    let directory = tempfile::tempdir().unwrap();
    write(fleet.path(), directory.path(), &[]);
    let at = |path: &str| directory.path().join(path);
    for path in [
        "hub/billing/configmap-notify.yaml",
        "hub/search-console/service-console.yaml",
    ] {
        fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        fs::write(at(path), "kind: Kept\n").unwrap();
    }
    let before = files(directory.path());
    for arguments in [&[][..], &["--prune"]] {
        let ran = write(fleet.path(), directory.path(), arguments);
        assert_eq!(ran.status, 1);
        assert_eq!(files(directory.path()), before, "{arguments:?}");
        assert!(!ran.stderr.contains("of no Application"), "{}", ran.stderr);
    }
}

/// The Applications that one brings are not known when it fails: they are not gone.
#[test]
fn what_a_failing_application_brought_is_not_pruned() {
    let fleet = copy();
    let directory = tempfile::tempdir().unwrap();
    write(fleet.path(), directory.path(), &[]);
    let before = files(directory.path());
    fs::write(
        fleet.path().join("teams/shop/notify.yaml"),
        "kind: Application\napiVersion: v1\nmetadata: {\n",
    )
    .unwrap();
    let ran = write(fleet.path(), directory.path(), &["--prune"]);
    assert_eq!(ran.status, 1);
    assert_eq!(files(directory.path()), before);
    let note = "note: nothing is pruned, because not all Applications are known: these were not rendered, which brought some: hub/argocd/teams";
    assert!(ran.stderr.contains(note), "{}", ran.stderr);
    let checked = write(fleet.path(), directory.path(), &["--check"]);
    assert_eq!((checked.status, checked.stdout.as_str()), (1, ""));
}
