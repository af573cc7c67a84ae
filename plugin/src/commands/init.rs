//! `helm-catalog init`: the files with which a repository has a catalog.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use homescale::disk::{find_repository, read};
use homescale_catalog::Start;
use homescale_fileset::FileSet;

use crate::context::Context;
use crate::failure::Failure;
use crate::git::Clone;
use crate::{disk, findings, terminal};

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// A cluster to begin with, `dev` without one; repeat it for several
    #[arg(short, long = "cluster", value_name = "CLUSTER", value_parser = cluster_name)]
    clusters: Vec<String>,
    /// The URL by which Argo CD gets the repository; without it, that of Git's `origin`
    #[arg(long, value_name = "URL", value_parser = line)]
    repo_url: Option<String>,
    /// The branch that Argo CD follows; without it, the one that is checked out
    #[arg(long, value_name = "BRANCH", value_parser = line)]
    revision: Option<String>,
}

impl Init {
    /// Writes what is missing, all of it or nothing, and says what, and what to do next.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let root = root(context)?;
        let clone = Clone::around(&root);
        check_place(&root, &clone)?;
        let there = files_of(&root)?;
        let start = Start {
            clusters: self.clusters.clone(),
            repo_url: self.repo_url.clone().or(clone.origin),
            target_revision: self.revision.clone().or(clone.branch),
        };
        let missing = start
            .missing(&there)
            .map_err(|found| findings::failure(&found, &there).hinted(Some(BESIDE)))?;
        let files = || missing.paths().map(|path| (path, bytes(&missing, path)));
        disk::write_new(&root, files())?;
        let text = told(&missing, context.name());
        terminal::print(text.as_bytes())
    }
}

/// What to do where the catalog cannot be made beside what is there.
const BESIDE: &str = "nothing was written; init keeps what is there: mend it, or move it away, such as an `apps/values.yaml` of another chart, and run init again";

/// The directory that gets a catalog: the one that is named, or else the current one.
fn root(context: &Context) -> Result<PathBuf, Failure> {
    if let Some(given) = context.given_repo() {
        return Ok(given.to_owned());
    }
    let here = std::env::current_dir().map_err(Failure::input)?;
    match find_repository(&here).filter(|found| *found != here) {
        Some(around) => Err(Failure::Usage(format!(
            "{}: this is inside of the catalog {}",
            here.display(),
            around.display()
        ))
        .hinted(Some("run init there, or name a directory with --repo"))),
        None => Ok(here),
    }
}

/// Argo CD finds apps by their paths from the root of the repository.
fn check_place(root: &Path, clone: &Clone) -> Result<(), Failure> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match &clone.root {
        Some(top) if real(top) != real(root) => Err(Failure::Usage(format!(
            "{}: a catalog is at the root of its repository, which is {}",
            root.display(),
            top.display()
        ))
        .hinted(Some("run init there, or name it with --repo"))),
        _ => Ok(()),
    }
}

/// What is there of a catalog.
fn files_of(root: &Path) -> Result<FileSet, Failure> {
    let mut files = FileSet::new();
    for part in ["apps", "clusters"] {
        if root.join(part).exists() {
            read(root, part, &Start::needs, &mut files)?;
        }
    }
    Ok(files)
}

fn bytes<'f>(files: &'f FileSet, path: &str) -> &'f [u8] {
    files.get(path).ok().flatten().unwrap_or_default()
}

/// What was written, and what to do next.
fn told(written: &FileSet, program: &str) -> String {
    let mut text = String::new();
    for path in written.paths() {
        text.extend(["wrote ", path, "\n"]);
    }
    if written.is_empty() {
        text.push_str("nothing to write: all that a catalog needs is there\n");
    }
    let unknown = Start::UNKNOWN_REPO_URL.as_bytes();
    let is_open = |path: &&str| {
        let text = bytes(written, path);
        text.windows(unknown.len()).any(|part| part == unknown)
    };
    let open: Vec<&str> = written.paths().filter(is_open).collect();
    if !open.is_empty() {
        text.push_str("\nNo URL of the repository is known: set repoURL in ");
        text.extend([&open.join(", "), "\n"]);
    }
    text.extend([
        "\nNext:\n  ",
        program,
        " list      which app is on which cluster\n",
    ]);
    text.extend(["  ", program, " lint      what is wrong\n"]);
    text.push_str(
        "  git add apps clusters, commit, push; then, for each cluster that has Argo CD, once:\n",
    );
    text.push_str("  kubectl apply -n argocd -f clusters/CLUSTER/apps.yaml\n");
    text
}

/// Why a text on the command line is none that is written into files.
#[derive(Clone, Copy, Debug)]
enum NameError {
    /// It cannot be the name of a cluster.
    Cluster,
    /// It is not one line.
    Line,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cluster => "expected letters, digits, and `-`, `_` or `.` between them",
            Self::Line => "expected a text of one line",
        })
    }
}

impl std::error::Error for NameError {}

/// The name of a cluster is that of a directory, and of nothing that YAML or a shell would read otherwise.
fn cluster_name(name: &str) -> Result<String, NameError> {
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.chars().all(is_allowed) && is_end(name.bytes().next()) && is_end(name.bytes().last()) {
        Ok(name.to_owned())
    } else {
        Err(NameError::Cluster)
    }
}

/// What stands on one line of a file.
fn line(text: &str) -> Result<String, NameError> {
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err(NameError::Line);
    }
    Ok(text.to_owned())
}
