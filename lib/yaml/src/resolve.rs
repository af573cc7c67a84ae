//! What a scalar means: the rules of go-yaml v2, which are YAML 1.1 without base 60.

use std::borrow::Cow;
use std::sync::LazyLock;

use data_encoding::{BASE64, Encoding};
use homescale_go::{strconv, utf8};

/// A tag, as far as it makes a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tag {
    /// No tag.
    #[default]
    None,
    /// `!`.
    NonSpecific,
    /// `!!str`.
    Str,
    /// `!!bool`.
    Bool,
    /// `!!int`.
    Int,
    /// `!!float`.
    Float,
    /// `!!null`.
    Null,
    /// `!!timestamp`.
    Timestamp,
    /// `!!binary`.
    Binary,
    /// `!!merge`.
    Merge,
    /// Any other tag. It is ignored.
    Other,
}

/// The tags that mean something, by their names after `tag:yaml.org,2002:`.
const NAMES: [(&str, Tag); 8] = [
    ("str", Tag::Str),
    ("bool", Tag::Bool),
    ("int", Tag::Int),
    ("float", Tag::Float),
    ("null", Tag::Null),
    ("timestamp", Tag::Timestamp),
    ("binary", Tag::Binary),
    ("merge", Tag::Merge),
];

impl Tag {
    pub(crate) fn from_uri(uri: &str) -> Self {
        if uri == "!" {
            return Self::NonSpecific;
        }
        let name = uri.strip_prefix("tag:yaml.org,2002:");
        let known = NAMES.iter().find(|(known, _)| Some(*known) == name);
        known.map_or(Self::Other, |(_, tag)| *tag)
    }

    /// The tag as it is written: `!!str`.
    fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::None | Self::Other => return None,
            Self::NonSpecific => "!",
            Self::Str => "!!str",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
            Self::Merge => "!!merge",
        })
    }
}

/// The meaning of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// Null.
    Nil,
    /// A truth value.
    Bool(bool),
    /// An integer that fits 64 bits with a sign.
    Int(i64),
    /// An integer that fits 64 bits only without a sign.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// Text.
    Str(Cow<'a, str>),
    /// A timestamp: text that looks like one. JSON knows it as text.
    Timestamp(&'a str),
    /// Bytes, from `!!binary`.
    Binary(Vec<u8>),
}

impl Scalar<'_> {
    /// The text that a key becomes, as `sigs.k8s.io/yaml` has it (`convertToJSONableObject`). Null cannot be a key, nor can an
    /// integer that only fits 64 bits without a sign.
    pub(crate) fn key_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Nil | Self::Uint(_) => return None,
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
            Self::Int(int) => int.to_string().into(),
            Self::Float(float) => float_key(*float).into(),
            Self::Str(text) => text.as_ref().into(),
            Self::Timestamp(text) => (*text).into(),
            Self::Binary(bytes) => utf8::to_valid(bytes).into(),
        })
    }

    fn tag(&self) -> Tag {
        match self {
            Self::Nil => Tag::Null,
            Self::Bool(_) => Tag::Bool,
            Self::Int(_) | Self::Uint(_) => Tag::Int,
            Self::Float(_) => Tag::Float,
            Self::Str(_) => Tag::Str,
            Self::Timestamp(_) => Tag::Timestamp,
            Self::Binary(_) => Tag::Binary,
        }
    }
}

/// A float as a key: the shortest digits that identify it among 32-bit floats, with an exponent if that is below -4 or above 5.
fn float_key(float: f64) -> String {
    let float = float as f32;
    if float.is_nan() {
        return ".nan".to_string();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_string();
    }
    strconv::format_float(float.into(), 'g', None, 32)
}

