//! Renders the catalogs of `fixtures/catalogs`, and compares with what real Helm made of them through the template of
//! `apps/templates`. `fixtures/record-catalogs` records the results.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod disk;

use std::fs;
use std::process::ExitCode;

use homescale_catalog::{Catalog, RenderOptions, expand_stream};
use homescale_fileset::FileSet;
use homescale_yaml::{Document, to_yaml};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let root = disk::root();
    let cases = root.join("fixtures/catalogs");
    let product = disk::folder(&root.join("apps"));
    let mut trials = Vec::new();
    for case in disk::entries(&cases)
        .into_iter()
        .filter(|path| path.is_dir())
    {
        let name = disk::file_name(&case);
        let files = match name.as_str() {
            "this-repository" => repository(&disk::folder(&root.join("clusters")), &product),
            _ => repository(
                &disk::folder(&case.join("clusters")),
                &over(&product, &disk::folder(&case.join("apps"))),
            ),
        };
        for expected in disk::entries(&case.join("expected")) {
            let file = disk::file_name(&expected);
            let (cluster, kind) = file.split_once('.').unwrap();
            // Where versions of Helm differ, ours is the newest.
            if kind.starts_with("helm-") {
                continue;
            }
            let trial = Case {
                files: files.clone(),
                cluster: cluster.to_owned(),
                expected: fs::read_to_string(&expected).unwrap(),
                fails: kind.ends_with("error.txt"),
            };
            let title = format!("{name}/{cluster}");
            trials.push(Trial::test(title, move || trial.check()));
        }
    }
    assert!(
        trials.len() > 60,
        "the cases of fixtures/catalogs are missing"
    );
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

struct Case {
    files: FileSet,
    cluster: String,
    expected: String,
    fails: bool,
}

impl Case {
    fn check(&self) -> Result<(), Failed> {
        let catalog = Catalog::load(&self.files).map_err(|found| found.to_string())?;
        let found = catalog.render(&self.cluster, &RenderOptions::default());
        let objects = match (found, self.fails) {
            (Ok(objects), false) => objects,
            (Err(_), true) => return Ok(()),
            (Err(found), false) => return Err(format!("expected objects, got:\n{found}").into()),
            (Ok(_), true) => {
                return Err(format!("expected to fail as Helm does:\n{}", self.expected).into());
            }
        };
        // Where the template gives one document for the post-renderer, that is expanded.
        let expected =
            expand_stream(self.expected.as_bytes()).map_err(|found| found.to_string())?;
        let documents = homescale_yaml::parse_all(&expected).unwrap();
        let expected: Vec<String> = documents.iter().map(text).collect();
        let values = objects.to_values();
        let found: Vec<String> = values.iter().map(|value| to_yaml(value).unwrap()).collect();
        if found == expected {
            return Ok(());
        }
        let (expected, found) = (expected.join("---\n"), found.join("---\n"));
        let diff = similar::TextDiff::from_lines(&expected, &found);
        Err(diff
            .unified_diff()
            .header("Helm", "native")
            .to_string()
            .into())
    }
}

fn text(document: &Document) -> String {
    to_yaml(&document.to_value().unwrap()).unwrap()
}

/// The files of a case over those of the product, of whose apps none remains.
fn over(product: &FileSet, case: &FileSet) -> FileSet {
    let of_catalog = |path: &&str| !path.contains('/') || path.starts_with("templates/");
    let mut files = FileSet::new();
    let layers = [
        product
            .paths()
            .filter(of_catalog)
            .map(|path| (path, product))
            .collect::<Vec<_>>(),
        case.paths().map(|path| (path, case)).collect(),
    ];
    for (path, source) in layers.into_iter().flatten() {
        files
            .insert(path, source.get_contents(path).unwrap().clone())
            .unwrap();
    }
    files
}

fn repository(clusters: &FileSet, apps: &FileSet) -> FileSet {
    let mut files = FileSet::new();
    for (name, part) in [("apps", apps), ("clusters", clusters)] {
        for path in part.paths() {
            let bytes = part.get_contents(path).unwrap().clone();
            files.insert(format!("{name}/{path}"), bytes).unwrap();
        }
    }
    files
}
