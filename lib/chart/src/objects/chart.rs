//! `.Chart`: a map in Helm 4, a Go struct in Helm 3.

use std::any::Any;

use homescale_value::{List, ListType, Map, MapType, Object, Value, object};

use crate::helm_version::HelmVersion;
use crate::metadata::{Maintainer, Metadata};
use crate::resolved::{Declared, ResolvedChart};

/// `.Chart`.
pub(super) fn value(chart: &ResolvedChart, is_root: bool, helm: HelmVersion) -> Value {
    if helm.row().major.chart_is_map {
        return Value::Map(as_map(chart, is_root));
    }
    object(ChartStruct {
        fields: Fields::of(chart),
        is_root,
    })
}

/// Helm 4: every field by its Go name, lists never nil.
fn as_map(chart: &ResolvedChart, is_root: bool) -> Map {
    let metadata = &chart.node.metadata;
    let texts = |list: &Option<Vec<String>>| {
        let items = list.iter().flatten().map(|text| Value::from(text.as_str()));
        Value::from(items.collect::<Vec<_>>())
    };
    let maintainers = metadata.maintainers.iter().flatten();
    let maintainers = maintainers.map(|maintainer| {
        Value::Map(Map::from_iter([
            ("Name", Value::from(maintainer.name.as_str())),
            ("Email", Value::from(maintainer.email.as_str())),
            ("URL", Value::from(maintainer.url.as_str())),
        ]))
    });
    let dependencies = chart.declared.iter().flatten().map(dependency_map);
    Map::from_iter([
        ("APIVersion", Value::from(metadata.api_version.as_str())),
        ("Annotations", annotations(metadata)),
        ("AppVersion", Value::from(metadata.app_version.as_str())),
        ("Condition", Value::from(metadata.condition.as_str())),
        (
            "Dependencies",
            Value::from(dependencies.collect::<Vec<_>>()),
        ),
        ("Deprecated", Value::Bool(metadata.deprecated)),
        ("Description", Value::from(metadata.description.as_str())),
        ("Home", Value::from(metadata.home.as_str())),
        ("Icon", Value::from(metadata.icon.as_str())),
        ("IsRoot", Value::Bool(is_root)),
        ("Keywords", texts(&metadata.keywords)),
        ("KubeVersion", Value::from(metadata.kube_version.as_str())),
        ("Maintainers", Value::from(maintainers.collect::<Vec<_>>())),
        ("Name", Value::from(chart.name.as_str())),
        ("Sources", texts(&metadata.sources)),
        ("Tags", Value::from(metadata.tags.as_str())),
        ("Type", Value::from(metadata.kind.as_str())),
        ("Version", Value::from(metadata.version.as_str())),
    ])
}

fn dependency_map(declared: &Declared) -> Value {
    let dependency = &declared.dependency;
    let tags = dependency.tags.iter().map(|tag| Value::from(tag.as_str()));
    Value::Map(Map::from_iter([
        ("Name", Value::from(declared.name.as_str())),
        ("Version", Value::from(dependency.version.as_str())),
        ("Repository", Value::from(dependency.repository.as_str())),
        ("Condition", Value::from(dependency.condition.as_str())),
        ("Tags", Value::from(tags.collect::<Vec<_>>())),
        ("Enabled", Value::Bool(declared.enabled)),
        ("ImportValues", Value::from(declared.import_values.clone())),
        ("Alias", Value::from(dependency.alias.as_str())),
    ]))
}

fn annotations(metadata: &Metadata) -> Value {
    let Some(annotations) = &metadata.annotations else {
        return Value::Map(Map::nil(&MapType::STRINGS));
    };
    let pairs = annotations.iter();
    let pairs = pairs.map(|(key, text)| (key.as_str().into(), Value::from(text.as_str())));
    Value::Map(Map::typed(&MapType::STRINGS, pairs.collect()))
}

/// Helm 3: Go's `struct { chart.Metadata; IsRoot bool }`.
#[derive(Debug)]
struct ChartStruct {
    fields: Fields,
    is_root: bool,
}

/// The fields of a Go struct, in its order: name, name in JSON, value.
#[derive(Clone, Debug)]
struct Fields {
    type_name: &'static str,
    fields: Vec<(&'static str, &'static str, Value)>,
}

