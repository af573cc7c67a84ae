//! Kustomize, run as Argo CD runs it: on a copy of the files that it needs, and bounded.

mod bounded;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use homescale_argocd::{KustomizeBuild, KustomizeSettings, KustomizeStep, ToolError, Tools};
use homescale_fleet::KustomizeConfig;

use self::bounded::Bounded;
use self::workspace::Workspace;
use crate::failure::Failure;
use crate::look_path::look_path;
use crate::terminal;

/// How long a source may take: `ARGOCD_EXEC_TIMEOUT` by default.
const TIMEOUT: Duration = Duration::from_secs(90);

/// What the program sees of the environment, where it is set.
const PASSED_ON: [&str; 3] = ["PATH", "PATHEXT", "SystemRoot"];

/// What it sees besides, where it may use the network.
const PASSED_ON_FOR_NETWORK: [&str; 8] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// What stands in the way of the programs that it may start, where it may not: Git has no protocol, and others have a proxy
/// where nobody listens.
const NO_NETWORK: [(&str, &str); 3] = [
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("HTTP_PROXY", "http://127.0.0.1:9"),
    ("HTTPS_PROXY", "http://127.0.0.1:9"),
];

/// Kustomize, if a program is named.
#[derive(Debug)]
pub(crate) struct Kustomize {
    program: Option<PathBuf>,
    settings: KustomizeSettings,
    timeout: Duration,
    version: OnceLock<Result<String, ToolError>>,
    /// The versions of which it was said that the program is another.
    told: Mutex<BTreeSet<String>>,
}

impl Kustomize {
    /// The program that the flag names, or else `homescale.yaml`.
    ///
    /// # Errors
    /// `homescale.yaml` names one in the repository: what is looked at must not bring programs along.
    pub(crate) fn new(
        flag: Option<&Path>,
        config: Option<&KustomizeConfig>,
    ) -> Result<Self, Failure> {
        let said = config.and_then(|config| config.program.as_deref());
        let mut settings = KustomizeSettings::default();
        if let Some(config) = config {
            settings.version.clone_from(&config.version);
            settings.build_options = config.build_options.clone().unwrap_or_default();
            settings.network = config.network;
        }
        let program = match (flag, said) {
            (Some(flag), _) => Some(std::path::absolute(flag).map_or(flag.into(), |absolute| {
                // A name is looked up; a path is one from here.
                if flag.components().count() > 1 {
                    absolute
                } else {
                    flag.into()
                }
            })),
            (None, Some(said)) if is_relative_path(said) => {
                let message = format!(
                    "homescale.yaml: `kustomize.program` is `{said}`, a path in the repository; it must be the name of a program, or an absolute path"
                );
                return Err(Failure::Input(message).hinted(Some("name it with --kustomize")));
            }
            (None, said) => said.map(PathBuf::from),
        };
        Ok(Self {
            program,
            settings,
            timeout: config.and_then(|config| config.timeout).unwrap_or(TIMEOUT),
            version: OnceLock::new(),
            told: Mutex::default(),
        })
    }

    /// The program, and the version that it says it has, asked once.
    fn checked(&self) -> Result<(PathBuf, &str), ToolError> {
        let program = self.program.as_ref().ok_or(ToolError::NotConfigured)?;
        let shown = program.display().to_string();
        let found = match program.to_str() {
            Some(name) => look_path(name).map_err(|error| ToolError::NotStarted {
                program: shown.clone(),
                cause: error.to_string(),
            })?,
            None => program.clone(),
        };
        let version = self.version.get_or_init(|| {
            // In a directory without files: another program that takes `version` for a file finds none.
            let workspace = Workspace::new()?;
            let run = self.bounded(&found, &workspace, workspace.root());
            let printed = run.run(&["version".into()], &BTreeMap::new())?;
            version_in(&printed).ok_or_else(|| ToolError::OtherProgram {
                program: shown,
                printed: first_line(&printed),
            })
        });
        let version = version.as_ref().map_err(Clone::clone)?;
        Ok((found, version))
    }

