//! Simple keys: the places where a `key:` may turn out to have begun.

use crate::position::Position;

/// A key must end on its line, and within this many characters.
const MAX_KEY_LENGTH: u32 = 1024;

/// A place where a key may have begun.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SimpleKey {
    pub(crate) possible: bool,
    /// The queue of tokens waits for it.
    pub(crate) awaited: bool,
    /// Nothing but a key can stand here.
    pub(crate) required: bool,
    /// The number of the token that would be the key.
    pub(crate) token: usize,
    pub(crate) index: u32,
    pub(crate) mark: Position,
}

impl SimpleKey {
    /// No key began here after all, or it is complete.
    pub(crate) fn forget(&mut self) {
        self.possible = false;
        self.awaited = false;
    }

    /// Whether a `:` at `line` and `index` is too far away.
    pub(crate) fn is_stale(&self, line: u32, index: u32) -> bool {
        self.mark.line < line || self.index + MAX_KEY_LENGTH < index
    }
}

/// One possible key for each level of flow nesting.
#[derive(Debug, Default)]
pub(crate) struct SimpleKeys {
    levels: Vec<SimpleKey>,
    /// No key below this level is awaited.
    lowest: usize,
}

impl SimpleKeys {
    /// Begins a level; `token` is the number of the next token, the bracket that opens it.
    pub(crate) fn push(&mut self, token: usize) {
        self.levels.push(SimpleKey {
            token,
            ..SimpleKey::default()
        });
    }

    /// Ends a level.
    ///
    /// If no key began inside the brackets, the level still bears the number of its bracket, and go-yaml then also stops
    /// waiting for a key that begins with the bracket: `[]: x` is not read as `[a]: x` is.
    pub(crate) fn pop(&mut self) {
        let ended = self.levels.pop();
        if let (Some(ended), Some(outer)) = (ended, self.levels.last_mut()) {
            outer.awaited &= outer.token != ended.token;
        }
        self.lowest = self.lowest.min(self.levels.len());
    }

    /// The key of the innermost level.
    pub(crate) fn last(&mut self) -> &mut SimpleKey {
        self.levels
            .last_mut()
            .expect("the block level is never popped")
    }

    pub(crate) fn set_last(&mut self, key: SimpleKey) {
        *self.last() = key;
        self.lowest = self.lowest.min(self.levels.len() - 1);
    }

    /// The outermost key that is awaited, which is the one with the lowest token.
    pub(crate) fn first_awaited(&mut self) -> Option<&mut SimpleKey> {
        while self.levels.get(self.lowest).is_some_and(|key| !key.awaited) {
            self.lowest += 1;
        }
        self.levels.get_mut(self.lowest)
    }
}
