//! Reading a time in a layout.

use super::fields::Fields;
use super::layout::{Element, OffsetForm, cut};
use super::parse_error::{Fault, ParseError};
use super::{Location, MONTHS, Time, WEEKDAYS};

impl Time {
    /// Reads `text` in `layout`. What has no zone is in `local` (`time.ParseInLocation`).
    ///
    /// # Errors
    /// What cannot be read, or is out of range.
    pub fn parse(layout: &[u8], text: &[u8], local: &Location) -> Result<Self, ParseError> {
        parse(layout, text, local).map_err(|fault| ParseError {
            layout: layout.to_vec(),
            text: text.to_vec(),
            fault,
        })
    }
}

fn parse(layout: &[u8], text: &[u8], local: &Location) -> Result<Time, Fault> {
    let mut reader = Reader {
        rest: text,
        next: layout,
        fields: Fields::default(),
    };
    let mismatch = |rest: &[u8], wanted: &[u8]| Fault::Mismatch {
        rest: rest.to_vec(),
        wanted: wanted.to_vec(),
    };
    loop {
        let part = cut(reader.next);
        reader
            .skip(part.before)
            .map_err(|()| mismatch(reader.rest, part.before))?;
        let Some(element) = part.element else {
            if !reader.rest.is_empty() {
                return Err(Fault::ExtraText(reader.rest.to_vec()));
            }
            break;
        };
        reader.next = part.after;
        let value = reader.rest;
        reader.read(element).map_err(|bad| match bad {
            Bad::Syntax => mismatch(value, part.written),
            Bad::Range(what) => Fault::OutOfRange(what),
        })?;
    }
    reader.fields.time(local)
}

enum Bad {
    /// The text is not what the element wants.
    Syntax,
    /// The named number is too large.
    Range(&'static str),
}

struct Reader<'a> {
    rest: &'a [u8],
    /// The layout after the element that is read.
    next: &'a [u8],
    fields: Fields,
}