impl Fields {
    /// Go's `chart.Metadata`.
    fn of(chart: &ResolvedChart) -> Self {
        let metadata = &chart.node.metadata;
        let text = |text: &str| Value::from(text);
        let texts = |list: &Option<Vec<String>>| match list {
            Some(list) => Value::List(List::strings(list.iter().map(String::as_str))),
            None => Value::List(List::nil(&ListType::STRINGS)),
        };
        let maintainers = metadata.maintainers.as_ref().map(|list| {
            let list = list.iter().map(Self::of_maintainer);
            list.map(object).collect()
        });
        let dependencies = chart.declared.as_ref().map(|list| {
            let list = list.iter().map(Self::of_dependency);
            list.map(object).collect()
        });
        Self {
            type_name: "chart.Metadata",
            fields: vec![
                ("Name", "name", text(&chart.name)),
                ("Home", "home", text(&metadata.home)),
                ("Sources", "sources", texts(&metadata.sources)),
                ("Version", "version", text(&metadata.version)),
                ("Description", "description", text(&metadata.description)),
                ("Keywords", "keywords", texts(&metadata.keywords)),
                (
                    "Maintainers",
                    "maintainers",
                    list_of(&MAINTAINERS, maintainers),
                ),
                ("Icon", "icon", text(&metadata.icon)),
                ("APIVersion", "apiVersion", text(&metadata.api_version)),
                ("Condition", "condition", text(&metadata.condition)),
                ("Tags", "tags", text(&metadata.tags)),
                ("AppVersion", "appVersion", text(&metadata.app_version)),
                ("Deprecated", "deprecated", Value::Bool(metadata.deprecated)),
                ("Annotations", "annotations", annotations(metadata)),
                ("KubeVersion", "kubeVersion", text(&metadata.kube_version)),
                (
                    "Dependencies",
                    "dependencies",
                    list_of(&DEPENDENCIES, dependencies),
                ),
                ("Type", "type", text(&metadata.kind)),
            ],
        }
    }

    fn of_maintainer(maintainer: &Maintainer) -> Self {
        Self {
            type_name: "*chart.Maintainer",
            fields: vec![
                ("Name", "name", Value::from(maintainer.name.as_str())),
                ("Email", "email", Value::from(maintainer.email.as_str())),
                ("URL", "url", Value::from(maintainer.url.as_str())),
            ],
        }
    }

    fn of_dependency(declared: &Declared) -> Self {
        let dependency = &declared.dependency;
        let tags = dependency.tags.iter().map(String::as_str);
        Self {
            type_name: "*chart.Dependency",
            fields: vec![
                ("Name", "name", Value::from(declared.name.as_str())),
                (
                    "Version",
                    "version",
                    Value::from(dependency.version.as_str()),
                ),
                (
                    "Repository",
                    "repository",
                    Value::from(dependency.repository.as_str()),
                ),
                (
                    "Condition",
                    "condition",
                    Value::from(dependency.condition.as_str()),
                ),
                ("Tags", "tags", Value::List(List::strings(tags))),
                ("Enabled", "enabled", Value::Bool(declared.enabled)),
                (
                    "ImportValues",
                    "import-values",
                    Value::from(declared.import_values.clone()),
                ),
                ("Alias", "alias", Value::from(dependency.alias.as_str())),
            ],
        }
    }

    /// What JSON shows: the fields that are not empty. A dependency's name and repository are there in any case.
    fn shown(&self) -> Vec<(&'static str, Value)> {
        let fields = self.fields.iter().filter(|(_, name, value)| {
            let always =
                self.type_name == "*chart.Dependency" && matches!(*name, "name" | "repository");
            value.is_true() || always
        });
        fields
            .map(|(_, name, value)| (*name, value.clone()))
            .collect()
    }
}

static MAINTAINERS: ListType = ListType::plain(
    "[]*chart.Maintainer",
    homescale_value::Type::Pointer("*chart.Maintainer"),
);
static DEPENDENCIES: ListType = ListType::plain(
    "[]*chart.Dependency",
    homescale_value::Type::Pointer("*chart.Dependency"),
);

fn list_of(ty: &'static ListType, items: Option<Vec<Value>>) -> Value {
    Value::List(match items {
        Some(items) => List::typed(ty, items),
        None => List::nil(ty),
    })
}

impl Object for Fields {
    fn type_name(&self) -> &'static str {
        self.type_name
    }

    fn print(&self) -> String {
        let values = self.fields.iter().map(|(_, _, value)| value.to_string());
        format!("{{{}}}", values.collect::<Vec<_>>().join(" "))
    }

    fn field(&self, name: &str) -> Option<Value> {
        let mut fields = self.fields.iter();
        let found = fields.find(|(field, _, _)| *field == name)?;
        Some(found.2.clone())
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(self.shown())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| {
            let pairs = self.fields.iter().zip(&other.fields);
            self.type_name == other.type_name
                && pairs
                    .into_iter()
                    .all(|(a, b)| homescale_value::deep_equal(&a.2, &b.2))
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for ChartStruct {
    fn type_name(&self) -> &'static str {
        "struct { chart.Metadata; IsRoot bool }"
    }

    fn print(&self) -> String {
        format!("{{{} {}}}", self.fields.print(), self.is_root)
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "IsRoot" => Some(Value::Bool(self.is_root)),
            "Metadata" => Some(object(self.fields.clone())),
            name => self.fields.field(name),
        }
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        let mut members = self.fields.shown();
        members.push(("IsRoot", self.is_root.into()));
        Some(members)
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other
            .is_some_and(|other| self.is_root == other.is_root && self.fields.equals(&other.fields))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
