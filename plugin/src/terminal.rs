//! The terminal: standard output and error, colour, tables.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::cli::ColorChoice;
use crate::failure::{Failure, plain};

/// How much is collected before it is written.
const BUFFER: usize = 64 << 10;

/// Prints to standard output, all of it.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    print_pieces(&[bytes])
}

/// Prints to standard output, one piece after the other.
pub(crate) fn print_pieces(pieces: &[&[u8]]) -> Result<(), Failure> {
    let size = pieces.iter().map(|piece| piece.len()).sum::<usize>();
    let mut out = BufWriter::with_capacity(size.min(BUFFER), io::stdout().lock());
    let written = pieces.iter().try_for_each(|piece| out.write_all(piece));
    let written = written.and_then(|()| out.flush());
    // What could not be written must not be tried again.
    drop(out.into_parts());
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::PipeClosed,
        _ => Failure::Input(format!("standard output: cannot write: {}", plain(&error))),
    })
}

/// Prints lines to standard error.
pub(crate) fn warn(lines: &[String]) {
    let mut out = io::stderr().lock();
    for line in lines {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(out, "{line}");
    }
}

/// Reads all of standard input.
pub(crate) fn read_input() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes);
    read.map_err(|error| {
        Failure::Input(format!("standard input: cannot read: {}", plain(&error)))
    })?;
    Ok(bytes)
}

/// Whether to colour what goes to standard output (or error).
pub(crate) fn colored(choice: ColorChoice, stdout: bool) -> bool {
    let terminal = if stdout {
        io::stdout().is_terminal()
    } else {
        io::stderr().is_terminal()
    };
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}

/// A cell of a table: its text, and how to colour it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    style: anstyle::Style,
}

impl Cell {
    /// A cell in a colour.
    pub(crate) fn styled(text: impl Into<String>, style: anstyle::Style) -> Self {
        Self {
            text: text.into(),
            style,
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::styled(text, anstyle::Style::new())
    }
}

/// Lays out rows in aligned columns, two spaces apart, without spaces at the ends of lines.
pub(crate) fn table(header: &[&str], rows: &[Vec<Cell>], colored: bool) -> String {
    let bold = anstyle::Style::new().bold();
    let header: Vec<Cell> = header
        .iter()
        .map(|text| Cell::styled(*text, bold))
        .collect();
    let mut widths: Vec<usize> = vec![0; header.len()];
    for row in std::iter::once(&header).chain(rows) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.text.chars().count());
        }
    }
    let mut out = String::new();
    for row in std::iter::once(&header).chain(rows) {
        let last = row
            .iter()
            .rposition(|cell| !cell.text.is_empty())
            .unwrap_or(0);
        for (index, (cell, width)) in row.iter().zip(&widths).enumerate().take(last + 1) {
            if colored {
                let (start, end) = (cell.style.render(), cell.style.render_reset());
                out.extend([start.to_string(), cell.text.clone(), end.to_string()]);
            } else {
                out.push_str(&cell.text);
            }
            if index < last {
                let gap = width - cell.text.chars().count() + 2;
                out.extend(std::iter::repeat_n(' ', gap));
            }
        }
        out.push('\n');
    }
    out
}
