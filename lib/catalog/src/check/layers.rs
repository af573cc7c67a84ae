//! What each layer says by itself.

use std::collections::BTreeSet;

use homescale_located::{Node, Report, Table, did_you_mean, wrong_type};

use crate::check::own_templates::Words;
use crate::check::values;
use crate::fields::Further;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::app_file;
use crate::{fields, rules};

/// Looks at `app.yaml` and its overrides.
pub(super) fn check_apps(catalog: &Catalog, report: &mut Report<'_>) {
    let words = Words::of(catalog);
    let of_tools: BTreeSet<&str> = catalog.further_fields().into_iter().collect();
    let further = |layer| Further {
        of_tools: &of_tools,
        of_templates: words.fields_of(layer).collect(),
    };
    for app in catalog.apps().filter(|app| !app.is_broken) {
        fields::check_layer(report, &app.base, "", &further(&app.base));
        words.check(&app.base, "", report);
        if !app.clusters.is_empty() {
            words.check(&Node::map([("clusters", app.clusters.clone())]), "", report);
        }
        values::check(report, &app.base, "");
        if !app.clusters.is_null() && app.clusters.as_map().is_none() {
            wrong_type(report, &app.clusters, "clusters", "a map of clusters");
        }
        for entry in app.override_entries() {
            let context = format!("clusters.{}.", entry.name());
            fields::check_layer(report, &entry.value, &context, &further(&entry.value));
            values::check(report, &entry.value, &context);
        }
    }
}

/// Looks at `apps` in the values of a cluster.
pub(super) fn check_cluster(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    let words = Words::of(catalog);
    let of_tools: BTreeSet<&str> = catalog.further_fields().into_iter().collect();
    let further = |layer| Further {
        of_tools: &of_tools,
        of_templates: words.fields_of(layer).collect(),
    };
    for entry in cluster.config.apps.as_map().map_or(&[][..], Table::entries) {
        let name = entry.name();
        if catalog.app(&name).is_none() {
            let message = format!("`apps.{name}` is for an app that does not exist");
            let hint = did_you_mean(&name, catalog.apps().map(crate::App::name));
            let hint = hint.unwrap_or_else(|| {
                format!("an app is a directory with the file `{}`", app_file("…"))
            });
            let saying = report.emit(&rules::UNKNOWN_APP, entry.place, message);
            saying.hint(hint);
            continue;
        }
        let context = format!("apps.{name}.");
        words.check(&entry.value, &context, report);
        fields::check_layer(report, &entry.value, &context, &further(&entry.value));
        values::check(report, &entry.value, &context);
    }
}
