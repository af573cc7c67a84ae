//! The objects of Argo CD that are committed as such: in YAML files that are no templates.

use std::sync::Arc;

use homescale_fileset::FileSet;
use homescale_located::{Node, from_value};
use homescale_manifest::{document, group_and_version, line_count, numbered};
use homescale_template::parallel;
use memchr::memmem;

use crate::found::{FoundObject, Origin};

/// The group of Argo CD's kinds.
pub(crate) const GROUP: &str = "argoproj.io";

/// The objects of Argo CD in the files of a repository, by their paths. What is no YAML is passed over: it may be a template.
pub(crate) fn find(files: &FileSet, instance: &str, threads: usize) -> Vec<FoundObject> {
    let paths: Vec<&str> = files
        .paths()
        .filter(|path| may_be_manifest(path, files))
        .collect();
    let read = |paths: &[&str]| -> Vec<FoundObject> {
        let found = paths.iter().map(|path| in_file(files, path, instance));
        found.flatten().collect()
    };
    let parts = parallel::parts(&paths, threads, read);
    parts.into_iter().flatten().collect()
}

/// The objects of Argo CD in one file.
pub(crate) fn in_file(files: &FileSet, path: &str, instance: &str) -> Vec<FoundObject> {
    let Ok(Some(text)) = files.get(path) else {
        return Vec::new();
    };
    if memmem::find(text, GROUP.as_bytes()).is_none() {
        return Vec::new();
    }
    let file: Arc<str> = path.into();
    let objects = numbered(text).filter_map(|(line, part)| {
        let object = from_value(&document(part, line).ok()?)?;
        // The line of its first key, beside which a comment may stand.
        let line = line + line_count(part.leading_comments());
        kind(&object).is_some().then(|| FoundObject {
            object,
            origin: Origin::File(Arc::clone(&file), line),
            instance: instance.to_owned(),
        })
    });
    objects.collect()
}

/// The kind of an object of Argo CD's, if it is followed.
pub(crate) fn kind(object: &Node) -> Option<Kind> {
    let text = |key: &str| object.get(key).and_then(Node::as_text);
    if group_and_version(text("apiVersion")?).0 != GROUP {
        return None;
    }
    match text("kind")? {
        "Application" if has_source(object) => Some(Kind::Application),
        "ApplicationSet" => Some(Kind::ApplicationSet),
        "AppProject" => Some(Kind::AppProject),
        _ => None,
    }
}

/// A kind of Argo CD's that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Application,
    ApplicationSet,
    AppProject,
}

/// Whether an Application says what it renders. One that does not is a patch of another.
fn has_source(application: &Node) -> bool {
    let spec = application.get("spec");
    let says = |key| {
        spec.and_then(|spec| spec.get(key))
            .is_some_and(|said| !said.is_null())
    };
    says("source") || says("sources") || says("sourceHydrator")
}

/// Whether a file can be a manifest that is committed: YAML or JSON, but none of the templates and values of a chart.
fn may_be_manifest(path: &str, files: &FileSet) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    if !matches!(extension, Some("yaml" | "yml" | "json")) {
        return false;
    }
    let templates = path.match_indices("templates/").map(|(at, _)| at);
    let mut charts = templates.map(|at| format!("{}Chart.yaml", &path[..at]));
    !charts.any(|chart| files.contains(&chart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committed_objects_are_found() {
        let mut files = FileSet::new();
        for (path, text) in [
            (
                "a.yaml",
                "kind: Pod\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {source: {path: x}}\n",
            ),
            (
                "patch.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {project: x}\n",
            ),
            (
                "set.json",
                r#"{"apiVersion": "argoproj.io/v1alpha1", "kind": "ApplicationSet"}"#,
            ),
            ("broken.yaml", "argoproj.io: [\n"),
            ("web/Chart.yaml", ""),
            (
                "web/templates/a.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\n",
            ),
            (
                "other/templates/a.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\n",
            ),
        ] {
            files.insert(path, text.as_bytes()).unwrap();
        }
        let found = find(&files, "east", 2);
        let found: Vec<_> = (found.iter())
            .map(|found| (found.origin.to_string(), kind(&found.object).unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                ("a.yaml:3".to_owned(), Kind::Application),
                ("other/templates/a.yaml:1".to_owned(), Kind::AppProject),
                ("set.json:1".to_owned(), Kind::ApplicationSet),
            ]
        );
    }
}
