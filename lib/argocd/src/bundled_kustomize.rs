//! Which Kustomize a version of Argo CD bundles.

use crate::version::ArgoCdVersion;

/// Versions of Argo CD with the Kustomize that their last patch releases bundle: `hack/tool-versions.sh` of its sources.
static BUNDLED: &[(ArgoCdVersion, &str)] = &[
    (ArgoCdVersion::new(3, 0), "5.6.0"),
    (ArgoCdVersion::new(3, 1), "5.7.0"),
    (ArgoCdVersion::new(3, 3), "5.8.1"),
    (ArgoCdVersion::new(3, 6), "5.8.3"),
];

/// The version of the Kustomize in an Argo CD. One that is newer than all that are known has that of the newest, one that is
/// older that of the oldest.
///
/// ```
/// use homescale_argocd::{ArgoCdVersion, kustomize_of_argocd};
///
/// assert_eq!(kustomize_of_argocd(ArgoCdVersion::new(3, 5)), "5.8.1");
/// ```
pub fn kustomize_of_argocd(argocd: ArgoCdVersion) -> &'static str {
    let mut known = BUNDLED.iter().rev();
    let found = known.find(|(version, _)| *version <= argocd);
    found.map_or(BUNDLED[0].1, |(_, kustomize)| kustomize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_its_kustomize() {
        for (argocd, kustomize) in [
            ((2, 14), "5.6.0"),
            ((3, 0), "5.6.0"),
            ((3, 2), "5.7.0"),
            ((3, 3), "5.8.1"),
            ((3, 4), "5.8.1"),
            ((3, 5), "5.8.1"),
            ((3, 6), "5.8.3"),
            ((4, 0), "5.8.3"),
        ] {
            let argocd = ArgoCdVersion::new(argocd.0, argocd.1);
            assert_eq!(kustomize_of_argocd(argocd), kustomize, "{argocd}");
        }
    }
}
