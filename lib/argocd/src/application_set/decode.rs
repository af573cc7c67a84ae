//! From JSON into a Go type: what is unknown is left out, null is nothing, and what does not fit is an error.

use std::collections::BTreeMap;

use homescale_value::Data;

use super::data::{fields, items, map, pairs};
use super::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use super::go_types::{GoType, Struct};
use crate::version::ArgoCdVersion;

/// How many levels an object may have.
const MAX_LEVELS: usize = 128;

/// How names of fields are looked for, and which there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decoder {
    /// Whether names that differ in case are those of a field, as for Go; not for an API server, which drops them.
    pub(crate) folds_case: bool,
    /// The Argo CD whose fields there are.
    pub(crate) argocd: ArgoCdVersion,
}

impl Decoder {
    /// The value as one of this type: `None` if it is nothing.
    pub(crate) fn decode(
        self,
        ty: &GoType,
        json: &Data,
    ) -> Result<Option<Data>, ApplicationSetError> {
        self.value(ty, json, MAX_LEVELS)
    }

    /// The value as a struct.
    pub(crate) fn object(
        self,
        structure: &'static Struct,
        json: &Data,
    ) -> Result<Data, ApplicationSetError> {
        let decoded = self.decode(&GoType::Struct(structure), json)?;
        Ok(decoded.unwrap_or_else(|| map(BTreeMap::new())))
    }

    fn value(
        self,
        ty: &GoType,
        json: &Data,
        levels: usize,
    ) -> Result<Option<Data>, ApplicationSetError> {
        let Some(levels) = levels.checked_sub(1) else {
            return Err(Kind::TooDeep { most: MAX_LEVELS }.into());
        };
        if *json == Data::Nil {
            return Ok(None);
        }
        let decoded = match (ty, json) {
            (GoType::Text | GoType::TextPointer | GoType::IntOrText, Data::Str(_))
            | (GoType::Bool | GoType::BoolPointer, Data::Bool(_))
            | (GoType::Int | GoType::IntPointer | GoType::IntOrText, Data::Int64(_)) => {
                json.clone()
            }
            (GoType::Int | GoType::IntPointer | GoType::IntOrText, Data::Float(float))
                if float.fract() == 0.0 && float.abs() < 9.3e18 =>
            {
                Data::Int64(*float as i64)
            }
            (GoType::Json, json) => any(json, levels)?,
            (GoType::List(of), Data::List(elements)) => self.list(of, elements, levels)?,
            (GoType::Map(of), Data::Map(_)) => self.map(of, json, levels)?,
            (GoType::Struct(structure) | GoType::Pointer(structure), Data::Map(_)) => {
                self.structure(structure, json, levels)?
            }
            (ty, json) => {
                let (expected, found) = (expected(ty), found(json));
                return Err(Kind::WrongType { expected, found }.into());
            }
        };
        Ok(Some(decoded))
    }

    fn list(
        self,
        of: &GoType,
        elements: &[Data],
        levels: usize,
    ) -> Result<Data, ApplicationSetError> {
        let mut list = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            let element = self.value(of, element, levels);
            let element = element.map_err(|error| error.inside(format!("[{index}]")))?;
            list.push(element.unwrap_or_else(|| zero(of)));
        }
        Ok(Data::List(list.into()))
    }

    fn map(self, of: &GoType, json: &Data, levels: usize) -> Result<Data, ApplicationSetError> {
        let mut decoded = BTreeMap::new();
        for (key, value) in pairs(json) {
            let value = self.value(of, value, levels);
            let value = value.map_err(|error| error.inside(key.to_text()))?;
            decoded.insert(key.clone(), value.unwrap_or_else(|| zero(of)));
        }
        Ok(map(decoded))
    }

    fn structure(
        self,
        structure: &'static Struct,
        json: &Data,
        levels: usize,
    ) -> Result<Data, ApplicationSetError> {
        let mut decoded = BTreeMap::new();
        for (key, value) in pairs(json) {
            let field = structure.find(key).filter(|field| {
                let is_named = self.folds_case || field.name.as_bytes() == key.as_bytes();
                is_named && field.since <= self.argocd
            });
            let Some(field) = field else {
                continue;
            };
            let value = self.value(&field.ty, value, levels);
            if let Some(value) = value.map_err(|error| error.inside(field.name))? {
                let value = match decoded.get(field.name.as_bytes()) {
                    Some(before) => over(&field.ty, before, value),
                    None => value,
                };
                decoded.insert(field.name.into(), value);
            }
        }
        Ok(map(decoded))
    }
}

/// What a field holds that comes twice, with its name in two cases: structs and maps take what is new into what they have.
fn over(ty: &GoType, before: &Data, value: Data) -> Data {
    let (GoType::Struct(_) | GoType::Pointer(_) | GoType::Map(_), Data::Map(_)) = (ty, &value)
    else {
        return value;
    };
    let mut both = fields(before);
    for (key, value) in pairs(&value) {
        let value = match (field_type(ty, key), both.get(key)) {
            (Some(of), Some(before)) => over(of, before, value.clone()),
            _ => value.clone(),
        };
        both.insert(key.clone(), value);
    }
    map(both)
}

fn field_type<'t>(ty: &'t GoType, key: &[u8]) -> Option<&'t GoType> {
    match ty {
        GoType::Map(of) => Some(of),
        ty => ty.structure()?.find(key).map(|field| &field.ty),
    }
}

/// What Go has where a value is null.
fn zero(ty: &GoType) -> Data {
    match ty {
        GoType::Text => Data::Str("".into()),
        GoType::Bool => Data::Bool(false),
        GoType::Int | GoType::IntOrText => Data::Int64(0),
        GoType::Struct(_) => map(BTreeMap::new()),
        _ => Data::Nil,
    }
}

/// Any JSON, as Go reads it: numbers are floats.
fn any(json: &Data, levels: usize) -> Result<Data, ApplicationSetError> {
    let Some(below) = levels.checked_sub(1) else {
        return Err(Kind::TooDeep { most: MAX_LEVELS }.into());
    };
    Ok(match json {
        Data::Int64(int) => Data::Float(*int as f64),
        Data::List(_) => {
            let elements = items(json).iter().map(|item| any(item, below));
            Data::List(elements.collect::<Result<Vec<_>, _>>()?.into())
        }
        Data::Map(_) => {
            let fields = pairs(json).iter();
            let fields = fields.map(|(key, value)| Ok((key.clone(), any(value, below)?)));
            map(fields.collect::<Result<_, ApplicationSetError>>()?)
        }
        leaf => leaf.clone(),
    })
}

fn expected(ty: &GoType) -> &'static str {
    match ty {
        GoType::Text | GoType::TextPointer => "a string",
        GoType::Bool | GoType::BoolPointer => "true or false",
        GoType::Int | GoType::IntPointer => "an integer",
        GoType::IntOrText => "an integer or a string",
        GoType::Json => "any value",
        GoType::List(_) => "a list",
        GoType::Map(_) | GoType::Struct(_) | GoType::Pointer(_) => "a mapping",
    }
}

fn found(json: &Data) -> &'static str {
    match json {
        Data::Nil => "nothing",
        Data::Bool(_) => "a boolean",
        Data::Int64(_) | Data::Float(_) => "a number",
        Data::Str(_) | Data::Bytes(_) => "a string",
        Data::List(_) => "a list",
        Data::Map(_) => "a mapping",
    }
}
