//! Flow collections: `[…]` and `{…}`.

use super::{Event, EventKind, Parser, Properties, State, empty_scalar, event};
use crate::error::Error;
use crate::node::Style;
use crate::read::scan::token::TokenKind;
use crate::resolve::Tag;

impl Parser<'_> {
    /// Go: `yaml_parser_parse_flow_sequence_entry`.
    pub(super) fn flow_sequence_entry(&mut self, is_first: bool) -> Result<Event, Error> {
        if is_first {
            self.open_collection()?;
        }
        let mut token = self.scanner.peek()?;
        if !is_first && token.kind != TokenKind::FlowSequenceEnd {
            if token.kind != TokenKind::FlowEntry {
                return Err(self.unexpected(
                    "did not find expected ',' or ']'",
                    "while parsing a flow sequence",
                )?);
            }
            token = self.advance()?;
        }
        match token.kind {
            TokenKind::FlowSequenceEnd => self.close_collection(EventKind::SequenceEnd),
            TokenKind::Key => {
                // A map of one pair, without braces.
                self.state = State::FlowPairKey;
                self.scanner.take();
                let properties = Properties {
                    anchor: None,
                    tag: Tag::None,
                    implicit: true,
                    style: Style::Flow,
                };
                Ok(event(
                    EventKind::MappingStart(properties),
                    token.start,
                    token.end,
                ))
            }
            _ => {
                self.states.push(State::FlowSequenceEntry);
                self.node(false, false)
            }
        }
    }

    /// Go: `yaml_parser_parse_flow_sequence_entry_mapping_key`.
    pub(super) fn flow_pair_key(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                // That a comma or bracket is swallowed here is an old flaw of libyaml's; it makes `[?]` an error.
                self.scanner.take();
                self.state = State::FlowPairValue;
                Ok(empty_scalar(token.end))
            }
            _ => {
                self.states.push(State::FlowPairValue);
                self.node(false, false)
            }
        }
    }

    /// Go: `yaml_parser_parse_flow_sequence_entry_mapping_value`.
    pub(super) fn flow_pair_value(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            let next = self.advance()?;
            if !matches!(next.kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::FlowPairEnd);
                return self.node(false, false);
            }
        }
        self.state = State::FlowPairEnd;
        Ok(empty_scalar(token.start))
    }

    /// Go: `yaml_parser_parse_flow_sequence_entry_mapping_end`.
    pub(super) fn flow_pair_end(&mut self) -> Result<Event, Error> {
        let token = self.scanner.peek()?;
        self.state = State::FlowSequenceEntry;
        Ok(event(EventKind::MappingEnd, token.start, token.start))
    }

    /// Go: `yaml_parser_parse_flow_mapping_key`.
    pub(super) fn flow_mapping_key(&mut self, is_first: bool) -> Result<Event, Error> {
        if is_first {
            self.open_collection()?;
        }
        let mut token = self.scanner.peek()?;
        if !is_first && token.kind != TokenKind::FlowMappingEnd {
            if token.kind != TokenKind::FlowEntry {
                return Err(self.unexpected(
                    "did not find expected ',' or '}'",
                    "while parsing a flow mapping",
                )?);
            }
            token = self.advance()?;
        }
        match token.kind {
            TokenKind::FlowMappingEnd => self.close_collection(EventKind::MappingEnd),
            TokenKind::Key => {
                let next = self.advance()?;
                match next.kind {
                    TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => {
                        self.state = State::FlowMappingValue;
                        Ok(empty_scalar(next.start))
                    }
                    _ => {
                        self.states.push(State::FlowMappingValue);
                        self.node(false, false)
                    }
                }
            }
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                self.node(false, false)
            }
        }
    }

    /// Go: `yaml_parser_parse_flow_mapping_value`.
    pub(super) fn flow_mapping_value(&mut self, is_empty: bool) -> Result<Event, Error> {
        let mut token = self.scanner.peek()?;
        if !is_empty && token.kind == TokenKind::Value {
            token = self.advance()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(State::FlowMappingKey);
                return self.node(false, false);
            }
        }
        self.state = State::FlowMappingKey;
        Ok(empty_scalar(token.start))
    }
}
