//! The parts of a JSON text, one after the other: for readers that build something else than values.

use homescale_value::Str;

use super::scan::Scanner;
use super::{Error, MAX_DEPTH};

/// A part of a JSON text.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(&'a str),
    /// A string, without escapes.
    String(Str),
    /// `[`.
    StartList,
    /// `]`.
    EndList,
    /// `{`.
    StartMap,
    /// The key of the value that follows.
    Key(Str),
    /// `}`.
    EndMap,
}

/// Reads one JSON value, tells its parts in order, and gives the length of the text up to its end. What follows the value
/// is not looked at.
///
/// Fails with Go's text at the first part that is wrong.
///
/// ```
/// use homescale_yaml::json::{Event, events};
///
/// let mut numbers = Vec::new();
/// let end = events(b"[1.50, 2] rest", |event| {
///     if let Event::Number(text) = event {
///         numbers.push(text.to_owned());
///     }
/// });
/// assert_eq!((end.unwrap(), numbers), (9, vec!["1.50".to_owned(), "2".to_owned()]));
/// ```
pub fn events<'a>(text: &'a [u8], mut tell: impl FnMut(Event<'a>)) -> Result<usize, Error> {
    let mut scanner = Scanner::new(text);
    // For each open container whether it is a map.
    let mut open: Vec<bool> = Vec::new();
    loop {
        if begin(&mut scanner, &mut open, &mut tell)? {
            continue;
        }
        // A value has ended. Close what ends after it.
        loop {
            let Some(&in_map) = open.last() else {
                return Ok(scanner.position());
            };
            match (scanner.peek(), in_map) {
                (Some(b','), false) => {
                    scanner.skip();
                    break;
                }
                (Some(b','), true) => {
                    scanner.skip();
                    tell(Event::Key(read_key(&mut scanner)?));
                    break;
                }
                (Some(b']'), false) => {
                    scanner.skip();
                    tell(Event::EndList);
                }
                (Some(b'}'), true) => {
                    scanner.skip();
                    tell(Event::EndMap);
                }
                (_, false) => return Err(scanner.unexpected("after array element")),
                (_, true) => return Err(scanner.unexpected("after object key:value pair")),
            }
            open.pop();
        }
    }
}

/// Reads a scalar or an empty container, or opens a container and says so.
fn begin<'a>(
    scanner: &mut Scanner<'a>,
    open: &mut Vec<bool>,
    tell: &mut impl FnMut(Event<'a>),
) -> Result<bool, Error> {
    let byte = scanner.peek();
    if let Some(b'[' | b'{') = byte
        && open.len() == MAX_DEPTH
    {
        return Err(scanner.unexpected("exceeded max depth"));
    }
    match byte {
        Some(b'[') => {
            scanner.skip();
            tell(Event::StartList);
            if scanner.peek() != Some(b']') {
                open.push(false);
                return Ok(true);
            }
            scanner.skip();
            tell(Event::EndList);
        }
        Some(b'{') => {
            scanner.skip();
            tell(Event::StartMap);
            if scanner.peek() != Some(b'}') {
                tell(Event::Key(read_key(scanner)?));
                open.push(true);
                return Ok(true);
            }
            scanner.skip();
            tell(Event::EndMap);
        }
        Some(b'"') => tell(Event::String(scanner.string()?)),
        Some(b't') => scanner.literal("true").map(|()| tell(Event::Bool(true)))?,
        Some(b'f') => scanner
            .literal("false")
            .map(|()| tell(Event::Bool(false)))?,
        Some(b'n') => scanner.literal("null").map(|()| tell(Event::Null))?,
        Some(b'-' | b'0'..=b'9') => tell(Event::Number(scanner.number()?)),
        _ => return Err(scanner.unexpected("looking for beginning of value")),
    }
    Ok(false)
}

fn read_key(scanner: &mut Scanner<'_>) -> Result<Str, Error> {
    if scanner.peek() != Some(b'"') {
        return Err(scanner.unexpected("looking for beginning of object key string"));
    }
    let key = scanner.string()?;
    if scanner.peek() != Some(b':') {
        return Err(scanner.unexpected("after object key"));
    }
    scanner.skip();
    Ok(key)
}
