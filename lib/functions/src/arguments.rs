//! How functions read their arguments: every conversion rule of Go's reflection, of `spf13/cast` and of Sprig's `strval`.
//!
//! The evaluator has checked number and Go type of the arguments against [`homescale_template::Function::signature`], so
//! [`take`] only unpacks them. What happens to an `interface {}` is decided here, and nowhere else:
//!
//! | function | Go | a value that does not fit |
//! |---|---|---|
//! | [`int64`] | `cast.ToInt64` 1.7 | 0 |
//! | [`float64`] | `cast.ToFloat64` 1.7 | 0 |
//! | [`strval`] | Sprig's `strval`: `String()`, else `%v` | (every value fits) |
//! | [`strings`] | Sprig's `strslice`: a list without its nils, or one text | (every value fits) |
//! | [`with_items`] | `reflect.Value.Index` over a slice | an error that names the kind |
//!
//! What is made of them asks the [`Context`] for room first: [`ask`] and [`took`].

use homescale_go::strconv;
use homescale_template::{Context, Failure, Limit};
use homescale_value::{List, Map, MapType, Number, Str, TimeType, Value, append_text};

/// What a template function gives.
pub(crate) type Outcome<T = Value> = Result<T, Failure>;

/// Go's text for the use of a nil as if it were something.
pub(crate) const NIL_POINTER: &str =
    "runtime error: invalid memory address or nil pointer dereference";

/// A type that arguments can be read as.
pub(crate) trait Argument<'a>: Sized {
    /// Takes what it needs from the front of `args`.
    fn take(args: &mut &'a [Value]) -> Option<Self>;
}

/// Unpacks checked arguments: `let (prefix, text): (&Str, &Str) = take(args)?;`.
pub(crate) fn take<'a, T: Argument<'a>>(mut args: &'a [Value]) -> Outcome<T> {
    T::take(&mut args)
        .ok_or_else(|| Failure::new("reflect: Call using arguments of the wrong type"))
}

fn next<'a>(args: &mut &'a [Value]) -> Option<&'a Value> {
    let (first, rest) = args.split_first()?;
    *args = rest;
    Some(first)
}

/// Counts the work of visiting all that the values hold, as often as they are reached, and says how many that are.
pub(crate) fn visit(context: &mut dyn Context, values: &[Value]) -> Outcome<usize> {
    let limits = &context.options().limits;
    let most = usize::try_from(limits.elements).unwrap_or(usize::MAX);
    let mut held = 0;
    for value in values {
        if let Value::List(_) | Value::Map(_) = value {
            held += value.count(most.saturating_add(1) - held);
        }
        if held > most {
            return Err(limits.exceeded(Limit::Elements).into());
        }
    }
    context.consume(held as u64, 0)?;
    Ok(held)
}

/// Counts a new value with all that it holds.
pub(crate) fn made(context: &mut dyn Context, value: Value) -> Outcome {
    let held = match value {
        Value::List(_) | Value::Map(_) => value.count(usize::MAX) as u64,
        _ => 0,
    };
    context.consume(held / 8, held * size_of::<(Str, Value)>() as u64)?;
    Ok(value)
}

/// An `interface {}`, as it is.
impl<'a> Argument<'a> for &'a Value {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        next(args)
    }
}

/// A `string`.
impl<'a> Argument<'a> for &'a Str {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        next(args)?.as_str()
    }
}

/// An `int` (or another signed integer).
impl<'a> Argument<'a> for i64 {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        next(args)?.as_i64()
    }
}

/// A `uint32`.
impl<'a> Argument<'a> for u32 {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        match next(args)? {
            Value::Number(Number::Uint32(n)) => Some(*n),
            _ => None,
        }
    }
}

/// A `bool`.
impl<'a> Argument<'a> for bool {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        match next(args)? {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }
}

/// A `map[string]interface {}`; a nil is a nil map, and a named map type loses its name, as in an assignment.
impl<'a> Argument<'a> for Map {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        as_map(next(args)?)
    }
}

