//! The merges of values that know their places give what Sprig's `mergeOverwrite` and Helm's coalescing give.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use std::rc::Rc;

use homescale_chart::{Chart, Evaluator, HelmVersion, Plain, Request, ValueSource};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_located::merge::{coalesce, overwrite};
use homescale_located::{Node, from_value};
use homescale_value::Value;

const LEVEL: HelmVersion = HelmVersion::V4_3;

/// Values of every kind, below a key.
const VALUES: [&str; 11] = [
    "null",
    "false",
    "0",
    "\"\"",
    "text",
    "[]",
    "[1, 2]",
    "{}",
    "{x: 1}",
    "{x: null}",
    "{x: {y: [3]}, z: null}",
];

/// What a chart with these default values makes of a text, with these values of the user.
fn evaluated(defaults: &str, user: &Value, text: &str) -> String {
    let mut files = FileSet::new();
    let chart = *b"apiVersion: v2\nname: c\nversion: 1.0.0\n";
    files.insert("Chart.yaml", chart).unwrap();
    files
        .insert("values.yaml", defaults.as_bytes().to_vec())
        .unwrap();
    let chart = Chart::load_as(&files, LEVEL).unwrap();
    let request = Request {
        values: vec![ValueSource::Map(Plain::from_value(user).unwrap())],
        helm: LEVEL,
        ..Request::default()
    };
    let host = Rc::new(FixedHost::default());
    let evaluator = Evaluator::new(&chart, &request, "t.yaml", host).unwrap();
    String::from_utf8(evaluator.tpl(&text.into()).unwrap()).unwrap()
}

fn yaml(text: &str) -> Value {
    homescale_yaml::from_slice(text.as_bytes()).unwrap()
}

fn json(node: &Node) -> String {
    homescale_yaml::json::encode(&node.to_value()).unwrap()
}

#[test]
fn layers_merge_as_in_templates() {
    for low in VALUES {
        for high in VALUES {
            let (low, high) = (
                format!("{{a: {low}, low: 1}}"),
                format!("{{a: {high}, high: 2}}"),
            );
            let values = yaml(&format!("{{low: {low}, high: {high}}}"));
            // Hidden in a list, where the coalescing of values does not see the nulls.
            let hidden = Value::Map([("l", Value::from(vec![values]))].into_iter().collect());
            let text = "{{ $v := first .Values.l }}{{ mergeOverwrite $v.low $v.high | toJson }}";
            let expected = evaluated("", &hidden, text);
            let node = |text: &str| from_value(&yaml(text)).unwrap();
            assert_eq!(
                json(&overwrite(&node(&low), &node(&high))),
                expected,
                "{low} {high}"
            );
        }
    }
}

#[test]
fn values_coalesce_as_in_charts() {
    for low in VALUES {
        for high in VALUES {
            let low = format!("{{a: {low}, b: {{c: {low}}}, low: 1}}");
            let high = format!("{{a: {high}, b: {{c: {high}}}, high: null}}");
            let expected = evaluated(&low, &yaml(&high), "{{ .Values.AsMap | toJson }}");
            let node = |text: &str| from_value(&yaml(text)).unwrap();
            assert_eq!(
                json(&coalesce(&node(&low), &node(&high))),
                expected,
                "{low} {high}"
            );
        }
    }
}
