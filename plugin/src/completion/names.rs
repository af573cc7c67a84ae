//! What flags can name: the clusters and apps of the repository, the levels of Helm, the rules of `lint`, files.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, Command, ValueHint};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use homescale_chart::HelmVersion;
use homescale_fleet::Candidates;

use crate::fleet;
use crate::repository::{self, Repository};

/// Lists what can be named, in the repository that the command line is about.
type List = fn(Option<&PathBuf>) -> Vec<String>;

/// The flags whose values are listed.
const LISTED: &[(&str, List)] = &[
    ("app", apps),
    ("cluster", clusters),
    ("explain", rules),
    ("helm-version", levels),
    ("limit", limits),
    ("post-renderer", post_renderers),
];

/// The arguments of `template` that are paths. What other commands take as a path, clap knows by its type.
const PATHS: &[(&str, ValueHint)] = &[
    ("arguments", ValueHint::AnyPath),
    ("output-dir", ValueHint::DirPath),
    ("seed-file", ValueHint::FilePath),
    ("values", ValueHint::FilePath),
];

/// Tells a program what its flags can name on a command line of these words.
pub(super) fn add(program: Command, words: &[OsString]) -> Command {
    add_at(program, repo(words).as_ref())
}

fn add_at(command: Command, repo: Option<&PathBuf>) -> Command {
    let command = command.mut_subcommands(|sub| add_at(sub, repo));
    command.mut_args(|arg| with_names(arg, repo))
}

fn with_names(arg: Arg, repo: Option<&PathBuf>) -> Arg {
    let name = arg.get_long().unwrap_or(arg.get_id().as_str());
    if let Some((_, list)) = LISTED.iter().find(|(flag, _)| *flag == name) {
        let (list, repo) = (*list, repo.cloned());
        let candidates = move || {
            let names = list(repo.as_ref()).into_iter();
            names.map(CompletionCandidate::new).collect()
        };
        return arg.add(ArgValueCandidates::new(candidates));
    }
    match PATHS.iter().find(|(flag, _)| *flag == name) {
        Some((_, hint)) => arg.value_hint(*hint),
        None => arg,
    }
}

/// What `--repo` says in front of `template`, or anywhere without it.
fn repo(words: &[OsString]) -> Option<PathBuf> {
    let of_template = words.iter().position(|word| word == "template");
    let mut words = words[..of_template.unwrap_or(words.len())].iter();
    while let Some(word) = words.next() {
        if word == "--repo" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--repo=")) {
            return Some(path.into());
        }
    }
    None
}

/// The catalog, if there is one. That there is none shows when the command runs.
fn catalog(repo: Option<&PathBuf>) -> Option<Repository> {
    let root = repository::root(repo.map(PathBuf::as_path)).ok()?;
    Repository::read(&root).ok()
}

fn clusters(repo: Option<&PathBuf>) -> Vec<String> {
    match catalog(repo) {
        Some(it) => {
            let clusters = it.catalog.clusters();
            clusters.map(|it| it.name().to_owned()).collect()
        }
        None => of_fleet(repo, |it| it.clusters),
    }
}

fn apps(repo: Option<&PathBuf>) -> Vec<String> {
    match catalog(repo) {
        Some(it) => it.catalog.apps().map(|it| it.name().to_owned()).collect(),
        None => of_fleet(repo, |it| it.applications),
    }
}

/// Names in a repository without a catalog, if there are any.
fn of_fleet(
    repo: Option<&PathBuf>,
    names: impl FnOnce(Candidates) -> BTreeSet<String>,
) -> Vec<String> {
    let found = fleet::candidates(repo.map(PathBuf::as_path));
    found.map(names).unwrap_or_default().into_iter().collect()
}

fn levels(_: Option<&PathBuf>) -> Vec<String> {
    let levels = HelmVersion::ALL.iter().map(|helm| helm.name());
    levels.chain(["latest"]).map(str::to_owned).collect()
}

fn rules(_: Option<&PathBuf>) -> Vec<String> {
    let rules = homescale_fleet::all_rules().into_iter();
    rules.map(|rule| rule.name.to_owned()).collect()
}

fn limits(_: Option<&PathBuf>) -> Vec<String> {
    let names = homescale_chart::Limits::NAMES.iter();
    names.map(|name| format!("{name}=")).collect()
}

fn post_renderers(_: Option<&PathBuf>) -> Vec<String> {
    vec!["catalog".to_owned()]
}
