//! `.Values` and the root object: a map with methods, which hide keys of the same names.

use homescale_value::{CallError, Map, MapType, Method, Signature, Type, Value};

use crate::helm_version::{HelmVersion, ValuesPackage};
use crate::lookup;

/// The Go type of values in that Helm.
pub(super) fn of_helm(helm: HelmVersion) -> &'static MapType {
    match helm.row().major.values_package {
        ValuesPackage::Chartutil => &CHARTUTIL_VALUES,
        ValuesPackage::Common => &COMMON_VALUES,
    }
}

static CHARTUTIL_VALUES: MapType = MapType {
    name: "chartutil.Values",
    elem: Type::Any,
    methods: METHODS,
};

static COMMON_VALUES: MapType = MapType {
    name: "common.Values",
    elem: Type::Any,
    methods: METHODS,
};

const METHODS: &[Method] = &[
    Method {
        name: "AsMap",
        signature: Signature::fixed(&[]),
        call: as_map,
    },
    Method {
        name: "Encode",
        signature: Signature::fixed(&[Type::Named("io.Writer")]),
        call: encode,
    },
    Method {
        name: "PathValue",
        signature: Signature::fixed(&[Type::String]),
        call: path_value,
    },
    Method {
        name: "Table",
        signature: Signature::fixed(&[Type::String]),
        call: table,
    },
    Method {
        name: "YAML",
        signature: Signature::fixed(&[]),
        call: yaml,
    },
];

fn receiver(values: &Value) -> Map {
    values.as_map().cloned().unwrap_or_default()
}

fn as_map(values: &Value, _: &[Value]) -> Result<Value, CallError> {
    let values = receiver(values);
    if values.is_empty() {
        return Ok(Value::Map(Map::new()));
    }
    Ok(Value::Map(values.retyped(&MapType::ANY)))
}

/// Templates have no `io.Writer`, so that no argument is ever accepted.
fn encode(_: &Value, _: &[Value]) -> Result<Value, CallError> {
    Ok(Value::Nil)
}

fn path_value(values: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    lookup::path_value(&receiver(values), &text(arguments))
}

fn table(values: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    let values = receiver(values);
    let table = lookup::table(&values, &text(arguments))?;
    Ok(Value::Map(table.retyped(values.ty())))
}

fn yaml(values: &Value, _: &[Value]) -> Result<Value, CallError> {
    let text = homescale_yaml::to_yaml(values).map_err(|error| error.to_string())?;
    Ok(Value::from(text))
}

fn text(arguments: &[Value]) -> String {
    let text = arguments.first().and_then(Value::as_str);
    text.map(|text| text.to_text().into_owned())
        .unwrap_or_default()
}
