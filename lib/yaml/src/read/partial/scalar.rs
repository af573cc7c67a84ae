//! Keys and scalars of the plain form.

use memchr::memchr2;

use super::line::{Lines, indent, is_document_mark};

/// A key longer than this is left to the full reader; YAML's own limit is 1024 characters.
const MAX_KEY: usize = 128;

/// The key at the start of a text, and how wide it is with its colon and the blanks after that.
pub(super) fn key(text: &[u8]) -> Option<(&[u8], usize)> {
    let (key, width) = match *text.first()? {
        quote @ (b'"' | b'\'') => {
            let end = 1 + memchr2(quote, b'\\', &text[1..])?;
            // An escape, in double quotes, or a quote in single ones.
            if text[end] != quote || text.get(end + 1) == Some(&quote) {
                return None;
            }
            (&text[1..end], end + 1)
        }
        first if first.is_ascii_alphabetic() || first == b'_' => {
            let end = text.iter().position(|&byte| !is_key_byte(byte))?;
            (&text[..end], end)
        }
        _ => return None,
    };
    let rest = text.get(width..)?;
    let is_key = match rest {
        [b':'] | [b':', b' ', ..] => width <= MAX_KEY && !key.eq_ignore_ascii_case(b"null"),
        _ => false,
    };
    let blanks = rest.get(1..)?.iter().take_while(|&&byte| byte == b' ');
    let width = width + 1 + blanks.count();
    is_key.then_some((key, width))
}

/// Which bytes a plain key may have.
const KEY_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        let is_mark = matches!(byte as u8, b'_' | b'-' | b'.' | b'/' | b'$');
        table[byte] = is_mark || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

fn is_key_byte(byte: u8) -> bool {
    KEY_BYTES[usize::from(byte)]
}

/// Goes past a scalar, and to the line after it. `around` is the indentation of the collection that it is in.
pub(super) fn value(lines: &mut Lines<'_>, around: usize) -> Option<()> {
    let text = lines.rest();
    match *text.first()? {
        b'|' | b'>' => block(lines, around),
        b'\'' | b'"' => quoted(lines),
        b'[' | b'{' => {
            let rest = text.strip_prefix(b"{}").or_else(|| flow_list(text))?;
            lines.next_line();
            is_end(rest).then_some(())
        }
        b'.' if !is_path(text) => None,
        b':' if !text.get(1).is_some_and(u8::is_ascii_alphanumeric) => None,
        b'&' | b'*' | b'!' | b'%' | b'@' | b'`' | b',' | b']' | b'}' | b'?' | b'#' | b'<' => None,
        _ => plain(lines, around),
    }
}

/// What follows a list in brackets of simple scalars, on one line.
fn flow_list(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text.strip_prefix(b"[")?.trim_ascii_start();
    if let Some(after) = rest.strip_prefix(b"]") {
        return Some(after);
    }
    loop {
        let width = match *rest.first()? {
            quote @ (b'"' | b'\'') => {
                let end = 1 + memchr2(quote, b'\\', &rest[1..])?;
                // An escape, in double quotes, or a quote in single ones.
                if rest[end] != quote || rest.get(end + 1) == Some(&quote) {
                    return None;
                }
                end + 1
            }
            first if first.is_ascii_alphabetic() => {
                rest.iter().position(|&byte| !is_key_byte(byte))?
            }
            _ => return None,
        };
        rest = rest[width..].trim_ascii_start();
        match rest.split_first()? {
            (b',', after) => rest = after.trim_ascii_start(),
            (b']', after) => return Some(after),
            _ => return None,
        }
    }
}

/// Whether nothing is left of a line but blanks and a comment.
fn is_end(rest: &[u8]) -> bool {
    match rest.trim_ascii_start() {
        [] => true,
        [b'#', ..] => rest[0] == b' ',
        _ => false,
    }
}

/// Whether a scalar that begins with a dot goes on as no number does, nor what is infinite or no number.
fn is_path(text: &[u8]) -> bool {
    let name = &text[1..];
    let begins = |word: &[u8]| name.len() >= 3 && name[..3].eq_ignore_ascii_case(word);
    let goes_on = |byte: &u8| !byte.is_ascii_digit() && !matches!(byte, b'.' | b'_' | b' ');
    name.first().is_some_and(goes_on) && !begins(b"inf") && !begins(b"nan")
}

