//! The evaluator: walks the syntax tree and writes text.
//!
//! It keeps the node that it is at for errors, exactly as Go does: the place of an error is the node that was visited
//! last, not always the one that a reader would blame.

mod argument;
mod call;
mod field;
mod pipeline;
mod range;
mod reflect;
mod statement;

use std::any::Any;

use homescale_go::strconv::quote;
use homescale_value::{Bound, Str, Value, bounds};

use crate::error::{Error, Failure, count};
use crate::function::{Call, Context, Place};
use crate::functions::Callee;
use crate::node::{At, Source, Template, VariableId};
use crate::options::{Limits, Options, exceeded};
use crate::parse::Parsed;
use crate::print::print;
use crate::set::Set;
use crate::stack::Stack;

use self::reflect::Reflect;

/// How deep `{{ template }}` may nest, as in Go.
const MAX_TEMPLATE_DEPTH: usize = 100_000;

/// How many places of a call are told.
const MAX_PLACES: usize = 100;

/// What evaluating a part gives; errors are boxed because they are large and rare.
type Eval<T> = Result<T, Box<Error>>;

/// Executes the template called `name`, appending what it writes to `out`.
pub(crate) fn execute(
    scope: &Scope<'_>,
    name: &[u8],
    dot: &Value,
    left: &mut Limits,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let template = scope
        .find(name)
        .ok_or_else(|| Error::placeless(no_template(scope.set, name)))?;
    let mut run = Run {
        variables: Vec::new(),
        spare: Vec::new(),
        invalid: 0,
        left: left.clone(),
        stack: Stack::current(),
    };
    let bounds = scope.options.limits.bounds();
    let done = bounds::with(bounds, || {
        run.execute(scope, None, template, dot.clone(), out)
    });
    left.clone_from(&run.left);
    done.map_err(|error| *error)
}

fn no_template(set: &Set, name: &[u8]) -> String {
    let (name, root) = (quote(name), quote(set.name().as_bytes()));
    format!("no template {name} associated with template {root}")
}

/// What an execution works with, and the templates that it sees: those of the set, behind those of a nested parse.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'t> {
    pub(crate) set: &'t Set,
    pub(crate) environment: &'t dyn Any,
    pub(crate) options: &'t Options,
    pub(crate) nested: Option<(&'t Parsed, &'t Scope<'t>)>,
}

impl<'t> Scope<'t> {
    /// The template of this name. An empty definition of a nested parse does not hide a template of the set.
    fn find(&self, name: &[u8]) -> Option<&'t Template> {
        let mut scope = self;
        let mut empty = None;
        while let Some((parsed, outer)) = scope.nested {
            match parsed.templates.get(name) {
                Some(template) if !template.is_empty => return Some(template),
                Some(template) => empty = Some(&**template),
                None => {}
            }
            scope = outer;
        }
        scope.set.find(name).or(empty)
    }
}

/// The state that all parts of an execution share.
struct Run {
    /// The variables of all templates in progress, innermost last.
    variables: Vec<Variable>,
    /// Argument lists to be used again.
    spare: Vec<Vec<Value>>,
    /// Which arguments of the call in progress are no value at all, as a bit set.
    invalid: u64,
    /// What of the limits is left.
    left: Limits,
    stack: Stack,
}

struct Variable {
    id: VariableId,
    value: Reflect,
}

impl Run {
    fn execute(
        &mut self,
        scope: &Scope<'_>,
        outer: Option<&Caller<'_>>,
        template: &Template,
        dot: Value,
        out: &mut Vec<u8>,
    ) -> Eval<()> {
        let exec = Exec {
            run: self,
            out,
            scope,
            outer,
            template,
            at: None,
            calling: None,
            first_variable: 0,
            depth: 0,
        };
        exec.template_body(dot)
    }
}

/// What executes a template: a place in another one, itself executed by others.
#[derive(Clone, Copy)]
struct Caller<'c> {
    source: &'c Source,
    position: usize,
    outer: Option<&'c Caller<'c>>,
}

