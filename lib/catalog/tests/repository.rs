//! This repository's own catalog: what each cluster gets, the waves, the apps by the clusters, and that nothing is wrong
//! with it; the schemas in `docs/schema`, and the reference that is made of them. `INSTA_UPDATE=always` accepts what changed.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads the repository from the disk"
)]

mod disk;
mod snapshot;

use std::process::ExitCode;
use std::sync::Arc;

use homescale_catalog::{
    Catalog, RULES, RenderOptions, app_schema, catalog_schema, field_template, findings_schema,
    reference,
};
use homescale_fileset::FileSet;
use homescale_located::{Rule, Severity};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let root = disk::root();
    let snapshots = root.join("snapshots");
    let catalog = Arc::new(Catalog::load(&repository()).unwrap());
    let mut trials = Vec::new();
    let mut names = Vec::new();
    for cluster in catalog.clusters() {
        let name = cluster.name().to_owned();
        let snapshot = snapshots.join(format!("clusters/{name}.yaml"));
        names.push(format!("{name}.yaml"));
        let catalog = Arc::clone(&catalog);
        trials.push(Trial::test(format!("clusters/{name}"), move || {
            let objects = catalog.render(&name, &RenderOptions::default());
            let objects = objects.map_err(|found| found.to_string())?;
            snapshot::check(&snapshot, &objects.to_yaml().unwrap())
        }));
    }
    let clusters = snapshots.join("clusters");
    trials.push(Trial::test("every snapshot has a cluster", move || {
        snapshot::check_no_others(&clusters, &names)
    }));
    let waves = catalog.waves("boa1-prod").unwrap().to_string();
    let text = [
        ("snapshots/waves/boa1-prod.txt", waves),
        ("snapshots/status.txt", catalog.status().to_string()),
        ("docs/catalog-reference.md", reference()),
        ("apps/templates/_fields.tpl", field_template()),
        ("docs/schema/app.schema.json", pretty(&app_schema(&[]))),
        ("docs/schema/catalog.schema.json", pretty(&catalog_schema())),
        (
            "docs/schema/findings.schema.json",
            pretty(&findings_schema()),
        ),
    ];
    for (path, text) in text {
        let snapshot = root.join(path);
        trials.push(Trial::test(path, move || snapshot::check(&snapshot, &text)));
    }
    trials.push(Trial::test("every rule says why and what to do", || {
        let is_silent = |rule: &&&Rule| rule.reason.is_empty() || rule.remedy.is_empty();
        match RULES.iter().find(is_silent) {
            None => Ok(()),
            Some(rule) => Err(format!("{rule} does not").into()),
        }
    }));
    trials.push(Trial::test("nothing is wrong", move || {
        nothing_is_wrong(&catalog)
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn pretty(schema: &serde_json::Value) -> String {
    format!("{schema:#}\n")
}

fn nothing_is_wrong(catalog: &Catalog) -> Result<(), Failed> {
    let found = catalog.lint();
    let wrong = found.iter().filter(|item| item.severity != Severity::Note);
    let wrong: Vec<String> = wrong.map(ToString::to_string).collect();
    match wrong.as_slice() {
        [] => Ok(()),
        wrong => Err(wrong.join("\n").into()),
    }
}

/// The apps and clusters of this repository.
fn repository() -> FileSet {
    let mut files = FileSet::new();
    for name in ["apps", "clusters"] {
        let part = disk::folder(&disk::root().join(name));
        for path in part.paths() {
            let bytes = part.get_contents(path).unwrap().clone();
            files.insert(format!("{name}/{path}"), bytes).unwrap();
        }
    }
    files
}
