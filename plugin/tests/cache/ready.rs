//! The files of the guide's page on large fleets: what they run renders all of a fleet, each Application once.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use homescale_value::Value;

use crate::fleet::{Fleet, tree};
use crate::program::{bare, run};

/// What such a file runs for a part: in a directory with a repository in it, with these variables.
struct Part {
    script: String,
    variables: Vec<(&'static str, String)>,
}

/// The value at a path in a file of the guide.
fn at(name: &str, path: &[&str]) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/scale");
    let value = homescale_yaml::from_slice(&fs::read(file.join(name)).unwrap()).unwrap();
    path.iter().fold(value, |value, key| match key.parse() {
        Ok(index) => value.as_list().unwrap().get(index).unwrap(),
        Err(_) => value.as_map().unwrap().get(key).unwrap(),
    })
}

fn text(name: &str, path: &[&str]) -> String {
    at(name, path)
        .as_str()
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_list().unwrap();
    let items = (0..items.len()).map(|index| items.get(index).unwrap());
    items
        .map(|item| item.as_str().unwrap().as_str().unwrap().to_owned())
        .collect()
}

/// Runs the parts, the manifests of each of which are then in `results` of its directory, and compares all with one run.
fn check(name: &str, results: &str, parts: &[Part]) {
    let fleet = Fleet::new();
    fs::remove_file(fleet.root().join("apps/east/random.yaml")).unwrap();
    let ran = run(
        &mut fleet.command(&["manifests", "--output-dir", "../whole"]),
        b"",
    );
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let git = "git init -q && git add -A && git -c user.name=CI -c user.email=ci@example.com commit -qm a";
    let ran = run(bare("sh", &fleet.root()).args(["-ec", git]), b"");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let bin = tempfile::tempdir().unwrap();
    symlink(
        env!("CARGO_BIN_EXE_helm-catalog"),
        bin.path().join("helm-catalog"),
    )
    .unwrap();
    let path = format!(
        "{}:{}",
        bin.path().display(),
        std::env::var("PATH").unwrap()
    );
    let mut all: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for part in parts {
        let place = tempfile::tempdir().unwrap();
        let clone = ["clone", "-q", &fleet.root().display().to_string(), "."];
        let ran = run(bare("git", place.path()).args(clone), b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let mut command = bare("sh", place.path());
        command.args(["-euc", &part.script]).env("PATH", &path);
        command.env("HELM_CATALOG_CACHE", fleet.cache());
        command.env("REPOSITORY", fleet.root());
        command.envs(part.variables.iter().map(|(name, value)| (name, value)));
        let ran = run(&mut command, b"");
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        for (path, bytes) in tree(&place.path().join(results)) {
            let is_new = all.insert(path.clone(), bytes).is_none();
            assert!(is_new, "{name}: {} is there twice", path.display());
        }
    }
    let whole = tree(&fleet.root().join("../whole"));
    assert_eq!(all.into_iter().collect::<Vec<_>>(), whole, "{name}");
}

#[test]
fn the_workflow_for_github_renders_all() {
    let file = "github.yaml";
    let job = ["jobs", "render"];
    let part = |path: &[&'static str]| [&job[..], path].concat();
    assert_eq!(
        text(file, &part(&["env", "SHARD"])),
        "${{ matrix.shard }}/4"
    );
    let shards = at(file, &part(&["strategy", "matrix", "shard"]));
    let count = shards.as_list().unwrap().len();
    let script = text(file, &part(&["steps", "3", "run"]));
    let parts = (1..=count).map(|shard| Part {
        script: script.clone(),
        variables: vec![("SHARD", format!("{shard}/4"))],
    });
    check(file, "manifests", &parts.collect::<Vec<_>>());
}

#[test]
fn the_pipeline_for_gitlab_renders_all() {
    let file = "gitlab.yaml";
    let script = texts(&at(file, &["manifests", "script"])).join("\n");
    let parts = (1..=4).map(|index: usize| Part {
        script: script.clone(),
        variables: vec![
            ("CI_NODE_INDEX", index.to_string()),
            ("CI_NODE_TOTAL", "4".to_owned()),
        ],
    });
    assert_eq!(at(file, &["manifests", "parallel"]).to_string(), "4");
    check(file, "manifests", &parts.collect::<Vec<_>>());
}

#[test]
fn the_job_for_kubernetes_renders_all() {
    let file = "kubernetes.yaml";
    let container = ["spec", "template", "spec", "containers", "0"];
    let in_container = |path: &[&'static str]| [&container[..], path].concat();
    let command = texts(&at(file, &in_container(&["command"])));
    assert_eq!(command, ["sh", "-euc"]);
    let shards = text(file, &in_container(&["env", "1", "value"]));
    assert_eq!(at(file, &["spec", "completions"]).to_string(), shards);
    let script = text(file, &in_container(&["args", "0"]));
    let parts = (0..shards.parse::<usize>().unwrap()).map(|index| Part {
        script: format!("{script}mv results/$shard results/all\n"),
        variables: vec![
            ("SHARDS", shards.clone()),
            ("JOB_COMPLETION_INDEX", index.to_string()),
        ],
    });
    check(file, "results/all", &parts.collect::<Vec<_>>());
}
