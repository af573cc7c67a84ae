//! Reads `clusters/<cluster>/apps.yaml`: the bootstrap Application, and the values that it gives the catalog.

use homescale_argocd::{
    BuildEnvironment, ChartSource, HelmSource, ValueFileError, ValueFileErrorKind, normalize,
    resolve,
};
use homescale_chart::KubeVersion;
use homescale_fileset::FileSet;
use homescale_located::{
    Data, Lines, Node, Origin, Place, Report, Sources, Table, merge, origin_of_text, read_all,
    read_map,
};

use crate::fields::names;
use crate::model::cluster::Bootstrap;
use crate::model::layout::APPS;
use crate::model::renderer::HELM;
use crate::read::parameters;
use crate::read::refs::Refs;
use crate::read::text::text;
use crate::rules;

/// What a bootstrap file says.
pub(crate) struct Found {
    pub(crate) bootstrap: Bootstrap,
    /// The source that is the catalog, with what it says of files as paths in the repository.
    pub(crate) source: ChartSource,
    /// The cluster's own values, without the chart's defaults; nothing when they cannot be read.
    pub(crate) values: Option<Node>,
    /// Where the values are, for complaints about missing ones.
    pub(crate) place: Place,
    /// Whether Argo CD lets Helm render the catalog, and no plugin.
    pub(crate) is_by_helm: bool,
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
                let origin = origin_of_text(&Lines::of(text), parameter.place);
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
        check_release(&bootstrap, application, helm, report);
        let mut found = Found {
            source: ChartSource::new(APPS, HelmSource::default()),
            values: Some(empty()),
            bootstrap,
            place,
            is_by_helm: source.get("plugin").is_none_or(Node::is_null),
        };
        if let Some(helm) = helm {
            let errors = report.errors();
            check_helm(helm, report);
            let named = Named {
                refs: Refs::of(application),
                environment: BuildEnvironment::of_application(application, source),
                repo_url: &found.bootstrap.repo_url,
            };
            found.source.helm = named.helm(helm, report);
            found.values = (report.errors() == errors)
                .then(|| self.values(helm, &found.source, text, report))
                .flatten();
        }
        Some(found)
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
    fn values(
        &self,
        helm: &Node,
        source: &ChartSource,
        text: &[u8],
        report: &mut Report<'_>,
    ) -> Option<Node> {
        let mut layers = vec![empty()];
        let names = list(helm, "valueFiles");
        let paths = source.value_files(self.files);
        let paths = paths.map_err(|error| failed_value_file(&error, names, source, report));
        for path in paths.ok()? {
            layers.push(self.value_file(&path, names, source, report)?);
        }
        if let Some(object) = said(helm, "valuesObject") {
            layers.push(object.clone());
        } else if let Some(inline) = said(helm, "values") {
            let inner = inline.as_text().unwrap_or_default();
            let origin = origin_of_text(&Lines::of(text), inline.place);
            layers.push(read_map(inner.as_bytes(), origin, report)?);
        }
        let values = merge::overwrite_all(&layers.iter().collect::<Vec<_>>());
        parameters::set(&values, helm, source, self.files, report)
    }

    /// The values of a file. `None` when it cannot be read, which is reported.
    fn value_file(
        &self,
        path: &str,
        names: &[Node],
        source: &ChartSource,
        report: &mut Report<'_>,
    ) -> Option<Node> {
        if self.files.contains(path) {
            let bytes = text(self.files, path, self.sources, report)?;
            return read_map(bytes, Origin::file(self.sources.file(path)), report);
        }
        let (name, place) = named(path, names, source);
        let message = format!("the value file `{name}` does not exist: there is no `{path}`");
        report.emit(&rules::BOOTSTRAP, place, message);
        None
    }
}

/// How the source names files, and what it may mean by that.
struct Named<'n> {
    refs: Refs<'n>,
    environment: BuildEnvironment,
    repo_url: &'n str,
}

impl Named<'_> {
    /// What the source says of Helm, with variables replaced, as Argo CD does it. What names no file is reported.
    fn helm(&self, helm: &Node, report: &mut Report<'_>) -> HelmSource {
        let mut source = HelmSource::from_node(helm);
        for (name, node) in (source.value_files.iter_mut()).zip(list(helm, "valueFiles")) {
            self.file("the value file", name, node.place, report);
        }
        let files = source.file_parameters.iter_mut();
        for (parameter, node) in files.zip(list(helm, "fileParameters")) {
            check_name(node, &parameter.name, "fileParameters", report);
            let place = node.get("path").unwrap_or(node).place;
            self.file("the file", &mut parameter.path, place, report);
        }
        let parameters = source.parameters.iter_mut();
        for (parameter, node) in parameters.zip(list(helm, "parameters")) {
            check_name(node, &parameter.name, "parameters", report);
            let place = node.get("value").unwrap_or(node).place;
            check_commit(&parameter.value, place, report);
            parameter.value = self.environment.expand(&parameter.value);
        }
        source
    }

    fn file(&self, what: &str, name: &mut String, place: Place, report: &mut Report<'_>) {
        check_commit(name, place, report);
        match (self.refs).resolve(name, self.repo_url, &self.environment) {
            Ok(resolved) => *name = resolved,
            Err(error) => {
                let message = format!("{what} `{name}` {error}");
                report.emit(&rules::BOOTSTRAP, place, message);
            }
        }
    }
}

