//! The text of a Rust file as tokens, without comments: enough to see its modules, imports and paths.

use std::iter::Peekable;
use std::str::Chars;

/// A token, with the line that it is on, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) line: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier or keyword, without `r#`.
    Word(String),
    /// `::`, or one character of punctuation.
    Sign(&'static str),
    /// A string, as it is written between its quotes.
    Text(String),
    /// A number, a character, a lifetime: nothing that is asked for.
    Other,
}

impl Token {
    /// The identifier or keyword that this is, else nothing.
    pub(crate) fn word(&self) -> &str {
        match &self.kind {
            Kind::Word(word) => word,
            _ => "",
        }
    }

    /// Whether this is a word or a sign, as it is written.
    pub(crate) fn is(&self, text: &str) -> bool {
        match &self.kind {
            Kind::Word(word) => word == text,
            Kind::Sign(sign) => *sign == text,
            _ => false,
        }
    }
}

const SIGNS: [&str; 28] = [
    "::", "{", "}", "(", ")", "[", "]", "<", ">", ";", ",", ":", "#", "!", "*", "=", ".", "&", "$",
    "|", "-", "+", "/", "%", "^", "?", "@", "~",
];

/// Takes a text apart.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader {
        rest: text.chars().peekable(),
        line: 1,
    };
    let mut found = Vec::new();
    while let Some(character) = reader.next() {
        let line = reader.line;
        if let Some(kind) = reader.token(character) {
            found.push(Token { kind, line });
        }
    }
    found
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let character = self.rest.next()?;
        if character == '\n' {
            self.line += 1;
        }
        Some(character)
    }

    fn take(&mut self, expected: char) -> bool {
        let is = self.rest.peek() == Some(&expected);
        if is {
            self.next();
        }
        is
    }

    fn token(&mut self, first: char) -> Option<Kind> {
        match first {
            '/' if self.take('/') => {
                while self.rest.peek().is_some_and(|next| *next != '\n') {
                    self.next();
                }
                None
            }
            '/' if self.take('*') => {
                self.comment();
                None
            }
            '"' => Some(Kind::Text(self.quoted('"'))),
            '\'' => Some(self.character_or_lifetime()),
            _ if first.is_alphabetic() || first == '_' => Some(self.word_or_text(first)),
            _ if first.is_ascii_digit() => {
                // A dot is left to itself: `0..9` and `pair.0.1` need no care then.
                self.word(first);
                Some(Kind::Other)
            }
            _ if first.is_whitespace() => None,
            ':' if self.take(':') => Some(Kind::Sign("::")),
            _ => {
                let sign = SIGNS.iter().find(|sign| sign.chars().eq([first]));
                Some(sign.map_or(Kind::Other, |sign| Kind::Sign(sign)))
            }
        }
    }

    /// The rest of a block comment, which may hold others.
    fn comment(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some('*') if self.take('/') => depth -= 1,
                Some('/') if self.take('*') => depth += 1,
                None => return,
                Some(_) => {}
            }
        }
    }

    fn quoted(&mut self, end: char) -> String {
        let mut text = String::new();
        while let Some(character) = self.next() {
            if character == end {
                break;
            }
            text.push(character);
            if character == '\\' {
                text.extend(self.next());
            }
        }
        text
    }

    fn character_or_lifetime(&mut self) -> Kind {
        let Some(first) = self.next() else {
            return Kind::Other;
        };
        if first == '\\' {
            self.next();
            self.quoted('\'');
        } else if !self.take('\'') {
            // A lifetime has no quote at its end.
            while self.rest.peek().is_some_and(|next| is_of_word(*next)) {
                self.next();
            }
        }
        Kind::Other
    }

    fn word(&mut self, first: char) -> String {
        let mut word = String::from(first);
        while self.rest.peek().is_some_and(|next| is_of_word(*next)) {
            word.extend(self.next());
        }
        word
    }

    /// A word, or the text that such a word begins: `b"…"`, `r#"…"#`.
    fn word_or_text(&mut self, first: char) -> Kind {
        let word = self.word(first);
        match word.as_str() {
            "b" if self.take('\'') => self.character_or_lifetime_of_byte(),
            "b" | "c" if self.take('"') => Kind::Text(self.quoted('"')),
            "r" | "br" | "cr" => self.raw(word),
            _ => Kind::Word(word),
        }
    }

    fn character_or_lifetime_of_byte(&mut self) -> Kind {
        self.quoted('\'');
        Kind::Other
    }

    /// What comes after `r`: a raw text, or a raw identifier.
    fn raw(&mut self, word: String) -> Kind {
        let mut hashes = 0;
        while self.take('#') {
            hashes += 1;
        }
        if !self.take('"') {
            return match self.rest.peek().copied() {
                Some(next) if hashes == 1 && is_of_word(next) => {
                    self.next();
                    Kind::Word(self.word(next))
                }
                _ => Kind::Word(word),
            };
        }
        let mut text = String::new();
        let end = format!("\"{}", "#".repeat(hashes));
        while let Some(character) = self.next() {
            text.push(character);
            if text.ends_with(&end) {
                text.truncate(text.len() - end.len());
                break;
            }
        }
        Kind::Text(text)
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
