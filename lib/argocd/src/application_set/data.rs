//! Reading and making [`Data`]: what the objects of Kubernetes are here.

use std::collections::BTreeMap;

use homescale_value::{Data, Str};

/// The fields of a map; none of what is no map.
pub(crate) fn pairs(data: &Data) -> &[(Str, Data)] {
    match data {
        Data::Map(pairs) => pairs,
        _ => &[],
    }
}

/// The elements of a list; none of what is no list.
pub(crate) fn items(data: &Data) -> &[Data] {
    match data {
        Data::List(items) => items,
        _ => &[],
    }
}

/// A field.
pub(crate) fn get<'d>(data: &'d Data, name: &str) -> Option<&'d Data> {
    let pairs = pairs(data);
    let at = pairs.binary_search_by(|(key, _)| key.as_bytes().cmp(name.as_bytes()));
    at.ok().map(|at| &pairs[at].1)
}

/// A field, or nil if there is none.
pub(crate) fn get_or_nil<'d>(data: &'d Data, name: &str) -> &'d Data {
    get(data, name).unwrap_or(&Data::Nil)
}

/// The text of a field; an empty one if there is none.
pub(crate) fn text(data: &Data, name: &str) -> Str {
    match get(data, name) {
        Some(Data::Str(text)) => text.clone(),
        _ => Str::default(),
    }
}

/// Whether a field is true.
pub(crate) fn flag(data: &Data, name: &str) -> bool {
    matches!(get(data, name), Some(Data::Bool(true)))
}

/// The texts of a list.
pub(crate) fn texts(data: &Data, name: &str) -> Vec<Str> {
    let items = items(get_or_nil(data, name)).iter();
    items
        .filter_map(|item| match item {
            Data::Str(text) => Some(text.clone()),
            _ => None,
        })
        .collect()
}

/// A map of these fields.
pub(crate) fn map(fields: BTreeMap<Str, Data>) -> Data {
    Data::Map(fields.into_iter().collect())
}

/// The fields, to be changed.
pub(crate) fn fields(data: &Data) -> BTreeMap<Str, Data> {
    pairs(data).iter().cloned().collect()
}

/// The same map with one field changed, or taken out by nil.
pub(crate) fn with(data: &Data, name: &str, value: Data) -> Data {
    let mut fields = fields(data);
    match value {
        Data::Nil => drop(fields.remove(name.as_bytes())),
        value => drop(fields.insert(name.into(), value)),
    }
    map(fields)
}
