//! [`Reach`]: what Kustomize reads for a kustomization: its directory, and those of the kustomizations that it names, and so on.

use std::collections::BTreeSet;

use homescale_fileset::FileSet;
use homescale_located::{Node, from_value};

use super::error::KustomizeError;
use crate::paths::normalize;
use crate::source::discovery::KUSTOMIZATIONS;
use crate::source::inputs::inside;

/// The fields that are lists of files or directories.
const LISTS: [&str; 9] = [
    "resources",
    "bases",
    "components",
    "crds",
    "configurations",
    "generators",
    "transformers",
    "validators",
    "patchesStrategicMerge",
];

/// The fields that are lists of maps, and the fields of these that are files or directories, or lists of them.
const PARTS: [(&str, &[&str]); 7] = [
    ("patches", &["path"]),
    ("patchesJson6902", &["path"]),
    ("replacements", &["path"]),
    ("configMapGenerator", &["files", "envs", "env"]),
    ("secretGenerator", &["files", "envs", "env"]),
    ("helmCharts", &["valuesFile", "additionalValuesFiles"]),
    ("helmChartInflationGenerator", &["values", "chartHome"]),
];

/// The fields that are maps, likewise.
const MAPS: [(&str, &str); 2] = [("openapi", "path"), ("helmGlobals", "chartHome")];

/// The fields by which Kustomize runs plugins, which may read what they like.
const PLUGINS: [&str; 3] = ["generators", "transformers", "validators"];

/// The fields by which Kustomize runs Helm.
const HELM: [&str; 2] = ["helmCharts", "helmChartInflationGenerator"];

/// What Kustomize reads. Paths are from the root of the repository.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Directories with all that is below them. Kustomize reads files only from the directory of a kustomization, unless it is
    /// told otherwise.
    pub(super) directories: BTreeSet<String>,
    /// Files elsewhere.
    pub(super) files: BTreeSet<String>,
    /// What is not there, if it is a file.
    pub(super) missing: BTreeSet<String>,
    /// What must be downloaded: the first one, with the file that says it.
    pub(super) remote: Option<(String, String)>,
    /// Whether Helm is to be run: the file that says it.
    pub(super) helm: Option<String>,
    /// Whether a plugin is to be run.
    pub(super) has_plugins: bool,
    /// What is outside of the repository: the first one.
    pub(super) outside: Option<KustomizeError>,
    pending: Vec<String>,
}

impl Reach {
    /// What is read for the kustomization in a directory to which components are added.
    pub(super) fn of(files: &FileSet, directory: &str, components: &[String]) -> Self {
        let mut reach = Self::default();
        reach.visit(directory.to_owned());
        for component in components {
            reach.follow(files, directory, "kustomize.components", component);
        }
        while let Some(directory) = reach.pending.pop() {
            reach.read(files, &directory);
        }
        reach
    }

    /// Whether a file is among what is read.
    pub(super) fn has(&self, path: &str) -> bool {
        let above = path
            .match_indices('/')
            .map(|(end, _)| &path[..end])
            .chain([""]);
        self.files.contains(path) || above.into_iter().any(|it| self.directories.contains(it))
    }

    fn visit(&mut self, directory: String) {
        if self.directories.insert(directory.clone()) {
            self.pending.push(directory);
        }
    }

    /// Reads the kustomization in a directory.
    fn read(&mut self, files: &FileSet, directory: &str) {
        let Some(file) = kustomization_in(files, directory) else {
            return;
        };
        let text = files.get(&file).ok().flatten().unwrap_or_default();
        let value = homescale_yaml::from_slice(text).ok();
        let Some(kustomization) = value.as_ref().and_then(from_value) else {
            // Who knows what Kustomize makes of it.
            self.directories.insert(String::new());
            return;
        };
        let is_there =
            |field: &&str| (kustomization.get(field)).is_some_and(|value| !value.is_empty());
        self.has_plugins |= PLUGINS.iter().any(is_there);
        if HELM.iter().any(is_there) {
            self.helm.get_or_insert_with(|| file.clone());
        }
        for path in named(&kustomization) {
            self.follow(files, directory, &file, path);
        }
    }

