//! YAML: read as values and as trees; what is written is read as the same value.

use homescale_value::{Value, deep_equal};
use homescale_yaml::{from_slice, from_slice_strict, json, parse_all, to_yaml, to_yaml_pretty};

use super::target::Target;

pub(super) const TARGET: Target = Target {
    name: "yaml",
    about: "reads YAML in every way, writes the value in every way, and reads that again",
    words: &[
        "---\n",
        "...\n",
        "- ",
        "? ",
        ": ",
        "&a ",
        "*a",
        "<<: *a",
        "!!binary ",
        "!!int ",
        "!!float ",
        "!!str ",
        "!x ",
        "!<x> ",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "|\n",
        "|2-\n",
        ">+\n",
        "\"\\u0041\"",
        "\"\\x\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "# ",
        "\t",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "0x1F",
        "0b1",
        "0o7",
        "1_000",
        "1e400",
        ".inf",
        ".nan",
        "~",
        "yes",
        "190:20:30",
        "2024-01-02",
        "\n  ",
        "\n",
        "  ",
        "=",
    ],
    run,
};

fn run(text: &[u8]) {
    let _ = from_slice_strict(text);
    for document in parse_all(text).unwrap_or_default() {
        let _ = document.to_value();
    }
    let Ok(value) = from_slice(text) else {
        return;
    };
    let _ = to_yaml_pretty(&value);
    if let Ok(text) = json::encode(&value) {
        same(&value, json::decode(text.as_bytes()).ok(), "JSON");
    }
    if is_kept(&value)
        && let Ok(text) = to_yaml(&value)
        && !text.contains(['\u{2028}', '\u{2029}'])
    {
        same(&value, from_slice(text.as_bytes()).ok(), "YAML");
    }
}

/// Whether the value was read back from what was written of it.
fn same(value: &Value, read: Option<Value>, what: &str) {
    let is_same = read.as_ref().is_some_and(|read| deep_equal(value, read));
    assert!(is_same, "{what} gives {read:?} for {value:?}");
}

/// Whether Helm's own writing keeps the value. It reads JSON as YAML on the way, where a U+0085 is a break of a line, and
/// writes a key `<<` without quotes, which then merges.
fn is_kept(value: &Value) -> bool {
    match value {
        Value::Str(text) => !text.to_text().contains('\u{85}'),
        Value::List(list) => list.items().iter().all(is_kept),
        Value::Map(map) => map.entries().iter().all(|(key, value)| {
            let key = key.to_text();
            key != "<<" && !key.contains('\u{85}') && is_kept(value)
        }),
        _ => true,
    }
}
