//! `values.schema.json`: random schemas, and values that often do not fit.

use homescale_fuzz::mutate::Random;

use crate::bundles::{self, Bundle};
use crate::family::Family;

pub(crate) const FAMILY: Family = bundles::family("schemas", |random| bundles::batch(random, text));

const KEYS: &[&str] = &["a", "b", "c", "image", "x-y"];

fn text(random: &mut Random) -> String {
    let mut bundle = Bundle::default();
    let mut values = String::new();
    for key in KEYS {
        if random.below(3) > 0 {
            values.push_str(&format!("{key}: {}\n", value(random, 2)));
        }
    }
    if values.is_empty() {
        values.push_str("{}\n");
    }
    bundle.add("values.yaml", &values);
    let mut parts = object(random, 3);
    if random.below(2) == 0 {
        let draft = random.word(&[
            "http://json-schema.org/draft-07/schema#",
            "http://json-schema.org/draft-07/schema",
            "https://json-schema.org/draft/2020-12/schema",
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-06/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "http://json-schema.org/draft-03/schema#",
        ]);
        parts.insert(0, format!("\"$schema\": \"{draft}\""));
    }
    if random.below(3) == 0 {
        let of = if random.below(4) == 0 {
            "$defs"
        } else {
            "definitions"
        };
        parts.push(format!("\"{of}\": {{\n\"d\": {}\n}}", schema(random, 1)));
    }
    bundle.add(
        "values.schema.json",
        &format!("{{\n{}\n}}\n", parts.join(",\n")),
    );
    bundle.add("templates/t.yaml", "a: {{ .Values | toJson }}\n");
    if random.below(3) == 0 {
        let flag = random.word(&[
            "--set a=1",
            "--set a=x",
            "--set b=null",
            "--set image.tag=1.0",
            "--set c={1,2}",
            "--set-string b=1",
            "--set-json a=[]",
        ]);
        bundle.add("@set", flag);
    }
    bundle.text
}

