//! [`Functions`]: what the names in templates mean.

use std::collections::HashMap;

use crate::function::{Family, Function, Origin};
use crate::predefined;

/// The functions that templates can call, by name. Built once and shared.
///
/// Those of Go's `text/template` are always there, unless another function takes their name.
#[derive(Debug)]
pub struct Functions {
    by_name: HashMap<&'static str, Callee>,
}

/// A function as a template calls it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callee {
    /// The name that the template uses: the function's own, or an alias.
    pub(crate) name: &'static str,
    pub(crate) function: &'static Function,
    pub(crate) form: Form,
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

impl Functions {
    /// The functions of these families, and Go's own.
    ///
    /// When a name occurs twice, the function of the later [`Origin`] wins; among equals, the later family.
    pub fn new(families: &[&'static Family]) -> Self {
        let mut by_name = HashMap::new();
        for family in [&predefined::FAMILY]
            .into_iter()
            .chain(families.iter().copied())
        {
            for function in family.functions {
                let names = [function.name].into_iter();
                for name in names.chain(function.aliases.iter().copied()) {
                    add(&mut by_name, name, function);
                }
            }
        }
        Self { by_name }
    }

    /// Only those whose name is accepted: older releases lack some.
    pub fn filtered(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.by_name.retain(|name, _| keep(name));
        self
    }

    /// The function that templates reach by this name.
    pub fn get(&self, name: &str) -> Option<&'static Function> {
        self.by_name.get(name).map(|callee| callee.function)
    }

    /// All names, in byte order, aliases included.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.by_name.keys().copied().collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn callee(&self, name: &str) -> Option<Callee> {
        self.by_name.get(name).copied()
    }
}

fn add(
    by_name: &mut HashMap<&'static str, Callee>,
    name: &'static str,
    function: &'static Function,
) {
    let form = match (function.origin, name) {
        (Origin::Go, "and") => Form::And,
        (Origin::Go, "or") => Form::Or,
        (Origin::Go, "call") => Form::Call,
        _ => Form::Plain,
    };
    let callee = Callee {
        name,
        function,
        form,
    };
    by_name
        .entry(name)
        .and_modify(|known| {
            if known.function.origin <= function.origin {
                *known = callee;
            }
        })
        .or_insert(callee);
}
