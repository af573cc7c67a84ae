//! Words in identifiers: `camelCase`, `snake_case` and `kebab-case`, as xstrings 1.5 splits them.

use homescale_go::{unicode, utf8};
use homescale_template::Context;
use homescale_value::{Str, Value};

use crate::arguments::{Outcome, take};

pub(super) fn camelcase(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(pascal(
        &utf8::runes(text)
            .map(|(rune, _)| rune)
            .collect::<Vec<char>>(),
    )
    .into())
}

pub(super) fn kebabcase(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(joined(text, '-').into())
}

pub(super) fn snakecase(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(joined(text, '_').into())
}

fn is_connector(rune: char) -> bool {
    rune == '-' || rune == '_' || unicode::is_space(rune)
}

/// Each word starts with a capital; a word that is all capitals keeps only the first. Connectors at the start stay, and
/// of several in a row all but the last.
fn pascal(text: &[char]) -> String {
    let leading = text.iter().take_while(|rune| is_connector(**rune)).count();
    let mut out: String = text[..leading].iter().collect();
    let Some((first, rest)) = text[leading..].split_first() else {
        // A text of connectors only gets its last one twice.
        out.extend(text.last());
        return out;
    };
    let mut in_capitals = unicode::is_upper(*first);
    let mut held = unicode::to_upper(*first);
    for rune in rest.iter().copied() {
        let mut next = rune;
        if is_connector(held) {
            if is_connector(rune) {
                out.push(held);
            } else {
                in_capitals = unicode::is_upper(rune);
                next = unicode::to_upper(rune);
            }
        } else {
            if in_capitals && unicode::is_upper(rune) {
                next = unicode::to_lower(rune);
            } else {
                in_capitals = false;
            }
            out.push(held);
        }
        held = next;
    }
    out.push(held);
    out
}

/// What a run of characters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Capitals,
    Letters,
    Connector,
    Punctuation,
    Other,
}

/// A run of characters of one kind. Capitals include the small letters after a single one: `Http`.
type Word<'a> = (Kind, &'a str);

/// Splits a text into words and joins them with `connector`, capitals made small.
fn joined(text: &[u8], connector: char) -> String {
    let text = String::from_utf8_lossy(text);
    let mut words = Words { rest: &text }.peekable();
    let mut out = String::with_capacity(text.len() + 8);
    while let Some((kind, word)) = words.next() {
        push(&mut out, (kind, word), connector);
        if words.peek().is_none() {
            break;
        }
        match kind {
            Kind::Number => number_word(&mut out, &mut words, connector),
            Kind::Connector | Kind::Punctuation => {}
            Kind::Capitals | Kind::Letters | Kind::Other => {
                after_letters(&mut out, &mut words, connector);
            }
        }
    }
    out
}

type Peekable<'a> = std::iter::Peekable<Words<'a>>;

/// Letters and digits that follow a number belong to it: `2xx`, `2m3s`.
fn number_word(out: &mut String, words: &mut Peekable<'_>, connector: char) {
    while let Some(word) = words.next_if(|(kind, _)| matches!(kind, Kind::Letters | Kind::Number)) {
        push(out, word, connector);
    }
    separate(out, words, connector);
}

/// A number after letters belongs to them (`Bld4`), unless small letters follow it (`HTTP 2xx`).
fn after_letters(out: &mut String, words: &mut Peekable<'_>, connector: char) {
    let Some(number) = words.next_if(|(kind, _)| *kind == Kind::Number) else {
        return separate(out, words, connector);
    };
    match words.peek() {
        None => push(out, number, connector),
        Some((Kind::Letters, _)) => {
            out.push(connector);
            push(out, number, connector);
            number_word(out, words, connector);
        }
        Some(_) => {
            push(out, number, connector);
            separate(out, words, connector);
        }
    }
}

/// Puts the connector before a next word that is neither connector nor punctuation.
fn separate(out: &mut String, words: &mut Peekable<'_>, connector: char) {
    if let Some((kind, _)) = words.peek()
        && !matches!(kind, Kind::Connector | Kind::Punctuation)
    {
        out.push(connector);
    }
}

fn push(out: &mut String, (kind, word): Word<'_>, connector: char) {
    match kind {
        Kind::Connector => out.extend(word.chars().map(|_| connector)),
        Kind::Capitals => out.extend(word.chars().map(unicode::to_lower)),
        _ => out.push_str(word),
    }
}

/// The words of a text, in order.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.rest;
        let first = text.chars().next()?;
        let after_first = &text[first.len_utf8()..];
        let length_while = |matches: fn(char) -> bool| {
            let end = after_first.find(|rune| !matches(rune));
            first.len_utf8() + end.unwrap_or(after_first.len())
        };
        let (kind, length) = if is_connector(first) {
            (Kind::Connector, length_while(is_connector))
        } else if unicode::is_punct(first) {
            (Kind::Punctuation, length_while(unicode::is_punct))
        } else if unicode::is_upper(first) {
            (Kind::Capitals, capitals(text))
        } else if is_alphabetic(first) {
            (Kind::Letters, length_while(is_small_letter))
        } else if unicode::is_number(first) {
            (Kind::Number, length_while(unicode::is_number))
        } else {
            (Kind::Other, length_while(is_other))
        };
        let (word, rest) = text.split_at(length);
        self.rest = rest;
        Some((kind, word))
    }
}

/// Several capitals, without the last one when it starts the next word (`HTTPServer`); or one and the small letters after.
fn capitals(text: &str) -> usize {
    let end = |text: &str, matches: fn(char) -> bool| {
        text.find(|rune| !matches(rune)).unwrap_or(text.len())
    };
    let upper = end(text, unicode::is_upper);
    let single = text.chars().next().map_or(0, char::len_utf8);
    if upper == single {
        return single + end(&text[single..], is_small_letter);
    }
    let last = text[..upper].chars().next_back().map_or(0, char::len_utf8);
    if text[upper..].starts_with(is_alphabetic) {
        upper - last
    } else {
        upper
    }
}

fn is_small_letter(rune: char) -> bool {
    is_alphabetic(rune) && !unicode::is_upper(rune)
}

/// A letter, but not of Chinese script, whose characters are words of their own kind.
fn is_alphabetic(rune: char) -> bool {
    let is_chinese = matches!(
        rune,
        '\u{4E00}'..='\u{9FCC}' | '\u{3400}'..='\u{4D85}' | '\u{20000}'..='\u{2B81D}'
    );
    !is_chinese && unicode::is_letter(rune)
}

fn is_other(rune: char) -> bool {
    !(is_connector(rune)
        || is_alphabetic(rune)
        || unicode::is_number(rune)
        || unicode::is_punct(rune))
}
