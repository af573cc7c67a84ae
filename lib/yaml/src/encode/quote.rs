//! Writes strings in each of the four styles.

use std::fmt::Write as _;

use super::dialect::Dialect;
use super::style::{Form, ScalarStyle, Wide};
use super::writer::Writer;

/// Lines longer than this are folded at the next space, by version 2.
const WIDTH: usize = 80;

/// Where a string stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The key of a `key: value` line: it is kept on one line.
    Key,
    /// Anywhere else.
    Value,
}

/// Writes a string of a known form, and restores the indentation.
pub(super) fn write(writer: &mut Writer, text: &str, form: Form, place: Place, dialect: Dialect) {
    let outer = writer.indent;
    writer.indent = Some(writer.continuation());
    let fold = form.spaces && place == Place::Value && dialect == Dialect::Kubernetes;
    match form.style {
        ScalarStyle::Plain => plain(writer, text, form, fold),
        ScalarStyle::Single => single(writer, text, fold),
        ScalarStyle::Double => double(writer, text, fold),
        ScalarStyle::Literal => literal(writer, text),
    }
    writer.indent = outer;
}

/// Go: `yaml_emitter_write_plain_scalar`.
fn plain(writer: &mut Writer, text: &str, form: Form, fold: bool) {
    writer.separate();
    if fold && writer.column + text.len() > WIDTH {
        folded(writer, text);
    } else {
        let columns = if form.ascii {
            text.len()
        } else {
            text.chars().count()
        };
        writer.text(text, columns);
    }
    writer.whitespace = false;
    writer.indention = false;
}

/// Writes text without line breaks, turning single spaces beyond the width into line breaks.
fn folded(writer: &mut Writer, text: &str) {
    let mut after_space = false;
    for (at, c) in text.char_indices() {
        let before_space = || text.as_bytes().get(at + 1) == Some(&b' ');
        if c == ' ' && !after_space && writer.column > WIDTH && !before_space() {
            writer.indent();
        } else {
            writer.put(c);
        }
        after_space = c == ' ';
    }
}

/// Go: `yaml_emitter_write_single_quoted`.
fn single(writer: &mut Writer, text: &str, fold: bool) {
    writer.separate_mark('\'');
    let mut after_space = false;
    let mut after_break = false;
    for (at, c) in text.char_indices() {
        match c {
            ' ' => {
                let inside = at > 0 && at + 1 < text.len();
                let alone = !after_space && text.as_bytes().get(at + 1) != Some(&b' ');
                if fold && inside && alone && writer.column > WIDTH {
                    writer.indent();
                } else {
                    writer.put(c);
                }
                after_space = true;
                continue;
            }
            // Other breaks cannot come here: they make a literal block or need double quotes.
            '\u{2028}' | '\u{2029}' => {
                writer.out.put(c);
                writer.column = 0;
                writer.indention = true;
                after_break = true;
                continue;
            }
            _ => {}
        }
        if after_break {
            writer.indent();
        }
        if c == '\'' {
            writer.put(c);
        }
        writer.put(c);
        writer.indention = false;
        after_space = false;
        after_break = false;
    }
    writer.mark('\'');
}

/// Go: `yaml_emitter_write_double_quoted`.
fn double(writer: &mut Writer, text: &str, fold: bool) {
    writer.separate_mark('"');
    // Go-yaml looks for a byte order mark at the start of the text, for every character of it.
    let escape_all = text.starts_with('\u{FEFF}');
    let bytes = text.as_bytes();
    let mut after_space = false;
    for (at, c) in text.char_indices() {
        if escape_all || needs_escape(bytes, at) {
            escape(writer, c);
            after_space = false;
        } else if c == ' ' {
            let inside = at > 0 && at + 1 < text.len();
            if fold && inside && !after_space && writer.column > WIDTH {
                writer.indent();
                if bytes.get(at + 1) == Some(&b' ') {
                    writer.put('\\');
                }
            } else {
                writer.put(c);
            }
            after_space = true;
        } else {
            writer.put(c);
            after_space = false;
        }
    }
    writer.mark('"');
}

fn needs_escape(text: &[u8], at: usize) -> bool {
    match text[at] {
        b'"' | b'\\' | 0x7F | 0..=0x1F => true,
        0x20..=0x7E => false,
        _ => {
            let wide = Wide::at(text, at);
            !wide.printable || wide.line_break
        }
    }
}

fn escape(writer: &mut Writer, c: char) {
    let start = writer.out.len();
    let short = match c {
        '\0' => '0',
        '\x07' => 'a',
        '\x08' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\x0B' => 'v',
        '\x0C' => 'f',
        '\r' => 'r',
        '\x1B' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{A0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => '\0',
    };
    writer.out.put('\\');
    let code = c as u32;
    let written = match code {
        _ if short != '\0' => {
            writer.out.put(short);
            Ok(())
        }
        0..=0xFF => write!(writer.out, "x{code:02X}"),
        0x100..=0xFFFF => write!(writer.out, "u{code:04X}"),
        _ => write!(writer.out, "U{code:08X}"),
    };
    written.expect("writing to a string cannot fail");
    writer.column += writer.out.len() - start;
}

/// Go: `yaml_emitter_write_literal`.
fn literal(writer: &mut Writer, text: &str) {
    writer.separate_mark('|');
    if text.starts_with(' ') || text.starts_with(is_break) {
        writer.put('2');
    }
    let mut ends = text.chars().rev();
    if !ends.next().is_some_and(is_break) {
        writer.put('-');
    } else if ends.next().is_none_or(is_break) {
        writer.put('+');
    }
    writer.line_break();
    writer.whitespace = true;
    writer.indention = true;
    for line in text.split_inclusive(is_break) {
        let (content, end) = match line.chars().next_back() {
            Some(c) if is_break(c) => line.split_at(line.len() - c.len_utf8()),
            _ => (line, ""),
        };
        if !content.is_empty() {
            writer.indent();
            writer.text(content, content.len());
            writer.indention = false;
        }
        if !end.is_empty() {
            writer.out.push(end);
            writer.column = 0;
            writer.indention = true;
        }
    }
}

/// The line breaks that a literal block can hold.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\u{2028}' | '\u{2029}')
}
