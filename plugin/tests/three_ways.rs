//! The catalogs of `fixtures/catalogs` and this repository's own, each rendered by the binary in every way there is:
//! `template`, `render --engine` and `render --native`, and through the document of kind Catalog. The first must give what
//! Helm gave at every level, byte for byte; the others the same objects in the same order. `--engine` and `--native` print the
//! same bytes.
//!
//! For each real Helm at hand, which the variables HELMS, HELM4 and HELM3 name, the trials `live/…` run it on the same files
//! and compare again.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod catalog_files;
mod program;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use homescale_catalog::Catalog;
use homescale_recordings::Helm;
use libtest_mimic::{Arguments, Failed, Trial};
use program::{Ran, bare, helm_catalog, run};
use tempfile::TempDir;

/// The level of `render`.
const DEFAULT: &str = "4.3";

fn main() -> ExitCode {
    let cases = tree::root().join("fixtures/catalogs");
    let helms = homescale_recordings::helms();
    let mut trials = Vec::new();
    for case in tree::entries(&cases)
        .into_iter()
        .filter(|path| path.is_dir())
    {
        let repository = compose(&case);
        for cluster in clusters(&repository, &case.join("expected")) {
            let name = format!("{}/{}", tree::file_name(&case), cluster.name);
            trials.extend(of_cluster(&name, &Arc::new(cluster), &helms));
        }
    }
    assert!(
        trials.len() > 300,
        "the cases of fixtures/catalogs are missing"
    );
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// What is tried on one cluster.
fn of_cluster(name: &str, cluster: &Arc<Cluster>, helms: &[Helm]) -> Vec<Trial> {
    let mut trials = Vec::new();
    let mut add = |way: &str, check: Check| {
        let cluster = cluster.clone();
        trials.push(Trial::test(format!("{way}/{name}"), move || {
            check(&cluster)
        }));
    };
    for level in homescale_recordings::levels() {
        let recorded = cluster.expected(level);
        add(
            &format!("template-{level}"),
            Box::new(move |cluster| same(&recorded, &cluster.template(level, &[]))),
        );
    }
    for helm in helms.iter().cloned() {
        add(
            &format!("live/template-{}", helm.level),
            Box::new(move |cluster| live(cluster, &helm)),
        );
    }
    let expected = cluster.expected(DEFAULT);
    let stream = expected.stdout.clone();
    let fails = expected.status != 0;
    add(
        "engine",
        Box::new(move |cluster| {
            let found = cluster.render("--engine");
            if fails {
                return refused(&found);
            }
            same_objects(&expected, &found)?;
            let is_document = found.stdout.contains("\nkind: Catalog\n");
            if is_document {
                return Ok(());
            }
            same(&cluster.render("--native"), &found)
        }),
    );
    add(
        "native",
        Box::new(move |cluster| {
            let found = cluster.render("--native");
            if fails {
                return refused(&found);
            }
            let expanded = cluster.post_render(&stream);
            same_objects(&expanded, &found)
        }),
    );
    if !fails {
        add(
            "document",
            Box::new(|cluster| {
                let document = cluster.template(DEFAULT, &["--set", "output=catalog"]);
                through_document(cluster, &document, &cluster.render("--native"))
            }),
        );
        if let Some(helm) = helms.last().cloned() {
            add(
                "live/document",
                Box::new(move |cluster| {
                    let arguments = cluster.arguments(&["--set", "output=catalog"]);
                    let document = cluster.helm(&helm, &arguments);
                    let stream = cluster.helm(&helm, &cluster.arguments(&[]));
                    through_document(cluster, &document, &cluster.post_render(&stream.stdout))
                }),
            );
        }
    }
    trials
}

type Check = Box<dyn FnOnce(&Cluster) -> Result<(), Failed> + Send>;

/// A cluster of a case.
struct Cluster {
    repository: Arc<TempDir>,
    /// Where Helm's recorded results are.
    recorded: PathBuf,
    name: String,
    release: String,
    namespace: String,
    /// The file of the cluster's own values.
    values: String,
}

impl Cluster {
    /// What the recordings say of a version of Helm.
    fn expected(&self, level: &str) -> Ran {
        let start = format!("{}.", self.name);
        let files = tree::entries(&self.recorded);
        let files = files.iter().filter_map(|path| {
            let ending = tree::file_name(path).strip_prefix(&start)?.to_owned();
            let kind = ["yaml", "error.txt"]
                .into_iter()
                .find(|kind| ending.ends_with(kind))?;
            let levels = ending.strip_suffix(kind)?.trim_end_matches('.').to_owned();
            Some((levels, kind, path))
        });
        let files: Vec<_> = files.collect();
        let of = |wanted: &dyn Fn(&str) -> bool| files.iter().find(|(levels, _, _)| wanted(levels));
        let named = |levels: &str| {
            let names = levels.strip_prefix("helm-").map(|names| names.split('-'));
            names.is_some_and(|mut names| names.any(|name| name == level))
        };
        let own = of(&named).or_else(|| of(&str::is_empty));
        let read = |wanted: &str| {
            let (_, _, path) = own.filter(|(_, kind, _)| *kind == wanted)?;
            fs::read_to_string(path).ok()
        };
        match (read("yaml"), read("error.txt")) {
            (Some(stdout), None) => Ran {
                status: 0,
                stdout,
                stderr: String::new(),
            },
            (None, Some(stderr)) => Ran {
                status: 1,
                stdout: String::new(),
                stderr,
            },
            _ => panic!("no recording of {}", self.name),
        }
    }

    /// The arguments with which Argo CD calls `helm template`.
    fn arguments<'a>(&'a self, further: &[&'a str]) -> Vec<&'a str> {
        let mut arguments = vec!["template", &self.release, "apps"];
        arguments.extend(["--namespace", &self.namespace, "--include-crds"]);
        arguments.extend(["-f", &self.values]);
        arguments.extend(further);
        arguments
    }

    fn template(&self, version: &str, further: &[&str]) -> Ran {
        let mut arguments = self.arguments(further);
        arguments.extend(["--helm-version", version]);
        run(&mut helm_catalog(self.repository.path(), &arguments), b"")
    }

    fn render(&self, way: &str) -> Ran {
        let repository = self.repository.path().to_str().unwrap();
        let arguments = ["--repo", repository, "render", "--cluster", &self.name, way];
        run(&mut helm_catalog(&std::env::temp_dir(), &arguments), b"")
    }

    fn post_render(&self, stream: &str) -> Ran {
        let mut command = helm_catalog(self.repository.path(), &["post-render"]);
        run(&mut command, stream.as_bytes())
    }

    /// Runs the real program, with a home of its own.
    fn helm(&self, helm: &Helm, arguments: &[&str]) -> Ran {
        let home = tempfile::tempdir().unwrap();
        let mut command = bare(&helm.program, self.repository.path());
        run(command.args(arguments).env("HOME", home.path()), b"")
    }
}

fn live(cluster: &Cluster, helm: &Helm) -> Result<(), Failed> {
    let real = cluster.helm(helm, &cluster.arguments(&[]));
    same(&real, &cluster.template(helm.level, &[]))
}

/// A document of kind Catalog becomes the expected objects.
fn through_document(cluster: &Cluster, document: &Ran, expected: &Ran) -> Result<(), Failed> {
    if !document.stdout.contains("\nkind: Catalog\n") {
        return Err(format!("expected a document of kind Catalog: {document:?}").into());
    }
    same_objects(expected, &cluster.post_render(&document.stdout))
}

/// The program refused its input: status 1, a message, and nothing on standard output.
fn refused(found: &Ran) -> Result<(), Failed> {
    if found.status == 1
        && found.stdout.is_empty()
        && !found.stderr.is_empty()
        && !found.stderr.contains("panicked")
    {
        return Ok(());
    }
    Err(format!("expected an error: {found:?}").into())
}

/// Every byte and the exit status are the same.
fn same(expected: &Ran, found: &Ran) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let text = |ran: &Ran| format!("{}{}exit status {}\n", ran.stdout, ran.stderr, ran.status);
    Err(difference(&text(expected), &text(found)))
}

/// The objects and their order are the same.
fn same_objects(expected: &Ran, found: &Ran) -> Result<(), Failed> {
    let (expected, found) = (objects(expected)?, objects(found)?);
    if expected == found {
        return Ok(());
    }
    Err(difference(&expected.join("---\n"), &found.join("---\n")))
}

fn objects(ran: &Ran) -> Result<Vec<String>, Failed> {
    if ran.status != 0 || !ran.stderr.is_empty() {
        return Err(format!("expected objects: {ran:?}").into());
    }
    let documents = homescale_yaml::parse_all(ran.stdout.as_bytes()).unwrap();
    let values = documents.iter().map(|found| found.to_value().unwrap());
    Ok(values
        .map(|value| homescale_yaml::to_yaml(&value).unwrap())
        .collect())
}

fn difference(expected: &str, found: &str) -> Failed {
    let diff = similar::TextDiff::from_lines(expected, found);
    let mut diff = diff.unified_diff();
    diff.header("expected", "found").to_string().into()
}

/// A case as the repository that it stands for.
fn compose(case: &Path) -> Arc<TempDir> {
    let root = tree::root();
    let scratch = tempfile::tempdir().unwrap();
    let repository = scratch.path();
    if tree::file_name(case) == "this-repository" {
        tree::copy(&root.join("apps"), &repository.join("apps"));
        tree::copy(&root.join("clusters"), &repository.join("clusters"));
    } else {
        let (product, apps) = (root.join("apps"), repository.join("apps"));
        tree::copy(&product.join("templates"), &apps.join("templates"));
        for file in tree::entries(&product).iter().filter(|path| path.is_file()) {
            fs::copy(file, apps.join(tree::file_name(file))).unwrap();
        }
        tree::copy(&case.join("apps"), &apps);
        tree::copy(&case.join("clusters"), &repository.join("clusters"));
    }
    Arc::new(scratch)
}

/// The clusters of a repository, as its own files describe them; their values are written beside.
fn clusters(repository: &Arc<TempDir>, recorded: &Path) -> Vec<Cluster> {
    let catalog = Catalog::load(&catalog_files::read(repository.path())).unwrap();
    let clusters = catalog.clusters().map(|cluster| {
        let values = format!("{}.values.json", cluster.name());
        let text = homescale_yaml::json::encode(&cluster.own_values()).unwrap();
        fs::write(repository.path().join(&values), text).unwrap();
        Cluster {
            repository: repository.clone(),
            recorded: recorded.to_owned(),
            name: cluster.name().to_owned(),
            release: cluster.bootstrap().release_name.clone(),
            namespace: cluster.bootstrap().release_namespace.clone(),
            values,
        }
    });
    clusters.collect()
}
