//! Parameter sets: how they merge, what a selector and the simple language see of them, and `values`.

use std::collections::BTreeMap;

use homescale_value::{Data, Entries, List, Map, MapType, Str, Value, append_text};

use super::data::pairs;
use super::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use super::render::Renderer;

/// What `%v` prints.
pub(crate) fn printed(value: &Value) -> Str {
    let mut text = Vec::new();
    append_text(&mut text, value);
    text.into()
}

/// The parameters as one level of texts: keys of maps, and indices of lists, are joined by dots.
///
/// This is jeremywohl/flatten: an empty map or list gives nothing, and only maps and lists of anything are taken apart.
pub(crate) fn flatten(parameters: &Map) -> BTreeMap<Str, Str> {
    let mut flat = BTreeMap::new();
    for (key, value) in &*parameters.entries() {
        flatten_into(&mut flat, key.clone(), value);
    }
    flat
}

fn flatten_into(flat: &mut BTreeMap<Str, Str>, key: Str, value: &Value) {
    let below = |name: &[u8]| [&key[..], b".", name].concat().into();
    match value {
        Value::Map(map) if map.ty().name == MapType::ANY.name => {
            for (name, value) in &*map.entries() {
                flatten_into(flat, below(name), value);
            }
        }
        Value::List(list) if list.ty().name == homescale_value::ListType::ANY.name => {
            for (index, value) in list.items().iter().enumerate() {
                flatten_into(flat, below(index.to_string().as_bytes()), value);
            }
        }
        value => drop(flat.insert(key, printed(value))),
    }
}

/// The same, where maps of texts are taken apart, too: what a selector on a generator sees.
pub(crate) fn flatten_for_selector(parameters: &Map) -> BTreeMap<Str, Str> {
    flatten(&of_anything(parameters))
}

/// Maps of texts as maps of anything, in maps only.
fn of_anything(map: &Map) -> Map {
    let entries = map.entries();
    let entries = entries.iter().map(|(key, value)| {
        let value = match value {
            Value::Map(map) if map.ty().name == MapType::STRINGS.name => {
                Value::Map(map.retyped(&MapType::ANY))
            }
            Value::Map(map) if map.ty().name == MapType::ANY.name => Value::Map(of_anything(map)),
            value => value.clone(),
        };
        (key.clone(), value)
    });
    entries.collect()
}

/// Merges parameters over others, which change: `mergo.Merge` with `WithOverride`.
///
/// Maps merge, all else replaces what was there. As in Go, a map that only one side had is shared from then on.
///
/// # Errors
/// A map of anything would go into a map of texts.
pub(crate) fn merge(into: &Map, from: &Map) -> Result<(), ApplicationSetError> {
    for (key, value) in from.to_vec() {
        match (into.get(&key), &value) {
            (Some(Value::Map(own)), Value::Map(other)) if !own.is_empty() => {
                let is_of_texts = own.ty().name == MapType::STRINGS.name;
                if is_of_texts && other.ty().name != own.ty().name && !other.is_empty() {
                    return Err(Kind::DifferentMaps(key.to_text().into_owned()).into());
                }
                if !own.is_same(other) {
                    merge(&own, other)?;
                }
            }
            _ => drop(into.set(key, value)),
        }
    }
    Ok(())
}

/// Two parameter sets as one of texts.
///
/// # Errors
/// They differ in a parameter.
pub(crate) fn combine(first: &Map, second: &Map) -> Result<Map, ApplicationSetError> {
    let combined = Map::new();
    for (key, value) in &*first.entries() {
        combined.set(key.clone(), printed(value));
    }
    for (key, value) in &*second.entries() {
        let value = printed(value);
        match combined.get(key) {
            Some(Value::Str(own)) if own != value => {
                return Err(Kind::DifferentValues {
                    key: key.to_text().into_owned(),
                    first: own.to_text().into_owned(),
                    second: value.to_text().into_owned(),
                }
                .into());
            }
            _ => drop(combined.set(key.clone(), value)),
        }
    }
    Ok(combined)
}

/// Adds the `values` of a generator to its parameters, with the parameters in their templates.
///
/// # Errors
/// A template fails.
pub(crate) fn append_values(
    renderer: &Renderer,
    values: &Data,
    parameters: &Map,
) -> Result<(), ApplicationSetError> {
    let mut rendered = Entries::new();
    for (key, value) in pairs(values) {
        let Data::Str(text) = value else {
            continue;
        };
        let text = renderer.render(text, parameters);
        let text = text.map_err(|error| error.inside(key.to_text()).inside("values"))?;
        rendered.insert(key.clone(), Value::Str(text));
    }
    if renderer.is_go() {
        if !rendered.is_empty() {
            parameters.set("values", Map::typed(&MapType::STRINGS, rendered));
        }
    } else {
        for (key, value) in &rendered {
            parameters.set([b"values.", &key[..]].concat(), value.clone());
        }
    }
    Ok(())
}

/// Parameters that others may change: nothing is shared with these.
pub(crate) fn deep_copy(parameters: &Map) -> Map {
    match Value::Map(parameters.clone()).deep_copy() {
        Value::Map(copy) => copy,
        _ => Map::new(),
    }
}

/// A parameter set of this data.
pub(crate) fn of_data(data: &Data) -> Map {
    match data.to_value() {
        Value::Map(map) => map,
        _ => Map::new(),
    }
}

/// A list of texts, `[]string` in Go.
pub(crate) fn texts<'t>(parts: impl IntoIterator<Item = &'t str>) -> Value {
    Value::List(List::strings(parts))
}
