//! The objects of an Application as its Argo CD applies them.

use homescale_argocd::{AppliedError, Tracking, TrackingMethod, as_applied};
use homescale_manifest::{Object, Scopes};

use crate::config;
use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, Found};

impl Fleet<'_> {
    /// The objects of an Application as Argo CD applies them: with the namespace of the destination where they say none, and
    /// with what says of which Application they are, in the way that the configuration names. What somebody applies by hand is
    /// not changed.
    ///
    /// # Errors
    /// The labels or annotations of an object are no map of strings.
    pub fn as_applied(
        &self,
        found: &Found,
        objects: Vec<Object>,
    ) -> Result<Vec<Object>, AppliedError> {
        if found.is_root {
            return Ok(objects);
        }
        let config = &self.inputs.config;
        let method = match config.tracking.unwrap_or_default() {
            config::Tracking::Annotation => TrackingMethod::Annotation,
            config::Tracking::Label => TrackingMethod::Label,
            config::Tracking::AnnotationAndLabel => TrackingMethod::AnnotationAndLabel,
        };
        let mut tracking = Tracking::of(&found.application, ARGOCD_NAMESPACE, method);
        if let Some(label) = &config.instance_label_key {
            tracking = tracking.labelled(label);
        }
        let mut scopes = Scopes::default();
        scopes.add(&objects);
        as_applied(&objects, &scopes, &tracking)
    }
}
