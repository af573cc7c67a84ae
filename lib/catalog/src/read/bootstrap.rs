//! Reads `clusters/<cluster>/apps.yaml`: the bootstrap Application, and the values that it gives the catalog.

use homescale_argocd::normalize;
use homescale_fileset::FileSet;
use homescale_located::{
    Data, Node, Origin, Place, Report, Sources, Table, merge, origin_of_text, read_all, read_map,
};

use crate::model::cluster::Bootstrap;
use crate::model::layout::APPS;
use crate::read::parameters;
use crate::read::text::text;
use crate::rules;

/// What a bootstrap file says.
pub(crate) struct Found {
    pub(crate) bootstrap: Bootstrap,
    /// The cluster's own values, without the chart's defaults.
    pub(crate) values: Node,
    /// Where the values are, for complaints about missing ones.
    pub(crate) place: Place,
}

/// What a bootstrap file is read with.
pub(crate) struct Reader<'a> {
    pub(crate) files: &'a FileSet,
    pub(crate) sources: &'a Sources,
}

/// The Application, and the source of it that is the catalog.
fn find(documents: &[Node]) -> Option<(&Node, &Node)> {
    let applications = documents.iter().filter(|document| is_application(document));
    applications
        .flat_map(|application| sources(application).map(move |source| (application, source)))
        .find(|(_, source)| is_catalog(source))
}

fn sources(application: &Node) -> impl Iterator<Item = &Node> {
    let list = application.at(&["spec", "sources"]).and_then(Node::as_list);
    let one = application.at(&["spec", "source"]);
    list.unwrap_or_default().iter().chain(one)
}

/// What stands for `helm` where the source is rendered by our plugin: the text of the plugin's parameter of that name.
fn helm_parameter(source: &Node) -> Option<&Node> {
    let parameters = source.at(&["plugin", "parameters"])?.as_list()?.iter();
    let mut parameters =
        parameters.filter(|it| it.get("name").and_then(Node::as_text) == Some("helm"));
    parameters.next()?.get("string")
}

fn is_application(document: &Node) -> bool {
    let text = |key: &str| document.get(key).and_then(Node::as_text);
    let group = text("apiVersion").and_then(|version| version.split('/').next());
    group == Some("argoproj.io") && text("kind") == Some("Application")
}

fn is_catalog(source: &Node) -> bool {
    let path = source
        .get("path")
        .and_then(Node::as_text)
        .unwrap_or_default();
    normalize(path).as_deref() == Some(APPS)
}

