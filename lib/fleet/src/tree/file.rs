//! [`TreeFile`]: a file of a tree, and [`TreePart`]: those of an Application.

/// A file: its path in the directory, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeFile {
    /// The path, with `/` between its parts.
    pub path: String,
    /// What is in it.
    pub contents: Vec<u8>,
}

/// The files of an Application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreePart {
    /// The directory or the file that has nothing but `files`, and is replaced as a whole.
    pub place: String,
    /// What is at the place.
    pub files: Vec<TreeFile>,
    /// What says where the files come from: it is written where they change, and otherwise left as it is.
    pub beside: Vec<TreeFile>,
}

impl TreePart {
    /// A part that is one file.
    pub(super) fn of(file: TreeFile) -> Self {
        Self {
            place: file.path.clone(),
            files: vec![file],
            beside: Vec::new(),
        }
    }
}

/// A text that ends its last line.
pub(super) fn ended(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    if text.last().is_some_and(|&last| last != b'\n') {
        text.push(b'\n');
    }
    text
}
