//! What CI builds and syncs: first-party images, and Omni cluster templates.

use homescale_fileset::FileSet;

use crate::model::layout::{APPS, CLUSTERS, directories_with};

/// An app that is built as a first-party image: its directory has a `Chart.yaml` and a `Dockerfile`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageTarget {
    /// The app's name.
    pub name: String,
    /// The directory, from the root of the repository.
    pub path: String,
}

/// A cluster whose Omni template is to be synced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterTarget {
    /// The cluster's name.
    pub name: String,
    /// The template, from the root of the repository.
    pub template: String,
}

/// The apps whose images are built, in order of name.
///
/// `changed` has the paths that changed, from the root of the repository; `None` means that everything did. An app has
/// changed when a file below its directory has.
///
/// ```
/// use homescale_catalog::image_targets;
/// use homescale_fileset::FileSet;
///
/// let mut files = FileSet::new();
/// for path in ["apps/portal/Chart.yaml", "apps/portal/Dockerfile", "apps/cilium/Chart.yaml"] {
///     files.insert(path, *b"").unwrap();
/// }
/// assert_eq!(image_targets(&files, None)[0].path, "apps/portal");
/// assert!(image_targets(&files, Some(&["README.md".to_owned()])).is_empty());
/// ```
pub fn image_targets(files: &FileSet, changed: Option<&[String]>) -> Vec<ImageTarget> {
    let names = directories_with(files, APPS, "Dockerfile").map(|(name, _)| name);
    let names = names.filter(|name| files.contains(&format!("apps/{name}/Chart.yaml")));
    let targets = names.map(|name| ImageTarget {
        name: name.to_owned(),
        path: format!("apps/{name}"),
    });
    let has_changed = |target: &ImageTarget| {
        let directory = format!("{}/", target.path);
        changed.is_none_or(|paths| paths.iter().any(|path| path.starts_with(&directory)))
    };
    targets.filter(has_changed).collect()
}

/// The clusters whose `cluster.yaml` changed, in order of name; `changed` as in [`image_targets`].
///
/// A cluster whose template was removed is not among them: there is nothing to sync.
pub fn cluster_targets(files: &FileSet, changed: Option<&[String]>) -> Vec<ClusterTarget> {
    let targets =
        directories_with(files, CLUSTERS, "cluster.yaml").map(|(name, path)| ClusterTarget {
            name: name.to_owned(),
            template: path.to_owned(),
        });
    let has_changed =
        |target: &ClusterTarget| changed.is_none_or(|paths| paths.contains(&target.template));
    targets.filter(has_changed).collect()
}
