//! Inputs that are made to hurt: each must be read, or refused, in far less than a second even without optimisation.

#![expect(clippy::unwrap_used, reason = "a test that fails may panic")]

use homescale_value::Value;
use homescale_yaml::{from_slice, from_slice_strict, parse, parse_all};

const TOO_DEEP: &str = "yaml: exceeded max depth of 10000";

fn message(text: &[u8]) -> String {
    from_slice(text).unwrap_err().message()
}

/// A text of `count` lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    [&open.repeat(depth), inner, &close.repeat(depth)].concat()
}

#[test]
fn nesting_ends_at_ten_thousand() {
    assert_eq!(message("[".repeat(100_000).as_bytes()), TOO_DEEP);
    assert_eq!(message("{".repeat(100_000).as_bytes()), TOO_DEEP);
    assert_eq!(message("- ".repeat(100_000).as_bytes()), TOO_DEEP);
    assert_eq!(message("? ".repeat(100_000).as_bytes()), TOO_DEEP);
    assert_eq!(message(nested("[", "", "]", 10_001).as_bytes()), TOO_DEEP);
    assert!(from_slice(nested("[", "", "]", 10_000).as_bytes()).is_ok());
    assert!(from_slice(nested("- ", "x", "", 10_000).as_bytes()).is_ok());
}

#[test]
fn json_has_a_limit_of_its_own() {
    let text = format!("{}{}", "- ".repeat(6_000), nested("{a: ", "b", "}", 6_000));
    assert_eq!(
        message(text.as_bytes()),
        "invalid character '{' exceeded max depth"
    );
}

#[test]
fn deep_documents_are_searched_and_dropped_without_a_stack() {
    let text = lines(5_000, |level| format!("{}a:\n", " ".repeat(level)));
    let document = parse(text.as_bytes()).unwrap();
    assert!(document.find(&vec!["a".into(); 5_000]).is_some());
    assert!(document.find(&vec!["a".into(); 5_001]).is_none());
    assert!(matches!(document.to_value(), Ok(Value::Map(_))));
}

#[test]
fn long_lines_take_linear_time() {
    let pairs: Vec<String> = (0..100_000)
        .map(|number| format!("key{number}: v"))
        .collect();
    let Ok(Value::Map(map)) = from_slice(format!("{{{}}}", pairs.join(", ")).as_bytes()) else {
        panic!("a map");
    };
    assert_eq!(map.len(), 100_000);
}

#[test]
fn aliases_cannot_blow_up_a_value() {
    let text = lines(9, |level| {
        let item = match level {
            0 => "x".to_owned(),
            _ => format!("*a{}", level - 1),
        };
        format!("a{level}: &a{level} [{}]\n", [item.as_str(); 9].join(", "))
    });
    assert_eq!(
        message(text.as_bytes()),
        "yaml: document contains excessive aliasing"
    );
    let document = parse(text.as_bytes()).unwrap();
    assert!(document.find(&["a8".into(), 0.into(), 8.into()]).is_some());
}

#[test]
fn aliases_cannot_repeat_a_long_text_for_ever() {
    let with_aliases = |count| {
        let long = "x".repeat(1 << 20);
        format!("a: &a {long}\nb:\n{}", "- *a\n".repeat(count))
    };
    assert!(from_slice(with_aliases(30).as_bytes()).is_ok());
    let excessive = "yaml: document contains excessive aliasing";
    assert_eq!(message(with_aliases(33).as_bytes()), excessive);
    let nested = format!(
        "a: &a [{}]\nb: &b [*a, *a]\nc: [{}]\n",
        "x".repeat(1 << 20),
        ["*b"; 20].join(", ")
    );
    assert_eq!(message(nested.as_bytes()), excessive);
}

#[test]
fn merge_keys_cannot_blow_up_a_search() {
    let text = lines(60, |level| match level.checked_sub(1) {
        None => "- &a0 {k: v}\n".to_owned(),
        Some(last) => format!("- &a{level} {{<<: [*a{last}, *a{last}]}}\n"),
    });
    let document = parse(text.as_bytes()).unwrap();
    assert!(document.find(&[59.into(), "k".into()]).is_some());
    assert!(document.find(&[59.into(), "missing".into()]).is_none());
}

#[test]
fn many_directives_anchors_and_documents_take_linear_time() {
    let directives = lines(20_000, |number| format!("%TAG !t{number}! x{number}\n"));
    assert!(from_slice(format!("{directives}--- a\n").as_bytes()).is_ok());
    let anchors = lines(20_000, |number| format!("- &a{number} x\n- *a{number}\n"));
    assert!(from_slice_strict(anchors.as_bytes()).is_ok());
    assert_eq!(
        parse_all("---\na: 1\n".repeat(20_000).as_bytes())
            .unwrap()
            .len(),
        20_000
    );
}
