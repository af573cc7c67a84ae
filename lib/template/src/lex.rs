//! The lexer: template text to items, one at a time, as the parser asks for them.

use homescale_go::strconv::quote;
use homescale_go::{unicode, utf8};
use homescale_value::fmt;

use crate::node::{Offset, Text};

const LEFT_DELIM: &[u8; 2] = b"{{";
const RIGHT_DELIM: &[u8; 2] = b"}}";
/// The length of a trim marker with the space that belongs to it.
const TRIM_MARKER: usize = 2;

/// What an item is. Keywords come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A lexical error; the lexer holds its text.
    Error,
    Bool,
    /// A printable ASCII character that is nothing else.
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    /// A field with its dot: `.name`.
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    /// Text outside of actions.
    Text,
    /// A variable with its dollar sign.
    Variable,
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

fn keyword(word: &[u8]) -> Option<Kind> {
    Some(match word {
        b"block" => Kind::Block,
        b"break" => Kind::Break,
        b"continue" => Kind::Continue,
        b"define" => Kind::Define,
        b"else" => Kind::Else,
        b"end" => Kind::End,
        b"false" | b"true" => Kind::Bool,
        b"if" => Kind::If,
        b"nil" => Kind::Nil,
        b"range" => Kind::Range,
        b"template" => Kind::Template,
        b"with" => Kind::With,
        _ => return None,
    })
}

/// A piece of a template: where it starts and ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) slice: Text,
}

/// The lexer of one template text.
pub(crate) struct Lexer<'s> {
    source: &'s [u8],
    /// The source, or what comes before an error.
    input: &'s [u8],
    start: usize,
    end: usize,
    parens: usize,
    inside_action: bool,
    error: String,
}

impl<'s> Lexer<'s> {
    /// A lexer of a text, or nothing when it is longer than positions can tell.
    pub(crate) fn new(source: &'s [u8]) -> Option<Self> {
        Offset::try_from(source.len()).ok()?;
        Some(Self {
            source,
            input: source,
            start: 0,
            end: 0,
            parens: 0,
            inside_action: false,
            error: String::new(),
        })
    }

    /// The next item. The end of the text repeats; what follows an error means nothing.
    pub(crate) fn next(&mut self) -> Item {
        if self.inside_action {
            self.action()
        } else {
            self.text()
        }
    }

