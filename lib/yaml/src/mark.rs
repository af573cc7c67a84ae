//! [`Mark`]: a place in a text, and [`Text`]: a piece of one.

use std::fmt;

/// A place in a YAML text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub(crate) offset: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Mark {
    /// The line, counted from 1.
    pub fn line(self) -> usize {
        self.line as usize + 1
    }

    /// The column in characters, counted from 1.
    pub fn column(self) -> usize {
        self.column as usize + 1
    }

    /// The bytes before this place. For UTF-16 input this counts the bytes of the text as UTF-8.
    pub fn offset(self) -> usize {
        self.offset as usize
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line(), self.column())
    }
}

/// A piece of text in the address space of a document: first the source, then the cooked text.
///
/// Cooked text is what does not stand in the source as it is: unescaped, folded or dedented scalars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Text {
    pub(crate) fn get<'t>(self, source: &'t str, cooked: &'t str) -> &'t str {
        let (start, end) = (self.start as usize, self.end as usize);
        match start.checked_sub(source.len()) {
            Some(start) if end > source.len() => &cooked[start..end - source.len()],
            _ => &source[start..end],
        }
    }
}
