//! [`Position`]: line and column in a text, and [`Text`]: a slice of one.

use std::fmt;

/// A position in a YAML text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub(crate) offset: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Position {
    /// The line, counted from 1.
    pub fn line(self) -> usize {
        self.line as usize + 1
    }

    /// The column in characters, counted from 1.
    pub fn column(self) -> usize {
        self.column as usize + 1
    }

    /// The bytes before this position. For UTF-16 input this counts the bytes of the text as UTF-8.
    pub fn offset(self) -> usize {
        self.offset as usize
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line(), self.column())
    }
}

/// A slice of the address space of a document: first the source, then the scratch text.
///
/// Scratch text is what does not stand in the source as it is: unescaped, folded or dedented scalars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Text {
    pub(crate) fn get<'t>(self, source: &'t str, scratch: &'t str) -> &'t str {
        let (start, end) = (self.start as usize, self.end as usize);
        match start.checked_sub(source.len()) {
            Some(start) if end > source.len() => &scratch[start..end - source.len()],
            _ => &source[start..end],
        }
    }
}
