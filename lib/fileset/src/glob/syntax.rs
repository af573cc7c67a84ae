//! The grammar of globs: a pattern in, tokens out.

use std::fmt;

/// One element of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// This character.
    Char(char),
    /// `?`: any character but the separator.
    Single,
    /// `*`: any characters but the separator.
    Any,
    /// `**`: any characters.
    Super,
    /// `[abc]`, `[!abc]`: one of these characters, or any other.
    List { chars: Vec<char>, not: bool },
    /// `[a-z]`, `[!a-z]`: a character of this range, or any outside it.
    Range { low: char, high: char, not: bool },
    /// `{`: the first alternative follows.
    Open,
    /// `,` between alternatives.
    Or,
    /// `}`: the last alternative has ended.
    Close,
}

/// A pattern that `.Files.Glob` cannot compile. Helm then takes every file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlobError {
    reason: &'static str,
}

impl fmt::Display for GlobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason)
    }
}

impl std::error::Error for GlobError {}

/// Splits a pattern into tokens. Alternatives that are still open at the end are closed.
pub(super) fn parse(pattern: &[u8]) -> Result<Vec<Token>, GlobError> {
    let text = std::str::from_utf8(pattern).map_err(|_| error("could not read rune"))?;
    // The original takes U+FFFD for a decoding error, even where it is written out.
    if text.contains('\u{fffd}') {
        return Err(error("could not read rune"));
    }
    let mut parser = Parser {
        chars: text.chars().collect(),
        at: 0,
        open: 0,
    };
    parser.pattern()
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    open: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn pattern(&mut self) -> Result<Vec<Token>, GlobError> {
        let mut tokens = Vec::new();
        while let Some(c) = self.next() {
            match c {
                '?' => tokens.push(Token::Single),
                '*' if self.peek() == Some('*') => {
                    self.at += 1;
                    tokens.push(Token::Super);
                }
                '*' => tokens.push(Token::Any),
                '[' => tokens.push(self.class()?),
                '{' => {
                    self.open += 1;
                    tokens.push(Token::Open);
                }
                ',' if self.open > 0 => tokens.push(Token::Or),
                '}' if self.open > 0 => {
                    self.open -= 1;
                    tokens.push(Token::Close);
                }
                // A backslash at the very end stands for nothing.
                '\\' => tokens.extend(self.next().map(Token::Char)),
                c => tokens.push(Token::Char(c)),
            }
        }
        tokens.resize(tokens.len() + self.open, Token::Close);
        Ok(tokens)
    }

    /// What follows `[`: one range, or a list of characters. A range cannot stand beside anything else.
    fn class(&mut self) -> Result<Token, GlobError> {
        let not = self.peek() == Some('!');
        self.at += usize::from(not);
        if self.chars.get(self.at + 1) == Some(&'-') {
            return self.range(not);
        }
        let mut chars = Vec::new();
        loop {
            match self.next() {
                None => return Err(error("unexpected end of input")),
                Some(']') if chars.is_empty() => return Err(error("could not parse range")),
                Some(']') => return Ok(Token::List { chars, not }),
                Some('\\') => chars.extend(self.next()),
                Some(c) => chars.push(c),
            }
        }
    }

    fn range(&mut self, not: bool) -> Result<Token, GlobError> {
        let low = self.next();
        self.at += 1;
        match (low, self.next(), self.next()) {
            (Some(low), Some(high), Some(']')) if low <= high => {
                Ok(Token::Range { low, high, not })
            }
            (Some(low), Some(high), Some(']')) if low > high => {
                Err(error("the end of the range is before its start"))
            }
            (_, Some(_), Some(_)) => Err(error("expected close range character")),
            _ => Err(error("unexpected end of input")),
        }
    }
}

fn error(reason: &'static str) -> GlobError {
    GlobError { reason }
}