    /// Adds what a kustomization names.
    fn follow(&mut self, files: &FileSet, directory: &str, file: &str, path: &str) {
        if path.is_empty() || path.contains('\n') {
            // A document in place of a file.
            return;
        }
        let is_absolute = path.starts_with('/');
        let inner = normalize(&inside(directory, path)).filter(|_| !is_absolute);
        let is_file = inner.as_ref().is_some_and(|inner| files.contains(inner));
        if is_url(path) || (!is_file && is_repository(path)) {
            let remote = || (file.to_owned(), path.to_owned());
            self.remote.get_or_insert_with(remote);
            return;
        }
        let Some(inner) = inner else {
            let (file, path) = (file.to_owned(), path.to_owned());
            self.outside
                .get_or_insert(KustomizeError::Outside { file, path });
            return;
        };
        if is_file {
            self.files.insert(inner);
        } else if inner.is_empty() || files.has_folder(&inner) {
            self.visit(inner);
        } else {
            // Once it is there, it is read, be it a file or a directory.
            self.missing.insert(inner.clone());
            self.directories.insert(inner);
        }
    }
}

/// The file of the kustomization in a directory (`findKustomizeFile`).
pub(super) fn kustomization_in(files: &FileSet, directory: &str) -> Option<String> {
    let paths = KUSTOMIZATIONS.iter().map(|name| inside(directory, name));
    paths.into_iter().find(|path| files.contains(path))
}

/// All that a kustomization names.
fn named(kustomization: &Node) -> Vec<&str> {
    let mut named = Vec::new();
    for field in LISTS {
        let list = kustomization.get(field);
        named.extend(list.into_iter().flat_map(texts));
    }
    for (list, fields) in PARTS {
        let items = kustomization.get(list).and_then(Node::as_list);
        for item in items.unwrap_or_default() {
            let values = fields.iter().filter_map(|field| item.get(field));
            // A generator calls a file otherwise: `name=file`.
            let is_generator = fields.contains(&"files");
            named.extend(
                values
                    .flat_map(texts)
                    .map(|text| match text.split_once('=') {
                        Some((_, file)) if is_generator => file,
                        _ => text,
                    }),
            );
        }
    }
    for (map, field) in MAPS {
        named.extend(kustomization.at(&[map, field]).and_then(Node::as_text));
    }
    named
}

/// A text, or the texts of a list.
fn texts(node: &Node) -> Vec<&str> {
    match node.as_list() {
        Some(list) => list.iter().filter_map(Node::as_text).collect(),
        None => node.as_text().into_iter().collect(),
    }
}

/// Whether Kustomize downloads a file (`api/internal/loader`, `IsRemoteFile`).
fn is_url(path: &str) -> bool {
    let scheme = path
        .split_once(':')
        .map(|(scheme, _)| scheme.to_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// Whether Kustomize takes what is no file for a Git repository (`api/internal/git`, `NewRepoSpecFromURL`).
fn is_repository(path: &str) -> bool {
    let lower = path.to_lowercase();
    let rest = lower.strip_prefix("git::").unwrap_or(&lower);
    let schemes = ["ssh://", "file://", "https://", "http://"];
    if schemes.iter().any(|scheme| rest.starts_with(scheme)) {
        return true;
    }
    let user = rest.split_once('@');
    let is_user = |(user, _): (&str, &str)| !user.is_empty() && !user.contains('/');
    let has_user = user.is_some_and(is_user);
    let host = user.map_or(rest, |(_, host)| host);
    let is_github = ["github.com/", "github.com:", "www.github.com/"]
        .iter()
        .any(|github| host.starts_with(github) || rest.starts_with(github));
    is_github || (has_user && host.contains(['/', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fetched_is_told_from_what_is_here() {
        for path in [
            "https://example.com/a.yaml",
            "HTTPS://example.com/org/repo//base?ref=v1",
        ] {
            assert!(is_url(path), "{path}");
        }
        for path in [
            "github.com/org/repo?ref=v1",
            "github.com/org/repo//base",
            "git@github.com:org/repo.git",
            "git@git.example.com:org/repo",
            "git::https://git.example.com/org/repo.git//base",
            "ssh://git@git.example.com/org/repo",
            "file:///srv/git/repo",
        ] {
            assert!(!is_url(path) && is_repository(path), "{path}");
        }
        for path in [
            "../base",
            "org/repo?ref=v1",
            "a@b",
            "base/x@y/z",
            "https",
            "./github.com/a",
        ] {
            assert!(!is_url(path) && !is_repository(path), "{path}");
        }
    }
}
