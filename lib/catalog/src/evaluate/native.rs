//! The objects of a cluster by the rules of this crate.

use std::collections::{BTreeMap, BTreeSet};

use homescale_located::{Node, Place, Report};
use homescale_template::parallel;

use crate::evaluate::options::RenderOptions;
use crate::evaluate::templates::Templates;
use crate::evaluate::{application, layers, namespace, required};
use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::objects::{Application, Objects};
use crate::model::renderer::Templates as Kind;

/// An app that is on, and the Application that was made of it.
pub(crate) struct RenderedApp<'c> {
    pub(crate) app: &'c App,
    /// The merged fields, before templates are evaluated.
    pub(crate) fields: Node,
    pub(crate) application: Application,
}

impl RenderedApp<'_> {
    /// Where a field is written; the file of the app when it is not.
    pub(crate) fn place_of(&self, field: &str) -> Place {
        let field = self.fields.get(field).filter(|value| !value.is_empty());
        field.map_or(self.app.place, |value| value.place)
    }
}

/// The apps that are on for a cluster, in order. An app with errors, which are reported if it is a wanted one, is not among
/// them.
pub(crate) fn build<'c>(
    catalog: &'c Catalog,
    cluster: &Cluster,
    options: &RenderOptions,
    report: &mut Report<'_>,
) -> Vec<RenderedApp<'c>> {
    let is_left_to_own_templates = catalog.templates() == Kind::Own;
    let parts = parallel::parts(&catalog.apps, options.threads, |apps| {
        let mut report = Report::new(&catalog.sources);
        let templates = Templates::new(catalog, cluster);
        let context = application::Context {
            config: &cluster.config,
            sources: &catalog.sources,
            templates: &templates,
            is_left_to_own_templates,
        };
        let built = apps.iter().filter_map(|app| {
            if options.wants(app) {
                return build_one(app, &context, &mut report);
            }
            build_one(app, &context, &mut Report::new(&catalog.sources))
        });
        (built.collect::<Vec<_>>(), report.into_items())
    });
    let mut built = Vec::new();
    for (part, findings) in parts {
        built.extend(part);
        report.extend(findings);
    }
    built
}

/// An app, if it is on and has no errors.
fn build_one<'c>(
    app: &'c App,
    context: &application::Context<'_>,
    report: &mut Report<'_>,
) -> Option<RenderedApp<'c>> {
    if app.is_broken {
        return None;
    }
    let errors = report.errors();
    let layered = layers::merged(app, context.config, report)?;
    if !layered.enablement.is_on {
        return None;
    }
    layers::check(app, &layered.fields, context.config, report);
    if !context.is_left_to_own_templates {
        required::check(app, &layered.fields, context.config, report);
    }
    if report.errors() > errors {
        return None;
    }
    let application = application::build(app, &layered.fields, context, report);
    (report.errors() == errors).then_some(RenderedApp {
        app,
        fields: layered.fields,
        application,
    })
}

/// Renders a cluster. What is wrong is reported; the objects are complete only when no error was.
pub(crate) fn objects(
    catalog: &Catalog,
    cluster: &Cluster,
    options: &RenderOptions,
    report: &mut Report<'_>,
) -> Objects {
    let config = &cluster.config;
    let mut built = build(catalog, cluster, options, report);
    // The first app of a namespace decides about it even where it is not among the wanted ones.
    let mut security: BTreeMap<String, Option<Node>> = BTreeMap::new();
    for built in built.iter().filter(|built| built.application.is_local) {
        let namespace = &built.application.namespace;
        if !config.namespaces.system.contains(namespace) && !security.contains_key(namespace) {
            let own = built.fields.get("podSecurity").cloned();
            security.insert(namespace.clone(), own);
        }
    }
    built.retain(|built| options.wants(built.app));
    let used: BTreeSet<&str> = built
        .iter()
        .filter(|built| built.application.is_local)
        .map(|built| built.application.namespace.as_str())
        .collect();
    let namespaces = security
        .into_iter()
        .filter(|(name, _)| used.contains(name.as_str()))
        .map(|(name, security)| namespace::build(name, &security.unwrap_or_default(), config))
        .collect();
    Objects {
        cluster: cluster.name().to_owned(),
        namespaces,
        applications: built.into_iter().map(|built| built.application).collect(),
        others: Vec::new(),
    }
}
