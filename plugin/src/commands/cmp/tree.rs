//! [`SentTree`]: the files that Argo CD sent, on the disk.

use std::path::{Path, PathBuf};

use homescale::{DiskError, Problem, disk};
use homescale_argocd::{ChartSource, PluginRequest, SourceTree};
use homescale_fileset::{FileRequest, FileSet};

use crate::context::Context;
use crate::failure::Failure;
use crate::repository;

/// A tree of files: a whole repository, or the common root of what `manifest-generate-paths` names.
pub(super) struct SentTree {
    /// Where it is.
    root: PathBuf,
    /// Where the source is in it.
    pub(super) source: SourceTree,
    /// Whether `--repo` says so.
    is_given: bool,
}

impl SentTree {
    /// The tree around the current directory. Nothing above it is looked at: other sources may lie there.
    ///
    /// # Errors
    /// The directory cannot be read, `--repo` is no catalog, or is not above it.
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
        Ok(Self {
            source: SourceTree::new(relative(root, &here)?, &request.source_path),
            is_given: given.is_some(),
            root: root.to_owned(),
        })
    }

    /// Where the catalog is, if there is one, and the path of the source as the catalog's apps name it: the root is the catalog
    /// where `--repo` names it, else it is the nearest directory with `apps/` and `clusters/`.
    pub(super) fn catalog(&self) -> Option<(PathBuf, &str)> {
        let is_catalog = |directory: &str| {
            directory.is_empty() && self.is_given
                || !self.is_given && disk::is_repository(&self.root.join(directory))
        };
        let (directory, path) = self.source.nearest(is_catalog)?;
        Some((self.root.join(directory), path))
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
        disk::read(&self.root, self.source.directory(), &wanted, &mut sent)
            .map_err(|error| error.within(&self.root))?;
        let mut files = FileSet::new();
        for (path, contents) in sent.contents() {
            self.insert(&mut files, path, contents.clone())?;
        }
        let mut names = files.clone();
        for directory in chart.searched_directories() {
            if let Some(inside) = self.source.sent_below(&directory) {
                self.add_names(inside, &mut names)?;
            }
        }
        // What is wrong with the names, the render will say.
        for path in chart.named_files(&names).unwrap_or_default() {
            let inside = self.source.sent_path(&path);
            let real = inside.and_then(|inside| self.root.join(inside).canonicalize().ok());
            if let (Some(real), false) = (real, files.contains(&path)) {
                if !real.starts_with(&self.root) {
                    return Err(DiskError::leads_out(Path::new(&path)).into());
                }
                let bytes = disk::read_file(&real).map_err(|error| error.within(&self.root))?;
                files.insert(path, bytes).map_err(Failure::input)?;
            }
        }
        Ok(files)
    }

    /// An error that names files as the repository does: where Argo CD has put them is another place each time.
    pub(super) fn without_root(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Disk(error) => Failure::Disk(error.within(&self.root)),
            other => other,
        }
    }

    /// Adds the files below a directory without what is in them. A link to a directory is none: it could lead back.
    fn add_names(&self, directory: &str, names: &mut FileSet) -> Result<(), Failure> {
        let mut open = vec![directory.to_owned()];
        while let Some(directory) = open.pop() {
            // What is no directory has no files.
            let entries = self.root.join(&directory).read_dir().into_iter().flatten();
            for entry in entries.filter_map(Result::ok) {
                let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string())
                else {
                    continue;
                };
                let path = match directory.as_str() {
                    "" => name,
                    directory => format!("{directory}/{name}"),
                };
                if kind.is_dir() {
                    open.extend(Some(path).filter(|path| path != ".git"));
                } else if !(kind.is_symlink() && entry.path().is_dir()) {
                    self.insert(names, &path, *b"")?;
                }
            }
        }
        Ok(())
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

fn relative(root: &Path, here: &Path) -> Result<String, Failure> {
    let inner = here.strip_prefix(root).map_err(|_| {
        let (here, root) = (here.display(), root.display());
        Failure::Input(format!("{here}: not inside the repository {root}"))
    })?;
    let text = inner.to_str().map(str::to_owned);
    text.ok_or_else(|| DiskError::new(inner, Problem::NotUtf8).into())
}
