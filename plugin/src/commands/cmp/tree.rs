//! [`SourceTree`]: the files that Argo CD sent, and where among them the source is.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use homescale_argocd::PluginRequest;
use homescale_catalog::RepositoryFiles;
use homescale_fileset::FileSet;

use crate::context::Context;
use crate::disk::{self, Wanted};
use crate::failure::Failure;

/// The folder in which Argo CD's plugin server unpacks each tree, in a folder of its own.
const WORK_FOLDER: &str = "_cmp_server";

/// A tree of files: a whole repository, or the common root of what `manifest-generate-paths` names.
pub(super) struct SourceTree {
    /// Where it is.
    pub(super) root: PathBuf,
    /// The folder of the source, relative to the root; empty for the root itself.
    pub(super) folder: String,
    /// Where the catalog is, if there is one: the nearest folder from the source upwards with `apps/` and `clusters/`.
    pub(super) catalog: Option<PathBuf>,
    /// The path of the root in its repository; empty when all of it was sent.
    prefix: String,
    /// Why a file could not be read.
    failure: RefCell<Option<Failure>>,
}

impl RepositoryFiles for SourceTree {
    /// `None` also when the file cannot be read: then [`Self::failure`] says why.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let real = self.within(path)?.canonicalize().ok()?;
        let content = if real.starts_with(&self.root) {
            disk::read_file(&real)
        } else {
            Err(Failure::Input(format!(
                "{path}: this symbolic link leads out of the repository"
            )))
        };
        content
            .map_err(|failure| *self.failure.borrow_mut() = Some(self.without_root(failure)))
            .ok()
    }

    /// A link to a folder is none: a pattern could walk in circles.
    fn list(&self, folder: &str) -> Vec<(String, bool)> {
        let Some(entries) = self.within(folder).and_then(|dir| dir.read_dir().ok()) else {
            return Vec::new();
        };
        let entries = entries.filter_map(|entry| {
            let entry = entry.ok()?;
            let kind = entry.file_type().ok()?;
            let is_link_to_folder = kind.is_symlink() && entry.path().is_dir();
            let name = entry.file_name().into_string().ok()?;
            (!is_link_to_folder).then_some((name, kind.is_dir()))
        });
        let mut entries: Vec<(String, bool)> = entries.collect();
        entries.sort();
        entries
    }
}

impl SourceTree {
    /// The tree around the current folder. Nothing above it is looked at: other sources may lie there.
    ///
    /// # Errors
    /// The folder cannot be read, `--repo` is no catalog, or is not above it.
    pub(super) fn find(request: &PluginRequest, context: &Context) -> Result<Self, Failure> {
        let here = Path::new(".");
        let here = here
            .canonicalize()
            .map_err(|error| Failure::io("read", here, &error))?;
        let given = match context.given_repo() {
            Some(given) => {
                let root = disk::find_repository(Some(given))?;
                let root = root
                    .canonicalize()
                    .map_err(|error| Failure::io("read", &root, &error))?;
                Some(root)
            }
            None => None,
        };
        let source_path = &request.source_path;
        let root = given.clone().unwrap_or_else(|| root_of(&here, source_path));
        let folder = relative(&root, &here)?;
        let is_catalog = |dir: &&Path| dir.join("apps").is_dir() && dir.join("clusters").is_dir();
        let within = here.ancestors().take_while(|dir| dir.starts_with(&root));
        let catalog = given.or_else(|| within.into_iter().find(is_catalog).map(Path::to_owned));
        let prefix = source_path
            .strip_suffix(folder.as_str())
            .unwrap_or_default();
        Ok(Self {
            prefix: prefix.trim_end_matches('/').to_owned(),
            failure: RefCell::new(None),
            root,
            folder,
            catalog,
        })
    }

    /// The path of the source in its repository.
    pub(super) fn source_path(&self) -> String {
        join(&self.prefix, &self.folder)
    }

    /// The path of the source as the catalog's apps name it; its root is the catalog.
    pub(super) fn path_in_catalog(&self) -> Option<String> {
        let inside = self.catalog.as_ref()?.strip_prefix(&self.root).ok()?;
        let path = self.folder.strip_prefix(inside.to_str()?)?;
        Some(path.trim_start_matches('/').to_owned())
    }

    /// The files of the chart in the source's folder. Links that stay in the tree are followed.
    pub(super) fn chart(&self) -> Result<FileSet, Failure> {
        let mut files = FileSet::new();
        let wanted = |path: &str| match path {
            ".git/" => Wanted::No,
            _ => Wanted::Contents,
        };
        let read = disk::read(&self.root, &self.folder, &wanted, &mut files);
        read.map_err(|failure| self.without_root(failure))?;
        Ok(match self.folder.as_str() {
            "" => files,
            folder => files.subtree(folder),
        })
    }

    /// A failure that names files as the repository does: where Argo CD has put them is another place each time.
    pub(super) fn without_root(&self, failure: Failure) -> Failure {
        let root = self.root.to_string_lossy();
        match failure {
            Failure::Input(text) => {
                let text = text.replace(&format!("{root}/"), "");
                Failure::Input(text.replace(root.as_ref(), "the repository"))
            }
            other => other,
        }
    }

    /// Where a path of the repository is; `None` when it was not sent.
    fn within(&self, path: &str) -> Option<PathBuf> {
        let inner = match self.prefix.as_str() {
            "" => path,
            prefix => path.strip_prefix(prefix)?.strip_prefix('/')?,
        };
        Some(self.root.join(inner))
    }

    /// Why a file could not be read, if one could not.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.failure.take()
    }
}

/// The root of the tree around a folder: what the plugin server made for it, else the repository, else what is left when
/// the path of the source is taken away, else the folder itself.
fn root_of(here: &Path, source_path: &str) -> PathBuf {
    let is_work_folder = |dir: &&Path| {
        let parent = dir.parent().and_then(Path::file_name);
        parent.is_some_and(|name| name == WORK_FOLDER)
    };
    let is_repository = |dir: &&Path| {
        dir.join(".git").exists() || dir.join("apps").is_dir() && dir.join("clusters").is_dir()
    };
    let mut ancestors = here.ancestors();
    let found = ancestors
        .find(is_work_folder)
        .or_else(|| here.ancestors().find(is_repository));
    let depth = source_path
        .split('/')
        .filter(|part| !part.is_empty())
        .count();
    let by_path = || {
        here.ends_with(source_path)
            .then(|| here.ancestors().nth(depth))
            .flatten()
    };
    found.or_else(by_path).unwrap_or(here).to_owned()
}

fn relative(root: &Path, here: &Path) -> Result<String, Failure> {
    let inner = here.strip_prefix(root).map_err(|_| {
        let (here, root) = (here.display(), root.display());
        Failure::Input(format!("{here}: not inside the repository {root}"))
    })?;
    let text = inner.to_str().map(str::to_owned);
    text.ok_or_else(|| Failure::Input(format!("{}: the name is not UTF-8", inner.display())))
}

fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", path) | (path, "") => path.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}
