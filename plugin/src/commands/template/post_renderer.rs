//! `--post-renderer`: what the manifests of `template` go through before they are printed.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use clap::FromArgMatches;
use homescale_chart::CommandLine;
use homescale_chart::command::{PluginError, PostRendererPlugin};

use super::helm_plugins;
use crate::commands::post_render::PostRender;
use crate::context::{Context, Global};
use crate::look_path::{LookPathError, look_path};
use crate::process::StartError;
use crate::{platform, process};

/// The name of our own.
const CATALOG: &str = "catalog";

/// A post-renderer that exists.
#[derive(Debug)]
pub(super) enum PostRenderer {
    /// `helm-catalog post-render`, in this process.
    Catalog,
    /// An executable.
    Program(PathBuf),
    /// A plugin of Helm 4.
    Plugin(PostRendererPlugin),
}

/// A post-renderer with its arguments.
#[derive(Debug)]
pub(super) struct Call<'a> {
    /// What to run.
    pub(super) what: PostRenderer,
    /// Its arguments.
    pub(super) arguments: Vec<String>,
    /// What our own starts from.
    pub(super) context: &'a Context,
}

/// Why there is no such post-renderer, in Helm's words.
#[derive(Debug)]
pub(super) enum FindError {
    /// There is no such executable.
    Program(String, LookPathError),
    /// There is no such plugin.
    Plugin(PluginError),
}

/// Why an executable gave no manifests, in Helm's words.
#[derive(Debug)]
struct ProgramError {
    path: PathBuf,
    stderr: Vec<u8>,
    problem: ProgramProblem,
}

#[derive(Debug)]
enum ProgramProblem {
    Start(StartError),
    Status(ExitStatus),
}

impl PostRenderer {
    /// Finds the post-renderer of this name: our own; as Helm 3 an executable in `$PATH`, as Helm 4 a plugin; an executable by
    /// its path, which Helm 4 does not take.
    ///
    /// # Errors
    /// It is not there.
    pub(super) fn find(name: &str, line: CommandLine) -> Result<Self, FindError> {
        if name == CATALOG {
            return Ok(Self::Catalog);
        }
        if line == CommandLine::Helm4 && !name.contains('/') {
            let plugin = helm_plugins::find(name).map_err(FindError::Plugin)?;
            return Ok(Self::Plugin(plugin));
        }
        let found = look_path(name).map_err(|error| FindError::Program(name.to_owned(), error))?;
        // The path is only made absolute; that cannot fail for one that is not empty.
        Ok(Self::Program(std::path::absolute(&found).unwrap_or(found)))
    }
}

impl Call<'_> {
    /// For the render to call.
    pub(super) fn as_dyn(&self) -> &dyn homescale_chart::PostRenderer {
        self
    }
}

impl homescale_chart::PostRenderer for Call<'_> {
    fn run(&self, manifests: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let arguments = &self.arguments;
        match &self.what {
            PostRenderer::Catalog => catalog(arguments, self.context, manifests),
            PostRenderer::Program(path) => Ok(program(path, arguments, manifests)?),
            PostRenderer::Plugin(plugin) => Ok(helm_plugins::run(plugin, arguments, manifests)?),
        }
    }
}

/// `helm-catalog post-render` with these arguments.
fn catalog(
    arguments: &[String],
    context: &Context,
    manifests: &[u8],
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let words = ["helm-catalog", "post-render"].into_iter();
    let words = words.chain(arguments.iter().map(String::as_str));
    let read = || -> Result<(PostRender, Global), clap::Error> {
        let all = context.program().try_get_matches_from(words)?;
        let own = all.subcommand().map_or(&all, |(_, own)| own);
        let post_render = PostRender::from_arg_matches(own)?;
        Ok((post_render, Global::from_arg_matches(own)?))
    };
    let (post_render, global) = read().map_err(|error| error.to_string().trim_end().to_owned())?;
    Ok(post_render.transform(manifests, &context.with(global))?)
}

/// An executable that reads manifests on its standard input and writes manifests. What it says on standard error is shown
/// if it fails.
fn program(path: &Path, arguments: &[String], manifests: &[u8]) -> Result<Vec<u8>, ProgramError> {
    let failed = |stderr: Vec<u8>, problem| ProgramError {
        path: path.to_owned(),
        stderr,
        problem,
    };
    let output = process::run(Command::new(path).args(arguments), manifests)
        .map_err(|error| failed(Vec::new(), ProgramProblem::Start(error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(failed(output.stderr, ProgramProblem::Status(output.status)))
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, stderr) = (self.path.display(), String::from_utf8_lossy(&self.stderr));
        write!(
            f,
            "error while running command {path}. error output:\n{stderr}: "
        )?;
        match &self.problem {
            ProgramProblem::Start(error) => error.fmt(f),
            // Go's text of how a process ended.
            ProgramProblem::Status(status) => match (status.code(), platform::signal(*status)) {
                (Some(code), _) => write!(f, "exit status {code}"),
                (None, Some(9)) => f.write_str("signal: killed"),
                (None, Some(15)) => f.write_str("signal: terminated"),
                (None, signal) => write!(f, "signal: {}", signal.unwrap_or_default()),
            },
        }
    }
}

impl Error for ProgramError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            ProgramProblem::Start(error) => Some(error),
            ProgramProblem::Status(_) => None,
        }
    }
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program(name, error) => write!(f, "unable to find binary at {name}: {error}"),
            Self::Plugin(error) => error.fmt(f),
        }
    }
}

impl Error for FindError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Program(_, error) => Some(error),
            Self::Plugin(error) => Some(error),
        }
    }
}
