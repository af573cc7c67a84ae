//! Versions and constraints on them, as the semver library of a Helm reads them.

use homescale_functions::semver::{Constraints, Error, Version};

use crate::helm_version::HelmVersion;

/// Whether the text is a version.
pub(crate) fn is_version(text: &str, helm: HelmVersion) -> bool {
    Version::parse(text, helm.functions().semver).is_ok()
}

/// Whether the version satisfies the constraint; if either cannot be read, it does not.
pub(crate) fn satisfies(version: &str, constraint: &str, helm: HelmVersion) -> bool {
    let options = helm.functions().semver;
    match (
        Version::parse(version, options),
        Constraints::parse(constraint, options),
    ) {
        (Ok(version), Ok(constraints)) => constraints.check(&version),
        _ => false,
    }
}

/// The version.
///
/// # Errors
/// It is no version.
pub(crate) fn parse(text: &str, helm: HelmVersion) -> Result<Version, Error> {
    Version::parse(text, helm.functions().semver)
}