/// Reports what is wrong with the fields of `helm`.
fn check_helm(helm: &Node, report: &mut Report<'_>) {
    if let Some(version) = said(helm, "kubeVersion").filter(|version| !version.is_empty())
        && let Some(text) = version.as_text()
        && let Err(error) = KubeVersion::parse(text, HELM)
    {
        report.emit(
            &rules::BOOTSTRAP,
            version.place,
            format!("`helm.kubeVersion`: {}", error.message()),
        );
    }
    let Some(values) = said(helm, "values").filter(|values| values.as_map().is_some()) else {
        return HelmSource::check(report, helm, "helm.");
    };
    let message = "`helm.values` is a map; it must be YAML in a string";
    let saying = report.emit(&rules::WRONG_TYPE, values.place, message);
    saying.hint("use `helm.valuesObject` for values that are not a string");
    let others = helm.as_map().map_or(&[][..], Table::entries).iter();
    let others = others.filter(|entry| entry.key != "values").cloned();
    let others = Node::new(Data::Map(Table::sorted(others.collect())));
    HelmSource::check(report, &others, "helm.");
}

/// Reports a parameter without a name.
fn check_name(node: &Node, name: &str, list: &str, report: &mut Report<'_>) {
    if name.is_empty() {
        let message = format!("an entry of `helm.{list}` has no `name`");
        report.emit(&rules::BOOTSTRAP, node.place, message);
    }
}

/// Reports a variable whose value only Argo CD knows.
fn check_commit(text: &str, place: Place, report: &mut Report<'_>) {
    if let Some(variable) = BuildEnvironment::commit_in(text) {
        let message =
            format!("`${variable}` is the commit that Argo CD renders; here it stays as it is");
        report.emit(&rules::COMMIT, place, message);
    }
}

/// Reports the name of a release that Helm refuses.
fn check_release(
    bootstrap: &Bootstrap,
    application: &Node,
    helm: Option<&Node>,
    report: &mut Report<'_>,
) {
    let name = &bootstrap.release_name;
    let Err(complaint) = names::release(name) else {
        return;
    };
    let own = helm.and_then(|helm| said(helm, "releaseName"));
    let own = own.filter(|own| !own.is_empty());
    let said = application.at(&["metadata", "name"]);
    let (message, node) = match own {
        Some(own) => (
            format!("`helm.releaseName` is `{name}`, which {complaint}"),
            Some(own),
        ),
        None if name.is_empty() => ("the Application has no `metadata.name`".to_owned(), said),
        None => (
            format!(
                "the name of the Application, `{name}`, is that of the release, too, and {complaint}"
            ),
            said,
        ),
    };
    let place = node.unwrap_or(application).place;
    report.emit(&rules::INVALID_NAME, place, message);
}

/// How the source names a file, and where it does.
fn named<'n>(path: &'n str, names: &'n [Node], source: &ChartSource) -> (&'n str, Place) {
    let resolved = source.helm.value_files.iter().zip(names);
    let mut meant = resolved.filter(|(name, _)| {
        name.as_str() == path || resolve(&source.path, name).as_deref() == Some(path)
    });
    let node = meant.next().map(|(_, node)| node);
    node.map_or((path, Place::NOWHERE), |node| {
        (node.as_text().unwrap_or(path), node.place)
    })
}

/// Reports that value files cannot be told.
fn failed_value_file(
    error: &ValueFileError,
    names: &[Node],
    source: &ChartSource,
    report: &mut Report<'_>,
) {
    let (name, place) = named(&error.name, names, source);
    let problem = match &error.kind {
        ValueFileErrorKind::NoMatch => "matches no file".to_owned(),
        ValueFileErrorKind::Pattern(error) => format!("is no pattern: {error}"),
        ValueFileErrorKind::Url => "is an address, and nothing is read from the network".to_owned(),
        _ => "is not in this repository, and cannot be read".to_owned(),
    };
    let message = format!("the value file `{name}` {problem}");
    report.emit(&rules::BOOTSTRAP, place, message);
}

fn list<'n>(helm: &'n Node, key: &str) -> &'n [Node] {
    helm.get(key).and_then(Node::as_list).unwrap_or_default()
}

fn empty() -> Node {
    Node::new(Data::Map(Table::default()))
}

fn said<'n>(helm: &'n Node, key: &str) -> Option<&'n Node> {
    helm.get(key).filter(|value| !value.is_null())
}
