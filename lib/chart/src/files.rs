//! `.Files`: a map from paths to bytes, with methods (Helm's `files.go`).

use std::sync::Arc;

use homescale_fileset::Glob;
use homescale_value::{
    CallError, Data, Entries, List, Map, MapType, Method, Signature, Str, Type, Value,
};

use crate::helm_version::HelmVersion;

/// Go's `engine.files`.
static FILES: MapType = MapType {
    name: "engine.files",
    elem: Type::Bytes,
    methods: &methods(lines),
};

/// The same where an empty file is a fault.
static FILES_WITH_FAULT: MapType = MapType {
    name: "engine.files",
    elem: Type::Bytes,
    methods: &methods(lines_with_fault),
};

type Call = fn(&Value, &[Value]) -> Result<Value, CallError>;

const fn methods(lines: Call) -> [Method; 6] {
    [
        method("AsConfig", &[], as_config),
        method("AsSecrets", &[], as_secrets),
        method("Get", &[Type::String], get),
        method("GetBytes", &[Type::String], get_bytes),
        method("Glob", &[Type::String], glob),
        method("Lines", &[Type::String], lines),
    ]
}

const fn method(name: &'static str, parameters: &'static [Type], call: Call) -> Method {
    Method {
        name,
        signature: Signature::fixed(parameters),
        call,
    }
}

/// The files of a chart as templates see them. Each is read when somebody looks at it.
pub(crate) fn value(files: &Arc<[(Str, Data)]>, helm: HelmVersion) -> Value {
    let ty = if helm.row().empty_files_have_no_lines {
        &FILES
    } else {
        &FILES_WITH_FAULT
    };
    Value::Map(Map::of_data(ty, Arc::clone(files)))
}

/// The contents of the file that the first argument names.
fn contents(files: &Value, arguments: &[Value]) -> Option<Str> {
    let path = arguments.first()?.as_str()?;
    match files.as_map()?.get(path) {
        Some(Value::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

fn get(files: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    Ok(Value::Str(contents(files, arguments).unwrap_or_default()))
}

fn get_bytes(files: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    Ok(Value::Bytes(contents(files, arguments).unwrap_or_default()))
}

fn glob(files: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    let pattern = arguments.first().and_then(Value::as_str);
    let pattern = Glob::new(pattern.map(Str::as_bytes).unwrap_or_default());
    let pattern = pattern.unwrap_or_else(|_| Glob::everything());
    // What is not UTF-8 is one character to a pattern, whichever.
    let is_match = |path: &Str| pattern.is_match(&path.to_text());
    let found = match files.as_map() {
        Some(files) => files.filter(is_match),
        None => Map::nil(&FILES),
    };
    Ok(Value::Map(found))
}

fn lines_with_fault(files: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    if contents(files, arguments).is_some_and(|text| text.is_empty()) {
        return Err("runtime error: index out of range [-1]".into());
    }
    lines(files, arguments)
}

fn lines(files: &Value, arguments: &[Value]) -> Result<Value, CallError> {
    let Some(text) = contents(files, arguments) else {
        return Ok(Value::List(List::strings::<Str>([])));
    };
    if text.is_empty() {
        return Ok(Value::List(List::strings::<Str>([])));
    }
    let text = text.strip_suffix(b"\n").unwrap_or(&text);
    let lines = text.split(|&b| b == b'\n').map(Str::from);
    Ok(Value::List(List::strings(lines)))
}

fn as_config(files: &Value, _: &[Value]) -> Result<Value, CallError> {
    Ok(by_name(files, Value::Str))
}

fn as_secrets(files: &Value, _: &[Value]) -> Result<Value, CallError> {
    Ok(by_name(files, |bytes| {
        Value::from(data_encoding::BASE64.encode(&bytes))
    }))
}

/// YAML of a map from the last segments of paths; an empty text if YAML cannot hold it. Of two files with the same name
/// the later path counts (in Helm, either).
fn by_name(files: &Value, convert: impl Fn(Str) -> Value) -> Value {
    let mut named = Entries::new();
    if let Some(files) = files.as_map() {
        for (path, bytes) in files.entries().iter() {
            let name = path.rsplit(|&b| b == b'/').next().unwrap_or(path);
            if let Value::Bytes(bytes) = bytes {
                named.insert(Str::from(name), convert(bytes.clone()));
            }
        }
    }
    let map = Value::Map(Map::typed(&MapType::STRINGS, named));
    let text = homescale_yaml::to_yaml(&map).unwrap_or_default();
    Value::from(text.strip_suffix('\n').unwrap_or(&text))
}
