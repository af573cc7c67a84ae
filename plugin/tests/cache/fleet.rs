//! A small fleet in a directory of its own, and the program that renders it with a cache.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::{Ran, helm_catalog, run};

const HOMESCALE: &str = r#"
clusters:
- {name: east, server: https://east.example.com, kubernetes: "1.33.0"}
- {name: west, server: https://west.example.com, kubernetes: "1.34.0"}
"#;

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
const TEMPLATE: &str = r"apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}}
data:
  kubernetes: {{ .Capabilities.KubeVersion.Version | quote }}
  color: {{ .Values.color | quote }}
";
const RANDOM: &str =
    "kind: Secret\napiVersion: v1\nmetadata: {name: a}\nstringData: {a: {{ randAlphaNum 9 }}}\n";

/// How many Applications there are, and how many of them may be kept.
pub(crate) const APPLICATIONS: usize = 7;
pub(crate) const KEPT: usize = 6;

/// A fleet, and a directory for its cache: a chart on two clusters, manifests without a chart, what is random, and more.
pub(crate) struct Fleet {
    directory: TempDir,
}

impl Fleet {
    pub(crate) fn new() -> Self {
        let fleet = Self {
            directory: tempfile::tempdir().unwrap(),
        };
        fleet.write("homescale.yaml", HOMESCALE);
        fleet.write("web/Chart.yaml", CHART);
        fleet.write("web/values.yaml", "color: red\n");
        fleet.write("values/blue.yaml", "color: blue\n");
        fleet.write("web/templates/a.yaml", TEMPLATE);
        fleet.write("random/Chart.yaml", &CHART.replace("web", "random"));
        fleet.write("random/templates/a.yaml", RANDOM);
        fleet.write(
            "raw/a.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: raw}\n",
        );
        for (name, cluster, path, helm) in [
            ("raw", "east", "raw", ""),
            ("random", "east", "random", ""),
            ("web-1", "east", "web", ""),
            ("web-1", "west", "web", ""),
            (
                "web-2",
                "east",
                "web",
                "helm: {valueFiles: [../values/blue.yaml]}",
            ),
            (
                "web-2",
                "west",
                "web",
                "helm: {valueFiles: [../values/blue.yaml]}",
            ),
            (
                "web-3",
                "west",
                "web",
                "helm: {valuesObject: {color: green}}",
            ),
        ] {
            let application = format!(
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: {name}, namespace: of-{cluster}}}\nspec:\n  \
                 destination: {{name: {cluster}, namespace: web}}\n  source:\n    repoURL: https://git.example.com/fleet.git\n    \
                 path: {path}\n    {helm}\n"
            );
            fleet.write(&format!("apps/{cluster}/{name}.yaml"), &application);
        }
        fleet
    }

    /// Where the fleet is.
    pub(crate) fn root(&self) -> PathBuf {
        self.directory.path().join("fleet")
    }

    /// Where its cache is.
    pub(crate) fn cache(&self) -> PathBuf {
        self.directory.path().join("cache")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program with these arguments, and the directory of the cache.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = helm_catalog(&self.root(), arguments);
        command.env("HELM_CATALOG_CACHE", self.cache());
        command
    }

    /// Renders all of it, but for what is random.
    pub(crate) fn render(&self, arguments: &[&str]) -> Render {
        let arguments = [&["manifests", "--app", "web*", "--app", "raw"], arguments].concat();
        Render::of(&run(&mut self.command(&arguments), b""))
    }

    /// The entries of the cache, in order.
    pub(crate) fn entries(&self) -> Vec<PathBuf> {
        files(&self.cache().join("renders/1"))
            .into_iter()
            .filter(|path| path.file_name().unwrap().len() == 64)
            .collect()
    }
}

/// The files below a directory, in order.
pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// The files below a directory, by their paths from there, with their bytes.
pub(crate) fn tree(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let all = files(root).into_iter().map(|path| {
        let bytes = fs::read(&path).unwrap();
        (path.strip_prefix(root).unwrap().to_owned(), bytes)
    });
    all.collect()
}

/// What came of a run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Render {
    pub(crate) manifests: String,
    /// How many Applications came from the cache.
    pub(crate) kept: usize,
    /// What was said before the summary.
    pub(crate) notes: String,
}

impl Render {
    /// Takes apart what a run that succeeded has printed.
    pub(crate) fn of(ran: &Ran) -> Self {
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        // A note on the server may come later than the summary.
        let is_summary = |line: &&str| line.contains(" rendered, ");
        let summary = ran.stderr.lines().find(is_summary).unwrap();
        assert!(summary.contains(" 0 failed, 0 skipped"), "{summary}");
        let kept = summary.split_once("; ").map(|(_, rest)| {
            let (kept, _) = rest.split_once(" from the cache").unwrap();
            kept.parse().unwrap()
        });
        let is_note =
            |line: &&str| !is_summary(line) && !line.starts_with("note: taken for this repository");
        let notes: Vec<&str> = ran.stderr.lines().filter(is_note).collect();
        Self {
            manifests: ran.stdout.clone(),
            kept: kept.unwrap_or(0),
            notes: notes.join("\n"),
        }
    }
}
