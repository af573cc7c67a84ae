//! What Helm's command line makes of the arguments of `helm template`, beside the render itself: the rules of its flags, of
//! references to charts, of the kubeconfig, and of plugins that post-render.

mod dry_run;
mod home;
mod kubeconfig;
mod labels;
mod name;
mod plugin;
mod plugin_error;
mod reference;

pub use self::dry_run::{DryRun, DryRunError, check_dry_run};
pub use self::home::Home;
pub use self::kubeconfig::{
    ContextProblem, KubeFlags, Kubeconfig, KubeconfigError, KubeconfigFileError, Machine, namespace,
};
pub use self::labels::{ReservedLabel, check_labels};
pub use self::name::{ArgumentError, Named, name_and_chart};
pub use self::plugin::{PLUGIN_FILE, Plugin, PostRendererPlugin};
pub use self::plugin_error::{InvokeError, OutputError, PluginError};
pub use self::reference::{Reference, ReferenceError, has_repository};
pub use crate::log::debug_line;
