//! Operands: literals, variables, functions, parentheses, and the fields that follow them.

use homescale_value::{Str, quote};

use crate::lex::{Item, Kind};
use crate::literal::{self, unquote};
use crate::node::{Operand, Term, Text};

use super::{Parse, Parser};

impl<'s> Parser<'s> {
    /// A term and the fields that follow it without a space. `None` when the next item starts no operand.
    pub(super) fn operand(&mut self) -> Parse<Option<Operand>> {
        let Some(operand) = self.term()? else {
            return Ok(None);
        };
        let first_field = self.peek();
        if first_field.kind != Kind::Field {
            return Ok(Some(operand));
        }
        let mut names = Vec::new();
        while self.peek().kind == Kind::Field {
            names.push(field_name(self.next()));
        }
        let term = match operand.term {
            Term::Field(known) => Term::Field([known.into_vec(), names].concat().into()),
            Term::Variable(id, known) => {
                Term::Variable(id, [known.into_vec(), names].concat().into())
            }
            Term::Function(_) | Term::Pipe(_) | Term::Chain(..) => {
                Term::Chain(Box::new(operand), names.into())
            }
            Term::Bool(_) | Term::Nil | Term::Dot | Term::Number(_) | Term::String(..) => {
                let term = quote(&self.text[operand.position..first_field.start]);
                return Err(format!("unexpected . after term {term}"));
            }
        };
        Ok(Some(Operand {
            position: first_field.start,
            term,
        }))
    }

    fn term(&mut self) -> Parse<Option<Operand>> {
        let item = self.next_non_space();
        let term = match item.kind {
            Kind::Identifier => self.function(item)?,
            Kind::Dot => Term::Dot,
            Kind::Nil => Term::Nil,
            Kind::Variable => {
                let id = self.names.id(item.text);
                if !self.scope.sees(id) {
                    return Err(format!("undefined variable {}", quote(item.text)));
                }
                Term::Variable(id, Box::default())
            }
            Kind::Field => Term::Field([field_name(item)].into()),
            Kind::Bool => Term::Bool(item.text == b"true"),
            Kind::CharConstant => Term::Number(Box::new(literal::character(item.text)?)),
            Kind::Complex => Term::Number(Box::new(literal::complex(&text(item))?)),
            Kind::Number => Term::Number(Box::new(literal::number(&text(item))?)),
            Kind::LeftParen => {
                let pipe = self
                    .nested(|parser| parser.pipeline("parenthesized pipeline", Kind::RightParen))?;
                return Ok(Some(Operand {
                    position: pipe.position,
                    term: Term::Pipe(Box::new(pipe)),
                }));
            }
            Kind::String | Kind::RawString => {
                let contents = unquote(item.text).ok_or("invalid syntax")?;
                let written = Text {
                    start: item.start,
                    end: item.start + item.text.len(),
                };
                Term::String(written, contents.into())
            }
            _ => {
                self.back_up();
                return Ok(None);
            }
        };
        Ok(Some(Operand {
            position: item.start,
            term,
        }))
    }

    fn function(&mut self, item: Item<'s>) -> Parse<Term> {
        let callee = self.functions.callee(&text(item));
        callee
            .map(Term::Function)
            .ok_or_else(|| format!("function {} not defined", quote(item.text)))
    }
}

/// The name in a field item, which starts with its dot.
fn field_name(item: Item<'_>) -> Str {
    item.text[1..].into()
}

fn text(item: Item<'_>) -> String {
    String::from_utf8_lossy(item.text).into_owned()
}
