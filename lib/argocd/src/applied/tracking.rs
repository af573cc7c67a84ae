//! [`Tracking`]: how Argo CD knows of which Application an object is (`util/argo/resource_tracking.go`).

use homescale_manifest::{Object, is_definition};
use homescale_value::Map;

use super::set::{AppliedError, changed, metadata, set};
use crate::application::Application;

/// The annotation that says of which Application an object is.
pub const TRACKING_ID: &str = "argocd.argoproj.io/tracking-id";

/// The label that says it, unless Argo CD's settings name another.
pub const TRACKING_LABEL: &str = "app.kubernetes.io/instance";

/// How long the value of a label may be.
const LONGEST_LABEL: usize = 63;

/// How Argo CD says of which Application an object is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackingMethod {
    /// By an annotation, which is the default since Argo CD 3.0.
    #[default]
    Annotation,
    /// By a label.
    Label,
    /// By an annotation, and by a label for others.
    AnnotationAndLabel,
}

/// What says of which Application an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracking {
    name: String,
    namespace: String,
    method: TrackingMethod,
    label: String,
}

impl Tracking {
    /// What says that an object is of an Application.
    pub fn of(application: &Application, argocd_namespace: &str, method: TrackingMethod) -> Self {
        Self {
            name: application.instance_name(argocd_namespace),
            namespace: application.destination.namespace.clone(),
            method,
            label: TRACKING_LABEL.to_owned(),
        }
    }

    /// The same, where the label is another one: `application.instanceLabelKey` of Argo CD's settings.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The namespace of the destination.
    pub(super) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The object with what says it. The definitions of custom resources are never tracked.
    ///
    /// # Errors
    /// Its labels or annotations are no map of strings.
    pub fn tracked(&self, object: &Object) -> Result<Object, AppliedError> {
        if is_definition(&object.id) {
            return Ok(object.clone());
        }
        let (value, metadata) = metadata(object);
        self.apply(object, &metadata)
            .map_err(|field| AppliedError {
                id: object.id.clone(),
                field,
            })?;
        Ok(changed(object, value))
    }

    fn apply(&self, object: &Object, metadata: &Map) -> Result<(), &'static str> {
        let annotate = || set(metadata, "annotations", TRACKING_ID, &self.id(object));
        let label = |value: &str| set(metadata, "labels", &self.label, value);
        match self.method {
            TrackingMethod::Annotation => annotate(),
            TrackingMethod::Label => label(&self.name),
            TrackingMethod::AnnotationAndLabel => {
                annotate()?;
                label(short(&self.name))
            }
        }
    }

    fn id(&self, object: &Object) -> String {
        let id = &object.id;
        let own = id.namespace.as_str();
        let namespace = if own.is_empty() { &self.namespace } else { own };
        let (app, group, kind, name) = (&self.name, &id.group, &id.kind, &id.name);
        format!("{app}:{group}/{kind}:{namespace}/{name}")
    }
}

/// A name as the value of a label: not longer than that may be, and with a letter or digit at its end.
fn short(name: &str) -> &str {
    match name.get(..LONGEST_LABEL) {
        Some(start) if start.len() < name.len() => {
            start.trim_end_matches(|c: char| !c.is_ascii_alphanumeric())
        }
        _ => name,
    }
}
