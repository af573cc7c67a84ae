//! Objects as Argo CD applies them.

mod namespace;
mod set;
mod tracking;

use homescale_manifest::{Object, Scopes};

pub use self::set::AppliedError;
pub use self::tracking::{TRACKING_ID, TRACKING_LABEL, Tracking, TrackingMethod};

/// Objects as Argo CD applies them: with a namespace where they have one, and with what says which Application they are of
/// (`controller/state.go`, `NormalizeTargetObjects`). What is not changed keeps its text.
///
/// ```
/// use homescale_argocd::{Application, Tracking, TrackingMethod, as_applied};
/// use homescale_manifest::{Scopes, objects};
///
/// let object = homescale_yaml::from_slice(b"metadata: {name: web}\nspec: {destination: {namespace: shop}}\n")?;
/// let application = Application::read(&object)?;
/// let tracking = Tracking::of(&application, "argocd", TrackingMethod::Annotation);
/// let rendered = objects(b"apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n").map_err(|found| found.to_string())?;
/// let applied = as_applied(&rendered, &Scopes::default(), &tracking)?;
/// let text = String::from_utf8_lossy(&applied[0].text);
/// assert!(text.contains("    argocd.argoproj.io/tracking-id: web:/Secret:shop/a\n"), "{text}");
/// assert!(text.ends_with("  name: a\n  namespace: shop\n"), "{text}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The labels or annotations of an object are no map of strings.
pub fn as_applied(
    objects: &[Object],
    scopes: &Scopes,
    tracking: &Tracking,
) -> Result<Vec<Object>, AppliedError> {
    let objects = objects.iter().map(|object| {
        let placed = namespace::placed(object, scopes, tracking.namespace());
        tracking.tracked(&placed)
    });
    objects.collect()
}
