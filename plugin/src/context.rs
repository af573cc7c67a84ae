//! [`Context`]: what every command starts from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use homescale_argocd::parse_deadline;

use crate::failure::Failure;
use crate::repository::{self, Repository};
use crate::terminal::{ColorChoice, Stream};
use crate::watch::{Bounds, Size};

/// The heading of the flags that every command has.
const EVERYWHERE: &str = "Options of every command";

/// Flags that every command has.
#[derive(Args, Debug, Default)]
pub(crate) struct Global {
    /// The repository; without it, the nearest directory upwards that has `apps/` and `clusters/`
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(crate) repo: Option<PathBuf>,
    /// End with a message when there is no result by then; without it, 5m, or 50s for `cmp`
    #[arg(long, global = true, value_name = "TIME", value_parser = parse_deadline, help_heading = EVERYWHERE)]
    pub(crate) timeout: Option<Duration>,
    /// End with a message when the process takes more memory; without it, 4Gi, or 192Mi for `cmp`. On Linux only
    #[arg(id = "max-memory", long, global = true, value_name = "SIZE", help_heading = EVERYWHERE)]
    pub(crate) max_memory: Option<Size>,
    /// Whether to colour messages and tables
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = EVERYWHERE)]
    pub(crate) color: ColorChoice,
}

/// Where the repository is, what the terminal takes, and how the program describes itself.
#[derive(Debug)]
pub(crate) struct Context {
    global: Global,
    program: Program,
}

/// The program, as it describes itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    /// What its user calls it: `helm-catalog`, or `helm catalog`.
    pub(crate) name: &'static str,
    /// Its command line, when it is called so.
    pub(crate) command: fn(&str) -> clap::Command,
}

impl Context {
    /// The context that the flags of every command make.
    pub(crate) fn new(global: Global, program: Program) -> Self {
        Self { global, program }
    }

    /// The same program with other flags.
    pub(crate) fn with(&self, global: Global) -> Self {
        Self::new(global, self.program)
    }

    /// What `--repo` says.
    pub(crate) fn given_repo(&self) -> Option<&Path> {
        self.global.repo.as_deref()
    }

    /// The root of the repository: what `--repo` says, or else around the current directory.
    pub(crate) fn root(&self) -> Result<PathBuf, Failure> {
        repository::root(self.given_repo())
    }

    /// The catalog of the repository.
    pub(crate) fn repository(&self) -> Result<Repository, Failure> {
        Repository::read(&self.root()?)
    }

    /// What the command may take of the machine, where the flags of every command do not say it.
    pub(crate) fn bounds(&self, usual: Bounds) -> Bounds {
        Bounds {
            time: self.global.timeout.unwrap_or(usual.time),
            memory: self.global.max_memory.unwrap_or(usual.memory),
            ..usual
        }
    }

    /// Whether what goes to this stream is coloured.
    pub(crate) fn is_colored(&self, stream: Stream) -> bool {
        self.global.color.holds_for(stream)
    }

    /// The program's command line, as clap knows it.
    pub(crate) fn program(&self) -> clap::Command {
        (self.program.command)(self.name())
    }

    /// What the user calls the program.
    pub(crate) fn name(&self) -> &'static str {
        self.program.name
    }

    /// Whether Helm runs the program, as its plugin.
    pub(crate) fn is_in_helm(&self) -> bool {
        self.name().contains(' ')
    }
}
