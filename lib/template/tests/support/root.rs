//! A root object with the types and methods that Helm's has, as far as the cases use them.

use homescale_value::{
    CallError, Field, List, ListType, Map, MapType, Method, Signature, Str, Struct, StructType,
    Type, Value,
};
use homescale_yaml::json;

/// Helm's type of `.`, `.Values` and `.Template`.
static VALUES: MapType = MapType {
    name: "common.Values",
    elem: Type::Any,
    methods: &[
        Method {
            name: "AsMap",
            signature: Signature::fixed(&[]),
            call: |receiver, _| {
                Ok(receiver
                    .as_map()
                    .map(|map| map.retyped(&MapType::ANY))
                    .into())
            },
        },
        Method {
            name: "Table",
            signature: Signature::fixed(&[Type::String]),
            call: table,
        },
    ],
};

/// Helm's type of `.Files`.
static FILES: MapType = MapType {
    name: "engine.files",
    elem: Type::Bytes,
    methods: &[
        Method {
            name: "Get",
            signature: Signature::fixed(&[Type::String]),
            call: |receiver, arguments| {
                Ok(match file(receiver, arguments) {
                    Some(Value::Bytes(contents)) => Value::Str(contents),
                    _ => "".into(),
                })
            },
        },
        Method {
            name: "GetBytes",
            signature: Signature::fixed(&[Type::String]),
            call: |receiver, arguments| Ok(file(receiver, arguments).unwrap_or_default()),
        },
    ],
};

fn file(files: &Value, arguments: &[Value]) -> Option<Value> {
    files.as_map()?.get(arguments[0].as_str()?)
}

/// Helm's type of `.Capabilities.APIVersions`.
static VERSIONS: ListType = ListType {
    name: "common.VersionSet",
    elem: Type::String,
    methods: &[Method {
        name: "Has",
        signature: Signature::fixed(&[Type::String]),
        call: |receiver, arguments| {
            let versions = receiver.as_list().map(List::to_vec).unwrap_or_default();
            let has = versions.iter().any(|v| v.as_str() == arguments[0].as_str());
            Ok(Value::Bool(has))
        },
    }],
};

/// Helm's type of `.Capabilities`.
static CAPABILITIES: StructType = StructType {
    pointer: "*common.Capabilities",
    fields: &[Field::of("KubeVersion"), Field::of("APIVersions")],
    methods: &[],
};

/// Helm's type of `.Capabilities.KubeVersion`.
static KUBE_VERSION: StructType = StructType {
    pointer: "*common.KubeVersion",
    fields: &[
        Field::of("Version"),
        Field::of("normalizedVersion"),
        Field::of("Major"),
        Field::of("Minor"),
    ],
    methods: &[Method {
        name: "String",
        signature: Signature::fixed(&[]),
        call: |_, _| Ok(VERSION.into()),
    }],
};

const VERSION: &str = "v1.35.0";

fn capabilities() -> Value {
    let kube = [VERSION, VERSION, "1", "35"].map(Value::from);
    let versions = List::typed(&VERSIONS, vec!["v1".into()]);
    let fields = [Struct::value(&KUBE_VERSION, kube), versions.into()];
    Struct::pointer(&CAPABILITIES, fields)
}

/// The root object of a render of a chart with one file, and with these values, which are JSON.
pub(crate) fn root(values: &str, (file, contents): (&str, &[u8])) -> Value {
    let values = json::decode_map(values.as_bytes()).expect("the values are JSON");
    let values = values.retyped(&VALUES);
    let release = Map::from_iter([
        ("IsInstall", Value::Bool(true)),
        ("IsUpgrade", Value::Bool(false)),
        ("Name", "r".into()),
        ("Namespace", "default".into()),
        ("Revision", Value::Int(1)),
        ("Service", "Helm".into()),
    ]);
    let files = [(Str::from(file), Value::Bytes(contents.into()))];
    let files = files.into_iter().collect();
    let root = Map::from_iter([
        ("Capabilities", capabilities()),
        ("Files", Value::Map(Map::typed(&FILES, files))),
        ("Release", Value::Map(release)),
        ("Values", values.into()),
    ]);
    Value::Map(root.retyped(&VALUES))
}

/// The map at a path with dots.
fn table(receiver: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    let path = arguments[0].to_string();
    let mut table = receiver.as_map().cloned().unwrap_or_default();
    for name in path.split('.') {
        table = table
            .get_map(name)
            .ok_or_else(|| format!("{} is not a table", quoted(name)))?;
    }
    Ok(Value::Map(table.retyped(&VALUES)))
}

fn quoted(name: &str) -> String {
    format!("{name:?}")
}
