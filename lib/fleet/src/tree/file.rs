//! [`TreeFile`]: a file of a tree.

/// A file: its path in the directory, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// The path, with `/` between its parts.
    pub path: String,
    /// What is in it.
    pub contents: Vec<u8>,
}

/// A text that ends its last line.
pub(super) fn ended(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    if text.last().is_some_and(|&last| last != b'\n') {
        text.push(b'\n');
    }
    text
}
