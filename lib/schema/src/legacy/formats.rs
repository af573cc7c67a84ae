//! The formats that the library knows. It checks them in all drafts, and takes a number for none of them.

use std::net::{Ipv4Addr, Ipv6Addr};

use homescale_go::Release;
use homescale_go::regexp::Regexp;
use homescale_go::url::Url;

use crate::date;

/// A name, and whether a text is of that format.
type Format = (&'static str, fn(&str, Release) -> bool);

/// The formats by name, in byte order.
const FORMATS: &[Format] = &[
    ("date", |text, _| date::date(text).is_ok()),
    ("date-time", |text, _| is_date_time(text)),
    ("email", |text, _| is_email(text)),
    ("hostname", |text, _| is_hostname(text)),
    ("idn-email", |text, _| is_email(text)),
    ("ipv4", |text, _| is_ip(text) && text.contains('.')),
    ("ipv6", |text, _| is_ip(text) && text.contains(':')),
    ("iri", is_uri),
    ("iri-reference", is_uri_reference),
    ("json-pointer", |text, _| is_json_pointer(text)),
    ("regex", |text, go| {
        Regexp::check(text.as_bytes(), go).is_ok()
    }),
    ("relative-json-pointer", |text, _| {
        is_relative_json_pointer(text)
    }),
    ("time", |text, _| is_time(text, Offset::Maybe)),
    ("uri", is_uri),
    ("uri-reference", is_uri_reference),
    ("uri-template", is_uri_template),
    ("uuid", |text, _| is_uuid(text)),
];

/// Whether a text, or a number if there is no text, is of a format. Unknown formats take everything.
pub(super) fn is_good(name: &[u8], text: Option<&str>, go: Release) -> bool {
    let found = FORMATS.iter().find(|(known, _)| known.as_bytes() == name);
    match (found, text) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((_, check)), Some(text)) => check(text, go),
    }
}

/// Whether a time has to say its offset from UTC.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offset {
    Maybe,
    Needed,
}

fn is_date_time(text: &str) -> bool {
    if is_time(text, Offset::Maybe) || date::date(text).is_ok() {
        return true;
    }
    let Some((day, time)) = text.split_once('T') else {
        return false;
    };
    date::date(day).is_ok() && is_time(time, Offset::Needed)
}

/// `15:04:05`, with a fraction if there is one, and `Z` or `+01:00`. Go reads an hour of one digit too.
fn is_time(text: &str, offset: Offset) -> bool {
    let Some((hour, rest)) = text.split_once(':') else {
        return false;
    };
    let number = |text: &str, limit: u32| {
        let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        is_number && text.parse::<u32>().is_ok_and(|number| number < limit)
    };
    let (Some(minute), Some(second)) = (rest.get(..2), rest.get(3..5)) else {
        return false;
    };
    let is_clock = hour.len() <= 2
        && number(hour, 24)
        && number(minute, 60)
        && rest.as_bytes()[2] == b':'
        && number(second, 60);
    let mut rest = &rest[5..];
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return false;
        }
        rest = &fraction[digits..];
    }
    let has_offset = match rest.as_bytes() {
        [] => return is_clock && offset == Offset::Maybe,
        b"Z" => true,
        [b'+' | b'-', _, _, b':', _, _] => {
            rest.get(1..3).is_some_and(|hours| number(hours, 25))
                && rest.get(4..).is_some_and(|minutes| number(minutes, 60))
        }
        _ => false,
    };
    is_clock && has_offset
}

fn is_ip(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.parse::<Ipv6Addr>().is_ok()
}

fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_good = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(is_good)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() < 256 && text.split('.').all(is_label)
}

fn is_uri(text: &str, go: Release) -> bool {
    Url::parse(text.as_bytes(), go).is_ok_and(|url| !url.scheme.is_empty()) && !text.contains('\\')
}

fn is_uri_reference(text: &str, go: Release) -> bool {
    Url::parse(text.as_bytes(), go).is_ok() && !text.contains('\\')
}

/// In the path every brace that opens closes before the next one opens.
fn is_uri_template(text: &str, go: Release) -> bool {
    let Ok(url) = Url::parse(text.as_bytes(), go) else {
        return false;
    };
    let path = String::from_utf8_lossy(&url.path).into_owned();
    let mut rest = path.as_str();
    while let Some((_, after)) = rest.split_once('{') {
        match after.split_once('}') {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    !text.contains('\\')
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let groups: Vec<&str> = text.split('-').collect();
    groups.len() == lengths.len()
        && groups
            .iter()
            .zip(lengths)
            .all(|(group, length)| group.len() == length && group.bytes().all(is_hex))
}

fn is_json_pointer(text: &str) -> bool {
    let Some(tokens) = text.strip_prefix('/') else {
        return text.is_empty();
    };
    let is_token = |token| crate::pointer::unescape(token).is_some();
    tokens.split('/').all(is_token)
}

fn is_relative_json_pointer(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let is_number = number == "0" || (!number.is_empty() && !number.starts_with('0'));
    is_number && (rest == "#" || is_json_pointer(rest))
}

/// An address of RFC 5322, alone or in angle brackets after a name, as far as people write them.
fn is_email(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t']);
    let address = match text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((_, address)) => address,
        None => text,
    };
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let is_atom = |atom: &str| {
        let is_good = |c: char| {
            c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || !c.is_ascii()
        };
        !atom.is_empty() && atom.chars().all(is_good)
    };
    let quoted = local
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let is_local = match quoted {
        Some(inner) => !inner.is_empty() && !inner.contains(['"', '\\']),
        None => local.split('.').all(is_atom),
    };
    let literal = domain
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    is_local && literal.map_or_else(|| domain.split('.').all(is_atom), is_ip)
}