impl Reader<'_> {
    /// Reads a bootstrap file. `None` when it cannot be used, which is reported.
    pub(crate) fn read(&self, path: &str, report: &mut Report<'_>) -> Option<Found> {
        let text = text(self.files, path, self.sources, report)?;
        let file = self.sources.file(path);
        let documents = read_all(text, Origin::file(file), report)?;
        let Some((application, source)) = find(&documents) else {
            Self::complain(&documents, file.whole(), report);
            return None;
        };
        let of_application = |path: &[&str]| {
            let text = application.at(path).and_then(Node::as_text);
            text.unwrap_or_default().to_owned()
        };
        let parameter = helm_parameter(source);
        let of_plugin = match parameter {
            Some(parameter) => {
                let inner = parameter.as_text().unwrap_or_default();
                let origin = origin_of_text(text, parameter.place);
                Some(read_map(inner.as_bytes(), origin, report)?)
            }
            None => None,
        };
        let helm = source.get("helm").filter(|helm| !helm.is_null());
        let helm = helm.or(of_plugin.as_ref());
        let text_of = |node: Option<&Node>| {
            let text = node.and_then(Node::as_text);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let of_source = |key: &str| text_of(source.get(key));
        let of_helm = |key: &str| text_of(helm.and_then(|helm| helm.get(key)));
        let name = of_application(&["metadata", "name"]);
        let bootstrap = Bootstrap {
            release_name: of_helm("releaseName").unwrap_or_else(|| name.clone()),
            release_namespace: of_helm("namespace")
                .unwrap_or_else(|| of_application(&["spec", "destination", "namespace"])),
            repo_url: of_source("repoURL").unwrap_or_default(),
            target_revision: of_source("targetRevision").unwrap_or_default(),
            namespace: of_application(&["metadata", "namespace"]),
            project: of_application(&["spec", "project"]),
            name,
        };
        let place = helm
            .and_then(|helm| said(helm, "valuesObject").or_else(|| said(helm, "values")))
            .or(helm)
            .unwrap_or(source)
            .place;
        let values = match helm {
            Some(helm) => self.values(helm, text, report)?,
            None => empty(),
        };
        Some(Found {
            bootstrap,
            values,
            place,
        })
    }

    /// Reports that the catalog is no source of the Application, or that there is no Application.
    fn complain(documents: &[Node], whole: Place, report: &mut Report<'_>) {
        match documents.iter().find(|document| is_application(document)) {
            None => {
                let message = "no Application of Argo CD in the bootstrap file";
                (report.emit(&rules::BOOTSTRAP, whole, message)).hint(format!(
                    "add one whose sources include the directory `{APPS}`"
                ));
            }
            Some(application) => {
                let place = application
                    .get("spec")
                    .map_or(application.place, |spec| spec.place);
                let paths: Vec<&str> = sources(application)
                    .filter_map(|source| source.get("path")?.as_text())
                    .collect();
                let found = if paths.is_empty() {
                    "it has none with a path".to_owned()
                } else {
                    format!("it has `{}`", paths.join("`, `"))
                };
                let message =
                    format!("no source of the Application has the path `{APPS}`; {found}");
                (report.emit(&rules::BOOTSTRAP, place, message)).hint(format!(
                    "add a source with `path: {APPS}` and the values of the cluster"
                ));
            }
        }
    }

    /// The values of the source, in Argo CD's order: files, then `valuesObject` or else `values`, then parameters.
    fn values(&self, helm: &Node, text: &[u8], report: &mut Report<'_>) -> Option<Node> {
        let mut values = empty();
        let names = helm.get("valueFiles").and_then(Node::as_list);
        for name in names.unwrap_or_default() {
            let layer = self.value_file(name, helm, report)?;
            values = merge::overwrite(&values, &layer);
        }
        if let Some(object) = said(helm, "valuesObject") {
            if object.as_map().is_none() {
                let found = object.data.type_name();
                let message = format!("`helm.valuesObject` is {found}; it must be a map");
                report.emit(&rules::BOOTSTRAP, object.place, message);
                return None;
            }
            values = merge::overwrite(&values, object);
        } else if let Some(inline) = said(helm, "values") {
            let Data::Text(inner) = &inline.data else {
                let found = inline.data.type_name();
                let message = format!("`helm.values` is {found}; it must be YAML in a string");
                (report.emit(&rules::BOOTSTRAP, inline.place, message))
                    .hint("use `helm.valuesObject` for values that are not a string");
                return None;
            };
            let origin = origin_of_text(text, inline.place);
            let layer = read_map(inner, origin, report)?;
            values = merge::overwrite(&values, &layer);
        }
        let read = |name: &str| {
            let found = self.files.get(&Self::resolve(name)?);
            found.ok().flatten().map(<[u8]>::to_vec)
        };
        parameters::set(&values, helm, read, report)
    }

    /// The values of a file, none when it may be missing and is. `None` when it cannot be read, which is reported.
    fn value_file(&self, name: &Node, helm: &Node, report: &mut Report<'_>) -> Option<Node> {
        let named = name.as_text().unwrap_or_default();
        let path = Self::resolve(named);
        if let Some((path, bytes)) = path
            .as_ref()
            .and_then(|path| Some((path, text(self.files, path, self.sources, report)?)))
        {
            let origin = Origin::file(self.sources.file(path));
            return read_map(bytes, origin, report);
        }
        if helm
            .get("ignoreMissingValueFiles")
            .is_some_and(|flag| matches!(flag.data, Data::Bool(true)))
        {
            return Some(empty());
        }
        let message = match path {
            Some(path) => format!("the value file `{named}` does not exist: there is no `{path}`"),
            None => {
                format!("the value file `{named}` is not in this repository, and cannot be read")
            }
        };
        report.emit(&rules::BOOTSTRAP, name.place, message);
        None
    }

    /// The path in the repository of a value file: relative to the directory of the apps, or from the root with a leading
    /// `/` or `$ref/`.
    fn resolve(name: &str) -> Option<String> {
        let from_root = name.strip_prefix('/').or_else(|| {
            let (_, rest) = name.strip_prefix('$')?.split_once('/')?;
            Some(rest)
        });
        match from_root {
            Some(path) => normalize(path),
            None if name.contains("://") => None,
            None => normalize(&format!("{APPS}/{name}")),
        }
    }
}

fn empty() -> Node {
    Node::new(Data::Map(Table::default()))
}

fn said<'n>(helm: &'n Node, key: &str) -> Option<&'n Node> {
    helm.get(key).filter(|value| !value.is_null())
}
