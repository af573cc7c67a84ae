//! [`Status`]: which app is on for which cluster, and why.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use homescale_located::{Location, Node, Report, integer};

use crate::evaluate::{Layer, RenderOptions, merged};
use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::objects::{Application, Objects};
use crate::model::renderer::Renderer;
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
    /// The directory of the app.
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
            (None, _) if self.layer == Layer::Chart => f.write_str("the templates of apps/"),
            (None, _) => f.write_str("neither deploy nor defaultDeploy says otherwise"),
        }
    }
}

impl Status {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let clusters: Vec<(&Cluster, Made)> = (catalog.clusters())
            .map(|cluster| (cluster, Made::on(catalog, cluster)))
            .collect();
        let row = |app: &str, file: &str, cell: &dyn Fn(&Cluster, &Made) -> Deployment| AppStatus {
            app: app.to_owned(),
            file: file.to_owned(),
            clusters: (clusters.iter())
                .map(|(cluster, made)| cell(cluster, made))
                .collect(),
        };
        let mut apps: Vec<AppStatus> = (catalog.apps())
            .map(|app| {
                row(app.name(), app.file(), &|cluster, made| {
                    deployment(catalog, app, cluster, made)
                })
            })
            .collect();
        // What the catalog's chart makes of no app.
        let others: BTreeMap<&str, &str> = (clusters.iter())
            .flat_map(|(_, made)| made.applications())
            .filter(|application| catalog.app(&application.app).is_none())
            .map(|application| (application.app.as_str(), application.file.as_str()))
            .collect();
        apps.extend(others.into_iter().map(|(app, file)| {
            row(app, file, &|_, made| match made {
                Made::Unknown => Deployment::unknown(),
                made => of_chart(Deployment::unknown(), made.application(app)),
            })
        }));
        let names = clusters.iter().map(|(cluster, _)| cluster.name());
        Self {
            clusters: names.map(str::to_owned).collect(),
            apps,
        }
    }
}

/// What decides on a cluster.
enum Made {
    /// The layers of the apps.
    Natively,
    /// The catalog's chart, which makes these objects.
    ByChart(Objects),
    /// The catalog's chart, which cannot be rendered.
    Unknown,
}

impl Made {
    fn on(catalog: &Catalog, cluster: &Cluster) -> Self {
        if catalog.renderer() == Renderer::Native {
            return Self::Natively;
        }
        let objects = catalog.render(cluster.name(), &RenderOptions::default());
        objects.map_or(Self::Unknown, Self::ByChart)
    }

    fn applications(&self) -> &[Application] {
        match self {
            Self::ByChart(objects) => &objects.applications,
            Self::Natively | Self::Unknown => &[],
        }
    }

    /// The first Application of an app.
    fn application(&self, app: &str) -> Option<&Application> {
        let mut all = self.applications().iter();
        all.find(|application| application.app == app)
    }
}

impl Deployment {
    /// Of an app about which errors leave everything open.
    fn unknown() -> Self {
        Self {
            on: None,
            reason: Reason {
                layer: Layer::Default,
                field: None,
                location: None,
            },
            wave: None,
            namespace: None,
        }
    }
}

fn deployment(catalog: &Catalog, app: &App, cluster: &Cluster, made: &Made) -> Deployment {
    match made {
        Made::Natively => by_layers(catalog, app, cluster),
        Made::ByChart(_) => {
            let by_layers = by_layers(catalog, app, cluster);
            of_chart(by_layers, made.application(app.name()))
        }
        Made::Unknown => Deployment::unknown(),
    }
}

/// What the catalog's chart decides. The layers are the reason as far as they say the same.
fn of_chart(by_layers: Deployment, application: Option<&Application>) -> Deployment {
    let on = Some(application.is_some());
    let by_chart = Reason {
        layer: Layer::Chart,
        field: None,
        location: None,
    };
    let is_said = by_layers.on == on;
    Deployment {
        on,
        reason: if is_said { by_layers.reason } else { by_chart },
        wave: application.map_or(by_layers.wave, |application| Some(application.wave)),
        namespace: application.map_or(by_layers.namespace, |application| {
            Some(application.namespace.clone())
        }),
    }
}

/// What the layers of an app decide.
fn by_layers(catalog: &Catalog, app: &App, cluster: &Cluster) -> Deployment {
    let mut unheard = Report::new(&catalog.sources);
    let layered = (!app.is_broken && !cluster.is_broken)
        .then(|| merged(app, &cluster.config, &mut unheard))
        .flatten();
    let Some(layered) = layered else {
        return Deployment::unknown();
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
