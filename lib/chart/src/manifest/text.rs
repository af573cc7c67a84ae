//! [`Text`]: the text of a manifest, a slice of the file that a template gave.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The text of a manifest. It shares the file that it is a part of: a clone copies no text.
///
/// Equality is that of the bytes.
#[derive(Clone)]
pub struct Text {
    file: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Text {
    /// A document of a file. What is no slice of it is copied.
    pub(crate) fn of(file: &Arc<Vec<u8>>, document: &[u8]) -> Self {
        let start = document.as_ptr().addr().checked_sub(file.as_ptr().addr());
        let range = start.map(|start| start..start.saturating_add(document.len()));
        match range.filter(|range| range.end <= file.len()) {
            Some(range) => Self {
                file: Arc::clone(file),
                range,
            },
            None => Self {
                file: Arc::new(document.to_vec()),
                range: 0..document.len(),
            },
        }
    }

    /// The bytes of the text.
    pub fn as_bytes(&self) -> &[u8] {
        &self.file[self.range.clone()]
    }
}

impl Deref for Text {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(self), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Text {}
