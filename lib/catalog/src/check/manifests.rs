//! The raw manifests of a cluster: the files of a directory that the bootstrap Application has as a source, chosen and read as
//! Argo CD does (`reposerver/repository/repository.go`, `findManifests`).

use homescale_argocd::is_same_repository;
use homescale_fileset::{FileSet, Glob};
use homescale_located::{Data, Node, Origin, Report, Table, read_all};

use crate::check::bootstrap::{application, path_of, sources};
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::rules;

/// What keeps Argo CD from taking a file for manifests.
const MARKER: &[u8] = b"+argocd:skip-file-rendering";

/// What a text must have to be taken for manifests where it is not YAML.
const SIGNS: [&[u8]; 3] = [b"apiVersion:", b"kind:", b"metadata:"];

/// What makes a directory something else than manifests.
const TOOLS: [&str; 4] = [
    "Chart.yaml",
    "kustomization.yaml",
    "kustomization.yml",
    "Kustomization",
];

/// Looks at the manifests of a cluster.
pub(super) fn check(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    let Some(application) = application(catalog, cluster) else {
        return;
    };
    for source in sources(&application) {
        let url = source.get("repoURL").and_then(Node::as_text);
        let is_here = is_same_repository(url.unwrap_or_default(), &cluster.bootstrap.repo_url);
        let path = path_of(source).filter(|path| is_here && path != APPS && !path.is_empty());
        let Some(path) = path else {
            continue;
        };
        let files = catalog.files.subtree(&path);
        let is_tool = TOOLS.iter().any(|name| files.contains(name));
        let is_other = ["helm", "kustomize", "plugin", "chart"]
            .iter()
            .any(|key| source.get(key).is_some());
        if is_tool || is_other {
            continue;
        }
        let chosen = Chosen::by(source.get("directory"));
        for inside in files.paths().filter(|inside| chosen.has(inside)) {
            check_file(catalog, &files, &path, inside, report);
        }
    }
}

/// Which files of a directory are manifests.
struct Chosen<'n> {
    recurses: bool,
    include: &'n str,
    exclude: &'n str,
}

impl<'n> Chosen<'n> {
    fn by(directory: Option<&'n Node>) -> Self {
        let text = |key: &str| {
            directory
                .and_then(|it| it.get(key)?.as_text())
                .unwrap_or_default()
        };
        let recurses = directory.and_then(|it| it.get("recurse"));
        Self {
            recurses: recurses.is_some_and(|it| matches!(it.data, Data::Bool(true))),
            include: text("include"),
            exclude: text("exclude"),
        }
    }

    fn has(&self, path: &str) -> bool {
        let (_, extension) = path.rsplit_once('.').unwrap_or_default();
        matches!(extension, "yaml" | "yml" | "json")
            && (self.recurses || !path.contains('/'))
            && (self.exclude.is_empty() || !matches_pattern(self.exclude, path))
            && (self.include.is_empty() || matches_pattern(self.include, path))
    }
}

/// Whether a pattern matches a path whose slashes mean nothing to it. A malformed one matches nothing.
fn matches_pattern(pattern: &str, path: &str) -> bool {
    let flat = |text: &str| text.replace('/', "\u{1}");
    Glob::new(flat(pattern).as_bytes()).is_ok_and(|glob| glob.is_match(&flat(path)))
}

fn check_file(
    catalog: &Catalog,
    files: &FileSet,
    directory: &str,
    inside: &str,
    report: &mut Report<'_>,
) {
    // A file that cannot be read is none here: nothing reads it before Argo CD does.
    let text = files.get(inside).ok().flatten().unwrap_or_default();
    let has = |sign: &[u8]| text.windows(sign.len()).any(|part| part == sign);
    if has(MARKER) {
        return;
    }
    let file = catalog.sources.file(&format!("{directory}/{inside}"));
    let mut found = Report::new(&catalog.sources);
    let documents = read_all(text, Origin::file(file), &mut found).unwrap_or_default();
    let mut objects = documents
        .iter()
        .filter(|document| !document.is_null())
        .peekable();
    let begins_well = objects
        .peek()
        .is_none_or(|first| first.get("kind").is_some());
    // Without these, Argo CD takes what does not begin with an object for something else, and ignores it.
    let is_meant = SIGNS.iter().all(|sign| has(sign));
    if !is_meant && (found.has_errors() || !begins_well) {
        return;
    }
    if found.has_errors() {
        report.extend(found.into_items());
        return;
    }
    objects.for_each(|object| check_object(object, report));
}

/// Reports what an object lacks without which the API server does not take it.
fn check_object(object: &Node, report: &mut Report<'_>) {
    let text = |path: &[&str]| {
        object
            .at(path)
            .and_then(Node::as_text)
            .filter(|it| !it.is_empty())
    };
    if text(&["kind"]) == Some("List") {
        let items = object
            .get("items")
            .and_then(Node::as_list)
            .unwrap_or_default();
        return items.iter().for_each(|item| check_object(item, report));
    }
    let is_map = object
        .as_map()
        .is_some_and(|table: &Table| !table.is_empty());
    let is_named = text(&["metadata", "name"]).or(text(&["metadata", "generateName"]));
    let missing = [
        ("apiVersion", text(&["apiVersion"]).is_some()),
        ("kind", text(&["kind"]).is_some()),
        ("metadata.name", is_named.is_some()),
    ];
    let missing = missing.iter().filter(|(_, is_said)| !is_said);
    let missing: Vec<String> = missing.map(|(name, _)| format!("`{name}`")).collect();
    if missing.is_empty() {
        return;
    }
    let what = if is_map {
        format!("a manifest without {}", missing.join(", "))
    } else {
        format!("{} is no manifest", object.data.type_name())
    };
    let message = format!("{what}: Argo CD applies every YAML file of this directory");
    let saying = report.emit(&rules::MISSING_FIELD, object.place, message);
    saying.hint(
        "if it is something else, name it in `directory.exclude` of the bootstrap Application",
    );
}
