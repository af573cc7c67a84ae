//! Paths in a repository: files that an Application names, and the annotation that says which ones it depends on.

pub(crate) use homescale_argocd::{normalize, resolve};
use homescale_located::Node;

/// The annotation by which Argo CD knows which changes of the repository concern an Application.
pub(crate) const GENERATE_PATHS: &str = "argocd.argoproj.io/manifest-generate-paths";

/// What rendering a chart reads: its folder, and the files beside it that `helm` names. `None` where that cannot be told:
/// a file is named by a pattern, a variable or a URL, or leads out of the repository.
pub(crate) fn generate_paths(folder: &str, helm: &Node) -> Option<String> {
    let list = |name: &str| helm.get(name).and_then(Node::as_list).unwrap_or_default();
    let files = list("valueFiles").iter();
    let parameters = list("fileParameters").iter();
    let names = files.chain(parameters.filter_map(|parameter| parameter.get("path")));
    let folder = normalize(folder)?;
    let mut paths = vec![format!("/{folder}")];
    for name in names.filter_map(Node::as_text) {
        if name.contains(['*', '?', '[', '{', '$', ';']) || name.contains("://") {
            return None;
        }
        let path = format!("/{}", resolve(&folder, name)?);
        let is_inside = folder.is_empty() || path.starts_with(&format!("/{folder}/"));
        if !is_inside && !paths.contains(&path) {
            paths.push(path);
        }
    }
    Some(paths.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(folder: &str, files: &[&str]) -> Option<String> {
        let files: Vec<Node> = files.iter().map(|file| Node::new(*file)).collect();
        generate_paths(folder, &Node::map([("valueFiles", Node::new(files))]))
    }

    #[test]
    fn the_folder_and_the_files_beside_it() {
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
            "../../../a.yaml",
            "{a,b}.yaml",
        ] {
            assert_eq!(paths("apps/web", &[name]), None, "{name}");
        }
        assert_eq!(paths("../elsewhere", &[]), None);
    }
}
