//! [`Tools`]: programs that render what this library does not.

use std::fmt;
use std::time::Duration;

use homescale_fileset::printable;

use super::kustomize::{KustomizeBuild, PatchesError};

/// Programs that render what this library does not. Whoever may start processes has them.
pub trait Tools: Sync {
    /// How Kustomize is run; `None` where it is not.
    fn kustomize_settings(&self) -> Option<&KustomizeSettings> {
        None
    }

    /// What the results of Kustomize depend on besides the build: its version. `None` where the same build need not give the
    /// same again, so that nothing of it may be kept.
    fn kustomize_identity(&self) -> Option<String> {
        None
    }

    /// What `kustomize build` prints.
    ///
    /// # Errors
    /// There is no such program, or it failed.
    fn kustomize(&self, build: &KustomizeBuild) -> Result<Vec<u8>, ToolError>;
}

/// How Kustomize is run: what Argo CD's settings say about it, and what is allowed here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KustomizeSettings {
    /// The version of the program, where it is said; a source may ask for it.
    pub version: Option<String>,
    /// Further arguments of `kustomize build`, divided by blanks: `kustomize.buildOptions`.
    pub build_options: String,
    /// Whether it may use the network.
    pub network: bool,
}

impl KustomizeSettings {
    /// Whether Kustomize may run Helm.
    pub(super) fn is_helm_enabled(&self) -> bool {
        self.build_options.contains("--enable-helm")
    }

    /// Whether files outside of a kustomization's directory may be read.
    pub(super) fn is_unrestricted(&self) -> bool {
        self.build_options.contains("LoadRestrictionsNone")
    }
}

/// Why a program gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ToolError {
    /// It is not configured.
    NotConfigured,
    /// It cannot be started.
    NotStarted {
        /// The program.
        program: String,
        /// Why, in the system's words.
        cause: String,
    },
    /// What says that it is another program than it should be.
    OtherProgram {
        /// The program.
        program: String,
        /// What it printed for its version.
        printed: String,
    },
    /// Its files cannot be laid out in a temporary directory.
    NoDirectory(String),
    /// It did not end in this time.
    TimedOut {
        /// What was run.
        command: String,
        /// How long it may take.
        after: Duration,
    },
    /// It printed more than so many bytes.
    TooMuchOutput {
        /// What was run.
        command: String,
        /// How much it may print.
        most: usize,
    },
    /// It failed, and said this.
    Failed {
        /// What was run.
        command: String,
        /// What it printed on standard error.
        message: String,
    },
    /// The patches of a source cannot be added to its kustomization.
    Patches(PatchesError),
}

impl ToolError {
    /// What to do about it, where that is clear.
    pub(super) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotStarted { .. } | Self::OtherProgram { .. } => Some(
                "name the program with `--kustomize PROGRAM`, or `kustomize.program` in homescale.yaml",
            ),
            Self::TimedOut { .. } => Some("set `kustomize.timeout` in homescale.yaml"),
            _ => None,
        }
    }
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotConfigured => f.write_str("the program is not configured"),
            Self::NotStarted { program, cause } => {
                write!(f, "{} cannot be started: {cause}", printable(program))
            }
            Self::OtherProgram { program, printed } => write!(
                f,
                "{} is not Kustomize: `{} version` printed `{}`, and not a version such as v5.8.1",
                printable(program),
                printable(program),
                printable(printed)
            ),
            Self::NoDirectory(cause) => {
                write!(f, "no temporary directory for Kustomize: {cause}")
            }
            Self::TimedOut { command, after } => write!(
                f,
                "`{}` did not end in {} s",
                printable(command),
                after.as_secs_f64()
            ),
            Self::TooMuchOutput { command, most } => {
                write!(f, "`{}` printed more than {most} bytes", printable(command))
            }
            Self::Failed { command, message } => {
                write!(f, "`{}` failed: {message}", printable(command))
            }
            Self::Patches(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ToolError {}

/// No programs at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTools;

impl Tools for NoTools {
    fn kustomize(&self, _: &KustomizeBuild) -> Result<Vec<u8>, ToolError> {
        Err(ToolError::NotConfigured)
    }
}
