//! Operands: literals, variables, functions, parentheses, and the fields that follow them.

use std::borrow::Cow;

use homescale_go::strconv::{quote, unquote};
use homescale_value::Str;

use crate::error::Problem;
use crate::lex::{Item, Kind};
use crate::literal;
use crate::node::{Operand, Term, Text};

use super::{Parse, Parser};

impl Parser<'_> {
    /// A term and the fields that follow it without a space. `None` when the next item starts no operand.
    pub(super) fn operand(&mut self) -> Parse<Option<Operand>> {
        let mark = self.fields.len();
        let Some(operand) = self.term()? else {
            return Ok(None);
        };
        let first_field = self.peek();
        let mut field = first_field;
        while field.kind == Kind::Field {
            self.next();
            let name = self.field_name(field);
            self.fields.push(name);
            field = self.peek();
        }
        let names = self.fields.split_off(mark).into_boxed_slice();
        let offset = match first_field.kind {
            Kind::Field => first_field.slice.start,
            _ => operand.offset,
        };
        let term = match operand.term {
            Term::Field(_) => Term::Field(names),
            Term::Variable(id, _) => Term::Variable(id, names),
            _ if names.is_empty() => return Ok(Some(operand)),
            Term::Function(_) | Term::Pipe(_) | Term::Chain(..) => {
                Term::Chain(Box::new(operand), names)
            }
            Term::Bool(_) | Term::Nil | Term::Dot | Term::Number(_) | Term::String(..) => {
                let term = {
                    let start = operand.offset;
                    let end = first_field.slice.start;
                    quote(Text { start, end }.of(self.text))
                };
                return Err(format!("unexpected . after term {term}").into());
            }
        };
        Ok(Some(Operand { offset, term }))
    }

    /// A term without the fields that follow it. The name of a field itself is pushed to those.
    fn term(&mut self) -> Parse<Option<Operand>> {
        let item = self.next_non_space();
        let text = self.lexer.slice(item);
        let term = match item.kind {
            Kind::Identifier => self.function(item)?,
            Kind::Dot => Term::Dot,
            Kind::Nil => Term::Nil,
            Kind::Variable => {
                let id = self.names.id(text);
                if !self.scope.sees(id) {
                    return Err(format!("undefined variable {}", quote(text)).into());
                }
                Term::Variable(id, Box::default())
            }
            Kind::Field => {
                let name = self.field_name(item);
                self.fields.push(name);
                Term::Field(Box::default())
            }
            Kind::Bool => Term::Bool(text == b"true"),
            Kind::CharConstant => Term::Number(Box::new(literal::character(text)?)),
            Kind::Complex => {
                Term::Number(Box::new(literal::complex(&String::from_utf8_lossy(text))?))
            }
            Kind::Number => {
                Term::Number(Box::new(literal::number(&String::from_utf8_lossy(text))?))
            }
            Kind::LeftParen => {
                let pipe = self
                    .nested(|parser| parser.pipeline("parenthesized pipeline", Kind::RightParen))?;
                return Ok(Some(Operand {
                    offset: pipe.offset,
                    term: Term::Pipe(Box::new(pipe)),
                }));
            }
            Kind::String | Kind::RawString => Term::String(item.slice, self.string(item)?),
            _ => {
                self.back_up();
                return Ok(None);
            }
        };
        Ok(Some(Operand {
            offset: item.slice.start,
            term,
        }))
    }

    fn function(&mut self, item: Item) -> Parse<Term> {
        let name = self.lexer.slice(item);
        let callee = self.functions.callee(name).map(Term::Function);
        callee.ok_or_else(|| Problem::UnknownFunction(String::from_utf8_lossy(name).into_owned()))
    }

    /// What a string literal stands for.
    pub(super) fn string(&mut self, item: Item) -> Parse<Str> {
        let literal = self.lexer.slice(item);
        match unquote(literal).map_err(|reason| reason.to_string())? {
            Cow::Borrowed(contents) => Ok(self.words.get(contents)),
            Cow::Owned(contents) => Ok(contents.into()),
        }
    }

    /// The name in a field item, which starts with its dot.
    fn field_name(&mut self, item: Item) -> Str {
        let field = self.lexer.slice(item);
        self.words.get(&field[1..])
    }
}
