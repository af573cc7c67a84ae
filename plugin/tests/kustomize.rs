//! Kustomize as Argo CD runs it, with a real one: the program that `KUSTOMIZE` names, or the one on `PATH`. What it gives is
//! compared with what Argo CD itself made of the same sources, object by object. Without a program, nothing is compared here.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Ran, helm_catalog, run};
use serde_json::Value as Json;

/// The cases of `fixtures/sources` that take Kustomize, by the beginning of their names.
const CASES: [&str; 2] = ["kustomize-", "override-kustomize"];

fn kustomize() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("KUSTOMIZE") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|directory| directory.join("kustomize"));
    places.find(|program| program.is_file())
}

/// The repository of the cases, with the cases as its Applications.
fn repository(homescale_yaml: &str) -> tempfile::TempDir {
    let sources = tree::root().join("fixtures/sources");
    let copy = tempfile::tempdir().unwrap();
    tree::copy(&sources.join("repository"), copy.path());
    let applications = copy.path().join("applications");
    fs::create_dir(&applications).unwrap();
    for case in cases() {
        let file = format!("{case}.yaml");
        fs::copy(sources.join("cases").join(&file), applications.join(&file)).unwrap();
    }
    let text = format!(
        "repositories: [{{url: \"https://git.example.com/fleet.git\", path: .}}]\n{homescale_yaml}"
    );
    fs::write(copy.path().join("homescale.yaml"), text).unwrap();
    copy
}

fn cases() -> Vec<String> {
    let directory = tree::root().join("fixtures/sources/cases");
    let entries = fs::read_dir(directory).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = names.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned()));
    let mut names: Vec<String> = names
        .filter(|name| CASES.iter().any(|case| name.starts_with(case)))
        .collect();
    names.sort();
    names
}

fn manifests(directory: &Path, arguments: &[&str]) -> Ran {
    let fixed = ["manifests", "--root", "applications", "-o", "json"];
    run(
        &mut helm_catalog(directory, &[&fixed[..], arguments].concat()),
        b"",
    )
}

/// What Argo CD made of a case: its manifests, or an error.
fn recorded(case: &str, version: &str) -> Json {
    let path = tree::root().join(format!("fixtures/sources/expected/{case}.json"));
    let recorded: Json = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let own = recorded
        .get(version)
        .or_else(|| recorded.get("all"))
        .unwrap();
    own["sources"][0].clone()
}

#[test]
fn real_kustomize_gives_what_argo_cd_applies() {
    let Some(program) = kustomize() else {
        return;
    };
    for argocd in ["3.4", "3.6"] {
        let copy = repository(&format!("argocd: \"{argocd}\"\n"));
        let program = program.to_str().unwrap();
        let ran = manifests(copy.path(), &["--kustomize", program]);
        let all: Vec<Json> = serde_json::from_str(&ran.stdout).unwrap();
        for case in cases() {
            let found = all.iter().find(|it| it["application"] == case.as_str());
            let found = found.unwrap_or_else(|| panic!("{case} is not among {}", ran.stdout));
            let expected = recorded(&case, argocd);
            match expected.get("manifests") {
                Some(manifests) => assert_eq!(&found["objects"], manifests, "{case}"),
                None => assert_eq!(found["outcome"], "failed", "{case}: {found}"),
            }
        }
    }
}

#[test]
fn without_a_program_kustomizations_are_skipped() {
    let copy = repository("");
    let ran = manifests(copy.path(), &["--app", "kustomize-base"]);
    let all: Vec<Json> = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(all[0]["outcome"], "skipped");
    assert_eq!(manifests(copy.path(), &["--strict"]).status, 1);
}

#[test]
fn what_is_no_kustomize_is_not_believed() {
    for (program, expected) in [
        ("sh", "sh is not Kustomize"),
        ("no-such-program", "no-such-program cannot be started"),
    ] {
        let copy = repository(&format!("kustomize: {{program: {program}}}\n"));
        // A script that the repository brings along is not what is asked for its version.
        fs::write(copy.path().join("version"), "echo v5.8.1\n").unwrap();
        let ran = manifests(copy.path(), &["--app", "kustomize-base"]);
        let is_told = ran.stderr.contains(expected)
            || (program == "sh" && ran.stderr.contains("`sh version` failed"));
        assert!(is_told && ran.status == 1, "{}", ran.stderr);
    }
    let copy = repository("kustomize: {program: ./kustomize}\n");
    let ran = manifests(copy.path(), &[]);
    assert!(
        ran.stderr.contains("a path in the repository"),
        "{}",
        ran.stderr
    );
}
