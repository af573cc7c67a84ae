//! Go's layouts: what each part of `Mon Jan _2 15:04:05.000 2006` stands for.

/// A part of a layout that stands for a part of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    ZoneName,
    /// A numeric offset: how it is written, and whether UTC is `Z`.
    Offset(OffsetForm, bool),
    /// Digits of the second after this separator, exactly so many of them.
    Fraction(u8, usize),
    /// The same without zeros at the end.
    ShortFraction(u8, usize),
}

/// How an offset is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OffsetForm {
    /// `-07`
    Hours,
    /// `-0700`
    Minutes,
    /// `-07:00`
    ColonMinutes,
    /// `-070000`
    Seconds,
    /// `-07:00:00`
    ColonSeconds,
}

/// What a word of a layout stands for. Longer words come before those they start with.
const WORDS: [(&str, Element); 31] = [
    ("January", Element::LongMonth),
    ("Monday", Element::LongWeekday),
    ("MST", Element::ZoneName),
    ("002", Element::ZeroYearDay),
    ("01", Element::ZeroMonth),
    ("02", Element::ZeroDay),
    ("03", Element::ZeroHour12),
    ("04", Element::ZeroMinute),
    ("05", Element::ZeroSecond),
    ("06", Element::Year),
    ("15", Element::Hour),
    ("1", Element::NumMonth),
    ("2006", Element::LongYear),
    ("2", Element::Day),
    ("__2", Element::UnderYearDay),
    ("3", Element::Hour12),
    ("4", Element::Minute),
    ("5", Element::Second),
    ("PM", Element::UpperPm),
    ("pm", Element::LowerPm),
    ("-070000", Element::Offset(OffsetForm::Seconds, false)),
    (
        "-07:00:00",
        Element::Offset(OffsetForm::ColonSeconds, false),
    ),
    ("-0700", Element::Offset(OffsetForm::Minutes, false)),
    ("-07:00", Element::Offset(OffsetForm::ColonMinutes, false)),
    ("-07", Element::Offset(OffsetForm::Hours, false)),
    ("Z070000", Element::Offset(OffsetForm::Seconds, true)),
    ("Z07:00:00", Element::Offset(OffsetForm::ColonSeconds, true)),
    ("Z0700", Element::Offset(OffsetForm::Minutes, true)),
    ("Z07:00", Element::Offset(OffsetForm::ColonMinutes, true)),
    ("Z07", Element::Offset(OffsetForm::Hours, true)),
    // Reached only when `_2006` is not there: that is an underscore and a year.
    ("_2", Element::UnderDay),
];

/// A layout cut at its first element: the text before, the element as written, and the text after.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut<'a> {
    pub(super) before: &'a [u8],
    /// Nothing when there is no element, and `before` is the whole layout.
    pub(super) element: Option<Element>,
    pub(super) written: &'a [u8],
    pub(super) after: &'a [u8],
}

/// Finds the first element of a layout.
pub(super) fn cut(layout: &[u8]) -> Cut<'_> {
    for at in 0..layout.len() {
        if let Some((element, length)) = element_at(layout, at) {
            let (written, after) = layout[at..].split_at(length);
            return Cut {
                before: &layout[..at],
                element: Some(element),
                written,
                after,
            };
        }
    }
    Cut {
        before: layout,
        element: None,
        written: b"",
        after: b"",
    }
}

fn element_at(layout: &[u8], at: usize) -> Option<(Element, usize)> {
    let text = &layout[at..];
    if let [separator @ (b'.' | b','), digit @ (b'0' | b'9'), ..] = text {
        let digits = text[1..].iter().take_while(|b| *b == digit).count();
        // The run of digits must end here.
        if text.get(1 + digits).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let element = if *digit == b'0' {
            Element::Fraction(*separator, digits)
        } else {
            Element::ShortFraction(*separator, digits)
        };
        return Some((element, 1 + digits));
    }
    if text.starts_with(b"_2006") {
        return None;
    }
    let word = WORDS
        .iter()
        .find(|(word, _)| text.starts_with(word.as_bytes()));
    if let Some((word, element)) = word {
        return Some((*element, word.len()));
    }
    // `Jan` and `Mon` are words only where no longer one goes on.
    let ends = !text.get(3).is_some_and(u8::is_ascii_lowercase);
    match text.get(..3) {
        Some(b"Jan") if ends => Some((Element::Month, 3)),
        Some(b"Mon") if ends => Some((Element::Weekday, 3)),
        _ => None,
    }
}
