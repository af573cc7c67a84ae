//! A Helm chart in memory: load, merge values, render, order.
//!
//! ```
//! use std::rc::Rc;
//!
//! use homescale_chart::{Chart, Request, ValueSource, render};
//! use homescale_fileset::FileSet;
//! use homescale_functions::FixedHost;
//!
//! let mut files = FileSet::new();
//! files.insert("Chart.yaml", *b"apiVersion: v2\nname: web\nversion: 1.0.0\n")?;
//! files.insert("values.yaml", *b"replicas: 1\n")?;
//! files.insert("templates/app.yaml", *b"kind: App\nreplicas: {{ .Values.replicas }}\n")?;
//!
//! let chart = Chart::load(&files)?;
//! let request = Request {
//!     values: vec![ValueSource::Set("replicas=3".to_owned())],
//!     ..Request::default()
//! };
//! let rendered = render(&chart, &request, Rc::new(FixedHost::default()))?;
//! assert_eq!(rendered.manifests[0].kind, "App");
//! assert_eq!(rendered.text(), b"---\n# Source: web/templates/app.yaml\nkind: App\nreplicas: 3\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The way of a chart: [`Chart::load`] sorts its files and reads Chart.yaml and values.yaml; [`render`] merges values,
//! resolves dependencies, executes templates, splits and orders what they give; [`Rendered::text`] prints it.
//! Which Helm all this imitates is the [`HelmVersion`] of the [`Request`].
//!
//! A chart is somebody else's code: [`Limits`] in the request bound what it may cause.

mod archive;
mod build;
mod capabilities;
mod chart;
mod check_values;
mod coalesce;
pub mod command;
mod dependencies;
mod engine_error;
mod error;
mod evaluate;
mod files;
mod go_json;
mod helm_version;
mod limits;
mod load;
mod loaded;
mod log;
mod lookup;
mod manifest;
mod metadata;
mod name_template;
mod objects;
mod output;
mod post_render;
mod prefetch;
mod release;
mod render;
mod request;
mod resolved;
mod semver;
mod set;
mod values;
mod values_error;
mod version3;

pub use crate::build::{BuildError, local_dependencies};
pub use crate::capabilities::{KubeVersion, default_api_versions};
pub use crate::chart::{Chart, ChartDependency, MissingDependency};
pub use crate::error::{Error, ErrorKind, Place};
pub use crate::evaluate::Evaluator;
pub use crate::helm_version::{Choice, CommandLine, HelmVersion, UnknownVersion};
pub use crate::limits::{LimitError, Limits, MAX_PARSED};
pub use crate::load::is_read_to_load;
pub use crate::manifest::{Event, Manifest, Text};
pub use crate::name_template::name_from_template;
pub use crate::output::{CrdFile, Rendered};
pub use crate::post_render::PostRenderer;
pub use crate::release::{DEFAULT_NAME, Release};
pub use crate::render::{render, render_through};
pub use crate::request::Request;
pub use crate::values::{Plain, ValueSource, merge_values, set_file_paths};
