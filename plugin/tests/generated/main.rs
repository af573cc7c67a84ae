//! Random charts, rendered by real Helm and by the libraries: exit status, standard output and standard error must be equal.
//!
//! Each [family](family::FAMILIES) makes cases of one kind from a grammar: templates, YAML texts, `--set` strings, streams
//! of documents, charts of charts, schemas, and charts as people write them. Cases that render go to Helm by the hundred in one chart, those that fail one by one. A case that differs
//! is made smaller until nothing more can be left out, and printed.
//!
//! Needs a real Helm in `HELM4` or `HELM3`; without one the trials are ignored, and the summary says so. `GENERATED_SECONDS`
//! is how long all trials take together (20), `GENERATED_SEED` where they start (1), `GENERATED_FAILURES` how many
//! differences a trial collects before it ends (1).
#![expect(
    clippy::unwrap_used,
    reason = "the harness dies of a broken premise: a folder that cannot be written, a Helm that does not start"
)]
#![expect(
    clippy::format_push_string,
    reason = "cases are small, and read better as the text that they make"
)]

mod bundles;
mod charts;
mod documents;
mod engine;
mod family;
mod files;
mod grammar;
mod manifests;
mod parts;
mod schemas;
mod set;
mod shrink;
mod templates;
mod words;
mod yaml;

use std::time::{Duration, Instant};
use std::{env, process::ExitCode};

use homescale_fuzz::mutate::Random;
use libtest_mimic::{Arguments, Failed, Trial};

use engine::Helm;
use family::{FAMILIES, Family};

fn main() -> ExitCode {
    let seconds = number("GENERATED_SECONDS", 20) as f64;
    let seed = number("GENERATED_SEED", 1);
    let helms: Vec<(&str, Option<Helm>)> = ["HELM4", "HELM3"]
        .map(|name| (name, env::var(name).ok().map(Helm::new)))
        .into();
    for (name, _) in helms.iter().filter(|(_, helm)| helm.is_none()) {
        eprintln!("{name} does not name a Helm: its trials are ignored");
    }
    let found = helms.iter().filter(|(_, helm)| helm.is_some()).count();
    let time = Duration::from_secs_f64(seconds / (found.max(1) * FAMILIES.len()) as f64);
    let mut trials = Vec::new();
    for (variable, helm) in helms {
        for family in FAMILIES {
            let name = format!("{}/{variable}", family.name);
            trials.push(match helm.clone() {
                Some(helm) => Trial::test(name, move || run(family, &helm, seed, time)),
                None => Trial::test(name, || Ok(())).with_ignored_flag(true),
            });
        }
    }
    let mut arguments = Arguments::from_args();
    // The trials share the machine with nothing but each other's Helm.
    arguments.test_threads.get_or_insert(2);
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn number(name: &str, default: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text.parse().unwrap(),
        Err(_) => default,
    }
}

/// Compares until the time is over, or enough differences are known.
fn run(family: &Family, helm: &Helm, seed: u64, time: Duration) -> Result<(), Failed> {
    let start = Instant::now();
    let mut random = Random::new(seed);
    let mut differences = Vec::new();
    let (mut cases, mut batches) = (0, 0);
    while start.elapsed() < time {
        let batch = (family.generate)(&mut random);
        batches += 1;
        let (compared, difference) = family::compare(family, helm, &batch, &mut random);
        cases += compared;
        differences.extend(difference);
        if differences.len() >= number("GENERATED_FAILURES", 1) as usize {
            break;
        }
    }
    println!(
        "{}: {cases} cases in {batches} charts, {}, seed {seed}",
        family.name, helm.version
    );
    if differences.is_empty() {
        return Ok(());
    }
    Err(format!("seed {seed}\n{}", differences.join("\n")).into())
}
