//! [`Decimal`]: numbers without binary rounding, as `shopspring/decimal` 1.4 computes for Sprig.

use homescale_go::strconv;
use homescale_template::Failure;
use num_bigint::BigInt;
use num_traits::{Pow, Signed, Zero};

/// How many digits after the point a division keeps.
const DIVISION_PRECISION: i32 = 16;

/// `digits × 10^exponent`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Decimal {
    digits: BigInt,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal that reads back as the float.
    pub(crate) fn from_float(x: f64) -> Result<Self, Failure> {
        if !x.is_finite() {
            let name = if x.is_nan() {
                "NaN"
            } else if x > 0.0 {
                "+Inf"
            } else {
                "-Inf"
            };
            return Err(Failure::Message(format!(
                "Cannot create a Decimal from {name}"
            )));
        }
        let text = strconv::format_float(x, 'e', None, 64);
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}").parse().unwrap_or_default();
        let exponent: i32 = exponent.parse().unwrap_or_default();
        let exponent = exponent - fraction.len() as i32;
        Ok(Self { digits, exponent })
    }

    /// The nearest float.
    pub(crate) fn to_float(&self) -> f64 {
        format!("{}e{}", self.digits, self.exponent)
            .parse()
            .unwrap_or_default()
    }

    pub(crate) fn add(&self, other: &Self) -> Self {
        let exponent = self.exponent.min(other.exponent);
        let digits = self.digits_at(exponent) + other.digits_at(exponent);
        Self { digits, exponent }
    }

    pub(crate) fn subtract(&self, other: &Self) -> Self {
        let digits = -&other.digits;
        let exponent = other.exponent;
        self.add(&Self { digits, exponent })
    }

    pub(crate) fn multiply(&self, other: &Self) -> Self {
        let digits = &self.digits * &other.digits;
        let exponent = self.exponent + other.exponent;
        Self { digits, exponent }
    }

    /// The quotient, rounded half away from zero to 16 digits after the point.
    pub(crate) fn divide(&self, other: &Self) -> Result<Self, Failure> {
        if other.digits.is_zero() {
            return Err("decimal division by 0".into());
        }
        let shift = self.exponent - other.exponent + DIVISION_PRECISION;
        let (dividend, divisor) = if shift >= 0 {
            (&self.digits * ten_to(shift), other.digits.clone())
        } else {
            (self.digits.clone(), &other.digits * ten_to(-shift))
        };
        let quotient = &dividend / &divisor;
        let remainder = (&dividend % &divisor).abs();
        let away = if remainder * 2 < divisor.abs() {
            0
        } else if dividend.is_negative() == divisor.is_negative() {
            1
        } else {
            -1
        };
        let digits = quotient + away;
        let exponent = -DIVISION_PRECISION;
        Ok(Self { digits, exponent })
    }

    /// The digits when the exponent is lowered to `exponent`.
    fn digits_at(&self, exponent: i32) -> BigInt {
        &self.digits * ten_to(self.exponent - exponent)
    }
}

fn ten_to(power: i32) -> BigInt {
    BigInt::from(10).pow(power.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(x: f64) -> Decimal {
        Decimal::from_float(x).unwrap()
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(of(0.1).add(&of(0.2)).to_float(), 0.3);
        assert_eq!(of(1.0).subtract(&of(0.9)).to_float(), 0.1);
        assert_eq!(of(1e300).add(&of(1e-300)).to_float(), 1e300);
    }

    #[test]
    fn quotients_have_sixteen_digits_after_the_point() {
        let seventh = of(1.0).divide(&of(7.0)).unwrap();
        assert_eq!(seventh.to_float(), 0.1428571428571429);
        let negative = of(-2.0).divide(&of(3.0)).unwrap();
        assert_eq!(negative.to_float(), -0.6666666666666667);
        assert_eq!(of(1e-20).divide(&of(1.0)).unwrap().to_float(), 0.0);
    }
}
