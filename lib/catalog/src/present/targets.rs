//! What CI builds and syncs: first-party images, and Omni cluster templates.

use homescale_fileset::FileSet;

use crate::model::layout::{APPS, CLUSTERS, directories_with};

/// An app that is built as a first-party image: its directory has a `Chart.yaml` and, there or in a directory below, a `Dockerfile`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageTarget {
    /// The app's name.
    pub name: String,
    /// The directory, from the root of the repository.
    pub path: String,
    /// The directory of the `Dockerfile`, from the root of the repository.
    pub context: String,
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
/// `contexts` are where in the directory of an app a `Dockerfile` is looked for: `src`, or nothing for the directory itself. The
/// first that has one counts.
///
/// `changed` has the paths that changed, from the root of the repository; `None` means that everything did. An app has
/// changed when a file below its directory has.
///
/// ```
/// use homescale_catalog::image_targets;
/// use homescale_fileset::FileSet;
///
/// let mut files = FileSet::new();
/// for path in ["apps/portal/Chart.yaml", "apps/portal/src/Dockerfile", "apps/cilium/Chart.yaml"] {
///     files.insert(path, *b"").unwrap();
/// }
/// assert_eq!(image_targets(&files, None, &["", "src"])[0].context, "apps/portal/src");
/// assert!(image_targets(&files, None, &[""]).is_empty());
/// assert!(image_targets(&files, Some(&["README.md".to_owned()]), &["src"]).is_empty());
/// ```
pub fn image_targets(
    files: &FileSet,
    changed: Option<&[String]>,
    contexts: &[&str],
) -> Vec<ImageTarget> {
    let names = directories_with(files, APPS, "Chart.yaml").map(|(name, _)| name);
    let targets = names.filter_map(|name| {
        let path = format!("{APPS}/{name}");
        let mut contexts = contexts.iter().map(|context| match *context {
            "" => path.clone(),
            context => format!("{path}/{context}"),
        });
        let context = contexts.find(|context| files.contains(&format!("{context}/Dockerfile")))?;
        let name = name.to_owned();
        Some(ImageTarget {
            name,
            path,
            context,
        })
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
