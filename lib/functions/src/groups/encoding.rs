//! Base 64 and base 32. A text that cannot be decoded gives the error's text instead, as in Sprig.

use std::fmt::Display;

use data_encoding::{BASE32, BASE64, Encoding};
use homescale_go::{base32, base64};
use homescale_template::{Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::arguments::{Outcome, take};
use crate::row::BLANK;

const TEXT: Signature = Signature::fixed(&[Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "encoding",
    about: "Writes and reads base 64 and base 32.",
    functions: &[
        Function {
            name: "b32dec",
            signature: TEXT,
            usage: "b32dec TEXT",
            about: "Decodes base 32.",
            examples: &[(r#"{{ b32dec "NBSWY3DP" }}"#, "hello")],
            call: |_, args| decoded(args, base32::decode),
            ..BLANK
        },
        Function {
            name: "b32enc",
            signature: TEXT,
            usage: "b32enc TEXT",
            about: "Encodes in base 32.",
            examples: &[(r#"{{ b32enc "hello" }}"#, "NBSWY3DP")],
            call: |_, args| encoded(args, &BASE32),
            ..BLANK
        },
        Function {
            name: "b64dec",
            signature: TEXT,
            usage: "b64dec TEXT",
            about: "Decodes base 64.",
            examples: &[(r#"{{ b64dec "aGVsbG8=" }}"#, "hello")],
            call: |_, args| decoded(args, base64::decode),
            ..BLANK
        },
        Function {
            name: "b64enc",
            signature: TEXT,
            usage: "b64enc TEXT",
            about: "Encodes in base 64.",
            examples: &[(r#"{{ b64enc "hello" }}"#, "aGVsbG8=")],
            call: |_, args| encoded(args, &BASE64),
            ..BLANK
        },
    ],
};

fn encoded(args: &[Value], encoding: &Encoding) -> Outcome {
    let text: &Str = take(args)?;
    Ok(encoding.encode(text).into())
}

fn decoded<E: Display>(args: &[Value], decode: fn(&[u8]) -> Result<Vec<u8>, E>) -> Outcome {
    let text: &Str = take(args)?;
    Ok(match decode(text) {
        Ok(bytes) => Value::Str(bytes.into()),
        Err(error) => error.to_string().into(),
    })
}