fn value(random: &mut Random, depth: usize) -> String {
    match random.below(if depth == 0 { 7 } else { 10 }) {
        0 => random.word(&["null", "~"]).to_owned(),
        1 => random.word(&["true", "false"]).to_owned(),
        2 | 3 => random
            .word(&[
                "0",
                "1",
                "3",
                "-1",
                "1.5",
                "100",
                "1e3",
                "9007199254740993",
                "2.0",
                "0.1",
            ])
            .to_owned(),
        4..=6 => random
            .word(&[
                "x",
                "''",
                "abc",
                "'1'",
                "a.b.c",
                "2024-01-02",
                "'2024-01-02T03:04:05Z'",
                "'10.0.0.1'",
                "'::1'",
                "me@example.com",
                "http://h/p",
                "a b",
                "é",
                "1Gi",
                "100m",
                "Always",
                "'12:00:00Z'",
                "00000000-0000-0000-0000-000000000000",
                "UPPER",
                "aaaaaaaaaaaa",
            ])
            .to_owned(),
        7 => {
            let items: Vec<String> = (0..random.below(4))
                .map(|_| value(random, depth - 1))
                .collect();
            format!("[{}]", items.join(", "))
        }
        _ => {
            let mut keys: Vec<&str> = (0..random.below(4)).map(|_| random.word(KEYS)).collect();
            keys.sort_unstable();
            keys.dedup();
            let pairs: Vec<String> = keys
                .into_iter()
                .map(|key| format!("{key}: {}", value(random, depth - 1)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A value as JSON, for `enum`, `const` and `default`.
fn json(random: &mut Random) -> &'static str {
    random.word(&[
        "null",
        "1",
        "1.0",
        "\"x\"",
        "\"abc\"",
        "true",
        "[]",
        "{}",
        "[1, 2]",
        "{\"a\": 1}",
        "\"\"",
        "1.5",
        "\"Always\"",
    ])
}

fn schema(random: &mut Random, depth: usize) -> String {
    match random.below(14) {
        0 => random.word(&["true", "false", "{}"]).to_owned(),
        1 => random
            .word(&[
                "{\"$ref\": \"#/definitions/d\"}",
                "{\"$ref\": \"#/$defs/d\"}",
                "{\"$ref\": \"#\"}",
                "{\"$ref\": \"#/nope\"}",
                "{\"$ref\": \"#/properties/a\"}",
            ])
            .to_owned(),
        2..=4 if depth > 0 => format!("{{\n{}\n}}", object(random, depth).join(",\n")),
        5 if depth > 0 => format!("{{\n{}\n}}", array(random, depth).join(",\n")),
        6 if depth > 0 => combined(random, depth),
        7..=9 => format!("{{{}}}", number(random).join(", ")),
        _ => format!("{{{}}}", string(random).join(", ")),
    }
}

fn types(random: &mut Random, usual: &str) -> String {
    match random.below(8) {
        0 => format!("\"type\": [\"{usual}\", \"null\"]"),
        1 => format!(
            "\"type\": \"{}\"",
            random.word(&[
                "integer", "number", "string", "boolean", "object", "array", "null", "any"
            ])
        ),
        _ => format!("\"type\": \"{usual}\""),
    }
}

fn shared(random: &mut Random, parts: &mut Vec<String>) {
    if random.below(8) == 0 {
        let list = format!("[{}, {}]", json(random), json(random));
        parts.push(format!("\"enum\": {list}"));
    }
    if random.below(16) == 0 {
        parts.push(format!("\"const\": {}", json(random)));
    }
    if random.below(10) == 0 {
        parts.push("\"title\": \"T\", \"description\": \"d\"".to_owned());
    }
    if random.below(12) == 0 {
        parts.push(format!("\"default\": {}", json(random)));
    }
    if random.below(40) == 0 {
        // What the metaschema does not allow.
        parts.push(
            random
                .word(&[
                    "\"minLength\": -1",
                    "\"required\": true",
                    "\"required\": \"a\"",
                    "\"pattern\": \"(\"",
                    "\"properties\": []",
                    "\"minimum\": \"1\"",
                    "\"exclusiveMinimum\": true",
                    "\"enum\": []",
                    "\"items\": 1",
                    "\"multipleOf\": 0",
                ])
                .to_owned(),
        );
    }
}

fn object(random: &mut Random, depth: usize) -> Vec<String> {
    let mut parts = Vec::new();
    if random.below(4) > 0 {
        parts.push(types(random, "object"));
    }
    let properties: Vec<String> = KEYS
        .iter()
        .filter(|_| random.below(2) == 0)
        .copied()
        .collect::<Vec<_>>()
        .into_iter()
        .map(|key| format!("\"{key}\": {}", schema(random, depth - 1)))
        .collect();
    if !properties.is_empty() {
        parts.push(format!(
            "\"properties\": {{\n{}\n}}",
            properties.join(",\n")
        ));
    }
    if random.below(3) == 0 {
        let required = random.word(&[
            "[\"a\"]",
            "[\"a\", \"b\"]",
            "[\"nope\"]",
            "[]",
            "[\"x-y\", \"nope\"]",
        ]);
        parts.push(format!("\"required\": {required}"));
    }
    if random.below(4) == 0 {
        let additional = match random.below(3) {
            0 => schema(random, depth - 1),
            _ => "false".to_owned(),
        };
        parts.push(format!("\"additionalProperties\": {additional}"));
    }
    if random.below(10) == 0 {
        let pattern = random.word(&["^a", ".*", "^x-", "[bc]"]);
        parts.push(format!(
            "\"patternProperties\": {{\"{pattern}\": {}}}",
            schema(random, depth - 1)
        ));
    }
    for (keyword, values) in [
        ("minProperties", &["1", "3"][..]),
        ("maxProperties", &["0", "2"]),
        (
            "propertyNames",
            &["{\"pattern\": \"^[a-z]+$\"}", "{\"maxLength\": 1}"],
        ),
        (
            "dependencies",
            &["{\"a\": [\"b\"]}", "{\"b\": {\"required\": [\"a\"]}}"],
        ),
        ("dependentRequired", &["{\"a\": [\"nope\"]}"]),
        ("unevaluatedProperties", &["false"]),
    ] {
        if random.below(14) == 0 {
            parts.push(format!("\"{keyword}\": {}", random.word(values)));
        }
    }
    if random.below(8) == 0 {
        parts.push(format!(
            "\"if\": {}, \"then\": {}, \"else\": {}",
            schema(random, 0),
            schema(random, depth - 1),
            schema(random, 0)
        ));
    }
    shared(random, &mut parts);
    parts
}

fn array(random: &mut Random, depth: usize) -> Vec<String> {
    let mut parts = vec![types(random, "array")];
    match random.below(4) {
        0 => parts.push(format!(
            "\"items\": [{}, {}]",
            schema(random, depth - 1),
            schema(random, 0)
        )),
        1 | 2 => parts.push(format!("\"items\": {}", schema(random, depth - 1))),
        _ => {}
    }
    for (keyword, values) in [
        ("minItems", &["1", "3"][..]),
        ("maxItems", &["0", "1"]),
        ("uniqueItems", &["true"]),
        ("contains", &["{\"type\": \"string\"}", "{\"const\": 1}"]),
        ("additionalItems", &["false", "{\"type\": \"string\"}"]),
        ("prefixItems", &["[{\"type\": \"string\"}]"]),
        ("minContains", &["2"]),
    ] {
        if random.below(6) == 0 {
            parts.push(format!("\"{keyword}\": {}", random.word(values)));
        }
    }
    shared(random, &mut parts);
    parts
}

fn combined(random: &mut Random, depth: usize) -> String {
    let parts: Vec<String> = (0..=random.below(2))
        .map(|_| schema(random, depth - 1))
        .collect();
    match random.below(4) {
        0 => format!("{{\"not\": {}}}", parts[0]),
        1 => format!("{{\"allOf\": [{}]}}", parts.join(", ")),
        2 => format!("{{\"anyOf\": [{}]}}", parts.join(", ")),
        _ => format!("{{\"oneOf\": [{}]}}", parts.join(", ")),
    }
}

fn number(random: &mut Random) -> Vec<String> {
    let usual = random.word(&["integer", "number", "integer", "boolean"]);
    let mut parts = vec![types(random, usual)];
    for (keyword, values) in [
        ("minimum", &["0", "1", "2.5"][..]),
        ("maximum", &["0", "10", "1.5"]),
        ("exclusiveMinimum", &["0", "1"]),
        ("exclusiveMaximum", &["1", "100"]),
        ("multipleOf", &["2", "0.1", "0.5"]),
        ("format", &["\"int32\"", "\"double\""]),
    ] {
        if random.below(6) == 0 {
            parts.push(format!("\"{keyword}\": {}", random.word(values)));
        }
    }
    shared(random, &mut parts);
    parts
}

fn string(random: &mut Random) -> Vec<String> {
    let mut parts = vec![types(random, "string")];
    for (keyword, values) in [
        ("minLength", &["1", "4"][..]),
        ("maxLength", &["0", "2", "10"]),
        (
            "pattern",
            &[
                "\"^[a-z]+$\"",
                "\"^(Always|Never|IfNotPresent)$\"",
                "\"^$\"",
                "\"\\\\d+(Gi|Mi)?\"",
                "\"^é\"",
            ],
        ),
        (
            "format",
            &[
                "\"date\"",
                "\"date-time\"",
                "\"ipv4\"",
                "\"ipv6\"",
                "\"email\"",
                "\"uri\"",
                "\"hostname\"",
                "\"uuid\"",
                "\"regex\"",
                "\"time\"",
                "\"nope\"",
                "\"json-pointer\"",
                "\"uri-reference\"",
                "\"duration\"",
            ],
        ),
    ] {
        if random.below(4) == 0 {
            parts.push(format!("\"{keyword}\": {}", random.word(values)));
        }
    }
    shared(random, &mut parts);
    parts
}
