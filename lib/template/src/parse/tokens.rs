//! [`Tokens`]: the items that the parser has read ahead.

use crate::lex::{Item, Kind};
use crate::node::Text;

/// The items that were read ahead. The first slot is where the lexer's items arrive.
pub(super) struct Tokens {
    pub(super) slots: [Item; 3],
    pub(super) ahead: usize,
}

impl Tokens {
    /// The item that the lexer gave last.
    pub(super) fn last(&self) -> Item {
        self.slots[0]
    }
}

impl Default for Tokens {
    fn default() -> Self {
        let none = Item {
            kind: Kind::Eof,
            slice: Text { start: 0, end: 0 },
        };
        Self {
            slots: [none; 3],
            ahead: 0,
        }
    }
}
