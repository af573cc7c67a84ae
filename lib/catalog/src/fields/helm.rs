//! The field `helm` of an app, and `source.helm` that is made of it.

use homescale_argocd::HelmSource;
use homescale_located::{Data, Node, Place, Report, Table, merge};

use crate::rules;

/// Fields of `source.helm` that an app has fields of its own for.
pub(crate) const OWN_FIELDS: &[(&str, &str)] = &[
    ("releaseName", "releaseName"),
    ("valueFiles", "valueFiles"),
    ("values", "values"),
    ("valuesObject", "values"),
];

/// Reports what is wrong with the field `helm` of an app.
pub(crate) fn check_field(report: &mut Report<'_>, helm: &Node, what: &str) {
    for (taken, own) in OWN_FIELDS {
        if let Some(entry) = helm.as_map().and_then(|table| table.entry(taken)) {
            let message = format!("`{what}.{taken}` cannot be set here");
            let saying = report.emit(&rules::INVALID_VALUE, entry.place, message);
            saying.hint(format!("an app has the field `{own}` for it"));
        }
    }
    HelmSource::check(report, helm, &format!("{what}."));
}

/// `source.helm` of an app: its `helm`, and over it what it has fields of its own for.
pub(crate) fn node_of_app(fields: &Node, own: Vec<(&str, Option<Node>)>) -> Node {
    let base = fields.get("helm").filter(|helm| !helm.is_empty());
    let empty = Node::new(Data::Map(Table::default()));
    let own = own
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    let mut own = Node::map(own);
    own.place = Place::NOWHERE;
    merge::overwrite(&base.unwrap_or(&empty).without_nulls(), &own)
}
