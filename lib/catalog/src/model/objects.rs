//! [`Objects`]: the Namespaces and Applications of a cluster.

use homescale_argocd::{ChartSource, HelmSource};
use homescale_chart::HelmVersion;
use homescale_fileset::printable;
use homescale_located::Node;
use homescale_manifest::Patch;
use homescale_template::parallel;
use homescale_value::Value;
use homescale_yaml::{WriteError, append_yaml};

/// What a cluster gets: Namespaces by name, then Applications in byte order of the paths of their `app.yaml`, then what else
/// the catalog's chart makes, if that is what decides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Objects {
    /// The directory of the cluster.
    pub cluster: String,
    /// One for each namespace that is not a system namespace.
    pub namespaces: Vec<Namespace>,
    /// One for each app that is on.
    pub applications: Vec<Application>,
    /// What the catalog's chart makes besides.
    pub(crate) others: Vec<OtherObject>,
}

/// An object that is neither a Namespace nor an Application.
#[derive(Clone, Debug)]
pub(crate) struct OtherObject {
    /// The template that made it, as Helm names it.
    pub(crate) source: String,
    pub(crate) object: Node,
}

/// A Namespace object.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Namespace {
    /// Its name.
    pub name: String,
    /// Its sync wave.
    pub wave: i64,
    pub(crate) object: Node,
}

/// An Application object, and what it was made from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Application {
    /// The directory of the app; of an Application that no app accounts for, its own name.
    pub app: String,
    /// The path of its `app.yaml`; of an Application that no app accounts for, the template that made it.
    pub file: String,
    /// The name of the object.
    pub name: String,
    /// Its sync wave.
    pub wave: i64,
    /// The namespace that the app is deployed into.
    pub namespace: String,
    /// Helm's release name.
    pub release_name: String,
    /// The directory of the chart in its repository.
    pub path: String,
    /// The repository of the chart.
    pub repo_url: String,
    /// The branch, tag or commit of the chart.
    pub target_revision: String,
    /// Whether the app is deployed to the destination that is the catalog's default.
    pub is_local: bool,
    /// What changes the rendered manifests.
    pub patches: Vec<Patch>,
    /// The Helm that the chart is rendered as.
    pub level: HelmVersion,
    /// What `source.helm` says, or would say if Argo CD rendered the chart.
    pub(crate) helm: Node,
    pub(crate) values: Node,
    pub(crate) object: Node,
}

impl Namespace {
    /// The whole object.
    pub fn object(&self) -> Value {
        self.object.to_value()
    }
}

impl Application {
    /// The whole object.
    pub fn object(&self) -> Value {
        self.object.to_value()
    }

    /// `spec.destination`.
    pub(crate) fn destination(&self) -> Node {
        self.object
            .at(&["spec", "destination"])
            .cloned()
            .unwrap_or_default()
    }

    /// Helm's values, merged and with their templates evaluated; nil when there are none.
    pub fn values(&self) -> Value {
        self.values.to_value()
    }
}

impl Objects {
    /// All objects, in order.
    pub fn to_values(&self) -> Vec<Value> {
        self.objects().map(Node::to_value).collect()
    }

    /// All objects as YAML documents, each after a line `---`. Each Application is preceded by a comment that names its
    /// `app.yaml`, in the form of Helm's.
    ///
    /// # Errors
    /// A string has a control character that YAML cannot hold.
    pub fn to_yaml(&self) -> Result<String, WriteError> {
        self.to_yaml_with(1)
    }

    /// The same, written by so many threads.
    ///
    /// # Errors
    /// As [`Self::to_yaml`].
    pub fn to_yaml_with(&self, threads: usize) -> Result<String, WriteError> {
        let mut text = String::new();
        for namespace in &self.namespaces {
            text.push_str("---\n");
            append_yaml(&mut text, &namespace.object())?;
        }
        let parts = parallel::parts(&self.applications, threads, |applications| {
            let mut text = String::new();
            for application in applications {
                text.extend(["---\n# Source: ", &printable(&application.file), "\n"]);
                append_yaml(&mut text, &application.object())?;
            }
            Ok(text)
        });
        for part in parts {
            text.push_str(&part?);
        }
        for other in &self.others {
            text.extend(["---\n# Source: ", &printable(&other.source), "\n"]);
            append_yaml(&mut text, &other.object.to_value())?;
        }
        Ok(text)
    }

    /// Puts further objects of each kind before these, where Helm has what charts in a chart make.
    pub(crate) fn add(&mut self, others: Self) {
        self.namespaces.splice(..0, others.namespaces);
        self.applications.splice(..0, others.applications);
        self.others.splice(..0, others.others);
    }

    pub(crate) fn objects(&self) -> impl Iterator<Item = &Node> {
        let namespaces = self.namespaces.iter().map(|namespace| &namespace.object);
        let applications = self.applications.iter();
        let applications = applications.map(|application| &application.object);
        let others = self.others.iter().map(|other| &other.object);
        namespaces.chain(applications).chain(others)
    }
}

impl Application {
    /// The chart of the app, with what the Application says about it.
    pub fn chart_source(&self) -> ChartSource {
        let helm = HelmSource::from_node(&self.helm);
        let mut chart = ChartSource::new(self.path.as_str(), helm);
        chart.name.clone_from(&self.name);
        chart.namespace.clone_from(&self.namespace);
        chart.patches.clone_from(&self.patches);
        chart.helm_version = self.level;
        chart
    }
}
