//! The parameters that the plugin has.

/// A parameter that the plugin knows.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// What Argo CD's pages call it.
    pub(crate) title: &'static str,
    /// What it is for.
    pub(crate) tooltip: &'static str,
    /// Whether it is a map of strings; others are strings.
    pub(crate) is_map: bool,
}

/// Every parameter. A string may also be given in the plugin's `env`, as `ALLOW_EMPTY` for `allow-empty`.
pub(crate) static KNOWN: &[Known] = &[
    known(
        "cluster",
        "Cluster",
        "The directory of the cluster below clusters/.",
    ),
    known(
        "helm",
        "Helm source",
        "What source.helm of an Application would say, as YAML. With it, nothing of the catalog is read.",
    ),
    known(
        "patches",
        "Patches",
        "The patches of the rendered manifests, as YAML.",
    ),
    Known {
        name: "parameters",
        title: "Values",
        tooltip: "Values of the chart that are set last, as by --set.",
        is_map: true,
    },
    known(
        "argocd-version",
        "Argo CD version",
        "The version of Argo CD whose Helm the chart is rendered as.",
    ),
    known(
        "helm-version",
        "Helm version",
        "The version of Helm that the chart is rendered as, whatever Argo CD has.",
    ),
    known(
        "allow-empty",
        "Allow empty",
        "Whether no manifests at all are a result: true or false.",
    ),
];

const fn known(name: &'static str, title: &'static str, tooltip: &'static str) -> Known {
    Known {
        name,
        title,
        tooltip,
        is_map: false,
    }
}
