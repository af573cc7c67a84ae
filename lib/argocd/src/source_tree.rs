//! [`SourceTree`]: where a source is among the files that Argo CD sent to a plugin.

use std::path::Path;

/// Where a source is among the files that Argo CD sent: a whole repository, or the common root of what the annotation
/// `manifest-generate-paths` names.
///
/// ```
/// use homescale_argocd::SourceTree;
///
/// let tree = SourceTree::new("web", "apps/web");
/// assert_eq!(tree.source_path(), "apps/web");
/// assert_eq!(tree.sent_path("apps/web/values.yaml"), Some("web/values.yaml"));
/// assert_eq!(tree.sent_path("env/prod.yaml"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTree {
    directory: String,
    prefix: String,
}

impl SourceTree {
    /// The directory, in that of temporary files, in which Argo CD's plugin server unpacks each tree, in a directory of its own.
    pub const WORK_DIRECTORY: &str = "_cmp_server";

    /// The tree in which the source is in `directory`, while Argo CD calls it `source_path` in its repository.
    pub fn new(directory: impl Into<String>, source_path: &str) -> Self {
        let directory = directory.into();
        let prefix = source_path.strip_suffix(directory.as_str());
        let prefix = prefix.unwrap_or_default().trim_end_matches('/').to_owned();
        Self { directory, prefix }
    }

    /// The directory of the source in what was sent; empty for the root.
    pub fn directory(&self) -> &str {
        &self.directory
    }

    /// The path of the source in its repository.
    pub fn source_path(&self) -> String {
        self.repository_path(&self.directory)
    }

    /// The path in the repository of what was sent.
    pub fn repository_path(&self, sent: &str) -> String {
        match (self.prefix.as_str(), sent) {
            ("", path) | (path, "") => path.to_owned(),
            (prefix, path) => format!("{prefix}/{path}"),
        }
    }

    /// Where in what was sent a path of the repository is; `None` when it was not sent.
    pub fn sent_path<'p>(&self, path: &'p str) -> Option<&'p str> {
        match self.prefix.as_str() {
            "" => Some(path),
            prefix if path == prefix => Some(""),
            prefix => path.strip_prefix(prefix)?.strip_prefix('/'),
        }
    }

    /// Where in what was sent all is that is below a directory of the repository; `None` when nothing of it was sent.
    pub fn sent_below<'p>(&self, directory: &'p str) -> Option<&'p str> {
        let is_above = directory.is_empty()
            || (self.prefix.strip_prefix(directory)).is_some_and(|rest| rest.starts_with('/'));
        if is_above && !self.prefix.is_empty() {
            Some("")
        } else {
            self.sent_path(directory)
        }
    }

    /// The nearest directory from the source upwards that is wanted, in what was sent, and the path of the source in it.
    pub fn nearest(&self, is_wanted: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
        let own = self.directory.as_str();
        let above = own.rmatch_indices('/').map(|(end, _)| &own[..end]);
        let root = Some("").filter(|_| !own.is_empty());
        let mut all = std::iter::once(own).chain(above).chain(root);
        let found = all.find(|directory| is_wanted(directory))?;
        Some((found, own[found.len()..].trim_start_matches('/')))
    }

    /// The root of the tree around the directory of a source: what the plugin server made for it, else the repository, else
    /// what is left when the path of the source is taken away, else the directory itself.
    pub fn root<'p>(
        source: &'p Path,
        source_path: &str,
        is_repository: impl Fn(&Path) -> bool,
    ) -> &'p Path {
        let is_work_directory = |dir: &&Path| {
            let parent = dir.parent().and_then(Path::file_name);
            parent.is_some_and(|name| name == Self::WORK_DIRECTORY)
        };
        let depth = source_path.split('/').filter(|it| !it.is_empty()).count();
        let by_path = || {
            let is_there = source.ends_with(source_path);
            is_there.then(|| source.ancestors().nth(depth)).flatten()
        };
        let found = source.ancestors().find(is_work_directory);
        let found = found.or_else(|| source.ancestors().find(|dir| is_repository(dir)));
        found.or_else(by_path).unwrap_or(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found() {
        let root =
            |source, path| SourceTree::root(Path::new(source), path, |dir| dir.ends_with("git"));
        for (source, path, expected) in [
            (
                "/tmp/_cmp_server/1f/apps/web",
                "apps/web",
                "/tmp/_cmp_server/1f",
            ),
            ("/tmp/_cmp_server/1f", "apps/web", "/tmp/_cmp_server/1f"),
            ("/home/git/apps/web", "apps/web", "/home/git"),
            ("/home/it/apps/web", "apps/web", "/home/it"),
            ("/home/it/apps/web", "charts/web", "/home/it/apps/web"),
        ] {
            assert_eq!(root(source, path), Path::new(expected), "{source}");
        }
    }

    #[test]
    fn the_nearest_directory_is_found() {
        let tree = SourceTree::new("a/b/c", "a/b/c");
        for (wanted, expected) in [
            ("", Some(("", "a/b/c"))),
            ("a", Some(("a", "b/c"))),
            ("a/b/c", Some(("a/b/c", ""))),
            ("b", None),
        ] {
            assert_eq!(tree.nearest(|it| it == wanted), expected, "{wanted}");
        }
        assert_eq!(SourceTree::new("", "a").nearest(|_| true), Some(("", "")));
    }

    #[test]
    fn what_was_sent_has_two_paths() {
        let whole = SourceTree::new("apps/web", "apps/web");
        assert_eq!(whole.sent_path("env/a.yaml"), Some("env/a.yaml"));
        assert_eq!(whole.sent_below(""), Some(""));
        assert_eq!(whole.sent_below("env"), Some("env"));
        let part = SourceTree::new("web", "team/apps/web");
        assert_eq!(part.repository_path("a.yaml"), "team/apps/a.yaml");
        for (directory, expected) in [
            ("", Some("")),
            ("team", Some("")),
            ("team/apps", Some("")),
            ("team/apps/web/env", Some("web/env")),
            ("team/app", None),
            ("env", None),
        ] {
            assert_eq!(part.sent_below(directory), expected, "{directory}");
        }
    }
}
