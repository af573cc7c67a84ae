//! Arguments: evaluated, checked against the parameter's type, and converted as Go's reflection does.

use homescale_value::{ListType, MapType, Number, Type, Value};

use crate::node::{At, Operand, Term};
use crate::print::print;

use super::reflect::{Reflect, is_assignable};
use super::{Eval, Exec};

impl<'t> Exec<'_, 't> {
    /// An operand as an argument for a parameter of this type.
    pub(super) fn argument(
        &mut self,
        dot: &Reflect,
        param: Type,
        operand: &'t Operand,
    ) -> Eval<Reflect> {
        self.at = Some(At::Operand(operand));
        let value = match &operand.term {
            Term::Dot => dot.clone(),
            Term::Nil => {
                return match param.nil() {
                    Some(nil) => Ok(Reflect::concrete(nil)),
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
    fn literal(&self, param: Type, operand: &'t Operand) -> Eval<Value> {
        let converted = match (param, &operand.term) {
            (Type::Any | Type::Reflect, Term::Number(number)) => return self.constant(number),
            (Type::Any | Type::Reflect | Type::Bool, Term::Bool(value)) => {
                Some(Value::Bool(*value))
            }
            (Type::Any | Type::Reflect | Type::String, Term::String(_, text)) => {
                Some(Value::Str(text.clone()))
            }
            (Type::Int, Term::Number(number)) => number.int.map(Value::Int),
            (Type::Int64, Term::Number(number)) => number.int.map(Value::Int64),
            // What is too large loses its upper bits.
            (Type::Uint32, Term::Number(number)) => {
                let number = number.uint.map(|n| Number::Uint32(n as u32));
                number.map(Value::Number)
            }
            (Type::Float64, Term::Number(number)) => number.float.map(Value::Float),
            (Type::Integer(ty), Term::Number(number)) => number.int.map(ty.make),
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
    pub(super) fn validate(&self, value: Reflect, param: Type) -> Eval<Reflect> {
        if matches!(param, Type::Any | Type::Reflect) {
            return Ok(value);
        }
        if value.is_invalid() {
            return match param.nil() {
                Some(nil) => Ok(Reflect::concrete(nil)),
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
fn assigned(value: Value, param: Type) -> Value {
    match (param, value) {
        (Type::Map, Value::Map(map)) => Value::Map(map.retyped(&MapType::ANY)),
        (Type::StringMap, Value::Map(map)) => Value::Map(map.retyped(&MapType::STRINGS)),
        (Type::List, Value::List(list)) => Value::List(list.retyped(&ListType::ANY)),
        (Type::Strings, Value::List(list)) => Value::List(list.retyped(&ListType::STRINGS)),
        (_, value) => value,
    }
}

/// What a literal for this parameter must be; `None` when no literal will do.
fn expected(param: Type) -> Option<&'static str> {
    match param {
        Type::Bool => Some("bool"),
        Type::String => Some("string"),
        Type::Int | Type::Int64 | Type::Integer(_) => Some("integer"),
        Type::Uint32 => Some("unsigned integer"),
        Type::Float64 => Some("float"),
        _ => None,
    }
}
