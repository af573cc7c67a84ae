//! Paths in a repository: the files that a source names.

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
    if name.starts_with('$') || name.contains("://") {
        return None;
    }
    match name.strip_prefix('/') {
        Some(path) => normalize(path),
        None => normalize(&format!("{directory}/{name}")),
    }
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
