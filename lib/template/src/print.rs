//! Printing of nodes in canonical form, as Go's error messages show them: `include "x" .`, `{{template "x" .}}`.

use homescale_go::strconv::quote;
use homescale_value::Str;

use crate::node::{At, Command, Operand, Pipe, Source, Term};

/// The text of a node of this source.
pub(crate) fn print(source: &Source, node: At<'_>) -> String {
    let mut printer = Printer {
        source,
        out: String::new(),
    };
    match node {
        At::Action(action) => {
            printer.out.push_str("{{");
            printer.pipe(&action.pipe);
            printer.out.push_str("}}");
        }
        At::Pipe(pipe) => printer.pipe(pipe),
        At::Command(command) => printer.command(command),
        At::Operand(operand) => printer.operand(operand),
        At::Template(invocation) => {
            printer.out.push_str("{{template ");
            printer.out.push_str(&quote(&invocation.name));
            if let Some(pipe) = &invocation.pipe {
                printer.out.push(' ');
                printer.pipe(pipe);
            }
            printer.out.push_str("}}");
        }
    }
    printer.out
}

/// Descends as deep as the parser allows nesting, which is little.
struct Printer<'t> {
    source: &'t Source,
    out: String,
}

impl Printer<'_> {
    fn pipe(&mut self, pipe: &Pipe) {
        for (index, variable) in pipe.variables.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.out.push_str(self.source.variable(*variable));
        }
        if !pipe.variables.is_empty() {
            self.out.push_str(if pipe.assigns { " = " } else { " := " });
        }
        for (index, command) in pipe.commands.iter().enumerate() {
            if index > 0 {
                self.out.push_str(" | ");
            }
            self.command(command);
        }
    }

    fn command(&mut self, command: &Command) {
        for (index, operand) in command.operands.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            self.in_parentheses(operand);
        }
    }

    /// An operand of a command or chain: a pipe has its parentheses, which it lacks when it is an error's own node.
    fn in_parentheses(&mut self, operand: &Operand) {
        let is_pipe = matches!(operand.term, Term::Pipe(_));
        if is_pipe {
            self.out.push('(');
        }
        self.operand(operand);
        if is_pipe {
            self.out.push(')');
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match &operand.term {
            Term::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Term::Nil => self.out.push_str("nil"),
            Term::Dot => self.out.push('.'),
            Term::Number(number) => self.out.push_str(&number.text),
            Term::String(text, _) => {
                let written = String::from_utf8_lossy(self.source.slice(*text));
                self.out.push_str(&written);
            }
            Term::Field(names) => self.fields(names),
            Term::Variable(variable, names) => {
                self.out.push_str(self.source.variable(*variable));
                self.fields(names);
            }
            Term::Function(callee) => self.out.push_str(callee.name()),
            Term::Pipe(pipe) => self.pipe(pipe),
            Term::Chain(operand, names) => {
                self.in_parentheses(operand);
                self.fields(names);
            }
        }
    }

    fn fields(&mut self, names: &[Str]) {
        for name in names {
            self.out.push('.');
            self.out.push_str(&name.to_text());
        }
    }
}
