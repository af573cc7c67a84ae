//! Paths in a repository: the files that a source names, and the annotation that says which ones it depends on.

use std::collections::BTreeSet;

use homescale_located::Node;

/// The annotation by which Argo CD knows which changes of the repository concern an Application.
pub const GENERATE_PATHS: &str = "argocd.argoproj.io/manifest-generate-paths";

/// The path from the root of the repository of a file that the source in `directory` names: relative to the directory, or
/// from the root with a leading `/`. `None` for what is not in the repository.
///
/// ```
/// use homescale_argocd::resolve;
///
/// assert_eq!(resolve("apps/web", "../a.yaml").as_deref(), Some("apps/a.yaml"));
/// assert_eq!(resolve("apps/web", "/env/a.yaml").as_deref(), Some("env/a.yaml"));
/// assert_eq!(resolve("apps/web", "$values/a.yaml"), None);
/// ```
pub fn resolve(directory: &str, name: &str) -> Option<String> {
    if name.starts_with('$') || has_scheme(name) {
        return None;
    }
    match name.strip_prefix('/') {
        Some(path) => normalize(path),
        None => normalize(&format!("{directory}/{name}")),
    }
}

/// Whether Argo CD takes a name for a URL: Go's `net/url` finds a scheme at its beginning.
pub(crate) fn has_scheme(name: &str) -> bool {
    let Some((scheme, _)) = name.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// A path without `.`, `..` and empty segments. `None` when it leads out of the repository.
pub fn normalize(path: &str) -> Option<String> {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

/// What rendering a chart reads: its directory, and the files beside it that `helm` names. `None` where that cannot be told:
/// a file is named by a pattern, a variable or a URL, or leads out of the repository.
pub fn generate_paths(directory: &str, helm: &Node) -> Option<String> {
    let list = |name: &str| helm.get(name).and_then(Node::as_list).unwrap_or_default();
    let files = list("valueFiles").iter();
    let parameters = list("fileParameters").iter();
    let names = files.chain(parameters.filter_map(|parameter| parameter.get("path")));
    let directory = normalize(directory)?;
    let mut paths = vec![format!("/{directory}")];
    let mut known: BTreeSet<String> = paths.iter().cloned().collect();
    for name in names.filter_map(Node::as_text) {
        if name.contains(['*', '?', '[', '{', '$', ';']) || has_scheme(name) {
            return None;
        }
        let path = format!("/{}", resolve(&directory, name)?);
        let is_inside = directory.is_empty() || path.starts_with(&format!("/{directory}/"));
        if !is_inside && known.insert(path.clone()) {
            paths.push(path);
        }
    }
    Some(paths.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(directory: &str, files: &[&str]) -> Option<String> {
        let files: Vec<Node> = files.iter().map(|file| Node::new(*file)).collect();
        generate_paths(directory, &Node::map([("valueFiles", Node::new(files))]))
    }

    #[test]
    fn the_directory_and_the_files_beside_it() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(paths("apps/web", &[]), some("/apps/web"));
        assert_eq!(
            paths("./apps//web/", &["a.yaml", "./b/c.yaml"]),
            some("/apps/web")
        );
        assert_eq!(
            paths(
                "apps/web",
                &["../shared.yaml", "/env/prod.yaml", "/apps/shared.yaml"]
            ),
            some("/apps/web;/apps/shared.yaml;/env/prod.yaml")
        );
        assert_eq!(paths(".", &["a.yaml"]), some("/"));
    }

    #[test]
    fn none_where_it_cannot_be_told() {
        for name in [
            "*.yaml",
            "$values/a.yaml",
            "https://a/b.yaml",
            "oci:b.yaml",
            "../../../a.yaml",
            "{a,b}.yaml",
        ] {
            assert_eq!(paths("apps/web", &[name]), None, "{name}");
        }
        assert_eq!(paths("../elsewhere", &[]), None);
    }
}
