//! Go's `regexp`: regular expressions in the syntax of RE2, which find, replace and split as Go's do.
//!
//! The crate `regex` does the work; a pattern is translated to its syntax, in which most constructs mean the same.

mod class;
mod error;
mod translate;

use std::ops::Range;

use memchr::memchr;
use regex::bytes::{Captures, Regex, RegexBuilder};

use crate::strings::{Builder, TooLong, build};
use crate::{Release, strconv, unicode, utf8};

pub use self::error::{Error, ErrorCode};

use self::translate::{Translated, translate};

/// How much memory a compiled pattern may take, and what it costs then. All that charts need are of the first size.
const SIZES: [Size; 3] = [
    Size {
        bytes: 1 << 15,
        compile: 1_000,
        byte: 0,
    },
    Size {
        bytes: 1 << 20,
        compile: 900_000,
        byte: 64,
    },
    Size {
        bytes: 1 << 26,
        compile: 12_000_000,
        byte: 4_096,
    },
];

#[derive(Clone, Copy, Debug)]
struct Size {
    bytes: usize,
    /// Steps for compiling it.
    compile: u64,
    /// Steps for each byte that it is compared with.
    byte: u64,
}

/// What reading a byte of a pattern takes.
const EACH_BYTE: Cost = Cost {
    fuel: 50,
    memory: 256,
};

/// Steps for a class that is a table of Unicode, such as `\pL`.
const TABLE: u64 = 12_000;

/// A compiled regular expression (`regexp.Regexp`).
///
/// ```
/// use homescale_go::Release;
/// use homescale_go::regexp::Regexp;
///
/// assert!(Regexp::compile(b"^[a-z]+$", Release::LATEST).unwrap().is_match(b"abc"));
/// let error = Regexp::check(b"(", Release::LATEST).unwrap_err();
/// assert_eq!(error.to_string(), "error parsing regexp: missing closing ): `(`");
/// ```
#[derive(Debug)]
pub struct Regexp {
    regex: Regex,
    /// The name of each group, the whole match first.
    names: Vec<String>,
    is_empty: bool,
    size: Size,
}

/// What compiling a pattern takes, to be counted against limits: Go has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Steps, of which a million take some milliseconds.
    pub fuel: u64,
    /// Bytes.
    pub memory: u64,
}

