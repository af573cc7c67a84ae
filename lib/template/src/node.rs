//! The syntax tree. It is immutable and owns its names and constants, so that threads can share it.
//!
//! Nodes hold byte offsets in the text of the file; the evaluator turns one into line and column when it reports an
//! error there. A chart has tens of thousands of nodes, so that they are kept small.

use std::sync::Arc;

use homescale_value::Str;

use crate::functions::Callee;
use crate::literal::Number;

/// A template: a whole file, or a `define` or `block` in one.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) name: Str,
    pub(crate) source: Arc<Source>,
    /// Files with the same text share it.
    pub(crate) body: Arc<[Node]>,
    /// Whether there is nothing in it but white space, comments and definitions.
    pub(crate) is_empty: bool,
}

/// The text that a template was parsed from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) text: Str,
    /// The names of the variables, dollar sign included; a [`VariableId`] is an index.
    pub(crate) variables: Arc<[Box<str>]>,
}

impl Source {
    /// The line of an offset, and its column in bytes, both from 1.
    pub(crate) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..offset];
        let newline = memchr::memrchr(b'\n', before);
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        (
            line,
            before.len() - newline.unwrap_or(0) + usize::from(newline.is_none()),
        )
    }

    /// The bytes of a slice of this source.
    pub(crate) fn slice(&self, text: Text) -> &[u8] {
        text.of(&self.text)
    }

    /// The name of a variable of this source, dollar sign included.
    pub(crate) fn variable(&self, id: u32) -> &str {
        &self.variables[id as usize]
    }
}

/// A variable name of one file. Number 0 is `$`.
pub(crate) type VariableId = u32;

/// A byte offset in the text of the file.
pub(crate) type Offset = u32;

/// What is executed in order.
pub(crate) type List = Box<[Node]>;

/// A statement.
#[derive(Debug)]
pub(crate) enum Node {
    Text(Text),
    Action(Action),
    If(Box<Branch>),
    With(Box<Branch>),
    Range(Box<Branch>),
    Template(Box<Invocation>),
    Break,
    Continue,
}

/// Text that is written as it is: a slice of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) start: Offset,
    pub(crate) end: Offset,
}

impl Text {
    /// The slice.
    pub(crate) fn of(self, source: &[u8]) -> &[u8] {
        &source[self.start as usize..self.end as usize]
    }
}

/// `{{ pipe }}`.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) offset: Offset,
    pub(crate) pipe: Pipe,
}

/// `{{ if pipe }}body{{ else }}otherwise{{ end }}`, and `with` and `range` likewise.
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) pipe: Pipe,
    pub(crate) body: List,
    pub(crate) otherwise: Option<List>,
}

/// `{{ template "name" pipe }}`.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) offset: Offset,
    pub(crate) name: Str,
    pub(crate) pipe: Option<Pipe>,
}

/// `$declared := command | command`.
#[derive(Debug)]
pub(crate) struct Pipe {
    pub(crate) offset: Offset,
    /// Whether the variables are assigned (`=`), not declared.
    pub(crate) assigns: bool,
    pub(crate) variables: Box<[VariableId]>,
    pub(crate) commands: Box<[Command]>,
}

/// A function, method or value, followed by its arguments.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) offset: Offset,
    /// The first is what is called or read; there is at least one.
    pub(crate) operands: Box<[Operand]>,
}

/// An operand of a command.
#[derive(Debug)]
pub(crate) struct Operand {
    pub(crate) offset: Offset,
    pub(crate) term: Term,
}

/// What an operand is.
#[derive(Debug)]
pub(crate) enum Term {
    Bool(bool),
    Nil,
    Dot,
    Number(Box<Number>),
    /// A string, as it is written and as it reads.
    String(Text, Str),
    /// `.a.b`
    Field(Box<[Str]>),
    /// `$x.a.b`
    Variable(VariableId, Box<[Str]>),
    /// `function`
    Function(Callee),
    /// `(pipe)`
    Pipe(Box<Pipe>),
    /// `(pipe).a.b`
    Chain(Box<Operand>, Box<[Str]>),
}

/// Where the evaluator is: the node that an error is reported at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'t> {
    Action(&'t Action),
    Pipe(&'t Pipe),
    Command(&'t Command),
    Operand(&'t Operand),
    Template(&'t Invocation),
}

impl At<'_> {
    pub(crate) fn offset(self) -> usize {
        let offset = match self {
            Self::Action(action) => action.offset,
            Self::Pipe(pipe) => pipe.offset,
            Self::Command(command) => command.offset,
            Self::Operand(operand) => operand.offset,
            Self::Template(invocation) => invocation.offset,
        };
        offset as usize
    }
}
