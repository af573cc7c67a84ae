//! Scalars in single and double quotes.

use super::Scanner;
use super::plain::ScalarText;
use super::token::TokenKind;
use crate::error::{Error, Mistake};
use crate::node::Style;
use crate::position::Position;

impl Scanner<'_> {
    /// Go: `yaml_parser_scan_flow_scalar`; productions `c-double-quoted` and `c-single-quoted`.
    pub(super) fn scan_quoted(&mut self, is_single: bool) -> Result<(), Error> {
        let (quote, style) = if is_single {
            (b'\'', Style::SingleQuoted)
        } else {
            (b'"', Style::DoubleQuoted)
        };
        let start = self.cursor.position();
        self.cursor.skip();
        let mut value = ScalarText::new(self.cursor.offset);
        loop {
            self.cursor.need(4)?;
            if self.cursor.is_document_indicator() {
                return Err(self.quoted_error("found unexpected document indicator", start));
            }
            if self.cursor.is_end() {
                let error = self.quoted_error("found unexpected end of stream", start);
                return Err(error.by(Mistake::OpenQuote));
            }

            let is_escaped_break = self.scan_quoted_text(&mut value, is_single, start)?;
            self.cursor.need(1)?;
            if self.cursor.byte() == quote {
                break;
            }
            self.scan_quoted_blanks(&mut value, is_escaped_break)?;
        }
        let text = value.finish(self, self.cursor.offset);
        self.cursor.skip();
        self.push(TokenKind::Scalar(text, style), start);
        Ok(())
    }

    fn quoted_error(&self, problem: &'static str, start: Position) -> Error {
        Error::scanner(problem, self.cursor.position())
            .within("while scanning a quoted scalar", start)
    }

    /// Goes over text up to a blank, a line end or the closing quote. Says whether it ended with an escaped line break.
    fn scan_quoted_text(
        &mut self,
        value: &mut ScalarText,
        is_single: bool,
        start: Position,
    ) -> Result<bool, Error> {
        loop {
            self.cursor.skip_quoted();
            if self.cursor.is_space() {
                return Ok(false);
            }
            match self.cursor.byte() {
                b'\'' if is_single && self.cursor.at(1) == b'\'' => {
                    // Of the two quotes, the first one is kept.
                    value.flush(self, self.cursor.offset + 1);
                    self.cursor.skip_ascii(2);
                    value.run = self.cursor.offset;
                }
                b'\'' if is_single => return Ok(false),
                b'"' if !is_single => return Ok(false),
                b'\\' if !is_single && self.cursor.is_break_at(1) => {
                    value.flush(self, self.cursor.offset);
                    self.cursor.need(3)?;
                    self.cursor.skip();
                    self.cursor.skip_break();
                    value.run = self.cursor.offset;
                    self.cursor.need(2)?;
                    return Ok(true);
                }
                b'\\' if !is_single => {
                    value.flush(self, self.cursor.offset);
                    self.scan_escape(start)?;
                    value.run = self.cursor.offset;
                }
                _ => self.cursor.skip(),
            }
            self.cursor.need(2)?;
        }
    }

    /// Goes over blanks and line breaks, and folds them if there was a break.
    fn scan_quoted_blanks(
        &mut self,
        value: &mut ScalarText,
        is_escaped_break: bool,
    ) -> Result<(), Error> {
        let text_end = self.cursor.offset;
        let mut has_break = false;
        self.breaks.clear();
        loop {
            if self.cursor.is_break() {
                self.cursor.need(2)?;
                if !has_break && !is_escaped_break {
                    value.flush(self, text_end);
                }
                has_break = true;
                let kept = self.cursor.skip_break();
                self.breaks.push_str(kept);
            } else if self.cursor.is_blank() {
                self.cursor.skip();
            } else {
                break;
            }
            self.cursor.need(1)?;
        }
        if is_escaped_break {
            let breaks = std::mem::take(&mut self.breaks);
            self.scratch.push_str(&breaks);
            self.breaks = breaks;
            value.run = self.cursor.offset;
        } else if has_break {
            self.fold_breaks();
            value.run = self.cursor.offset;
        }
        Ok(())
    }

    /// Reads an escape sequence into the scratch text.
    fn scan_escape(&mut self, start: Position) -> Result<(), Error> {
        const CONTEXT: &str = "while parsing a quoted scalar";
        let (kept, digits) = match self.cursor.at(1) {
            b'0' => ("\0", 0),
            b'a' => ("\x07", 0),
            b'b' => ("\x08", 0),
            b't' | b'\t' => ("\t", 0),
            b'n' => ("\n", 0),
            b'v' => ("\x0B", 0),
            b'f' => ("\x0C", 0),
            b'r' => ("\r", 0),
            b'e' => ("\x1B", 0),
            b' ' => (" ", 0),
            b'"' => ("\"", 0),
            b'\'' => ("'", 0),
            b'\\' => ("\\", 0),
            b'N' => ("\u{85}", 0),
            b'_' => ("\u{A0}", 0),
            b'L' => ("\u{2028}", 0),
            b'P' => ("\u{2029}", 0),
            b'x' => ("", 2),
            b'u' => ("", 4),
            b'U' => ("", 8),
            _ => {
                let problem = "found unknown escape character";
                return Err(Error::scanner(problem, self.cursor.position()).within(CONTEXT, start));
            }
        };
        self.scratch.push_str(kept);
        self.cursor.skip_ascii(2);
        if digits == 0 {
            return Ok(());
        }

        self.cursor.need(digits)?;
        let mut value = 0_u32;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.cursor.at(ahead)).to_digit(16) else {
                // The typing error in the text is go-yaml's.
                let problem = "did not find expected hexdecimal number";
                return Err(Error::scanner(problem, self.cursor.position()).within(CONTEXT, start));
            };
            value = value << 4 | digit;
        }
        let Some(character) = char::from_u32(value) else {
            let problem = "found invalid Unicode character escape code";
            return Err(Error::scanner(problem, self.cursor.position()).within(CONTEXT, start));
        };
        self.scratch.push(character);
        self.cursor.skip_ascii(digits);
        Ok(())
    }
}
