//! Arithmetic with fractions. The four operations go through decimals, so `addf 0.1 0.2` is 0.3.

use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Type, Value};

use crate::arguments::{Outcome, float64, take};
use crate::row::BLANK;
use crate::sprig::decimal::Decimal;

const ONE: Signature = Signature::fixed(&[Type::Any]);
const ONE_OR_MORE: Signature = Signature::variadic(&[Type::Any], Type::Any);

pub(crate) const GROUP: Group = Group {
    name: "float_math",
    about: "Adds, multiplies, compares and rounds numbers with fractions.",
    functions: &[
        Function {
            name: "add1f",
            signature: ONE,
            usage: "add1f NUMBER",
            about: "Adds 1.",
            examples: &[("{{ add1f 1.5 }}", "2.5")],
            call: |_, args| {
                let number: &Value = take(args)?;
                computed(number, &[Value::Int(1)], |a, b| Ok(a.add(&b)))
            },
            ..BLANK
        },
        Function {
            name: "addf",
            signature: Signature::variadic(&[], Type::Any),
            usage: "addf NUMBER...",
            about: "Adds numbers.",
            examples: &[("{{ addf 0.1 0.2 }}", "0.3")],
            call: |_, args| computed(&Value::Float(0.0), args, |a, b| Ok(a.add(&b))),
            ..BLANK
        },
        Function {
            name: "ceil",
            signature: ONE,
            usage: "ceil NUMBER",
            about: "Rounds up.",
            examples: &[("{{ ceil 1.2 }}", "2")],
            call: |_, args| {
                let number: &Value = take(args)?;
                Ok(float64(number).ceil().into())
            },
            ..BLANK
        },
        Function {
            name: "divf",
            signature: ONE_OR_MORE,
            usage: "divf NUMBER DIVISOR...",
            about: "Divides, to 16 digits after the point.",
            examples: &[("{{ divf 1 3 }}", "0.3333333333333333")],
            call: |_, args| chained(args, |a, b| a.divide(&b)),
            ..BLANK
        },
        Function {
            name: "floor",
            signature: ONE,
            usage: "floor NUMBER",
            about: "Rounds down.",
            examples: &[("{{ floor 1.8 }}", "1")],
            call: |_, args| {
                let number: &Value = take(args)?;
                Ok(float64(number).floor().into())
            },
            ..BLANK
        },
        Function {
            name: "maxf",
            signature: ONE_OR_MORE,
            usage: "maxf NUMBER NUMBER...",
            about: "Gives the largest number.",
            examples: &[("{{ maxf 1 2.5 2 }}", "2.5")],
            call: |_, args| Ok(picked(args, |a, b| a > b)),
            ..BLANK
        },
        Function {
            name: "minf",
            signature: ONE_OR_MORE,
            usage: "minf NUMBER NUMBER...",
            about: "Gives the smallest number.",
            examples: &[("{{ minf 1.5 2 1.25 }}", "1.25")],
            call: |_, args| Ok(picked(args, |a, b| a < b)),
            ..BLANK
        },
        Function {
            name: "mulf",
            signature: ONE_OR_MORE,
            usage: "mulf NUMBER NUMBER...",
            about: "Multiplies numbers.",
            examples: &[("{{ mulf 1.5 2 2 }}", "6")],
            call: |_, args| chained(args, |a, b| Ok(a.multiply(&b))),
            ..BLANK
        },
        Function {
            name: "round",
            signature: Signature::variadic(&[Type::Any, Type::Int], Type::Float64),
            usage: "round NUMBER PLACES FROM...",
            about: "Rounds to a number of places, up from a fraction of one half or the one given.",
            examples: &[("{{ round 123.555 2 }}", "123.56")],
            call: round,
            ..BLANK
        },
        Function {
            name: "subf",
            signature: ONE_OR_MORE,
            usage: "subf NUMBER SUBTRAHEND...",
            about: "Subtracts from the first number all others.",
            examples: &[("{{ subf 1 0.9 }}", "0.1")],
            call: |_, args| chained(args, |a, b| Ok(a.subtract(&b))),
            ..BLANK
        },
    ],
};

type Operation = fn(Decimal, Decimal) -> Outcome<Decimal>;

fn chained(args: &[Value], operation: Operation) -> Outcome {
    let (first, rest): (&Value, &[Value]) = take(args)?;
    computed(first, rest, operation)
}

fn computed(first: &Value, rest: &[Value], operation: Operation) -> Outcome {
    let mut result = Decimal::from_float(float64(first))?;
    for value in rest {
        result = operation(result, Decimal::from_float(float64(value))?)?;
    }
    Ok(result.to_float().into())
}

/// Go's `math.Max` or `math.Min` over all: NaN wins, and of two zeros the positive one is the larger.
fn picked(args: &[Value], beats: fn(f64, f64) -> bool) -> Value {
    let rank = |x: f64| {
        if x == 0.0 {
            f64::MIN_POSITIVE.copysign(x)
        } else {
            x
        }
    };
    let best = args.iter().map(float64).reduce(|best, x| {
        let is_better = beats(rank(x), rank(best)) || x.is_nan();
        if is_better && !best.is_nan() { x } else { best }
    });
    best.unwrap_or_default().into()
}

/// Negative numbers have a negative fraction, which is always below the limit: they are rounded down.
fn round(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (number, places, from): (&Value, i64, &[Value]) = take(args)?;
    let from = from.first().map_or(0.5, float64);
    let scale = power_of_ten(places);
    let scaled = scale * float64(number);
    let rounded = if scaled.fract() >= from {
        scaled.ceil()
    } else {
        scaled.floor()
    };
    Ok((rounded / scale).into())
}

/// Go's `math.Pow(10, places)`: repeated squaring of the mantissa, whose last digit can differ from libm's.
fn power_of_ten(places: i64) -> f64 {
    // 10 is 0.625 times 2 to the 4th.
    let (mut base, mut base_exponent) = (0.625_f64, 4_i64);
    let (mut mantissa, mut exponent) = (1.0_f64, 0_i64);
    let mut bits = places.unsigned_abs();
    while bits != 0 {
        if !(-4096..=4096).contains(&base_exponent) {
            // Beyond what a float can hold.
            exponent += base_exponent;
            break;
        }
        if bits & 1 == 1 {
            mantissa *= base;
            exponent += base_exponent;
        }
        base *= base;
        base_exponent *= 2;
        if base < 0.5 {
            base += base;
            base_exponent -= 1;
        }
        bits >>= 1;
    }
    if places < 0 {
        mantissa = 1.0 / mantissa;
        exponent = -exponent;
    }
    // In two steps, because the power alone may be out of range where the product is not.
    let exponent = exponent.clamp(-5000, 5000) as i32;
    let half = exponent / 2;
    mantissa * 2.0_f64.powi(half) * 2.0_f64.powi(exponent - half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_exact_where_they_can_be() {
        assert_eq!(power_of_ten(0), 1.0);
        assert_eq!(power_of_ten(22), 1e22);
        assert_eq!(power_of_ten(-2), 0.01);
        assert_eq!(power_of_ten(400), f64::INFINITY);
        assert_eq!(power_of_ten(-400), 0.0);
        assert_eq!(power_of_ten(i64::MIN), 0.0);
    }
}
