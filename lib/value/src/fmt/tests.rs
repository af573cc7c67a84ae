use super::*;
use crate::Field;
use crate::{CallError, List, ListType, MAX_DEPTH, MAX_TEXT, Map, MapType, Number, Object, object};

fn format(format: &str, args: &[Value]) -> String {
    String::from_utf8(sprintf(format.as_bytes(), args)).unwrap()
}

fn list(items: &[Value]) -> Value {
    Value::from(items.to_vec())
}

#[test]
fn integers() {
    let cases = [
        ("%d|%5d|%-5d|%05d|%+d|% d", "42|   42|42   |00042|+42| 42"),
        (
            "%b|%o|%O|%x|%X|%c|%q|%U",
            "101010|52|0o52|2a|2A|*|'*'|U+002A",
        ),
        ("%#b|%#o|%#x|%#X|%#U", "0b101010|052|0x2a|0X2A|U+002A '*'"),
        (
            "%.5d|%8.5d|%-8.5d|%08.5d",
            "00042|   00042|00042   |   00042",
        ),
        ("%#06x|%+06d|%#U", "0x00002a|+00042|U+002A '*'"),
    ];
    for (text, wanted) in cases {
        let args = vec![Value::Int(42); text.split('|').count()];
        assert_eq!(format(text, &args), wanted, "{text}");
    }
    assert_eq!(format("%x", &[Value::Int(-255)]), "-ff");
    assert_eq!(
        format("[%.0d] [%5.0d]", &[0.into(), 0.into()]),
        "[] [     ]"
    );
    assert_eq!(
        format("%c %q", &[Value::Int(-1), Value::Int(0xd800)]),
        "\u{fffd} '\u{fffd}'"
    );
    assert_eq!(
        format("%d", &[Value::Int(i64::MIN)]),
        "-9223372036854775808"
    );
    assert_eq!(format("%#v", &[Value::Number(Number::Uint(10))]), "0xa");
}

#[test]
fn floats() {
    let x = Value::Float(1234.5678);
    for (text, wanted) in [
        ("%v", "1234.5678"),
        ("%e", "1.234568e+03"),
        ("%.2f", "1234.57"),
        ("%10.1f|", "    1234.6|"),
        ("%-10.1f|", "1234.6    |"),
        ("%+010.1f", "+0001234.6"),
        ("%#.0f", "1235."),
        ("%#g", "1234.5678"),
        ("%.3G", "1.23E+03"),
        ("%x", "0x1.34a456d5cfaadp+10"),
        ("%b", "5429686605511341p-42"),
        ("%d", "%!d(float64=1234.5678)"),
    ] {
        assert_eq!(format(text, std::slice::from_ref(&x)), wanted, "{text}");
    }
    let odd = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN].map(Value::Float);
    assert_eq!(format("%05v %05v %05v", &odd), " +Inf  -Inf   NaN");
    assert_eq!(format("%+v % v %+f", &odd), "+Inf -Inf +NaN");
}

