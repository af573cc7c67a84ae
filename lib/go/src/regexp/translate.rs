//! From Go's pattern syntax to that of the `regex` crate.
//!
//! The two mean the same by most constructs. This walks the pattern as Go's parser does, raises Go's errors in Go's
//! order, and writes each construct so that only one reading is left: `\d`, `\w`, `\s` and `\b` are ASCII, `{` can be a
//! plain character, `&&` in a class is two of them, groups have no names.

use memchr::{memchr, memmem};

use super::{Error, ErrorCode};
use crate::{Release, utf8};

/// How often a repetition may repeat.
const MAX_REPEAT: u32 = 1000;

/// A pattern for the `regex` crate.
pub(super) struct Translated {
    /// The pattern.
    pub(super) regex: String,
    /// The name of each group, empty for most; the whole match comes first.
    pub(super) names: Vec<String>,
}

/// Translates a whole pattern, which a release of Go reads.
pub(super) fn translate(pattern: &[u8], release: Release) -> Result<Translated, Error> {
    let mut translator = Translator {
        release,
        whole: pattern,
        rest: pattern,
        out: String::with_capacity(pattern.len() + 16),
        names: vec![String::new()],
        depth: 0,
        has_operand: false,
        repeat: None,
        times: vec![1],
        operand_times: 1,
    };
    while !translator.rest.is_empty() {
        let repeat = translator.step()?;
        translator.repeat = repeat;
    }
    if translator.depth > 0 {
        return Err(Error::new(ErrorCode::MissingParen, pattern));
    }
    let Translator { out, names, .. } = translator;
    Ok(Translated { regex: out, names })
}

pub(super) struct Translator<'a> {
    pub(super) release: Release,
    whole: &'a [u8],
    pub(super) rest: &'a [u8],
    pub(super) out: String,
    names: Vec<String>,
    /// How many groups are open.
    depth: usize,
    /// Whether there is something before, in this group and alternative, that can be repeated.
    has_operand: bool,
    /// Where the repetition operator just before started.
    repeat: Option<&'a [u8]>,
    /// How often `{n}` repeats what is inside the whole pattern and each open group, at most.
    times: Vec<u32>,
    /// The same for what can be repeated next.
    operand_times: u32,
}

pub(super) type Step<T = ()> = Result<T, Error>;

impl<'a> Translator<'a> {
    /// Counts a repetition of what came before; Go multiplies those of nested groups.
    fn count_repeats(&mut self, min: u32, max: Option<u32>, operator: &[u8]) -> Step {
        let times = max.unwrap_or(min);
        self.operand_times *= times.max(1);
        if (min >= 2 || times >= 2) && self.operand_times > MAX_REPEAT {
            return Err(Error::new(ErrorCode::InvalidRepeatSize, operator));
        }
        self.note_times();
        Ok(())
    }

    /// What is inside the innermost group is repeated as often as its most repeated part.
    fn note_times(&mut self) {
        if let Some(times) = self.times.last_mut() {
            *times = (*times).max(self.operand_times);
        }
    }

