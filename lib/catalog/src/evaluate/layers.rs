//! The layers of an app's fields, and what they decide.

use homescale_located::{Data, Node, Place, Report, Shape, check_shape, merge, wrong_type};

use crate::evaluate::required;
use crate::fields::{self, Content};
use crate::model::app::App;
use crate::model::config::Config;

/// The fields of an app on one cluster, merged, and whether it is on.
#[derive(Debug)]
pub(crate) struct Layered {
    pub(crate) fields: Node,
    pub(crate) enablement: Enablement,
}

/// Whether an app is on for a cluster, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Enablement {
    pub(crate) is_on: bool,
    /// `deploy` or `defaultDeploy`; `None` when no layer has either.
    pub(crate) field: Option<&'static str>,
    pub(crate) layer: Layer,
    pub(crate) place: Place,
}

/// Who says something about an app, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Layer {
    /// Nobody: it is the default of the field.
    Default,
    /// `app.yaml`.
    App,
    /// `clusters.<cluster>` of `app.yaml`.
    Override,
    /// `apps.<app>` in the values of the cluster.
    Cluster,
    /// The templates of the catalog's own chart, whatever the layers say.
    Chart,
}

/// Merges the layers of an app and decides whether it is on. Reports layers that are no maps, and decisions that are no
/// booleans; `None` when there are any.
pub(crate) fn merged(app: &App, config: &Config, report: &mut Report<'_>) -> Option<Layered> {
    let own = app.layer(&config.cluster);
    let cluster = config.apps.get(&app.name);
    let is_map = |node: &Node| node.is_null() || node.as_map().is_some();
    if !is_map(&app.clusters) {
        wrong_type(report, &app.clusters, "clusters", "a map of clusters");
        return None;
    }
    let layers = [
        (format_args!("clusters.{}", config.cluster), own),
        (format_args!("apps.{}", app.name), cluster),
    ];
    for (what, layer) in layers {
        if let Some(layer) = layer.filter(|layer| !is_map(layer)) {
            wrong_type(report, layer, &what.to_string(), "a map of fields");
            return None;
        }
    }
    let fields = merge::layers(&app.base, [own, cluster]);
    let enablement = decide(app, config, &fields, report)?;
    Some(Layered { fields, enablement })
}

fn decide(
    app: &App,
    config: &Config,
    fields: &Node,
    report: &mut Report<'_>,
) -> Option<Enablement> {
    let mut enablement = Enablement {
        is_on: false,
        field: None,
        layer: Layer::Default,
        place: Place::NOWHERE,
    };
    let mut good = true;
    for field in ["defaultDeploy", "deploy"] {
        let Some(value) = fields.get(field).filter(|value| !value.is_null()) else {
            continue;
        };
        if let Data::Bool(is_on) = value.data {
            enablement = Enablement {
                is_on,
                field: Some(field),
                layer: layer_of(app, config, field),
                place: value.place,
            };
        } else {
            good = false;
            check_shape(report, Shape::Boolean, value, field);
        }
    }
    good.then_some(enablement)
}

/// The strongest layer that has a field.
pub(crate) fn layer_of(app: &App, config: &Config, field: &str) -> Layer {
    let has = |layer: Option<&Node>| layer.is_some_and(|layer| layer.get(field).is_some());
    if has(config.apps.get(&app.name)) {
        Layer::Cluster
    } else if has(app.layer(&config.cluster)) {
        Layer::Override
    } else if has(Some(&app.base)) {
        Layer::App
    } else {
        Layer::Default
    }
}

/// Reports the fields of an app that is on which are missing or hold what they must not.
pub(crate) fn check(app: &App, fields: &Node, config: &Config, report: &mut Report<'_>) {
    check_policy(fields, config, report);
    for field in fields::FIELDS {
        match fields.get(field.name) {
            Some(value) if is_said(value, field.content) => {
                fields::check_field(report, field, value, "");
            }
            _ if field.is_required() => required::missing(app, fields, field, None, report),
            _ => {}
        }
    }
}

/// Reports sync options of the merged policy that are no list of strings.
fn check_policy(fields: &Node, config: &Config, report: &mut Report<'_>) {
    let own = fields.at(&["syncPolicy", "syncOptions"]);
    let default = config.defaults.sync_policy.get("syncOptions");
    if let Some(options) = own.or(default) {
        check_shape(report, Shape::Texts, options, "syncPolicy.syncOptions");
    }
}

/// Whether a value says something: null never does, and the empty string does not where a string is wanted.
fn is_said(value: &Node, content: Content) -> bool {
    !(value.is_null()
        || matches!(content, Content::Plain(Shape::Text) | Content::Engine) && value.is_empty())
}