#[test]
fn strings_and_bytes() {
    let text = Value::from("héllo");
    for (directive, wanted) in [
        ("%7s|", "  héllo|"),
        ("%-7s|", "héllo  |"),
        ("%07s|", "00héllo|"),
        ("%.2s", "hé"),
        ("%q", "\"héllo\""),
        ("%+q", r#""h\u00e9llo""#),
        ("%#q", "`héllo`"),
        ("%x", "68c3a96c6c6f"),
        ("% X", "68 C3 A9 6C 6C 6F"),
        ("%# x", "0x68 0xc3 0xa9 0x6c 0x6c 0x6f"),
        ("%.1x", "68"),
        ("%d", "%!d(string=héllo)"),
    ] {
        assert_eq!(
            format(directive, std::slice::from_ref(&text)),
            wanted,
            "{directive}"
        );
    }
    let bytes = [Value::Bytes(b"A\n"[..].into())];
    assert_eq!(format("%v", &bytes), "[65 10]");
    assert_eq!(format("%#v", &bytes), "[]byte{0x41, 0xa}");
    assert_eq!(format("%s", &bytes), "A\n");
    assert_eq!(format("%o", &bytes), "[101 12]");
    assert_eq!(sprintf(b"%s", &[Value::Str(b"\xff"[..].into())]), b"\xff");
}

#[test]
fn containers_apply_the_directive_to_each_element() {
    let mixed = list(&[1.into(), "a".into(), Value::Nil]);
    assert_eq!(
        format("%s", std::slice::from_ref(&mixed)),
        "[%!s(int=1) a <nil>]"
    );
    assert_eq!(
        format("%4v", std::slice::from_ref(&mixed)),
        "[   1    a <nil>]"
    );
    assert_eq!(
        format("%#v", std::slice::from_ref(&mixed)),
        r#"[]interface {}{1, "a", interface {}(nil)}"#
    );
    let map = Map::from_iter([("b", mixed), ("a", Value::Bool(true))]);
    assert_eq!(
        format("%d", &[map.clone().into()]),
        "map[%!d(string=a):%!d(bool=true) %!d(string=b):[1 %!d(string=a) <nil>]]"
    );
    assert_eq!(
        format("%#v", &[map.into()]),
        r#"map[string]interface {}{"a":true, "b":[]interface {}{1, "a", interface {}(nil)}}"#
    );
    assert_eq!(
        format("%q", &[List::strings(["x", "y"]).into()]),
        r#"["x" "y"]"#
    );
    assert_eq!(
        format("%#v", &[List::nil(&ListType::STRINGS).into()]),
        "[]string(nil)"
    );
    assert_eq!(
        format("%#v", &[Map::nil(&MapType::ANY).into()]),
        "map[string]interface {}(nil)"
    );
}

#[test]
fn nil_and_types() {
    let nil = Value::Nil;
    assert_eq!(
        format("%v|%6v|%s|%d", &vec![nil.clone(); 4]),
        "<nil>| <nil>|%!s(<nil>)|%!d(<nil>)"
    );
    assert_eq!(
        format("%T %T %T", &[nil, 1.into(), list(&[])]),
        "<nil> int []interface {}"
    );
    assert_eq!(format("%8T|", &[true.into()]), "    bool|");
    assert_eq!(format("%t %t", &[true.into(), 1.into()]), "true %!t(int=1)");
    assert_eq!(
        format("%p %p", &["a".into(), Value::Nil]),
        "%!p(string=a) %!p(<nil>)"
    );
}

#[test]
fn complaints_about_the_format() {
    for (text, wanted) in [
        ("%d %d", "1 %!d(MISSING)"),
        ("%!", "%!!(int=1)"),
        ("%z", "%!z(int=1)"),
        ("%", "%!(NOVERB)%!(EXTRA int=1)"),
        ("%5", "%!(NOVERB)%!(EXTRA int=1)"),
        ("%%", "%%!(EXTRA int=1)"),
        ("%[2]d", "%!d(BADINDEX)"),
        ("%[x]d", "%!d(BADINDEX)"),
        ("%[1]2d", "%!d(BADINDEX)"),
        ("%[d", "%!d(BADINDEX)"),
        ("%[]d", "%!d(BADINDEX)"),
        ("%.[2]d", "%!d(BADINDEX)"),
        ("%é", "%!é(int=1)"),
        ("%w", "%!w(int=1)"),
        ("%99999999d", "%!(NOVERB)%!(EXTRA int=1)"),
        ("%-", "%!(NOVERB)%!(EXTRA int=1)"),
    ] {
        assert_eq!(format(text, &[1.into()]), wanted, "{text}");
    }
    assert_eq!(
        format("%d", &[1.into(), "a".into(), Value::Nil]),
        "1%!(EXTRA string=a, <nil>)"
    );
    assert_eq!(format("%*d", &["x".into(), 7.into()]), "%!(BADWIDTH)7");
    assert_eq!(
        format("%.*f", &[Value::Int(-1), 1.5.into()]),
        "%!(BADPREC)1.500000"
    );
    assert_eq!(
        format("%*d", &[2_000_000.into(), 7.into()]),
        "%!(BADWIDTH)7"
    );
    assert_eq!(
        sprintf(b"%\xffd", &[1.into()]),
        "%!\u{fffd}(int=1)d".as_bytes()
    );
}

#[test]
fn arguments_by_index_and_star() {
    assert_eq!(format("%[2]d %[1]d", &[1.into(), 2.into()]), "2 1");
    assert_eq!(format("%[2]*[1]d|", &[1.into(), 4.into()]), "   1|");
    assert_eq!(
        format("%*d|%-*d|", &[4.into(), 1.into(), 4.into(), 2.into()]),
        "   1|2   |"
    );
    assert_eq!(format("%*d|", &[Value::Int(-4), 1.into()]), "1   |");
    assert_eq!(format("%.*f", &[Value::Int64(1), 2.55.into()]), "2.5");
    assert_eq!(format("%6.2f|%[1]v", &[1.5.into()]), "  1.50|1.5");
}

#[test]
fn lines_separate_everything() {
    assert_eq!(
        sprintln(&[1.into(), "a".into(), Value::Nil]),
        b"1 a <nil>\n"
    );
    assert_eq!(
        sprint(&["a".into(), "b".into(), 1.into(), 2.into(), Value::Nil]),
        b"ab1 2 <nil>"
    );
    assert_eq!(sprint(&[]), b"");
}

/// A struct with a `String` method, as `common.KubeVersion` is.
#[derive(Debug)]
struct Version(&'static str, i64);

impl Object for Version {
    fn type_name(&self) -> &'static str {
        "common.Version"
    }

    fn text(&self) -> Option<String> {
        Some(self.0.to_owned())
    }

    fn fields(&self) -> Vec<(&'static Field, Value)> {
        const FIELDS: &[Field] = &[Field::of("Text"), Field::of("Major")];
        let values = [self.0.into(), self.1.into()];
        FIELDS.iter().zip(values).collect()
    }

    fn to_data(&self) -> Result<Value, CallError> {
        Ok(self.0.into())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.text().as_deref() == Some(self.0)
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[test]
fn objects_print_themselves_where_text_is_wanted() {
    let version = [object(Version("v1.35", 1))];
    assert_eq!(format("%v", &version), "v1.35");
    assert_eq!(format("%7s|", &version), "  v1.35|");
    assert_eq!(format("%q", &version), "\"v1.35\"");
    assert_eq!(format("%d", &version), "{%!d(string=v1.35) 1}");
    assert_eq!(
        format("%#v", &version),
        r#"common.Version{Text:"v1.35", Major:1}"#
    );
    assert_eq!(format("%v", &[list(&version)]), "[v1.35]");
}

#[test]
fn a_value_that_contains_itself_has_an_end() {
    let map = Map::new();
    map.set("self", map.clone());
    let text = format("%v", &[map.clone().into()]);
    assert!(text.starts_with("map[self:map[self:"));
    assert_eq!(text.matches("map[").count(), MAX_DEPTH);
    assert!(format("%#v", &[map.clone().into()]).ends_with(&"}".repeat(MAX_DEPTH)));
    assert_eq!(
        Value::Map(map.clone()).to_string().matches("map[").count(),
        MAX_DEPTH
    );
    map.remove("self");
}

#[test]
fn a_text_that_would_double_at_every_level_has_an_end() {
    let mut value = Value::from("x".repeat(100_000));
    for _ in 0..60 {
        value = list(&[value.clone(), value]);
    }
    assert!(format("%v", std::slice::from_ref(&value)).len() < MAX_TEXT + 200_000);
    let mut out = Vec::new();
    crate::append_text(&mut out, &value);
    assert!(out.len() < MAX_TEXT + 200_000);
    let wide = list(&vec![1.into(); 1_000]);
    assert!(format("%1000000d", &[wide]).len() < MAX_TEXT + 2_000_000);
}
