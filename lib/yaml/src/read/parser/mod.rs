//! The parser: from tokens to events, by libyaml's algorithm as go-yaml v2 has it.
//!
//! A state machine with an explicit stack: nesting costs no stack of ours.

mod block;
mod flow;

use std::collections::HashMap;

use crate::error::Error;
use crate::node::Style;
use crate::position::{Position, Text};
use crate::read::reader::Chunks;
use crate::read::scan::Scanner;
use crate::read::scan::token::{Token, TokenKind};
use crate::resolve::Tag;

/// Something that the parser found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// The kinds of events.
#[derive(Clone, Copy, Debug)]
pub(crate) enum EventKind {
    StreamStart,
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias(Text),
    Scalar(Properties, Text),
    SequenceStart(Properties),
    SequenceEnd,
    MappingStart(Properties),
    MappingEnd,
}

/// What is said about a node apart from its content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Properties {
    pub(crate) anchor: Option<Text>,
    pub(crate) tag: Tag,
    /// The content decides the type: a plain scalar without a tag, or anything with the tag `!`.
    pub(crate) implicit: bool,
    pub(crate) style: Style,
}

/// What the parser expects next.
#[derive(Clone, Copy, Debug)]
enum State {
    StreamStart,
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirst,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirst,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequenceEntry,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

const STANDARD_TAGS: [(&str, &str); 2] = [("!", "!"), ("!!", "tag:yaml.org,2002:")];

/// Turns tokens into events.
#[derive(Debug)]
pub(crate) struct Parser<'t> {
    scanner: Scanner<'t>,
    state: State,
    states: Vec<State>,
    /// Where the open collections began.
    marks: Vec<Position>,
    /// What the handles of tags stand for, apart from the standard ones.
    tags: HashMap<String, String>,
}

impl<'t> Parser<'t> {
    /// A parser at the offset `start` of `text`.
    pub(crate) fn new(text: &'t str, start: usize, chunks: Option<Chunks>) -> Self {
        Self {
            scanner: Scanner::new(text, start, chunks),
            state: State::StreamStart,
            states: Vec::new(),
            marks: Vec::new(),
            tags: HashMap::new(),
        }
    }

    /// The text that an event refers to.
    pub(crate) fn text(&self, text: Text) -> &str {
        self.scanner.text(text)
    }

    /// The scalars that do not stand in the text as they are.
    pub(crate) fn into_scratch(self) -> String {
        self.scanner.into_scratch()
    }

    /// The next event. After the end of the stream, the end of the stream again (`yaml_parser_parse`).
    pub(crate) fn next(&mut self) -> Result<Event, Error> {
        match self.state {
            State::StreamStart => {
                self.state = State::ImplicitDocumentStart;
                let token = self.scanner.peek()?;
                self.scanner.take();
                Ok(event(EventKind::StreamStart, token.start, token.end))
            }
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceFirst => self.block_sequence_entry(true),
            State::BlockSequenceEntry => self.block_sequence_entry(false),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingFirst => self.block_mapping_key(true),
            State::BlockMappingKey => self.block_mapping_key(false),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirst => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => self.flow_pair_end(),
            State::FlowMappingFirst => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.flow_mapping_value(true),
            State::End => Ok(event(
                EventKind::StreamEnd,
                Position::default(),
                Position::default(),
            )),
        }
    }

