//! The scanner: from text to tokens, by libyaml's algorithm as go-yaml v2 has it.
//!
//! A `key:` is only recognised when the scanner meets its colon, so tokens wait in a queue as long as a key may still have
//! to be put before them. Indentation becomes tokens too: the parser never sees a column.

mod block;
mod cursor;
mod keys;
mod plain;
mod quoted;
mod tag;
pub(crate) mod token;

use std::collections::VecDeque;

use crate::error::{Error, Mistake};
use crate::position::{Position, Text};
use crate::read::reader::Chunks;
use cursor::Cursor;
use keys::{SimpleKey, SimpleKeys};
use token::{Token, TokenKind};

/// How deep blocks, and how deep flow collections may be nested.
const MAX_DEPTH: usize = 10_000;
const TOO_DEEP: &str = "exceeded max depth of 10000";

/// Splits a text into tokens.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    cursor: Cursor<'t>,
    /// Scalars that do not stand in the text as they are.
    scratch: String,
    tokens: VecDeque<Token>,
    /// How many tokens the parser has taken.
    taken: usize,
    /// Whether the first token of the queue is final.
    is_ready: bool,
    has_started: bool,
    keys: SimpleKeys,
    /// Whether a key may begin here.
    is_key_allowed: bool,
    flow_level: usize,
    indent: i64,
    indents: Vec<i64>,
    /// Buffers for line breaks.
    breaks: String,
}

impl<'t> Scanner<'t> {
    /// A scanner at the offset `start` of `text`.
    pub(crate) fn new(text: &'t str, start: usize, chunks: Option<Chunks>) -> Self {
        let mut keys = SimpleKeys::default();
        keys.push(0);
        Self {
            cursor: Cursor::new(text, start, chunks),
            scratch: String::new(),
            tokens: VecDeque::new(),
            taken: 0,
            is_ready: false,
            has_started: false,
            keys,
            is_key_allowed: true,
            flow_level: 0,
            indent: -1,
            indents: Vec::new(),
            breaks: String::new(),
        }
    }

    /// The next token. After the end of the stream there is none, and this must not be called.
    pub(crate) fn peek(&mut self) -> Result<Token, Error> {
        if !self.is_ready {
            self.fetch()?;
        }
        Ok(*self.tokens.front().expect("the queue was filled"))
    }

    /// Takes the token that was peeked at.
    pub(crate) fn take(&mut self) {
        self.is_ready = false;
        self.taken += 1;
        self.tokens.pop_front();
    }

    /// The text that a token refers to.
    pub(crate) fn text(&self, text: Text) -> &str {
        text.get(self.cursor.text, &self.scratch)
    }

    /// The scalars that do not stand in the text as they are.
    pub(crate) fn into_scratch(self) -> String {
        self.scratch
    }

    /// Fills the queue until its first token is final: until no key can begin there any more.
    /// Go: `yaml_parser_fetch_more_tokens`.
    fn fetch(&mut self) -> Result<(), Error> {
        loop {
            if !self.tokens.is_empty() {
                let (line, index) = (self.cursor.line, self.cursor.index);
                match self.keys.first_awaited() {
                    Some(key) if key.token == self.taken => {
                        if key.is_stale(line, index) {
                            let (is_required, began) = (key.required, key.mark);
                            key.forget();
                            if is_required {
                                return Err(self.unfinished_key(began));
                            }
                            break;
                        }
                    }
                    _ => break,
                }
            }
            self.fetch_next()?;
        }
        self.is_ready = true;
        Ok(())
    }

    fn unfinished_key(&self, began: Position) -> Error {
        Error::scanner("could not find expected ':'", self.cursor.position())
            .within("while scanning a simple key", began)
            .by(Mistake::KeyWithoutColon)
    }

