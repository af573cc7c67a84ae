//! The other way to the same objects: rendering the catalog's own chart; and rendering the chart of one app.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use homescale_chart::{Chart, Rendered, Request, render};
use homescale_functions::Host;
use homescale_located::{Diagnostics, Place, Report};
use homescale_value::Value;
use homescale_yaml::json;

use crate::evaluate::render::RenderOptions;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::objects::Objects;
use crate::model::renderer::{HELM, Renderer};
use crate::rules;

/// The templates of which the native evaluation is known to give the same objects: those of this repository. The tests
/// compare the two on every fixture.
const OUR_TEMPLATES: &[(&str, &[u8])] = &[
    (
        "_catalog.tpl",
        include_bytes!("../../../../apps/templates/_catalog.tpl"),
    ),
    (
        "applications.yaml",
        include_bytes!("../../../../apps/templates/applications.yaml"),
    ),
];

impl Catalog {
    /// The catalog as a chart: what templates in fields see. One without `Chart.yaml` is called after its folder.
    ///
    /// # Errors
    /// Helm's text, when the chart cannot be loaded.
    pub(crate) fn chart(&self) -> Result<&Chart, &str> {
        let chart = self.chart.get_or_init(|| {
            let mut files = self.files.subtree(APPS);
            if !files.contains("Chart.yaml") {
                let text = format!("apiVersion: v2\nname: {APPS}\nversion: 0.0.0\n");
                files
                    .insert("Chart.yaml", text.into_bytes())
                    .map_err(|error| error.to_string())?;
            }
            Chart::load_as(&files, HELM).map_err(|error| error.to_string())
        });
        chart.as_ref().map_err(String::as_str)
    }

    /// The way that shows what Argo CD would get. That is the catalog's own chart, where it has templates; unless they are
    /// byte for byte the ones that the native evaluation is tested against, which is the same and many times faster. A
    /// catalog without templates is evaluated natively.
    pub fn renderer(&self) -> Renderer {
        let templates = self.files.subtree(&format!("{APPS}/templates"));
        let has_chart = self.files.contains(&format!("{APPS}/Chart.yaml"));
        let are_ours = templates.len() == OUR_TEMPLATES.len()
            && (OUR_TEMPLATES.iter()).all(|(path, ours)| templates.get(path) == Some(*ours));
        if has_chart && !templates.is_empty() && !are_ours {
            Renderer::Engine
        } else {
            Renderer::Native
        }
    }

    /// What `helm template` prints for the catalog's chart with the values of a cluster, as Argo CD runs it.
    ///
    /// With `options.apps` only their Applications and Namespaces are left.
    ///
    /// # Errors
    /// There is no such cluster, or the chart cannot be rendered. Where the native evaluation finds errors too, those are
    /// given, because they name file and line.
    pub fn render_chart(
        &self,
        cluster: &str,
        options: &RenderOptions,
        host: Rc<dyn Host>,
    ) -> Result<Vec<u8>, Diagnostics> {
        let Some(known) = self.cluster(cluster) else {
            return self.render(cluster, options).map(|_| Vec::new());
        };
        let rendered = match self.rendered(known, host) {
            Ok(rendered) => rendered,
            Err(error) => {
                // The chart is rendered as a whole: what is wrong with any app matters.
                self.render(cluster, &RenderOptions::default())?;
                return Err(self.engine_failure(known, &error));
            }
        };
        if options.apps.is_empty() {
            return Ok(rendered.text());
        }
        let wanted = names(&self.render(cluster, options)?);
        let kept = rendered
            .manifests
            .iter()
            .filter(|manifest| wanted.contains(&(manifest.kind.clone(), manifest.name.clone())));
        let mut text = Vec::new();
        for manifest in kept {
            text.extend_from_slice(format!("---\n# Source: {}\n", manifest.source).as_bytes());
            text.extend_from_slice(&manifest.text);
            text.push(b'\n');
        }
        Ok(text)
    }

