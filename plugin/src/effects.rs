//! The effects of a render: what it reaches of the machine or, if the user wants a render to repeat, of a seed.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use homescale::{DiskError, SystemHost};
use homescale_argocd::PluginRequest;
use homescale_functions::{Host, Recorder, SeededHost, Timestamp};

use crate::failure::Failure;
use crate::terminal;

/// Names the file of the seed where no flag does.
const SEED_FILE: &str = "HELM_CATALOG_SEED_FILE";

/// How much of a file is a seed.
const MAX_SEED: u64 = 1 << 20;

/// The time of reproducible builds, in seconds since 1970.
const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// What the user wants of what is random.
#[derive(Debug, Default)]
pub(crate) struct Determinism {
    /// `--seed-file`: derive it from the secret in this file.
    pub(crate) seed_file: Option<PathBuf>,
    /// `--seed-time`: with a seed, what time it is.
    pub(crate) seed_time: Option<String>,
    /// `--report-nondeterminism`: say which calls give something else each time.
    pub(crate) report: bool,
}

/// The host of a render, and what it noticed.
pub(crate) struct Effects {
    host: Rc<dyn Host>,
    seeded: Option<Rc<SeededHost>>,
    recorder: Option<Rc<Recorder>>,
}

impl Effects {
    /// The host that flags and environment ask for, made of this one.
    pub(crate) fn new(wanted: &Determinism, host: SystemHost) -> Result<Self, Failure> {
        Self::owned_by(&[], wanted, host)
    }

    /// The host that the environment asks for, for an Application of Argo CD: a seed gives nobody what another one's has.
    pub(crate) fn of_application(request: &PluginRequest) -> Result<Self, Failure> {
        Self::of_owner(request.identity())
    }

    /// The same for what [`PluginRequest::identity`] would say of it.
    pub(crate) fn of_owner(owner: [&str; 4]) -> Result<Self, Failure> {
        Self::owned_by(&owner, &Determinism::default(), SystemHost::new())
    }

    /// The host that flags and environment ask for. Without an owner, there is only one.
    fn owned_by(owner: &[&str], wanted: &Determinism, host: SystemHost) -> Result<Self, Failure> {
        let mut host: Rc<dyn Host> = Rc::new(host);
        let seeded = seeded(wanted, &host)?.map(|seeded| match owner {
            [] => seeded,
            owner => seeded.owned_by(owner),
        });
        let seeded = seeded.map(Rc::new);
        if let Some(seeded) = &seeded {
            host = Rc::<SeededHost>::clone(seeded);
        }
        let recorder = wanted
            .report
            .then(|| Rc::new(Recorder::new(Rc::clone(&host))));
        if let Some(recorder) = &recorder {
            host = Rc::<Recorder>::clone(recorder);
        }
        Ok(Self {
            host,
            seeded,
            recorder,
        })
    }

    /// The host that the environment asks for.
    pub(crate) fn of_environment() -> Result<Self, Failure> {
        Self::new(&Determinism::default(), SystemHost::new())
    }

    /// Whether everything random is derived from a seed.
    pub(crate) fn is_seeded(&self) -> bool {
        self.seeded.is_some()
    }

    pub(crate) fn host(&self) -> Rc<dyn Host> {
        Rc::clone(&self.host)
    }

    /// Says on standard error what was noticed during the render.
    pub(crate) fn report(&self) {
        for (place, until) in self.seeded.iter().flat_map(|seeded| seeded.expired()) {
            terminal::warn(&[format!(
                "WARNING: {place}: the certificate is valid until {until} only, because of the time of the seed; see --seed-time"
            )]);
        }
        if let Some(recorder) = &self.recorder {
            terminal::warn(&recorder.calls());
        }
    }
}

fn seeded(wanted: &Determinism, host: &Rc<dyn Host>) -> Result<Option<SeededHost>, Failure> {
    let of_environment = || env::var_os(SEED_FILE).filter(|path| !path.is_empty());
    let path = match &wanted.seed_file {
        Some(path) => path.clone(),
        None => match of_environment() {
            Some(path) => path.into(),
            None if wanted.seed_time.is_some() => {
                return Err(Failure::Usage(format!(
                    "--seed-time needs a seed: --seed-file, or ${SEED_FILE}"
                )));
            }
            None => return Ok(None),
        },
    };
    let seed = read_seed(&path)?;
    let now = time(wanted.seed_time.as_deref())?;
    Ok(Some(SeededHost::new(Rc::clone(host), &seed, now)))
}

/// Reads the seed, which may come from another program, without the white space at its end, which editors and `echo` add.
fn read_seed(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| DiskError::io("read", path, error);
    let mut file = File::open(path).map_err(failed)?.take(MAX_SEED);
    let mut seed = Vec::new();
    file.read_to_end(&mut seed).map_err(failed)?;
    seed.truncate(seed.trim_ascii_end().len());
    let least = SeededHost::MIN_SEED;
    if seed.len() < least {
        let path = path.display();
        return Err(Failure::Input(format!(
            "{path}: a seed needs {least} bytes or more, since whoever guesses it knows every secret; `openssl rand -hex 32` makes a good one"
        )));
    }
    Ok(seed)
}

fn time(given: Option<&str>) -> Result<Timestamp, Failure> {
    if let Some(text) = given {
        return Timestamp::from_rfc3339(text).ok_or_else(|| {
            Failure::Usage(format!(
                "--seed-time {text}: not a time of RFC 3339, such as 2026-01-01T00:00:00Z"
            ))
        });
    }
    let Some(text) = env::var_os(SOURCE_DATE_EPOCH).filter(|text| !text.is_empty()) else {
        return Ok(SeededHost::DEFAULT_TIME);
    };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    let seconds = seconds
        .ok_or_else(|| Failure::Input(format!("${SOURCE_DATE_EPOCH}: not a number of seconds")))?;
    Ok(Timestamp {
        seconds,
        nanoseconds: 0,
    })
}