    /// Go: `yaml_parser_fetch_next_token`.
    fn fetch_next(&mut self) -> Result<(), Error> {
        self.cursor.need(1)?;
        if !self.has_started {
            self.has_started = true;
            let mark = self.cursor.position();
            self.push(TokenKind::StreamStart, mark);
            return Ok(());
        }
        self.skip_to_token()?;
        self.unroll_indent(i64::from(self.cursor.column));
        self.cursor.need(4)?;
        if self.cursor.is_end() {
            return self.fetch_stream_end();
        }

        let in_flow = self.flow_level > 0;
        let byte = self.cursor.byte();
        if self.cursor.column == 0 {
            match byte {
                b'%' => return self.fetch_directive(),
                b'-' if self.cursor.is_alone(b'-') => {
                    return self.fetch_document_indicator(TokenKind::DocumentStart);
                }
                b'.' if self.cursor.is_alone(b'.') => {
                    return self.fetch_document_indicator(TokenKind::DocumentEnd);
                }
                _ => {}
            }
        }
        match byte {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.cursor.is_space_at(1) => self.fetch_block_entry(),
            b'?' if in_flow || self.cursor.is_space_at(1) => self.fetch_key(),
            b':' if in_flow || self.cursor.is_space_at(1) => self.fetch_value(),
            b'*' => self.fetch_anchor(TokenKind::Alias),
            b'&' => self.fetch_anchor(TokenKind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if !in_flow => self.fetch_block_scalar(true),
            b'>' if !in_flow => self.fetch_block_scalar(false),
            b'\'' => self.fetch_quoted(true),
            b'"' => self.fetch_quoted(false),
            b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => {
                let mark = self.cursor.position();
                Err(
                    Error::scanner("found character that cannot start any token", mark)
                        .within("while scanning for the next token", mark)
                        .by(Mistake::ReservedCharacter),
                )
            }
            _ => self.fetch_plain(),
        }
    }

    /// Goes over blanks, comments and line breaks (`yaml_parser_scan_to_next_token`).
    fn skip_to_token(&mut self) -> Result<(), Error> {
        let cursor = &mut self.cursor;
        loop {
            cursor.need(1)?;
            if cursor.column == 0 && cursor.is_bom() {
                cursor.skip();
            }
            cursor.need(1)?;
            // A tab may separate, but not indent.
            let is_tab_blank = self.flow_level > 0 || !self.is_key_allowed;
            while cursor.byte() == b' ' || (is_tab_blank && cursor.byte() == b'\t') {
                cursor.skip();
                cursor.need(1)?;
            }
            if cursor.byte() == b'#' {
                cursor.skip_line()?;
            }
            if !cursor.is_break() {
                return Ok(());
            }
            cursor.need(2)?;
            cursor.skip_break();
            if self.flow_level == 0 {
                self.is_key_allowed = true;
            }
        }
    }

    // The queue.

    /// Adds a token that ends at the cursor.
    fn push(&mut self, kind: TokenKind, start: Position) {
        self.tokens.push_back(Token {
            kind,
            start,
            end: self.cursor.position(),
        });
    }

    /// Puts a token without width into the queue, before the token with the number `before`; at the end if that one is
    /// gone already.
    /// Go: `yaml_insert_token`.
    fn insert(&mut self, kind: TokenKind, mark: Position, before: usize) {
        let token = Token {
            kind,
            start: mark,
            end: mark,
        };
        match before.checked_sub(self.taken) {
            Some(place) => self.tokens.insert(place, token),
            None => self.tokens.push_back(token),
        }
    }

    /// The number that the next token will have.
    fn next_number(&self) -> usize {
        self.taken + self.tokens.len()
    }

    // Keys and indentation.

    /// Remembers that a key may begin here (`yaml_parser_save_simple_key`).
    fn save_key(&mut self) -> Result<(), Error> {
        if self.is_key_allowed {
            let key = SimpleKey {
                possible: true,
                awaited: true,
                required: self.flow_level == 0 && self.indent == i64::from(self.cursor.column),
                token: self.next_number(),
                index: self.cursor.index,
                mark: self.cursor.position(),
            };
            self.remove_key()?;
            self.keys.set_last(key);
        }
        Ok(())
    }

    /// Forgets the possible key of this level (`yaml_parser_remove_simple_key`).
    fn remove_key(&mut self) -> Result<(), Error> {
        let key = self.keys.last();
        if key.possible && key.required {
            let mark = key.mark;
            return Err(self.unfinished_key(mark));
        }
        key.forget();
        Ok(())
    }

    /// Begins a block at `column`, if that is deeper than the current one (`yaml_parser_roll_indent`).
    fn roll_indent(
        &mut self,
        column: u32,
        kind: TokenKind,
        mark: Position,
        before: usize,
    ) -> Result<(), Error> {
        let column = i64::from(column);
        if self.flow_level > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            return Err(Error::scanner(TOO_DEEP, self.cursor.position()));
        }
        self.insert(kind, mark, before);
        Ok(())
    }

