//! Statements: text, actions, `if`, `with` and `template`.

use std::sync::Arc;

use homescale_go::strconv::quote;
use homescale_value::{Kind, Value, append_text};

use crate::node::{Action, At, Branch, Invocation, Node, Text};
use crate::print::print;
use crate::printable::printable;

use super::reflect::Reflect;
use super::{Caller, Eval, Exec, MAX_TEMPLATE_DEPTH};

/// How a list of statements ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

impl<'t> Exec<'_, 't> {
    pub(super) fn list(&mut self, dot: &Reflect, list: &'t [Node]) -> Eval<Flow> {
        if self.run.stack.is_exhausted() {
            return Err(self.too_deep());
        }
        for node in list {
            self.consume_fuel(1)?;
            let flow = match node {
                Node::Text(text) => self.text(*text)?,
                Node::Action(action) => self.action(dot, action)?,
                Node::If(branch) => self.branch(dot, branch, false)?,
                Node::With(branch) => self.branch(dot, branch, true)?,
                Node::Range(branch) => self.range(dot, branch)?,
                Node::Template(invocation) => self.invoke(dot, invocation)?,
                Node::Break => Flow::Break,
                Node::Continue => Flow::Continue,
            };
            if flow != Flow::Next {
                return Ok(flow);
            }
        }
        Ok(Flow::Next)
    }

    fn text(&mut self, text: Text) -> Eval<Flow> {
        self.consume_output((text.end - text.start) as usize)?;
        self.out.extend_from_slice(self.template.source.slice(text));
        Ok(Flow::Next)
    }

    /// Evaluates a pipeline and prints its value, unless that went to a variable.
    fn action(&mut self, dot: &Reflect, action: &'t Action) -> Eval<Flow> {
        let value = self.pipeline(dot, &action.pipe)?;
        if action.pipe.variables.is_empty() {
            self.print(&value, action)?;
        }
        Ok(Flow::Next)
    }

    fn print(&mut self, value: &Value, action: &'t Action) -> Eval<()> {
        self.at = Some(At::Action(action));
        let before = self.out.len();
        match value {
            Value::Nil => self.out.extend_from_slice(b"<no value>"),
            Value::Str(text) => self.out.extend_from_slice(text),
            value if value.kind() == Kind::Func => {
                let action = print(&self.template.source, At::Action(action));
                let ty = value.type_name();
                return self.fail(format!("can't print {action} of type {ty}"));
            }
            value => append_text(self.out, &printable(value)),
        }
        self.consume_output(self.out.len() - before)?;
        self.check_bounds()
    }

    /// `if`, and `with`, which sets the dot.
    fn branch(&mut self, dot: &Reflect, branch: &'t Branch, sets_dot: bool) -> Eval<Flow> {
        let mark = self.run.variables.len();
        let value = self.pipeline(dot, &branch.pipe)?;
        let flow = if !value.is_true() {
            match &branch.otherwise {
                Some(otherwise) => self.list(dot, otherwise),
                None => Ok(Flow::Next),
            }
        } else if sets_dot {
            self.list(&Reflect::concrete(value), &branch.body)
        } else {
            self.list(dot, &branch.body)
        };
        self.run.variables.truncate(mark);
        flow
    }

    fn invoke(&mut self, dot: &Reflect, invocation: &'t Invocation) -> Eval<Flow> {
        self.at = Some(At::Template(invocation));
        let Some(template) = self.scope.find(&invocation.name) else {
            let name = quote(&invocation.name);
            return self.fail(format!("template {name} not defined"));
        };
        if self.depth == MAX_TEMPLATE_DEPTH {
            return Err(self.too_deep());
        }
        let data = match &invocation.pipe {
            Some(pipe) => self.pipeline(dot, pipe)?,
            None => Value::Nil,
        };
        let caller = Caller {
            source: &self.template.source,
            offset: invocation.offset as usize,
            outer: self.outer,
        };
        let inner = Exec {
            run: &mut *self.run,
            out: &mut *self.out,
            scope: self.scope,
            outer: Some(&caller),
            template,
            // A node means nothing in another text.
            at: self
                .at
                .filter(|_| Arc::ptr_eq(&template.source, &self.template.source)),
            calling: None,
            first_variable: 0,
            depth: self.depth + 1,
        };
        inner.template_body(data)?;
        Ok(Flow::Next)
    }
}