impl Caller<'_> {
    fn place(&self) -> Place {
        let (line, column) = line_and_column(self.source, self.position);
        Place {
            file: self.source.file.clone(),
            line: count(line),
            column: count(column + 1),
        }
    }
}

/// The line of a position, from 1, and its column in bytes, from 0.
fn line_and_column(source: &Source, position: usize) -> (usize, usize) {
    let before = &source.text[..position];
    let newline = memchr::memrchr(b'\n', before);
    let line = 1 + memchr::memchr_iter(b'\n', before).count();
    (line, before.len() - newline.map_or(0, |index| index + 1))
}

/// The execution of one template.
struct Exec<'x, 't> {
    run: &'x mut Run,
    out: &'x mut Vec<u8>,
    scope: &'t Scope<'t>,
    /// What executes this template, if a template does.
    outer: Option<&'x Caller<'x>>,
    template: &'t Template,
    /// The node that was visited last.
    at: Option<At<'t>>,
    /// The function that was called last, and the node that calls it.
    calling: Option<(&'t Callee, At<'t>)>,
    /// Where the variables of this template start.
    first_variable: usize,
    /// How many `{{ template }}` surround this one.
    depth: usize,
}

impl Exec<'_, '_> {
    /// Executes the template with `$` and `.` set to `dot`.
    fn template_body(mut self, dot: Value) -> Eval<()> {
        let template = self.template;
        self.first_variable = self.run.variables.len();
        let dot = Reflect::concrete(dot);
        self.declare(0, dot.clone());
        let done = self.list(&dot, &template.body);
        self.run.variables.truncate(self.first_variable);
        done.map(|_| ())
    }

    /// Fails with an error at the node that was visited last.
    #[cold]
    fn fail<T>(&self, message: impl Into<String>) -> Eval<T> {
        Err(self.error(message).into())
    }

    /// An error at the node that was visited last.
    #[cold]
    fn error(&self, message: impl Into<String>) -> Error {
        let source = &self.template.source;
        let (line, column, node) = match self.at {
            Some(at) => {
                let (line, column) = line_and_column(source, at.position());
                (line, column, print(source, at))
            }
            None => (1, 0, String::new()),
        };
        Error {
            file: source.file.clone(),
            line: count(line),
            column: Some(count(column)),
            aborts: false,
            executing: Some((self.template.name.to_text().into_owned(), node)),
            message: message.into(),
            cause: None,
        }
    }

    /// The error of templates that nest too deeply. Go's stack holds 100,000 of them; ours may hold fewer.
    #[cold]
    fn too_deep(&self) -> Error {
        self.error(format!(
            "exceeded maximum template depth ({MAX_TEMPLATE_DEPTH})"
        ))
    }

    /// Counts steps.
    #[inline]
    fn work(&mut self, steps: u64) -> Eval<()> {
        match self.run.left.work.checked_sub(steps) {
            Some(left) => {
                self.run.left.work = left;
                Ok(())
            }
            None => self.fail(self.out_of_work()),
        }
    }

    #[cold]
    fn out_of_work(&self) -> String {
        let limit = self.scope.options.limits.work;
        exceeded("work", limit, "templates take more steps than that")
    }

    /// Counts bytes that are being written.
    #[inline]
    fn count_output(&mut self, written: usize) -> Eval<()> {
        match self.run.left.output.checked_sub(written as u64) {
            Some(left) => {
                self.run.left.output = left;
                Ok(())
            }
            None => self.fail(exceeded(
                "output",
                self.scope.options.limits.output,
                "templates write more bytes than that",
            )),
        }
    }

    /// Counts bytes of values that a function has made.
    #[inline]
    fn count_memory(&mut self, made: usize) -> Eval<()> {
        match self.run.left.memory.checked_sub(made as u64) {
            Some(left) => {
                self.run.left.memory = left;
                Ok(())
            }
            None => self.fail(self.out_of_memory()),
        }
    }

    #[cold]
    fn out_of_memory(&self) -> String {
        let limit = self.scope.options.limits.memory;
        exceeded(
            "memory",
            limit,
            "functions make more bytes of values than that",
        )
    }

