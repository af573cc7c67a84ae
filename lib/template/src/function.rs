//! What a template function is: a row of data with a Go signature, documentation, examples and code.

use std::any::Any;

use homescale_value::{Signature, Str, Value};

use crate::error::{Failure, Position};
use crate::options::Options;

/// A group of functions: one page of the reference, one file of code.
#[derive(Debug)]
pub struct Group {
    /// The name of the group and of its file: `strings`.
    pub name: &'static str,
    /// What the group is for, one sentence.
    pub about: &'static str,
    /// The functions, in alphabetical order.
    pub functions: &'static [Function],
}

/// A function that templates can call.
#[derive(Debug)]
pub struct Function {
    /// The name in templates.
    pub name: &'static str,
    /// Other names of the same code.
    pub aliases: &'static [&'static str],
    /// The Go parameters. The evaluator checks and converts arguments before it calls [`Function::call`].
    pub signature: Signature,
    /// The parameters as the reference page names them: `trimPrefix PREFIX TEXT`.
    pub usage: &'static str,
    /// What it gives, one sentence.
    pub about: &'static str,
    /// Templates and what they print; each runs as a test.
    pub examples: &'static [(&'static str, &'static str)],
    /// The code: the render in progress and checked arguments in, the result out.
    ///
    /// Go's `call` alone is given one argument more, in front: the text of the node that it calls, for its errors.
    pub call: fn(&mut dyn Context, &[Value]) -> Result<Value, Failure>,
}

/// A call of a function, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The name by which the template calls it.
    pub function: &'static str,
    /// Where the call is, then where that position is executed from by [`Context::execute`], [`Context::execute_text`] or
    /// `{{ template }}`, and so on outwards, for up to 100 positions.
    pub positions: Vec<Position>,
    /// How many of the first positions are in texts for [`Context::execute_text`], which are no files.
    pub in_texts: usize,
}

/// What a function can reach of the render in progress.
pub trait Context {
    /// What the caller of the render passed for its functions: clock, randomness, limits, Helm's version.
    fn environment(&self) -> &dyn Any;

    /// The options of the execution.
    fn options(&self) -> &Options;

    /// Whether an argument for a [`Type::Reflect`](homescale_value::Type::Reflect) is no value at all: a literal nil,
    /// or nothing from the pipe. A nil that was read from a variable, field or element is a value, as in Go. Both are
    /// [`Value::Nil`] in the arguments.
    fn is_invalid(&self, argument: usize) -> bool {
        let _ = argument;
        false
    }

    /// The call in progress. Finding its lines takes time: most functions need not know.
    fn call(&self) -> Call;

    /// How many bytes a function may still make. Whoever makes a text of several asks for it before it does: a
    /// [`Builder`](homescale_go::strings::Builder) within this room never takes more, and what is left out becomes the error of
    /// the [limit](crate::Limits::memory).
    ///
    /// The evaluator has seen to it that there is room for what grows with the arguments alone: several times their length.
    /// A function asks where one text is written often, where it prints what a list or map holds, and for lists of many parts.
    fn room(&self) -> usize {
        usize::MAX
    }

    /// Consumes steps and bytes of the [limits](crate::Limits), for what the evaluator does not see: it counts the length of
    /// arguments and of new results itself, but not what is inside.
    ///
    /// # Errors
    /// A limit is exceeded.
    fn consume(&mut self, fuel: u64, memory: u64) -> Result<(), Failure> {
        let _ = (fuel, memory);
        Ok(())
    }

    /// Executes a defined template on `data` and returns its text.
    fn execute(&mut self, name: &Str, data: Value) -> Result<Str, Failure>;

    /// Parses `text` as a template with the name of the [set](crate::Set), in a copy of it, and executes that on `data`. A
    /// template that `text` defines is seen by this execution only.
    fn execute_text(&mut self, text: &Str, data: Value) -> Result<Str, Failure>;
}
