//! Conversion between numbers and text. What cannot be converted gives 0, never an error.

use homescale_go::strconv;
use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::arguments::{Outcome, float64, int64, printed, strval, take};
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "conversion",
    about: "Converts between numbers and text.",
    functions: &[
        Function {
            name: "atoi",
            signature: Signature::fixed(&[Type::String]),
            usage: "atoi TEXT",
            about: "Reads a decimal integer as `int`.",
            examples: &[(r#"{{ atoi "08" }} {{ atoi "x" }}"#, "8 0")],
            call: atoi,
            ..BLANK
        },
        Function {
            name: "float64",
            signature: Signature::fixed(&[Type::Any]),
            usage: "float64 VALUE",
            about: "Converts to `float64`.",
            examples: &[(r#"{{ float64 "1.5" }} {{ float64 true }}"#, "1.5 1")],
            call: |_, args| {
                let value: &Value = take(args)?;
                Ok(float64(value).into())
            },
            ..BLANK
        },
        Function {
            name: "int",
            signature: Signature::fixed(&[Type::Any]),
            usage: "int VALUE",
            about: "Converts to `int`, with floats cut off and text read with its base prefix.",
            examples: &[(r#"{{ int 2.9 }} {{ int "0x1f" }}"#, "2 31")],
            call: |_, args| {
                let value: &Value = take(args)?;
                Ok(Value::Int(int64(value)))
            },
            ..BLANK
        },
        Function {
            name: "int64",
            signature: Signature::fixed(&[Type::Any]),
            usage: "int64 VALUE",
            about: "Converts to `int64`, with floats cut off and text read with its base prefix.",
            examples: &[(r#"{{ int64 "12" }} {{ kindOf (int64 1) }}"#, "12 int64")],
            call: |_, args| {
                let value: &Value = take(args)?;
                Ok(Value::Int64(int64(value)))
            },
            ..BLANK
        },
        Function {
            name: "toDecimal",
            signature: Signature::fixed(&[Type::Any]),
            usage: "toDecimal VALUE",
            about: "Reads the digits of a value as an octal number.",
            examples: &[("{{ toDecimal 777 }}", "511")],
            call: to_decimal,
            ..BLANK
        },
        Function {
            name: "toString",
            signature: Signature::fixed(&[Type::Any]),
            usage: "toString VALUE",
            about: "Gives the text that the value prints as.",
            examples: &[("{{ toString 1.0 | kindOf }}", "string")],
            call: |context, args| {
                let value: &Value = take(args)?;
                Ok(Value::Str(strval(context, value)?))
            },
            ..BLANK
        },
    ],
};

/// A number that does not fit gives the nearest that does, because Sprig drops the error but not the result.
fn atoi(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let number = strconv::atoi(text).unwrap_or_else(|error| error.value);
    Ok(Value::Int(number))
}

fn to_decimal(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    let number = strconv::parse_int(printed(context, value)?, 8, 64).unwrap_or_default();
    Ok(Value::Int64(number))
}