    /// Takes a token and peeks at the one after it.
    fn advance(&mut self) -> Result<Token, Error> {
        self.scanner.take();
        self.scanner.peek()
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// Go: `yaml_parser_parse_document_start`.
    fn document_start(&mut self, may_be_implicit: bool) -> Result<Event, Error> {
        let mut token = self.scanner.peek()?;
        if !may_be_implicit {
            while token.kind == TokenKind::DocumentEnd {
                token = self.advance()?;
            }
        }
        match token.kind {
            TokenKind::StreamEnd => {
                self.state = State::End;
                self.scanner.take();
                Ok(event(EventKind::StreamEnd, token.start, token.end))
            }
            TokenKind::Version(..) | TokenKind::TagDirective(..) | TokenKind::DocumentStart => {
                self.explicit_document_start(token.start)
            }
            _ if may_be_implicit => {
                self.process_directives()?;
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                Ok(event(EventKind::DocumentStart, token.start, token.end))
            }
            _ => self.explicit_document_start(token.start),
        }
    }

    fn explicit_document_start(&mut self, start: Position) -> Result<Event, Error> {
        let token = self.process_directives()?;
        if token.kind != TokenKind::DocumentStart {
            return Err(Error::parser(
                "did not find expected <document start>",
                token.start,
            ));
        }
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        self.scanner.take();
        Ok(event(EventKind::DocumentStart, start, token.end))
    }

    /// Go: `yaml_parser_parse_document_content`.
    fn document_content(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Version(..)
            | TokenKind::TagDirective(..)
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop_state();
                Ok(empty_scalar(token.start))
            }
            _ => self.node(true, false),
        }
    }

    /// Go: `yaml_parser_parse_document_end`.
    fn document_end(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        let mut end = token.start;
        if token.kind == TokenKind::DocumentEnd {
            end = token.end;
            self.scanner.take();
        }
        self.tags.clear();
        self.state = State::DocumentStart;
        Ok(event(EventKind::DocumentEnd, token.start, end))
    }

    /// Reads directives. Returns the token after them (`yaml_parser_process_directives`).
    fn process_directives(&mut self) -> Result<Token, Error> {
        let mut has_version = false;
        let mut token = self.scanner.peek()?;
        loop {
            match token.kind {
                TokenKind::Version(..) if has_version => {
                    return Err(Error::parser(
                        "found duplicate %YAML directive",
                        token.start,
                    ));
                }
                TokenKind::Version(1, 1) => has_version = true,
                TokenKind::Version(..) => {
                    return Err(Error::parser(
                        "found incompatible YAML document",
                        token.start,
                    ));
                }
                TokenKind::TagDirective(handle, prefix) => {
                    let (handle, prefix) =
                        (self.text(handle).to_string(), self.text(prefix).to_string());
                    if self.tags.insert(handle, prefix).is_some() {
                        return Err(Error::parser("found duplicate %TAG directive", token.start));
                    }
                }
                _ => break,
            }
            token = self.advance()?;
        }
        Ok(token)
    }

    /// A node: an alias, or properties and content (`yaml_parser_parse_node`).
    fn node(&mut self, is_block: bool, may_be_indentless: bool) -> Result<Event, Error> {
        let mut token = self.scanner.peek()?;
        if let TokenKind::Alias(name) = token.kind {
            self.pop_state();
            self.scanner.take();
            return Ok(event(EventKind::Alias(name), token.start, token.end));
        }

        let start = token.start;
        let mut properties_end = token.start;
        let mut anchor = None;
        let mut tag = None;
        loop {
            match token.kind {
                TokenKind::Anchor(name) if anchor.is_none() => anchor = Some(name),
                TokenKind::Tag(handle, suffix) if tag.is_none() => {
                    tag = Some((handle, suffix, token.start));
                }
                _ => break,
            }
            properties_end = token.end;
            token = self.advance()?;
        }
        let tag = match tag {
            Some((handle, suffix, mark)) => self.tag(handle, suffix, mark, start)?,
            None => Tag::None,
        };
        let properties = |style| Properties {
            anchor,
            tag,
            implicit: tag == Tag::None,
            style,
        };

        let (kind, state) = match token.kind {
            TokenKind::BlockEntry if may_be_indentless => (
                EventKind::SequenceStart(properties(Style::Block)),
                State::IndentlessSequenceEntry,
            ),
            TokenKind::Scalar(text, style) => {
                let implicit =
                    tag == Tag::NonSpecific || (tag == Tag::None && style == Style::Plain);
                let properties = Properties {
                    implicit,
                    ..properties(style)
                };
                self.pop_state();
                self.scanner.take();
                return Ok(event(EventKind::Scalar(properties, text), start, token.end));
            }
            TokenKind::FlowSequenceStart => (
                EventKind::SequenceStart(properties(Style::Flow)),
                State::FlowSequenceFirst,
            ),
            TokenKind::FlowMappingStart => (
                EventKind::MappingStart(properties(Style::Flow)),
                State::FlowMappingFirst,
            ),
            TokenKind::BlockSequenceStart if is_block => (
                EventKind::SequenceStart(properties(Style::Block)),
                State::BlockSequenceFirst,
            ),
            TokenKind::BlockMappingStart if is_block => (
                EventKind::MappingStart(properties(Style::Block)),
                State::BlockMappingFirst,
            ),
            _ if anchor.is_some() || tag != Tag::None => {
                self.pop_state();
                let kind = EventKind::Scalar(properties(Style::Plain), Text::default());
                return Ok(event(kind, start, properties_end));
            }
            _ => {
                let context = if is_block {
                    "while parsing a block node"
                } else {
                    "while parsing a flow node"
                };
                return Err(
                    Error::parser("did not find expected node content", token.start)
                        .within(context, start),
                );
            }
        };
        self.state = state;
        Ok(event(kind, start, token.end))
    }

    /// The meaning of a tag, which depends on the directives.
    fn tag(
        &self,
        handle: Text,
        suffix: Text,
        mark: Position,
        start: Position,
    ) -> Result<Tag, Error> {
        let (handle, suffix) = (self.text(handle), self.text(suffix));
        if handle.is_empty() {
            return Ok(Tag::from_uri(suffix));
        }
        let standard = || STANDARD_TAGS.iter().find(|(known, _)| *known == handle);
        let prefix = self.tags.get(handle).map(String::as_str);
        match prefix.or_else(|| Some(standard()?.1)) {
            Some(prefix) => Ok(Tag::from_uri(&format!("{prefix}{suffix}"))),
            None => Err(Error::parser("found undefined tag handle", mark)
                .within("while parsing a node", start)),
        }
    }
}

fn event(kind: EventKind, start: Position, end: Position) -> Event {
    Event { kind, start, end }
}

/// A scalar that is not written at all.
fn empty_scalar(mark: Position) -> Event {
    let properties = Properties {
        anchor: None,
        tag: Tag::None,
        implicit: true,
        style: Style::Plain,
    };
    event(EventKind::Scalar(properties, Text::default()), mark, mark)
}
