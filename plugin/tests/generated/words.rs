//! The words that cases are made of: texts and numbers that are known to be tricky.

use homescale_fuzz::mutate::Random;

/// Texts of one line.
pub(crate) const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "abc",
    "Hello World",
    "foo-bar_baz",
    "HTTPServer2xx",
    "héllo wörld",
    "日本語",
    "😀",
    "a,b,c",
    "1",
    "1.5",
    "0x1F",
    "010",
    "08",
    "1e3",
    "true",
    "yes",
    "null",
    "~",
    "-",
    "- a",
    "a: b",
    "a #b",
    "# x",
    "*x",
    "&x",
    "{a: 1}",
    "[1, 2]",
    "'q'",
    "\\\"q\\\"",
    "\\\\",
    "\\t",
    "a\\nb",
    "\\n",
    "a\\n",
    " a ",
    "v1.2.3",
    "1.2.3-rc.1+b5",
    "2024-05-06",
    "1h30m",
    "http://u:p@h.io:80/p?q=1#f",
    "/a/b/../c.txt",
    "<a href='x'>&",
    "a=b",
    "%s %d",
    "x\\u00a0y",
    "\\u200b",
    "a\\tb",
    "0",
    "-1",
    "+1",
    ".5",
    "1_000",
    "12:30:45",
    "=",
    "!x",
    "|",
    ">",
    "%",
    "@",
    "`",
    "a'b",
    "on",
    "No",
    "2.0",
    "1.0",
    "x  y",
    "\\u2028",
    "kube-system",
    "app.kubernetes.io/name",
    "a very long text that goes on and on until it is folded by whoever folds texts, at some column or another",
];

/// Numbers, as YAML and as JSON write them.
pub(crate) const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "10",
    "42",
    "255",
    "65536",
    "1000000",
    "999999",
    "1234567",
    "100000",
    "2147483648",
    "9007199254740993",
    "9223372036854775807",
    "1.5",
    "-2.5",
    "0.1",
    "1e21",
    "1e-7",
    "0.000001",
    "123456789.125",
    "1e20",
    "3.0",
    "2.675",
];

/// Keys of maps.
pub(crate) const KEYS: &[&str] = &["a", "b", "c", "x-y", "k1", "name", "on", "1", "é", "A", ""];

/// A text as YAML and JSON quote it.
pub(crate) fn quoted(random: &mut Random) -> String {
    format!("\"{}\"", random.pick(TEXTS))
}

/// A value as JSON, which YAML is too.
pub(crate) fn json(random: &mut Random, depth: usize) -> String {
    let kinds = if depth == 0 { 5 } else { 9 };
    match random.below(kinds) {
        0 | 1 => quoted(random),
        2 => (*random.pick(NUMBERS)).to_owned(),
        3 => (*random.pick(&["true", "false"])).to_owned(),
        4 => (*random.pick(&["null", "\"x\"", "1"])).to_owned(),
        5 | 6 => json_list(random, depth - 1),
        _ => json_map(random, depth - 1),
    }
}

pub(crate) fn json_list(random: &mut Random, depth: usize) -> String {
    let items: Vec<String> = (0..random.below(5)).map(|_| json(random, depth)).collect();
    format!("[{}]", items.join(", "))
}

pub(crate) fn json_map(random: &mut Random, depth: usize) -> String {
    let mut keys: Vec<&str> = (0..random.below(5)).map(|_| *random.pick(KEYS)).collect();
    keys.sort_unstable();
    keys.dedup();
    let pairs: Vec<String> = keys
        .iter()
        .map(|key| format!("\"{key}\": {}", json(random, depth)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}
