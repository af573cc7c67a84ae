//! Anchors, aliases, tags and directives.

use super::Scanner;
use super::token::TokenKind;
use crate::error::{Error, Mistake};
use crate::position::{Position, Text};

const IN_DIRECTIVE: &str = "while scanning a directive";
const IN_VERSION: &str = "while scanning a %YAML directive";
const IN_TAG_DIRECTIVE: &str = "while scanning a %TAG directive";
const IN_TAG: &str = "while scanning a tag";

/// A version number has at most this many digits.
const MAX_DIGITS: usize = 2;

impl Scanner<'_> {
    fn fail<T>(
        &self,
        problem: &'static str,
        context: &'static str,
        start: Position,
    ) -> Result<T, Error> {
        Err(Error::scanner(problem, self.cursor.position()).within(context, start))
    }

    /// The source from `start` up to the cursor.
    fn source_since(&self, start: usize) -> Text {
        Text {
            start: start as u32,
            end: self.cursor.offset as u32,
        }
    }

    /// Goes over letters, digits, `-` and `_`.
    fn scan_word(&mut self) -> Result<Text, Error> {
        let start = self.cursor.offset;
        self.cursor.need(1)?;
        while self.cursor.is_word() {
            self.cursor.skip();
            self.cursor.need(1)?;
        }
        Ok(self.source_since(start))
    }

    /// `&name` or `*name` (`yaml_parser_scan_anchor`).
    pub(super) fn scan_anchor(&mut self, kind: fn(Text) -> TokenKind) -> Result<(), Error> {
        let start = self.cursor.position();
        let indicator = self.cursor.byte();
        self.cursor.skip();
        let name = self.scan_word()?;
        let is_ended = self.cursor.is_space()
            || matches!(
                self.cursor.byte(),
                b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
            );
        if name.start == name.end || !is_ended {
            let context = match indicator {
                b'&' => "while scanning an anchor",
                _ => "while scanning an alias",
            };
            let problem = "did not find expected alphabetic or numeric character";
            let failed = self.fail(problem, context, start);
            return failed.map_err(|error| error.by(Mistake::Nameless));
        }
        self.push(kind(name), start);
        Ok(())
    }

    /// `!<verbatim>`, `!suffix`, `!handle!suffix` or `!` (`yaml_parser_scan_tag`).
    pub(super) fn scan_tag(&mut self) -> Result<(), Error> {
        let start = self.cursor.position();
        self.cursor.need(2)?;
        let (handle, suffix);
        if self.cursor.at(1) == b'<' {
            self.cursor.skip_ascii(2);
            handle = Text::default();
            suffix = self.scan_uri(self.cursor.offset, false, IN_TAG, start)?;
            if self.cursor.byte() != b'>' {
                return self.fail("did not find the expected '>'", IN_TAG, start);
            }
            self.cursor.skip();
        } else {
            let mark = self.cursor.offset;
            let first = self.scan_handle(false, start)?;
            let text = self.text(first);
            if text.len() > 1 && text.ends_with('!') {
                handle = first;
                suffix = self.scan_uri(self.cursor.offset, false, IN_TAG, start)?;
            } else {
                // What looked like a handle is the beginning of the suffix.
                let rest = self.scan_uri(mark + 1, true, IN_TAG, start)?;
                let bang = Text {
                    start: mark as u32,
                    end: mark as u32 + 1,
                };
                (handle, suffix) = if rest.start == rest.end {
                    (Text::default(), bang)
                } else {
                    (bang, rest)
                };
            }
        }
        self.cursor.need(1)?;
        if !self.cursor.is_space() {
            return self.fail(
                "did not find expected whitespace or line break",
                IN_TAG,
                start,
            );
        }
        self.push(TokenKind::Tag(handle, suffix), start);
        Ok(())
    }

    /// `!`, `!!`, `!name!`, or the `!name` that a suffix begins with (`yaml_parser_scan_tag_handle`).
    fn scan_handle(&mut self, is_directive: bool, start: Position) -> Result<Text, Error> {
        const PROBLEM: &str = "did not find expected '!'";
        let context = if is_directive {
            IN_TAG_DIRECTIVE
        } else {
            IN_TAG
        };
        let from = self.cursor.offset;
        self.cursor.need(1)?;
        if self.cursor.byte() != b'!' {
            return self.fail(PROBLEM, context, start);
        }
        self.cursor.skip();
        let name = self.scan_word()?;
        if self.cursor.byte() == b'!' {
            self.cursor.skip();
        } else if is_directive && name.start != name.end {
            return self.fail(PROBLEM, context, start);
        }
        Ok(self.source_since(from))
    }

    /// A URI whose text begins at `from`, at or before the cursor. `may_be_empty` if something stands before it.
    /// Go: `yaml_parser_scan_tag_uri`.
    fn scan_uri(
        &mut self,
        from: usize,
        may_be_empty: bool,
        context: &'static str,
        start: Position,
    ) -> Result<Text, Error> {
        let began = self.cursor.offset;
        let mut decoded: Option<Vec<u8>> = None;
        self.cursor.need(1)?;
        while self.cursor.is_uri() {
            let at = self.cursor.offset;
            if self.cursor.byte() == b'%' {
                let decoded =
                    decoded.get_or_insert_with(|| self.cursor.text.as_bytes()[from..at].to_vec());
                self.scan_uri_escapes(decoded, context, start)?;
            } else {
                if let Some(decoded) = &mut decoded {
                    decoded.push(self.cursor.byte());
                }
                self.cursor.skip();
            }
            self.cursor.need(1)?;
        }
        if self.cursor.offset == began && !may_be_empty {
            return self.fail("did not find expected tag URI", context, start);
        }
        let Some(decoded) = decoded else {
            return Ok(self.source_since(from));
        };
        let scratch = self.scratch.len();
        self.scratch.push_str(&String::from_utf8_lossy(&decoded));
        Ok(self.scratch_since(scratch))
    }

    /// The escaped bytes of one character (`yaml_parser_scan_uri_escapes`).
    fn scan_uri_escapes(
        &mut self,
        decoded: &mut Vec<u8>,
        context: &'static str,
        start: Position,
    ) -> Result<(), Error> {
        let mut left = None;
        while left != Some(0) {
            self.cursor.need(3)?;
            let digit = |ahead| char::from(self.cursor.at(ahead)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.cursor.byte(), digit(1), digit(2)) else {
                return self.fail("did not find URI escaped octet", context, start);
            };
            let octet = (high << 4 | low) as u8;
            let more = match (left, octet) {
                (None, 0x00..=0x7F) => 0,
                (None, 0xC0..=0xDF) => 1,
                (None, 0xE0..=0xEF) => 2,
                (None, 0xF0..=0xF7) => 3,
                (None, _) => {
                    return self.fail("found an incorrect leading UTF-8 octet", context, start);
                }
                (Some(more), 0x80..=0xBF) => more - 1,
                (Some(_), _) => {
                    return self.fail("found an incorrect trailing UTF-8 octet", context, start);
                }
            };
            left = Some(more);
            decoded.push(octet);
            self.cursor.skip_ascii(3);
        }
        Ok(())
    }

    /// `%YAML 1.1` or `%TAG !handle! prefix` (`yaml_parser_scan_directive`).
    pub(super) fn scan_directive(&mut self) -> Result<(), Error> {
        let start = self.cursor.position();
        self.cursor.skip();
        let name = self.scan_word()?;
        if name.start == name.end {
            return self.fail(
                "could not find expected directive name",
                IN_DIRECTIVE,
                start,
            );
        }
        if !self.cursor.is_space() {
            return self.fail(
                "found unexpected non-alphabetical character",
                IN_DIRECTIVE,
                start,
            );
        }
        let kind = match self.text(name) {
            "YAML" => self.scan_version(start)?,
            "TAG" => self.scan_tag_directive(start)?,
            _ => return self.fail("found unknown directive name", IN_DIRECTIVE, start),
        };
        self.push(kind, start);
        if !self.cursor.skip_rest_of_line()? {
            return self.fail(
                "did not find expected comment or line break",
                IN_DIRECTIVE,
                start,
            );
        }
        Ok(())
    }

    /// Go: `yaml_parser_scan_version_directive_value`.
    fn scan_version(&mut self, start: Position) -> Result<TokenKind, Error> {
        self.cursor.need(1)?;
        self.cursor.skip_blanks()?;
        let major = self.scan_version_number(start)?;
        if self.cursor.byte() != b'.' {
            return self.fail(
                "did not find expected digit or '.' character",
                IN_VERSION,
                start,
            );
        }
        self.cursor.skip();
        let minor = self.scan_version_number(start)?;
        Ok(TokenKind::Version(major, minor))
    }

    /// Go: `yaml_parser_scan_version_directive_number`.
    fn scan_version_number(&mut self, start: Position) -> Result<u8, Error> {
        let mut number = None;
        let from = self.cursor.offset;
        self.cursor.need(1)?;
        while self.cursor.byte().is_ascii_digit() {
            if self.cursor.offset - from == MAX_DIGITS {
                return self.fail("found extremely long version number", IN_VERSION, start);
            }
            number = Some(number.unwrap_or(0) * 10 + (self.cursor.byte() - b'0'));
            self.cursor.skip();
            self.cursor.need(1)?;
        }
        match number {
            Some(number) => Ok(number),
            None => self.fail("did not find expected version number", IN_VERSION, start),
        }
    }

    /// Go: `yaml_parser_scan_tag_directive_value`.
    fn scan_tag_directive(&mut self, start: Position) -> Result<TokenKind, Error> {
        self.cursor.need(1)?;
        self.cursor.skip_blanks()?;
        let handle = self.scan_handle(true, start)?;
        self.cursor.need(1)?;
        if !self.cursor.is_blank() {
            return self.fail("did not find expected whitespace", IN_TAG_DIRECTIVE, start);
        }
        self.cursor.skip_blanks()?;
        let prefix = self.scan_uri(self.cursor.offset, false, IN_TAG_DIRECTIVE, start)?;
        self.cursor.need(1)?;
        if !self.cursor.is_space() {
            let problem = "did not find expected whitespace or line break";
            return self.fail(problem, IN_TAG_DIRECTIVE, start);
        }
        Ok(TokenKind::TagDirective(handle, prefix))
    }
}
