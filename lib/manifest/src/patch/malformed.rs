//! [`Malformed`]: why something in a file is no patch.

use homescale_located::Node;

/// Why something is no patch, and which part of it is to blame.
#[derive(Debug)]
pub(super) struct Malformed<'n> {
    pub(super) node: Option<&'n Node>,
    /// The end of a sentence about the patch.
    pub(super) message: String,
    /// What to do about it, where that is clear.
    pub(super) hint: Option<&'static str>,
}

impl<'n> Malformed<'n> {
    pub(super) fn at(node: &'n Node, message: String) -> Self {
        Self {
            node: Some(node),
            message,
            hint: None,
        }
    }

    pub(super) fn hinted(self, hint: &'static str) -> Self {
        let hint = Some(hint);
        Self { hint, ..self }
    }
}
