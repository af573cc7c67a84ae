//! The formats about time.

use homescale_go::strconv;

use crate::checked::{Checked, wrong};

/// `2006-01-02`, with the errors of Go's `time.Parse`.
pub(super) fn date(text: &str) -> Checked {
    const LAYOUT: &str = "2006-01-02";
    let quoted = strconv::quote(text);
    let cannot = |rest: &str, part: &str| {
        Err(format!(
            "parsing time {quoted} as {}: cannot parse {} as {}",
            strconv::quote(LAYOUT),
            strconv::quote(rest),
            strconv::quote(part)
        ))
    };
    let mut rest = text;
    let mut numbers = [0; 3];
    for (index, (part, width)) in [("2006", 4), ("01", 2), ("02", 2)].into_iter().enumerate() {
        if index > 0 {
            match rest.strip_prefix('-') {
                Some(after) => rest = after,
                None => return cannot(rest, "-"),
            }
        }
        let digits = rest.as_bytes().get(..width);
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_digit));
        let Some(digits) = digits else {
            return cannot(rest, part);
        };
        numbers[index] = digits
            .iter()
            .fold(0, |n, digit| n * 10 + u32::from(digit - b'0'));
        rest = &rest[width..];
        if part == "01" && !(1..=12).contains(&numbers[1]) {
            return Err(format!("parsing time {quoted}: month out of range"));
        }
    }
    if !rest.is_empty() {
        return Err(format!(
            "parsing time {quoted}: extra text: {}",
            strconv::quote(rest)
        ));
    }
    let [year, month, day] = numbers;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=days).contains(&day) {
        return Err(format!("parsing time {quoted}: day out of range"));
    }
    Ok(())
}

/// `15:04:05Z`, also with fractions and an offset.
pub(super) fn time(text: &str) -> Checked {
    let bytes = text.as_bytes();
    if bytes.len() < 9 {
        return wrong("less than 9 characters long");
    }
    if bytes[2] != b':' || bytes[5] != b':' {
        return wrong("missing colon in correct place");
    }
    let numbers = [&bytes[..2], &bytes[3..5], &bytes[6..8]];
    let [mut hour, mut minute, second] = two_digits(numbers, "hour/min/sec")?;
    if hour > 23 || minute > 59 || second > 60 {
        return wrong("hour/min/sec out of range");
    }
    let mut rest = &bytes[8..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return wrong("no digits in second fraction");
        }
        rest = &fraction[digits..];
    }
    if rest != b"z" && rest != b"Z" {
        if rest.len() != 6 {
            return wrong("offset must be 6 characters long");
        }
        let sign = match rest[0] {
            b'+' => -1,
            b'-' => 1,
            _ => return wrong("offset must begin with plus/minus"),
        };
        if rest[3] != b':' {
            return wrong("missing colon in offset in correct place");
        }
        let [hours, minutes] = two_digits([&rest[1..3], &rest[4..]], "hour/min in offset")?;
        if hours > 23 || minutes > 59 {
            return wrong("hour/min in offset out of range");
        }
        let mut total = hour * 60 + minute + sign * (hours * 60 + minutes);
        if total < 0 {
            total += 24 * 60;
        }
        (hour, minute) = (total / 60, total % 60);
    }
    if second >= 60 && (hour != 23 || minute != 59) {
        return wrong("invalid leap second");
    }
    Ok(())
}

/// Numbers of two characters, which may be a sign and a digit.
fn two_digits<const N: usize>(texts: [&[u8]; N], what: &str) -> Result<[i64; N], String> {
    let mut numbers = [0; N];
    for (number, text) in numbers.iter_mut().zip(texts) {
        *number = strconv::atoi(text).map_err(|_| format!("invalid {what}"))?;
        if *number < 0 {
            return Err(format!("non-positive {what}"));
        }
    }
    Ok(numbers)
}

/// A date, `T`, and a time.
pub(super) fn date_time(text: &str) -> Checked {
    if text.len() < 20 {
        return wrong("less than 20 characters long");
    }
    if !matches!(text.as_bytes()[10], b't' | b'T') {
        return wrong("11th character must be t or T");
    }
    let day = String::from_utf8_lossy(&text.as_bytes()[..10]);
    date(&day).map_err(|error| format!("invalid date element: {error}"))?;
    time(&text[11..]).map_err(|error| format!("invalid time element: {error}"))
}

/// `P1Y2M3DT4H5M6S`, or `P7W`.
pub(super) fn duration(text: &str) -> Checked {
    let Some(text) = text.strip_prefix('P') else {
        return wrong("must start with P");
    };
    if text.is_empty() {
        return wrong("nothing after P");
    }
    if let Some(weeks) = text.strip_suffix('W') {
        return match weeks {
            "" => wrong("no number in week"),
            _ if weeks.bytes().all(|b| b.is_ascii_digit()) => Ok(()),
            _ => wrong("invalid week"),
        };
    }
    for (index, part) in text.split('T').enumerate() {
        if index != 0 && part.is_empty() {
            return wrong("no time elements");
        }
        let Some(&units) = [b"YMD", b"HMS"].get(index) else {
            return wrong("more than one T");
        };
        elements(part.as_bytes(), units)?;
    }
    Ok(())
}

/// Numbers with units, in the order of the units.
fn elements(mut text: &[u8], all: &[u8]) -> Checked {
    let mut units = all;
    while !text.is_empty() {
        let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return wrong("missing number");
        }
        let Some((&unit, rest)) = text[digits..].split_first() else {
            return wrong("missing unit");
        };
        let Some(place) = units.iter().position(|known| *known == unit) else {
            let quoted = strconv::quote_rune(char::from(unit));
            if all.contains(&unit) {
                return Err(format!("unit {quoted} out of order"));
            }
            return Err(format!("invalid unit {quoted}"));
        };
        units = &units[place + 1..];
        text = rest;
    }
    Ok(())
}

/// Two dates with times, or one and a duration.
pub(super) fn period(text: &str) -> Checked {
    let Some((start, end)) = text.split_once('/') else {
        return wrong("missing slash");
    };
    let of = |what: &'static str| move |error| format!("invalid {what}: {error}");
    if start.starts_with('P') {
        duration(start).map_err(of("start duration"))?;
        return date_time(end).map_err(of("end date-time"));
    }
    date_time(start).map_err(of("start date-time"))?;
    if end.starts_with('P') {
        return duration(end).map_err(of("end duration"));
    }
    date_time(end).map_err(of("end date-time"))
}
