//! [`Cursor`]: a position in the text, and the classes of characters.

use crate::error::Error;
use crate::position::Position;
use crate::read::reader::Chunks;

/// The class of a byte: a set of the bits below.
const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = class(byte as u8);
        byte += 1;
    }
    table
};

/// A space or a tab.
const BLANK: u8 = 1;
/// Ends a line or the text, or is the first byte of a character outside ASCII, which may do so too.
const LINE_STOP: u8 = 2;
/// A letter or digit, `-` or `_`.
const WORD: u8 = 4;
/// May end a plain scalar.
const PLAIN_STOP: u8 = 8;
/// `,?[]{}`.
const FLOW: u8 = 16;
/// May stand in the URI of a tag.
const URI: u8 = 32;
/// Ends a run of ordinary text in quotes.
const QUOTED_STOP: u8 = 64;

const fn class(byte: u8) -> u8 {
    match byte {
        b' ' | b'\t' => BLANK | PLAIN_STOP | QUOTED_STOP,
        0 | b'\r' | b'\n' | 0x80.. => LINE_STOP | PLAIN_STOP | QUOTED_STOP,
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-' => WORD | URI,
        b',' | b'?' | b'[' | b']' => FLOW | PLAIN_STOP | URI,
        b'{' | b'}' => FLOW | PLAIN_STOP,
        b':' => PLAIN_STOP | URI,
        b'\'' => URI | QUOTED_STOP,
        b'"' | b'\\' => QUOTED_STOP,
        b';' | b'/' | b'@' | b'&' | b'=' | b'+' | b'$' | b'.' | b'!' | b'~' | b'*' | b'('
        | b')' | b'%' => URI,
        _ => 0,
    }
}

/// A position in a text. Past the end there are NULs.
#[derive(Debug)]
pub(crate) struct Cursor<'t> {
    pub(crate) text: &'t str,
    bytes: &'t [u8],
    pub(crate) offset: usize,
    /// Characters, for the limit on the length of keys.
    pub(crate) index: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// Before this offset no end of a chunk can be near.
    safe: usize,
    window: Window,
}

/// The part of the text that go-yaml would have decoded by now.
#[derive(Debug, Default)]
struct Window {
    start: usize,
    end: usize,
    next: usize,
    chunks: Option<Chunks>,
}

/// No look-ahead is longer than this many bytes: eight characters.
const LOOK_AHEAD: usize = 32;

