//! What the parser knows of the template that it is in: read-ahead and variables. A definition starts afresh.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use homescale_value::Str;

use crate::lex::Item;
use crate::node::VariableId;

use super::tokens::Tokens;

/// The state of parsing one template.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) tokens: Tokens,
    /// The delimiter that opened the action that is being parsed.
    pub(super) action: Option<Item>,
    /// How many `range` surround this place.
    pub(super) ranges: usize,
    /// The variables in sight, innermost last, except `$`.
    variables: Vec<VariableId>,
    /// How often each variable occurs among them; the index is its number.
    counts: Vec<u32>,
}

impl Scope {
    pub(super) fn declare(&mut self, variable: VariableId) {
        self.variables.push(variable);
        let index = variable as usize;
        if self.counts.len() <= index {
            self.counts.resize(index + 1, 0);
        }
        self.counts[index] += 1;
    }

    pub(super) fn sees(&self, variable: VariableId) -> bool {
        variable == Names::DOLLAR
            || self
                .counts
                .get(variable as usize)
                .is_some_and(|count| *count > 0)
    }

    /// The mark to give to [`Self::forget`] at the end of a block.
    pub(super) fn mark(&self) -> usize {
        self.variables.len()
    }

    /// Forgets the variables declared since the mark.
    pub(super) fn forget(&mut self, mark: usize) {
        for variable in self.variables.drain(mark..) {
            if let Some(count) = self.counts.get_mut(variable as usize) {
                *count -= 1;
            }
        }
    }
}

/// The variable names of a text, numbered as they come.
pub(super) struct Names<'s> {
    ids: HashMap<&'s [u8], VariableId, RandomState>,
    in_order: Vec<Box<str>>,
}

impl<'s> Names<'s> {
    /// The number of `$`.
    pub(super) const DOLLAR: VariableId = 0;

    /// The number of a variable, whose name includes the dollar sign.
    pub(super) fn id(&mut self, name: &'s [u8]) -> VariableId {
        if name == b"$" {
            return Self::DOLLAR;
        }
        let next = self.in_order.len() as VariableId;
        let id = *self.ids.entry(name).or_insert(next);
        if id == next {
            self.in_order.push(String::from_utf8_lossy(name).into());
        }
        id
    }

    pub(super) fn into_vec(self) -> Vec<Box<str>> {
        self.in_order
    }
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self {
            ids: HashMap::default(),
            in_order: vec!["$".into()],
        }
    }
}

/// The fields, strings and other words of a text, each made once: the same few occur again and again.
#[derive(Default)]
pub(super) struct Words<'s> {
    known: HashMap<&'s [u8], Str, RandomState>,
}

impl<'s> Words<'s> {
    pub(super) fn get(&mut self, word: &'s [u8]) -> Str {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let new = Str::from(word);
        self.known.insert(word, new.clone());
        new
    }
}
