//! Classes of characters in a pattern: `[…]`, `\pL`, `\d`.

use std::fmt::Write;

use memchr::{memchr, memmem};

use super::translate::{Step, Translator};
use super::{Error, ErrorCode};
use crate::unicode::Class;

impl Translator<'_> {
    /// `[…]`.
    pub(super) fn class(&mut self) -> Step {
        let start = self.rest;
        self.rest = &start[1..];
        self.out.push('[');
        if let Some(after) = self.rest.strip_prefix(b"^") {
            self.out.push('^');
            self.rest = after;
        }
        let mut is_first = true;
        while is_first || self.rest.first() != Some(&b']') {
            is_first = false;
            if self.rest.starts_with(b"[:")
                && let Some(end) = memmem::find(&self.rest[2..], b":]")
            {
                let (class, after) = self.rest.split_at(end + 4);
                if !is_posix_class(class) {
                    return Err(Error::new(ErrorCode::InvalidCharRange, class));
                }
                self.out.push_str(&String::from_utf8_lossy(class));
                self.rest = after;
                continue;
            }
            match self.rest {
                [b'\\', b'p' | b'P', ..] => {
                    let class = self.unicode_class()?;
                    self.out.push_str(&class);
                }
                [b'\\', byte, after @ ..] if Self::perl_class(*byte).is_some() => {
                    self.out
                        .push_str(Self::perl_class(*byte).unwrap_or_default());
                    self.rest = after;
                }
                _ => self.range(start)?,
            }
        }
        self.rest = &self.rest[1..];
        self.out.push(']');
        Ok(())
    }

    /// One character of a class, or two with a hyphen between them.
    fn range(&mut self, class: &[u8]) -> Step {
        let start = self.rest;
        let low = self.class_rune(class)?;
        push_in_class(&mut self.out, low);
        if let [b'-', next, ..] = self.rest
            && *next != b']'
        {
            self.rest = &self.rest[1..];
            let high = self.class_rune(class)?;
            if high < low {
                let range = &start[..start.len() - self.rest.len()];
                return Err(Error::new(ErrorCode::InvalidCharRange, range));
            }
            self.out.push('-');
            push_in_class(&mut self.out, high);
        }
        Ok(())
    }

    fn class_rune(&mut self, class: &[u8]) -> Step<char> {
        match self.rest.first() {
            None => Err(Error::new(ErrorCode::MissingBracket, class)),
            Some(b'\\') => self.escaped_rune(),
            Some(_) => self.rune(),
        }
    }

    /// `\pL` or `\p{Greek}`, also negated.
    pub(super) fn unicode_class(&mut self) -> Step<String> {
        let start = self.rest;
        let mut is_negated = start[1] == b'P';
        self.rest = &start[2..];
        let name = if self.rest.first() == Some(&b'{') {
            let Some(end) = memchr(b'}', start) else {
                return Err(Error::new(ErrorCode::InvalidCharRange, start));
            };
            self.rest = &start[end + 1..];
            &start[3..end]
        } else {
            if self.rest.is_empty() {
                return Err(Error::new(ErrorCode::InvalidCharRange, start));
            }
            self.rune()?;
            &start[2..start.len() - self.rest.len()]
        };
        let name = if let Some(name) = name.strip_prefix(b"^") {
            is_negated = !is_negated;
            name
        } else {
            name
        };
        let class = Class::named(&String::from_utf8_lossy(name), self.release);
        let class = class.ok_or_else(|| {
            let class = &start[..start.len() - self.rest.len()];
            Error::new(ErrorCode::InvalidCharRange, class)
        })?;
        Ok(class_of(&class.ranges(), is_negated))
    }

    /// The class of a letter after a backslash, of ASCII only.
    pub(super) fn perl_class(letter: u8) -> Option<&'static str> {
        Some(match letter {
            b'd' => "[0-9]",
            b'D' => "[^0-9]",
            b's' => r"[\t\n\x0C\r ]",
            b'S' => r"[^\t\n\x0C\r ]",
            b'w' => "[0-9A-Za-z_]",
            b'W' => "[^0-9A-Za-z_]",
            _ => return None,
        })
    }
}

/// The class of the characters in these ranges, which Go's table says and not the crate's, or of all others.
fn class_of(ranges: &[(char, char)], is_negated: bool) -> String {
    let mut out = String::from(if is_negated { "[^" } else { "[" });
    if ranges.is_empty() {
        // Nothing is in both.
        out.push_str(r"a&&b");
    }
    for (first, last) in ranges {
        push_in_class(&mut out, *first);
        if first != last {
            out.push('-');
            push_in_class(&mut out, *last);
        }
    }
    out + "]"
}

/// Whether this is one of Go's names between `[:` and `:]`; the crate spells them alike.
fn is_posix_class(class: &[u8]) -> bool {
    const NAMES: [&str; 14] = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
        "space", "upper", "word", "xdigit",
    ];
    let name = &class[2..class.len() - 2];
    let name = name.strip_prefix(b"^").unwrap_or(name);
    NAMES.iter().any(|known| known.as_bytes() == name)
}

/// Everything but letters and digits by its number, because classes give a meaning to more characters than patterns do.
fn push_in_class(out: &mut String, rune: char) {
    if rune.is_ascii() && !rune.is_ascii_alphanumeric() {
        let _ = write!(out, "\\x{:02X}", u32::from(rune));
    } else {
        out.push(rune);
    }
}
