//! What the API server refuses of the objects of a cluster, though it is of the right type.

use homescale_argocd::BuildEnvironment;
use homescale_located::{Entry, Node, Place, Report, Rule};

use crate::evaluate::RenderedApp;
use crate::fields::labels::{self, MOST_ANNOTATIONS};
use crate::fields::names;
use crate::model::cluster::Cluster;
use crate::rules;

/// Looks at the metadata of the Applications and Namespaces, and at the names in them.
pub(super) fn check(built: &[RenderedApp<'_>], cluster: &Cluster, report: &mut Report<'_>) {
    let namespaces = &cluster.config.namespaces;
    let mut all = Metadata { report };
    all.labels(&namespaces.labels, "namespaces.labels", cluster.place);
    all.annotations(
        &namespaces.annotations,
        "namespaces.annotations",
        cluster.place,
    );
    for built in built {
        let (object, place) = (&built.application.object, built.app.place);
        let at = |path: &[&str]| object.at(path).cloned().unwrap_or_default();
        all.labels(&at(&["metadata", "labels"]), "labels", place);
        all.annotations(&at(&["metadata", "annotations"]), "annotations", place);
        let managed = ["spec", "syncPolicy", "managedNamespaceMetadata"];
        let managed = at(&managed);
        let of_managed = |key: &str| managed.get(key).cloned().unwrap_or_default();
        let what = "syncPolicy.managedNamespaceMetadata";
        all.labels(&of_managed("labels"), &format!("{what}.labels"), place);
        let annotations = format!("{what}.annotations");
        all.annotations(&of_managed("annotations"), &annotations, place);
        check_project(&at(&["spec", "project"]), place, all.report);
    }
}

struct Metadata<'r, 's> {
    report: &'r mut Report<'s>,
}

impl Metadata<'_, '_> {
    /// `around` is where to complain about what no file says.
    fn labels(&mut self, labels: &Node, what: &str, around: Place) {
        for entry in entries(labels) {
            let name = entry.name();
            self.key(labels::key(&name), entry, what, around);
            let value = entry.value.as_text().unwrap_or_default();
            // Argo CD replaces its variables first.
            let is_known = !BuildEnvironment::is_in(value);
            if is_known && let Err(complaint) = labels::value(value) {
                let message = format!("the value of the label `{name}` in `{what}` {complaint}");
                let rule = &rules::INVALID_VALUE;
                self.say(rule, entry.value.place, around, message);
            }
        }
    }

    fn annotations(&mut self, annotations: &Node, what: &str, around: Place) {
        let mut size = 0;
        for entry in entries(annotations) {
            // Kubernetes takes capitals in the prefix here.
            self.key(
                labels::key(&entry.name().to_lowercase()),
                entry,
                what,
                around,
            );
            size += entry.key.len() + entry.value.as_text().map_or(0, str::len);
        }
        if size > MOST_ANNOTATIONS {
            let message =
                format!("`{what}` have {size} bytes together; Kubernetes takes {MOST_ANNOTATIONS}");
            self.say(&rules::TOO_LARGE, annotations.place, around, message);
        }
    }

    fn key(
        &mut self,
        checked: Result<(), labels::LabelError>,
        entry: &Entry,
        what: &str,
        around: Place,
    ) {
        if let Err(complaint) = checked {
            let message = format!("the key `{}` in `{what}` {complaint}", entry.name());
            self.say(&rules::INVALID_NAME, entry.place, around, message);
        }
    }

    fn say(&mut self, rule: &Rule, place: Place, around: Place, message: String) {
        let place = if place.is_nowhere() { around } else { place };
        self.report.emit(rule, place, message);
    }
}

fn check_project(project: &Node, around: Place, report: &mut Report<'_>) {
    let name = project.as_text().unwrap_or_default();
    if !name.is_empty()
        && let Err(complaint) = names::object_name(name)
    {
        let place = Some(project.place).filter(|place| !place.is_nowhere());
        let message = format!("the project `{name}` {complaint}");
        report.emit(&rules::INVALID_NAME, place.unwrap_or(around), message);
    }
}

fn entries(map: &Node) -> &[Entry] {
    map.as_map().map_or(&[], |table| table.entries())
}