    fn bounded<'w>(
        &self,
        program: &'w Path,
        workspace: &'w Workspace,
        directory: &'w Path,
    ) -> Bounded<'w> {
        let passed_on = PASSED_ON.iter();
        let for_network: &[&str] = if self.settings.network {
            &PASSED_ON_FOR_NETWORK
        } else {
            &[]
        };
        let mut environment: Vec<(OsString, OsString)> = passed_on
            .chain(for_network)
            .filter_map(|name| Some((name.into(), std::env::var_os(name)?)))
            .collect();
        if !self.settings.network {
            let closed = NO_NETWORK.iter();
            environment.extend(closed.map(|(name, value)| (name.into(), value.into())));
        }
        for name in ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            environment.push((name.into(), workspace.home().into()));
        }
        Bounded {
            program,
            directory,
            root: workspace.root(),
            environment,
            deadline: Instant::now() + self.timeout,
            timeout: self.timeout,
        }
    }

    /// Says once of each version that the program has another one.
    fn compare(&self, version: &str, bundled: &str) {
        let own = self.settings.version.as_deref();
        let expected = own.unwrap_or(bundled);
        if is_same_version(version, expected) {
            return;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(expected.to_owned()) {
            let who = if own.is_some() {
                "homescale.yaml says"
            } else {
                "Argo CD has"
            };
            terminal::warn(&[format!(
                "warning: Kustomize is {version}, and {who} {expected}: what it renders may differ"
            )]);
        }
    }
}

impl Tools for Kustomize {
    fn kustomize_settings(&self) -> Option<&KustomizeSettings> {
        self.program.as_ref().map(|_| &self.settings)
    }

    fn kustomize_identity(&self) -> Option<String> {
        if self.settings.network {
            // What is downloaded need not be the same again.
            return None;
        }
        let (_, version) = self.checked().ok()?;
        Some(format!("{version} {:?}", self.settings))
    }

    fn kustomize(&self, build: &KustomizeBuild) -> Result<Vec<u8>, ToolError> {
        let (program, version) = self.checked()?;
        self.compare(version, build.bundled);
        let workspace = Workspace::new()?;
        workspace.lay_out(&build.files, &build.directory)?;
        let directory = workspace.path_of(&build.directory);
        let mut edit = self.bounded(&program, &workspace, &directory);
        let mut printed = Vec::new();
        for step in &build.steps {
            match step {
                KustomizeStep::Edit(arguments) => {
                    let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
                    edit.run(&arguments, &BTreeMap::new())?;
                }
                KustomizeStep::Patch(patches) => workspace.change(&patches.file, |text| {
                    patches.add_to(text).map_err(ToolError::Patches)
                })?,
                KustomizeStep::Build(options) => {
                    let mut arguments = vec![OsString::from("build"), directory.clone().into()];
                    arguments.extend(options.iter().map(Into::into));
                    edit.directory = workspace.root();
                    printed = edit.run(&arguments, &build.environment)?;
                }
            }
        }
        Ok(printed)
    }
}

/// Whether it is a path that depends on where one is.
fn is_relative_path(program: &str) -> bool {
    let path = Path::new(program);
    !path.is_absolute() && path.components().count() > 1
}

/// The version in what `kustomize version` prints: `v5.8.1`, or `{kustomize/v3.8.1  2020-07-16T00:58:46Z  }` of old ones.
fn version_in(printed: &[u8]) -> Option<String> {
    let printed = String::from_utf8_lossy(printed);
    let words = printed.split([' ', '{', '}', '/', '\n', '\r']);
    let mut versions = words.filter_map(|word| word.strip_prefix('v'));
    let version = versions
        .find(|it| it.split('.').count() >= 3 && it.starts_with(|c: char| c.is_ascii_digit()));
    version.map(str::to_owned)
}

fn first_line(printed: &[u8]) -> String {
    let printed = String::from_utf8_lossy(printed);
    printed
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(80)
        .collect()
}

fn is_same_version(one: &str, other: &str) -> bool {
    let numbers = |version: &str| version.strip_prefix('v').unwrap_or(version).to_owned();
    numbers(one) == numbers(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_in_what_is_printed() {
        for (printed, version) in [
            ("v5.8.1\n", Some("5.8.1")),
            (
                "{kustomize/v3.8.1  2020-07-16T00:58:46Z  }\n",
                Some("3.8.1"),
            ),
            ("(devel)\n", None),
            ("version: command not found\n", None),
            ("", None),
        ] {
            assert_eq!(
                version_in(printed.as_bytes()).as_deref(),
                version,
                "{printed}"
            );
        }
    }

    #[test]
    fn a_repository_brings_no_programs() {
        let mut config = KustomizeConfig::default();
        for (program, is_taken) in [
            ("kustomize", true),
            ("bin/kustomize", false),
            ("./kustomize", false),
        ] {
            config.program = Some(program.to_owned());
            assert_eq!(
                Kustomize::new(None, Some(&config)).is_ok(),
                is_taken,
                "{program}"
            );
        }
        assert!(Kustomize::new(Some(Path::new("other")), Some(&config)).is_ok());
    }
}
