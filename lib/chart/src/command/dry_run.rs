//! [`check_dry_run`]: `--dry-run`, for a program that talks to no cluster.

use std::fmt;

use homescale_go::strconv::{self, quote};

use crate::helm_version::CommandLine;

/// Why there is no such dry run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DryRunError {
    /// It would ask a cluster.
    NeedsCluster(String),
    /// Helm 3 does not know it.
    Unknown,
    /// Helm 4 does not take it for `template`.
    Invalid {
        /// What was asked for.
        strategy: String,
        /// What could have been, as Helm lists it.
        known: &'static str,
    },
}

impl fmt::Display for DryRunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsCluster(strategy) => write!(
                f,
                "--dry-run={strategy}: it needs a cluster, and this program never talks to one"
            ),
            Self::Unknown => f.write_str(
                "Invalid dry-run flag. Flag must one of the following: false, true, none, client, server",
            ),
            Self::Invalid { strategy, known } => {
                let strategy = quote(strategy);
                write!(f, "invalid dry-run value ({strategy}). Must be {known}")
            }
        }
    }
}

impl std::error::Error for DryRunError {}

/// What a dry run is like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    /// What Helm logs about a value that is going away.
    pub warning: Option<String>,
    /// What Helm 3 was asked for, where its `lookup` asks a cluster. The rest of the render does not.
    pub asks_cluster: Option<String>,
}

/// Checks the value of `--dry-run`, if it was given.
///
/// The source is `validateDryRunOptionFlag` of Helm 3, and `cmdGetDryRunFlagStrategy` of Helm 4.
///
/// # Errors
/// It asks for a cluster, or is none that Helm takes.
///
/// ```
/// use homescale_chart::CommandLine::{Helm3, Helm4};
/// use homescale_chart::command::{DryRun, check_dry_run};
///
/// assert_eq!(check_dry_run(Some("client"), Helm4), Ok(DryRun::default()));
/// assert_eq!(check_dry_run(Some("server"), Helm3)?.asks_cluster.as_deref(), Some("server"));
/// assert!(check_dry_run(Some("server"), Helm4).is_err());
/// # Ok::<(), homescale_chart::command::DryRunError>(())
/// ```
pub fn check_dry_run(strategy: Option<&str>, line: CommandLine) -> Result<DryRun, DryRunError> {
    const EITHER: &str = "\"server\" or \"client\"";
    let Some(strategy) = strategy else {
        return Ok(DryRun::default());
    };
    if line == CommandLine::Helm3 {
        return match strategy {
            "" | "client" | "true" => Ok(DryRun::default()),
            "server" | "none" | "false" => Ok(DryRun {
                asks_cluster: Some(strategy.to_owned()),
                ..DryRun::default()
            }),
            _ => Err(DryRunError::Unknown),
        };
    }
    let invalid = |known| {
        let strategy = strategy.to_owned();
        Err(DryRunError::Invalid { strategy, known })
    };
    let warning = |text: String| {
        Ok(DryRun {
            warning: Some(format!("level=WARN msg=\"{text}\"")),
            ..DryRun::default()
        })
    };
    match strategy {
        "client" => Ok(DryRun::default()),
        "server" => Err(DryRunError::NeedsCluster(strategy.to_owned())),
        "none" => invalid(EITHER),
        // What the flag says without a value.
        "unset" => warning(
            "--dry-run is deprecated and should be replaced with '--dry-run=client'".to_owned(),
        ),
        other => match strconv::parse_bool(other) {
            Ok(true) => warning(format!(
                "boolean '--dry-run={other}' flag is deprecated and must be replaced with '--dry-run=client'"
            )),
            Ok(false) => invalid(EITHER),
            Err(_) => invalid("\"none\", \"server\", or \"client\""),
        },
    }
}
