//! Every target over all its seeds, and over mutations of them for a few seconds: one trial each.
//!
//! `FUZZ_SECONDS` says for how long (default 5), `FUZZ_SEED` where to start (default 1). A failure writes the input to the
//! folder for temporary files, and says where.

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};
use std::{env, fs};

use homescale_fuzz::mutate::{Random, mutate};
use homescale_fuzz::{TARGETS, Target, seeds};
use libtest_mimic::{Arguments, Failed, Trial};

/// How long one input may take in a build without optimisation, in which an RSA key alone takes many seconds.
const SLOW: Duration = Duration::from_mins(1);

fn main() {
    let seconds = number("FUZZ_SECONDS", 5);
    let seed = number("FUZZ_SEED", 1);
    let trials = TARGETS.iter().flat_map(|target| {
        let whole = Trial::test(format!("{}::seeds", target.name), || all_seeds(target));
        let broken = Trial::test(format!("{}::mutations", target.name), move || {
            mutations(target, seed, Duration::from_secs(seconds))
        });
        [whole, broken]
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn number(name: &str, default: u64) -> u64 {
    match env::var(name) {
        Ok(text) => text.parse().expect("it is a number"),
        Err(_) => default,
    }
}

fn all_seeds(target: &'static Target) -> Result<(), Failed> {
    let seeds = seeds::of(target.name);
    if seeds.len() < 50 {
        return Err(format!("only {} seeds", seeds.len()).into());
    }
    seeds.iter().try_for_each(|input| check(target, input))
}

fn mutations(target: &'static Target, seed: u64, time: Duration) -> Result<(), Failed> {
    let seeds = seeds::of(target.name);
    let mut random = Random::new(seed);
    let start = Instant::now();
    while start.elapsed() < time {
        check(target, &mutate(target, &seeds, &mut random))?;
    }
    Ok(())
}

fn check(target: &Target, input: &[u8]) -> Result<(), Failed> {
    let start = Instant::now();
    let ended = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let problem = match ended {
        Err(_) => "panicked".to_owned(),
        Ok(()) if start.elapsed() > SLOW => format!("took {:?}", start.elapsed()),
        Ok(()) => return Ok(()),
    };
    let path = env::temp_dir().join(format!("fuzz-{}", target.name));
    fs::write(&path, input)?;
    Err(format!("{} {problem} on {}", target.name, path.display()).into())
}
