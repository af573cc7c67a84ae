//! [`Status`]: which app is on for which cluster, and why.

use std::fmt;

use serde::Serialize;

use homescale_located::{Location, Node, Report, integer};

use crate::evaluate::{Layer, merged};
use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::present::table::write_table;

impl Catalog {
    /// Which app is on for which cluster, and why.
    pub fn status(&self) -> Status {
        Status::of(self)
    }
}

/// The apps by the clusters. Prints as a table with the wave of each app that is on, and `·` where it is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The names of the clusters, the columns.
    pub clusters: Vec<String>,
    /// The apps, the rows.
    pub apps: Vec<AppStatus>,
}

/// Where an app is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppStatus {
    /// The folder of the app.
    pub app: String,
    /// The path of its `app.yaml`.
    pub file: String,
    /// One for each cluster, in the order of [`Status::clusters`].
    pub clusters: Vec<Deployment>,
}

/// Whether an app is on for a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deployment {
    /// Whether it is on; `None` when errors leave that open.
    pub on: Option<bool>,
    /// What says so.
    pub reason: Reason,
    /// The sync wave.
    pub wave: Option<i64>,
    /// The namespace that it is deployed into.
    pub namespace: Option<String>,
}

/// What says whether an app is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The layer.
    pub layer: Layer,
    /// `deploy` or `defaultDeploy`; `None` when no layer has either, so that it is off.
    pub field: Option<&'static str>,
    /// Where that is written.
    pub location: Option<Location>,
}

/// Prints as `deploy in apps/web/app.yaml:9:5`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.field, &self.location) {
            (Some(field), Some(location)) => write!(f, "{field} in {location}"),
            (Some(field), None) => f.write_str(field),
            (None, _) => f.write_str("neither deploy nor defaultDeploy says otherwise"),
        }
    }
}

impl Status {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let rows = catalog.apps().map(|app| AppStatus {
            app: app.name().to_owned(),
            file: app.file().to_owned(),
            clusters: (catalog.clusters())
                .map(|cluster| deployment(catalog, app, cluster))
                .collect(),
        });
        Self {
            clusters: catalog
                .clusters()
                .map(|cluster| cluster.name().to_owned())
                .collect(),
            apps: rows.collect(),
        }
    }
}

fn deployment(catalog: &Catalog, app: &App, cluster: &Cluster) -> Deployment {
    let mut unheard = Report::new(&catalog.sources);
    let layered = (!app.is_broken && !cluster.is_broken)
        .then(|| merged(app, &cluster.config, &mut unheard))
        .flatten();
    let Some(layered) = layered else {
        return Deployment {
            on: None,
            reason: Reason {
                layer: Layer::Default,
                field: None,
                location: None,
            },
            wave: None,
            namespace: None,
        };
    };
    let enablement = layered.enablement;
    let place = (!enablement.place.is_nowhere()).then_some(enablement.place);
    let field = |name: &str| layered.fields.get(name).filter(|value| !value.is_null());
    Deployment {
        on: Some(enablement.is_on),
        reason: Reason {
            layer: enablement.layer,
            field: enablement.field,
            location: place.map(|place| catalog.sources.location(place)),
        },
        wave: field("syncWave").map_or(Some(0), integer),
        namespace: field("namespace")
            .and_then(Node::as_text)
            .map(str::to_owned),
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = std::iter::once("app".to_owned()).chain(self.clusters.iter().cloned());
        let mut rows: Vec<Vec<String>> = vec![head.collect()];
        for app in &self.apps {
            let cells =
                app.clusters
                    .iter()
                    .map(|deployment| match (deployment.on, deployment.wave) {
                        (Some(true), Some(wave)) => wave.to_string(),
                        (Some(true), None) | (None, _) => "?".to_owned(),
                        (Some(false), _) => "·".to_owned(),
                    });
            rows.push(std::iter::once(app.app.clone()).chain(cells).collect());
        }
        write_table(f, &rows)
    }
}
