//! What the version of Argo CD that reads the Applications does not know yet, or not at all.

use homescale_argocd::ArgoCdVersion;
use homescale_located::{Node, Report};

use crate::check::options;
use crate::evaluate::RenderedApp;
use crate::fields::known::{self, HANDED_ON, HYDRATOR_SINCE, Holds};
use crate::model::cluster::Cluster;
use crate::rules;

/// Looks at the apps of a cluster, and at the defaults that it gives them.
pub(super) fn check(built: &[RenderedApp<'_>], cluster: &Cluster, report: &mut Report<'_>) {
    let version = ArgoCdVersion::parse(&cluster.config.argocd.version);
    check_defaults(cluster, version, report);
    for built in built {
        check_options(&built.fields, version, report);
        if let Some(version) = version {
            check_version(&built.fields, version, report);
        }
    }
}

fn check_defaults(cluster: &Cluster, version: Option<ArgoCdVersion>, report: &mut Report<'_>) {
    let defaults = &cluster.config.defaults;
    let policy = &defaults.sync_policy;
    known::check_field(report, "syncPolicy", policy, "defaults.");
    if let Some(version) = version {
        check_field(report, "syncPolicy", policy, version, "defaults.");
    }
    let of_policy = policy.get("syncOptions").cloned().unwrap_or_default();
    for (list, what) in [
        (&defaults.sync_options, "defaults.syncOptions"),
        (&of_policy, "defaults.syncPolicy.syncOptions"),
    ] {
        options::check(list, version, what, report);
    }
}

fn check_options(fields: &Node, version: Option<ArgoCdVersion>, report: &mut Report<'_>) {
    for path in [&["syncOptions"][..], &["syncPolicy", "syncOptions"]] {
        if let Some(list) = fields.at(path) {
            options::check(list, version, &path.join("."), report);
        }
    }
}

fn check_version(fields: &Node, version: ArgoCdVersion, report: &mut Report<'_>) {
    for field in HANDED_ON {
        if let Some(value) = fields.get(field.name) {
            check_field(report, field.name, value, version, "");
        }
    }
    let hydrator = fields.get("sourceHydrator").filter(|it| !it.is_empty());
    if let Some(hydrator) = hydrator.filter(|_| version < HYDRATOR_SINCE) {
        let message = format!(
            "`sourceHydrator` is not for Argo CD {version}: before {HYDRATOR_SINCE} it hydrates a chart without its values"
        );
        let saying = report.emit(&rules::ARGOCD_VERSION, hydrator.place, message);
        saying.hint(UPGRADE);
    }
}

const UPGRADE: &str =
    "set `argocd.version` in the catalog's values to the version that runs, or remove the field";

fn check_field(
    report: &mut Report<'_>,
    name: &str,
    value: &Node,
    version: ArgoCdVersion,
    context: &str,
) {
    let Some(Holds::Map(known) | Holds::Maps(known)) = known::holds(name) else {
        return;
    };
    let items = value.as_list().unwrap_or(std::slice::from_ref(value));
    for item in items {
        let what = format!("{context}{name}");
        known::too_new(item, known, version, &what, &mut |entry, what, since| {
            let message = format!("Argo CD {version} does not know `{what}`, which {since} has");
            let saying = report.emit(&rules::ARGOCD_VERSION, entry.place, message);
            saying.hint(UPGRADE);
        });
    }
}
