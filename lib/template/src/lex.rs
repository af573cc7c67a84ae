//! The lexer: template text to items, one at a time, as the parser asks for them.

use homescale_value::{quote, runes};

use crate::unicode;

const LEFT_DELIM: &[u8; 2] = b"{{";
const RIGHT_DELIM: &[u8] = b"}}";
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

const KEYWORDS: &[(&[u8], Kind)] = &[
    (b"block", Kind::Block),
    (b"break", Kind::Break),
    (b"continue", Kind::Continue),
    (b"define", Kind::Define),
    (b"else", Kind::Else),
    (b"end", Kind::End),
    (b"false", Kind::Bool),
    (b"if", Kind::If),
    (b"nil", Kind::Nil),
    (b"range", Kind::Range),
    (b"template", Kind::Template),
    (b"true", Kind::Bool),
    (b"with", Kind::With),
];

/// A piece of a template.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'s> {
    pub(crate) kind: Kind,
    /// The byte offset at which it starts.
    pub(crate) start: usize,
    /// The line on which it starts.
    pub(crate) line: usize,
    pub(crate) text: &'s [u8],
}

/// The lexer of one template text.
pub(crate) struct Lexer<'s> {
    input: &'s [u8],
    start: usize,
    end: usize,
    /// The line of `start`.
    line: usize,
    parens: usize,
    inside_action: bool,
    error: String,
}

impl<'s> Lexer<'s> {
    pub(crate) fn new(input: &'s [u8]) -> Self {
        Self {
            input,
            start: 0,
            end: 0,
            line: 1,
            parens: 0,
            inside_action: false,
            error: String::new(),
        }
    }

