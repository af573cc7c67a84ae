//! `helm-catalog ci`: the questions that the workflows ask, so that a workflow is a list of steps.

use std::io::Write;
use std::path::Path;

use clap::{Args, Subcommand};
use homescale::{DiskError, disk};
use homescale_argocd::normalize;
use homescale_catalog::{cluster_targets, image_targets};
use homescale_fileset::{FileRequest, FileSet};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::{git, terminal};

#[derive(Debug, Subcommand)]
pub(crate) enum Ci {
    /// The apps whose images are built: with a Chart.yaml and a Dockerfile, and changed since the base
    Targets(Targets),
    /// The clusters whose Omni template changed since the base
    Clusters(Changed),
}

#[derive(Args, Debug)]
pub(crate) struct Targets {
    #[command(flatten)]
    changed: Changed,
    /// Where in the directory of an app its Dockerfile is, `src` or `.`; repeat it for several, of which the first that has one
    /// counts
    #[arg(long = "context", value_name = "DIR", default_value = ".")]
    contexts: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Changed {
    /// The revision to compare with; without it (or with the null revision), everything counts as changed
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Also append `NAME=JSON` to the file that $GITHUB_OUTPUT names
    #[arg(long, value_name = "NAME")]
    github_output: Option<String>,
}

impl Ci {
    /// Prints the targets as a JSON list, the form of a job matrix.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let repo = context.root()?;
        let options = match self {
            Self::Targets(targets) => &targets.changed,
            Self::Clusters(changed) => changed,
        };
        let changed = git::changed_paths(&repo, options.base.as_deref())?;
        let changed = changed.as_deref();
        let list: Value = match self {
            Self::Targets(targets) => {
                let contexts = targets.contexts()?;
                let contexts: Vec<&str> = contexts.iter().map(String::as_str).collect();
                let files = present(&repo, "apps", &needed(&contexts))?;
                (image_targets(&files, changed, &contexts).iter())
                    .map(|t| json!({ "context": t.context, "name": t.name, "path": t.path }))
                    .collect()
            }
            Self::Clusters(_) => {
                let files = present(&repo, "clusters", &["cluster.yaml".to_owned()])?;
                (cluster_targets(&files, changed).iter())
                    .map(|t| json!({ "name": t.name, "template": t.template }))
                    .collect()
            }
        };
        let list = list.to_string();
        append_output(options, &list)?;
        terminal::print(format!("{list}\n").as_bytes())
    }
}

impl Targets {
    /// The directories of Dockerfiles, below that of an app; empty for itself.
    ///
    /// # Errors
    /// One is not below it.
    fn contexts(&self) -> Result<Vec<String>, Failure> {
        let outside = |context: &str| {
            Failure::Usage(format!(
                "--context {context}: not a directory below that of an app"
            ))
        };
        let contexts = self.contexts.iter();
        contexts
            .map(|context| normalize(context).ok_or_else(|| outside(context)))
            .collect()
    }
}

/// The files by which an app is known to have an image, below its directory.
fn needed(contexts: &[&str]) -> Vec<String> {
    let dockerfiles = contexts.iter().map(|context| match *context {
        "" => "Dockerfile".to_owned(),
        context => format!("{context}/Dockerfile"),
    });
    dockerfiles.chain(["Chart.yaml".to_owned()]).collect()
}

/// Which of these files the directories in `directory` have, those of apps or clusters.
fn present(repo: &Path, directory: &str, names: &[String]) -> Result<FileSet, DiskError> {
    let wanted = |path: &str| {
        // `apps/<app>/<file>`
        let inside = path.splitn(3, '/').nth(2).unwrap_or_default();
        let is_directory = path.ends_with('/');
        let leads_to = |name: &String| name == inside || is_directory && name.starts_with(inside);
        if names.iter().any(leads_to) {
            FileRequest::Presence
        } else {
            FileRequest::Nothing
        }
    };
    let mut files = FileSet::new();
    disk::read(repo, directory, &wanted, &mut files)?;
    Ok(files)
}

/// Appends `NAME=JSON` to the file of a workflow step's outputs.
fn append_output(options: &Changed, list: &str) -> Result<(), Failure> {
    let Some(name) = &options.github_output else {
        return Ok(());
    };
    let Some(path) = std::env::var_os("GITHUB_OUTPUT") else {
        return Err(Failure::Usage(
            "--github-output: $GITHUB_OUTPUT is not set; this flag is for a workflow step".into(),
        ));
    };
    let path = Path::new(&path);
    let open = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path);
    let written = open.and_then(|mut file| writeln!(file, "{name}={list}"));
    written.map_err(|error| DiskError::io("write", path, error).into())
}
