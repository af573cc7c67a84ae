//! `.Files`: a map from paths to bytes, with methods (Helm's `files.go`).

use std::collections::BTreeMap;

use homescale_fileset::Glob;
use homescale_value::{Elem, List, Map, MapType, Method, Param, Signature, Str, Value};

use crate::load::File;

/// Go's `engine.files`.
static FILES: MapType = MapType {
    name: "engine.files",
    elem: Elem::Bytes,
    methods: &[
        Method {
            name: "AsConfig",
            signature: Signature::fixed(&[]),
            call: as_config,
        },
        Method {
            name: "AsSecrets",
            signature: Signature::fixed(&[]),
            call: as_secrets,
        },
        Method {
            name: "Get",
            signature: Signature::fixed(&[Param::String]),
            call: get,
        },
        Method {
            name: "GetBytes",
            signature: Signature::fixed(&[Param::String]),
            call: get_bytes,
        },
        Method {
            name: "Glob",
            signature: Signature::fixed(&[Param::String]),
            call: glob,
        },
        Method {
            name: "Lines",
            signature: Signature::fixed(&[Param::String]),
            call: lines,
        },
    ],
};

/// The files of a chart as templates see them. Texts are shared, not copied.
pub(crate) fn value(files: &[File]) -> Value {
    let pairs = files.iter().map(|file| {
        let bytes = Value::Bytes(file.text.clone());
        (file.path.clone(), bytes)
    });
    Value::Map(Map::typed(&FILES, pairs.collect()))
}

/// The contents of the file that the first argument names.
fn contents(files: &Value, arguments: &[Value]) -> Option<Str> {
    let path = arguments.first()?.as_str()?;
    match files.as_map()?.get(path) {
        Some(Value::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

fn get(files: &Value, arguments: &[Value]) -> Result<Value, String> {
    Ok(Value::Str(contents(files, arguments).unwrap_or_default()))
}

fn get_bytes(files: &Value, arguments: &[Value]) -> Result<Value, String> {
    Ok(Value::Bytes(contents(files, arguments).unwrap_or_default()))
}

fn glob(files: &Value, arguments: &[Value]) -> Result<Value, String> {
    let pattern = arguments.first().and_then(Value::as_str);
    let pattern = Glob::new(pattern.map(Str::as_bytes).unwrap_or_default());
    let pattern = pattern.unwrap_or_else(|_| Glob::everything());
    let mut found = BTreeMap::new();
    if let Some(files) = files.as_map() {
        for (path, bytes) in files.entries().iter() {
            if path.as_str().is_some_and(|path| pattern.is_match(path)) {
                found.insert(path.clone(), bytes.clone());
            }
        }
    }
    Ok(Value::Map(Map::typed(&FILES, found)))
}

fn lines(files: &Value, arguments: &[Value]) -> Result<Value, String> {
    let Some(text) = contents(files, arguments) else {
        return Ok(Value::List(List::strings::<Str>([])));
    };
    if text.is_empty() {
        return Err("runtime error: index out of range [-1]".to_owned());
    }
    let text = text.strip_suffix(b"\n").unwrap_or(&text);
    let lines = text.split(|&b| b == b'\n').map(Str::from);
    Ok(Value::List(List::strings(lines)))
}

fn as_config(files: &Value, _: &[Value]) -> Result<Value, String> {
    Ok(by_name(files, Value::Str))
}

fn as_secrets(files: &Value, _: &[Value]) -> Result<Value, String> {
    Ok(by_name(files, |bytes| {
        Value::from(data_encoding::BASE64.encode(&bytes))
    }))
}

/// YAML of a map from the last segments of paths; an empty text if YAML cannot hold it. Of two files with the same name
/// the later path counts (in Helm, either).
fn by_name(files: &Value, convert: impl Fn(Str) -> Value) -> Value {
    let mut named = BTreeMap::new();
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