/// The variadic tail.
impl<'a> Argument<'a> for &'a [Value] {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        Some(std::mem::take(args))
    }
}

impl<'a, A: Argument<'a>, B: Argument<'a>> Argument<'a> for (A, B) {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        Some((A::take(args)?, B::take(args)?))
    }
}

impl<'a, A: Argument<'a>, B: Argument<'a>, C: Argument<'a>> Argument<'a> for (A, B, C) {
    fn take(args: &mut &'a [Value]) -> Option<Self> {
        Some((A::take(args)?, B::take(args)?, C::take(args)?))
    }
}

/// A value that was checked as `map[string]interface {}`.
pub(crate) fn as_map(value: &Value) -> Option<Map> {
    match value {
        Value::Nil => Some(Map::nil(&MapType::ANY)),
        Value::Map(map) if map.ty().name == MapType::ANY.name => Some(map.clone()),
        Value::Map(map) => Some(map.retyped(&MapType::ANY)),
        _ => None,
    }
}

/// The maps of a variadic tail of `map[string]interface {}`.
pub(crate) fn maps(args: &[Value]) -> impl Iterator<Item = Map> {
    args.iter().filter_map(as_map)
}

/// The strings of a variadic tail of `string`.
pub(crate) fn texts(args: &[Value]) -> impl Iterator<Item = &Str> {
    args.iter().filter_map(Value::as_str)
}

/// `cast.ToInt64`: floats are cut off, text is read with its base prefix, and what cannot be read is 0.
pub(crate) fn int64(value: &Value) -> i64 {
    match value {
        Value::Bool(b) => i64::from(*b),
        Value::Float(x) => truncate(*x),
        Value::Number(Number::Float32(x)) => truncate(f64::from(*x)),
        Value::Str(text) => {
            strconv::parse_int(without_zero_decimals(text), 0, 64).unwrap_or_default()
        }
        Value::Object(_) => named_int(value),
        // An unsigned integer beyond the range wraps, as Go's conversion does.
        other => other
            .as_i64()
            .or_else(|| other.as_u64().map(|n| n as i64))
            .unwrap_or_default(),
    }
}

/// `cast.ToFloat64`: what cannot be read is 0.
pub(crate) fn float64(value: &Value) -> f64 {
    match value {
        Value::Bool(b) => f64::from(u8::from(*b)),
        Value::Str(text) => strconv::parse_float(text, 64).unwrap_or_default(),
        Value::Object(_) => named_int(value) as f64,
        other => other
            .as_f64()
            .or_else(|| other.as_i64().map(|n| n as f64))
            .or_else(|| other.as_u64().map(|n| n as f64))
            .unwrap_or_default(),
    }
}

/// The number of a month or a day of the week, which `cast` knows; a duration is none of its types, and 0.
fn named_int(value: &Value) -> i64 {
    match value {
        Value::Object(object) if object.time_type() != Some(TimeType::Duration) => {
            object.integer().map_or(0, |(number, _)| number)
        }
        _ => 0,
    }
}

/// Go's conversion of a float to `int64` on amd64: out of range gives the smallest integer, where Rust's would saturate.
pub(crate) fn truncate(x: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&x) {
        x as i64
    } else {
        i64::MIN
    }
}

/// `1.00` is read as the integer 1; `1.50` stays as it is, and is no integer.
fn without_zero_decimals(text: &[u8]) -> &[u8] {
    let zeros = text.iter().rev().take_while(|b| **b == b'0').count();
    match text[..text.len() - zeros].split_last() {
        Some((b'.', head)) if zeros > 0 => head,
        _ => text,
    }
}

/// Sprig's `strval`: a string as it is, bytes as a string, everything else as it prints.
pub(crate) fn strval(context: &mut dyn Context, value: &Value) -> Outcome<Str> {
    match value {
        Value::Str(text) | Value::Bytes(text) => Ok(text.clone()),
        other => printed(context, other),
    }
}

