//! Randomness, all of it from the [`Host`]: a seeded host makes a render repeatable.

use data_encoding::BASE64;
use homescale_go::utf8;
use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::Host;
use crate::arguments::{Outcome, ask, take};
use crate::environment::outside;
use crate::row::BLANK;

const COUNT: Signature = Signature::fixed(&[Type::Int]);

pub(crate) const GROUP: Group = Group {
    name: "random",
    about: "Makes random text and numbers.",
    functions: &[
        Function {
            name: "randAlpha",
            signature: COUNT,
            usage: "randAlpha COUNT",
            about: "Gives that many random letters.",
            examples: &[(r#"{{ randAlpha 8 | regexMatch "^[A-Za-z]{8}$" }}"#, "true")],
            call: |context, args| rand_text(context, args, u8::is_ascii_alphabetic),
            ..BLANK
        },
        Function {
            name: "randAlphaNum",
            signature: COUNT,
            usage: "randAlphaNum COUNT",
            about: "Gives that many random letters and digits.",
            examples: &[(
                r#"{{ randAlphaNum 8 | regexMatch "^[0-9A-Za-z]{8}$" }}"#,
                "true",
            )],
            call: |context, args| rand_text(context, args, u8::is_ascii_alphanumeric),
            ..BLANK
        },
        Function {
            name: "randAscii",
            signature: COUNT,
            usage: "randAscii COUNT",
            about: "Gives that many random printable characters of ASCII.",
            examples: &[(r#"{{ randAscii 8 | regexMatch "^[ -~]{8}$" }}"#, "true")],
            call: |context, args| rand_text(context, args, |b| (b' '..=b'~').contains(b)),
            ..BLANK
        },
        Function {
            name: "randBytes",
            signature: COUNT,
            usage: "randBytes COUNT",
            about: "Gives that many random bytes in base 64.",
            examples: &[(
                r#"{{ randBytes 3 | regexMatch "^[0-9A-Za-z+/]{4}$" }}"#,
                "true",
            )],
            call: rand_bytes,
            ..BLANK
        },
        Function {
            name: "randInt",
            signature: Signature::fixed(&[Type::Int, Type::Int]),
            usage: "randInt MIN MAX",
            about: "Gives a random integer from the minimum up to, and without, the maximum.",
            examples: &[("{{ randInt 5 6 }}", "5")],
            call: rand_int,
            ..BLANK
        },
        Function {
            name: "randNumeric",
            signature: COUNT,
            usage: "randNumeric COUNT",
            about: "Gives that many random digits.",
            examples: &[(r#"{{ randNumeric 8 | regexMatch "^[0-9]{8}$" }}"#, "true")],
            call: |context, args| rand_text(context, args, u8::is_ascii_digit),
            ..BLANK
        },
        Function {
            name: "shuffle",
            signature: Signature::fixed(&[Type::String]),
            usage: "shuffle TEXT",
            about: "Puts the characters of a text in a random order.",
            examples: &[(r#"{{ shuffle "aaa" }}"#, "aaa")],
            call: shuffle,
            ..BLANK
        },
        Function {
            name: "uuidv4",
            usage: "uuidv4",
            about: "Gives a random UUID.",
            examples: &[(
                r#"{{ uuidv4 | regexMatch "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]" }}"#,
                "true",
            )],
            call: uuidv4,
            ..BLANK
        },
    ],
};

/// How much randomness a call may ask for.
const MAX_COUNT: usize = 1 << 24;

/// Steps for a character that is chosen, and for a byte: they are hashes where a seed decides them.
const CHARACTER: u64 = 40;
const BYTE: u64 = 2;

/// A random number below `limit`, every one as likely as the other.
pub(crate) fn below(host: &dyn Host, limit: u64) -> u64 {
    // Numbers from the incomplete last multiple of the limit would favour the small ones.
    let fair = u64::MAX - u64::MAX % limit.max(1);
    loop {
        let mut bytes = [0; 8];
        host.random(&mut bytes);
        let number = u64::from_le_bytes(bytes);
        if number < fair {
            return number % limit.max(1);
        }
    }
}

/// Sprig drops the error for a negative count, and the text with it.
fn rand_text(context: &mut dyn Context, args: &[Value], wanted: fn(&u8) -> bool) -> Outcome {
    let count: i64 = take(args)?;
    let count = usize::try_from(count).unwrap_or_default();
    if count > MAX_COUNT {
        return Err("makeslice: len out of range".into());
    }
    ask(context, count)?;
    context.consume(count as u64 * CHARACTER, 0)?;
    let host = outside(context)?;
    let alphabet: Vec<u8> = (0..=u8::MAX).filter(wanted).collect();
    let mut text = String::with_capacity(count);
    for _ in 0..count {
        let index = below(host, alphabet.len() as u64);
        text.push(char::from(alphabet[index as usize]));
    }
    Ok(text.into())
}

fn rand_bytes(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let count: i64 = take(args)?;
    let count = usize::try_from(count)
        .ok()
        .filter(|count| *count <= MAX_COUNT);
    let Some(count) = count else {
        return Err("runtime error: makeslice: len out of range".into());
    };
    ask(context, 2 * count)?;
    context.consume(count as u64 * BYTE, 0)?;
    let mut bytes = vec![0; count];
    outside(context)?.random(&mut bytes);
    Ok(BASE64.encode(&bytes).into())
}

fn rand_int(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (min, max): (i64, i64) = take(args)?;
    match u64::try_from(max.wrapping_sub(min)) {
        Ok(width) if width > 0 => {
            let offset = below(outside(context)?, width);
            Ok(Value::Int(min.wrapping_add(offset as i64)))
        }
        _ => Err("invalid argument to Intn".into()),
    }
}

fn shuffle(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut characters: Vec<char> = utf8::runes(text).map(|(rune, _)| rune).collect();
    context.consume(characters.len() as u64 * CHARACTER, 0)?;
    let host = outside(context)?;
    for last in (1..characters.len()).rev() {
        let other = below(host, last as u64 + 1);
        characters.swap(last, other as usize);
    }
    Ok(characters.into_iter().collect::<String>().into())
}

fn uuidv4(context: &mut dyn Context, _: &[Value]) -> Outcome {
    let mut bytes = [0; 16];
    outside(context)?.random(&mut bytes);
    let version = 0x4 << 76;
    let variant = 0x2 << 62;
    let bits = u128::from_be_bytes(bytes) & !(0xF << 76) & !(0x3 << 62) | version | variant;
    let hex = format!("{bits:032x}");
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    Ok(parts.join("-").into())
}