impl Regexp {
    /// Makes sure that a pattern has Go's syntax, without the work of compiling it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(pattern: &[u8], release: Release) -> Result<(), Error> {
        translate(pattern, release).map(|_| ())
    }

    /// What the syntax of a pattern takes by itself, to be counted before it is compiled; [`Self::cost`] is what comes on top.
    ///
    /// ```
    /// use homescale_go::regexp::Regexp;
    ///
    /// let letters = Regexp::effort(br"[\pL\pL]").fuel;
    /// assert!(letters > 10 * Regexp::effort(b"[letters]").fuel);
    /// ```
    pub fn effort(pattern: &[u8]) -> Cost {
        let length = pattern.len() as u64;
        let escapes = memchr::memchr_iter(b'\\', pattern);
        let tables = escapes.filter(|at| matches!(pattern.get(at + 1), Some(b'p' | b'P')));
        Cost {
            fuel: length * EACH_BYTE.fuel + tables.count() as u64 * TABLE,
            memory: length * EACH_BYTE.memory,
        }
    }

    /// Compiles a pattern that a release of Go reads (`regexp.Compile`).
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn compile(pattern: &[u8], release: Release) -> Result<Self, Error> {
        Self::compiled(pattern, release, |regex| sized(regex, true))
    }

    /// Compiles a pattern for texts that are all ASCII. Most are, and without the rest of Unicode a `.` takes a fraction of the
    /// time and memory.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn compile_for_ascii(pattern: &[u8], release: Release) -> Result<Self, Error> {
        Self::compiled(pattern, release, |regex| {
            // Other characters may mean ASCII, too: `(?i)ſ` is an `s`.
            let is_ascii = regex.is_ascii();
            let small = is_ascii.then(|| sized(regex, false)).flatten();
            small.or_else(|| sized(regex, true))
        })
    }

    fn compiled(
        pattern: &[u8],
        release: Release,
        compile: impl Fn(&str) -> Option<(Regex, Size)>,
    ) -> Result<Self, Error> {
        let Translated { regex, names } = translate(pattern, release)?;
        let (regex, size) = compile(&regex).ok_or_else(|| Error::new(ErrorCode::Large, pattern))?;
        Ok(Self {
            regex,
            names,
            is_empty: pattern.is_empty(),
            size,
        })
    }

    /// What it took to compile.
    pub fn cost(&self) -> Cost {
        Cost {
            fuel: self.size.compile,
            memory: self.size.bytes as u64,
        }
    }

    /// The steps of comparing with a text, at the worst: when each of many matches makes the engine look far ahead, it grows
    /// with the square of the length.
    pub fn fuel(&self, text: &[u8]) -> u64 {
        let length = text.len() as u64;
        let ahead = length.saturating_mul(length) >> 17;
        length.saturating_mul(self.size.byte) + length / 4 + ahead
    }

    /// Whether it matches anywhere (`Regexp.Match`).
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.regex.is_match(text)
    }

    /// The first match (`Regexp.Find`).
    pub fn find<'a>(&self, text: &'a [u8]) -> Option<&'a [u8]> {
        self.regex.find(text).map(|found| found.as_bytes())
    }

    /// At most `limit` matches, all of them when it is negative. An empty match right after another one does not count
    /// (`Regexp.FindAllIndex`).
    pub fn find_all_index(&self, text: &[u8], limit: i64) -> Vec<Range<usize>> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut all = Vec::new();
        let mut from = 0;
        let mut previous_end = None;
        while all.len() < limit && from <= text.len() {
            let Some(found) = self.regex.find_at(text, from) else {
                break;
            };
            let found = found.range();
            let accepted = if found.end == from {
                from += width(text, from).max(1);
                previous_end != Some(found.start)
            } else {
                from = found.end;
                true
            };
            previous_end = Some(found.end);
            if accepted {
                all.push(found);
            }
        }
        all
    }

    /// The text with every match replaced, where `$1` in the replacement is a group (`Regexp.ReplaceAll`), if it has room in
    /// this many bytes.
    pub fn replace_all(
        &self,
        text: &[u8],
        replacement: &[u8],
        room: usize,
    ) -> Result<Vec<u8>, TooLong> {
        self.replaced(text, room, |out, groups| {
            self.expand(out, replacement, groups);
        })
    }

    /// The text with every match replaced by the very same (`Regexp.ReplaceAllLiteral`), if it has room in this many bytes.
    pub fn replace_all_literal(
        &self,
        text: &[u8],
        replacement: &[u8],
        room: usize,
    ) -> Result<Vec<u8>, TooLong> {
        self.replaced(text, room, |out, _| out.push(replacement))
    }

    fn replaced(
        &self,
        text: &[u8],
        room: usize,
        replace: impl Fn(&mut Builder, &Captures<'_>),
    ) -> Result<Vec<u8>, TooLong> {
        build(room, text.len(), |out| {
            self.write_replaced(text, out, &replace);
        })
    }

    fn write_replaced(
        &self,
        text: &[u8],
        out: &mut Builder,
        replace: impl Fn(&mut Builder, &Captures<'_>),
    ) {
        let mut copied = 0;
        let mut from = 0;
        while from <= text.len() && !out.is_full() {
            let Some(groups) = self.regex.captures_at(text, from) else {
                break;
            };
            let Some(found) = groups.get(0) else { break };
            out.push(&text[copied..found.start()]);
            if found.end() > copied || found.start() == 0 {
                replace(out, &groups);
            }
            copied = found.end();
            let next_rune = from + width(text, from);
            from = if next_rune > found.end() {
                next_rune
            } else if from + 1 > found.end() {
                from + 1
            } else {
                found.end()
            };
        }
        out.push(&text[copied..]);
    }

    /// The parts between the matches, or `None` when none are wanted, a limit of 0 (`Regexp.Split`).
    pub fn split<'a>(&self, text: &'a [u8], limit: i64) -> Option<Vec<&'a [u8]>> {
        if limit == 0 {
            return None;
        }
        if !self.is_empty && text.is_empty() {
            return Some(vec![text]);
        }
        let mut parts = Vec::new();
        let (mut start, mut end) = (0, 0);
        for found in self.find_all_index(text, limit) {
            if limit > 0 && parts.len() as i64 == limit - 1 {
                break;
            }
            end = found.start;
            if found.end != 0 {
                parts.push(&text[start..end]);
            }
            start = found.end;
        }
        if end != text.len() {
            parts.push(&text[start..]);
        }
        Some(parts)
    }

    /// Writes a replacement with the groups it names; a group that is unknown or did not match is empty.
    fn expand(&self, out: &mut Builder, replacement: &[u8], groups: &Captures<'_>) {
        let mut rest = replacement;
        while let Some(dollar) = memchr(b'$', rest) {
            out.push(&rest[..dollar]);
            rest = &rest[dollar..];
            if let Some(after) = rest.strip_prefix(b"$$") {
                out.push(b"$");
                rest = after;
                continue;
            }
            if let Some((name, after)) = reference(rest) {
                out.push(self.group(name, groups).unwrap_or_default());
                rest = after;
            } else {
                out.push(b"$");
                rest = &rest[1..];
            }
        }
        out.push(rest);
    }

    fn group<'a>(&self, name: &[u8], groups: &Captures<'a>) -> Option<&'a [u8]> {
        let is_number = name.iter().all(u8::is_ascii_digit)
            && name.len() <= 9
            && (name.len() == 1 || name[0] != b'0');
        if is_number {
            let index = std::str::from_utf8(name).ok()?.parse().ok()?;
            return groups.get(index).map(|group| group.as_bytes());
        }
        let named = self
            .names
            .iter()
            .enumerate()
            .filter(|(_, n)| n.as_bytes() == name);
        named
            .filter_map(|(index, _)| groups.get(index))
            .map(|group| group.as_bytes())
            .next()
    }
}

