//! The key of a render: all that it depends on.

use homescale_argocd::{PreparedSource, SourceKind};

use crate::cache::{FORMAT, Hasher, Key};
use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, Found};

impl Fleet<'_> {
    /// The key of a render. `None` where not all that it depends on can be read.
    pub(crate) fn key(&self, found: &Found, prepared: &[PreparedSource<'_>]) -> Option<Key> {
        let program = (self.inputs.cache.as_ref()?.program)()?;
        let mut hasher = Hasher::new(FORMAT);
        hasher.tell(&program);
        let argocd = self.clusters.get(&found.id.instance).argocd;
        hasher.tell(argocd.to_string().as_bytes());
        hasher.tell(format!("{:?}", self.options(found)).as_bytes());
        hasher.tell(ARGOCD_NAMESPACE.as_bytes());
        hasher.tell(&self.inputs.hosts.identity());
        hasher.tell(found.id.to_string().as_bytes());
        hasher.tell(found.object.to_json().to_string().as_bytes());
        for source in prepared {
            let kind = source.kind.map_or("", |kind| kind.name());
            hasher.tell(kind.as_bytes());
            if source.kind == Some(SourceKind::Kustomize) {
                hasher.tell(self.inputs.tools.kustomize_identity()?.as_bytes());
            }
            self.digests
                .tell(&source.inputs, &self.inputs.checkouts, &mut hasher)?;
        }
        Some(hasher.key())
    }
}
