//! Helm charts and Argo CD catalogs, rendered in-process: the crate for Rust programs.
//!
//! A chart is loaded from a directory or an archive, and rendered byte for byte as `helm template` does it, without Helm:
//!
//! ```
//! # use std::fs;
//! # let chart = tempfile::tempdir()?;
//! # let path = chart.path();
//! # fs::create_dir(path.join("templates"))?;
//! # fs::write(path.join("Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n")?;
//! # fs::write(path.join("templates/app.yaml"), "kind: App\nreplicas: {{ .Values.replicas }}\n")?;
//! use homescale::{Chart, Request, ValueSource};
//!
//! let chart = Chart::open(path)?;
//! let request = Request {
//!     values: vec![ValueSource::Set("replicas=3".to_owned())],
//!     ..Request::default()
//! };
//! let rendered = chart.render(&request)?;
//! print!("{}", String::from_utf8_lossy(&rendered.text()));
//! # assert_eq!(rendered.text(), b"---\n# Source: web/templates/app.yaml\nkind: App\nreplicas: 3\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A catalog, apps and clusters in one repository, is read the same way: [`Catalog::open`]. It says which Applications Argo CD
//! gets, why an app is on, and what is wrong, with file and line.
//!
//! # What is here
//! This crate adds the disk and the machine to pure crates, and shows what of them a program needs first: [`Chart`],
//! [`Catalog`], [`SystemHost`], and [`disk`], which reads files into a [`FileSet`]. All else is in those crates, which are
//! re-exported whole: [`chart`] for values, capabilities, limits and the versions of Helm; [`catalog`], [`argocd`],
//! [`fleet`], [`located`] and [`manifest`] for Argo CD; [`functions`], [`template`], [`yaml`], [`value`], [`fileset`] and [`go`] below
//! them.
//!
//! A render that must not depend on the machine gets another host than [`SystemHost`]: `FixedHost` of [`functions`], or a
//! `SeededHost`. Nothing else than the host reaches a render from outside.
//!
//! # Threads and stack
//! Charts and catalogs are immutable, and shared between threads. Templates recurse: [`Chart::render`] gives them a thread with
//! the stack that Helm's limits need. [`Chart::render_through`] uses the caller's, which [`template::with_stack`] makes.

mod catalog_on_disk;
mod chart_directory;
mod chart_error;
mod chart_on_disk;
mod checkout;
pub mod disk;
mod disk_error;
mod file;
mod host;
mod lazy_files;
mod root;

pub use homescale_argocd as argocd;
pub use homescale_catalog as catalog;
pub use homescale_chart as chart;
pub use homescale_fileset as fileset;
pub use homescale_fleet as fleet;
pub use homescale_functions as functions;
pub use homescale_go as go;
pub use homescale_located as located;
pub use homescale_manifest as manifest;
pub use homescale_template as template;
pub use homescale_value as value;
pub use homescale_yaml as yaml;

pub use homescale_catalog::RenderOptions;
pub use homescale_chart::{HelmVersion, Release, Rendered, Request, ValueSource};
pub use homescale_fileset::FileSet;

pub use crate::catalog_on_disk::{Catalog, CatalogError};
pub use crate::chart_error::{ChartError, SystemError};
pub use crate::chart_on_disk::Chart;
pub use crate::checkout::checkout;
pub use crate::disk_error::{DiskError, Problem};
pub use crate::host::SystemHost;
pub use crate::root::Root;
