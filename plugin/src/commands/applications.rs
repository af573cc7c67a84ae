//! How Applications are shown where something is about several.

use homescale_fleet::ApplicationId;
use serde::Serialize;

/// How many names a cell of a table has.
const SHOWN: usize = 3;

/// An Application as data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct ApplicationData<'f> {
    cluster: &'f str,
    application: &'f str,
    namespace: &'f str,
    argocd: &'f str,
}

impl<'f> ApplicationData<'f> {
    /// The Application of this identity, which goes to a cluster.
    pub(super) fn new(cluster: &'f str, id: &'f ApplicationId) -> Self {
        Self {
            cluster,
            application: &id.name,
            namespace: &id.namespace,
            argocd: &id.instance,
        }
    }

    /// What it is called where there is little room: `east/web`.
    pub(super) fn short(&self) -> String {
        format!("{}/{}", self.cluster, self.application)
    }
}

/// Applications in a cell of a table: the first few of them, each once, and how many more there are.
pub(super) fn cell<'f>(applications: impl IntoIterator<Item = ApplicationData<'f>>) -> String {
    let mut all: Vec<ApplicationData<'_>> = applications.into_iter().collect();
    all.sort();
    all.dedup();
    let names: Vec<String> = all.iter().map(ApplicationData::short).collect();
    few(&names)
}

/// The first few names in a cell of a table, and how many more there are.
pub(super) fn few(names: &[impl AsRef<str>]) -> String {
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    let shown = shown.join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
