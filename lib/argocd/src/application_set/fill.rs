//! Filling what a template leaves empty from another: `mergo.Merge`, by which the template of a generator goes over that of the
//! ApplicationSet.

use std::collections::BTreeMap;

use homescale_value::Data;

use super::data::{fields, get, items, map, pairs};
use super::go_types::{GoType, Struct};

/// The struct with what is empty in it taken from `from`.
///
/// Structs and maps are filled field by field, lists are not. False, 0 and an empty text are empty, even where a pointer says
/// that they are meant: an override cannot switch off what the ApplicationSet switches on.
pub(crate) fn fill(structure: &'static Struct, into: &Data, from: &Data) -> Data {
    let mut filled = BTreeMap::new();
    for field in structure.fields {
        let value = value(&field.ty, get(into, field.name), get(from, field.name));
        if let Some(value) = value {
            filled.insert(field.name.into(), value);
        }
    }
    map(filled)
}

fn value(ty: &GoType, into: Option<&Data>, from: Option<&Data>) -> Option<Data> {
    let (Some(own), Some(other)) = (into, from) else {
        return into.or(from).cloned();
    };
    Some(match ty {
        GoType::Struct(structure) | GoType::Pointer(structure) => fill(structure, own, other),
        GoType::Map(_) => {
            let mut filled = fields(own);
            for (key, value) in pairs(other) {
                if filled.get(key).is_none_or(is_empty) {
                    filled.insert(key.clone(), value.clone());
                }
            }
            map(filled)
        }
        _ if is_empty(own) && !is_empty(other) => other.clone(),
        _ => own.clone(),
    })
}

/// What mergo takes for empty.
fn is_empty(value: &Data) -> bool {
    match value {
        Data::Nil => true,
        Data::Bool(is) => !is,
        Data::Int64(number) => *number == 0,
        Data::Float(number) => *number == 0.0,
        Data::Str(text) => text.is_empty(),
        Data::List(_) => items(value).is_empty(),
        Data::Bytes(_) | Data::Map(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::go_types::{GoType, TEMPLATE};
    use super::*;

    fn filled(into: &[u8], from: &[u8]) -> String {
        let GoType::Struct(template) = TEMPLATE else {
            panic!("a template is a struct");
        };
        let data = |text| Data::from_value(&homescale_yaml::from_slice(text).unwrap()).unwrap();
        let filled = fill(template, &data(into), &data(from)).to_value();
        homescale_yaml::json::encode(&filled).unwrap()
    }

    #[test]
    fn what_is_empty_is_taken_from_the_other() {
        assert_eq!(
            filled(
                b"{metadata: {labels: {a: '', b: own}}, spec: {source: {path: own}, sources: []}}",
                b"{metadata: {name: web, labels: {a: x, b: y, c: z}}, spec: {source: {path: p, repoURL: r}, sources: [{path: q}]}}"
            ),
            r#"{"metadata":{"labels":{"a":"x","b":"own","c":"z"},"name":"web"},"spec":{"source":{"path":"own","repoURL":"r"},"sources":[{"path":"q"}]}}"#
        );
    }

    #[test]
    fn false_is_empty() {
        assert_eq!(
            filled(
                b"{spec: {syncPolicy: {automated: {prune: false, selfHeal: true}}}}",
                b"{spec: {syncPolicy: {automated: {prune: true, selfHeal: false}}}}",
            ),
            r#"{"spec":{"syncPolicy":{"automated":{"prune":true,"selfHeal":true}}}}"#
        );
    }
}
