//! The lines of a document, and the characters that it may have.

use memchr::memchr;

/// Whether the text has only characters that mean nothing special: printable ASCII and line feeds, and beyond ASCII only
/// what is neither a line break nor forbidden nor a byte order mark.
pub(super) fn is_plain_text(text: &[u8]) -> bool {
    let is_special = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7F;
    let (mut special, mut ascii) = (false, true);
    for &byte in text {
        special |= is_special(byte);
        ascii &= byte < 0x80;
    }
    if special {
        return false;
    }
    // C2 leads to NEL and other control characters, EF to the byte order mark, E2 80 to separators of lines.
    ascii
        || (std::str::from_utf8(text).is_ok()
            && !text.iter().any(|byte| matches!(byte, 0xC2 | 0xEF))
            && !text
                .windows(3)
                .any(|three| matches!(three, [0xE2, 0x80, 0xA8 | 0xA9])))
}

/// A place in a text, of which lines are taken off.
pub(super) struct Lines<'t> {
    text: &'t [u8],
    /// Where this line begins.
    start: usize,
    /// Where it ends: at its line feed, or the end of the text.
    end: usize,
    /// The place in it.
    at: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        let mut lines = Self {
            text,
            start: 0,
            end: 0,
            at: 0,
        };
        lines.begin(0);
        lines
    }

    fn begin(&mut self, start: usize) {
        self.start = start.min(self.text.len());
        self.at = self.start;
        let rest = &self.text[self.start..];
        self.end = self.start + memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// Whether there is no line left.
    pub(super) fn is_done(&self) -> bool {
        self.start >= self.text.len()
    }

    /// Goes to the next line.
    pub(super) fn next_line(&mut self) {
        self.begin(self.end + 1);
    }

    /// The whole line.
    pub(super) fn line(&self) -> &'t [u8] {
        &self.text[self.start..self.end]
    }

    /// What is left of the line.
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text[self.at..self.end]
    }

    /// Goes ahead in the line.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// Where the line begins.
    pub(super) fn line_start(&self) -> usize {
        self.start
    }

    /// Goes to the next line with something other than a comment, and past its indentation, which is given; an inner
    /// `None` at the end. An outer `None` for what is left to the full reader: the marks of documents, and directives.
    #[expect(
        clippy::option_option,
        reason = "the outer one is that of all of this module"
    )]
    pub(super) fn next_indent(&mut self) -> Option<Option<usize>> {
        while !self.is_done() {
            let indent = indent(self.line());
            let rest = &self.line()[indent..];
            if rest.is_empty() || rest[0] == b'#' {
                self.next_line();
                continue;
            }
            if is_document_mark(self.line()) || rest[0] == b'%' {
                return None;
            }
            self.at = self.start + indent;
            return Some(Some(indent));
        }
        Some(None)
    }
}

/// How many spaces a line begins with.
pub(super) fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|&&byte| byte == b' ').count()
}

/// Whether a line begins as one that begins or ends a document.
pub(super) fn is_document_mark(line: &[u8]) -> bool {
    line.starts_with(b"---") || line.starts_with(b"...")
}
