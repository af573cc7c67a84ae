//! Pipelines: declarations, and commands separated by `|`.

use crate::lex::Kind;
use crate::node::{Command, Pipe, Term};

use super::{Parse, Parser};

impl Parser<'_> {
    /// A pipeline up to the item that ends it. `context` is what errors call the surroundings.
    pub(super) fn pipeline(&mut self, context: &str, end: Kind) -> Parse<Pipe> {
        let mut pipe = Pipe {
            offset: self.peek_non_space().slice.start,
            assigns: false,
            variables: Box::default(),
            commands: Box::default(),
        };
        self.declarations(&mut pipe, context)?;
        let mark = self.commands.len();
        loop {
            let item = self.next_non_space();
            match item.kind {
                kind if kind == end => break,
                Kind::Bool
                | Kind::CharConstant
                | Kind::Complex
                | Kind::Dot
                | Kind::Field
                | Kind::Identifier
                | Kind::LeftParen
                | Kind::Nil
                | Kind::Number
                | Kind::RawString
                | Kind::String
                | Kind::Variable => {
                    self.back_up();
                    let command = self.command()?;
                    self.commands.push(command);
                }
                _ => return Err(self.unexpected(item, context)),
            }
        }
        pipe.commands = self.commands.split_off(mark).into();
        check(&pipe, context)?;
        Ok(pipe)
    }

    /// `$x :=`, `$x =`, and for `range` also `$x, $y :=`. Reads nothing when there is none of that.
    fn declarations(&mut self, pipe: &mut Pipe, context: &str) -> Parse<()> {
        let mut variables = [0; 2];
        let mut count = 0;
        loop {
            let variable = self.peek_non_space();
            if variable.kind != Kind::Variable {
                return Ok(());
            }
            self.next();
            let after = self.peek();
            let next = self.peek_non_space();
            let is_comma = next.kind == Kind::Char && self.lexer.slice(next) == b",";
            let declares = matches!(next.kind, Kind::Assign | Kind::Declare);
            if !declares && !is_comma {
                if after.kind == Kind::Space {
                    self.push_back_two(variable, after);
                } else {
                    self.push_back(variable);
                }
                return Ok(());
            }
            self.next_non_space();
            let id = self.names.id(self.lexer.slice(variable));
            variables[count] = id;
            count += 1;
            pipe.variables = variables[..count].into();
            self.scope.declare(id);
            if declares {
                pipe.assigns = next.kind == Kind::Assign;
                return Ok(());
            }
            if context != "range" || count >= 2 {
                return Err(format!("too many declarations in {context}").into());
            }
            let next = self.peek_non_space().kind;
            if !matches!(next, Kind::Variable | Kind::RightDelim | Kind::RightParen) {
                return Err("range can only initialize variables".into());
            }
        }
    }

    /// Operands separated by space, up to a `|`, which is read, or to the end of the pipeline, which is not.
    fn command(&mut self) -> Parse<Command> {
        let offset = self.peek_non_space().slice.start;
        let mark = self.operands.len();
        loop {
            self.peek_non_space();
            if let Some(operand) = self.operand()? {
                self.operands.push(operand);
            }
            let item = self.next();
            match item.kind {
                Kind::Space => {}
                Kind::Pipe => break,
                Kind::RightDelim | Kind::RightParen => {
                    self.back_up();
                    break;
                }
                _ => return Err(self.unexpected(item, "operand")),
            }
        }
        if self.operands.len() == mark {
            return Err("empty command".into());
        }
        let operands = self.operands.split_off(mark).into();
        Ok(Command { offset, operands })
    }
}

/// A pipeline must have a command, and the commands after a `|` must be able to take its value.
fn check(pipe: &Pipe, context: &str) -> Parse<()> {
    if pipe.commands.is_empty() {
        return Err(format!("missing value for {context}").into());
    }
    for (index, command) in pipe.commands.iter().enumerate().skip(1) {
        let first = command.operands.first().map(|operand| &operand.term);
        if let Some(Term::Bool(_) | Term::Dot | Term::Nil | Term::Number(_) | Term::String(_, _)) =
            first
        {
            let stage = index + 1;
            return Err(format!("non executable command in pipeline stage {stage}").into());
        }
    }
    Ok(())
}
