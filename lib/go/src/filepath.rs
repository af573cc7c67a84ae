//! Go's `path/filepath`: shell patterns.

use std::fmt;

use crate::utf8::decode_rune;

/// A pattern that [`matches()`] refuses (`filepath.ErrBadPattern`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPattern;

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("syntax error in pattern")
    }
}

impl std::error::Error for BadPattern {}

/// Whether the whole of `name` matches `pattern`: `*` and `?` stand for anything but `/`, `[a-z]` and `[^a-z]` for one
/// character, `\` takes the next character literally (`filepath.Match`).
///
/// ```
/// use homescale_go::filepath;
///
/// assert_eq!(filepath::matches(b"templates/*.yaml", b"templates/app.yaml"), Ok(true));
/// assert_eq!(filepath::matches(b"*.yaml", b"templates/app.yaml"), Ok(false));
/// assert!(filepath::matches(b"[a", b"abc").is_err());
/// ```
///
/// # Errors
/// The pattern is malformed. As in Go, that is found only as far as the match got, or when it failed.
pub fn matches(pattern: &[u8], name: &[u8]) -> Result<bool, BadPattern> {
    let (mut pattern, mut name) = (pattern, name);
    'pattern: while !pattern.is_empty() {
        let (star, chunk, rest) = split_chunk(pattern);
        pattern = rest;
        if star && chunk.is_empty() {
            return Ok(!name.contains(&b'/'));
        }
        if let Some(left) = match_chunk(chunk, name)?
            && (left.is_empty() || !pattern.is_empty())
        {
            name = left;
            continue;
        }
        if star {
            for skip in 1..=name.len() {
                if name[skip - 1] == b'/' {
                    break;
                }
                if let Some(left) = match_chunk(chunk, &name[skip..])?
                    && (left.is_empty() || !pattern.is_empty())
                {
                    name = left;
                    continue 'pattern;
                }
            }
        }
        // The name does not match; a malformed rest of the pattern is still an error.
        while !pattern.is_empty() {
            let (_, chunk, rest) = split_chunk(pattern);
            match_chunk(chunk, b"")?;
            pattern = rest;
        }
        return Ok(false);
    }
    Ok(name.is_empty())
}

/// Splits off leading stars, and the part up to the next star.
fn split_chunk(pattern: &[u8]) -> (bool, &[u8], &[u8]) {
    let stars = pattern.iter().take_while(|&&b| b == b'*').count();
    let pattern = &pattern[stars..];
    let mut in_class = false;
    let mut end = 0;
    while end < pattern.len() {
        match pattern[end] {
            b'\\' => end += usize::from(end + 1 < pattern.len()),
            b'[' => in_class = true,
            b']' => in_class = false,
            b'*' if !in_class => break,
            _ => {}
        }
        end += 1;
    }
    (stars > 0, &pattern[..end], &pattern[end..])
}

/// Matches a part without stars at the start of the text; gives what is left of the text. Goes through the whole part
/// even after a mismatch, to find its errors.
fn match_chunk<'a>(chunk: &[u8], text: &'a [u8]) -> Result<Option<&'a [u8]>, BadPattern> {
    let (mut chunk, mut text) = (chunk, text);
    let mut failed = false;
    while let Some((&first, after)) = chunk.split_first() {
        failed |= text.is_empty();
        match first {
            b'[' => {
                let (c, width) = if failed { ('\0', 0) } else { decode_rune(text) };
                text = &text[width..];
                let (found, rest) = match_class(after, c)?;
                failed |= !found;
                chunk = rest;
            }
            b'?' => {
                if !failed {
                    failed |= text[0] == b'/';
                    text = &text[decode_rune(text).1..];
                }
                chunk = after;
            }
            _ => {
                let literal = if first == b'\\' { after } else { chunk };
                let (&expected, rest) = literal.split_first().ok_or(BadPattern)?;
                if !failed {
                    failed |= text[0] != expected;
                    text = &text[1..];
                }
                chunk = rest;
            }
        }
    }
    Ok((!failed).then_some(text))
}

/// Whether `c` is in the class whose text follows `[`; and what follows the class.
fn match_class(class: &[u8], c: char) -> Result<(bool, &[u8]), BadPattern> {
    let (negated, mut class) = match class.strip_prefix(b"^") {
        Some(rest) => (true, rest),
        None => (false, class),
    };
    let mut found = false;
    let mut ranges = 0;
    loop {
        if ranges > 0
            && let Some(rest) = class.strip_prefix(b"]")
        {
            return Ok((found != negated, rest));
        }
        let (low, mut rest) = class_char(class)?;
        let mut high = low;
        if let Some(after) = rest.strip_prefix(b"-") {
            (high, rest) = class_char(after)?;
        }
        found |= (low..=high).contains(&c);
        class = rest;
        ranges += 1;
    }
}

/// One character of a class, which must not be its last.
fn class_char(class: &[u8]) -> Result<(char, &[u8]), BadPattern> {
    let class = match class.first() {
        None | Some(b'-' | b']') => return Err(BadPattern),
        Some(b'\\') => &class[1..],
        Some(_) => class,
    };
    if class.is_empty() {
        return Err(BadPattern);
    }
    let (c, width) = decode_rune(class);
    let rest = &class[width..];
    if rest.is_empty() || (c == char::REPLACEMENT_CHARACTER && width == 1) {
        return Err(BadPattern);
    }
    Ok((c, rest))
}