/// What `text` with `tag` means. The error is go-yaml's, without `yaml: `.
///
/// Quoted text without a tag is text and need not be asked about.
pub(crate) fn resolve(tag: Tag, text: &str) -> Result<Scalar<'_>, String> {
    let scalar = match tag {
        Tag::None => return Ok(resolve_plain(text)),
        Tag::NonSpecific | Tag::Str | Tag::Merge | Tag::Other => {
            return Ok(Scalar::Str(text.into()));
        }
        Tag::Binary => {
            let bytes = decode_base64(text).ok_or("!!binary value contains invalid base64 data")?;
            return Ok(Scalar::Binary(bytes));
        }
        Tag::Timestamp => resolve_plain(text),
        // With a tag, a date is not tried.
        Tag::Bool | Tag::Int | Tag::Float | Tag::Null => match resolve_plain(text) {
            Scalar::Timestamp(text) => Scalar::Str(text.into()),
            scalar => scalar,
        },
    };
    match scalar {
        Scalar::Int(int) if tag == Tag::Float => Ok(Scalar::Float(int as f64)),
        scalar if scalar.tag() == tag => Ok(scalar),
        scalar => {
            let name = |tag: Tag| tag.name().unwrap_or_default();
            Err(format!(
                "cannot decode {} `{text}` as a {}",
                name(scalar.tag()),
                name(tag)
            ))
        }
    }
}

/// What an untagged plain scalar means.
pub(crate) fn resolve_plain(text: &str) -> Scalar<'_> {
    let string = || Scalar::Str(text.into());
    match text.as_bytes().first() {
        None => Scalar::Nil,
        Some(b'+' | b'-' | b'0'..=b'9') => resolve_number(text).unwrap_or_else(string),
        Some(b'.') => match text {
            ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
            ".inf" | ".Inf" | ".INF" => Scalar::Float(f64::INFINITY),
            _ => parse_dot_float(text).map_or_else(string, Scalar::Float),
        },
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            match text {
                "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On"
                | "ON" => Scalar::Bool(true),
                "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off"
                | "OFF" => Scalar::Bool(false),
                "~" | "null" | "Null" | "NULL" => Scalar::Nil,
                _ => string(),
            }
        }
        Some(_) => string(),
    }
}

/// A number or timestamp that begins with a digit or sign.
fn resolve_number(text: &str) -> Option<Scalar<'_>> {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Some(Scalar::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => return Some(Scalar::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    if is_timestamp(text) {
        return Some(Scalar::Timestamp(text));
    }
    let plain: Cow<'_, str> = if text.contains('_') {
        text.replace('_', "").into()
    } else {
        text.into()
    };
    if let Some(int) = parse_int(&plain) {
        return Some(int);
    }
    if is_float(&plain) {
        // A number that is too large is text.
        if let Some(float) = plain.parse().ok().filter(|float: &f64| float.is_finite()) {
            return Some(Scalar::Float(float));
        }
    }
    // Only a sign behind the prefix makes a difference here: `0b-1`.
    if let Some(digits) = plain.strip_prefix("0b") {
        return i64::from_str_radix(digits, 2).ok().map(Scalar::Int);
    }
    None
}

/// An integer in the syntax of Go: `0x`, `0o`, `0b` and plain `0` are prefixes.
fn parse_int(text: &str) -> Option<Scalar<'static>> {
    let (is_negative, has_sign, unsigned) = match text.as_bytes() {
        [b'-', ..] => (true, true, &text[1..]),
        [b'+', ..] => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &unsigned[2..]),
        [b'0'] => (10, unsigned),
        [b'0', ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    if !digits.starts_with(|c: char| c.is_ascii_hexdigit()) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    match i64::try_from(magnitude) {
        Ok(int) if is_negative => Some(Scalar::Int(-int)),
        Ok(int) => Some(Scalar::Int(int)),
        Err(_) if is_negative => (magnitude == 1 << 63).then_some(Scalar::Int(i64::MIN)),
        Err(_) => (!has_sign).then_some(Scalar::Uint(magnitude)),
    }
}

