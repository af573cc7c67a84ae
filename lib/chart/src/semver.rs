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

/// The version in its full form, its major and its minor number.
///
/// # Errors
/// The library's text: it is no version.
pub(crate) fn parts(text: &str, helm: HelmVersion) -> Result<(String, u64, u64), Error> {
    let version = Version::parse(text, helm.functions().semver)?.to_string();
    let mut numbers = version
        .split(['.', '-', '+'])
        .map(|part| part.parse().unwrap_or_default());
    let major = numbers.next().unwrap_or_default();
    let minor = numbers.next().unwrap_or_default();
    drop(numbers);
    Ok((version, major, minor))
}