/// A pattern that matches exactly this text (`regexp.QuoteMeta`).
pub fn quote_meta(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 2);
    for byte in text.iter().copied() {
        if br"\.+*?()|[]{}^$".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

/// A pattern as `regexp.MustCompile` quotes it: in back quotes if that is possible.
pub fn quote(pattern: &[u8]) -> String {
    if strconv::can_backquote(pattern) {
        format!("`{}`", String::from_utf8_lossy(pattern))
    } else {
        strconv::quote(pattern)
    }
}

/// Compiles in the smallest size that is enough.
fn sized(regex: &str, unicode: bool) -> Option<(Regex, Size)> {
    SIZES.iter().find_map(|size| {
        let mut builder = RegexBuilder::new(regex);
        builder.size_limit(size.bytes).nest_limit(1000);
        Some((builder.unicode(unicode).build().ok()?, *size))
    })
}

/// The name in a text that starts with `$name` or `${name}`, and what follows.
fn reference(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let after_dollar = &text[1..];
    let in_braces = after_dollar.strip_prefix(b"{");
    let start = in_braces.unwrap_or(after_dollar);
    let mut length = 0;
    for (rune, bytes) in utf8::runes(start) {
        if !(unicode::is_letter(rune) || unicode::is_digit(rune) || rune == '_') {
            break;
        }
        length += bytes.len();
    }
    let (name, rest) = start.split_at(length);
    if name.is_empty() {
        return None;
    }
    let rest = if in_braces.is_some() {
        rest.strip_prefix(b"}")?
    } else {
        rest
    };
    Some((name, rest))
}

/// The length of the rune at `at`, 0 at the end.
fn width(text: &[u8], at: usize) -> usize {
    utf8::decode_rune(&text[at..]).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_ascii_match_alike_in_both_forms() {
        let patterns = [
            ".",
            ".*",
            "(?s).+",
            "[^a-z]+",
            "(?i)[^k]",
            "(?i)ſ|K",
            "(?i)s",
            r"\pL+",
            r"\PL",
            r"[\x{41}-\x{10FFFF}]",
            r"\W\b.\B",
            "[[:^alpha:]]",
            "(a|é)?",
            r"\x{7F}|\x{80}",
            "",
            "$",
            "(?m)^.",
        ];
        let texts = ["", "a", "SkK s", "a-b\nc\u{7f}d\u{0}", "v1.2.3-rc.1"];
        for pattern in patterns {
            let all = Regexp::compile(pattern.as_bytes(), Release::LATEST).unwrap();
            let ascii = Regexp::compile_for_ascii(pattern.as_bytes(), Release::LATEST).unwrap();
            for text in texts.map(str::as_bytes) {
                assert_eq!(ascii.is_match(text), all.is_match(text), "{pattern}");
                assert_eq!(
                    ascii.find_all_index(text, -1),
                    all.find_all_index(text, -1),
                    "{pattern}"
                );
                let replaced = |pattern: &Regexp| pattern.replace_all(text, b"<$0>", 99);
                assert_eq!(replaced(&ascii), replaced(&all), "{pattern}");
            }
        }
        assert!(
            Regexp::compile_for_ascii("(?i)ſ".as_bytes(), Release::LATEST)
                .unwrap()
                .is_match(b"S")
        );
    }
}
