//! Strings and bytes: the verbs `s x X q`, and `v d` for bytes.

use super::integer::{Integer, print_hex};
use super::spec::Spec;
use homescale_go::strconv;

/// Appends a string as `verb` asks; false when strings do not know the verb.
pub(super) fn print_string(out: &mut Vec<u8>, spec: Spec, text: &[u8], verb: char) -> bool {
    match verb {
        'v' if spec.sharp_v => print_quoted(out, spec, text),
        'v' | 's' => spec.pad(out, spec.truncate(text)),
        'x' | 'X' => print_bytes_hex(out, spec, text, verb),
        'q' => print_quoted(out, spec, text),
        _ => return false,
    }
    true
}

/// Appends bytes as `verb` asks; false when bytes have no form of their own for it and are a list of numbers.
///
/// `type_name` is what Go syntax calls them: `[]byte` at the top, `[]uint8` inside a container.
pub(super) fn print_bytes(
    out: &mut Vec<u8>,
    spec: Spec,
    bytes: &[u8],
    verb: char,
    type_name: &str,
) -> bool {
    match verb {
        'v' | 'd' if spec.sharp_v => {
            out.extend_from_slice(type_name.as_bytes());
            join(out, bytes, (b'{', ", ", b'}'), |out, byte| {
                print_hex(out, spec, byte.into(), true);
            });
        }
        'v' | 'd' => join(out, bytes, (b'[', " ", b']'), |out, byte| {
            let number = Integer {
                bits: byte.into(),
                signed: false,
            };
            number.print(out, spec, 'd');
        }),
        's' => spec.pad(out, spec.truncate(bytes)),
        'x' | 'X' => print_bytes_hex(out, spec, bytes, verb),
        'q' => print_quoted(out, spec, bytes),
        _ => return false,
    }
    true
}

fn join(
    out: &mut Vec<u8>,
    bytes: &[u8],
    (open, between, close): (u8, &str, u8),
    print: impl Fn(&mut Vec<u8>, u8),
) {
    out.push(open);
    for (index, &byte) in bytes.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(between.as_bytes());
        }
        print(out, byte);
    }
    out.push(close);
}

fn print_quoted(out: &mut Vec<u8>, spec: Spec, text: &[u8]) {
    let text = spec.truncate(text);
    if spec.sharp && strconv::can_backquote(text) {
        spec.pad(out, &[b"`", text, b"`"].concat());
    } else if spec.plus {
        spec.pad(out, strconv::quote_ascii(text).as_bytes());
    } else {
        spec.pad(out, strconv::quote(text).as_bytes());
    }
}

/// Two digits a byte. Unlike elsewhere, the precision counts bytes, and the padding never contains the prefix.
fn print_bytes_hex(out: &mut Vec<u8>, spec: Spec, bytes: &[u8], verb: char) {
    let bytes = &bytes[..spec.precision.unwrap_or(bytes.len()).min(bytes.len())];
    if bytes.is_empty() {
        return spec.push_padding(out, spec.width.unwrap_or(0));
    }
    let prefix = match (spec.sharp, verb) {
        (true, 'X') => "0X",
        (true, _) => "0x",
        _ => "",
    };
    let mut text = String::from(prefix);
    for (index, byte) in bytes.iter().enumerate() {
        if spec.space && index > 0 {
            text.push(' ');
            text.push_str(prefix);
        }
        let digits = if verb == 'X' {
            b"0123456789ABCDEF"
        } else {
            b"0123456789abcdef"
        };
        text.push(char::from(digits[usize::from(byte >> 4)]));
        text.push(char::from(digits[usize::from(byte & 15)]));
    }
    spec.pad(out, text.as_bytes());
}
