//! Block collections: lists and maps that live by indentation.

use super::{Event, EventKind, Parser, State, empty_scalar, event};
use crate::error::{Error, Mistake};
use crate::read::scan::token::TokenKind;

impl Parser<'_> {
    /// `- entry`, in a list that is indented (`yaml_parser_parse_block_sequence_entry`).
    pub(super) fn block_sequence_entry(&mut self, is_first: bool) -> Result<Event, Error> {
        if is_first {
            self.open_collection()?;
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                let next = self.advance()?;
                match next.kind {
                    TokenKind::BlockEntry | TokenKind::BlockEnd => {
                        self.state = State::BlockSequenceEntry;
                        Ok(empty_scalar(token.end))
                    }
                    _ => {
                        self.states.push(State::BlockSequenceEntry);
                        self.node(true, false)
                    }
                }
            }
            TokenKind::BlockEnd => self.close_collection(EventKind::SequenceEnd),
            _ => Err(self.unexpected(
                "did not find expected '-' indicator",
                "while parsing a block collection",
            )?),
        }
    }

    /// `- entry`, in a list that is indented no more than the key it belongs to.
    /// Go: `yaml_parser_parse_indentless_sequence_entry`.
    pub(super) fn indentless_sequence_entry(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            self.pop_state();
            return Ok(event(EventKind::SequenceEnd, token.start, token.start));
        }
        let next = self.advance()?;
        match next.kind {
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                self.state = State::IndentlessSequenceEntry;
                Ok(empty_scalar(token.end))
            }
            _ => {
                self.states.push(State::IndentlessSequenceEntry);
                self.node(true, false)
            }
        }
    }

    /// Go: `yaml_parser_parse_block_mapping_key`.
    pub(super) fn block_mapping_key(&mut self, is_first: bool) -> Result<Event, Error> {
        if is_first {
            self.open_collection()?;
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                let next = self.advance()?;
                match next.kind {
                    TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                        self.state = State::BlockMappingValue;
                        Ok(empty_scalar(token.end))
                    }
                    _ => {
                        self.states.push(State::BlockMappingValue);
                        self.node(true, true)
                    }
                }
            }
            TokenKind::BlockEnd => self.close_collection(EventKind::MappingEnd),
            _ => {
                let problem = "did not find expected key";
                let error = self.unexpected(problem, "while parsing a block mapping")?;
                Err(error.by(Mistake::NoKey))
            }
        }
    }

    /// Go: `yaml_parser_parse_block_mapping_value`.
    pub(super) fn block_mapping_value(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::Value {
            self.state = State::BlockMappingKey;
            return Ok(empty_scalar(token.start));
        }
        let next = self.advance()?;
        match next.kind {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                self.state = State::BlockMappingKey;
                Ok(empty_scalar(token.end))
            }
            _ => {
                self.states.push(State::BlockMappingKey);
                self.node(true, true)
            }
        }
    }

    /// Takes the token that opens a collection.
    pub(super) fn open_collection(&mut self) -> Result<(), Error> {
        let token = self.scanner.peek()?;
        self.marks.push(token.start);
        self.scanner.take();
        Ok(())
    }

    /// Takes the token that closes a collection.
    pub(super) fn close_collection(&mut self, kind: EventKind) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        self.pop_state();
        self.marks.pop();
        self.scanner.take();
        Ok(event(kind, token.start, token.end))
    }

    /// The error for a token that cannot stand in the innermost collection.
    pub(super) fn unexpected(
        &mut self,
        problem: &'static str,
        context: &'static str,
    ) -> Result<Error, Error> {
        let token = self.scanner.peek()?;
        let began = self.marks.last().copied().unwrap_or_default();
        Ok(Error::parser(problem, token.start).within(context, began))
    }
}