/// A plain scalar, which goes on in lines that are indented more than the collection around it.
fn plain(lines: &mut Lines<'_>, around: usize) -> Option<()> {
    let first = lines.rest();
    if !is_harmless_number(first) || first.starts_with(b"- ") || first == b"-" {
        return None;
    }
    loop {
        let has_comment = words(lines.rest())?;
        lines.next_line();
        while !lines.is_done() && lines.line().trim_ascii().is_empty() {
            lines.next_line();
        }
        let line = lines.line();
        let indent = indent(line);
        if lines.is_done() || indent <= around || line[indent..].starts_with(b"#") {
            return Some(());
        }
        if has_comment {
            return None;
        }
        lines.skip(indent);
    }
}

/// Whether a line of a plain scalar ends in a comment; nothing if there is a mapping in it.
fn words(text: &[u8]) -> Option<bool> {
    let mut from = 0;
    while let Some(at) = memchr2(b':', b'#', &text[from..]) {
        let at = from + at;
        if text[at] == b'#' {
            if at > 0 && text[at - 1] == b' ' {
                return Some(true);
            }
        } else if matches!(text.get(at + 1), None | Some(b' ')) {
            return None;
        }
        from = at + 1;
    }
    Some(false)
}

/// Whether a scalar cannot be a number that is too large for JSON, or none at all.
fn is_harmless_number(text: &[u8]) -> bool {
    match text {
        [b'+' | b'-', b'.', ..] => false,
        [b'-', after, ..] | [b'-', b'-', after, ..] if after.is_ascii_alphabetic() => true,
        [b'0'..=b'9' | b'+' | b'-', ..] => {
            let word = text.split(|&byte| byte == b' ').next().unwrap_or(text);
            let has = |is: fn(&u8) -> bool| word.iter().any(is);
            // Two words are no number; nor is one with letters, but for an exponent, and for other bases after a zero.
            !is_end(&text[word.len()..])
                || ((matches!(word[0], b'1'..=b'9') || word.get(1).is_some_and(u8::is_ascii_digit))
                    && has(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E')))
                || (text.len() < 256 && !has(|byte| matches!(byte, b'e' | b'E')))
        }
        _ => true,
    }
}

/// A scalar in quotes, which may go on in further lines. Nothing but blanks may follow.
fn quoted(lines: &mut Lines<'_>) -> Option<()> {
    let quote = lines.rest()[0];
    lines.skip(1);
    loop {
        let text = lines.rest();
        let mut from = 0;
        while let Some(at) = memchr2(quote, b'\\', &text[from..]) {
            let at = from + at;
            let next = text.get(at + 1);
            if text[at] == quote && (quote == b'"' || next != Some(&quote)) {
                let is_all = is_end(&text[at + 1..]);
                lines.next_line();
                return is_all.then_some(());
            }
            let escapes = text[at] == b'\\' && quote == b'"';
            if escapes && !matches!(next, None | Some(b'"' | b'\\' | b'n' | b't' | b' ')) {
                return None;
            }
            // A backslash means nothing in single quotes.
            from = at + if text[at] == quote || escapes { 2 } else { 1 };
            if from >= text.len() {
                break;
            }
        }
        lines.next_line();
        if lines.is_done() || is_document_mark(lines.line()) {
            return None;
        }
    }
}

/// `|` or `>`, and the lines that are indented as much as the first of them.
fn block(lines: &mut Lines<'_>, around: usize) -> Option<()> {
    let depth = match *lines.rest().trim_ascii_end() {
        [_] | [_, b'-' | b'+'] => None,
        [_, digit @ b'1'..=b'9'] | [_, digit @ b'1'..=b'9', b'-' | b'+'] => {
            Some(around + usize::from(digit - b'0'))
        }
        _ => return None,
    };
    lines.next_line();
    let depth = match depth {
        Some(depth) => depth,
        None => match detect_depth(lines, around)? {
            Some(depth) => depth,
            None => return Some(()),
        },
    };
    while !lines.is_done() {
        let line = lines.line();
        let indent = indent(line);
        if indent < depth && indent < line.len() {
            break;
        }
        lines.next_line();
    }
    Some(())
}

/// How much the first line of a block scalar is indented that is not blank; an inner `None` if there is no such line.
#[expect(
    clippy::option_option,
    reason = "the outer one is that of all of this module"
)]
fn detect_depth(lines: &mut Lines<'_>, around: usize) -> Option<Option<usize>> {
    // The widest of the blank lines before the text; it may not be wider than that.
    let mut widest = 0;
    while !lines.is_done() && indent(lines.line()) == lines.line().len() {
        widest = widest.max(lines.line().len());
        lines.next_line();
    }
    let depth = indent(lines.line());
    if lines.is_done() || depth <= around {
        return (widest == 0).then_some(None);
    }
    (widest <= depth).then_some(Some(depth))
}
