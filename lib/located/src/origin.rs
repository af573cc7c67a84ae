//! [`Origin`]: where a text stands, so that what is in it has a place in its file; also of a text in a string.

use homescale_yaml::Position;

use crate::lines::Lines;
use crate::place::{FileId, Place};

/// Where a text stands: the file, and what to add to lines and columns when the text is a part of it.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The line of the file before the first one of the text.
    pub lines: usize,
    /// The columns before each line of the text.
    pub columns: usize,
}

impl Origin {
    /// A whole file.
    pub fn file(file: FileId) -> Self {
        Self {
            file,
            lines: 0,
            columns: 0,
        }
    }

    pub(crate) fn place(self, position: Position) -> Place {
        Place::new(
            self.file,
            self.lines + position.line(),
            self.columns + position.column(),
        )
    }
}

/// Where the lines of a text in a string stand: exactly for a literal block, else where the string begins. `source` is
/// the file, and `place` the place of the string.
pub fn origin_of_text(source: &Lines<'_>, place: Place) -> Origin {
    let file = place.file();
    let header = source.get(place.line()).unwrap_or_default();
    if header.get(place.column().wrapping_sub(1)) != Some(&b'|') {
        return Origin {
            file,
            lines: place.line().saturating_sub(1),
            columns: 0,
        };
    }
    let first = source.content_after(place.line());
    Origin {
        file,
        lines: place.line(),
        columns: first.map_or(0, |line| line.len() - line.trim_ascii_start().len()),
    }
}

/// The place of a line and a byte in a string, if they can be told from the source; else that of the string.
pub fn place_in_text(
    source: &Lines<'_>,
    place: Place,
    text: &Lines<'_>,
    line: usize,
    column: Option<usize>,
) -> Place {
    if place.column() == 0 {
        return place;
    }
    let wanted = text.get(line);
    let before = wanted.and_then(|wanted| wanted.get(..column.unwrap_or_default()));
    let Some(before) = before else { return place };
    let origin = origin_of_text(source, place);
    let is_block = origin.lines == place.line();
    let found = if is_block {
        Some((origin.lines + line, origin.columns))
    } else if line == 1 {
        let first = source
            .get(place.line())
            .and_then(|first| first.get(place.column() - 1));
        let quote = usize::from(matches!(first, Some(b'"' | b'\'')));
        Some((place.line(), place.column() - 1 + quote))
    } else {
        None
    };
    // Escapes and characters of several bytes shift columns; then the line still stands.
    match found {
        Some((number, skipped)) => {
            let rest = source.get(number).and_then(|line| line.get(skipped..));
            let is_there = rest.is_some_and(|rest| rest.starts_with(before)) && before.is_ascii();
            match column {
                Some(column) if is_there => Place::new(place.file(), number, skipped + column + 1),
                _ if is_block => Place::new(place.file(), number, skipped + 1),
                _ => place,
            }
        }
        None => place,
    }
}
