//! [`Functions`]: what the names in templates mean.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::builtins;
use crate::function::{Function, Group};

/// The functions that templates can call, by name. Built once and shared.
///
/// Those of Go's `text/template` are always there, unless another function takes their name.
#[derive(Debug)]
pub struct Functions {
    by_name: ByName,
}

/// Looked up for each call in a template, so that its hash is a fast one.
type ByName = HashMap<&'static [u8], Callee, RandomState>;

/// How many names are expected: a table of more would be twice as large.
const MOST: usize = 448;

/// A function as a template calls it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callee {
    pub(crate) function: &'static Function,
    /// Which alias of the function the template uses, if not its own name.
    alias: Option<u8>,
    pub(crate) form: Form,
}

impl Callee {
    /// The name that the template uses: the function's own, or an alias.
    pub(crate) fn name(&self) -> &'static str {
        let alias = self
            .alias
            .and_then(|alias| self.function.aliases.get(usize::from(alias)));
        alias.copied().unwrap_or(self.function.name)
    }
}

/// How the evaluator calls a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// All arguments are evaluated first.
    Plain,
    /// Go's `and`: stops at the first false argument.
    And,
    /// Go's `or`: stops at the first true argument.
    Or,
    /// Go's `call`: is also told how its first argument is written.
    Call,
}

impl Form {
    fn of_builtin(name: &str) -> Self {
        match name {
            "and" => Self::And,
            "or" => Self::Or,
            "call" => Self::Call,
            _ => Self::Plain,
        }
    }
}

impl Functions {
    /// The functions of these groups, and Go's own.
    ///
    /// When a name occurs twice, the function of the later group wins; Go's own come first.
    pub fn new(groups: &[&'static Group]) -> Self {
        let mut by_name = ByName::with_capacity_and_hasher(MOST, RandomState::default());
        for function in builtins::GROUP.functions {
            add(&mut by_name, function, Form::of_builtin(function.name));
        }
        for group in groups {
            for function in group.functions {
                add(&mut by_name, function, Form::Plain);
            }
        }
        Self { by_name }
    }

    /// Only those whose name is accepted: older releases lack some.
    pub fn filtered(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.by_name.retain(|_, callee| keep(callee.name()));
        self
    }

    /// The function that templates reach by this name.
    pub fn get(&self, name: &str) -> Option<&'static Function> {
        self.callee(name.as_bytes()).map(|callee| callee.function)
    }

    /// All names, in byte order, aliases included.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.by_name.values().map(Callee::name).collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn callee(&self, name: &[u8]) -> Option<Callee> {
        self.by_name.get(name).copied()
    }
}

/// Adds a function under its name and its aliases.
fn add(by_name: &mut ByName, function: &'static Function, form: Form) {
    let aliases = (0..).take(function.aliases.len()).map(Some);
    for alias in [None].into_iter().chain(aliases) {
        let callee = Callee {
            function,
            alias,
            form,
        };
        by_name.insert(callee.name().as_bytes(), callee);
    }
}
