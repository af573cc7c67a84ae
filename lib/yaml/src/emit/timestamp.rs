//! Recognises dates, as far as go-yaml reads them: the four layouts it tries, with the freedoms of Go's `time.Parse`.

/// Whether go-yaml would read the bare text as a date or a date with a time.
pub(super) fn is_timestamp(text: &[u8]) -> bool {
    if text.len() < 8 || !text[..4].iter().all(u8::is_ascii_digit) || text[4] != b'-' {
        return false;
    }
    let mut cursor = Cursor(&text[5..]);
    date(decimal(&text[..4]), &mut cursor).is_some()
        && (cursor.0.is_empty() || time(&mut cursor).is_some())
}

/// The month and day after `year-`, each of one or two digits, checked against the calendar.
fn date(year: u32, cursor: &mut Cursor<'_>) -> Option<()> {
    let month = cursor.number()?;
    cursor.literal(b'-')?;
    let day = cursor.number()?;
    let last = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then_some(())
}

/// `T…` with a zone, or blanks and no zone, to the end of the text.
fn time(cursor: &mut Cursor<'_>) -> Option<()> {
    let zoned = match cursor.0 {
        [b'T' | b't', rest @ ..] => {
            cursor.0 = rest;
            true
        }
        [b' ', ..] => {
            // A space in a Go layout stands for any number of them.
            while let [b' ', rest @ ..] = cursor.0 {
                cursor.0 = rest;
            }
            false
        }
        _ => return None,
    };
    cursor.number_below(24)?;
    cursor.literal(b':')?;
    cursor.number_below(60)?;
    cursor.literal(b':')?;
    cursor.number_below(60)?;
    if let [b'.' | b',', b'0'..=b'9', ..] = cursor.0 {
        let digits = cursor.0[1..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        cursor.0 = &cursor.0[1 + digits..];
    }
    if zoned {
        zone(cursor)?;
    }
    cursor.0.is_empty().then_some(())
}

/// `Z`, or a sign, two digits of hours up to 24, a colon, two digits of minutes up to 60.
fn zone(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.0 {
        [b'Z', rest @ ..] => {
            cursor.0 = rest;
            Some(())
        }
        [b'+' | b'-', h1, h2, b':', m1, m2, rest @ ..] => {
            let pair = |tens: &u8, ones: &u8| {
                (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| decimal(&[*tens, *ones]))
            };
            let inside = pair(h1, h2)? <= 24 && pair(m1, m2)? <= 60;
            cursor.0 = rest;
            inside.then_some(())
        }
        _ => None,
    }
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// One digit, or two when two stand there.
    fn number(&mut self) -> Option<u32> {
        let digits = self
            .0
            .iter()
            .take(2)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        (digits > 0).then(|| decimal(number))
    }

    fn number_below(&mut self, limit: u32) -> Option<()> {
        self.number().filter(|number| *number < limit).map(|_| ())
    }

    fn literal(&mut self, wanted: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        (*first == wanted).then_some(())
    }
}

fn decimal(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