    /// What an item is in the text.
    pub(crate) fn slice(&self, item: Item) -> &'s [u8] {
        item.slice.of(self.source)
    }

    /// The line on which an item starts, from 1.
    pub(crate) fn line(&self, item: Item) -> usize {
        let before = &self.source[..item.slice.start as usize];
        1 + memchr::memchr_iter(b'\n', before).count()
    }

    /// An item as error messages show it.
    pub(crate) fn describe(&self, item: Item) -> String {
        let text = self.slice(item);
        match item.kind {
            Kind::Eof => "EOF".to_owned(),
            Kind::Error => self.error.clone(),
            kind if kind >= Kind::Block => format!("<{}>", String::from_utf8_lossy(text)),
            _ if text.len() > 10 => format!("{}...", quote(utf8::truncate(text, 10))),
            _ => quote(text),
        }
    }

    /// Text up to the next action; comments leave no item.
    fn text(&mut self) -> Item {
        loop {
            let Some(length) = find(self.rest(), *LEFT_DELIM) else {
                self.end = self.input.len();
                let kind = if self.end > self.start {
                    Kind::Text
                } else {
                    Kind::Eof
                };
                return self.take(kind);
            };
            self.end += length;
            let trims = is_left_trim(&self.rest()[LEFT_DELIM.len()..]);
            if length > 0 {
                let delimiter = self.end;
                if trims {
                    self.end = self.start + trim_end(&self.input[self.start..self.end]).len();
                }
                let is_empty = self.end == self.start;
                let text = self.take(Kind::Text);
                self.end = delimiter;
                self.start = delimiter;
                if !is_empty {
                    return text;
                }
            }
            let marker = if trims { TRIM_MARKER } else { 0 };
            if let [b'/', b'*', ..] = self.rest()[LEFT_DELIM.len() + marker..] {
                self.end += LEFT_DELIM.len() + marker;
                self.start = self.end;
                if let Err(message) = self.comment() {
                    return self.fail(message);
                }
                continue;
            }
            self.end += LEFT_DELIM.len();
            let delimiter = self.take(Kind::LeftDelim);
            self.inside_action = true;
            self.parens = 0;
            self.end += marker;
            self.start = self.end;
            return delimiter;
        }
    }

    /// Skips a comment and the delimiter that must follow it.
    fn comment(&mut self) -> Result<(), &'static str> {
        let body = find(&self.rest()[2..], *b"*/").ok_or("unclosed comment")?;
        self.end += body + 4;
        let trims = self
            .right_delim()
            .ok_or("comment ends before closing delimiter")?;
        self.start = self.end;
        if trims {
            self.end += TRIM_MARKER;
        }
        self.end += RIGHT_DELIM.len();
        if trims {
            self.end += spaces(self.rest());
        }
        self.start = self.end;
        Ok(())
    }

    fn action(&mut self) -> Item {
        let Some(&byte) = self.rest().first() else {
            return self.fail("unclosed action");
        };
        match byte {
            b'}' => match self.right_delim() {
                Some(trims) => self.end_action(trims),
                None => self.one(Kind::Char),
            },
            b' ' | b'\t' | b'\r' | b'\n' => match self.right_delim() {
                Some(trims) => self.end_action(trims),
                None => self.space(),
            },
            b'=' => self.one(Kind::Assign),
            b':' => {
                self.end += 1;
                if self.rest().first() == Some(&b'=') {
                    self.one(Kind::Declare)
                } else {
                    self.fail("expected :=")
                }
            }
            b'|' => self.one(Kind::Pipe),
            b'"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            b'\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            b'`' => match memchr::memchr(b'`', &self.rest()[1..]) {
                Some(length) => {
                    self.end += length + 2;
                    self.take(Kind::RawString)
                }
                None => self.fail("unterminated raw quoted string"),
            },
            b'$' => self.name(Kind::Variable, Kind::Variable),
            b'.' if self.rest().get(1).is_some_and(|b| !b.is_ascii_digit()) => {
                self.name(Kind::Dot, Kind::Field)
            }
            b'.' | b'+' | b'-' | b'0'..=b'9' => self.number(),
            b'(' => {
                self.parens += 1;
                self.one(Kind::LeftParen)
            }
            b')' if self.parens == 0 => self.fail("unexpected right paren"),
            b')' => {
                self.parens -= 1;
                self.one(Kind::RightParen)
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.identifier(),
            b' '..=b'~' => self.one(Kind::Char),
            _ => {
                let (c, _) = utf8::decode_rune(self.rest());
                if is_alphanumeric(c) {
                    return self.identifier();
                }
                let message = format!("unrecognized character in action: {}", name(c));
                self.fail(message)
            }
        }
    }

    /// An item of one byte, or one that ends with it.
    fn one(&mut self, kind: Kind) -> Item {
        self.end += 1;
        self.take(kind)
    }

    /// A run of spaces, but for one that belongs to a trim marker. It starts with a space that does not.
    fn space(&mut self) -> Item {
        self.end += spaces(self.rest());
        let marker = self.end - 1;
        if let [b'-', b'}', b'}', ..] = self.rest() {
            self.end = marker;
        }
        self.take(Kind::Space)
    }

    fn end_action(&mut self, trims: bool) -> Item {
        if self.parens > 0 {
            return self.fail("unclosed left paren");
        }
        if trims {
            self.end += TRIM_MARKER;
            self.start = self.end;
        }
        self.end += RIGHT_DELIM.len();
        let delimiter = self.take(Kind::RightDelim);
        if trims {
            self.end += spaces(self.rest());
            self.start = self.end;
        }
        self.inside_action = false;
        delimiter
    }

    /// A string or a character constant; whether its escapes are valid is the parser's question.
    fn quoted(&mut self, quote: u8, kind: Kind, unterminated: &'static str) -> Item {
        let mut bytes = self.rest().iter().enumerate().skip(1);
        while let Some((index, &byte)) = bytes.next() {
            let ends_line = match byte {
                b'\\' => bytes.next().is_none_or(|(_, escaped)| *escaped == b'\n'),
                b'\n' => true,
                _ => false,
            };
            if ends_line {
                break;
            }
            if byte == quote {
                self.end += index + 1;
                return self.take(kind);
            }
        }
        self.fail(unterminated)
    }

    /// A dot or a dollar sign and what follows it: `bare` when nothing does, else `named`.
    fn name(&mut self, bare: Kind, named: Kind) -> Item {
        self.end += 1;
        if self.at_terminator() {
            return self.take(bare);
        }
        match self.absorb_alphanumeric() {
            None => self.take(named),
            Some(c) => self.fail(format!("bad character {}", name(c))),
        }
    }

    fn identifier(&mut self) -> Item {
        if let Some(c) = self.absorb_alphanumeric() {
            return self.fail(format!("bad character {}", name(c)));
        }
        let word = &self.input[self.start..self.end];
        self.take(keyword(word).unwrap_or(Kind::Identifier))
    }

    /// Skips letters and digits; returns the character that may not follow them, if one does.
    fn absorb_alphanumeric(&mut self) -> Option<char> {
        loop {
            self.end += run(self.rest(), WORD);
            if self.at_terminator() {
                return None;
            }
            match utf8::decode_rune(self.rest()) {
                (c, length) if !c.is_ascii() && is_alphanumeric(c) => self.end += length,
                (c, _) => return Some(c),
            }
        }
    }

    /// Whether a name may end here.
    fn at_terminator(&self) -> bool {
        match self.rest() {
            [] | [b'}', b'}', ..] => true,
            [byte, ..] => is(*byte, TERMINATOR),
        }
    }

    fn number(&mut self) -> Item {
        let real = self.scan_number();
        let complex = real && matches!(self.rest().first(), Some(b'+' | b'-'));
        let kind = if complex { Kind::Complex } else { Kind::Number };
        let well_formed = if complex {
            self.scan_number() && self.input[self.end - 1] == b'i'
        } else {
            real
        };
        if well_formed {
            return self.take(kind);
        }
        let text = quote(&self.input[self.start..self.end]);
        self.fail(format!("bad number syntax: {text}"))
    }

    /// Skips what may be a number; the parser finds out whether it is one. False when a letter or digit follows.
    fn scan_number(&mut self) -> bool {
        const DECIMAL: &[u8] = b"0123456789_";
        self.accept(b"+-");
        let mut digits = DECIMAL;
        if self.accept(b"0") {
            if self.accept(b"xX") {
                digits = b"0123456789abcdefABCDEF_";
            } else if self.accept(b"oO") {
                digits = b"01234567_";
            } else if self.accept(b"bB") {
                digits = b"01_";
            }
        }
        self.accept_run(digits);
        if self.accept(b".") {
            self.accept_run(digits);
        }
        let exponent: &[u8] = match digits.len() {
            11 => b"eE",
            23 => b"pP",
            _ => b"",
        };
        if self.accept(exponent) {
            self.accept(b"+-");
            self.accept_run(DECIMAL);
        }
        self.accept(b"i");
        // At the end, which is U+FFFD of no length, it stays where it is.
        let (c, length) = utf8::decode_rune(self.rest());
        let is_followed = is_alphanumeric(c);
        self.end += if is_followed { length } else { 0 };
        !is_followed
    }

    fn accept(&mut self, set: &[u8]) -> bool {
        let accepted = self.rest().first().is_some_and(|b| set.contains(b));
        self.end += usize::from(accepted);
        accepted
    }

    fn accept_run(&mut self, set: &[u8]) {
        while self.accept(set) {}
    }

    /// Whether a right delimiter starts here, and whether it trims the text after it.
    fn right_delim(&self) -> Option<bool> {
        match self.rest() {
            [b'}', b'}', ..] => Some(false),
            [space, b'-', b'}', b'}', ..] if is_space(*space) => Some(true),
            _ => None,
        }
    }

    fn rest(&self) -> &'s [u8] {
        &self.input[self.end..]
    }

    fn take(&mut self, kind: Kind) -> Item {
        let slice = self.text_from(self.start);
        self.start = self.end;
        Item { kind, slice }
    }

    fn text_from(&self, start: usize) -> Text {
        // `new` made sure that all positions fit.
        Text {
            start: start as Offset,
            end: self.end as Offset,
        }
    }

    /// Gives up: the error is the last item of the text.
    fn fail(&mut self, message: impl Into<String>) -> Item {
        self.error = message.into();
        self.input = &self.input[..self.start];
        self.end = self.start;
        self.take(Kind::Error)
    }
}

