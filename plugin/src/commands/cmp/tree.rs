//! [`SentTree`]: the files that Argo CD sent, on the disk.

use std::path::{Path, PathBuf};

use homescale::{DiskError, Problem, Root, disk};
use homescale_argocd::{ChartSource, PluginRequest, SourceTree};
use homescale_fileset::{FileRequest, FileSet};

use crate::context::Context;
use crate::failure::Failure;
use crate::repository;

/// The directory in which the plugin server unpacks each tree.
const WORK_DIRECTORY: &str = SourceTree::WORK_DIRECTORY;

/// A tree of files: a whole repository, or the common root of what `manifest-generate-paths` names.
pub(super) struct SentTree {
    /// Where it is.
    root: Root,
    /// Where the source is in it.
    pub(super) source: SourceTree,
    /// Whether `--repo` says so.
    is_given: bool,
}

impl SentTree {
    /// The tree around the current directory. Nothing above it is looked at: other sources may lie there.
    ///
    /// # Errors
    /// The directory cannot be read, `--repo` is no catalog, or is not above it; the path of the source is a link to another
    /// tree.
    pub(super) fn find(request: &PluginRequest, context: &Context) -> Result<Self, Failure> {
        let canonical = |path: &Path| {
            let found = path.canonicalize();
            found.map_err(|error| DiskError::io("read", path, error))
        };
        let here = canonical(Path::new("."))?;
        let given = context.given_repo().map(|given| {
            let root = repository::root(Some(given))?;
            Ok::<_, Failure>(canonical(&root)?)
        });
        let given = given.transpose()?;
        let is_root = |dir: &Path| dir.join(".git").exists() || disk::is_repository(dir);
        let root = match &given {
            Some(given) => given.as_path(),
            None => SourceTree::root(&here, &request.source_path, is_root),
        };
        let directory = relative(root, &here)?;
        let root = Root::new(root);
        if given.is_none() && is_of_the_server(&here) {
            check_source(&root, &directory, &request.source_path)?;
        }
        Ok(Self {
            source: SourceTree::new(directory, &request.source_path),
            is_given: given.is_some(),
            root,
        })
    }

    /// Where the catalog is, if there is one, and the path of the source as the catalog's apps name it: the root is the catalog
    /// where `--repo` names it, else it is the nearest directory with `apps/` and `clusters/`.
    pub(super) fn catalog(&self) -> Option<(PathBuf, &str)> {
        // What leads out, whoever reads it will be told.
        let has = |path: PathBuf| self.root.has_directory(path).unwrap_or(true);
        let has_both = |directory: &str| {
            let directory = Path::new(directory);
            has(directory.join("apps")) && has(directory.join("clusters"))
        };
        let is_catalog = |directory: &str| {
            if self.is_given {
                directory.is_empty()
            } else {
                has_both(directory)
            }
        };
        let (directory, path) = self.source.nearest(is_catalog)?;
        Some((self.root.path().join(directory), path))
    }

    /// What a chart is rendered from, by the paths of its repository: its own files, and those that its source names beside it.
    /// Links that stay in the tree are followed.
    ///
    /// # Errors
    /// A file cannot be read, or leads out of the tree.
    pub(super) fn files(&self, chart: &ChartSource) -> Result<FileSet, Failure> {
        let mut sent = FileSet::new();
        let wanted = |path: &str| match path {
            ".git/" => FileRequest::Nothing,
            _ => FileRequest::Contents,
        };
        let failed = |error: DiskError| error.within(self.root.path());
        disk::read(
            self.root.path(),
            self.source.directory(),
            &wanted,
            &mut sent,
        )
        .map_err(failed)?;
        let mut files = FileSet::new();
        for (path, contents) in sent.contents() {
            self.insert(&mut files, path, contents.clone())?;
        }
        let mut names = files.clone();
        for directory in chart.searched_directories() {
            if let Some(inside) = self.source.sent_below(&directory) {
                for name in self.root.file_names(inside).map_err(failed)? {
                    self.insert(&mut names, &name, *b"")?;
                }
            }
        }
        // What is wrong with the names, the render will say.
        for path in chart.named_files(&names).unwrap_or_default() {
            let inside = (self.source.sent_path(&path)).filter(|_| !files.contains(&path));
            let bytes = inside.map(|inside| self.root.read_file(inside));
            if let Some(bytes) = bytes.transpose().map_err(failed)?.flatten() {
                files.insert(path, bytes).map_err(Failure::input)?;
            }
        }
        Ok(files)
    }

    /// An error that names files as the repository does: where Argo CD has put them is another place each time.
    pub(super) fn without_root(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Disk(error) => Failure::Disk(error.within(self.root.path())),
            other => other,
        }
    }

    fn insert(
        &self,
        files: &mut FileSet,
        sent: &str,
        contents: impl Into<homescale_fileset::Contents>,
    ) -> Result<(), Failure> {
        let inserted = files.insert(self.source.repository_path(sent), contents);
        inserted.map_err(Failure::input)
    }
}

/// Whether the plugin server runs the program: its directory is there, whether or not `here` is in it.
fn is_of_the_server(here: &Path) -> bool {
    let is_work_directory = |dir: &Path| dir.file_name().is_some_and(|name| name == WORK_DIRECTORY);
    here.ancestors().any(is_work_directory) || std::env::temp_dir().join(WORK_DIRECTORY).is_dir()
}

/// Checks that the server went to `directory` by the path of the source: Argo CD has sent all of that path, or its end. A link
/// could have led to what belongs to another Application.
fn check_source(root: &Root, directory: &str, source_path: &str) -> Result<(), DiskError> {
    let is_in_a_tree =
        (root.path().parent()).and_then(Path::file_name) == Some(WORK_DIRECTORY.as_ref());
    let ends = source_path
        .match_indices('/')
        .map(|(at, _)| &source_path[at + 1..]);
    let mut ends = [source_path].into_iter().chain(ends).chain([""]);
    let leads_here = |end: &str| {
        let real = root.real_path(end).ok().flatten();
        real.is_some_and(|real| real == Path::new(directory))
    };
    if is_in_a_tree && (source_path.is_empty() || ends.any(leads_here)) {
        return Ok(());
    }
    Err(DiskError::new(
        source_path.as_ref(),
        Problem::LeadsOut(None),
    ))
}

fn relative(root: &Path, here: &Path) -> Result<String, Failure> {
    let inner = here.strip_prefix(root).map_err(|_| {
        let (here, root) = (here.display(), root.display());
        Failure::Input(format!("{here}: not inside the repository {root}"))
    })?;
    let text = inner.to_str().map(str::to_owned);
    text.ok_or_else(|| DiskError::new(inner, Problem::NotUtf8).into())
}
