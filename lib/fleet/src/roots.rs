//! Where a fleet begins: what the user names, the bootstrap files of a catalog, or all that is committed.

use std::sync::Arc;

use homescale_fileset::{FileSet, doublestar};
use homescale_located::{Diagnostic, Node};
use memchr::memmem;

use crate::checkouts::HERE;
use crate::clusters::Clusters;
use crate::committed;
use crate::config::Root;
use crate::found::{ApplicationId, FoundObject, Origin};
use crate::rules;

/// What a fleet begins with.
#[derive(Debug, Default)]
pub(crate) struct Beginning {
    /// Objects of Argo CD in files.
    pub(crate) objects: Vec<FoundObject>,
    /// Directories and charts that somebody applies by hand, as if an Application did.
    pub(crate) sources: Vec<(ApplicationId, Node, Origin)>,
}

/// The beginning that `roots` name; without any, the bootstrap files of the catalog; without a catalog, all that is committed.
///
/// # Errors
/// A root names nothing, or its pattern is malformed.
pub(crate) fn find(
    roots: &[Root],
    files: &FileSet,
    clusters: &Clusters,
    threads: usize,
) -> Result<Beginning, Vec<Diagnostic>> {
    let mut beginning = Beginning::default();
    if roots.is_empty() {
        beginning.objects = match bootstrap_files(files) {
            found if found.is_empty() => committed::find(files, clusters.own(), threads),
            found => (found.iter())
                .flat_map(|(path, cluster)| committed::in_file(files, path, cluster))
                .collect(),
        };
        return Ok(beginning);
    }
    let directories = directories(files);
    let mut wrong = Vec::new();
    for root in roots {
        if let Err(found) = add(root, files, &directories, clusters, &mut beginning) {
            wrong.push(*found);
        }
    }
    if wrong.is_empty() {
        Ok(beginning)
    } else {
        Err(wrong)
    }
}

/// The bootstrap files of a catalog, each with the name of its cluster.
fn bootstrap_files(files: &FileSet) -> Vec<(String, String)> {
    let is_app = |(name, is_directory): &(&str, bool)| {
        *is_directory && files.contains(&format!("apps/{name}/app.yaml"))
    };
    if !files.entries("apps").iter().any(is_app) {
        return Vec::new();
    }
    let clusters = files.entries("clusters").into_iter();
    let found = clusters.map(|(name, _)| (format!("clusters/{name}/apps.yaml"), name.to_owned()));
    found.filter(|(path, _)| files.contains(path)).collect()
}

/// The charts of a repository whose templates make objects of Argo CD: where a fleet probably begins, if nothing else says it.
pub(crate) fn likely(files: &FileSet) -> Vec<String> {
    let mut charts = Vec::new();
    for path in files.paths() {
        let Some(chart) = path.strip_suffix("Chart.yaml") else {
            continue;
        };
        let templates = format!("{chart}templates");
        let is_followed = |path: &str| {
            let text = files.get(path).ok().flatten().unwrap_or_default();
            let has = |needle: &[u8]| memmem::find(text, needle).is_some();
            has(committed::GROUP.as_bytes()) && has(b"kind: Application")
        };
        if files.paths_below(&templates).any(is_followed) {
            charts.push(chart.trim_end_matches('/').to_owned());
        }
    }
    charts
}

/// All directories of a repository, as if they were files: for patterns to match.
fn directories(files: &FileSet) -> FileSet {
    let mut directories = FileSet::new();
    let mut last = "";
    for path in files.paths() {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        if parent == last {
            continue;
        }
        last = parent;
        let ends = parent.match_indices('/').map(|(end, _)| end);
        for end in ends.chain([parent.len()]) {
            // A path of the repository is one that the set takes.
            let _ = directories.insert(&parent[..end], *b"");
        }
    }
    directories
}

fn add(
    root: &Root,
    files: &FileSet,
    directories: &FileSet,
    clusters: &Clusters,
    beginning: &mut Beginning,
) -> Result<(), Box<Diagnostic>> {
    let wrong = |message| {
        let location = root.location.clone();
        Box::new(Diagnostic::new(&rules::ROOT, location, message))
    };
    let path = root.path.trim_start_matches("./").trim_end_matches('/');
    let instance = root.cluster.as_deref().unwrap_or_else(|| clusters.own());
    let matched = |set: &FileSet| {
        if set.contains(path) {
            return Ok(vec![path.to_owned()]);
        }
        doublestar(path, set).map_err(|error| wrong(format!("the root `{path}`: {error}")))
    };
    let (found_files, found_directories) = match path {
        "" | "." => (Vec::new(), vec![String::new()]),
        _ => (matched(files)?, matched(directories)?),
    };
    if found_files.is_empty() && found_directories.is_empty() {
        return Err(wrong(format!(
            "the root `{path}`: there is no such file or directory"
        )));
    }
    let objects = found_files.iter();
    beginning
        .objects
        .extend(objects.flat_map(|path| committed::in_file(files, path, instance)));
    // A directory that is matched by a pattern is one of its own, and so are those in it.
    for directory in found_directories {
        beginning
            .sources
            .push(source(root, &directory, instance, files));
    }
    Ok(())
}

/// A directory or a chart as an Application would say it.
fn source(
    root: &Root,
    directory: &str,
    instance: &str,
    files: &FileSet,
) -> (ApplicationId, Node, Origin) {
    let own_name = directory.rsplit('/').next().filter(|name| !name.is_empty());
    let name = root.release_name.as_deref().or(own_name).unwrap_or("root");
    let namespace = root.namespace.as_deref().unwrap_or("argocd");
    let text = |text: &str| Node::new(text);
    let chart = match directory {
        "" => "Chart.yaml".to_owned(),
        directory => format!("{directory}/Chart.yaml"),
    };
    let path = if directory.is_empty() { "." } else { directory };
    let mut source = vec![("repoURL", text(HERE)), ("path", text(path))];
    if files.contains(&chart) {
        let value_files = root.value_files.iter();
        let value_files =
            value_files.map(|file| Node::new(format!("/{}", file.trim_start_matches('/'))));
        let mut helm = vec![
            ("releaseName", text(name)),
            ("valueFiles", Node::new(value_files.collect::<Vec<_>>())),
        ];
        if !root.values.is_null() {
            helm.push(("valuesObject", root.values.clone()));
        }
        source.push(("helm", Node::map(helm)));
    } else {
        source.push(("directory", Node::map([("recurse", Node::new(true))])));
    }
    let destination = Node::map([("name", text("in-cluster")), ("namespace", text(namespace))]);
    let object = Node::map([
        ("apiVersion", text("argoproj.io/v1alpha1")),
        ("kind", text("Application")),
        (
            "metadata",
            Node::map([("name", text(name)), ("namespace", text(namespace))]),
        ),
        (
            "spec",
            Node::map([("destination", destination), ("source", Node::map(source))]),
        ),
    ]);
    let id = ApplicationId {
        instance: instance.to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    };
    (id, object, Origin::Root(Arc::from(path)))
}