    /// Fails if a value was cut off where its bounds are: in a text, a copy or a comparison.
    #[inline]
    fn check_bounds(&self) -> Eval<()> {
        match bounds::reached() {
            None => Ok(()),
            Some(bound) => self.fail(self.out_of_bounds(bound)),
        }
    }

    #[cold]
    fn out_of_bounds(&self, bound: Bound) -> String {
        let limits = &self.scope.options.limits;
        match bound {
            Bound::Text => exceeded(
                "text",
                limits.text,
                "the text of a value is longer than that",
            ),
            Bound::Elements => exceeded(
                "elements",
                limits.elements,
                "a value that is copied or compared has more elements than that",
            ),
        }
    }

    /// Executes a template for a function.
    fn execute_nested(
        &mut self,
        scope: &Scope<'_>,
        template: &Template,
        data: Value,
    ) -> Result<Str, Failure> {
        let Some(left) = self.run.left.depth.checked_sub(1) else {
            let limit = self.scope.options.limits.depth;
            let what = "templates execute one another deeper than that";
            return Err(Failure::Message(exceeded("depth", limit, what)));
        };
        self.run.left.depth = left;
        // What is nested is written after what has been written so far, and taken from there: memory that was used before
        // costs less than memory that is new to the process.
        let start = self.out.len();
        let caller = Caller {
            source: &self.template.source,
            position: self.calling.map_or(0, |(_, at)| at.position()),
            outer: self.outer,
        };
        let done = self
            .run
            .execute(scope, Some(&caller), template, data, self.out);
        self.run.left.depth += 1;
        let text = done.map(|()| Str::from(&self.out[start..]));
        self.out.truncate(start);
        text.map_err(|error| Failure::Nested(String::new(), error))
    }
}

impl Context for Exec<'_, '_> {
    fn environment(&self) -> &dyn Any {
        self.scope.environment
    }

    fn options(&self) -> &Options {
        self.scope.options
    }

    fn is_invalid(&self, argument: usize) -> bool {
        argument < 64 && self.run.invalid >> argument & 1 == 1
    }

    fn call(&self) -> Call {
        let Some((callee, at)) = self.calling else {
            return Call {
                function: "",
                places: Vec::new(),
                in_texts: 0,
            };
        };
        let innermost = Caller {
            source: &self.template.source,
            position: at.position(),
            outer: self.outer,
        };
        let callers = std::iter::successors(Some(&innermost), |caller| caller.outer);
        let places: Vec<Place> = callers.take(MAX_PLACES).map(Caller::place).collect();
        let texts = places.iter();
        let in_texts = texts.take_while(|place| place.file == self.scope.set.name());
        Call {
            function: callee.name(),
            in_texts: in_texts.count(),
            places,
        }
    }

    fn spend(&mut self, work: u64, memory: u64) -> Result<(), Failure> {
        let left = &mut self.run.left;
        left.work = match left.work.checked_sub(work) {
            Some(left) => left,
            None => return Err(Failure::Message(self.out_of_work())),
        };
        left.memory = match left.memory.checked_sub(memory) {
            Some(left) => left,
            None => return Err(Failure::Message(self.out_of_memory())),
        };
        Ok(())
    }

    fn execute(&mut self, name: &Str, data: Value) -> Result<Str, Failure> {
        let scope = self.scope;
        let Some(template) = scope.find(name) else {
            let message = no_template(scope.set, name);
            return Err(Failure::Message(format!("template: {message}")));
        };
        self.execute_nested(scope, template, data)
    }

    fn execute_text(&mut self, text: &Str, data: Value) -> Result<Str, Failure> {
        let parsed = match self.scope.set.parse_nested(text) {
            Ok(parsed) => parsed,
            Err(error) => return Err(Failure::Parse(String::new(), Box::new(error))),
        };
        let scope = Scope {
            nested: Some((&parsed, self.scope)),
            ..*self.scope
        };
        self.execute_nested(&scope, parsed.main(), data)
    }
}
