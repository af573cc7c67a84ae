//! Block scalars: `|` and `>`.

use super::Scanner;
use super::token::TokenKind;
use crate::error::{Error, Mistake};
use crate::node::Style;
use crate::position::Position;

const CONTEXT: &str = "while scanning a block scalar";

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    /// Go: `yaml_parser_scan_block_scalar`; productions `c-l+literal` and `c-l+folded`.
    pub(super) fn scan_block_scalar(&mut self, is_literal: bool) -> Result<(), Error> {
        let start = self.cursor.position();
        self.cursor.skip();
        let (chomping, increment) = self.scan_block_header(start)?;
        if !self.cursor.skip_rest_of_line()? {
            let problem = "did not find expected comment or line break";
            return Err(Error::scanner(problem, self.cursor.position())
                .within(CONTEXT, start)
                .by(Mistake::Tab));
        }

        let mut indent = match increment {
            0 => 0,
            _ => self.indent.max(0) + increment,
        };
        let from = self.scratch.len();
        let mut leading_break = "";
        self.breaks.clear();
        let mut end = self.scan_block_breaks(&mut indent, start)?;

        self.cursor.need(1)?;
        let mut began_blank = false;
        while i64::from(self.cursor.column) == indent && !self.cursor.is_end() {
            let is_blank = self.cursor.is_blank();
            let is_folded = !is_literal && !began_blank && !is_blank && leading_break == "\n";
            if !is_folded {
                self.scratch.push_str(leading_break);
            } else if self.breaks.is_empty() {
                self.scratch.push(' ');
            }
            self.scratch.push_str(&self.breaks);
            self.breaks.clear();
            began_blank = is_blank;

            let line = self.cursor.offset;
            self.cursor.skip_line()?;
            self.scratch
                .push_str(&self.cursor.text[line..self.cursor.offset]);
            self.cursor.need(2)?;
            leading_break = self.cursor.skip_break();
            end = self.scan_block_breaks(&mut indent, start)?;
        }

        if chomping != Chomping::Strip {
            self.scratch.push_str(leading_break);
        }
        if chomping == Chomping::Keep {
            self.scratch.push_str(&self.breaks);
        }
        let style = if is_literal {
            Style::Literal
        } else {
            Style::Folded
        };
        self.push(TokenKind::Scalar(self.scratch_since(from), style), start);
        if let Some(token) = self.tokens.back_mut() {
            token.end = end;
        }
        Ok(())
    }

    /// Reads the indicators after `|` or `>`: chomping and indentation, in either order.
    fn scan_block_header(&mut self, start: Position) -> Result<(Chomping, i64), Error> {
        self.cursor.need(1)?;
        if let Some(chomping) = self.scan_chomping() {
            self.cursor.need(1)?;
            return Ok((chomping, self.scan_increment(start)?));
        }
        let increment = self.scan_increment(start)?;
        let mut chomping = None;
        if increment > 0 {
            self.cursor.need(1)?;
            chomping = self.scan_chomping();
        }
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.cursor.byte() {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.cursor.skip();
        Some(chomping)
    }

    fn scan_increment(&mut self, start: Position) -> Result<i64, Error> {
        match self.cursor.byte() {
            b'0' => {
                let problem = "found an indentation indicator equal to 0";
                Err(Error::scanner(problem, self.cursor.position()).within(CONTEXT, start))
            }
            digit @ b'1'..=b'9' => {
                self.cursor.skip();
                Ok(i64::from(digit - b'0'))
            }
            _ => Ok(0),
        }
    }

    /// Goes over indentation and empty lines, collects their breaks, and finds the indentation if it is not yet known.
    /// Returns where the last break ended.
    /// Go: `yaml_parser_scan_block_scalar_breaks`.
    fn scan_block_breaks(&mut self, indent: &mut i64, start: Position) -> Result<Position, Error> {
        let mut end = self.cursor.position();
        let mut widest = 0;
        loop {
            self.cursor.need(1)?;
            while (*indent == 0 || i64::from(self.cursor.column) < *indent)
                && self.cursor.byte() == b' '
            {
                self.cursor.skip();
                self.cursor.need(1)?;
            }
            let column = i64::from(self.cursor.column);
            widest = widest.max(column);
            if (*indent == 0 || column < *indent) && self.cursor.byte() == b'\t' {
                let problem = "found a tab character where an indentation space is expected";
                return Err(Error::scanner(problem, self.cursor.position())
                    .within(CONTEXT, start)
                    .by(Mistake::Tab));
            }
            if !self.cursor.is_break() {
                break;
            }
            self.cursor.need(2)?;
            let kept = self.cursor.skip_break();
            self.breaks.push_str(kept);
            end = self.cursor.position();
        }
        if *indent == 0 {
            *indent = widest.max(self.indent + 1).max(1);
        }
        Ok(end)
    }
}
