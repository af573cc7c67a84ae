//! Which Helm a version of Argo CD bundles.

use std::fmt;

use homescale_chart::HelmVersion;

use crate::version::ArgoCdVersion;

/// Versions of Argo CD with the Helm that they bundle: `hack/tool-versions.sh` of its sources.
static BUNDLED: &[(ArgoCdVersion, HelmVersion)] = &[
    (ArgoCdVersion::new(3, 0), HelmVersion::V3_17),
    (ArgoCdVersion::new(3, 1), HelmVersion::V3_18),
    (ArgoCdVersion::new(3, 2), HelmVersion::V3_18),
    (ArgoCdVersion::new(3, 3), HelmVersion::V3_19),
    (ArgoCdVersion::new(3, 4), HelmVersion::V3_19),
    (ArgoCdVersion::new(3, 5), HelmVersion::V4_2),
    (ArgoCdVersion::new(3, 6), HelmVersion::V4_3),
];

impl From<ArgoCdVersion> for UnknownArgoCd {
    fn from(version: ArgoCdVersion) -> Self {
        Self(version.to_string())
    }
}

/// What was given is no version of Argo CD, or one that is older than all that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownArgoCd(String);

impl fmt::Display for UnknownArgoCd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (version, (oldest, _)) = (&self.0, BUNDLED[0]);
        write!(
            f,
            "`{version}` is not a version of Argo CD from {oldest} on, such as \"3.5\""
        )
    }
}

impl std::error::Error for UnknownArgoCd {}

/// The Helm in a version of Argo CD: `3.5`, `v3.5.2`. A version that is newer than all that are known has the
/// Helm of the newest.
///
/// # Errors
/// It is no version, or older than all that are known.
///
/// ```
/// use homescale_argocd::helm_of_argocd;
///
/// assert_eq!(helm_of_argocd("v3.5.2")?.name(), "4.2");
/// # Ok::<(), homescale_argocd::UnknownArgoCd>(())
/// ```
pub fn helm_of_argocd(version: &str) -> Result<HelmVersion, UnknownArgoCd> {
    let helm = ArgoCdVersion::parse(version).and_then(bundled_helm);
    helm.ok_or_else(|| UnknownArgoCd(version.to_owned()))
}

/// The Helm in a version of Argo CD; `None` for one that is older than all that are known.
pub(crate) fn bundled_helm(argocd: ArgoCdVersion) -> Option<HelmVersion> {
    let mut known = BUNDLED.iter().rev();
    let (_, helm) = known.find(|(version, _)| *version <= argocd)?;
    Some(*helm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_its_helm() {
        for (version, helm) in [
            ("3.0", HelmVersion::V3_17),
            ("v3.2.11", HelmVersion::V3_18),
            ("3.4.13", HelmVersion::V3_19),
            ("3.5", HelmVersion::V4_2),
            ("3.6.1", HelmVersion::V4_3),
            ("3.9", HelmVersion::V4_3),
            ("4.0.0", HelmVersion::V4_3),
        ] {
            assert_eq!(helm_of_argocd(version), Ok(helm), "{version}");
        }
    }

    #[test]
    fn others_are_refused() {
        for version in ["", "2.14", "3", "3.x", "latest", "3.5.1.2", "-3.5"] {
            assert!(helm_of_argocd(version).is_err(), "{version}");
        }
    }
}
