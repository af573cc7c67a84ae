//! [`HelmSource`]: what `source.helm` of an Application says.

use homescale_located::{
    Data, Diagnostics, Node, Origin, Report, Shape, Sources, check_shape, did_you_mean, read_map,
    rule, wrong_type,
};

use crate::application::{ApplicationError, Field};
use crate::parameters::{FileParameter, Parameter};

/// A field of `source.helm`.
#[derive(Debug)]
#[non_exhaustive]
pub struct HelmField {
    /// Its name.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// What it is, one sentence.
    pub about: &'static str,
    /// What each item holds, where it is a list of maps.
    pub items: &'static [(&'static str, Shape)],
}

const fn field(name: &'static str, shape: Shape, about: &'static str) -> HelmField {
    HelmField {
        name,
        shape,
        about,
        items: &[],
    }
}

impl HelmField {
    const fn of(mut self, items: &'static [(&'static str, Shape)]) -> Self {
        self.items = items;
        self
    }
}

/// The fields of `source.helm`, as Argo CD 3.6 has them.
static FIELDS: &[HelmField] = &[
    field(
        "apiVersions",
        Shape::Texts,
        "API versions that the cluster has, in place of those that Argo CD finds.",
    ),
    field(
        "fileParameters",
        Shape::Maps,
        "Values that are the texts of files.",
    )
    .of(FILE_PARAMETER),
    field(
        "ignoreMissingValueFiles",
        Shape::Boolean,
        "Whether value files may be missing.",
    ),
    field(
        "kubeVersion",
        Shape::Text,
        "The version of Kubernetes, in place of the one that Argo CD finds.",
    ),
    field(
        "namespace",
        Shape::Text,
        "The namespace of the release, in place of that of the destination.",
    ),
    field(
        "parameters",
        Shape::Maps,
        "Values that are set last, as by `--set`.",
    )
    .of(PARAMETER),
    field(
        "passCredentials",
        Shape::Boolean,
        "Whether credentials are passed to all domains.",
    ),
    field("releaseName", Shape::Text, "Helm's release name."),
    field("skipCrds", Shape::Boolean, "Whether `crds/` is left out."),
    field(
        "skipSchemaValidation",
        Shape::Boolean,
        "Whether values are not checked against `values.schema.json`.",
    ),
    field(
        "skipTests",
        Shape::Boolean,
        "Whether test hooks are left out.",
    ),
    field(
        "valueFiles",
        Shape::Texts,
        "Value files, relative to the chart, or with a leading `/` from the root of the repository.",
    ),
    field(
        "values",
        Shape::Text,
        "The values as YAML in a string; not read where there is a `valuesObject`.",
    ),
    field("valuesObject", Shape::Map, "The values."),
    field(
        "version",
        Shape::Text,
        "The major version of Helm; current versions of Argo CD ignore it.",
    ),
];

/// The fields of a parameter, and those of a parameter from a file.
static PARAMETER: &[(&str, Shape)] = &[
    ("forceString", Shape::Boolean),
    ("name", Shape::Text),
    ("value", Shape::Text),
];
static FILE_PARAMETER: &[(&str, Shape)] = &[("name", Shape::Text), ("path", Shape::Text)];

/// What `source.helm` of an Application says about rendering its chart. Empty texts and lists say nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct HelmSource {
    /// Helm's release name.
    pub release_name: String,
    /// The namespace of the release, if it is not that of the destination.
    pub namespace: String,
    /// Value files, weakest first: relative to the chart, or from the root of the repository with a leading `/`.
    pub value_files: Vec<String>,
    /// Whether a value file may be missing.
    pub ignore_missing_value_files: bool,
    /// What Argo CD passes as `--set` and `--set-string`, over everything else.
    pub parameters: Vec<Parameter>,
    /// What Argo CD passes as `--set-file`.
    pub file_parameters: Vec<FileParameter>,
    /// Whether `crds/` is left out.
    pub skip_crds: bool,
    /// Whether test hooks are left out.
    pub skip_tests: bool,
    /// Whether values are not checked against `values.schema.json`.
    pub skip_schema_validation: bool,
    /// The version of Kubernetes, if it is not that of the cluster.
    pub kube_version: String,
    /// The API versions, if they are not those of the cluster.
    pub api_versions: Vec<String>,
    /// The version of Helm. Argo CD has one Helm, and refuses what it cannot mean.
    pub version: String,
    pub(crate) values: Values,
}

/// The values that a source says.
#[derive(Clone, Debug, Default)]
pub(crate) enum Values {
    /// None.
    #[default]
    None,
    /// `valuesObject`.
    Object(Node),
    /// The text `values`.
    Text(String),
}

impl HelmSource {
    /// Reads a YAML text with what `source.helm` would say. `name` is what messages call the text.
    ///
    /// # Errors
    /// It is not YAML, has an unknown field, or a field of the wrong type.
    pub fn parse(text: &[u8], name: &str) -> Result<Self, Diagnostics> {
        let sources = Sources::one(name);
        let mut report = Report::new(&sources);
        let origin = Origin::file(sources.file(name));
        let found = read_map(text, origin, &mut report);
        if let Some(node) = &found {
            Self::check(&mut report, node, "");
            check_values(&mut report, node);
        }
        if report.has_errors() {
            return Err(report.finish());
        }
        Ok(Self::from_node(&found.unwrap_or_default()))
    }

