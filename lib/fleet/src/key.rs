//! The key of a render: all that it depends on.

use homescale_argocd::PreparedSource;

use crate::cache::{FORMAT, Hasher, Key};
use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, Found};

impl Fleet<'_> {
    /// The key of a render. `None` where not all that it depends on can be read.
    pub(crate) fn key(&self, found: &Found, prepared: &[PreparedSource<'_>]) -> Option<Key> {
        let cache = self.inputs.cache?;
        let mut hasher = Hasher::new(FORMAT);
        hasher.tell(cache.program.as_bytes());
        hasher.tell(
            self.clusters
                .get(&found.id.instance)
                .argocd
                .to_string()
                .as_bytes(),
        );
        hasher.tell(format!("{:?}", self.options(found)).as_bytes());
        hasher.tell(ARGOCD_NAMESPACE.as_bytes());
        hasher.tell(&self.inputs.hosts.identity().unwrap_or_default());
        hasher.tell(found.id.to_string().as_bytes());
        hasher.tell(found.object.to_json().to_string().as_bytes());
        for source in prepared {
            let kind = source.kind.map_or("", |kind| kind.name());
            hasher.tell(kind.as_bytes());
            self.digests
                .tell(&source.inputs, &self.inputs.checkouts, &mut hasher)?;
        }
        Some(hasher.key())
    }
}
