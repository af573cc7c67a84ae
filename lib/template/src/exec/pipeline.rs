//! Pipelines, commands, variables and constants.

use homescale_value::{Str, Value};

use crate::literal::Number;
use crate::node::{At, Command, Operand, Pipe, Term, VariableId};
use crate::print::print;

use super::reflect::Reflect;
use super::{Eval, Exec, Variable};

impl<'t> Exec<'_, 't> {
    /// The value of a pipeline; nil means that there is none. Its variables are set and stay until the block ends.
    pub(super) fn pipeline(&mut self, dot: &Reflect, pipe: &'t Pipe) -> Eval<Value> {
        self.at = Some(At::Pipe(pipe));
        if self.run.stack.is_exhausted() {
            return Err(self.too_deep());
        }
        let mut value = None;
        for command in &pipe.commands {
            value = Some(self.command(dot, command, value)?);
        }
        let value = value.unwrap_or_default();
        for variable in &pipe.variables {
            let value = Reflect::concrete(value.clone());
            if pipe.assigns {
                self.assign(*variable, value)?;
            } else {
                self.declare(*variable, value);
            }
        }
        Ok(value)
    }

    /// A command of a pipeline; `piped` is the value of the command before it.
    fn command(
        &mut self,
        dot: &Reflect,
        command: &'t Command,
        piped: Option<Value>,
    ) -> Eval<Value> {
        self.consume_fuel(1)?;
        let [first, arguments @ ..] = &*command.operands else {
            return Ok(Value::Nil);
        };
        let result = match &first.term {
            Term::Field(names) => {
                self.at = Some(At::Operand(first));
                self.fields(dot, dot, names, first, arguments, piped)?
            }
            Term::Chain(inner, names) => self.chain(dot, first, inner, names, arguments, piped)?,
            Term::Function(callee) => {
                self.at = Some(At::Operand(first));
                self.function(dot, callee, At::Command(command), arguments, piped)?
            }
            Term::Pipe(pipe) => {
                self.no_arguments(first, arguments, piped.as_ref())?;
                return self.pipeline(dot, pipe);
            }
            Term::Variable(id, names) => self.variable(dot, first, *id, names, arguments, piped)?,
            literal => {
                self.at = Some(At::Operand(first));
                self.no_arguments(first, arguments, piped.as_ref())?;
                return match literal {
                    Term::Bool(value) => Ok(Value::Bool(*value)),
                    Term::Dot => Ok(dot.value.clone()),
                    Term::Number(number) => self.constant(number),
                    Term::String(_, text) => Ok(Value::Str(text.clone())),
                    _ => self.fail("nil is not a command"),
                };
            }
        };
        Ok(result.value)
    }

    /// Complains when what is not a function has arguments.
    fn no_arguments(
        &self,
        operand: &'t Operand,
        arguments: &[Operand],
        piped: Option<&Value>,
    ) -> Eval<()> {
        if arguments.is_empty() && piped.is_none() {
            return Ok(());
        }
        let operand = print(&self.template.source, At::Operand(operand));
        self.fail(format!("can't give argument to non-function {operand}"))
    }

    /// A number where nothing says which type it should have.
    pub(super) fn constant(&self, number: &Number) -> Eval<Value> {
        if let Some(complex) = number.complex {
            return Ok(Value::Complex(complex.into()));
        }
        match (number.float, number.int) {
            (Some(x), _) if number.is_float_by_form() => Ok(Value::Float(x)),
            (_, Some(n)) => Ok(Value::Int(n)),
            _ => self.fail(format!("{} overflows int", number.text)),
        }
    }

    /// `(pipe).a.b`
    pub(super) fn chain(
        &mut self,
        dot: &Reflect,
        chain: &'t Operand,
        inner: &'t Operand,
        names: &'t [Str],
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        self.at = Some(At::Operand(inner));
        let receiver = match &inner.term {
            Term::Pipe(pipe) => Reflect::concrete(self.pipeline(dot, pipe)?),
            Term::Function(callee) => self.function(dot, callee, At::Operand(inner), &[], None)?,
            // The parser joins the fields of a field or variable to it, and refuses those of a literal.
            _ => Reflect::default(),
        };
        self.fields(dot, &receiver, names, chain, arguments, piped)
    }

    /// `$x.a.b`
    pub(super) fn variable(
        &mut self,
        dot: &Reflect,
        operand: &'t Operand,
        id: VariableId,
        names: &'t [Str],
        arguments: &'t [Operand],
        piped: Option<Value>,
    ) -> Eval<Reflect> {
        self.at = Some(At::Operand(operand));
        let known = &self.run.variables[self.first_variable..];
        let Some(variable) = known.iter().rfind(|variable| variable.id == id) else {
            return self.undefined(id);
        };
        let value = variable.value.clone();
        if names.is_empty() {
            self.no_arguments(operand, arguments, piped.as_ref())?;
            return Ok(value);
        }
        self.fields(dot, &value, names, operand, arguments, piped)
    }

    pub(super) fn declare(&mut self, id: VariableId, value: Reflect) {
        self.run.variables.push(Variable { id, value });
    }

    pub(super) fn assign(&mut self, id: VariableId, value: Reflect) -> Eval<()> {
        let known = &mut self.run.variables[self.first_variable..];
        match known.iter_mut().rfind(|variable| variable.id == id) {
            Some(variable) => {
                variable.value = value;
                Ok(())
            }
            None => self.undefined(id),
        }
    }

    #[cold]
    fn undefined<T>(&self, id: VariableId) -> Eval<T> {
        let name = self.template.source.variable(id);
        self.fail(format!("undefined variable: {name}"))
    }
}