/// Whether the text is a decimal float: sign, digits with a dot somewhere, exponent.
fn is_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = digits(text);
    let mut rest = &text[whole..];
    if let Some(after) = rest.strip_prefix('.') {
        let fraction = digits(after);
        if whole + fraction == 0 {
            return false;
        }
        rest = &after[fraction..];
    } else if whole == 0 {
        return false;
    }
    match rest.strip_prefix(['e', 'E']) {
        None => rest.is_empty(),
        Some(exponent) => {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent) == exponent.len()
        }
    }
}

/// A float that begins with a dot, in the syntax of Go: underscores may stand between digits.
fn parse_dot_float(text: &str) -> Option<f64> {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let has_good_underscores = (1..bytes.len())
        .filter(|&at| bytes[at] == b'_')
        .all(|at| is_digit(bytes.get(at - 1)) && is_digit(bytes.get(at + 1)));
    let plain = text.replace('_', "");
    if !has_good_underscores || !is_float(&plain) {
        return None;
    }
    plain.parse().ok().filter(|float: &f64| float.is_finite())
}

/// Whether go-yaml takes the text for a timestamp.
pub(crate) fn is_timestamp(text: &str) -> bool {
    let is_year = |year: &[u8]| year.iter().all(u8::is_ascii_digit);
    match text.as_bytes() {
        [a, b, c, d, b'-', ..] if is_year(&[*a, *b, *c, *d]) => parse_timestamp(text).is_some(),
        _ => false,
    }
}

/// `2006-1-2`, alone or followed by ` 15:4:5`, or by `T15:4:5` and a time zone; seconds may have a fraction.
fn parse_timestamp(text: &str) -> Option<()> {
    let mut rest = Digits(text);
    let year = rest.number(4, 4)?;
    rest.literal('-')?;
    let month = rest.number(1, 2)?;
    rest.literal('-')?;
    let day = rest.number(1, 2)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap),
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    let separator = rest.0.chars().next();
    if separator.is_none() {
        return Some(());
    }
    let separator = separator.filter(|c| matches!(c, 'T' | 't' | ' '))?;
    rest.literal(separator)?;
    if separator == ' ' {
        // The layout's space matches any number of spaces.
        rest.0 = rest.0.trim_start_matches(' ');
    }
    let hour = rest.number(1, 2)?;
    rest.literal(':')?;
    let minute = rest.number(1, 2)?;
    rest.literal(':')?;
    let second = rest.number(1, 2)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if rest.0.starts_with(['.', ',']) {
        let digits = rest.0[1..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        rest.0 = &rest.0[1 + digits..];
    }
    if separator != ' ' && rest.literal('Z').is_none() {
        if !rest.0.starts_with(['+', '-']) {
            return None;
        }
        rest.0 = &rest.0[1..];
        let hours = rest.number(2, 2)?;
        rest.literal(':')?;
        let minutes = rest.number(2, 2)?;
        if hours > 24 || minutes > 60 {
            return None;
        }
    }
    rest.0.is_empty().then_some(())
}

/// The rest of a text that is read from the front.
struct Digits<'a>(&'a str);

impl Digits<'_> {
    fn literal(&mut self, wanted: char) -> Option<()> {
        self.0 = self.0.strip_prefix(wanted)?;
        Some(())
    }

    /// A number of at least `min` digits, and at most `max` of those that follow.
    fn number(&mut self, min: usize, max: usize) -> Option<u32> {
        let digits = self
            .0
            .bytes()
            .take(max)
            .take_while(u8::is_ascii_digit)
            .count();
        if digits < min {
            return None;
        }
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        number.parse().ok()
    }
}

/// Standard base64 with padding, as Go's `base64.StdEncoding` decodes it: line breaks are ignored, and the bits that the last
/// symbol has too many.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    static GO: LazyLock<Encoding> = LazyLock::new(|| {
        let mut specification = BASE64.specification();
        specification.check_trailing_bits = false;
        specification.ignore.push_str("\r\n");
        specification
            .encoding()
            .expect("the specification is valid")
    });
    GO.decode(text.as_bytes()).ok()
}