impl Reader<'_> {
    /// Skips what the layout has between elements; a space stands for any number of them.
    fn skip(&mut self, mut text: &[u8]) -> Result<(), ()> {
        while let Some((first, after)) = text.split_first() {
            match self.rest.split_first() {
                Some((b' ', _)) | None if *first == b' ' => {
                    text = text.trim_ascii_start_spaces();
                    self.rest = self.rest.trim_ascii_start_spaces();
                }
                Some((found, rest)) if found == first => {
                    self.rest = rest;
                    text = after;
                }
                _ => return Err(()),
            }
        }
        Ok(())
    }

    fn read(&mut self, element: Element) -> Result<(), Bad> {
        let fields = &mut self.fields;
        let rest = &mut self.rest;
        match element {
            Element::Year => {
                let digits = prefix(rest, 2)?;
                let year: i64 = number(digits)?.into();
                fields.year = if year >= 69 { year + 1900 } else { year + 2000 };
            }
            Element::LongYear => {
                if !starts_with_digit(rest) {
                    return Err(Bad::Syntax);
                }
                fields.year = number(prefix(rest, 4)?)?.into();
            }
            Element::Month => fields.month = Some(name(rest, &MONTHS, 3)? + 1),
            Element::LongMonth => fields.month = Some(name(rest, &MONTHS, usize::MAX)? + 1),
            Element::NumMonth | Element::ZeroMonth => {
                let month = two_digits(rest, element == Element::ZeroMonth)?;
                if !(1..=12).contains(&month) {
                    return Err(Bad::Range("month"));
                }
                fields.month = Some(month);
            }
            Element::Weekday => {
                name(rest, &WEEKDAYS, 3)?;
            }
            Element::LongWeekday => {
                name(rest, &WEEKDAYS, usize::MAX)?;
            }
            Element::Day | Element::UnderDay | Element::ZeroDay => {
                if element == Element::UnderDay {
                    *rest = rest.strip_prefix(b" ").unwrap_or(rest);
                }
                fields.day = Some(two_digits(rest, element == Element::ZeroDay)?);
            }
            Element::UnderYearDay | Element::ZeroYearDay => {
                if element == Element::UnderYearDay {
                    *rest = rest.strip_prefix(b" ").unwrap_or(rest);
                    *rest = rest.strip_prefix(b" ").unwrap_or(rest);
                }
                let length = rest
                    .iter()
                    .take(3)
                    .take_while(|b| b.is_ascii_digit())
                    .count();
                if length == 0 || element == Element::ZeroYearDay && length != 3 {
                    return Err(Bad::Syntax);
                }
                fields.year_day = Some(number(prefix(rest, length)?)?);
            }
            Element::Hour => fields.hour = below(two_digits(rest, false)?, 24, "hour")?,
            Element::Hour12 => fields.hour = below(two_digits(rest, false)?, 13, "hour")?,
            Element::ZeroHour12 => fields.hour = below(two_digits(rest, true)?, 13, "hour")?,
            Element::Minute => fields.minute = below(two_digits(rest, false)?, 60, "minute")?,
            Element::ZeroMinute => fields.minute = below(two_digits(rest, true)?, 60, "minute")?,
            Element::Second | Element::ZeroSecond => {
                let second = two_digits(rest, element == Element::ZeroSecond)?;
                fields.second = below(second, 60, "second")?;
                // A fraction may follow although the layout has none.
                let has_fraction = matches!(rest, [b'.' | b',', b'0'..=b'9', ..]);
                let is_wanted = matches!(
                    cut(self.next).element,
                    Some(Element::Fraction(..) | Element::ShortFraction(..))
                );
                if has_fraction && !is_wanted {
                    fields.nanosecond = fraction(rest)?;
                }
            }
            Element::UpperPm | Element::LowerPm => {
                let (am, pm): (&[u8], &[u8]) = if element == Element::UpperPm {
                    (b"AM", b"PM")
                } else {
                    (b"am", b"pm")
                };
                let found = prefix(rest, 2)?;
                if found == pm {
                    fields.is_pm = true;
                } else if found == am {
                    fields.is_am = true;
                } else {
                    return Err(Bad::Syntax);
                }
            }
            Element::Offset(_, true) if rest.starts_with(b"Z") => {
                *rest = &rest[1..];
                fields.is_utc = true;
            }
            Element::Offset(form, _) => fields.offset = Some(offset(rest, form)?),
            Element::ZoneName if rest.starts_with(b"UTC") => {
                *rest = &rest[3..];
                fields.is_utc = true;
            }
            Element::ZoneName => {
                let name = prefix(rest, zone_name(rest).ok_or(Bad::Syntax)?)?;
                fields.zone_name = String::from_utf8_lossy(name).into_owned();
            }
            Element::Fraction(_, digits) => {
                let mut exact = prefix(rest, 1 + digits)?;
                if !matches!(exact, [b'.' | b',', digits @ ..] if digits.iter().all(u8::is_ascii_digit))
                {
                    return Err(Bad::Syntax);
                }
                fields.nanosecond = fraction(&mut exact)?;
            }
            Element::ShortFraction(..) => {
                if matches!(rest, [b'.' | b',', b'0'..=b'9', ..]) {
                    fields.nanosecond = fraction(rest)?;
                }
            }
        }
        Ok(())
    }
}

trait Spaces {
    fn trim_ascii_start_spaces(&self) -> &[u8];
}

impl Spaces for [u8] {
    fn trim_ascii_start_spaces(&self) -> &[u8] {
        let spaces = self.iter().take_while(|b| **b == b' ').count();
        &self[spaces..]
    }
}

fn prefix<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], Bad> {
    let (prefix, after) = rest.split_at_checked(length).ok_or(Bad::Syntax)?;
    *rest = after;
    Ok(prefix)
}

fn starts_with_digit(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_digit)
}

