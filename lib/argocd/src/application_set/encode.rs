//! From a Go type into JSON: what is empty is left out, where the type says so.

use std::collections::BTreeMap;

use homescale_value::Data;

use super::data::{get, items, map, pairs};
use super::go_types::{Field, GoType, Struct, Written};
use crate::version::ArgoCdVersion;

/// The object as Go's `json.Marshal` writes it, with the fields that this Argo CD has.
pub(crate) fn encode(structure: &'static Struct, object: &Data, argocd: ArgoCdVersion) -> Data {
    let mut written = BTreeMap::new();
    for field in structure.fields {
        let there = get(object, field.name).filter(|value| **value != Data::Nil);
        let is_written = match field.written {
            Written::Always => true,
            Written::IfThere => there.is_some(),
            Written::IfSet => !is_empty(&field.ty, there),
            Written::IfNotZero => !is_zero(field, there),
        };
        if is_written && field.since <= argocd {
            written.insert(field.name.into(), value(&field.ty, there, argocd));
        }
    }
    map(written)
}

fn value(ty: &GoType, value: Option<&Data>, argocd: ArgoCdVersion) -> Data {
    match (ty, value) {
        (GoType::Struct(structure), value) => {
            encode(structure, value.unwrap_or(&Data::Nil), argocd)
        }
        (GoType::Pointer(structure), Some(value)) => encode(structure, value, argocd),
        (GoType::List(of), Some(list)) => {
            let elements = items(list).iter();
            Data::List(
                elements
                    .map(|item| self::value(of, Some(item), argocd))
                    .collect(),
            )
        }
        (_, Some(value)) => value.clone(),
        (GoType::Text, None) => Data::Str("".into()),
        (GoType::Bool, None) => Data::Bool(false),
        (GoType::Int | GoType::IntOrText, None) => Data::Int64(0),
        (_, None) => Data::Nil,
    }
}

/// Whether Go's JSON takes a value for empty. A struct never is, and no pointer that is there.
pub(crate) fn is_empty(ty: &GoType, value: Option<&Data>) -> bool {
    let Some(value) = value else {
        return !matches!(ty, GoType::Struct(_));
    };
    match ty {
        GoType::Text => matches!(value, Data::Str(text) if text.is_empty()),
        GoType::Bool => *value == Data::Bool(false),
        GoType::Int => *value == Data::Int64(0),
        GoType::List(_) => items(value).is_empty(),
        GoType::Map(_) => pairs(value).is_empty(),
        _ => *value == Data::Nil,
    }
}

/// Whether nothing in a struct is set.
fn is_zero(field: &Field, value: Option<&Data>) -> bool {
    match (field.ty.structure(), value) {
        (Some(structure), Some(value)) => structure
            .fields
            .iter()
            .all(|inner| is_empty(&inner.ty, get(value, inner.name))),
        (_, value) => value.is_none(),
    }
}
