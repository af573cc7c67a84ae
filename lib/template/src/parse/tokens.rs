//! Reading items, and pushing them back.

use crate::lex::{Item, Kind};

use super::{Parse, Parser};

/// The items that were read ahead. The first slot is where the lexer's items arrive.
pub(super) struct Tokens<'s> {
    slots: [Item<'s>; 3],
    ahead: usize,
}

impl Tokens<'_> {
    /// The line of the item that the lexer gave last.
    pub(super) fn line(&self) -> usize {
        self.slots[0].line
    }
}

impl Default for Tokens<'_> {
    fn default() -> Self {
        let none = Item {
            kind: Kind::Eof,
            start: 0,
            line: 0,
            text: b"",
        };
        Self {
            slots: [none; 3],
            ahead: 0,
        }
    }
}

impl<'s> Parser<'s> {
    pub(super) fn next(&mut self) -> Item<'s> {
        let tokens = &mut self.scope.tokens;
        if tokens.ahead > 0 {
            tokens.ahead -= 1;
        } else {
            tokens.slots[0] = self.lexer.next();
        }
        tokens.slots[tokens.ahead]
    }

    /// Makes the item that was read last the next again.
    pub(super) fn back_up(&mut self) {
        self.scope.tokens.ahead += 1;
    }

    /// Pushes back the item that was read last and `before`, which came before it.
    pub(super) fn push_back(&mut self, before: Item<'s>) {
        self.scope.tokens.slots[1] = before;
        self.scope.tokens.ahead = 2;
    }

    /// Pushes back the item that was read last and the two that came before it.
    pub(super) fn push_back_two(&mut self, first: Item<'s>, second: Item<'s>) {
        self.scope.tokens.slots[1] = second;
        self.scope.tokens.slots[2] = first;
        self.scope.tokens.ahead = 3;
    }

    pub(super) fn peek(&mut self) -> Item<'s> {
        let item = self.next();
        self.back_up();
        item
    }

    pub(super) fn next_non_space(&mut self) -> Item<'s> {
        loop {
            let item = self.next();
            if item.kind != Kind::Space {
                return item;
            }
        }
    }

    pub(super) fn peek_non_space(&mut self) -> Item<'s> {
        let item = self.next_non_space();
        self.back_up();
        item
    }

    /// The next item, which must be of this kind.
    pub(super) fn expect(&mut self, kind: Kind, context: &str) -> Parse<Item<'s>> {
        let item = self.next_non_space();
        if item.kind == kind {
            Ok(item)
        } else {
            Err(self.unexpected(item, context))
        }
    }

    /// The complaint about an item that has no place in `context`.
    pub(super) fn unexpected(&self, item: Item<'s>, context: &str) -> String {
        let described = self.lexer.describe(item);
        if item.kind != Kind::Error {
            return format!("unexpected {described} in {context}");
        }
        match self.scope.action_line {
            Some(line) if line != item.line => {
                let what = if described.ends_with(" action") {
                    ""
                } else {
                    " in action"
                };
                format!("{described}{what} started at {}:{line}", self.file)
            }
            _ => described,
        }
    }
}
