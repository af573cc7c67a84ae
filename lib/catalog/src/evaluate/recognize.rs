//! What the catalog's chart renders to, as objects of a catalog.

use homescale_argocd::{helm_of_source, normalize, own_source, plugin_parameter};
use homescale_chart::Rendered;
use homescale_located::{Data, Diagnostics, Node, Place, Report, Table, from_value, integer};
use homescale_manifest::{ObjectId, Patch};
use homescale_value::Value;

use crate::evaluate::build::SYNC_WAVE;
use crate::evaluate::options::RenderOptions;
use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::objects::{Application, Namespace, Objects, OtherObject};
use crate::rules;

impl Catalog {
    /// The objects among what the catalog's chart rendered to. With `options.apps` only the Applications and Namespaces of
    /// those apps are left.
    ///
    /// # Errors
    /// A manifest or the patches of an Application cannot be read, or a manifest is nested too deeply.
    pub(crate) fn recognized(
        &self,
        rendered: &Rendered,
        cluster: &Cluster,
        options: &RenderOptions,
    ) -> Result<Objects, Diagnostics> {
        let mut objects = Objects {
            cluster: cluster.name().to_owned(),
            namespaces: Vec::new(),
            applications: Vec::new(),
            others: Vec::new(),
        };
        let crds = rendered.crds.iter().map(|crd| (&crd.source, &*crd.text));
        let manifests = rendered.manifests.iter().chain(&rendered.hooks);
        let manifests = manifests.map(|manifest| (&manifest.source, &*manifest.text));
        for (source, text) in crds.chain(manifests) {
            let documents = homescale_yaml::parse_all(text);
            let documents = documents.map_err(|error| self.unreadable(source, &error))?;
            for document in &documents {
                let value = document.to_value();
                let value = value.map_err(|error| self.unreadable(source, &error))?;
                let Some(object) = from_value(&value).filter(|object| !object.is_null()) else {
                    continue;
                };
                self.add(&mut objects, source, &value, object, cluster)?;
            }
        }
        if !options.apps.is_empty() {
            keep_apps(&mut objects, options);
        }
        Ok(objects)
    }

    fn unreadable(&self, source: &str, error: &homescale_yaml::Error) -> Diagnostics {
        let mut report = Report::new(&self.sources);
        let message = format!("{source}: the catalog's chart gives what is not YAML: {error}");
        report.emit(&rules::ENGINE, Place::NOWHERE, message);
        report.finish()
    }

    fn add(
        &self,
        objects: &mut Objects,
        source: &str,
        value: &Value,
        object: Node,
        cluster: &Cluster,
    ) -> Result<(), Diagnostics> {
        let id = ObjectId::of(value);
        match (id.group.as_str(), id.kind.as_str()) {
            ("", "Namespace") => objects.namespaces.push(Namespace {
                wave: wave_of(&object),
                name: id.name,
                object,
            }),
            ("argoproj.io", "Application") => {
                let application = self.application(id.name, source, object, cluster)?;
                objects.applications.push(application);
            }
            _ => objects.others.push(OtherObject {
                source: source.to_owned(),
                object,
            }),
        }
        Ok(())
    }

    /// Takes an Application apart.
    fn application(
        &self,
        name: String,
        source: &str,
        object: Node,
        cluster: &Cluster,
    ) -> Result<Application, Diagnostics> {
        let config = &cluster.config;
        let text = |node: Option<&Node>, key: &str| {
            let text = node.and_then(|node| node.get(key)?.as_text());
            text.unwrap_or_default().to_owned()
        };
        let own = own_source(&object);
        let path = text(own, "path");
        let helm = own.map(helm_of_source).unwrap_or_default();
        let values = helm.get("valuesObject").cloned().unwrap_or_default();
        let release_name = Some(text(Some(&helm), "releaseName"));
        let destination = object.at(&["spec", "destination"]);
        let app = self.app_of(&name, &path, &config.application.name_prefix);
        Ok(Application {
            app: app.map_or(&*name, App::name).to_owned(),
            file: app.map_or(source, App::file).to_owned(),
            wave: wave_of(&object),
            namespace: text(destination, "namespace"),
            release_name: (release_name.filter(|name| !name.is_empty()))
                .unwrap_or_else(|| name.clone()),
            repo_url: text(own, "repoURL"),
            target_revision: text(own, "targetRevision"),
            is_local: destination.map(without_namespace).as_ref()
                == Some(&config.defaults.destination),
            patches: patches_of(own, &name, &config.argocd.plugin)?,
            level: config.argocd.helm,
            path,
            helm,
            values,
            name,
            object,
        })
    }

    /// The app that an Application is of: by its name, or else the only one whose chart it deploys.
    fn app_of(&self, name: &str, path: &str, prefix: &str) -> Option<&App> {
        let by_name = name.strip_prefix(prefix).and_then(|name| self.app(name));
        by_name.or_else(|| {
            let path = normalize(path)?;
            let is_at = |app: &&App| match app.path() {
                Some(own) => normalize(own).as_deref() == Some(&path),
                None => path == format!("{APPS}/{}", app.name()),
            };
            let mut apps = self.apps().filter(is_at);
            apps.next().filter(|_| apps.next().is_none())
        })
    }
}

/// The patches that an Application gives our plugin.
fn patches_of(source: Option<&Node>, name: &str, plugin: &str) -> Result<Vec<Patch>, Diagnostics> {
    let named = source.and_then(|source| source.at(&["plugin", "name"])?.as_text());
    let text = source.and_then(|source| plugin_parameter(source, "patches"));
    match text.filter(|_| named.is_none_or(|named| named == plugin)) {
        None => Ok(Vec::new()),
        Some(text) => {
            let file = format!("the plugin parameter `patches` of the Application {name}");
            Patch::read_list(text.as_bytes(), &file)
        }
    }
}

/// Leaves the Applications of the wanted apps, and the Namespaces that they deploy to.
fn keep_apps(objects: &mut Objects, options: &RenderOptions) {
    let applications = &mut objects.applications;
    applications.retain(|application| options.wants_name(&application.app));
    let is_used = |namespace: &Namespace| {
        let mut local = applications
            .iter()
            .filter(|application| application.is_local);
        local.any(|application| application.namespace == namespace.name)
    };
    objects.namespaces.retain(is_used);
    objects.others.clear();
}

fn without_namespace(destination: &Node) -> Node {
    let entries = destination.as_map().map_or(&[][..], Table::entries).iter();
    let entries = entries.filter(|entry| entry.key != "namespace").cloned();
    Node::new(Data::Map(Table::sorted(entries.collect())))
}

fn wave_of(object: &Node) -> i64 {
    let wave = object.at(&["metadata", "annotations", SYNC_WAVE]);
    let of_text = |node: &Node| node.as_text()?.parse().ok();
    wave.and_then(|wave| of_text(wave).or_else(|| integer(wave)))
        .unwrap_or_default()
}