    /// The next item. The end of the text repeats; what follows an error means nothing.
    pub(crate) fn next(&mut self) -> Item<'s> {
        if self.inside_action {
            self.action()
        } else {
            self.text()
        }
    }

    /// An item as error messages show it.
    pub(crate) fn describe(&self, item: Item<'_>) -> String {
        match item.kind {
            Kind::Eof => "EOF".to_owned(),
            Kind::Error => self.error.clone(),
            kind if kind >= Kind::Block => format!("<{}>", String::from_utf8_lossy(item.text)),
            _ if item.text.len() > 10 => format!("{}...", quote(runes::take(item.text, 10))),
            _ => quote(item.text),
        }
    }

    /// Text up to the next action; comments leave no item.
    fn text(&mut self) -> Item<'s> {
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
                    self.end = self.start + self.input[self.start..self.end].trim_end_go().len();
                }
                let text = self.take(Kind::Text);
                self.end = delimiter;
                self.skip();
                if !text.text.is_empty() {
                    return text;
                }
            }
            let marker = if trims { TRIM_MARKER } else { 0 };
            if self.rest()[LEFT_DELIM.len() + marker..].starts_with(b"/*") {
                self.end += LEFT_DELIM.len() + marker;
                self.skip();
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
            self.skip();
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
        self.skip();
        self.skip_right_delim(trims);
        Ok(())
    }

    fn skip_right_delim(&mut self, trims: bool) {
        if trims {
            self.end += TRIM_MARKER;
        }
        self.end += RIGHT_DELIM.len();
        if trims {
            self.end = self.input.len() - self.rest().trim_start_go().len();
        }
        self.skip();
    }

    fn action(&mut self) -> Item<'s> {
        if let Some(trims) = self.right_delim() {
            if self.parens > 0 {
                return self.fail("unclosed left paren");
            }
            return self.take_right_delim(trims);
        }
        let Some((c, length)) = unicode::first(self.rest()) else {
            return self.fail("unclosed action");
        };
        if is_space(c) {
            return self.space();
        }
        self.end += length;
        match c {
            '=' => self.take(Kind::Assign),
            ':' => {
                if self.rest().first() == Some(&b'=') {
                    self.end += 1;
                    self.take(Kind::Declare)
                } else {
                    self.fail("expected :=")
                }
            }
            '|' => self.take(Kind::Pipe),
            '"' => self.quoted(b'"', Kind::String, "unterminated quoted string"),
            '\'' => self.quoted(b'\'', Kind::CharConstant, "unterminated character constant"),
            '`' => match self.rest().iter().position(|b| *b == b'`') {
                Some(length) => {
                    self.end += length + 1;
                    self.take(Kind::RawString)
                }
                None => self.fail("unterminated raw quoted string"),
            },
            '$' => self.name(Kind::Variable, Kind::Variable),
            '.' if self.rest().first().is_some_and(|b| !b.is_ascii_digit()) => {
                self.name(Kind::Dot, Kind::Field)
            }
            '.' | '+' | '-' | '0'..='9' => {
                self.end -= 1;
                self.number()
            }
            '(' => {
                self.parens += 1;
                self.take(Kind::LeftParen)
            }
            ')' if self.parens == 0 => self.fail("unexpected right paren"),
            ')' => {
                self.parens -= 1;
                self.take(Kind::RightParen)
            }
            _ if unicode::is_alphanumeric(c) => self.identifier(),
            ' '..='~' => self.take(Kind::Char),
            _ => {
                let message = format!("unrecognized character in action: {}", unicode::name(c));
                self.fail(message)
            }
        }
    }

    /// A run of spaces, but for one that belongs to a trim marker.
    fn space(&mut self) -> Item<'s> {
        let length = self.rest().len() - self.rest().trim_start_go().len();
        self.end += length - 1;
        if self.right_delim() == Some(true) {
            if length == 1 {
                return self.take_right_delim(true);
            }
        } else {
            self.end += 1;
        }
        self.take(Kind::Space)
    }

    fn take_right_delim(&mut self, trims: bool) -> Item<'s> {
        if trims {
            self.end += TRIM_MARKER;
            self.skip();
        }
        self.end += RIGHT_DELIM.len();
        let delimiter = self.take(Kind::RightDelim);
        if trims {
            self.end = self.input.len() - self.rest().trim_start_go().len();
            self.skip();
        }
        self.inside_action = false;
        delimiter
    }

    /// A string or a character constant; whether its escapes are valid is the parser's question.
    fn quoted(&mut self, quote: u8, kind: Kind, unterminated: &'static str) -> Item<'s> {
        let mut bytes = self.rest().iter().enumerate();
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

    /// What follows a dot or a dollar sign: `bare` when nothing does, else `named`.
    fn name(&mut self, bare: Kind, named: Kind) -> Item<'s> {
        if self.at_terminator() {
            return self.take(bare);
        }
        match self.absorb_alphanumeric() {
            None => self.take(named),
            Some(c) => self.fail(format!("bad character {}", unicode::name(c))),
        }
    }

    fn identifier(&mut self) -> Item<'s> {
        if let Some(c) = self.absorb_alphanumeric() {
            return self.fail(format!("bad character {}", unicode::name(c)));
        }
        let word = &self.input[self.start..self.end];
        let keyword = KEYWORDS.iter().find(|(name, _)| *name == word);
        self.take(keyword.map_or(Kind::Identifier, |(_, kind)| *kind))
    }

    /// Skips letters and digits; returns the character that may not follow them, if one does.
    fn absorb_alphanumeric(&mut self) -> Option<char> {
        loop {
            match unicode::first(self.rest()) {
                Some((c, length)) if unicode::is_alphanumeric(c) => self.end += length,
                Some((c, _)) => return (!self.at_terminator()).then_some(c),
                None => return None,
            }
        }
    }

    /// Whether a name may end here.
    fn at_terminator(&self) -> bool {
        match self.rest().first() {
            None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'.' | b',' | b'|' | b':' | b')' | b'(') => {
                true
            }
            Some(_) => self.rest().starts_with(RIGHT_DELIM),
        }
    }

    fn number(&mut self) -> Item<'s> {
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
        match unicode::first(self.rest()) {
            Some((c, length)) if unicode::is_alphanumeric(c) => {
                self.end += length;
                false
            }
            _ => true,
        }
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
            [space, b'-', after @ ..]
                if is_space(char::from(*space)) && after.starts_with(RIGHT_DELIM) =>
            {
                Some(true)
            }
            rest if rest.starts_with(RIGHT_DELIM) => Some(false),
            _ => None,
        }
    }

    fn rest(&self) -> &'s [u8] {
        &self.input[self.end..]
    }

    fn take(&mut self, kind: Kind) -> Item<'s> {
        let item = Item {
            kind,
            start: self.start,
            line: self.line,
            text: &self.input[self.start..self.end],
        };
        self.skip();
        item
    }

    fn skip(&mut self) {
        let skipped = &self.input[self.start..self.end];
        self.line += memchr::memchr_iter(b'\n', skipped).count();
        self.start = self.end;
    }

    /// Gives up: the error is the last item of the text.
    fn fail(&mut self, message: impl Into<String>) -> Item<'s> {
        let item = Item {
            kind: Kind::Error,
            start: self.start,
            line: self.line,
            text: b"",
        };
        self.error = message.into();
        self.input = b"";
        self.start = 0;
        self.end = 0;
        item
    }
}

/// Where two bytes follow each other: `memmem` would prepare each of the many short searches anew.
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

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_left_trim(text: &[u8]) -> bool {
    matches!(text, [b'-', space, ..] if is_space(char::from(*space)))
}

/// Trimming of the four characters that Go's lexer takes for space.
trait Trim {
    fn trim_start_go(&self) -> &[u8];
    fn trim_end_go(&self) -> &[u8];
}

impl Trim for [u8] {
    fn trim_start_go(&self) -> &[u8] {
        let start = self.iter().position(|b| !is_space(char::from(*b)));
        &self[start.unwrap_or(self.len())..]
    }

    fn trim_end_go(&self) -> &[u8] {
        let end = self.iter().rposition(|b| !is_space(char::from(*b)));
        &self[..end.map_or(0, |last| last + 1)]
    }
}
