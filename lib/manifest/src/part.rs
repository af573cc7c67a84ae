//! [`Part`]: a document in a stream, with what separates it from the one before.

/// A part of a stream: a separator, if it has one, and the document after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'s> {
    /// The line `---` with its end, perhaps a comment on it, perhaps directives such as `%YAML` before it; or nothing.
    pub separator: &'s [u8],
    /// Everything up to the next separator. It begins with `---` when the document begins on that line.
    pub body: &'s [u8],
}

impl<'s> Part<'s> {
    /// The comments and blank lines before the document proper.
    pub fn leading_comments(&self) -> &'s [u8] {
        let lines = lines(self.body).take_while(|line| is_comment(line));
        let length = lines.map(<[u8]>::len).sum();
        &self.body[..length]
    }

    /// Whether the document begins on the line `---`.
    pub(crate) fn begins_on_separator_line(&self) -> bool {
        is_separator(self.body)
    }

    /// What stands on the line `---`, and what follows, when it means the same on a line of its own: at the beginning of a
    /// line, `...` and `%` mean something else.
    pub fn movable_body(&self) -> Option<&'s [u8]> {
        let blanks = |byte: &u8| matches!(byte, b' ' | b'\t');
        let rest = self.body.strip_prefix(b"---")?;
        let length = rest.iter().take_while(|byte| blanks(byte)).count();
        let (gap, content) = rest.split_at(length);
        let first = content.first().filter(|_| !gap.is_empty())?;
        let is_safe = first.is_ascii_alphanumeric() || b"{[\"'!&|>".contains(first);
        is_safe.then_some(content)
    }

    /// The line `---`, without the directives before it.
    pub(crate) fn separator_line(&self) -> &'s [u8] {
        let directives = lines(self.separator).take_while(|line| !is_separator(line));
        &self.separator[directives.map(<[u8]>::len).sum()..]
    }
}

/// How many line ends there are.
pub fn line_count(text: &[u8]) -> usize {
    lines(text).filter(|line| line.ends_with(b"\n")).count()
}

/// The lines with their ends.
pub(crate) fn lines(text: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

/// Whether a line is blank, or has but a comment.
pub(crate) fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.is_empty() || line.starts_with(b"#")
}

/// Whether a line begins a document: `---`, followed by nothing or by white space.
pub(crate) fn is_separator(line: &[u8]) -> bool {
    let rest = line.strip_prefix(b"---");
    rest.is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
}