    /// The catalog's chart, rendered as Argo CD renders it.
    fn rendered(&self, cluster: &Cluster, host: Rc<dyn Host>) -> Result<Rendered, String> {
        let chart = self.chart()?;
        let request = Request {
            include_crds: true,
            ..cluster.request()?
        };
        render(chart, &request, host).map_err(|error| error.message())
    }

    fn engine_failure(&self, cluster: &Cluster, error: &str) -> Diagnostics {
        let mut report = Report::new(&self.sources);
        let message = format!(
            "the catalog's chart cannot be rendered on {}: {}",
            cluster.name(),
            error
        );
        report.emit(&rules::ENGINE, Place::NOWHERE, message);
        report.finish()
    }

    /// Says where the catalog's chart and the native evaluation differ.
    pub(crate) fn compare_ways(
        &self,
        cluster: &Cluster,
        native: &Objects,
        host: Rc<dyn Host>,
        report: &mut Report<'_>,
    ) {
        let rendered = match self.rendered(cluster, host) {
            Ok(rendered) => rendered,
            Err(error) => {
                let message = format!("the catalog's chart cannot be rendered: {error}");
                report.emit(&rules::ENGINE, Place::NOWHERE, message);
                return;
            }
        };
        let manifests = rendered.manifests.iter().chain(&rendered.hooks);
        let by_chart: BTreeMap<_, _> = manifests
            .filter_map(|manifest| {
                let value = homescale_yaml::from_slice(&manifest.text).ok()?;
                Some(((manifest.kind.clone(), manifest.name.clone()), value))
            })
            .collect();
        let natively: BTreeMap<_, _> = native
            .to_values()
            .into_iter()
            .map(|object| (identity(&object), object))
            .collect();
        let identities: BTreeSet<_> = by_chart.keys().chain(natively.keys()).collect();
        for identity in identities {
            let (kind, object) = identity;
            let what = match (by_chart.get(identity), natively.get(identity)) {
                (Some(_), None) => "only the chart makes it".to_owned(),
                (None, Some(_)) => "the chart does not make it".to_owned(),
                (Some(chart), Some(native)) => match first_difference(chart, native) {
                    Some(path) => format!("they differ in {path}"),
                    None => continue,
                },
                (None, None) => continue,
            };
            let message = format!(
                "the catalog's chart and the native evaluation disagree about the {kind} {object}: {what}"
            );
            report.emit(&rules::WAYS_DISAGREE, Place::NOWHERE, message);
        }
    }
}

/// Kind and name.
fn identity(object: &Value) -> (String, String) {
    let text = |value: Option<Value>| value.map(|value| value.to_string()).unwrap_or_default();
    let map = object.as_map();
    let name = map
        .and_then(|map| map.get_map("metadata"))
        .and_then(|metadata| metadata.get("name"));
    (text(map.and_then(|map| map.get("kind"))), text(name))
}

fn names(objects: &Objects) -> BTreeSet<(String, String)> {
    let namespaces = objects
        .namespaces
        .iter()
        .map(|n| ("Namespace".to_owned(), n.name.clone()));
    let applications = objects
        .applications
        .iter()
        .map(|a| ("Application".to_owned(), a.name.clone()));
    namespaces.chain(applications).collect()
}

/// The path of the first place where two values differ.
fn first_difference(a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => {
            let keys: BTreeSet<_> = a.keys().into_iter().chain(b.keys()).collect();
            keys.into_iter().find_map(|key| {
                let below = match (a.get(&key), b.get(&key)) {
                    (Some(a), Some(b)) => first_difference(&a, &b)?,
                    _ => String::new(),
                };
                Some(join(&key.to_text(), &below))
            })
        }
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            let (a, b) = (a.items(), b.items());
            let mut pairs = a.iter().zip(b.iter()).enumerate();
            pairs.find_map(|(index, (a, b))| {
                Some(join(&index.to_string(), &first_difference(a, b)?))
            })
        }
        _ => (json::encode(a).ok() != json::encode(b).ok()).then(String::new),
    }
}

fn join(head: &str, below: &str) -> String {
    if below.is_empty() {
        head.to_owned()
    } else {
        format!("{head}.{below}")
    }
}
