//! The levels and modes of pod security, as Kubernetes has them.

/// The levels, and what each is.
pub(crate) const LEVELS: [(&str, &str); 3] = [
    ("privileged", "No restrictions."),
    ("baseline", "No known privilege escalations."),
    ("restricted", "Best practice for pods."),
];

/// A mode, which may also have a `-version`.
pub(crate) struct Mode {
    pub(crate) name: &'static str,
    /// What its level does.
    pub(crate) about: &'static str,
    /// What its version is.
    pub(crate) about_version: &'static str,
}

/// The modes.
pub(crate) const MODES: [Mode; 3] = [
    Mode {
        name: "enforce",
        about: "Pods that violate this level are refused.",
        about_version: "The version of Kubernetes whose rules are enforced: `v1.33`, or `latest`.",
    },
    Mode {
        name: "audit",
        about: "Pods that violate this level are noted in the audit log.",
        about_version: "The version of Kubernetes whose rules are audited.",
    },
    Mode {
        name: "warn",
        about: "Pods that violate this level cause a warning.",
        about_version: "The version of Kubernetes whose rules cause warnings.",
    },
];