    /// Ends the blocks that are deeper than `column` (`yaml_parser_unroll_indent`).
    fn unroll_indent(&mut self, column: i64) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            let mark = self.cursor.position();
            self.push(TokenKind::BlockEnd, mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    // Tokens of one or a few characters.

    /// Go: `yaml_parser_fetch_stream_end`.
    fn fetch_stream_end(&mut self) -> Result<(), Error> {
        if self.cursor.column != 0 {
            self.cursor.column = 0;
            self.cursor.line += 1;
        }
        self.unroll_indent(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        let mark = self.cursor.position();
        self.push(TokenKind::StreamEnd, mark);
        Ok(())
    }

    /// Go: `yaml_parser_fetch_directive`.
    fn fetch_directive(&mut self) -> Result<(), Error> {
        self.unroll_indent(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        self.scan_directive()
    }

    /// Go: `yaml_parser_fetch_document_indicator`.
    fn fetch_document_indicator(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.unroll_indent(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        let start = self.cursor.position();
        self.cursor.skip_ascii(3);
        self.push(kind, start);
        Ok(())
    }

    /// Go: `yaml_parser_fetch_flow_collection_start`.
    fn fetch_flow_start(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.save_key()?;
        self.keys.push(self.next_number());
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH {
            return Err(Error::scanner(TOO_DEEP, self.cursor.position()));
        }
        self.is_key_allowed = true;
        self.push_indicator(kind);
        Ok(())
    }

    /// Go: `yaml_parser_fetch_flow_collection_end`.
    fn fetch_flow_end(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.remove_key()?;
        if self.flow_level > 0 {
            self.flow_level -= 1;
            self.keys.pop();
        }
        self.is_key_allowed = false;
        self.push_indicator(kind);
        Ok(())
    }

    /// Go: `yaml_parser_fetch_flow_entry`.
    fn fetch_flow_entry(&mut self) -> Result<(), Error> {
        self.remove_key()?;
        self.is_key_allowed = true;
        self.push_indicator(TokenKind::FlowEntry);
        Ok(())
    }

    /// `- `. In flow context the parser complains about it (`yaml_parser_fetch_block_entry`).
    fn fetch_block_entry(&mut self) -> Result<(), Error> {
        self.begin_block(TokenKind::BlockSequenceStart, |mark| {
            Error::scanner(
                "block sequence entries are not allowed in this context",
                mark,
            )
        })?;
        self.remove_key()?;
        self.is_key_allowed = true;
        self.push_indicator(TokenKind::BlockEntry);
        Ok(())
    }

    /// `? ` (`yaml_parser_fetch_key`).
    fn fetch_key(&mut self) -> Result<(), Error> {
        self.begin_block(TokenKind::BlockMappingStart, |mark| {
            Error::scanner("mapping keys are not allowed in this context", mark)
        })?;
        self.remove_key()?;
        self.is_key_allowed = self.flow_level == 0;
        self.push_indicator(TokenKind::Key);
        Ok(())
    }

    /// `: `, after a simple key or a complex one (`yaml_parser_fetch_value`).
    fn fetch_value(&mut self) -> Result<(), Error> {
        let (line, index) = (self.cursor.line, self.cursor.index);
        let key = self.keys.last();
        if key.possible && key.is_stale(line, index) {
            let mark = key.mark;
            if key.required {
                return Err(self.unfinished_key(mark));
            }
            key.forget();
        }
        let key = *self.keys.last();
        if key.possible {
            self.insert(TokenKind::Key, key.mark, key.token);
            self.roll_indent(
                key.mark.column,
                TokenKind::BlockMappingStart,
                key.mark,
                key.token,
            )?;
            self.keys.last().forget();
            self.is_key_allowed = false;
        } else {
            self.begin_block(TokenKind::BlockMappingStart, |mark| {
                let problem = "mapping values are not allowed in this context";
                Error::scanner(problem, mark).by(Mistake::MisplacedValue)
            })?;
            self.is_key_allowed = self.flow_level == 0;
        }
        self.push_indicator(TokenKind::Value);
        Ok(())
    }

    /// In block context, begins a block here if need be, or is `refused` if nothing may begin here.
    fn begin_block(
        &mut self,
        kind: TokenKind,
        refused: fn(Position) -> Error,
    ) -> Result<(), Error> {
        if self.flow_level > 0 {
            return Ok(());
        }
        let mark = self.cursor.position();
        if !self.is_key_allowed {
            return Err(refused(mark));
        }
        self.roll_indent(mark.column, kind, mark, self.next_number())
    }

    fn push_indicator(&mut self, kind: TokenKind) {
        let start = self.cursor.position();
        self.cursor.skip();
        self.push(kind, start);
    }

    // Scalars, anchors and tags: all of them can be keys, but for block scalars.

    /// Go: `yaml_parser_fetch_anchor`.
    fn fetch_anchor(&mut self, kind: fn(Text) -> TokenKind) -> Result<(), Error> {
        self.save_key()?;
        self.is_key_allowed = false;
        self.scan_anchor(kind)
    }

    /// Go: `yaml_parser_fetch_tag`.
    fn fetch_tag(&mut self) -> Result<(), Error> {
        self.save_key()?;
        self.is_key_allowed = false;
        self.scan_tag()
    }

    /// Go: `yaml_parser_fetch_block_scalar`.
    fn fetch_block_scalar(&mut self, is_literal: bool) -> Result<(), Error> {
        self.remove_key()?;
        self.is_key_allowed = true;
        self.scan_block_scalar(is_literal)
    }

    /// Go: `yaml_parser_fetch_flow_scalar`.
    fn fetch_quoted(&mut self, is_single: bool) -> Result<(), Error> {
        self.save_key()?;
        self.is_key_allowed = false;
        self.scan_quoted(is_single)
    }

    /// Go: `yaml_parser_fetch_plain_scalar`.
    fn fetch_plain(&mut self) -> Result<(), Error> {
        self.save_key()?;
        self.is_key_allowed = false;
        self.scan_plain()
    }
}
