//! `.Chart`: a map in Helm 4, a Go struct in Helm 3.

use homescale_value::{
    CallError, Field, List, ListType, Map, MapType, Method, Signature, Struct, StructType, Type,
    Value, error_value,
};

use crate::helm_version::HelmVersion;
use crate::metadata::{Maintainer, Metadata};
use crate::resolved::{Declared, ResolvedChart};

/// `.Chart`.
pub(super) fn value(chart: &ResolvedChart, is_root: bool, helm: HelmVersion) -> Value {
    if helm.row().major.chart_is_map {
        return Value::Map(as_map(chart, is_root));
    }
    Struct::value(&CHART, [as_struct(chart), Value::Bool(is_root)])
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
    let tags = dependency.tags.iter().flatten();
    let tags = tags.map(|tag| Value::from(tag.as_str()));
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

/// Helm 3: the type of `.Chart`.
static CHART: StructType = StructType {
    pointer: "*struct { chart.Metadata; IsRoot bool }",
    fields: &[Field::of("Metadata").embedded(), Field::of("IsRoot")],
    methods: &[VALIDATE],
};

static METADATA: StructType = StructType {
    pointer: "*chart.Metadata",
    fields: &[
        optional("Name", "name"),
        optional("Home", "home"),
        optional("Sources", "sources"),
        optional("Version", "version"),
        optional("Description", "description"),
        optional("Keywords", "keywords"),
        optional("Maintainers", "maintainers"),
        optional("Icon", "icon"),
        optional("APIVersion", "apiVersion"),
        optional("Condition", "condition"),
        optional("Tags", "tags"),
        optional("AppVersion", "appVersion"),
        optional("Deprecated", "deprecated"),
        optional("Annotations", "annotations"),
        optional("KubeVersion", "kubeVersion"),
        optional("Dependencies", "dependencies"),
        optional("Type", "type"),
    ],
    methods: &[VALIDATE],
};

static MAINTAINER: StructType = StructType {
    pointer: "*chart.Maintainer",
    fields: &[
        optional("Name", "name"),
        optional("Email", "email"),
        optional("URL", "url"),
    ],
    methods: &[VALIDATE],
};

static DEPENDENCY: StructType = StructType {
    pointer: "*chart.Dependency",
    fields: &[
        Field::of("Name").in_json("name").with_yaml_tag(),
        optional("Version", "version").with_yaml_tag(),
        Field::of("Repository")
            .in_json("repository")
            .with_yaml_tag(),
        optional("Condition", "condition").with_yaml_tag(),
        optional("Tags", "tags").with_yaml_tag(),
        optional("Enabled", "enabled").with_yaml_tag(),
        optional("ImportValues", "import-values").with_yaml_tag(),
        optional("Alias", "alias").with_yaml_tag(),
    ],
    methods: &[VALIDATE],
};

const fn optional(name: &'static str, json: &'static str) -> Field {
    Field::of(name).in_json(json).omitting_empty()
}

static MAINTAINERS: ListType = list_of_pointers("[]*chart.Maintainer", &MAINTAINER);
static DEPENDENCIES: ListType = list_of_pointers("[]*chart.Dependency", &DEPENDENCY);

const fn list_of_pointers(name: &'static str, elem: &'static StructType) -> ListType {
    ListType::plain(name, Type::Pointer(elem.pointer))
}

/// What is loaded is valid already.
const VALIDATE: Method = Method {
    name: "Validate",
    signature: Signature::fixed(&[]),
    call: valid,
};

fn valid(_: &Value, _: &[Value]) -> Result<Value, CallError> {
    Ok(error_value(Ok(())))
}

/// Helm 3: Go's `chart.Metadata`.
fn as_struct(chart: &ResolvedChart) -> Value {
    let metadata = &chart.node.metadata;
    let text = |text: &str| Value::from(text);
    let maintainers = metadata.maintainers.as_ref();
    let maintainers = maintainers.map(|list| list.iter().map(maintainer).collect());
    let dependencies = chart.declared.as_ref();
    let dependencies = dependencies.map(|list| list.iter().map(dependency).collect());
    Struct::value(
        &METADATA,
        [
            text(&chart.name),
            text(&metadata.home),
            strings(metadata.sources.as_deref()),
            text(&metadata.version),
            text(&metadata.description),
            strings(metadata.keywords.as_deref()),
            list_of(&MAINTAINERS, maintainers),
            text(&metadata.icon),
            text(&metadata.api_version),
            text(&metadata.condition),
            text(&metadata.tags),
            text(&metadata.app_version),
            Value::Bool(metadata.deprecated),
            annotations(metadata),
            text(&metadata.kube_version),
            list_of(&DEPENDENCIES, dependencies),
            text(&metadata.kind),
        ],
    )
}

fn maintainer(maintainer: &Maintainer) -> Value {
    let fields = [&maintainer.name, &maintainer.email, &maintainer.url];
    Struct::pointer(&MAINTAINER, fields.map(|text| text.as_str().into()))
}

fn dependency(declared: &Declared) -> Value {
    let dependency = &declared.dependency;
    // What nothing was imported from is nil, whatever Chart.yaml says.
    let imports = declared.import_values.clone();
    let imports = Some(imports).filter(|imports| !imports.is_empty());
    Struct::pointer(
        &DEPENDENCY,
        [
            declared.name.as_str().into(),
            dependency.version.as_str().into(),
            dependency.repository.as_str().into(),
            dependency.condition.as_str().into(),
            strings(dependency.tags.as_deref()),
            Value::Bool(declared.enabled),
            list_of(&ListType::ANY, imports),
            dependency.alias.as_str().into(),
        ],
    )
}

/// A list that Chart.yaml leaves out is nil.
fn strings(list: Option<&[String]>) -> Value {
    let items = list.map(|list| list.iter().map(|text| text.as_str().into()).collect());
    list_of(&ListType::STRINGS, items)
}

fn list_of(ty: &'static ListType, items: Option<Vec<Value>>) -> Value {
    Value::List(match items {
        Some(items) => List::typed(ty, items),
        None => List::nil(ty),
    })
}
