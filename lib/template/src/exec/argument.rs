//! Arguments: evaluated, checked against the parameter's type, and converted as Go's reflection does.

use homescale_value::{List, ListType, Map, MapType, Number, Param, Str, Value};

use crate::node::{At, Operand, Term};
use crate::print::print;

use super::reflect::{Reflect, is_assignable};
use super::{Eval, Exec};

impl<'t> Exec<'_, 't> {
    /// An operand as an argument for a parameter of this type.
    pub(super) fn argument(
        &mut self,
        dot: &Reflect,
        param: Param,
        operand: &'t Operand,
    ) -> Eval<Reflect> {
        self.at = Some(At::Operand(operand));
        let value = match &operand.term {
            Term::Dot => dot.clone(),
            Term::Nil => {
                return match zero(param) {
                    Some(zero) => Ok(Reflect::concrete(zero)),
                    None => self.fail(format!("cannot assign nil to {}", param.name())),
                };
            }
            Term::Field(names) => self.fields(dot, dot, names, operand, &[], None)?,
            Term::Variable(id, names) => self.variable(dot, operand, *id, names, &[], None)?,
            Term::Pipe(pipe) => Reflect::concrete(self.pipeline(dot, pipe)?),
            Term::Function(callee) => {
                self.function(dot, callee, At::Operand(operand), &[], None)?
            }
            Term::Chain(inner, names) => self.chain(dot, operand, inner, names, &[], None)?,
            Term::Bool(_) | Term::Number(_) | Term::String(..) => {
                return self.literal(param, operand).map(Reflect::concrete);
            }
        };
        self.validate(value, param)
    }

    /// A literal, which has no type of its own, as a value of the parameter's type.
    fn literal(&self, param: Param, operand: &'t Operand) -> Eval<Value> {
        let converted = match (param, &operand.term) {
            (Param::Any | Param::Reflect, Term::Number(number)) => return self.constant(number),
            (Param::Any | Param::Reflect | Param::Bool, Term::Bool(value)) => {
                Some(Value::Bool(*value))
            }
            (Param::Any | Param::Reflect | Param::String, Term::String(_, text)) => {
                Some(Value::Str(text.clone()))
            }
            (Param::Int, Term::Number(number)) => number.int.map(Value::Int),
            (Param::Int64, Term::Number(number)) => number.int.map(Value::Int64),
            (Param::Float64, Term::Number(number)) => number.float.map(Value::Float),
            (Param::Type(name), Term::Number(number)) => rarer_number(name, number),
            (Param::Integer(ty), Term::Number(number)) => number.int.map(ty.make),
            _ => None,
        };
        if let Some(value) = converted {
            return Ok(value);
        }
        let literal = print(&self.template.source, At::Operand(operand));
        self.fail(match expected(param) {
            Some(expected) => format!("expected {expected}; found {literal}"),
            None => format!("can't handle {literal} for arg of type {}", param.name()),
        })
    }

    /// Checks that Go would assign the value to a parameter of this type. No value at all counts as nil where it can.
    pub(super) fn validate(&self, value: Reflect, param: Param) -> Eval<Reflect> {
        if matches!(param, Param::Any | Param::Reflect) {
            return Ok(value);
        }
        if value.is_invalid() {
            return match zero(param) {
                Some(zero) => Ok(Reflect::concrete(zero)),
                None => self.fail(format!("invalid value; expected {}", param.name())),
            };
        }
        if !matches!(value.value, Value::Nil) && is_assignable(&value.value, param) {
            return Ok(Reflect {
                value: assigned(value.value, param),
                ..value
            });
        }
        let found = if matches!(value.value, Value::Nil) {
            value.type_name()
        } else {
            value.value.type_name()
        };
        self.fail(format!(
            "wrong type for value; expected {}; got {found}",
            param.name()
        ))
    }
}

/// A value as the callee sees it: one of a named type loses its name, and with it its methods.
fn assigned(value: Value, param: Param) -> Value {
    match (param, value) {
        (Param::Map, Value::Map(map)) => Value::Map(map.retyped(&MapType::ANY)),
        (Param::StringMap, Value::Map(map)) => Value::Map(map.retyped(&MapType::STRINGS)),
        (Param::List, Value::List(list)) => Value::List(list.retyped(&ListType::ANY)),
        (Param::Strings, Value::List(list)) => Value::List(list.retyped(&ListType::STRINGS)),
        (_, value) => value,
    }
}

/// The nil of a type, if it has one.
fn zero(param: Param) -> Option<Value> {
    match param {
        Param::Any | Param::Reflect => Some(Value::Nil),
        Param::Bytes => Some(Value::Bytes(Str::default())),
        Param::List => Some(Value::List(List::nil(&ListType::ANY))),
        Param::Strings => Some(Value::List(List::nil(&ListType::STRINGS))),
        Param::Map => Some(Value::Map(Map::nil(&MapType::ANY))),
        Param::StringMap => Some(Value::Map(Map::nil(&MapType::STRINGS))),
        Param::Type(name) if name.starts_with(['*', '[']) || name.starts_with("map[") => {
            Some(Value::Nil)
        }
        Param::Bool | Param::Int | Param::Int64 | Param::Float64 | Param::String => None,
        Param::Type(_) | Param::Integer(_) => None,
    }
}

/// What a literal for this parameter must be; `None` when no literal will do.
fn expected(param: Param) -> Option<&'static str> {
    match param {
        Param::Bool => Some("bool"),
        Param::String => Some("string"),
        Param::Int | Param::Int64 | Param::Integer(_) => Some("integer"),
        Param::Float64 => Some("float"),
        Param::Type("int8" | "int16" | "int32") => Some("integer"),
        Param::Type("uint" | "uint8" | "uint16" | "uint32" | "uint64") => Some("unsigned integer"),
        Param::Type("float32") => Some("float"),
        _ => None,
    }
}

/// A literal as a number of one of the types that few functions take. What does not fit wraps around, as in Go.
fn rarer_number(name: &str, literal: &crate::literal::Number) -> Option<Value> {
    let (int, uint) = (literal.int, literal.uint);
    let number = match name {
        "int8" => int.map(|n| Number::Int8(n as i8)),
        "int16" => int.map(|n| Number::Int16(n as i16)),
        "int32" => int.map(|n| Number::Int32(n as i32)),
        "uint" => uint.map(Number::Uint),
        "uint8" => uint.map(|n| Number::Uint8(n as u8)),
        "uint16" => uint.map(|n| Number::Uint16(n as u16)),
        "uint32" => uint.map(|n| Number::Uint32(n as u32)),
        "uint64" => uint.map(Number::Uint64),
        "float32" => literal.float.map(|x| Number::Float32(x as f32)),
        _ => None,
    };
    number.map(Value::Number)
}
