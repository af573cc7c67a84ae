//! What recorded cases cannot hold: values that JSON text cannot express, and the errors.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests may panic as the tests do"
)]

use std::any::Any;

use homescale_value::{
    CallError, Field, List, ListType, Map, MapType, Number, Object, Struct, StructType, TimeType,
    Value, object,
};
use homescale_yaml::{append_yaml, json, to_yaml, to_yaml_pretty};

fn nested(levels: usize, innermost: Value, wrap: impl Fn(Value) -> Value) -> Value {
    (0..levels).fold(innermost, |value, _| wrap(value))
}

fn in_list(value: Value) -> Value {
    Value::from(vec![value])
}

fn in_map(value: Value) -> Value {
    Value::Map(Map::from_iter([("a", value)]))
}

#[track_caller]
fn check(value: &Value, yaml: &str, pretty: &str, json: &str) {
    assert_eq!(to_yaml(value).unwrap(), yaml);
    assert_eq!(to_yaml_pretty(value).unwrap(), pretty);
    assert_eq!(json::encode(value).unwrap(), json);
}

#[track_caller]
fn check_error(value: &Value, yaml: &str, json: &str) {
    assert_eq!(to_yaml(value).unwrap_err().to_string(), yaml);
    assert_eq!(json::encode(value).unwrap_err().to_string(), json);
}

#[test]
fn integers_keep_every_digit() {
    let max = i64::MAX.to_string();
    let line = format!("{max}\n");
    check(&Value::Int64(i64::MAX), &line, &line, &max);
    let max = u64::MAX.to_string();
    let line = format!("{max}\n");
    check(&Value::Number(Number::Uint64(u64::MAX)), &line, &line, &max);
}

#[test]
fn a_float32_has_its_own_digits() {
    check(
        &Value::Number(Number::Float32(0.1)),
        "0.1\n",
        "0.1\n",
        "0.1",
    );
    check(
        &Value::Number(Number::Float32(16_777_216.0)),
        "16777216\n",
        "1.6777216e+07\n",
        "16777216",
    );
}

#[test]
fn bytes_are_base64_in_json_and_numbers_in_pretty_yaml() {
    check(
        &Value::Bytes("hi".into()),
        "aGk=\n",
        "- 104\n- 105\n",
        "\"aGk=\"",
    );
    check(&Value::Bytes("".into()), "\"\"\n", "[]\n", "\"\"");
}

#[test]
fn nil_containers_are_null_in_json_and_empty_in_pretty_yaml() {
    check(
        &Value::Map(Map::nil(&MapType::ANY)),
        "null\n",
        "{}\n",
        "null",
    );
    check(
        &Value::List(List::nil(&ListType::ANY)),
        "null\n",
        "[]\n",
        "null",
    );
}

#[test]
fn numbers_that_are_none_are_refused_by_json() {
    let json = "json: unsupported value: NaN";
    check_error(
        &Value::Float(f64::NAN),
        &format!("error marshaling into JSON: {json}"),
        json,
    );
    let json = "json: unsupported value: -Inf";
    check_error(
        &in_list(f64::NEG_INFINITY.into()),
        &format!("error marshaling into JSON: {json}"),
        json,
    );
    assert_eq!(to_yaml_pretty(&Value::Float(f64::NAN)).unwrap(), ".nan\n");
    assert_eq!(
        to_yaml_pretty(&Value::Float(f64::NEG_INFINITY)).unwrap(),
        "-.inf\n"
    );
}

#[test]
fn complex_numbers_are_refused() {
    let json = "json: unsupported type: complex128";
    let complex = Value::Complex(std::rc::Rc::new((1.0, 2.0)));
    check_error(
        &complex,
        &format!("error marshaling into JSON: {json}"),
        json,
    );
    assert_eq!(
        to_yaml_pretty(&complex).unwrap_err().to_string(),
        "cannot marshal type: complex128"
    );
}

#[test]
fn an_error_leaves_the_text_before_it() {
    let mut out = "before\n".to_owned();
    append_yaml(&mut out, &Value::from(vec!["a".into(), "\u{7f}".into()])).unwrap_err();
    assert_eq!(out, "before\n");
    append_yaml(&mut out, &in_map(in_list("b".into()))).unwrap();
    assert_eq!(out, "before\na:\n- b\n");
}

#[test]
fn keys_that_become_equal_keep_the_last_value() {
    let map = Map::new();
    map.set(&b"\xfe"[..], Value::Int(1));
    map.set(&b"\xff"[..], Value::Int(2));
    assert_eq!(to_yaml(&Value::Map(map)).unwrap(), "\u{fffd}: 2\n");
}

#[test]
fn a_key_that_is_not_utf8_is_tagged_in_pretty_yaml() {
    let map = Map::new();
    map.set(&b"\xfe"[..], Value::Int(1));
    map.set(vec![0xFF; 100], Value::Int(2));
    let text = to_yaml_pretty(&Value::Map(map)).unwrap();
    assert!(
        text.starts_with("!!binary /g==: 1\n? !!binary |\n  //////"),
        "{text}"
    );
}