    /// The fields, in byte order of their names.
    pub fn fields() -> &'static [HelmField] {
        FIELDS
    }

    /// Reports fields of a `helm` that are unknown or of the wrong type. `context` stands before their names in messages.
    pub fn check(report: &mut Report<'_>, helm: &Node, context: &str) {
        let fields: Vec<_> = FIELDS.iter().map(|it| (it.name, it.shape)).collect();
        check(report, helm, context, &fields);
        for field in FIELDS.iter().filter(|field| !field.items.is_empty()) {
            let items = helm.get(field.name).and_then(Node::as_list);
            let items = items.unwrap_or_default().iter().enumerate();
            for (index, item) in items.filter(|(_, item)| item.as_map().is_some()) {
                let context = format!("{context}{}[{index}].", field.name);
                check(report, item, &context, field.items);
            }
        }
    }

    /// Takes apart what an object says. Unknown fields are passed over.
    pub(crate) fn of_field(field: &Field) -> Result<Option<Self>, ApplicationError> {
        for known in FIELDS {
            let inner = field.get(known.name)?;
            inner.check(known.shape)?;
            for (name, shape) in known.items {
                let mut items = inner.items()?.into_iter();
                items.try_for_each(|item| item.get(name)?.check(*shape))?;
            }
        }
        Ok(field.map()?.as_ref().map(Self::from_node))
    }

    /// Takes apart what has been checked.
    pub fn from_node(helm: &Node) -> Self {
        let text = |node: &Node| node.as_text().unwrap_or_default().to_owned();
        let field = |name: &str| helm.get(name).map(text).unwrap_or_default();
        let list = |name: &str| helm.get(name).and_then(Node::as_list).unwrap_or_default();
        let flag = |name: &str| is_true(helm.get(name));
        let inner = |node: &Node, name: &str| node.get(name).map(text).unwrap_or_default();
        Self {
            release_name: field("releaseName"),
            namespace: field("namespace"),
            value_files: list("valueFiles").iter().map(text).collect(),
            ignore_missing_value_files: flag("ignoreMissingValueFiles"),
            parameters: (list("parameters").iter())
                .map(|parameter| Parameter {
                    name: inner(parameter, "name"),
                    value: inner(parameter, "value"),
                    force_string: is_true(parameter.get("forceString")),
                })
                .collect(),
            file_parameters: (list("fileParameters").iter())
                .map(|parameter| FileParameter {
                    name: inner(parameter, "name"),
                    path: inner(parameter, "path"),
                })
                .collect(),
            skip_crds: flag("skipCrds"),
            skip_tests: flag("skipTests"),
            skip_schema_validation: flag("skipSchemaValidation"),
            kube_version: field("kubeVersion"),
            api_versions: list("apiVersions").iter().map(text).collect(),
            version: field("version"),
            values: Values::of(helm),
        }
    }
}

impl Values {
    /// The values: `valuesObject`, or else the text `values`. Argo CD writes each into a file for Helm.
    fn of(helm: &Node) -> Self {
        if let Some(object) = helm.get("valuesObject").filter(|node| !node.is_null()) {
            return Self::Object(object.clone());
        }
        match helm.get("values").and_then(Node::as_text) {
            None | Some("") => Self::None,
            Some(text) => Self::Text(text.to_owned()),
        }
    }
}

fn read_values(text: &str, report: &mut Report<'_>) -> Option<Node> {
    let nowhere = Origin::file(Sources::default().file(""));
    read_map(text.as_bytes(), nowhere, report)
}

/// Reports values in a text that are no map.
fn check_values(report: &mut Report<'_>, helm: &Node) {
    let Some(inline) = helm.get("values") else {
        return;
    };
    let sources = Sources::default();
    let mut inner = Report::new(&sources);
    let text = inline.as_text().unwrap_or_default();
    if read_values(text, &mut inner).is_none() {
        let found = inner.finish();
        let first = found.iter().next().map(|found| found.message.clone());
        let message = format!("`values`: {}", first.unwrap_or_default());
        report.emit(&rule::YAML, inline.place, message);
    }
}

fn is_true(node: Option<&Node>) -> bool {
    node.is_some_and(|node| matches!(node.data, Data::Bool(true)))
}

/// Reports fields that are unknown or of the wrong type.
fn check(report: &mut Report<'_>, node: &Node, context: &str, fields: &[(&str, Shape)]) {
    let Some(table) = node.as_map() else {
        return wrong_type(report, node, context.trim_end_matches('.'), "a map");
    };
    for entry in table.entries() {
        let name = entry.name();
        let what = format!("{context}{name}");
        let Some((_, shape)) = fields.iter().find(|(known, _)| *known == name) else {
            let hint = did_you_mean(&name, fields.iter().map(|(known, _)| *known));
            let message = format!("unknown field `{what}`");
            (report.emit(&rule::INVALID_VALUE, entry.place, message)).hint_if(hint);
            continue;
        };
        check_shape(report, *shape, &entry.value, &what);
    }
}