    /// Translates one construct; gives where it started if it was a repetition operator.
    fn step(&mut self) -> Step<Option<&'a [u8]>> {
        let start = self.rest;
        match start[0] {
            b'(' if start.get(1) == Some(&b'?') => self.flags_or_group()?,
            b'(' => {
                self.names.push(String::new());
                self.open("(", 1);
            }
            b'|' => {
                self.out.push('|');
                self.rest = &start[1..];
                self.has_operand = false;
            }
            b')' => {
                if self.depth == 0 {
                    return Err(Error::new(ErrorCode::UnexpectedParen, self.whole));
                }
                self.depth -= 1;
                self.operand(")", 1);
                self.operand_times = self.times.pop().unwrap_or(1);
                self.note_times();
            }
            b'^' => self.operand("^", 1),
            b'$' => self.operand("$", 1),
            b'.' => self.operand(".", 1),
            b'[' => {
                self.class()?;
                self.operand_read();
            }
            b'*' | b'+' | b'?' => {
                self.repetition(&start[..1], &start[1..])?;
                return Ok(Some(start));
            }
            b'{' => match counts(start) {
                Some((min, max, length)) => {
                    let operator = &start[..length];
                    if min > MAX_REPEAT || max.is_some_and(|max| max > MAX_REPEAT || min > max) {
                        return Err(Error::new(ErrorCode::InvalidRepeatSize, operator));
                    }
                    self.repetition(operator, &start[length..])?;
                    self.count_repeats(min, max, &start[..start.len() - self.rest.len()])?;
                    return Ok(Some(start));
                }
                None => self.operand(r"\{", 1),
            },
            b'\\' => self.escape()?,
            _ => {
                let rune = self.rune()?;
                push_literal(&mut self.out, rune);
                self.operand_read();
            }
        }
        Ok(None)
    }

    /// Notes that something was read that can be repeated.
    fn operand_read(&mut self) {
        self.has_operand = true;
        self.operand_times = 1;
    }

    /// Writes something that can be repeated, for `length` bytes of the pattern.
    fn operand(&mut self, text: &str, length: usize) {
        self.out.push_str(text);
        self.rest = &self.rest[length..];
        self.operand_read();
    }

    fn open(&mut self, text: &str, length: usize) {
        self.out.push_str(text);
        self.rest = &self.rest[length..];
        self.depth += 1;
        self.times.push(1);
        self.has_operand = false;
    }

    /// Takes one rune.
    pub(super) fn rune(&mut self) -> Step<char> {
        match utf8::decode_rune(self.rest) {
            (char::REPLACEMENT_CHARACTER, 1) => Err(Error::new(ErrorCode::InvalidUtf8, self.rest)),
            (rune, length) if length > 0 => {
                self.rest = &self.rest[length..];
                Ok(rune)
            }
            _ => Err(Error::new(ErrorCode::TrailingBackslash, "")),
        }
    }

    /// `*`, `+`, `?` or `{n,m}`, with `?` after it for as few as possible.
    fn repetition(&mut self, operator: &'a [u8], after: &'a [u8]) -> Step {
        let start = self.rest;
        let lazy = after.strip_prefix(b"?");
        let after = lazy.unwrap_or(after);
        if let Some(previous) = self.repeat {
            let both = &previous[..previous.len() - after.len()];
            return Err(Error::new(ErrorCode::InvalidRepeatOp, both));
        }
        if !self.has_operand {
            let operator = &start[..start.len() - after.len()];
            return Err(Error::new(ErrorCode::MissingRepeatArgument, operator));
        }
        self.out.push_str(&String::from_utf8_lossy(operator));
        if lazy.is_some() {
            self.out.push('?');
        }
        self.rest = after;
        Ok(())
    }

    /// `(?i)`, `(?i:…)`, `(?P<name>…)`, `(?<name>…)`.
    fn flags_or_group(&mut self) -> Step {
        let start = self.rest;
        let named = start
            .strip_prefix(b"(?P<")
            .or_else(|| start.strip_prefix(b"(?<"));
        if let Some(named) = named.filter(|named| !named.is_empty()) {
            let Some(end) = memchr(b'>', named) else {
                return Err(Error::new(ErrorCode::InvalidNamedCapture, start));
            };
            let after = &named[end + 1..];
            let name = &named[..end];
            let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
            if name.is_empty() || !name.iter().all(is_word) {
                let capture = &start[..start.len() - after.len()];
                return Err(Error::new(ErrorCode::InvalidNamedCapture, capture));
            }
            self.names.push(String::from_utf8_lossy(name).into_owned());
            self.open("(", start.len() - after.len());
            return Ok(());
        }
        let mut flags = String::from("(?");
        let mut is_negated = false;
        let mut has_flag = false;
        for (index, byte) in start.iter().enumerate().skip(2) {
            match byte {
                b'i' | b'm' | b's' | b'U' => has_flag = true,
                b'-' if !is_negated => {
                    is_negated = true;
                    has_flag = false;
                }
                b':' | b')' if has_flag || !is_negated => {
                    if *byte == b':' {
                        self.open(&(flags + ":"), index + 1);
                    } else {
                        self.rest = &start[index + 1..];
                        // `(?)` changes nothing, and the crate does not take it.
                        if flags.len() > 2 {
                            self.out.push_str(&(flags + ")"));
                        }
                    }
                    return Ok(());
                }
                _ => {
                    let length = utf8::decode_rune(&start[index..]).1;
                    return Err(Error::new(
                        ErrorCode::InvalidPerlOp,
                        &start[..index + length],
                    ));
                }
            }
            flags.push(char::from(*byte));
        }
        Err(Error::new(ErrorCode::InvalidPerlOp, start))
    }

    /// A backslash outside a class.
    fn escape(&mut self) -> Step {
        let start = self.rest;
        match start.get(1) {
            Some(b'A') => self.operand(r"\A", 2),
            Some(b'b') => self.operand(r"(?-u:\b)", 2),
            Some(b'B') => self.operand(r"(?-u:\B)", 2),
            Some(b'z') => self.operand(r"\z", 2),
            Some(b'C') => return Err(Error::new(ErrorCode::InvalidEscape, &start[..2])),
            Some(b'Q') => {
                let quoted = &start[2..];
                let end = memmem::find(quoted, br"\E");
                let after = end.map_or(&quoted[quoted.len()..], |end| &quoted[end + 2..]);
                let quoted = &quoted[..end.unwrap_or(quoted.len())];
                self.rest = quoted;
                while !self.rest.is_empty() {
                    let rune = self.rune()?;
                    push_literal(&mut self.out, rune);
                    self.operand_read();
                }
                self.rest = after;
            }
            Some(b'p' | b'P') => {
                let class = self.unicode_class()?;
                self.out.push_str(&class);
                self.operand_read();
            }
            Some(byte) if Self::perl_class(*byte).is_some() => {
                self.operand(Self::perl_class(*byte).unwrap_or_default(), 2);
            }
            _ => {
                let rune = self.escaped_rune()?;
                push_literal(&mut self.out, rune);
                self.operand_read();
            }
        }
        Ok(())
    }

    /// A backslash that stands for one character.
    pub(super) fn escaped_rune(&mut self) -> Step<char> {
        let start = self.rest;
        self.rest = &start[1..];
        let first = self.rune()?;
        let value = match first {
            '1'..='7' if !matches!(self.rest.first(), Some(b'0'..=b'7')) => None,
            '0'..='7' => Some(self.octal(first)),
            'x' => self.hexadecimal()?,
            'a' => Some(0x07),
            'f' => Some(0x0C),
            'n' => Some(0x0A),
            'r' => Some(0x0D),
            't' => Some(0x09),
            'v' => Some(0x0B),
            _ if first.is_ascii() && !first.is_ascii_alphanumeric() => Some(first.into()),
            _ => None,
        };
        // A surrogate matches nothing in Go; the replacement character is the nearest that can be written.
        let escape = &start[..start.len() - self.rest.len()];
        let value = value.ok_or_else(|| Error::new(ErrorCode::InvalidEscape, escape))?;
        Ok(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn octal(&mut self, first: char) -> u32 {
        let mut value = first.to_digit(8).unwrap_or_default();
        for _ in 0..2 {
            let Some(byte @ b'0'..=b'7') = self.rest.first() else {
                break;
            };
            value = value * 8 + u32::from(byte - b'0');
            self.rest = &self.rest[1..];
        }
        value
    }

    /// `\xFF` or `\x{10FFFF}`, after the `x`.
    fn hexadecimal(&mut self) -> Step<Option<u32>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let first = self.rune()?;
        if first != '{' {
            let Some(high) = first.to_digit(16) else {
                if !self.rest.is_empty() {
                    self.rune()?;
                }
                return Ok(None);
            };
            if self.rest.is_empty() {
                return Err(Error::new(ErrorCode::InvalidUtf8, ""));
            }
            return Ok(self.rune()?.to_digit(16).map(|low| high * 16 + low));
        }
        let mut value = None;
        while !self.rest.is_empty() {
            let rune = self.rune()?;
            if rune == '}' {
                return Ok(value);
            }
            let Some(digit) = rune.to_digit(16) else {
                break;
            };
            let next = value.unwrap_or(0) * 16 + digit;
            if next > u32::from(char::MAX) {
                break;
            }
            value = Some(next);
        }
        Ok(None)
    }
}

/// `{n}`, `{n,}` or `{n,m}` at the start of the text: the counts and the length. Anything else is no repetition.
fn counts(text: &[u8]) -> Option<(u32, Option<u32>, usize)> {
    let end = memchr(b'}', text)?;
    let inner = &text[1..end];
    let (min, max) = match memchr(b',', inner) {
        None => (count(inner)?, Some(count(inner)?)),
        Some(comma) if comma + 1 == inner.len() => (count(&inner[..comma])?, None),
        Some(comma) => (count(&inner[..comma])?, Some(count(&inner[comma + 1..])?)),
    };
    Some((min, max, end + 1))
}

/// A decimal number without leading zeros; one that is far too big counts as `u32::MAX`.
fn count(digits: &[u8]) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if !is_number || digits.len() > 1 && digits[0] == b'0' {
        return None;
    }
    let text = std::str::from_utf8(digits).ok()?;
    Some(text.parse().unwrap_or(u32::MAX))
}

/// Characters that mean something get a backslash; before others, such as `<`, the crate gives it a meaning.
fn push_literal(out: &mut String, rune: char) {
    if r"\.+*?()|[]{}^$#&-~".contains(rune) {
        out.push('\\');
    }
    out.push(rune);
}
