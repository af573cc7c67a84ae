//! [`Config::read`]: from the text of `homescale.yaml` to what it says.

use std::collections::BTreeMap;

use homescale_argocd::{ArgoCdVersion, parse_deadline};
use homescale_located::{
    Data, Diagnostic, Diagnostics, Entry, Location, Node, Origin, Report, Rule, Severity, Sources,
    Table, did_you_mean, read_all, rule,
};

use super::check::Checker;
use super::model::{
    ClusterConfig, Config, GeneratorConfig, KustomizeConfig, RepositoryConfig, Root,
    ServiceGenerator, SeverityConfig, Tracking,
};
use super::rules::CONFIGURATION;
use super::table::{FIELDS, Field};
use super::together::{self, IN_CLUSTER_SERVER, is_in_cluster};

/// The name of the file, at the root of a repository.
pub const CONFIG_FILE: &str = "homescale.yaml";

impl Config {
    /// Reads `homescale.yaml`. `file` is what messages call it. An empty file says nothing, and that is allowed.
    ///
    /// # Errors
    /// All that is wrong with it, together with what is only odd.
    ///
    /// ```
    /// use homescale_fleet::{CONFIG_FILE, Config};
    ///
    /// let config = Config::read(b"clusters:\n- {name: east, kubernetes: \"1.33\"}\n", CONFIG_FILE)?;
    /// assert_eq!(config.clusters[0].kubernetes.as_deref(), Some("1.33"));
    ///
    /// let found = Config::read(b"kubernetes: 1.30\n", CONFIG_FILE).unwrap_err();
    /// assert_eq!(
    ///     found.to_string(),
    ///     "homescale.yaml:1:13: error: `kubernetes` is a number; it must be a string [wrong-type]\n  \
    ///      hint: put it in quotes: \"1.30\"; without them, YAML reads the number 1.3"
    /// );
    /// # Ok::<(), homescale_located::Diagnostics>(())
    /// ```
    pub fn read(text: &[u8], file: &str) -> Result<Self, Diagnostics> {
        let sources = Sources::one(file);
        let mut report = Report::new(&sources);
        let node = read_checked(text, file, FIELDS, &sources, &mut report);
        together::check(&node, &mut report);
        if report.has_errors() {
            return Err(report.finish());
        }
        Ok(Self {
            notes: report.finish(),
            ..Reader { sources: &sources }.config(&node)
        })
    }

    /// What is wrong with the names of rules in `severities`, where these are all that there are.
    pub fn check_rules(&self, known: &[&Rule]) -> Diagnostics {
        let names = || known.iter().map(|rule| rule.name);
        let unknown = self.severities.iter();
        let unknown = unknown.filter(|(name, _)| names().all(|known| known != name.as_str()));
        let found = unknown.map(|(name, said)| {
            let message = format!("`severities.{name}`: there is no rule `{name}`");
            let mut found = Diagnostic::new(&CONFIGURATION, said.location.clone(), message);
            found.hint = did_you_mean(name, names());
            found
        });
        Diagnostics::new(found.collect())
    }
}

/// Reads a file with one document, a map with the fields of a table, and reports what is wrong with it.
pub(crate) fn read_checked(
    text: &[u8],
    file: &str,
    fields: &[Field],
    sources: &Sources,
    report: &mut Report<'_>,
) -> Node {
    let origin = Origin::file(sources.file(file));
    let documents = read_all(text, origin, report).unwrap_or_default();
    if let Some(second) = documents.get(1) {
        let message = format!(
            "the file has {} documents; it must have one",
            documents.len()
        );
        (report.emit(&rule::YAML, second.place, message)).hint("remove the line `---`");
    }
    let first = documents.into_iter().next().unwrap_or_default();
    match first.data {
        Data::Map(_) => Checker { report, text }.map(&first, fields, ""),
        Data::Null if report.has_errors() => {}
        Data::Null => Checker { report, text }.map(&first, fields, ""),
        _ => {
            let found = first.data.type_name();
            let message = format!("the file is {found}; it must be a map");
            report.emit(&rule::YAML, first.place, message);
        }
    }
    first
}

/// Makes the model of what was checked.
struct Reader<'s> {
    sources: &'s Sources,
}

