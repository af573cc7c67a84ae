//! [`Flags`]: what the flags say.

use std::error::Error;

use homescale_chart::command::KubeFlags;

use super::error::FlagError;

/// What the flags say. A flag that was not given is empty, false or `None`.
///
/// A value is text as it was given; whatever it names is looked for when it is used.
#[derive(Debug, Default)]
pub(in crate::commands::template) struct Flags {
    /// What is no flag: `[NAME] CHART`.
    pub(in crate::commands::template) arguments: Vec<String>,
    pub(in crate::commands::template) values: Vec<String>,
    pub(in crate::commands::template) set: Vec<String>,
    pub(in crate::commands::template) set_string: Vec<String>,
    pub(in crate::commands::template) set_json: Vec<String>,
    pub(in crate::commands::template) set_file: Vec<String>,
    pub(in crate::commands::template) set_literal: Vec<String>,
    pub(in crate::commands::template) skip_schema_validation: bool,
    /// `--namespace`, and what concerns the kubeconfig. `Some("")` is not `None`: then the variable does not count either.
    pub(in crate::commands::template) kube: KubeFlags,
    pub(in crate::commands::template) name_template: Option<String>,
    pub(in crate::commands::template) generate_name: bool,
    pub(in crate::commands::template) is_upgrade: bool,
    /// `name=value` each.
    pub(in crate::commands::template) labels: Vec<String>,
    pub(in crate::commands::template) kube_version: Option<String>,
    pub(in crate::commands::template) api_versions: Vec<String>,
    pub(in crate::commands::template) enable_dns: bool,
    pub(in crate::commands::template) dry_run: Option<String>,
    pub(in crate::commands::template) show_only: Vec<String>,
    pub(in crate::commands::template) include_crds: bool,
    pub(in crate::commands::template) skip_tests: bool,
    pub(in crate::commands::template) no_hooks: bool,
    pub(in crate::commands::template) output_dir: Option<String>,
    pub(in crate::commands::template) release_name: bool,
    /// Each is looked for; the last is used.
    pub(in crate::commands::template) post_renderers: Vec<PostRendererFlag>,
    pub(in crate::commands::template) post_renderer_args: Vec<String>,
    /// `None`: what `$HELM_DEBUG` says.
    pub(in crate::commands::template) debug: Option<bool>,
    pub(in crate::commands::template) dependency_update: bool,
    pub(in crate::commands::template) version: Option<String>,
    pub(in crate::commands::template) devel: bool,
    pub(in crate::commands::template) seed_file: Option<String>,
    pub(in crate::commands::template) seed_time: Option<String>,
    pub(in crate::commands::template) report_nondeterminism: bool,
    pub(in crate::commands::template) limit: Option<String>,
    pub(in crate::commands::template) max_memory: Option<String>,
    pub(in crate::commands::template) help: bool,
}

/// A `--post-renderer`.
#[derive(Debug)]
pub(in crate::commands::template) struct PostRendererFlag {
    /// What it names.
    pub(in crate::commands::template) name: String,
    /// How many notices had been given when it was read.
    pub(in crate::commands::template) notices: usize,
}

impl PostRendererFlag {
    /// The error that there is no such post-renderer.
    pub(in crate::commands::template) fn error(
        &self,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> FlagError {
        FlagError::Value {
            value: self.name.clone(),
            name: "post-renderer",
            short: None,
            cause: cause.into(),
        }
    }
}
