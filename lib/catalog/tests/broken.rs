//! Says what is wrong with the cases of `fixtures/broken`, and compares with `snapshots/broken`. `INSTA_UPDATE=always` accepts.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod disk;
mod snapshot;

use std::collections::BTreeSet;
use std::process::ExitCode;

use homescale_catalog::{Catalog, RULES, RenderOptions, expand_stream};
use homescale_fileset::FileSet;
use homescale_located::Diagnostics;
use homescale_manifest::{Patch, patch_manifests};
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let cases = disk::root().join("fixtures/broken");
    let snapshots = disk::root().join("snapshots/broken");
    let base = disk::folder(&cases.join("base"));
    let mut trials = Vec::new();
    let mut names = Vec::new();
    let mut rules = BTreeSet::new();
    for path in disk::entries(&cases)
        .into_iter()
        .filter(|path| path.is_dir())
    {
        let name = disk::file_name(&path);
        let found = check(&base, &disk::folder(&path));
        rules.extend(found.iter().map(|diagnostic| diagnostic.rule));
        let snapshot = snapshots.join(format!("{name}.txt"));
        names.push(format!("{name}.txt"));
        let text = if found.is_empty() {
            "nothing to say\n".to_owned()
        } else {
            format!("{found}\n")
        };
        trials.push(Trial::test(name, move || snapshot::check(&snapshot, &text)));
    }
    trials.push(Trial::test("every snapshot has a case", move || {
        snapshot::check_no_others(&snapshots, &names)
    }));
    trials.push(Trial::test("every rule has a case", move || {
        let missing: Vec<&str> = RULES
            .iter()
            .map(|rule| rule.name)
            .filter(|name| !rules.contains(name))
            .collect();
        match missing.as_slice() {
            [] => Ok(()),
            missing => Err(format!("no case breaks the rules {}", missing.join(", ")).into()),
        }
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// What there is to say about a case.
fn check(base: &FileSet, case: &FileSet) -> Diagnostics {
    if let Some(stream) = case.get("stream.yaml").unwrap() {
        return expand_stream(stream).err().unwrap_or_default();
    }
    if let Some(manifests) = case.get("manifests.yaml").unwrap() {
        let patches = case.get("patches.yaml").unwrap().unwrap();
        return Patch::read_list(patches, "patches.yaml")
            .and_then(|patches| patch_manifests(manifests, &patches))
            .err()
            .unwrap_or_default();
    }
    let catalog = match Catalog::load(&over(base, case)) {
        Ok(catalog) => catalog,
        Err(found) => return found,
    };
    let Some(command) = case.get("render").unwrap() else {
        return catalog.lint();
    };
    let command = String::from_utf8(command.to_vec()).unwrap();
    let mut words = command.split_whitespace().map(str::to_owned);
    let cluster = words.next().unwrap();
    let options = RenderOptions {
        apps: words.collect(),
        ..RenderOptions::default()
    };
    catalog.render(&cluster, &options).err().unwrap_or_default()
}

/// The files of a case over those without a mistake; `<path>.removed` takes one away.
fn over(base: &FileSet, case: &FileSet) -> FileSet {
    let mut files = FileSet::new();
    for layer in [base, case] {
        for path in layer.paths() {
            let is_removed = case.contains(&format!("{path}.removed"));
            if !is_removed && !path.ends_with(".removed") {
                files
                    .insert(path, layer.get_contents(path).unwrap().clone())
                    .unwrap();
            }
        }
    }
    if !case.contains("apps/templates.removed") && !case.has_folder("apps/templates") {
        for (name, text) in homescale_catalog::TEMPLATES {
            let path = format!("apps/templates/{name}");
            files.insert(path, text.as_bytes()).unwrap();
        }
    }
    files
}
