//! What the parser knows of the template that it is in: read-ahead and variables. A definition starts afresh.

use std::collections::HashMap;

use crate::node::VariableId;

use super::tokens::Tokens;

/// The state of parsing one template.
#[derive(Default)]
pub(super) struct Scope<'s> {
    pub(super) tokens: Tokens<'s>,
    /// The line of the action that is being parsed.
    pub(super) action_line: Option<usize>,
    /// How many `range` surround this place.
    pub(super) ranges: usize,
    /// The variables in sight, innermost last, except `$`.
    variables: Vec<VariableId>,
    /// How often each variable occurs among them.
    counts: HashMap<VariableId, usize>,
}

impl Scope<'_> {
    /// The line that an error is reported on.
    pub(super) fn line(&self) -> usize {
        self.tokens.line()
    }

    pub(super) fn declare(&mut self, variable: VariableId) {
        self.variables.push(variable);
        *self.counts.entry(variable).or_default() += 1;
    }

    pub(super) fn sees(&self, variable: VariableId) -> bool {
        variable == Names::DOLLAR || self.counts.get(&variable).is_some_and(|count| *count > 0)
    }

    /// The mark to give to [`Self::forget`] at the end of a block.
    pub(super) fn mark(&self) -> usize {
        self.variables.len()
    }

    /// Forgets the variables declared since the mark.
    pub(super) fn forget(&mut self, mark: usize) {
        for variable in self.variables.drain(mark..) {
            if let Some(count) = self.counts.get_mut(&variable) {
                *count -= 1;
            }
        }
    }
}

/// The variable names of a text, numbered as they come.
pub(super) struct Names<'s> {
    ids: HashMap<&'s [u8], VariableId>,
    in_order: Vec<Box<str>>,
}

impl<'s> Names<'s> {
    /// The number of `$`.
    pub(super) const DOLLAR: VariableId = 0;

    /// The number of a variable, whose name includes the dollar sign.
    pub(super) fn id(&mut self, name: &'s [u8]) -> VariableId {
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
        let mut names = Self {
            ids: HashMap::new(),
            in_order: Vec::new(),
        };
        names.id(b"$");
        names
    }
}
