//! Printing as Go's `%v`.

use crate::{MAX_DEPTH, Value, float_text};

/// Appends what `%v` and a template action print: `map[a:1 b:[x <nil>]]`.
///
/// Levels beyond [`MAX_DEPTH`] print as `...`; Go would overflow its stack on a value that contains itself.
pub fn append(out: &mut Vec<u8>, value: &Value) {
    append_to(out, value, MAX_DEPTH);
}

fn append_to(out: &mut Vec<u8>, value: &Value, depth: usize) {
    if depth == 0 {
        return out.extend_from_slice(b"...");
    }
    match value {
        Value::Nil => out.extend_from_slice(b"<nil>"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Float(x) => out.extend_from_slice(float_text(*x).as_bytes()),
        Value::Int(n) | Value::Int64(n) => out.extend_from_slice(n.to_string().as_bytes()),
        Value::Number(number) => {
            let text = match (number.as_i64(), number.as_u64(), number) {
                (Some(n), _, _) => n.to_string(),
                (_, Some(n), _) => n.to_string(),
                (_, _, crate::Number::Float32(x)) => crate::number::float32_text(*x),
                _ => String::new(),
            };
            out.extend_from_slice(text.as_bytes());
        }
        Value::Complex(c) => {
            let sign = if c.1.is_sign_negative() || c.1.is_nan() {
                ""
            } else {
                "+"
            };
            let imaginary = float_text(c.1);
            let sign = if imaginary.starts_with('+') { "" } else { sign };
            let text = format!("({}{sign}{imaginary}i)", float_text(c.0));
            out.extend_from_slice(text.as_bytes());
        }
        Value::Str(s) => out.extend_from_slice(s),
        Value::Bytes(bytes) => {
            let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
            out.push(b'[');
            out.extend_from_slice(numbers.join(" ").as_bytes());
            out.push(b']');
        }
        Value::List(list) => {
            out.push(b'[');
            for (index, item) in list.items().iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                append_to(out, item, depth - 1);
            }
            out.push(b']');
        }
        Value::Map(map) => {
            out.extend_from_slice(b"map[");
            for (index, (key, item)) in map.entries().iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                out.extend_from_slice(key);
                out.push(b':');
                append_to(out, item, depth - 1);
            }
            out.push(b']');
        }
        Value::Object(object) => out.extend_from_slice(object.print().as_bytes()),
    }
}
