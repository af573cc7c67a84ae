//! Dotted paths into values, with the errors of Helm's `common.Values`.

use homescale_value::{CallError, Map, Str, Value};

use homescale_go::strconv::quote;

/// The table at a dotted path.
///
/// # Errors
/// Helm's text: the first segment that is not a table.
pub(crate) fn table(values: &Map, path: &str) -> Result<Map, CallError> {
    let mut table = values.clone();
    for segment in path.split('.') {
        table = table
            .get_map(segment)
            .ok_or_else(|| format!("{} is not a table", quote(segment)))?;
    }
    Ok(table)
}

/// The value at a dotted path, unless it is a table.
///
/// # Errors
/// Helm's text: there is no such value.
pub(crate) fn path_value(values: &Map, path: &str) -> Result<Value, CallError> {
    if path.is_empty() {
        return Err("YAML path cannot be empty".into());
    }
    let (parent, key) = match path.rsplit_once('.') {
        Some((parent, key)) => (table(values, parent).ok(), key),
        None => (Some(values.clone()), path),
    };
    match parent.and_then(|parent| parent.get(key)) {
        Some(value) if !matches!(value, Value::Map(_)) => Ok(value),
        _ => Err(format!("{} is not a value", quote(key)).into()),
    }
}

/// Maps inside each other along a dotted path, the innermost being `values`; `.` is `values` itself.
pub(crate) fn nested(path: &str, values: Map) -> Map {
    if path == "." {
        return values;
    }
    path.rsplit('.').fold(values, |inner, segment| {
        Map::from_iter([(Str::from(segment), Value::Map(inner))])
    })
}
