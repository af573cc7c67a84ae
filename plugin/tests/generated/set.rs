//! Strings of the `--set` family, over values that are there already.

use homescale_fuzz::mutate::Random;

use crate::bundles;
use crate::engine::{Job, chart};
use crate::family::{Batch, Family};
use crate::words;

pub(crate) const FAMILY: Family = Family {
    name: "set",
    generate,
    together: None,
    alone,
    sample: 1,
};

fn generate(random: &mut Random) -> Batch {
    let flags = (0..20).map(|_| {
        let flags: Vec<String> = (0..=random.below(2)).map(|_| flag(random)).collect();
        flags.join("\n")
    });
    let items = flags.collect();
    let values = format!(
        "a: {}\nb: {}\nl: {}\n",
        words::json(random, 2),
        words::json(random, 2),
        words::json_list(random, 1)
    );
    Batch { values, items }
}

/// A flag a line: its name, a space, its value.
fn alone(values: &str, item: &str) -> Job {
    let mut files = chart(values.as_bytes());
    files.push((
        "templates/t.yaml".to_owned(),
        b"v: {{ .Values | toJson }}\ny:\n{{ toYaml .Values | indent 2 }}\n".to_vec(),
    ));
    Job {
        files,
        set: bundles::flags(item),
        ..Job::default()
    }
}

fn flag(random: &mut Random) -> String {
    let flag = *random.pick(&[
        "--set",
        "--set",
        "--set",
        "--set-string",
        "--set-json",
        "--set-literal",
    ]);
    let mut text = String::new();
    for index in 0..=random.below(3) {
        if index > 0 {
            text.push_str(random.word(&[",", ",", ",", ", ", ",,", " ,"]));
        }
        text.push_str(&key(random));
        text.push_str(random.word(&["=", "=", "=", "=", "=", "==", "", " ="]));
        if flag == "--set-json" && random.below(5) > 0 {
            text.push_str(&words::json(random, 2));
        } else {
            text.push_str(&value(random));
        }
    }
    format!("{flag} {}", text.replace('\n', " "))
}

fn key(random: &mut Random) -> String {
    let mut key = (*random.pick(&[
        "a", "b", "l", "n", "x", "global", "a", "b", "l", "é", "", "\\.", "a\\.b", "{", "1",
    ]))
    .to_owned();
    for _ in 0..random.below(4) {
        let step = *random.pick(&[
            ".a",
            ".b",
            ".c",
            "[0]",
            "[1]",
            "[3]",
            "[0]",
            ".x-y",
            ".",
            "[-1]",
            "[x]",
            "[",
            "[]",
            "[1",
            "]",
            "[0]z",
            ".name\\.x",
            "[01]",
            "[ 1]",
        ]);
        key.push_str(step);
    }
    key
}

fn value(random: &mut Random) -> String {
    let plain = |random: &mut Random| match random.below(4) {
        0 => (*random.pick(words::NUMBERS)).to_owned(),
        1 => (*random.pick(words::TEXTS)).to_owned(),
        2 => (*random.pick(&[
            "true", "FALSE", "null", "Null", "~", "x\\,y", "a\\", "\\{x", "+5", "-0", "00", "1_0",
        ]))
        .to_owned(),
        _ => (*random.pick(&["x", "", "a b", "a=b", "[1]", "x{1}", "a}b"])).to_owned(),
    };
    if random.below(4) == 0 {
        let items: Vec<String> = (0..random.below(4)).map(|_| plain(random)).collect();
        let close = *random.pick(&["}", "}", "}", "}", "", "}x", "},"]);
        return format!("{{{}{close}", items.join(","));
    }
    plain(random)
}
