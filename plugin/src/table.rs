//! Tables: rows in aligned columns.

use homescale_fileset::printable;

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
            text: printable(&text.into()).into_owned(),
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
pub(crate) fn text(header: &[&str], rows: &[Vec<Cell>], is_colored: bool) -> String {
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
            if is_colored {
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