impl Reader<'_> {
    fn config(&self, node: &Node) -> Config {
        Config {
            argocd: version(node, "argocd"),
            kubernetes: text(node, "kubernetes"),
            api_versions: texts(node, "apiVersions").unwrap_or_default(),
            roots: items(node, "roots").map(|it| self.root(it)).collect(),
            clusters: items(node, "clusters").map(|it| self.cluster(it)).collect(),
            repositories: items(node, "repositories")
                .map(|it| self.repository(it))
                .collect(),
            generators: entries(node, "generators")
                .map(|entry| (entry.name().into_owned(), self.generators(entry)))
                .collect(),
            kustomize: said(node, "kustomize").map(|it| self.kustomize(it)),
            severities: entries(node, "severities")
                .filter(|entry| !entry.value.is_null())
                .map(|entry| (entry.name().into_owned(), self.severity(entry)))
                .collect(),
            tracking: text(node, "tracking")
                .and_then(|name| Tracking::ALL.into_iter().find(|it| it.name() == name)),
            instance_label_key: text(node, "instanceLabelKey"),
            notes: Diagnostics::default(),
        }
    }

    fn location(&self, node: &Node) -> Location {
        self.sources.location(node.place)
    }

    fn root(&self, node: &Node) -> Root {
        Root {
            path: text(node, "path").unwrap_or_default(),
            cluster: text(node, "cluster"),
            release_name: text(node, "releaseName"),
            namespace: text(node, "namespace"),
            value_files: texts(node, "valueFiles").unwrap_or_default(),
            values: node.get("values").cloned().unwrap_or_default(),
            location: self.location(node),
        }
    }

    fn cluster(&self, node: &Node) -> ClusterConfig {
        let name = text(node, "name").unwrap_or_default();
        let server = text(node, "server");
        let in_cluster = match said(node, "inCluster") {
            Some(said) => said.data == Data::Bool(true),
            None => is_in_cluster(&name, server.as_deref().unwrap_or_default()),
        };
        ClusterConfig {
            name,
            server: server.or_else(|| in_cluster.then(|| IN_CLUSTER_SERVER.to_owned())),
            project: text(node, "project"),
            labels: text_map(node, "labels"),
            annotations: text_map(node, "annotations"),
            argocd: version(node, "argocd"),
            kubernetes: text(node, "kubernetes"),
            api_versions: texts(node, "apiVersions"),
            capabilities: text(node, "capabilities"),
            in_cluster,
            location: self.location(node),
        }
    }

    fn repository(&self, node: &Node) -> RepositoryConfig {
        RepositoryConfig {
            url: text(node, "url").unwrap_or_default(),
            path: text(node, "path").unwrap_or_default(),
            location: self.location(node),
        }
    }

    fn generators(&self, entry: &Entry) -> GeneratorConfig {
        let all = ServiceGenerator::ALL.into_iter();
        let parameters = all.filter_map(|kind| {
            let list = entry.value.get(kind.name())?.as_list()?;
            Some((kind, list.to_vec()))
        });
        GeneratorConfig {
            parameters: parameters.collect(),
            location: self.sources.location(entry.place),
        }
    }

    fn kustomize(&self, node: &Node) -> KustomizeConfig {
        KustomizeConfig {
            program: text(node, "program"),
            version: text(node, "version"),
            build_options: text(node, "buildOptions"),
            network: said(node, "network").is_some_and(|it| it.data == Data::Bool(true)),
            timeout: text(node, "timeout").and_then(|time| parse_deadline(&time).ok()),
            location: self.location(node),
        }
    }

    fn severity(&self, entry: &Entry) -> SeverityConfig {
        SeverityConfig {
            severity: match entry.value.as_text() {
                Some("error") => Some(Severity::Error),
                Some("warning") => Some(Severity::Warning),
                Some("note") => Some(Severity::Note),
                _ => None,
            },
            location: self.sources.location(entry.place),
        }
    }
}

/// What is not null.
fn said<'n>(node: &'n Node, field: &str) -> Option<&'n Node> {
    node.get(field).filter(|value| !value.is_null())
}

/// A text that is not empty.
pub(crate) fn text(node: &Node, field: &str) -> Option<String> {
    let text = node.get(field)?.as_text()?;
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

pub(crate) fn texts(node: &Node, field: &str) -> Option<Vec<String>> {
    let items = node.get(field)?.as_list()?.iter();
    Some(items.filter_map(Node::as_text).map(str::to_owned).collect())
}

fn version(node: &Node, field: &str) -> Option<ArgoCdVersion> {
    ArgoCdVersion::parse(&text(node, field)?)
}

fn items<'n>(node: &'n Node, field: &str) -> impl Iterator<Item = &'n Node> {
    let items = node.get(field).and_then(Node::as_list);
    items.unwrap_or_default().iter()
}

fn entries<'n>(node: &'n Node, field: &str) -> impl Iterator<Item = &'n Entry> {
    let table = node.get(field).and_then(Node::as_map);
    table.into_iter().flat_map(Table::entries)
}

fn text_map(node: &Node, field: &str) -> BTreeMap<String, String> {
    let entries = entries(node, field);
    let pairs = entries.filter_map(|entry| {
        let text = entry.value.as_text()?;
        Some((entry.name().into_owned(), text.to_owned()))
    });
    pairs.collect()
}
