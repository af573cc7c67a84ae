//! The texts of numbers.
//!
//! Version 2 gets its numbers from JSON text: one that looks like an integer and fits 64 bits becomes one. Version 3 gets
//! them as they are, so that even whole floats print as floats.

use homescale_go::strconv;
use homescale_value::{Number, Value};

use super::dialect::{Dialect, WriteError};
use crate::exact::{ExactNumber, Numeric};
use crate::json;

/// The integer of the same value, where all its digits are certain in every notation.
pub(super) fn exact(x: f64) -> Option<i64> {
    const CERTAIN: f64 = 9_007_199_254_740_992.0;
    (x.abs() < CERTAIN && x.fract() == 0.0).then_some(x as i64)
}

/// The text of a float. Version 2 refuses what JSON cannot express.
pub(super) fn float(x: f64, dialect: Dialect) -> Result<String, WriteError> {
    if dialect == Dialect::Kubernetes {
        if !x.is_finite() {
            return Err(WriteError::json(json::unsupported_float(x)));
        }
        if x.fract() == 0.0 && x.abs() < json::EXPONENT_FROM {
            let text = exact(x).map_or_else(|| x.to_string(), |n| n.to_string());
            if text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok() {
                return Ok(text);
            }
        }
    }
    Ok(if x.is_nan() {
        ".nan".to_owned()
    } else if x.is_infinite() {
        if x > 0.0 { ".inf" } else { "-.inf" }.to_owned()
    } else {
        strconv::format_float(x, 'g', None, 64)
    })
}

/// The text of a number of a rarer type.
pub(super) fn rare(number: Number, dialect: Dialect) -> Result<String, WriteError> {
    match number {
        // Its digits in JSON are those of a float32; they are read back as a float64.
        Number::Float32(x) if x.is_finite() && dialect == Dialect::Kubernetes => {
            let text = strconv::format_float(x.into(), 'f', None, 32);
            let x = text
                .parse()
                .expect("what is printed as a number reads as one");
            float(x, dialect)
        }
        Number::Float32(x) if !x.is_finite() => float(x.into(), dialect),
        number => Ok(Value::Number(number).to_string()),
    }
}

/// The text of a number that keeps its own. Version 3 gets it as Kubernetes reads it from JSON: an integer of 64 bits with a
/// sign where it is one, however it was written, and else a float.
pub(super) fn exactly(number: &ExactNumber, dialect: Dialect) -> Result<String, WriteError> {
    if dialect == Dialect::Kubernetes {
        return Ok(number.text().to_owned());
    }
    let (numeric, as_float) = match number.numeric() {
        Numeric::Integer(integer) => (Numeric::Integer(integer), integer as f64),
        Numeric::Float(x) => (Numeric::of_float(x), x),
    };
    match numeric {
        Numeric::Integer(integer) if i64::try_from(integer).is_ok() => Ok(integer.to_string()),
        _ => float(as_float, dialect),
    }
}