#[test]
fn ten_thousand_levels_are_written() {
    let deep = nested(10_000, Value::Int(1), in_list);
    let yaml = format!("{}1\n", "- ".repeat(10_000));
    assert_eq!(to_yaml(&deep).unwrap(), yaml);
    assert_eq!(to_yaml_pretty(&deep).unwrap(), yaml);
    assert_eq!(json::encode(&deep).unwrap().len(), 20_001);
}

#[test]
fn deeper_values_are_refused_or_written_without_overflow() {
    let text = "yaml: exceeded max depth of 10000";
    for deep in [
        nested(10_001, Value::Nil, in_list),
        nested(10_000, Value::from(vec![]), in_list),
        nested(10_000, Value::Map(Map::new()), in_list),
    ] {
        assert_eq!(to_yaml(&deep).unwrap_err().to_string(), text);
        assert_eq!(to_yaml_pretty(&deep).unwrap_err().to_string(), text);
        let error = json::encode_pretty(&deep).unwrap_err().to_string();
        assert!(error.ends_with("exceeded max depth"), "{error}");
    }
    let deeper = nested(200_000, Value::Nil, in_map);
    assert_eq!(json::encode(&deeper).unwrap().len(), 200_000 * 6 + 4);
}

#[test]
fn json_of_ten_thousand_levels_is_read_and_no_deeper() {
    let text = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(json::decode(text(10_000).as_bytes()).is_ok());
    let error = json::decode(text(10_001).as_bytes())
        .unwrap_err()
        .to_string();
    assert_eq!(error, "invalid character '[' exceeded max depth");
}

#[test]
fn a_value_that_contains_itself_is_refused() {
    let map = Map::new();
    map.set("self", map.clone());
    let map = Value::Map(map);
    let text = "json: unsupported value: encountered a cycle via map[string]interface {}";
    check_error(&map, &format!("error marshaling into JSON: {text}"), text);
    assert_eq!(to_yaml_pretty(&map).unwrap_err().to_string(), text);

    let list = List::new(vec![Value::Nil]);
    list.replace(0, list.clone().into());
    let text = "json: unsupported value: encountered a cycle via []interface {}";
    check_error(
        &Value::List(list),
        &format!("error marshaling into JSON: {text}"),
        text,
    );
}

#[test]
fn a_value_that_is_shared_is_written_each_time() {
    let shared = in_map(Value::Int(1));
    let deep = nested(1_500, Value::from(vec![shared.clone(), shared]), in_list);
    assert!(
        json::encode(&deep)
            .unwrap()
            .contains(r#"[{"a":1},{"a":1}]"#)
    );
}

/// A Go object with a JSON form, of a type that its name tells.
#[derive(Debug)]
struct Fake(&'static str, Value);

impl Object for Fake {
    fn type_name(&self) -> &'static str {
        self.0
    }

    fn time_type(&self) -> Option<TimeType> {
        match self.0 {
            "time.Duration" => Some(TimeType::Duration),
            "time.Time" => Some(TimeType::Time),
            _ => None,
        }
    }

    fn text(&self) -> Option<String> {
        Some("1h0m0s".to_owned())
    }

    fn to_data(&self) -> Result<Value, CallError> {
        match &self.1 {
            Value::Nil => Err("json: error calling MarshalJSON".into()),
            data => Ok(data.clone()),
        }
    }

    fn equals(&self, other: &dyn Object) -> bool {
        self.0 == other.type_name()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[test]
fn objects_are_written_as_their_data() {
    let time = object(Fake("time.Time", "2024-01-02T03:04:05Z".into()));
    check(
        &time,
        "\"2024-01-02T03:04:05Z\"\n",
        "2024-01-02T03:04:05Z\n",
        "\"2024-01-02T03:04:05Z\"",
    );
    let duration = object(Fake("time.Duration", Value::Int64(3_600_000_000_000)));
    check(&duration, "3600000000000\n", "1h0m0s\n", "3600000000000");
    static TYPE: StructType = StructType {
        pointer: "*chart.Dependency",
        fields: &[
            Field::of("URL"),
            Field::of("hidden"),
            Field::of("ImportValues")
                .in_json("import-values")
                .with_yaml_tag(),
            Field::of("Tags").in_json("tags").omitting_empty(),
        ],
        methods: &[],
    };
    check(
        &Struct::pointer(&TYPE, ["u".into(), "h".into(), 1.into(), Value::Nil]),
        "URL: u\nimport-values: 1\n",
        "url: u\nimport-values: 1\ntags: null\n",
        r#"{"URL":"u","import-values":1}"#,
    );
    let broken = object(Fake("broken", Value::Nil));
    check_error(
        &broken,
        "error marshaling into JSON: json: error calling MarshalJSON",
        "json: error calling MarshalJSON",
    );
}
