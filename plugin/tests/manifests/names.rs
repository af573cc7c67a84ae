//! Names that are no names of files, and names that are the same.

use super::fleet::{config_map, files, plain, write};

#[test]
fn names_become_names_of_files() {
    let role = |name: &str| {
        format!(
            "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: '{name}'}}\nrules: []\n"
        )
    };
    let long = "a".repeat(253);
    let web = [
        role("system:web"),
        role("../../outside"),
        role(".hidden"),
        role(&long),
        // Some systems do not tell these from one another.
        config_map("settings", "1"),
        config_map("Settings", "2"),
        // A name that another one has, when it is told from a third by its namespace.
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: one}\n".to_owned(),
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: two}\n".to_owned(),
        "---\napiVersion: v1\nkind: Secret\nmetadata: {name: one-db}\n".to_owned(),
        // Told from one another by their groups alone.
        "---\napiVersion: a.example.com/v1\nkind: Gateway\nmetadata: {name: web}\n".to_owned(),
        "---\napiVersion: b.example.com/v1\nkind: Gateway\nmetadata: {name: web}\n".to_owned(),
        // Told from one another by nothing.
        "---\napiVersion: batch/v1\nkind: Job\nmetadata: {generateName: seed-}\n".to_owned(),
        "---\napiVersion: batch/v1\nkind: Job\nmetadata: {generateName: seed-}\n".to_owned(),
    ]
    .concat();
    let fleet = plain(&[("web", "argocd", &web)]);
    let outside = tempfile::tempdir().unwrap();
    let ran = write(fleet.path(), &outside.path().join("a/b"), &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let written = files(outside.path());
    assert!(
        written
            .keys()
            .all(|path| path.starts_with("a/b/in-cluster/web/")),
        "{:?}",
        written.keys()
    );
    let names: Vec<&str> = written
        .keys()
        .map(|path| &path["a/b/in-cluster/web/".len()..])
        .collect();
    let lower: std::collections::BTreeSet<String> =
        names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), 12, "{names:?}");
    assert!(names.iter().all(|name| name.len() <= 255), "{names:?}");
    for expected in [
        "role-system_web.yaml",
        "role-_.._.._outside.yaml",
        "role-_.hidden.yaml",
        "gateway.a.example.com-_-web.yaml",
    ] {
        assert!(names.contains(&expected), "{expected} in {names:?}");
    }
    // What is rendered once more has the same names.
    let again = write(fleet.path(), &outside.path().join("a/b"), &["--check"]);
    assert_eq!((again.status, again.stdout.as_str()), (0, ""));
}

#[test]
fn applications_of_one_name_are_told_from_one_another() {
    let one = config_map("one", "1");
    let two = config_map("two", "2");
    let three = config_map("three", "3");
    for layout in ["resources", "apps"] {
        let fleet = plain(&[
            ("web", "argocd", &one),
            ("web", "team-a", &two),
            // Its name is what the second one could be called.
            ("in-cluster_team-a_web", "argocd", &three),
            ("in-cluster_argocd_web", "argocd", &three),
        ]);
        let directory = tempfile::tempdir().unwrap();
        let ran = write(fleet.path(), directory.path(), &["--layout", layout]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let written = files(directory.path());
        assert_eq!(written.len(), 4, "{:?}", written.keys());
        let texts: Vec<&str> = ["'1'", "'2'", "'3'", "'3'"].to_vec();
        let mut found: Vec<&str> = written
            .values()
            .map(|text| {
                texts
                    .iter()
                    .find(|one| text.contains(**one))
                    .copied()
                    .unwrap()
            })
            .collect();
        found.sort_unstable();
        assert_eq!(found, texts);
        // One that is alone is still called as among all: a part of the fleet has the names of the whole.
        let part = tempfile::tempdir().unwrap();
        write(
            fleet.path(),
            part.path(),
            &["--layout", layout, "--app", "web"],
        );
        for (path, bytes) in files(part.path()) {
            assert_eq!(written.get(&path), Some(&bytes), "{path}");
        }
    }
}
