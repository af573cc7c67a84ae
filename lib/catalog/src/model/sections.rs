//! [`SECTIONS`]: the table of the catalog's values, from which the checks, the JSON Schema and the reference are made.

use homescale_located::{Node, Place, Report, Shape};

use crate::fields::{Content, Field, check_field};
use crate::rules;

/// A section of the values, and what may be in it.
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) values: &'static [Field],
}

/// The sections, in the order of the documentation.
pub(crate) static SECTIONS: [Section; 5] = [
    Section {
        name: "application",
        values: &[
            Field::new("namespace", Content::Plain(Shape::Text))
                .about("Where Application objects live.")
                .becomes("metadata.namespace")
                .required(),
            Field::new("namePrefix", Content::Plain(Shape::Text))
                .about("What stands before the name of every Application.")
                .becomes("metadata.name"),
            Field::new("finalizers", Content::Plain(Shape::Texts))
                .about("What Argo CD does before an Application goes.")
                .becomes("metadata.finalizers"),
            Field::new("annotations", Content::Plain(Shape::TextMap))
                .about("Annotations of every Application, under the app's own.")
                .becomes("metadata.annotations"),
            Field::new("labels", Content::Plain(Shape::TextMap))
                .about("Labels of every Application.")
                .becomes("metadata.labels"),
        ],
    },
    Section {
        name: "defaults",
        values: &[
            Field::new("repoURL", Content::Plain(Shape::Text))
                .about("The repository of the apps.")
                .becomes("spec.source.repoURL"),
            Field::new("targetRevision", Content::Plain(Shape::Text))
                .about("Branch, tag or commit.")
                .becomes("spec.source.targetRevision"),
            Field::new("project", Content::Plain(Shape::Text))
                .about("The Argo CD project.")
                .becomes("spec.project"),
            Field::new("destination", Content::Destination)
                .about("The cluster to deploy to. Namespaces are made for apps that deploy there.")
                .becomes("spec.destination"),
            Field::new("syncPolicy", Content::Plain(Shape::Map))
                .about("Argo CD's sync policy, over which that of an app is merged.")
                .becomes("spec.syncPolicy"),
            Field::new("syncOptions", Content::Plain(Shape::Texts))
                .about("Sync options, to which those of an app are added.")
                .becomes("spec.syncPolicy.syncOptions"),
        ],
    },
    Section {
        name: "namespaces",
        values: &[
            Field::new("system", Content::Plain(Shape::Texts))
                .about("Namespaces that exist anyway, and get no object."),
            Field::new("syncWave", Content::Plain(Shape::Integer))
                .about("The sync wave of the Namespaces.")
                .becomes_in_namespace("metadata.annotations[argocd.argoproj.io/sync-wave]")
                .required(),
            Field::new("annotations", Content::Plain(Shape::TextMap))
                .about("Annotations of every Namespace.")
                .becomes_in_namespace("metadata.annotations"),
            Field::new("labels", Content::Plain(Shape::TextMap))
                .about("Labels of every Namespace.")
                .becomes_in_namespace("metadata.labels"),
        ],
    },
    Section {
        name: "argocd",
        values: &[
            Field::new("version", Content::Plain(Shape::Text))
                .about("The version of Argo CD, `3.5`, which says which Helm the sidecar is.")
                .becomes("spec.source.plugin.parameters[argocd-version]")
                .default("the newest"),
            Field::new("plugin", Content::Plain(Shape::Text))
                .about("What the sidecar is called there.")
                .becomes("spec.source.plugin.name"),
        ],
    },
    Section {
        name: "lint",
        values: &[Field::new("allow", Content::Plain(Shape::Maps)).about(
            "Findings of `lint` that may be so: each has the name of a `rule`, a `reason`, and perhaps `files`, a pattern for the paths of files. It counts in `apps/values.yaml`.",
        )],
    },
];

impl Section {
    /// Whether the catalog can do without it: it has no required value.
    fn is_optional(&self) -> bool {
        !self.values.iter().any(Field::is_required)
    }

    /// Reports what is wrong with the section; `place` is where to complain that it is missing.
    pub(crate) fn check(&self, values: &Node, place: Place, report: &mut Report<'_>) {
        let section = values.get(self.name);
        if self.is_optional() && section.is_none_or(Node::is_null) {
            return;
        }
        let Some(table) = section.and_then(Node::as_map) else {
            let place = section.map_or(place, |section| section.place);
            let found = section.map_or("missing", |section| section.data.type_name());
            let message = format!(
                "`{}` in the catalog's values is {found}; it must be a map",
                self.name
            );
            report.emit(&rules::CATALOG_VALUES, place, message);
            return;
        };
        let context = format!("{}.", self.name);
        for field in self.values {
            let value = table.get(field.name);
            let is_missing = value.is_none_or(Node::is_empty) && field.is_required();
            match value {
                Some(value) if !value.is_null() && (!is_missing || value.as_text().is_none()) => {
                    check_field(report, field, value, &context);
                }
                _ if !is_missing => {}
                _ => {
                    let place = value.or(section).map_or(place, |value| value.place);
                    let name = field.name;
                    let message = format!("`{context}{name}` in the catalog's values is required");
                    report.emit(&rules::CATALOG_VALUES, place, message);
                }
            }
        }
    }
}
