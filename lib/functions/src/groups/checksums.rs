//! Checksums of text, in hexadecimal.

use std::fmt::Write;

use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Str, Type, Value};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::arguments::{Outcome, take};
use crate::row::BLANK;

const TEXT: Signature = Signature::fixed(&[Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "checksums",
    about: "Computes checksums.",
    functions: &[
        Function {
            name: "adler32sum",
            signature: TEXT,
            usage: "adler32sum TEXT",
            about: "Gives the Adler-32 checksum as a decimal number.",
            examples: &[(r#"{{ adler32sum "Wikipedia" }}"#, "300286872")],
            call: adler32sum,
            ..BLANK
        },
        Function {
            name: "sha1sum",
            signature: TEXT,
            usage: "sha1sum TEXT",
            about: "Gives the SHA-1 checksum.",
            examples: &[(
                r#"{{ sha1sum "abc" }}"#,
                "a9993e364706816aba3e25717850c26c9cd0d89d",
            )],
            call: |_, args| hashed::<Sha1>(args),
            ..BLANK
        },
        Function {
            name: "sha256sum",
            signature: TEXT,
            usage: "sha256sum TEXT",
            about: "Gives the SHA-256 checksum.",
            examples: &[(r#"{{ sha256sum "abc" | trunc 16 }}"#, "ba7816bf8f01cfea")],
            call: |_, args| hashed::<Sha256>(args),
            ..BLANK
        },
        Function {
            name: "sha512sum",
            signature: TEXT,
            usage: "sha512sum TEXT",
            about: "Gives the SHA-512 checksum.",
            examples: &[(r#"{{ sha512sum "abc" | trunc 16 }}"#, "ddaf35a193617aba")],
            call: |_, args| hashed::<Sha512>(args),
            ..BLANK
        },
    ],
};

fn adler32sum(_: &mut dyn Context, args: &[Value]) -> Outcome {
    const MODULUS: u32 = 65_521;
    let text: &Str = take(args)?;
    let (low, high) = text.iter().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % MODULUS;
        (low, (high + low) % MODULUS)
    });
    Ok((high << 16 | low).to_string().into())
}

fn hashed<D: Digest>(args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut hex = String::new();
    for byte in D::digest(text.as_bytes()) {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex.into())
}
