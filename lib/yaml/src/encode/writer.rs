//! The output text and the little state that decides where spaces and line breaks go.

use homescale_go::strings::Builder;

use crate::nesting::spaces;

/// The text written so far, with the state that libyaml's emitter keeps.
pub(super) struct Writer {
    pub(super) out: Builder<String>,
    /// Characters on the current line.
    pub(super) column: usize,
    /// Indentation of the block that is being written, or `None` outside any.
    pub(super) indent: Option<usize>,
    /// The last thing written separates tokens.
    pub(super) whitespace: bool,
    /// Only indentation and block indicators stand on the current line.
    pub(super) indention: bool,
}

/// Columns of one level.
pub(super) const STEP: usize = 2;

impl Writer {
    pub(super) fn new(out: Builder<String>) -> Self {
        Self {
            out,
            column: 0,
            indent: None,
            whitespace: true,
            indention: true,
        }
    }

    /// Writes text without line breaks that takes `columns` columns.
    pub(super) fn text(&mut self, text: &str, columns: usize) {
        self.out.push(text);
        self.column += columns;
    }

    /// Writes one character of one column.
    pub(super) fn put(&mut self, c: char) {
        self.out.put(c);
        self.column += 1;
    }

    pub(super) fn line_break(&mut self) {
        self.out.put('\n');
        self.column = 0;
    }

    /// Separates what follows from what stands before it on the line.
    pub(super) fn separate(&mut self) {
        if !self.whitespace {
            self.put(' ');
        }
    }

    /// Starts a new line if there is something on this one, and fills it up to the indentation.
    /// Go: `yaml_emitter_write_indent`.
    pub(super) fn indent(&mut self) {
        let indent = self.indent.unwrap_or(0);
        let used = self.column > indent || (self.column == indent && !self.whitespace);
        if !self.indention || used {
            self.line_break();
        }
        if self.column < indent {
            spaces(&mut self.out, indent - self.column);
            self.column = indent;
        }
        self.whitespace = true;
        self.indention = true;
    }

    /// Writes a token that opens or closes something, directly after what stands before it.
    /// Go: `yaml_emitter_write_indicator`.
    pub(super) fn mark(&mut self, token: char) {
        self.put(token);
        self.whitespace = false;
        self.indention = false;
    }

    /// Writes a token that opens or closes something, after a space where one is needed.
    pub(super) fn separate_mark(&mut self, token: char) {
        self.separate();
        self.mark(token);
    }

    /// Writes `-`, `?` or `:` at the start of a block entry, which count as indentation.
    pub(super) fn block_mark(&mut self, token: char) {
        self.separate();
        self.put(token);
        self.whitespace = false;
    }

    /// The indentation of a block inside the current one (`yaml_emitter_increase_indent`).
    pub(super) fn deeper(&self, indentless: bool) -> usize {
        match self.indent {
            None => 0,
            Some(indent) if indentless => indent,
            Some(indent) => indent + STEP,
        }
    }

    /// The indentation of the further lines of a scalar.
    pub(super) fn continuation(&self) -> usize {
        self.indent.map_or(STEP, |indent| indent + STEP)
    }
}