/// Where two bytes follow each other: `memmem` would prepare each of the many short searches anew.
/// Whether an identifier may have the character (`isAlphaNumeric` in `text/template/parse`).
fn is_alphanumeric(c: char) -> bool {
    c == '_' || unicode::is_letter(c) || unicode::is_digit(c)
}

/// The character as errors show it: `U+00A0`, `U+002D '-'`.
fn name(c: char) -> String {
    String::from_utf8_lossy(&fmt::sprintf(b"%#U", &[i64::from(u32::from(c)).into()])).into_owned()
}

fn find(text: &[u8], needle: [u8; 2]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(needle[0], &text[from..])?;
        if text.get(at + 1) == Some(&needle[1]) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// A letter, a digit or an underscore.
const WORD: u8 = 1;

/// What Go's lexer takes for space.
const SPACE: u8 = 2;

/// What may follow a name.
const TERMINATOR: u8 = 4;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => WORD,
            b' ' | b'\t' | b'\r' | b'\n' => SPACE | TERMINATOR,
            b'.' | b',' | b'|' | b':' | b')' | b'(' => TERMINATOR,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// How many bytes of the text's start are of a class.
fn run(text: &[u8], class: u8) -> usize {
    let end = text.iter().position(|byte| !is(*byte, class));
    end.unwrap_or(text.len())
}

fn is_space(byte: u8) -> bool {
    is(byte, SPACE)
}

fn is_left_trim(text: &[u8]) -> bool {
    matches!(text, [b'-', space, ..] if is_space(*space))
}

/// How many bytes of the text's start are what Go's lexer takes for space.
fn spaces(text: &[u8]) -> usize {
    run(text, SPACE)
}

fn trim_end(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|b| !is_space(*b));
    &text[..end.map_or(0, |last| last + 1)]
}
