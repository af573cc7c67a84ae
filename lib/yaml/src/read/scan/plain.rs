//! Plain scalars.

use super::Scanner;
use super::token::TokenKind;
use crate::error::{Error, Mistake};
use crate::node::Style;
use crate::position::Text;

impl Scanner<'_> {
    /// Go: `yaml_parser_scan_plain_scalar`; production `ns-plain`.
    pub(super) fn scan_plain(&mut self) -> Result<(), Error> {
        let start = self.cursor.position();
        let indent = self.indent + 1;
        let in_flow = self.flow_level > 0;
        let mut end = start;
        let mut value = ScalarText::new(self.cursor.offset);
        let mut ends_with_break = false;
        self.breaks.clear();

        'lines: loop {
            self.cursor.need(4)?;
            if self.cursor.is_document_indicator() || self.cursor.byte() == b'#' {
                break;
            }

            // The words of this line.
            loop {
                let word = self.cursor.offset;
                if ends_with_break && !self.ends_plain(in_flow) {
                    // The line goes on where an earlier one ended.
                    value.flush(self, end.offset as usize);
                    self.fold_breaks();
                    value.run = word;
                    ends_with_break = false;
                }
                self.skip_word(in_flow)?;
                if self.cursor.offset > word {
                    end = self.cursor.position();
                }
                if !self.cursor.is_blank() {
                    break;
                }
                self.cursor.skip_blanks()?;
                if self.cursor.is_break() {
                    break;
                }
                self.cursor.need(4)?;
                if self.cursor.byte() == b'#' {
                    break 'lines;
                }
            }
            if !self.cursor.is_break() {
                break;
            }

            // The line breaks and the blanks before the next line.
            loop {
                if self.cursor.is_break() {
                    self.cursor.need(2)?;
                    let kept = self.cursor.skip_break();
                    self.breaks.push_str(kept);
                    ends_with_break = true;
                } else if self.cursor.is_blank() {
                    if self.cursor.byte() == b'\t' && i64::from(self.cursor.column) < indent {
                        let problem = "found a tab character that violates indentation";
                        return Err(Error::scanner(problem, self.cursor.position())
                            .within("while scanning a plain scalar", start)
                            .by(Mistake::Tab));
                    }
                    self.cursor.skip();
                } else {
                    break;
                }
                self.cursor.need(1)?;
            }
            if !in_flow && i64::from(self.cursor.column) < indent {
                break;
            }
        }

        let text = value.finish(self, end.offset as usize);
        self.push(TokenKind::Scalar(text, Style::Plain), start);
        if let Some(token) = self.tokens.back_mut() {
            token.end = end;
        }
        if ends_with_break {
            self.is_key_allowed = true;
        }
        Ok(())
    }

    /// Goes over the text up to a blank, a line end or an indicator that ends the scalar.
    fn skip_word(&mut self, in_flow: bool) -> Result<(), Error> {
        loop {
            self.cursor.skip_plain();
            if self.ends_plain(in_flow) {
                return Ok(());
            }
            self.cursor.skip();
            self.cursor.need(2)?;
        }
    }

    /// Whether the character here cannot be part of a plain scalar.
    fn ends_plain(&self, in_flow: bool) -> bool {
        let cursor = &self.cursor;
        cursor.is_space()
            || (cursor.byte() == b':' && cursor.is_space_at(1))
            || (in_flow && cursor.is_flow_indicator())
    }

    /// Adds the line breaks that were met to the scratch text: a single one becomes a space.
    pub(super) fn fold_breaks(&mut self) {
        match self.breaks.strip_prefix('\n') {
            Some("") => self.scratch.push(' '),
            Some(rest) => self.scratch.push_str(rest),
            None => self.scratch.push_str(&self.breaks),
        }
        self.breaks.clear();
    }
}

/// A scalar under construction: a run of the source, scratch only once it is found to be more than one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScalarText {
    /// Where the current run began.
    pub(super) run: usize,
    /// Where the scratch text began, if there is any.
    scratch: Option<usize>,
}

impl ScalarText {
    pub(super) fn new(run: usize) -> Self {
        Self { run, scratch: None }
    }

    /// Adds the run that ends at `end` to the scratch text.
    pub(super) fn flush(&mut self, scanner: &mut Scanner<'_>, end: usize) {
        self.scratch.get_or_insert(scanner.scratch.len());
        let run = &scanner.cursor.text[self.run..end];
        scanner.scratch.push_str(run);
        self.run = end;
    }

    /// The scalar, whose last run ends at `end`.
    pub(super) fn finish(mut self, scanner: &mut Scanner<'_>, end: usize) -> Text {
        if self.scratch.is_some() {
            self.flush(scanner, end);
        }
        match self.scratch {
            Some(from) => scanner.scratch_since(from),
            None => Text {
                start: self.run as u32,
                end: end as u32,
            },
        }
    }
}

impl Scanner<'_> {
    /// The scratch text from `from` on.
    pub(super) fn scratch_since(&self, from: usize) -> Text {
        let source = self.cursor.text.len();
        Text {
            start: (source + from) as u32,
            end: (source + self.scratch.len()) as u32,
        }
    }
}
