//! Random catalogs: all fields of app.yaml from its JSON Schema, in layers, with templates, parameters and some wrong types. The
//! native evaluation and the catalog's chart must refuse the same ones, and make the same objects of the others; and so must
//! each real Helm that HELMS, HELM4 or HELM3 names.
//!
//! `CATALOGS` is how many are tried natively and by the chart (200); of these, every eighth is given to the real Helms.
//! `CATALOGS_SEED` is where they start (1). What differs is made smaller, and printed.
#![expect(clippy::unwrap_used, reason = "the harness dies of a broken premise")]

mod instance;
#[path = "../program/mod.rs"]
#[expect(dead_code, reason = "the binary is not run: its libraries are")]
mod program;
mod repository;

use std::fs;
use std::process::ExitCode;

use homescale_catalog::{Catalog, RenderOptions, Renderer, app_schema};
use homescale_fileset::FileSet;
use homescale_fuzz::mutate::Random;
use homescale_recordings::Helm;
use homescale_template::with_stack;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

use program::{bare, run};
use repository::{Repository, smaller};

/// How many cases a trial has: so many that a failure is found where it is, and few enough that threads share them.
const PART: u64 = 50;

/// One in so many goes to the real Helms.
const FOR_HELM: u64 = 8;

fn main() -> ExitCode {
    let cases = number("CATALOGS", 200);
    let first = number("CATALOGS_SEED", 1);
    let mut trials = Vec::new();
    for start in (first..first + cases).step_by(PART as usize) {
        let seeds = start..(start + PART).min(first + cases);
        let few = seeds.clone().filter(|seed| seed % FOR_HELM == 0);
        // What null means in values is another thing for each Helm 3.
        let helms = homescale_recordings::helms().into_iter();
        for helm in helms.filter(|helm| helm.level.starts_with('4')) {
            let seeds = few.clone();
            let name = format!("helm-{}/{start}", helm.level);
            trials.push(Trial::test(name, move || {
                each(seeds, &|it| by_helm(it, &helm))
            }));
        }
        trials.push(Trial::test(format!("native/{start}"), move || {
            each(seeds, &natively)
        }));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// What is compared: the same thing twice, each in words.
type Compare<'c> = &'c dyn Fn(&Repository) -> [String; 2];

/// Compares what each seed makes.
fn each(seeds: impl Iterator<Item = u64>, compare: Compare<'_>) -> Result<(), Failed> {
    let schema = app_schema(&[]);
    for seed in seeds {
        let repository = Repository::random(&schema, &ours(), &mut Random::new(seed));
        let differs = |it: &Repository| {
            let has_apps = it.0["apps"]
                .as_object()
                .is_some_and(|apps| !apps.is_empty());
            let [one, other] = compare(it);
            has_apps && one != other
        };
        if differs(&repository) {
            let least = shrink(repository, &differs);
            let [one, other] = compare(&least);
            let input = serde_json::to_string_pretty(&least.0).unwrap();
            return Err(format!("seed {seed}\n{input}\n--- one\n{one}\n--- other\n{other}").into());
        }
    }
    Ok(())
}

/// The repository with all taken away that the difference does not need.
fn shrink(mut repository: Repository, differs: &dyn Fn(&Repository) -> bool) -> Repository {
    loop {
        let mut candidates = smaller(&repository.0).into_iter().map(Repository);
        match candidates.find(|candidate| differs(candidate)) {
            Some(found) => repository = found,
            None => return repository,
        }
    }
}

/// Our default values, as data.
fn ours() -> Value {
    let values = homescale_yaml::from_slice(include_bytes!("../../../apps/values.yaml")).unwrap();
    serde_json::from_str(&homescale_yaml::json::encode(&values).unwrap()).unwrap()
}

/// The native evaluation, and the catalog's chart by our engine.
fn natively(repository: &Repository) -> [String; 2] {
    let files = repository.files(&ours());
    [Renderer::Native, Renderer::Engine].map(|renderer| ours_by(&files, renderer))
}

/// The catalog's chart by our engine, and by Helm.
fn by_helm(repository: &Repository, helm: &Helm) -> [String; 2] {
    let files = repository.files(&ours());
    [
        ours_by(&files, Renderer::Engine),
        theirs(&files, repository, helm),
    ]
}

/// The objects of the cluster, or that there are none.
fn ours_by(files: &FileSet, renderer: Renderer) -> String {
    let render = || {
        let catalog = Catalog::load(files).map_err(|found| found.to_string())?;
        let options = RenderOptions {
            renderer: Some(renderer),
            ..RenderOptions::default()
        };
        let objects = catalog
            .render("east", &options)
            .map_err(|found| found.to_string())?;
        objects.to_yaml().map_err(|error| error.to_string())
    };
    in_words(with_stack(render).unwrap())
}

/// What Helm makes of the same, called as Argo CD calls it.
fn theirs(files: &FileSet, repository: &Repository, helm: &Helm) -> String {
    let scratch = tempfile::tempdir().unwrap();
    for (path, _) in files.contents() {
        let place = scratch.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, files.get(path).unwrap().unwrap()).unwrap();
    }
    fs::write(
        scratch.path().join("values.json"),
        repository.0["values"].to_string(),
    )
    .unwrap();
    let mut command = bare(&helm.program, scratch.path());
    command.args([
        "template",
        "apps",
        "apps",
        "--namespace",
        "argocd",
        "--include-crds",
    ]);
    command
        .args(["-f", "values.json"])
        .env("HOME", scratch.path());
    for (name, value, is_text) in repository.parameters() {
        let flag = if is_text { "--set-string" } else { "--set" };
        command.args([flag, &format!("{name}={}", as_argo_cd(value))]);
    }
    let ran = run(&mut command, b"");
    in_words(match ran.status {
        0 => Ok(ran.stdout),
        _ => Err(ran.stderr),
    })
}

/// A value as Argo CD hands it to Helm.
fn as_argo_cd(value: &str) -> String {
    let value = value.replace("$ARGOCD_APP_NAME", "apps");
    if value.starts_with('{') {
        value
    } else {
        value.replace(',', "\\,")
    }
}

/// The objects in their order, or that it was refused; why is said in other words by each.
fn in_words(result: Result<String, String>) -> String {
    let Ok(text) = result else {
        return "refused".to_owned();
    };
    let documents = homescale_yaml::parse_all(text.as_bytes()).unwrap();
    let values = documents
        .iter()
        .map(|document| document.to_value().unwrap());
    let texts = values
        .filter(|value| !value.is_nil())
        .map(|value| homescale_yaml::to_yaml(&value).unwrap());
    texts.collect::<Vec<_>>().join("---\n")
}
