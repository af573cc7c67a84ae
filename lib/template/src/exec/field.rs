//! Fields: map keys, struct fields and methods.

use homescale_go::strconv::quote;
use homescale_value::{Map, Method, Object, Str, Value};

use crate::error::Problem;
use crate::node::Operand;
use crate::options::MissingKey;

use super::reflect::Reflect;
use super::{Eval, Exec};

impl<'t> Exec<'_, 't> {
    /// `.a.b.c` on `receiver`. Arguments belong to the last name, which must be a method to take them.
    pub(super) fn fields(
        &mut self,
        dot: &Reflect,
        receiver: &Reflect,
        names: &'t [Str],
        operand: &'t Operand,
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        let Some((last, inner)) = names.split_last() else {
            return Ok(receiver.clone());
        };
        let Some((first, inner)) = inner.split_first() else {
            return self.field(dot, receiver, last, operand, arguments, piped);
        };
        let mut receiver = self.field(dot, receiver, first, operand, &[], None)?;
        for name in inner {
            receiver = self.field(dot, &receiver, name, operand, &[], None)?;
        }
        self.field(dot, &receiver, last, operand, arguments, piped)
    }

    /// One name. A method hides a key or field of its name; what a missing key gives depends on the map's type.
    fn field(
        &mut self,
        dot: &Reflect,
        receiver: &Reflect,
        name: &Str,
        operand: &'t Operand,
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        let methods = match &receiver.value {
            Value::Nil if receiver.interface => {
                return self.fail(format!("nil pointer evaluating interface {{}}.{name}"));
            }
            Value::Nil if self.scope.options.missing_key == MissingKey::Error => {
                let name = quote(name);
                return self.fail(format!("nil data; no entry for key {name}"));
            }
            Value::Nil => return Ok(Reflect::default()),
            Value::Map(map) => map.ty().methods,
            Value::List(list) => list.ty().methods,
            Value::Object(object) => object.methods(),
            _ => &[],
        };
        if let Some(method) = find(methods, name)
            && !self.hides(&receiver.value, method)
        {
            return self.method(dot, &receiver.value, method, operand, arguments, piped);
        }
        let has_arguments = !arguments.is_empty() || piped.is_some();
        match &receiver.value {
            Value::Map(_) if has_arguments => {
                self.fail(format!("{name} is not a method but has arguments"))
            }
            Value::Map(map) => self.key(map, name),
            Value::Object(object) if is_unexported(&**object, name) => {
                self.unexported(receiver, name)
            }
            Value::Object(object) => match field_of(&**object, name) {
                Some(_) if has_arguments => self.fail(format!(
                    "{name} has arguments but cannot be invoked as function"
                )),
                Some(value) => Ok(Reflect::result(value)),
                None => self.no_field(receiver, name),
            },
            _ => self.no_field(receiver, name),
        }
    }

    /// Whether the Go of this level does not have the method.
    fn hides(&self, receiver: &Value, method: &Method) -> bool {
        let hidden = self.scope.options.hidden_methods;
        !hidden.is_empty() && hidden.contains(&(receiver.type_name(), method.name))
    }

    /// The value of a key, or what the options say about one that is missing.
    fn key(&self, map: &Map, name: &Str) -> Eval<Reflect> {
        let elem = map.ty().elem;
        match (map.get(name), self.scope.options.missing_key) {
            (Some(value), _) => Ok(Reflect::element(value, elem)),
            (None, MissingKey::Zero) => Ok(Reflect::element(elem.zero(), elem)),
            (None, MissingKey::Invalid) => Ok(Reflect::default()),
            (None, MissingKey::Error) => {
                let name = quote(name);
                self.absent(format!("map has no entry for key {name}"))
            }
        }
    }

    #[cold]
    fn unexported<T>(&self, receiver: &Reflect, name: &Str) -> Eval<T> {
        let ty = receiver.type_name();
        self.fail(format!("{name} is an unexported field of struct type {ty}"))
    }

    /// Fails because of a field or key that is not there.
    #[cold]
    fn absent<T>(&self, message: String) -> Eval<T> {
        Err(self.error(Problem::Absent(message)))
    }

    #[cold]
    fn no_field<T>(&self, receiver: &Reflect, name: &Str) -> Eval<T> {
        let ty = receiver.type_name();
        self.absent(format!("can't evaluate field {name} in type {ty}"))
    }
}

fn find(methods: &'static [Method], name: &Str) -> Option<&'static Method> {
    methods.iter().find(|method| *name == *method.name)
}

fn is_unexported(object: &dyn Object, name: &Str) -> bool {
    name.as_str().is_some_and(|name| object.hides_field(name))
}

fn field_of(object: &dyn Object, name: &Str) -> Option<Value> {
    object.field(name.as_str()?)
}
