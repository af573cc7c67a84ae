//! `--post-renderer`: what the manifests of `template` go through before they are printed.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{env, fs};

use clap::FromArgMatches;
use homescale_chart::CommandLine;
use homescale_go::strconv::quote;

use super::helm_plugins::Plugin;
use crate::commands::post_render::PostRender;
use crate::context::{Context, Global};
use crate::failure::plain;

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
    Plugin(Plugin),
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

impl PostRenderer {
    /// Finds the post-renderer of this name: our own; as Helm 3 an executable in `$PATH`, as Helm 4 a plugin; an executable by
    /// its path, which Helm 4 does not take.
    ///
    /// # Errors
    /// Helm's message for one that is not there.
    pub(super) fn find(name: &str, line: CommandLine) -> Result<Self, String> {
        if name == CATALOG {
            return Ok(Self::Catalog);
        }
        if line == CommandLine::Helm4 && !name.contains('/') {
            return Plugin::find(name).map(Self::Plugin);
        }
        let found = look_path(name).map_err(|problem| {
            let quoted = quote(name);
            format!("unable to find binary at {name}: exec: {quoted}: {problem}")
        })?;
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
        let ran = match &self.what {
            PostRenderer::Catalog => catalog(&self.arguments, self.context, manifests),
            PostRenderer::Program(path) => program(path, &self.arguments, manifests),
            PostRenderer::Plugin(plugin) => plugin.run(&self.arguments, manifests),
        };
        ran.map_err(Into::into)
    }
}

/// `helm-catalog post-render` with these arguments.
fn catalog(arguments: &[String], context: &Context, manifests: &[u8]) -> Result<Vec<u8>, String> {
    let words = ["helm-catalog", "post-render"].into_iter();
    let words = words.chain(arguments.iter().map(String::as_str));
    let read = || -> Result<(PostRender, Global), clap::Error> {
        let all = context.program().try_get_matches_from(words)?;
        let own = all.subcommand().map_or(&all, |(_, own)| own);
        Ok((
            PostRender::from_arg_matches(own)?,
            Global::from_arg_matches(own)?,
        ))
    };
    let (post_render, global) = read().map_err(|error| error.to_string().trim_end().to_owned())?;
    let transformed = post_render.transform(manifests, &context.with(global));
    transformed.map_err(|failure| {
        let text = failure.to_string();
        let text = text.strip_prefix("Error: ").unwrap_or(&text);
        text.trim_end().to_owned()
    })
}

/// An executable that reads manifests on its standard input and writes manifests. What it says on standard error is shown
/// if it fails.
fn program(path: &Path, arguments: &[String], manifests: &[u8]) -> Result<Vec<u8>, String> {
    let failed = |stderr: &[u8], problem: String| {
        let (path, stderr) = (path.display(), String::from_utf8_lossy(stderr));
        format!("error while running command {path}. error output:\n{stderr}: {problem}")
    };
    let fork = |error: &io::Error| format!("fork/exec {}: {}", path.display(), plain(error));
    let mut child = Command::new(path)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(b"", fork(&error)))?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // A program that does not read its input may close it: that is no failure.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(manifests)));
        child.wait_with_output()
    });
    let output = output.map_err(|error| failed(b"", fork(&error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(failed(&output.stderr, status_text(output.status)))
}

/// Go's text of how a process ended.
fn status_text(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(9)) => "signal: killed".to_owned(),
        (None, Some(15)) => "signal: terminated".to_owned(),
        (None, signal) => format!("signal: {}", signal.unwrap_or_default()),
    }
}

/// Go's `exec.LookPath`.
fn look_path(name: &str) -> Result<PathBuf, String> {
    if name.contains('/') {
        let path = PathBuf::from(name);
        return check_executable(&path).map(|()| path);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path);
    for folder in folders {
        let is_here = folder.as_os_str() == OsStr::new("");
        let folder = if is_here { Path::new(".") } else { &folder };
        let file = folder.join(name);
        if check_executable(&file).is_ok() {
            if !file.is_absolute() {
                return Err("cannot run executable found relative to current directory".to_owned());
            }
            return Ok(file);
        }
    }
    Err("executable file not found in $PATH".to_owned())
}

fn check_executable(path: &Path) -> Result<(), String> {
    let metadata = fs::metadata(path)
        .map_err(|error| format!("stat {}: {}", path.display(), plain(&error)))?;
    if metadata.is_dir() {
        return Err("is a directory".to_owned());
    }
    if metadata.permissions().mode() & 0o111 == 0 {
        return Err("permission denied".to_owned());
    }
    Ok(())
}
