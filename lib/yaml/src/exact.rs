//! [`ExactNumber`]: a number that keeps the text it was read from.

use std::any::Any;
use std::fmt;

use homescale_value::{CallError, Number, Object, Value, object};

/// A number as it was written, as Go's `json.Number` is: for readers that write most of what they read as it was.
///
/// [`Tree::to_exact_value`](crate::Tree::to_exact_value) and [`json::decode_first`](crate::json::decode_first) give them;
/// [`to_yaml`](crate::to_yaml) writes their text. Two are equal when they are the same number.
///
/// ```
/// use homescale_yaml::{ExactNumber, Numeric, parse, to_yaml};
///
/// let value = parse(b"big: 9007199254740993\nratio: 1.0\n")?.to_exact_value()?;
/// let big = value.as_map().unwrap().get("big").unwrap();
/// let big: &ExactNumber = big.downcast().unwrap();
/// assert_eq!(big.numeric(), Numeric::Integer(9_007_199_254_740_993));
/// assert_eq!(to_yaml(&value).unwrap(), "big: 9007199254740993\nratio: 1.0\n");
/// # Ok::<(), homescale_yaml::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ExactNumber {
    text: Box<str>,
    numeric: Numeric,
}

/// What a number means. Integers and floats of the same value are equal.
#[derive(Clone, Copy, Debug)]
pub enum Numeric {
    /// An integer, which fits 64 bits with a sign or without.
    Integer(i128),
    /// Any other number. It is finite.
    Float(f64),
}

impl Numeric {
    /// The number of a float: an integer where it is one that fits 64 bits.
    pub fn of_float(float: f64) -> Self {
        let integer = float as i128;
        let fits = (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(&integer);
        if fits && integer as f64 == float && float.fract() == 0.0 {
            Self::Integer(integer)
        } else {
            Self::Float(float)
        }
    }
}

impl PartialEq for Numeric {
    fn eq(&self, other: &Self) -> bool {
        let normal = |numeric: &Self| match numeric {
            Self::Integer(integer) => Self::Integer(*integer),
            Self::Float(float) => Self::of_float(*float),
        };
        match (normal(self), normal(other)) {
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            _ => false,
        }
    }
}

impl ExactNumber {
    /// The value of a number that is written as `text`, and means `numeric`.
    pub fn value(text: impl Into<Box<str>>, numeric: Numeric) -> Value {
        let text = text.into();
        object(Self { text, numeric })
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it means.
    pub fn numeric(&self) -> Numeric {
        self.numeric
    }
}

impl From<Numeric> for Value {
    fn from(numeric: Numeric) -> Self {
        match numeric {
            Numeric::Float(float) => Self::Float(float),
            Numeric::Integer(integer) => match (i64::try_from(integer), u64::try_from(integer)) {
                (Ok(integer), _) => Self::Int64(integer),
                (_, Ok(integer)) => Self::Number(Number::Uint64(integer)),
                _ => Self::Float(integer as f64),
            },
        }
    }
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Object for ExactNumber {
    fn type_name(&self) -> &'static str {
        "json.Number"
    }

    fn text(&self) -> Option<String> {
        Some(self.text.to_string())
    }

    fn to_data(&self) -> Result<Value, CallError> {
        Ok(self.numeric.into())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|other| other.numeric == self.numeric)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{json, parse, to_yaml};

    fn written(text: &str) -> String {
        to_yaml(&parse(text.as_bytes()).unwrap().to_exact_value().unwrap()).unwrap()
    }

    #[test]
    fn every_notation_is_written_as_it_was_read() {
        let numbers = [
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "100000000000000000000",
            "0.1000000000000000055511151231257827",
            "1.0",
            "1e3",
            "1E+3",
            "-0.0",
            "+7",
            "0x10",
            "0o17",
            "017",
            "0b101",
            "1_000",
            ".5",
            "12345678901234567890123456789.5",
        ];
        for number in numbers {
            let text = format!("a:\n- {number}\n- b: {number}\n");
            assert_eq!(written(&text), text);
        }
    }

    #[test]
    fn what_is_no_number_is_written_as_ever() {
        assert_eq!(
            written("a: '1.0'\nb: \"0x10\"\nc: yes\nd: ~\ne: 2001-01-01\nf: 1.2.3\n"),
            "a: \"1.0\"\nb: \"0x10\"\nc: true\nd: null\ne: \"2001-01-01\"\nf: 1.2.3\n"
        );
        // A tag is not written, so the number says by itself what it is.
        assert_eq!(written("a: !!int '7'\nb: !!float 7\n"), "a: 7\nb: 7\n");
    }

    #[test]
    fn numbers_are_equal_by_value() {
        let numeric = |text: &str| {
            let (value, _) = json::decode_first(text.as_bytes()).unwrap();
            value.downcast::<ExactNumber>().unwrap().numeric()
        };
        assert_eq!(numeric("1"), numeric("1.0"));
        assert_eq!(numeric("1000"), numeric("1e3"));
        assert_ne!(numeric("9007199254740992"), numeric("9007199254740993"));
        assert_ne!(numeric("9007199254740992.0"), numeric("9007199254740993"));
        assert_ne!(numeric("0.5"), numeric("0"));
        assert_eq!(numeric("1e300"), numeric("10e299"));
    }
}
