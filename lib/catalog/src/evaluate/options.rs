//! [`RenderOptions`]: what to render of a cluster, and how.

use std::collections::BTreeSet;

use crate::model::app::App;
use crate::model::renderer::Renderer;

/// What to render of a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderOptions {
    /// Only these apps and their namespaces; all when empty. What is wrong with the others is then not said.
    pub apps: BTreeSet<String>,
    /// How many threads to use, this one included; 0 is 1. The result does not depend on it. Several clusters are better
    /// rendered side by side, with one thread each.
    pub threads: usize,
    /// By what the objects are made, where it is not to be [`Catalog::renderer`](crate::Catalog::renderer).
    pub renderer: Option<Renderer>,
}

impl RenderOptions {
    /// Only this app, and its namespace.
    pub fn of_app(app: &str) -> Self {
        Self {
            apps: [app.to_owned()].into(),
            ..Self::default()
        }
    }

    pub(crate) fn wants(&self, app: &App) -> bool {
        self.wants_name(app.name())
    }

    pub(crate) fn wants_name(&self, app: &str) -> bool {
        self.apps.is_empty() || self.apps.contains(app)
    }
}