/// What `%v` prints. A text that was not there before is counted.
pub(crate) fn printed(context: &mut dyn Context, value: &Value) -> Outcome<Str> {
    if let Value::Str(text) = value {
        return Ok(text.clone());
    }
    let mut out = Vec::new();
    append_text(&mut out, value);
    took(context, out.len())?;
    Ok(out.into())
}

/// What `%q` prints of a string.
pub(crate) fn quoted(context: &dyn Context, text: &[u8]) -> Outcome<String> {
    ask_quoted(context, text)?;
    Ok(strconv::quote(text))
}

/// Makes sure that there is room for what `%q` prints of a string: the longest escapes, in a buffer that doubles.
pub(crate) fn ask_quoted(context: &dyn Context, text: &[u8]) -> Outcome<()> {
    ask(context, text.len().saturating_mul(8))
}

/// Sprig's `strslice`: the texts of a list without its nils; of anything else, its one text; of nil, none.
pub(crate) fn strings(context: &mut dyn Context, value: &Value) -> Outcome<Vec<Str>> {
    match value {
        Value::Nil => Ok(Vec::new()),
        Value::List(list) => {
            let items = list.items();
            let present = items.iter().filter(|item| !matches!(item, Value::Nil));
            present.map(|item| strval(context, item)).collect()
        }
        Value::Bytes(bytes) => {
            took(context, bytes.len() * EACH_TEXT)?;
            Ok(bytes.iter().map(|b| b.to_string().into()).collect())
        }
        other => Ok(vec![strval(context, other)?]),
    }
}

/// How many bytes a short text takes beside those that it holds: its handles, and its place in a list.
pub(crate) const EACH_TEXT: usize = 64;

/// A new list of strings, which are counted before they are made.
pub(crate) fn string_list(context: &mut dyn Context, parts: &[&[u8]]) -> Outcome {
    let texts: usize = parts.iter().map(|part| part.len()).sum();
    took(context, texts + parts.len() * EACH_TEXT)?;
    Ok(Value::List(List::strings(parts.iter().copied())))
}

/// Makes sure that there is room for this many bytes, before they are made.
pub(crate) fn ask(context: &dyn Context, bytes: usize) -> Outcome<()> {
    if bytes > context.room() {
        return Err(Failure::TooLong);
    }
    Ok(())
}

/// Counts bytes that the evaluator does not see.
pub(crate) fn took(context: &mut dyn Context, bytes: usize) -> Outcome<()> {
    context.consume(0, bytes as u64)
}

/// Calls `f` with the elements of a slice. `complaint` opens the error for anything that is none: the kind follows it.
pub(crate) fn with_items<R>(
    value: &Value,
    complaint: &str,
    f: impl FnOnce(&[Value]) -> R,
) -> Outcome<R> {
    match value {
        Value::List(list) => Ok(f(&list.items())),
        Value::Bytes(bytes) => {
            let items: Vec<Value> = bytes
                .iter()
                .map(|b| Value::Number(Number::Uint8(*b)))
                .collect();
            Ok(f(&items))
        }
        Value::Nil => Err(NIL_POINTER.into()),
        other => Err(Failure::Message(format!("{complaint} {}", other.kind()))),
    }
}

/// A new `[]interface {}`.
pub(crate) fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::List(items.into_iter().collect::<List>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_an_integer_only_when_all_of_it_is_one() {
        let cases = [
            ("0x1f", 31),
            ("10.00", 10),
            ("1.50", 0),
            ("08", 0),
            ("010", 8),
            ("1_000", 1000),
            (" 3", 0),
            ("", 0),
        ];
        for (text, number) in cases {
            assert_eq!(int64(&Value::from(text)), number, "{text:?}");
        }
    }

    #[test]
    fn floats_outside_the_range_become_the_smallest_integer() {
        assert_eq!(truncate(1e19), i64::MIN);
        assert_eq!(truncate(f64::NAN), i64::MIN);
        assert_eq!(truncate(-1.9), -1);
    }
}
