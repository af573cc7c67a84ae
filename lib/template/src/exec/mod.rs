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

use crate::error::{Error, Failure, Position, Problem};
use crate::function::{Call, Context};
use crate::functions::Callee;
use crate::node::{At, Source, Template, VariableId};
use crate::options::{Limit, Limits, Options};
use crate::parse::Parsed;
use crate::print::print;
use crate::set::Set;
use crate::stack::Stack;

use self::reflect::Reflect;

/// How deep `{{ template }}` may nest, as in Go.
const MAX_TEMPLATE_DEPTH: usize = 100_000;

/// How many positions of a call are told.
const MAX_POSITIONS: usize = 100;

/// What evaluating a part gives.
type Eval<T> = Result<T, Error>;

impl Set {
    /// Executes the template called `name` on `dot`, appending what it writes to `out`.
    ///
    /// Functions reach `environment` through [`Context::environment`]. On error, `out` has what was written before it. Deep
    /// nesting needs a deep stack: see [`with_stack`](crate::with_stack).
    pub fn execute(
        &self,
        name: impl AsRef<[u8]>,
        dot: &Value,
        environment: &dyn Any,
        options: &Options,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let mut left = options.limits.clone();
        self.execute_within(name, dot, environment, options, &mut left, out)
    }

    /// Like [`Set::execute`], for several executions that share their limits: `left` is what remains of those in `options`,
    /// before and after.
    pub fn execute_within(
        &self,
        name: impl AsRef<[u8]>,
        dot: &Value,
        environment: &dyn Any,
        options: &Options,
        left: &mut Limits,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let scope = Scope {
            set: self,
            environment,
            options,
            nested: None,
        };
        let name = name.as_ref();
        let Some(template) = scope.find(name) else {
            return Err(Error::no_template(no_template(self, name)));
        };
        let mut run = Run {
            variables: Vec::new(),
            spare: Vec::new(),
            invalid: 0,
            left: left.clone(),
            stack: Stack::current(),
        };
        let done = bounds::with(options.limits.bounds(), || {
            run.execute(&scope, None, template, dot.clone(), out)
        });
        left.clone_from(&run.left);
        done
    }
}

fn no_template(set: &Set, name: &[u8]) -> String {
    let (name, root) = (quote(name), quote(set.name().as_bytes()));
    format!("no template {name} associated with template {root}")
}

/// What an execution works with, and the templates that it sees: those of the set, behind those of a nested parse.
#[derive(Clone, Copy)]
struct Scope<'t> {
    set: &'t Set,
    environment: &'t dyn Any,
    options: &'t Options,
    nested: Option<(&'t Parsed, &'t Scope<'t>)>,
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
    offset: usize,
    outer: Option<&'c Caller<'c>>,
}

impl Caller<'_> {
    fn position(&self) -> Position {
        let (line, column) = self.source.line_and_column(self.offset);
        Position::new(&self.source.file, line, Some(column))
    }
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
        Err(self.error(Problem::Execution(message.into())))
    }

    /// An error at the node that was visited last.
    #[cold]
    fn error(&self, problem: Problem) -> Error {
        let source = &self.template.source;
        let (line, column, node) = match self.at {
            Some(at) => {
                let (line, column) = source.line_and_column(at.offset());
                (line, column, print(source, at))
            }
            None => (1, 1, String::new()),
        };
        let position = Position::new(&source.file, line, Some(column));
        let template = self.template.name.to_text().into_owned();
        Error::of_execution(problem, position, (template, node))
    }

    /// The error of templates that nest too deeply. Go's stack holds 100,000 of them; ours may hold fewer.
    #[cold]
    fn too_deep(&self) -> Error {
        let message = format!("exceeded maximum template depth ({MAX_TEMPLATE_DEPTH})");
        self.error(Problem::Execution(message))
    }

    /// The error of a limit that is exceeded.
    #[cold]
    fn out_of(&self, limit: Limit) -> Error {
        self.error(Problem::Limit(self.scope.options.limits.exceeded(limit)))
    }

    /// Counts steps.
    #[inline]
    fn consume_fuel(&mut self, steps: u64) -> Eval<()> {
        match self.run.left.fuel.checked_sub(steps) {
            Some(left) => {
                self.run.left.fuel = left;
                Ok(())
            }
            None => Err(self.out_of(Limit::Fuel)),
        }
    }

    /// Counts bytes that are being written.
    #[inline]
    fn consume_output(&mut self, written: usize) -> Eval<()> {
        match self.run.left.output.checked_sub(written as u64) {
            Some(left) => {
                self.run.left.output = left;
                Ok(())
            }
            None => Err(self.out_of(Limit::Output)),
        }
    }

    /// Counts bytes of values that a function has made.
    #[inline]
    fn consume_memory(&mut self, made: usize) -> Eval<()> {
        match self.run.left.memory.checked_sub(made as u64) {
            Some(left) => {
                self.run.left.memory = left;
                Ok(())
            }
            None => Err(self.out_of(Limit::Memory)),
        }
    }

    /// Fails if a value was cut off where its bounds are: in a text, a copy or a comparison.
    #[inline]
    fn check_bounds(&self) -> Eval<()> {
        match bounds::reached() {
            None => Ok(()),
            Some(Bound::Text) => Err(self.out_of(Limit::Text)),
            Some(Bound::Elements) => Err(self.out_of(Limit::Elements)),
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
            return Err(self.scope.options.limits.exceeded(Limit::Depth).into());
        };
        self.run.left.depth = left;
        // What is nested is written after what has been written so far, and taken from there: memory that was used before
        // costs less than memory that is new to the process.
        let start = self.out.len();
        let caller = Caller {
            source: &self.template.source,
            offset: self.calling.map_or(0, |(_, at)| at.offset()),
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
                positions: Vec::new(),
                in_texts: 0,
            };
        };
        let innermost = Caller {
            source: &self.template.source,
            offset: at.offset(),
            outer: self.outer,
        };
        let callers = std::iter::successors(Some(&innermost), |caller| caller.outer);
        let positions = callers.take(MAX_POSITIONS).map(Caller::position);
        let positions: Vec<Position> = positions.collect();
        let texts = positions.iter();
        let in_texts = texts.take_while(|position| position.file == self.scope.set.name());
        Call {
            function: callee.name(),
            in_texts: in_texts.count(),
            positions,
        }
    }

    fn room(&self) -> usize {
        // What is made is there twice for a moment: as it was written, and in the value that holds it.
        usize::try_from(self.run.left.memory / 2).unwrap_or(usize::MAX)
    }

    fn consume(&mut self, fuel: u64, memory: u64) -> Result<(), Failure> {
        let (limits, left) = (&self.scope.options.limits, &mut self.run.left);
        left.fuel = left
            .fuel
            .checked_sub(fuel)
            .ok_or_else(|| limits.exceeded(Limit::Fuel))?;
        left.memory = left
            .memory
            .checked_sub(memory)
            .ok_or_else(|| limits.exceeded(Limit::Memory))?;
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
            Err(error) => return Err(Failure::Parse(String::new(), error)),
        };
        let scope = Scope {
            nested: Some((&parsed, self.scope)),
            ..*self.scope
        };
        self.execute_nested(&scope, parsed.main(), data)
    }
}
