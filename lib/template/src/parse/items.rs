//! Reading items, and pushing them back.

use crate::error::Problem;
use crate::lex::{Item, Kind};

use super::{Parse, Parser};

impl Parser<'_> {
    #[inline]
    pub(super) fn next(&mut self) -> Item {
        let tokens = &mut self.scope.tokens;
        if tokens.ahead == 0 {
            tokens.slots[0] = self.lexer.next();
            return tokens.slots[0];
        }
        tokens.ahead -= 1;
        tokens.slots[tokens.ahead]
    }

    /// Makes the item that was read last the next again.
    pub(super) fn back_up(&mut self) {
        self.scope.tokens.ahead += 1;
    }

    /// Pushes back the item that was read last and `before`, which came before it.
    pub(super) fn push_back(&mut self, before: Item) {
        self.scope.tokens.slots[1] = before;
        self.scope.tokens.ahead = 2;
    }

    /// Pushes back the item that was read last and the two that came before it.
    pub(super) fn push_back_two(&mut self, first: Item, second: Item) {
        self.scope.tokens.slots[1] = second;
        self.scope.tokens.slots[2] = first;
        self.scope.tokens.ahead = 3;
    }

    pub(super) fn peek(&mut self) -> Item {
        let item = self.next();
        self.back_up();
        item
    }

    pub(super) fn next_non_space(&mut self) -> Item {
        loop {
            let item = self.next();
            if item.kind != Kind::Space {
                return item;
            }
        }
    }

    pub(super) fn peek_non_space(&mut self) -> Item {
        let item = self.next_non_space();
        self.back_up();
        item
    }

    /// The next item, which must be of this kind.
    pub(super) fn expect(&mut self, kind: Kind, context: &str) -> Parse<Item> {
        let item = self.next_non_space();
        if item.kind == kind {
            Ok(item)
        } else {
            Err(self.unexpected(item, context))
        }
    }

    /// What is wrong with an item that has no place in `context`.
    pub(super) fn unexpected(&self, item: Item, context: &str) -> Problem {
        let described = self.lexer.describe(item);
        if item.kind != Kind::Error {
            return format!("unexpected {described} in {context}").into();
        }
        let action = self
            .scope
            .action
            .map(|delimiter| self.lexer.line(delimiter));
        match action {
            Some(line) if line != self.lexer.line(item) => {
                // Go's lexer has one such message: `unclosed action`.
                let what = if described.ends_with(" action") {
                    ""
                } else {
                    " in action"
                };
                format!("{described}{what} started at {}:{line}", self.file).into()
            }
            _ => described.into(),
        }
    }
}
