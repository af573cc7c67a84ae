//! [`Applied`]: which objects an Application applies.

use homescale_argocd::Application;
use homescale_manifest::{Object, ObjectId, Scopes};
use homescale_value::Value;

/// The annotations of objects that come and go: Argo CD makes them anew for each sync.
const HOOKS: [&str; 2] = ["argocd.argoproj.io/hook", "helm.sh/hook"];

/// The objects that an Application applies, without their contents.
#[derive(Default)]
pub(super) struct Applied {
    /// Which they are, and whether each is a hook.
    objects: Vec<(ObjectId, bool)>,
    /// What the definitions of custom resources among them say.
    pub(super) scopes: Scopes,
}

impl Applied {
    pub(super) fn of(objects: &[Object]) -> Self {
        let all = objects.iter();
        let mut scopes = Scopes::default();
        scopes.add(objects);
        Self {
            objects: all.map(|it| (it.id.clone(), is_hook(&it.value))).collect(),
            scopes,
        }
    }

    /// The objects with the namespaces that they get, in order.
    pub(super) fn objects(&self, application: &Application, scopes: &Scopes) -> Vec<ObjectId> {
        let all = self.objects.iter().map(|(id, _)| {
            let mut id = id.clone();
            if !scopes.is_namespaced(&id.group, &id.kind) {
                id.namespace.clear();
            } else if id.namespace.is_empty() {
                id.namespace.clone_from(&application.destination.namespace);
            }
            id
        });
        all.collect()
    }

    /// Those of them that stay, and that have a name: what has none gets one that no other object has.
    pub(super) fn kept(&self, objects: &[ObjectId]) -> Vec<ObjectId> {
        let all = objects.iter().zip(&self.objects);
        let kept = all.filter(|(id, (_, is_hook))| !is_hook && !id.name.is_empty());
        kept.map(|(id, _)| id.clone()).collect()
    }
}

fn is_hook(object: &Value) -> bool {
    let annotations = || object.as_map()?.get_map("metadata")?.get_map("annotations");
    annotations().is_some_and(|all| HOOKS.iter().any(|hook| all.get(hook).is_some()))
}