fn number(digits: &[u8]) -> Result<u32, Bad> {
    let text = std::str::from_utf8(digits)
        .ok()
        .filter(|text| !text.starts_with('+'));
    text.and_then(|text| text.parse().ok()).ok_or(Bad::Syntax)
}

/// One or two digits; exactly two if the element starts with a zero.
fn two_digits(rest: &mut &[u8], exactly: bool) -> Result<u32, Bad> {
    let length = rest
        .iter()
        .take(2)
        .take_while(|b| b.is_ascii_digit())
        .count();
    if length == 0 || exactly && length == 1 {
        return Err(Bad::Syntax);
    }
    number(prefix(rest, length)?)
}

fn below(number: u32, limit: u32, what: &'static str) -> Result<u32, Bad> {
    if number < limit {
        Ok(number)
    } else {
        Err(Bad::Range(what))
    }
}

/// The index of the name at the start, cut to `length` letters, whatever their case.
fn name(rest: &mut &[u8], names: &[&str], length: usize) -> Result<u32, Bad> {
    for (index, name) in names.iter().enumerate() {
        let name = &name.as_bytes()[..name.len().min(length)];
        if let Some((found, after)) = rest.split_at_checked(name.len())
            && found.eq_ignore_ascii_case(name)
        {
            *rest = after;
            return Ok(index as u32);
        }
    }
    Err(Bad::Syntax)
}

/// A separator and digits, as nanoseconds; digits beyond the ninth do not count.
fn fraction(rest: &mut &[u8]) -> Result<u32, Bad> {
    let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
    let text = prefix(rest, 1 + digits)?;
    let counted = &text[1..=digits.min(9)];
    Ok(number(counted)? * 10_u32.pow(9 - counted.len() as u32))
}

fn offset(rest: &mut &[u8], form: OffsetForm) -> Result<i32, Bad> {
    let (length, has_colons) = match form {
        OffsetForm::Hours => (3, false),
        OffsetForm::Minutes => (5, false),
        OffsetForm::ColonMinutes => (6, true),
        OffsetForm::Seconds => (7, false),
        OffsetForm::ColonSeconds => (9, true),
    };
    let text = prefix(rest, length)?;
    let digits: Vec<&[u8]> = if has_colons {
        text[1..].split(|b| *b == b':').collect()
    } else {
        text[1..].chunks(2).collect()
    };
    let mut parts = [0_u32; 3];
    for (part, digits) in parts.iter_mut().zip(&digits) {
        if digits.len() != 2 || !digits.iter().all(u8::is_ascii_digit) {
            return Err(Bad::Syntax);
        }
        *part = number(digits)?;
    }
    let [hours, minutes, seconds] = parts;
    let limits = [
        (hours, 24, "time zone offset hour"),
        (minutes, 60, "time zone offset minute"),
        (seconds, 60, "time zone offset second"),
    ];
    for (number, limit, what) in limits {
        below(number, limit + 1, what)?;
    }
    let offset = ((hours * 60 + minutes) * 60 + seconds) as i32;
    match text[0] {
        b'+' => Ok(offset),
        b'-' => Ok(-offset),
        _ => Err(Bad::Syntax),
    }
}

/// The length of what looks like the name of a zone: `CET`, `GMT+3`, `+03`.
fn zone_name(text: &[u8]) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(after) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_hours(after).unwrap_or(0));
    }
    if matches!(text[0], b'+' | b'-') {
        return signed_hours(text);
    }
    let capitals = text
        .iter()
        .take(6)
        .take_while(|b| b.is_ascii_uppercase())
        .count();
    match capitals {
        5 if text[4] == b'T' => Some(5),
        4 if text[3] == b'T' || text.starts_with(b"WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

/// The length of a sign and hours up to 23.
fn signed_hours(text: &[u8]) -> Option<usize> {
    if !matches!(text.first(), Some(b'+' | b'-')) {
        return None;
    }
    let digits = text[1..].iter().take_while(|b| b.is_ascii_digit()).count();
    let hours = number(&text[1..=digits]).ok()?;
    (hours <= 23).then_some(1 + digits)
}
