//! Splits JSON text into tokens, with the words of Go's scanner for what is wrong.

use homescale_value::Str;

use super::Error;

/// Reads the text byte by byte, as Go does.
pub(super) struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is not white space, which stays unread.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.text.get(self.at) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    /// How much of the text has been read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    /// The error for the current byte, or for the end of the text.
    pub(super) fn unexpected(&self, context: &str) -> Error {
        match self.text.get(self.at) {
            Some(&byte) => Error::new(format!("invalid character {} {context}", quoted(byte))),
            None => Error::at_end("unexpected end of JSON input"),
        }
    }

    /// The error inside a word, number or escape, where Go takes the end of the text for a space.
    fn unfinished(&self, context: &str) -> Error {
        let found = self.text.get(self.at).copied();
        let text = format!(
            "invalid character {} {context}",
            quoted(found.unwrap_or(b' '))
        );
        match found {
            Some(_) => Error::new(text),
            None => Error::at_end(text),
        }
    }

    /// Reads `true`, `false` or `null`, of which the first byte is known.
    pub(super) fn literal(&mut self, word: &str) -> Result<(), Error> {
        for wanted in word.bytes() {
            if self.text.get(self.at) != Some(&wanted) {
                return Err(self.unfinished(&format!(
                    "in literal {word} (expecting '{}')",
                    wanted as char
                )));
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Reads a number: its text.
    pub(super) fn number(&mut self) -> Result<&'a str, Error> {
        let start = self.at;
        if self.text[self.at] == b'-' {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits("in numeric literal")?;
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if let Some(b'e' | b'E') = self.text.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.get(self.at) {
                self.at += 1;
            }
            self.digits("in exponent of numeric literal")?;
        }
        Ok(std::str::from_utf8(&self.text[start..self.at]).expect("a number is ASCII"))
    }

    /// Reads at least one digit.
    fn digits(&mut self, context: &str) -> Result<(), Error> {
        let digits = self.text[self.at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        self.at += digits;
        if digits == 0 {
            Err(self.unfinished(context))
        } else {
            Ok(())
        }
    }

    /// Reads a string that begins at the current byte.
    pub(super) fn string(&mut self) -> Result<Str, Error> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            match self.text.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 1;
                    self.escape()?;
                }
                None | Some(0..=0x1F) => return Err(self.unexpected("in string literal")),
                Some(_) => self.at += 1,
            }
        }
        let raw = &self.text[start..self.at];
        self.at += 1;
        if !escaped && std::str::from_utf8(raw).is_ok() {
            return Ok(raw.into());
        }
        Ok(unescape(raw).into())
    }

    /// Checks what follows a backslash.
    fn escape(&mut self) -> Result<(), Error> {
        match self.text.get(self.at) {
            Some(b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.text.get(self.at).is_some_and(u8::is_ascii_hexdigit) {
                        return Err(self.unfinished("in \\u hexadecimal character escape"));
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.unfinished("in string escape code")),
        }
        Ok(())
    }
}

/// The text of a string whose escapes are known to be good. What is no character becomes U+FFFD.
fn unescape(raw: &[u8]) -> String {
    let mut text = String::with_capacity(raw.len());
    for chunk in raw.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some((plain, escape)) = rest.split_once('\\') {
            text.push_str(plain);
            let (c, width) = match escape.as_bytes() {
                [b'b', ..] => ('\x08', 1),
                [b'f', ..] => ('\x0C', 1),
                [b'n', ..] => ('\n', 1),
                [b'r', ..] => ('\r', 1),
                [b't', ..] => ('\t', 1),
                [b'u', ..] => unicode(escape),
                [other, ..] => (char::from(*other), 1),
                [] => break,
            };
            text.push(c);
            rest = &escape[width..];
        }
        text.push_str(rest);
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

/// The character of `uXXXX`, or of a pair of surrogates, and how much of the text it takes.
fn unicode(escape: &str) -> (char, usize) {
    let unit = |text: &str| u32::from_str_radix(text.get(..4)?, 16).ok();
    let first = unit(&escape[1..]).unwrap_or_default();
    if let Some(c) = char::from_u32(first) {
        return (c, 5);
    }
    let second = escape[5..].strip_prefix("\\u").and_then(unit);
    match (first, second) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            (
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
                11,
            )
        }
        _ => (char::REPLACEMENT_CHARACTER, 5),
    }
}

/// The byte as Go's scanner shows it: as the character of that number, in single quotes.
fn quoted(byte: u8) -> String {
    match byte {
        b'\'' => "'\\''".to_owned(),
        b'\\' => "'\\\\'".to_owned(),
        0x07 => "'\\a'".to_owned(),
        0x08 => "'\\b'".to_owned(),
        0x0C => "'\\f'".to_owned(),
        b'\n' => "'\\n'".to_owned(),
        b'\r' => "'\\r'".to_owned(),
        b'\t' => "'\\t'".to_owned(),
        0x0B => "'\\v'".to_owned(),
        0..=0x1F | 0x7F => format!("'\\x{byte:02x}'"),
        0x80..=0xA0 | 0xAD => format!("'\\u{byte:04x}'"),
        _ => format!("'{}'", char::from(byte)),
    }
}
