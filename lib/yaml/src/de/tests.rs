//! What types become of documents, and what people are told.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct App {
    name: String,
    replicas: u32,
    mode: u32,
    enabled: bool,
    ratio: f64,
    note: Option<String>,
    ports: Vec<u16>,
    labels: BTreeMap<String, String>,
    policy: Policy,
    weight: Weight,
    by_number: BTreeMap<u32, String>,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
enum Policy {
    #[default]
    Never,
    Always {
        retries: u8,
    },
    Sometimes(u8),
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Weight {
    Number(i64),
    Words(Vec<String>),
}

impl Default for Weight {
    fn default() -> Self {
        Self::Number(0)
    }
}

fn read(text: &str) -> Result<App, Error> {
    from_slice_as(text.as_bytes())
}

#[test]
fn the_dialect_is_that_of_values() {
    let text = "base: &b {replicas: 2}\n";
    assert!(read(text).is_err());
    let app = read(
        "name: web\nreplicas: 3.0\nmode: 0755\nenabled: yes\nratio: 1\nnote: ~\nports: [80, 0x50]\n\
         labels: {<<: {a: x, b: w}, a: z, yes: t}\npolicy: {always: {retries: 3}}\nweight: [a]\nbyNumber: {1: a}\n",
    )
    .unwrap();
    assert_eq!(app.replicas, 3);
    assert_eq!(app.mode, 493);
    assert!(app.enabled);
    assert_eq!(app.ratio, 1.0);
    assert_eq!(app.note, None);
    assert_eq!(app.ports, [80, 80]);
    let labels: Vec<_> = app.labels.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(labels, ["a=z", "b=w", "true=t"]);
    assert_eq!(app.policy, Policy::Always { retries: 3 });
    assert_eq!(app.weight, Weight::Words(vec!["a".to_string()]));
    assert_eq!(app.by_number[&1], "a");
    assert_eq!(read("policy: never\n").unwrap().policy, Policy::Never);
    assert_eq!(
        read("policy: {sometimes: 5}\n").unwrap().policy,
        Policy::Sometimes(5)
    );
    assert_eq!(
        read("").unwrap_err().to_string(),
        "line 1, column 1: expected a map, found null"
    );
}

#[test]
fn errors_say_where() {
    for (text, message) in [
        (
            "name: web\n\nreplicas: x\n",
            "line 3, column 11: replicas: expected an integer that is not negative, found the string \"x\"",
        ),
        (
            "name: 1.10\n",
            "line 1, column 7: name: expected a string, found the number 1.1; write \"1.10\" if text is meant",
        ),
        (
            "ports:\n- 80\n- [1]\n",
            "line 3, column 3: ports[1]: expected an integer from 0 to 65535, found a list",
        ),
        (
            "policy: {always: {retries: 300}}\n",
            "line 1, column 28: policy.retries: expected an integer from 0 to 255, found the integer 300",
        ),
        (
            "policy:\n  always: {}\n",
            "line 2, column 11: policy: `retries` is missing",
        ),
        (
            "labels: {a: *b}\n",
            "error converting YAML to JSON: yaml: unknown anchor 'b' referenced",
        ),
        (
            "weight: {a: 1}\n",
            "line 1, column 9: weight: data did not match any variant of untagged enum Weight",
        ),
        (
            "name: a\nname: b\n",
            "error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key \"name\" already set in map",
        ),
        (
            "labels: 5\n",
            "line 1, column 9: labels: expected a map, found the integer 5",
        ),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), message, "{text}");
    }
    let unknown = read("name: a\nreplica: 2\n").unwrap_err();
    assert_eq!((unknown.line(), unknown.column()), (Some(2), Some(1)));
    assert!(
        unknown
            .problem()
            .starts_with("unknown field `replica`, expected one of")
    );
}

#[test]
fn nesting_is_bounded() {
    #[derive(Debug, Deserialize)]
    struct Chain {
        #[expect(dead_code, reason = "only reading it matters")]
        next: Option<Box<Chain>>,
    }
    let text = format!("{}{}", "{next: ".repeat(5000), "}".repeat(5000));
    let error = from_slice_as::<Chain>(text.as_bytes()).unwrap_err();
    assert_eq!(error.problem(), "nested too deeply");
}
