//! Apps times clusters: Applications, waves, validation.
//!
//! A repository has a directory `apps/` with one directory an app, and a directory `clusters/` with one directory a cluster. A
//! [`Catalog`] is what the two say together; `docs/catalog.md` has every rule. It is what the Helm template in
//! `apps/templates` makes of them, and beyond that it says what is wrong, why an app is on, and in which order all is synced.
//!
//! ```
//! use homescale_catalog::{Catalog, RenderOptions};
//! use homescale_fileset::FileSet;
//!
//! let mut repository = FileSet::new();
//! repository.insert("apps/web/Chart.yaml", *b"apiVersion: v2\nname: web\nversion: 1.0.0\n")?;
//! repository.insert(
//!     "apps/web/app.yaml",
//!     *b"path: apps/web\nnamspace: web\nnamespace: front\nrepoURL: https://git.example.com/fleet.git\nclusters:\n  east: {deploy: true, syncWave: 3}\n",
//! )?;
//! repository.insert(
//!     "clusters/east/apps.yaml",
//!     *b"
//! apiVersion: argoproj.io/v1alpha1
//! kind: Application
//! metadata: {name: apps, namespace: argocd}
//! spec:
//!   source: {path: apps, helm: {valuesObject: {cluster: {name: east}}}}
//! ",
//! )?;
//!
//! let catalog = Catalog::load(&repository)?;
//! let objects = catalog.render("east", &RenderOptions::default())?;
//! assert_eq!(objects.namespaces[0].name, "front");
//! assert_eq!(objects.applications[0].wave, 3);
//!
//! let status = catalog.status();
//! let web = &status.apps[0].clusters[0];
//! assert_eq!(web.reason.to_string(), "deploy in apps/web/app.yaml:6:18");
//!
//! let found = catalog.lint();
//! let found = found.iter().find(|found| found.rule == "unknown-field").unwrap();
//! assert_eq!(
//!     found.to_string(),
//!     "apps/web/app.yaml:2:1: warning: unknown field `namspace` [unknown-field]\n  hint: did you mean `namespace`?"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The way of a catalog: [`Catalog::load`] reads files with the place of every key and value; the layers of an app are
//! merged without losing a place; templates in fields are evaluated; Applications and Namespaces come out as [`Objects`].
//! Whatever is to be said is a [`Diagnostic`](homescale_located::Diagnostic), under one of the [`RULES`].
//!
//! The post-renderer and the sidecar use [`expand_stream`], and `patch_manifests` of homescale-manifest.

mod check;
mod evaluate;
mod fields;
mod model;
mod present;
mod read;
mod rules;
mod start;

pub use crate::check::silence::{Review, Silenced, Silences};
pub use crate::evaluate::{
    Layer, PluginChart, PluginSource, PluginSourceError, RenderOptions, TEMPLATES,
};
pub use crate::fields::field_template;
pub use crate::model::app::App;
pub use crate::model::catalog::Catalog;
pub use crate::model::cluster::{Bootstrap, Cluster};
pub use crate::model::objects::{Application, Namespace, Objects};
pub use crate::model::renderer::Renderer;
pub use crate::model::selection_error::SelectionError;
pub use crate::present::document::expand_stream;
pub use crate::present::reference::reference;
pub use crate::present::rules::{find_rule, rules_page};
pub use crate::present::schema::{app_schema, catalog_schema, findings_schema};
pub use crate::present::status::{AppStatus, Deployment, Reason, Status};
pub use crate::present::targets::{ClusterTarget, ImageTarget, cluster_targets, image_targets};
pub use crate::present::waves::{AppInWave, Wave, Waves};
pub use crate::rules::{MISSING_FILE, MISSING_PATH, RULES, TOO_LARGE};
pub use crate::start::Start;
