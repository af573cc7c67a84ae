//! [`Request`]: what a user asks `helm template` for.

use crate::helm_version::HelmVersion;
use crate::limits::Limits;
use crate::release::Release;
use crate::values::ValueSource;

/// What to render a chart with. The fields are named after Helm's flags.
///
/// ```
/// use homescale_chart::{HelmVersion, Request, ValueSource};
///
/// let request = Request {
///     values: vec![ValueSource::Set("replicas=3".to_owned())],
///     kube_version: Some("1.33".to_owned()),
///     ..Request::default()
/// };
/// assert_eq!(request.release.name, "release-name");
/// assert_eq!(request.helm, HelmVersion::V4_3);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Which Helm to be.
    pub helm: HelmVersion,
    /// What the render is called.
    pub release: Release,
    /// `-f` and the `--set` group.
    pub values: Vec<ValueSource>,
    /// `--kube-version`.
    pub kube_version: Option<String>,
    /// `--api-versions`, which follow those that the Helm knows.
    pub api_versions: Vec<String>,
    /// `--include-crds`.
    pub include_crds: bool,
    /// `--skip-tests`.
    pub skip_tests: bool,
    /// `--no-hooks`.
    pub no_hooks: bool,
    /// `--show-only`: shell patterns of paths in the chart.
    pub show_only: Vec<String>,
    /// `--debug`: more warnings.
    pub debug: bool,
    /// `--skip-schema-validation`.
    pub skip_schema_validation: bool,
    /// `--labels` of the release, `name=value` each: only checked.
    pub labels: Vec<String>,
    /// `--dry-run`, if it was given: only checked.
    pub dry_run: Option<String>,
    /// `--render-subchart-notes`.
    pub subchart_notes: bool,
    /// How much the chart may cause.
    pub limits: Limits,
}
