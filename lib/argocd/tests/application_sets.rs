//! Generates from the cases of `fixtures/applicationsets`, and compares with what Argo CD itself generated, for each version
//! of Argo CD, Application by Application. Of an error, only that there is one is compared: the words are ours.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homescale_argocd::{
    ApplicationSet, ApplicationSetError, ArgoCdVersion, ClusterSecret, Generated, GeneratorInputs,
    GeneratorLimits, GeneratorSettings, NotAtHand, NotExpandedReason, Repositories,
};
use homescale_fileset::FileSet;
use homescale_value::Map;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

/// The lines of Argo CD that there are recordings of.
const VERSIONS: [&str; 3] = ["3.4", "3.5", "3.6"];

/// The only repository that there is.
const REPOSITORY: &str = "https://git.example.com/fleet.git";

/// The AppProjects that there are.
const PROJECTS: [&str; 2] = ["default", "platform"];

/// The namespace of an ApplicationSet that does not say one.
const NAMESPACE: &str = "argocd";

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/applicationsets");
    let mut trials = Vec::new();
    for case in entries(&folder.join("cases")) {
        let name = case.file_stem().unwrap().to_str().unwrap().to_owned();
        for version in VERSIONS {
            let (folder, name, case) = (folder.clone(), name.clone(), case.clone());
            trials.push(Trial::test(format!("{name} {version}"), move || {
                check(&folder, &case, &name, version)
            }));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(folder: &Path, case: &Path, name: &str, version: &str) -> Result<(), Failed> {
    let recorded = fs::read(folder.join(format!("expected/{name}.json"))).unwrap();
    let recorded: Value = serde_json::from_slice(&recorded).unwrap();
    let recorded = recorded.get(version).unwrap_or(&recorded["all"]);
    let generated = generate(folder, &fs::read(case).unwrap(), name, version);
    let is_error = recorded.get("error").is_some();
    match generated {
        Err(_) if is_error => Ok(()),
        Ok(generated) if is_error && !generated.not_expanded.is_empty() => Ok(()),
        Err(error) => Err(format!("an error of ours only: {error}").into()),
        Ok(_) if is_error => Err(format!("no error, but Argo CD has {}", recorded["error"]).into()),
        Ok(generated) => compare(recorded, &generated),
    }
}

fn compare(recorded: &Value, generated: &Generated) -> Result<(), Failed> {
    // Argo CD says nothing of an entry without a generator.
    let mut not_expanded = generated.not_expanded.iter();
    if let Some(what) = not_expanded.find(|what| what.reason != NotExpandedReason::NoGenerator) {
        return Err(what.to_string().into());
    }
    let mut expected = recorded["applications"].as_array().unwrap().clone();
    let applications = generated.applications.iter();
    let mut found: Vec<Value> = applications
        .map(|application| {
            let text = homescale_yaml::json::encode(application).unwrap();
            serde_json::from_str(&text).unwrap()
        })
        .collect();
    // What Argo CD takes out of a Go map has no order.
    if recorded.get("unordered").is_some() {
        expected.sort_by_cached_key(Value::to_string);
        found.sort_by_cached_key(Value::to_string);
    }
    for (index, (expected, found)) in expected.iter().zip(&found).enumerate() {
        if expected != found {
            return Err(format!("Application {index}:\n{expected:#}\nbut it is\n{found:#}").into());
        }
    }
    if expected.len() != found.len() {
        let (expected, found) = (expected.len(), found.len());
        return Err(format!("{found} Applications, not {expected}").into());
    }
    Ok(())
}

fn generate(
    folder: &Path,
    text: &[u8],
    name: &str,
    version: &str,
) -> Result<Generated, ApplicationSetError> {
    let object = homescale_yaml::map_from_slice(text).unwrap();
    let metadata = object.get_map("metadata").unwrap_or_default();
    if !metadata.contains("namespace") {
        metadata.set("namespace", NAMESPACE);
        object.set("metadata", metadata);
    }
    let settings = yaml(&folder.join("settings.yaml"));
    let setting = settings.get_map(name).unwrap_or_default();
    let clusters = setting.get("clusters").map(|file| file.to_string());
    let clusters = clusters.as_deref().unwrap_or("clusters.yaml");
    let inputs = GeneratorInputs {
        repositories: &Fleet(files(&folder.join("repository"))),
        clusters: &clusters_of(&folder.join(clusters)),
        services: &(),
        argocd: ArgoCdVersion::parse(version).unwrap(),
        settings: &GeneratorSettings {
            new_git_file_globbing: setting.contains("newGlobbing"),
            include_hidden_directories: setting.contains("hiddenDirectories"),
            projects: Some(PROJECTS.map(str::to_owned).into()),
        },
        limits: &GeneratorLimits::default(),
    };
    ApplicationSet::read(&object.into())?.generate(&inputs)
}

/// The repository, which nobody has under another address.
struct Fleet(FileSet);

impl Repositories for Fleet {
    fn files(&self, repo_url: &str, _: &str) -> Result<&FileSet, NotAtHand> {
        if repo_url == REPOSITORY {
            return Ok(&self.0);
        }
        let repo_url = repo_url.to_owned();
        Err(NotAtHand { repo_url })
    }
}

fn clusters_of(file: &Path) -> Vec<ClusterSecret> {
    let list = homescale_yaml::list_from_slice(&fs::read(file).unwrap()).unwrap();
    let clusters = list.to_vec().into_iter();
    clusters
        .map(|cluster| {
            let cluster = cluster.as_map().unwrap().clone();
            let text = |key: &str| cluster.get(key).map(|text| text.to_string());
            ClusterSecret {
                name: text("name").unwrap(),
                server: text("server").unwrap(),
                project: text("project"),
                labels: texts(&cluster.get_map("labels").unwrap_or_default()),
                annotations: texts(&cluster.get_map("annotations").unwrap_or_default()),
            }
        })
        .collect()
}

fn texts(map: &Map) -> BTreeMap<String, String> {
    let pairs = map.to_vec().into_iter();
    pairs
        .map(|(key, value)| (key.to_text().into_owned(), value.to_string()))
        .collect()
}

fn yaml(file: &Path) -> Map {
    homescale_yaml::map_from_slice(&fs::read(file).unwrap()).unwrap()
}

/// The files below a directory.
fn files(folder: &Path) -> FileSet {
    let mut files = FileSet::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(entries(&path));
        } else {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            files.insert(name, fs::read(&path).unwrap()).unwrap();
        }
    }
    files
}

/// What is in a directory, by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
