//! [`Reflect`]: a value with what Go's reflection knows of its static type.

use homescale_value::{Number, Type, Value};

/// A value as the evaluator holds it, like Go's `reflect.Value`.
///
/// Go tells the type of a value from the type of the place that it was read from. Templates notice the difference in two
/// ways: an error names the type of the place, and a nil read from a place of type `interface {}` is a value, while no
/// value at all is invalid.
#[derive(Clone, Debug, Default)]
pub(super) struct Reflect {
    pub(super) value: Value,
    /// Whether the place is an `interface {}`. Always true for a nil that is not invalid.
    pub(super) interface: bool,
}

impl Reflect {
    /// A value whose static type is its own; nil is invalid.
    pub(super) fn concrete(value: Value) -> Self {
        Self {
            value,
            interface: false,
        }
    }

    /// An element of a list or map, whose place has this type.
    pub(super) fn element(value: Value, elem: Type) -> Self {
        let interface = elem == Type::Any || matches!(value, Value::Nil);
        Self { value, interface }
    }

    /// What a function, method or struct field gives: a value of its own type, or a nil interface.
    pub(super) fn result(value: Value) -> Self {
        Self::element(value, Type::Named(""))
    }

    /// Whether this is no value at all.
    pub(super) fn is_invalid(&self) -> bool {
        !self.interface && matches!(self.value, Value::Nil)
    }

    /// The static type, as error messages print it.
    pub(super) fn type_name(&self) -> &'static str {
        if self.interface {
            "interface {}"
        } else {
            self.value.type_name()
        }
    }
}

/// Whether Go would assign a value of this type to a parameter of that type. The value is not nil.
pub(super) fn is_assignable(value: &Value, param: Type) -> bool {
    match (param, value) {
        (Type::Any | Type::Reflect, _)
        | (Type::Bool, Value::Bool(_))
        | (Type::Int, Value::Int(_))
        | (Type::Int64, Value::Int64(_))
        | (Type::Uint32, Value::Number(Number::Uint32(_)))
        | (Type::Float64, Value::Float(_))
        | (Type::String, Value::Str(_))
        | (Type::Bytes, Value::Bytes(_)) => true,
        // One with the same elements is of that type, or of a named type, which Go assigns as well.
        (Type::List, Value::List(list)) => list.ty().elem == Type::Any,
        (Type::Strings, Value::List(list)) => list.ty().elem == Type::String,
        (Type::Map, Value::Map(map)) => map.ty().elem == Type::Any,
        (Type::StringMap, Value::Map(map)) => map.ty().elem == Type::String,
        // Go dereferences a pointer for a parameter of the type that it points to.
        (Type::Pointer(_) | Type::Named(_) | Type::Integer(_), value) => {
            let name = param.name();
            value.type_name() == name || value.pointee() == Some(name)
        }
        _ => false,
    }
}
