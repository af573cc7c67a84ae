//! [`FileRequest`]: what is asked of a path when files are read from somewhere.

/// What is asked of a path when files are read from somewhere, a disk for example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRequest {
    /// Nothing: a directory is not looked into.
    Nothing,
    /// That the file is there: it is not opened, and becomes an empty one.
    Presence,
    /// The contents, of a file or a directory.
    Contents,
}
