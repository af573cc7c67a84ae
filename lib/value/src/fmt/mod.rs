//! Go's `fmt`: `Sprintf`, `Sprint` and `Sprintln` for the values that templates hold.
//!
//! Every verb, flag, width, precision and argument index behaves as in Go 1.25, and so do the complaints that Go writes
//! into the text in place of an error.
//!
//! ```
//! use homescale_value::{Value, fmt};
//!
//! let text = fmt::sprintf(b"%-6s|%+d|%x|%d", &["web".into(), Value::Int(3), "hi".into()]);
//! assert_eq!(text, b"web   |+3|6869|%!d(MISSING)");
//! ```
//!
//! What differs: where Go would run out of stack or memory, levels deeper than [`MAX_DEPTH`](crate::MAX_DEPTH)
//! print as `...`, and once a text has grown past what the [`Bounds`](crate::Bounds) allow, the values that follow are left out. And
//! `%p` prints the same made-up address for every list and map, because an address is different in every run of Go. There
//! is no nil `[]byte`, so that `%#v` shows an empty one.

mod directive;
mod float;
mod integer;
mod print;
mod spec;
mod text;

use std::fmt;

use self::print::Printer;
use crate::{Kind, Value};

/// Appends what `%v` and a template action print: `map[a:1 b:[x <nil>]]`.
///
/// Levels beyond [`MAX_DEPTH`](crate::MAX_DEPTH) print as `...`; Go would overflow its stack on a value that contains
/// itself. What follows the first bytes, as many as the [`Bounds`](crate::Bounds) allow, is left out.
pub fn append(out: &mut Vec<u8>, value: &Value) {
    match value {
        // Nearly all that templates print.
        Value::Str(text) => out.extend_from_slice(text),
        Value::Nil => out.extend_from_slice(b"<nil>"),
        _ => {
            let mut printer = Printer::after(std::mem::take(out));
            printer.print_value(value, 'v', 0);
            *out = printer.finish();
        }
    }
}

/// The text of `%v`, with U+FFFD in place of bytes that are not UTF-8. See [`append`] for the bytes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::new();
        append(&mut bytes, self);
        f.write_str(&String::from_utf8_lossy(&bytes))
    }
}

/// Formats `args` as the directives in `format` say (`fmt.Sprintf`).
pub fn sprintf(format: &[u8], args: &[Value]) -> Vec<u8> {
    let mut printer = Printer::new(format.len() + 16 * args.len());
    directive::print(&mut printer, format, args);
    printer.finish()
}

/// The values in their `%v` form, with a space between two that are not strings (`fmt.Sprint`).
///
/// ```
/// # use homescale_value::{Value, fmt};
/// assert_eq!(fmt::sprint(&[1.into(), 2.into(), "a".into(), 3.into()]), b"1 2a3");
/// ```
pub fn sprint(args: &[Value]) -> Vec<u8> {
    let mut printer = Printer::new(16 * args.len());
    let mut after_string = true;
    for arg in args {
        let is_string = arg.kind() == Kind::String;
        if !is_string && !after_string {
            printer.write(b" ");
        }
        printer.print_argument(arg, 'v');
        after_string = is_string;
    }
    printer.finish()
}

/// The values in their `%v` form, with a space between any two and a newline after the last (`fmt.Sprintln`).
pub fn sprintln(args: &[Value]) -> Vec<u8> {
    let mut printer = Printer::new(16 * args.len());
    for (index, arg) in args.iter().enumerate() {
        if index > 0 {
            printer.write(b" ");
        }
        printer.print_argument(arg, 'v');
    }
    printer.write(b"\n");
    printer.finish()
}

#[cfg(test)]
mod tests;