impl<'t> Cursor<'t> {
    /// At the start of `text`, which is the text of `input`.
    pub(crate) fn new(text: &'t str, start: usize, chunks: Option<Chunks>) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            offset: start,
            index: 0,
            line: 0,
            column: 0,
            safe: if chunks.is_some() { 0 } else { usize::MAX },
            window: Window {
                start,
                end: start,
                next: 0,
                chunks,
            },
        }
    }

    pub(crate) fn position(&self) -> Position {
        Position {
            offset: self.offset as u32,
            line: self.line,
            column: self.column,
        }
    }

    /// Makes sure that `count` characters are decoded. Fails if a bad one is among those that are decoded with them.
    #[inline]
    pub(crate) fn need(&mut self, count: usize) -> Result<(), Error> {
        if self.offset < self.safe {
            return Ok(());
        }
        self.decode(count)
    }

    #[cold]
    fn decode(&mut self, count: usize) -> Result<(), Error> {
        let window = &mut self.window;
        let Some(chunks) = &window.chunks else {
            return Ok(());
        };
        let has =
            |end: usize| self.text[self.offset..end.max(self.offset)].chars().count() >= count;
        if !has(window.end) {
            window.start = self.offset;
        }
        while !has(window.end) {
            match (chunks.ends.get(window.next), &chunks.fault) {
                (Some(end), _) => window.end = *end,
                (None, Some(fault)) => return Err(fault.clone()),
                (None, None) => break,
            }
            window.next += 1;
        }
        self.safe = window.end.saturating_sub(LOOK_AHEAD);
        Ok(())
    }

    /// Whether go-yaml sees a byte order mark here: it looks at the start of its window, wherever it is in it.
    pub(crate) fn is_bom(&self) -> bool {
        self.window.chunks.is_some()
            && self.offset < self.bytes.len()
            && self.text[self.window.start..].starts_with('\u{FEFF}')
    }

    /// The byte `ahead` bytes from here.
    #[inline]
    pub(crate) fn at(&self, ahead: usize) -> u8 {
        self.bytes.get(self.offset + ahead).copied().unwrap_or(0)
    }

    /// The byte here.
    #[inline]
    pub(crate) fn byte(&self) -> u8 {
        self.at(0)
    }

    /// Whether the text has ended.
    pub(crate) fn is_end(&self) -> bool {
        self.offset >= self.bytes.len()
    }

    pub(crate) fn is_blank(&self) -> bool {
        CLASS[self.byte() as usize] & BLANK != 0
    }

    pub(crate) fn is_word(&self) -> bool {
        CLASS[self.byte() as usize] & WORD != 0
    }

    pub(crate) fn is_uri(&self) -> bool {
        CLASS[self.byte() as usize] & URI != 0
    }

    pub(crate) fn is_flow_indicator(&self) -> bool {
        CLASS[self.byte() as usize] & FLOW != 0
    }

    /// Whether a line ends `ahead` bytes from here; CR, LF, NEL, LS and PS do that.
    #[inline]
    pub(crate) fn is_break_at(&self, ahead: usize) -> bool {
        match self.at(ahead) {
            b'\r' | b'\n' => true,
            0xC2 => self.at(ahead + 1) == 0x85,
            0xE2 => self.at(ahead + 1) == 0x80 && matches!(self.at(ahead + 2), 0xA8 | 0xA9),
            _ => false,
        }
    }

    pub(crate) fn is_break(&self) -> bool {
        self.is_break_at(0)
    }

    /// Whether a line or the text ends here.
    pub(crate) fn is_line_end(&self) -> bool {
        self.byte() == 0 || self.is_break()
    }

    /// Whether there is a blank, the end of a line or of the text `ahead` bytes from here.
    #[inline]
    pub(crate) fn is_space_at(&self, ahead: usize) -> bool {
        matches!(self.at(ahead), b' ' | b'\t' | 0) || self.is_break_at(ahead)
    }

    /// Whether there is a blank, the end of a line or of the text here.
    pub(crate) fn is_space(&self) -> bool {
        self.is_space_at(0)
    }

    /// Whether `---` or `...` stands here alone, at the start of a line.
    pub(crate) fn is_document_indicator(&self) -> bool {
        self.column == 0 && (self.is_alone(b'-') || self.is_alone(b'.'))
    }

    /// Whether three of `byte` stand here, and then a space.
    pub(crate) fn is_alone(&self, byte: u8) -> bool {
        self.byte() == byte && self.at(1) == byte && self.at(2) == byte && self.is_space_at(3)
    }

    /// Goes one character ahead, which is not a line break.
    #[inline]
    pub(crate) fn skip(&mut self) {
        let width = match self.byte() {
            0x00..=0x7F => 1,
            0x80..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0.. => 4,
        };
        self.offset += width;
        self.index += 1;
        self.column += 1;
    }

    /// Goes `count` ASCII characters ahead.
    pub(crate) fn skip_ascii(&mut self, count: usize) {
        self.offset += count;
        self.index += count as u32;
        self.column += count as u32;
    }

    /// Goes past a line break, if there is one here, and says what a scalar keeps of it.
    pub(crate) fn skip_break(&mut self) -> &'static str {
        let (width, characters, kept) = match self.byte() {
            b'\r' if self.at(1) == b'\n' => (2, 2, "\n"),
            b'\r' | b'\n' => (1, 1, "\n"),
            0xC2 if self.is_break() => (2, 1, "\n"),
            0xE2 if self.is_break() && self.at(2) == 0xA8 => (3, 1, "\u{2028}"),
            0xE2 if self.is_break() => (3, 1, "\u{2029}"),
            _ => return "",
        };
        self.offset += width;
        self.index += characters;
        self.column = 0;
        self.line += 1;
        kept
    }

    /// Goes over the bytes that have none of the `stop` classes, as far as no end of a chunk is near.
    #[inline]
    fn skip_run(&mut self, stop: u8) {
        let limit = self.safe.min(self.bytes.len());
        let Some(ahead) = self.bytes.get(self.offset..limit) else {
            return;
        };
        let run = ahead
            .iter()
            .position(|&byte| CLASS[byte as usize] & stop != 0);
        self.skip_ascii(run.unwrap_or(ahead.len()));
    }

    /// Goes over text that cannot end a plain scalar.
    #[inline]
    pub(crate) fn skip_plain(&mut self) {
        self.skip_run(PLAIN_STOP);
    }

    /// Goes over text that means nothing in quotes.
    #[inline]
    pub(crate) fn skip_quoted(&mut self) {
        self.skip_run(QUOTED_STOP);
    }

    /// Goes to the end of the line.
    pub(crate) fn skip_line(&mut self) -> Result<(), Error> {
        /// How far the end of a line is looked for at once: it may be far away where other characters end lines.
        const ORDINARY: usize = 256;

        // Most of the values of charts is comments: they are gone over in one step.
        let limit = self.safe.min(self.bytes.len());
        let limit = limit.min(self.offset + ORDINARY);
        if let Some(ahead) = self.bytes.get(self.offset..limit)
            && let Some(end) = memchr::memchr(b'\n', ahead)
            && ahead[..end].is_ascii()
            && memchr::memchr2(b'\r', 0, &ahead[..end]).is_none()
        {
            self.skip_ascii(end);
            return Ok(());
        }
        loop {
            self.skip_run(LINE_STOP);
            if self.is_line_end() {
                return Ok(());
            }
            self.skip();
            self.need(1)?;
        }
    }

    /// Goes over spaces and tabs.
    pub(crate) fn skip_blanks(&mut self) -> Result<(), Error> {
        while self.is_blank() {
            self.skip();
            self.need(1)?;
        }
        Ok(())
    }

    /// Goes over blanks and a comment to the end of the line, or fails if there is anything else.
    pub(crate) fn skip_rest_of_line(&mut self) -> Result<bool, Error> {
        self.need(1)?;
        self.skip_blanks()?;
        if self.byte() == b'#' {
            self.skip_line()?;
        }
        if !self.is_line_end() {
            return Ok(false);
        }
        self.need(2)?;
        self.skip_break();
        Ok(true)
    }
}
