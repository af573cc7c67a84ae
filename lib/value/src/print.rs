//! Printing as Go's `%v`.

use homescale_go::strconv::format_float;

use crate::{Bound, List, MAX_DEPTH, Map, Number, Value, bounds};

/// Appends what `%v` and a template action print: `map[a:1 b:[x <nil>]]`.
///
/// Levels beyond [`MAX_DEPTH`] print as `...`; Go would overflow its stack on a value that contains itself. What
/// follows the first bytes, as many as the [`Bounds`](crate::Bounds) allow, is left out.
pub fn append(out: &mut Vec<u8>, value: &Value) {
    let limit = out.len().saturating_add(bounds::current().text);
    append_to(out, value, MAX_DEPTH, limit);
}

/// Only containers recur, through functions kept small for the sake of the stack.
fn append_to(out: &mut Vec<u8>, value: &Value, depth: usize, limit: usize) {
    match value {
        _ if out.len() > limit => bounds::reach(Bound::Text),
        _ if depth == 0 => out.extend_from_slice(b"..."),
        Value::Str(s) => out.extend_from_slice(s),
        Value::List(list) => append_list(out, list, depth, limit),
        Value::Map(map) => append_map(out, map, depth, limit),
        _ => append_leaf(out, value),
    }
}

fn append_list(out: &mut Vec<u8>, list: &List, depth: usize, limit: usize) {
    out.push(b'[');
    for (index, item) in list.items().iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        append_to(out, item, depth - 1, limit);
    }
    out.push(b']');
}

fn append_map(out: &mut Vec<u8>, map: &Map, depth: usize, limit: usize) {
    out.extend_from_slice(b"map[");
    for (index, (key, item)) in map.entries().iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(key);
        out.push(b':');
        append_to(out, item, depth - 1, limit);
    }
    out.push(b']');
}

fn append_leaf(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Float(x) => out.extend_from_slice(format_float(*x, 'g', None, 64).as_bytes()),
        Value::Int(n) | Value::Int64(n) => out.extend_from_slice(n.to_string().as_bytes()),
        Value::Number(number) => out.extend_from_slice(number_text(*number).as_bytes()),
        Value::Complex(c) => {
            let (real, imaginary) = (
                format_float(c.0, 'g', None, 64),
                format_float(c.1, 'g', None, 64),
            );
            let sign = if imaginary.starts_with(['+', '-']) {
                ""
            } else {
                "+"
            };
            out.extend_from_slice(format!("({real}{sign}{imaginary}i)").as_bytes());
        }
        Value::Bytes(bytes) => {
            let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
            out.push(b'[');
            out.extend_from_slice(numbers.join(" ").as_bytes());
            out.push(b']');
        }
        Value::Object(object) => out.extend_from_slice(object.print().as_bytes()),
        _ => out.extend_from_slice(b"<nil>"),
    }
}

fn number_text(number: Number) -> String {
    match (number.as_i64(), number.as_u64(), number) {
        (Some(n), _, _) => n.to_string(),
        (_, Some(n), _) => n.to_string(),
        (_, _, Number::Float32(x)) => format_float(x.into(), 'g', None, 32),
        _ => String::new(),
    }
}
