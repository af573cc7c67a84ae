//! Tokens: what the scanner hands to the parser.

use crate::mark::{Mark, Text};

/// A piece of punctuation, or a scalar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: Mark,
    pub(crate) end: Mark,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TokenKind {
    StreamStart,
    StreamEnd,
    /// `%YAML major.minor`.
    Version(u8, u8),
    /// `%TAG handle prefix`.
    TagDirective(Text, Text),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(Text),
    Anchor(Text),
    /// A handle (empty for a verbatim tag) and a suffix.
    Tag(Text, Text),
    Scalar(Text, Style),
}

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A scalar without quotes.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
    /// A list or map that lives by indentation.
    Block,
    /// `[…]` or `{…}`.
    Flow,
}
