//! [`Lines`]: the lines of a text, each found at once, however many are asked for.

use std::cell::RefCell;
use std::rc::Rc;

use homescale_fileset::FileSet;

/// A text, and where its lines begin.
///
/// ```
/// use homescale_located::Lines;
///
/// let lines = Lines::of(b"a: 1\nb: 2\n");
/// assert_eq!(lines.get(2), Some(&b"b: 2"[..]));
/// assert_eq!(lines.get(0), None);
/// assert_eq!(lines.line_of(6), 2);
/// ```
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    pub fn of(text: &'t [u8]) -> Self {
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        Self {
            text,
            starts: starts.collect(),
        }
    }

    /// The line of that number, from 1, without its line feed.
    pub fn get(&self, number: usize) -> Option<&'t [u8]> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let next = self.starts.get(number);
        let end = next.map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end)
    }

    /// The number of the line, from 1, that a byte of the text is in.
    pub fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// Where the line of a number begins.
    pub fn start(&self, number: usize) -> Option<usize> {
        self.starts.get(number.checked_sub(1)?).copied()
    }

    /// The first line after the one of a number that has something on it.
    pub(crate) fn content_after(&self, number: usize) -> Option<&'t [u8]> {
        let rest = self.text.get(self.start(number + 1)?..)?;
        let mut lines = rest.split(|byte| *byte == b'\n');
        lines.find(|line| !line.trim_ascii().is_empty())
    }
}

/// The lines of the files of a set. Those of the file that was asked for last are kept, because who asks mostly goes through
/// a file from above to below.
#[derive(Debug)]
pub struct SourceLines<'f> {
    files: &'f FileSet,
    last: RefCell<Option<(String, Rc<Lines<'f>>)>>,
}

impl<'f> SourceLines<'f> {
    /// The lines of these files.
    pub fn new(files: &'f FileSet) -> Self {
        Self {
            files,
            last: RefCell::default(),
        }
    }

    /// The lines of a file; those of an empty text where it cannot be read.
    pub fn of(&self, path: &str) -> Rc<Lines<'f>> {
        let mut last = self.last.borrow_mut();
        if let Some((known, lines)) = &*last
            && known == path
        {
            return Rc::clone(lines);
        }
        let text = self.files.get(path).ok().flatten().unwrap_or_default();
        let lines = Rc::new(Lines::of(text));
        *last = Some((path.to_owned(), Rc::clone(&lines)));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_is_between_line_feeds() {
        for text in ["", "a", "a\n", "\n\nb", "a\nb\n\n"] {
            let lines = Lines::of(text.as_bytes());
            let expected: Vec<&[u8]> = text.as_bytes().split(|byte| *byte == b'\n').collect();
            for (index, line) in expected.iter().enumerate() {
                assert_eq!(lines.get(index + 1), Some(*line), "{text:?}");
            }
            assert_eq!(lines.get(expected.len() + 1), None, "{text:?}");
        }
    }
}
