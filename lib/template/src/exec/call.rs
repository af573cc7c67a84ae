//! Calls of functions and methods.

use homescale_value::{Method, Signature, Type, Value};

use crate::error::{Failure, Problem};
use crate::functions::{Callee, Form};
use crate::node::{At, Operand};
use crate::options::Limit;
use crate::print::print;

use super::reflect::Reflect;
use super::{Eval, Exec};

/// How many bytes of arguments are a step.
const STEP: usize = 16;

/// Shorter arguments are part of the step that the call is.
const SHORT: usize = 256;

/// Arguments that are shorter in all need no room of their own: what functions make of them is soon gone, or counted.
const LONG: usize = 64 << 10;

/// How many times the length of a text a function may make of it, in escapes, in characters and in copies of the result.
const TEXT: u64 = 16;

/// The same for bytes, which may become a list of numbers.
const BYTES: u64 = 64;

/// The same for lists and maps, which may be copied.
const CONTAINER: u64 = 4;

impl<'t> Exec<'_, 't> {
    /// Calls a function. `node` is where its own failure is reported.
    pub(super) fn function(
        &mut self,
        dot: &Reflect,
        callee: &'t Callee,
        node: At<'t>,
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        let function = callee.function;
        self.check_count(
            &function.signature,
            callee.name(),
            arguments,
            piped.as_ref(),
        )?;
        match callee.form {
            Form::And => return self.short_circuit(dot, false, arguments, piped),
            Form::Or => return self.short_circuit(dot, true, arguments, piped),
            Form::Call | Form::Plain => {}
        }
        let callee_text = match callee.form {
            Form::Call => Some(self.callee_text(arguments, piped.as_ref())),
            _ => None,
        };
        let mut values = self.arguments(dot, &function.signature, arguments, piped)?;
        if let Some(text) = callee_text {
            values.insert(0, text);
        }
        self.calling = Some((callee, node));
        self.count_arguments(&values, node)?;
        let result = (function.call)(self, &values);
        self.give_back(values);
        match result {
            Ok(value) => {
                self.count_result(&value, node)?;
                Ok(Reflect::result(value))
            }
            Err(failure) => {
                self.at = Some(node);
                self.failed(callee.name(), failure)
            }
        }
    }

    /// Calls a method of `receiver`.
    pub(super) fn method(
        &mut self,
        dot: &Reflect,
        receiver: &Value,
        method: &'static Method,
        operand: &'t Operand,
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        self.check_count(&method.signature, method.name, arguments, piped.as_ref())?;
        if let Some(message) = method.signature.refused {
            return self.fail(message);
        }
        let values = self.arguments(dot, &method.signature, arguments, piped)?;
        self.count_arguments(&values, At::Operand(operand))?;
        let result = (method.call)(receiver, &values);
        self.give_back(values);
        match result {
            Ok(value) => {
                self.count_result(&value, At::Operand(operand))?;
                Ok(Reflect::result(value))
            }
            Err(error) => {
                self.at = Some(At::Operand(operand));
                self.failed(method.name, Failure::Message(error.to_string()))
            }
        }
    }

    /// Long arguments take fuel, and there must be room for what functions make of them. What a function makes beyond that, it
    /// asks for itself: see [`Context::room`](crate::Context::room).
    fn count_arguments(&mut self, values: &[Value], node: At<'t>) -> Eval<()> {
        let length: usize = values.iter().map(Value::size_estimate).sum();
        if length < SHORT {
            return Ok(());
        }
        self.consume_fuel((length / STEP) as u64)?;
        if length >= LONG && grown(values) > self.run.left.memory {
            self.at = Some(node);
            return Err(self.out_of(Limit::Memory));
        }
        Ok(())
    }

    /// A value that was not there before takes memory, and is whole if no bound was reached; `node` made it.
    fn count_result(&mut self, value: &Value, node: At<'t>) -> Eval<()> {
        let before = self.at.replace(node);
        if value.is_unique() {
            self.consume_memory(value.size_estimate())?;
        }
        self.check_bounds()?;
        self.at = before;
        Ok(())
    }

    /// `and` and `or`: the first argument whose truth is `stop`, else the last one.
    fn short_circuit(
        &mut self,
        dot: &Reflect,
        stop: bool,
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        let mut value = Value::Nil;
        for argument in arguments {
            value = self.argument(dot, Type::Reflect, argument)?.value;
            if value.is_true() == stop {
                return Ok(Reflect::result(value));
            }
        }
        Ok(Reflect::result(piped.unwrap_or(value)))
    }

    /// How the first argument of `call` is written; from the pipe, what Go's `reflect.Value` prints.
    fn callee_text(&self, arguments: &'t [Operand], piped: Option<&Value>) -> Value {
        match (arguments.first(), piped) {
            (Some(operand), _) => print(&self.template.source, At::Operand(operand)).into(),
            (None, Some(Value::Str(text))) => Value::Str(text.clone()),
            (None, Some(Value::Nil) | None) => "<invalid Value>".into(),
            (None, Some(value)) => format!("<{} Value>", value.type_name()).into(),
        }
    }

    fn check_count(
        &self,
        signature: &Signature,
        name: &str,
        arguments: &[Operand],
        piped: Option<&Value>,
    ) -> Eval<()> {
        let fixed = signature.params.len();
        let given = arguments.len() + usize::from(piped.is_some());
        if signature.variadic.is_none() && given != fixed {
            let message = format!("wrong number of args for {name}: want {fixed} got {given}");
            return self.fail(message);
        }
        if given < fixed {
            // Go does not count the piped argument here.
            let given = arguments.len();
            return self.fail(format!(
                "wrong number of args for {name}: want at least {fixed} got {given}"
            ));
        }
        Ok(())
    }

    /// The checked and converted arguments; their number is known to be right.
    fn arguments(
        &mut self,
        dot: &Reflect,
        signature: &Signature,
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Vec<Value>> {
        let param = |index: usize| {
            let fixed = signature.params.get(index).copied();
            fixed.or(signature.variadic).unwrap_or(Type::Any)
        };
        let mut values = self.run.spare.pop().unwrap_or_default();
        let mut invalid = 0;
        for (index, argument) in arguments.iter().enumerate() {
            let param = param(index);
            let value = self.argument(dot, param, argument)?;
            invalid |= bit(index, value.is_invalid());
            values.push(passed(value.value, param));
        }
        if let Some(piped) = piped {
            let index = arguments.len();
            let param = param(index);
            let value = self.validate(Reflect::concrete(piped), param)?;
            invalid |= bit(index, value.is_invalid());
            values.push(passed(value.value, param));
        }
        self.run.invalid = invalid;
        Ok(values)
    }

    /// Keeps an argument list for the next call.
    fn give_back(&mut self, mut values: Vec<Value>) {
        values.clear();
        self.run.spare.push(values);
    }

    #[cold]
    fn failed<T>(&self, name: &'static str, failure: Failure) -> Eval<T> {
        match failure {
            Failure::TooLong => Err(self.out_of(Limit::Memory)),
            // It is the template that takes more than it may, whichever function noticed.
            Failure::Limit(text, exceeded) if text.is_empty() => {
                Err(self.error(Problem::Limit(exceeded)))
            }
            failure => Err(self.error(Problem::Function(name, failure))),
        }
    }
}

/// An argument as the callee gets it: only a `reflect.Value` is the very thing that the evaluator holds.
fn passed(value: Value, param: Type) -> Value {
    match &value {
        Value::Object(object) if param != Type::Reflect => object.as_argument().unwrap_or(value),
        _ => value,
    }
}

/// A bit set of arguments; functions look at their first few only.
fn bit(index: usize, set: bool) -> u64 {
    u64::from(set && index < 64) << (index % 64)
}

/// How many bytes functions make of these arguments at most, unless they ask for more.
fn grown(values: &[Value]) -> u64 {
    let grown = values.iter().map(|value| {
        let times = match value {
            Value::Bytes(_) => BYTES,
            Value::Str(_) => TEXT,
            _ => CONTAINER,
        };
        times.saturating_mul(value.size_estimate() as u64)
    });
    grown.fold(0, u64::saturating_add)
}
