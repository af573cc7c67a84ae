//! YAML texts: what `fromYaml` reads, errors included, and how `toYaml`, `toYamlPretty` and `toJson` write it again.

use homescale_fuzz::mutate::Random;

use crate::engine::{Job, chart};
use crate::family::{Batch, Family};
use crate::words;

pub(crate) const FAMILY: Family = Family {
    name: "yaml",
    generate,
    together: Some(together),
    alone,
    sample: 1,
};

fn generate(random: &mut Random) -> Batch {
    let items = (0..200).map(|_| text(random)).collect();
    Batch {
        values: "{}\n".to_owned(),
        items,
    }
}

fn together(batch: &Batch) -> Job {
    let mut files = chart(batch.values.as_bytes());
    let mut template = String::new();
    for (number, item) in batch.items.iter().enumerate() {
        files.push((format!("y/{number}"), item.clone().into_bytes()));
        let read = format!("(.Files.Get \"y/{number}\" | fromYaml)");
        let list = format!("(.Files.Get \"y/{number}\" | fromYamlArray)");
        template.push_str(&format!(
            "c{number}: {{{{ list (toJson {read}) (toYaml {read}) (toYamlPretty {read}) (toJson {list}) | join \"|\" | b64enc }}}}\n"
        ));
    }
    files.push(("templates/t.yaml".to_owned(), template.into_bytes()));
    Job {
        files,
        ..Job::default()
    }
}

/// As the values of the chart.
fn alone(_: &str, item: &str) -> Job {
    let mut files = chart(item.as_bytes());
    files.push((
        "templates/t.yaml".to_owned(),
        b"v: {{ .Values | toJson }}\n".to_vec(),
    ));
    Job {
        files,
        ..Job::default()
    }
}

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(3) {
        text.push_str(random.word(&[
            "",
            "",
            "",
            "",
            "# c\n",
            "---\n",
            "--- \n",
            "%YAML 1.1\n---\n",
            "...\n",
            "\n",
            "\u{feff}",
        ]));
    }
    if random.below(5) == 0 {
        text.push_str(&flow(random, 3));
    } else {
        block_map(random, 0, 3, &mut text);
    }
    if random.below(8) == 0 {
        text.push_str(random.word(&[
            "---\na: 1\n",
            "...\n",
            "# end",
            "\n\n",
            "  \n",
            "---",
            "}\n",
            "- x\n",
        ]));
    }
    if random.below(3) == 0 {
        disturb(random, &mut text);
    }
    text
}

/// Breaks a text in a small way.
fn disturb(random: &mut Random, text: &mut String) {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if starts.is_empty() {
        return;
    }
    let at = *random.pick(&starts);
    match random.below(3) {
        0 => drop(text.remove(at)),
        _ => text.insert_str(
            at,
            random.word(&[
                " ", "\n", "\t", ":", ": ", "- ", "\"", "'", "{", "}", "[", "]", ",", "#", "&a ",
                "*a", "!", "|", ">", "?", "? ", "%", "\r", "\r\n", "\\", "  ", "\n\n",
            ]),
        ),
    }
}

fn indentation(random: &mut Random, indent: usize) -> usize {
    indent + *random.pick(&[2, 2, 2, 2, 1, 4, 3])
}

fn block_map(random: &mut Random, indent: usize, depth: usize, out: &mut String) {
    for _ in 0..=random.below(4) {
        let pad = " ".repeat(indent);
        let key = match random.below(8) {
            0 => words::quoted(random),
            1 => scalar(random),
            2 => (*random.pick(&[
                "<<",
                "? x\n",
                "'k k'",
                "1.5",
                "~",
                "y",
                "0x10",
                "*x",
                "[a]",
                "&k z",
                "!!str 1",
                "2024-01-01",
            ]))
            .to_owned(),
            _ => (*random.pick(words::KEYS)).to_owned(),
        };
        out.push_str(&format!("{pad}{key}:"));
        node(random, indent, depth, out);
    }
}

/// A value after a colon or a dash, up to the end of its line.
fn node(random: &mut Random, indent: usize, depth: usize, out: &mut String) {
    out.push_str(random.word(&[
        "", "", "", "", "", "", "", " &x", " !!str", " !t", " &y", " !!int", " !!float", " !!map",
        " !!seq", " !!null", " !!bool",
    ]));
    if depth > 0 {
        match random.below(6) {
            0 => {
                out.push('\n');
                let indent = indentation(random, indent);
                return block_map(random, indent, depth - 1, out);
            }
            1 => {
                out.push('\n');
                let indent = indent + *random.pick(&[0, 2, 2, 4]);
                for _ in 0..=random.below(3) {
                    out.push_str(&format!("{}-", " ".repeat(indent)));
                    if random.below(3) == 0 {
                        out.push(' ');
                        let key = random.pick(words::KEYS);
                        out.push_str(&format!("{key}:"));
                        node(random, indent + 2, depth - 1, out);
                    } else {
                        node(random, indent, depth - 1, out);
                    }
                }
                return;
            }
            _ => {}
        }
    }
    match random.below(10) {
        0 => {
            let header = *random.pick(&[
                "|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "|1-", "|9", "|-2", ">+4",
            ]);
            out.push_str(&format!(
                " {header}{}\n",
                random.pick(&["", "", " # c", " "])
            ));
            let pad = " ".repeat(indentation(random, indent));
            for _ in 0..random.below(5) {
                let line = *random.pick(&[
                    "text",
                    "more  text",
                    "  indented",
                    "",
                    "",
                    " one",
                    "# no comment",
                    "\ttab",
                    "a: b",
                    "---",
                    "trailing ",
                ]);
                let pad = if line.is_empty() { "" } else { &pad };
                out.push_str(&format!("{pad}{line}\n"));
            }
        }
        1 => out.push_str(&format!(" {}\n", flow(random, 2))),
        2 => out.push_str(&format!(" {}\n", words::quoted(random))),
        3 => out.push_str(&format!(
            " '{}'\n",
            random.pick(words::TEXTS).replace('\'', "''")
        )),
        4 => {
            let pad = " ".repeat(indent + 1);
            out.push_str(&format!(" {}\n{pad}{}\n", scalar(random), scalar(random)));
        }
        5 => out.push('\n'),
        6 => out.push_str(random.word(&[" *x\n", " *y\n", " *z\n", " # c\n", "\n\n"])),
        _ => out.push_str(&format!(
            " {}{}\n",
            scalar(random),
            random.pick(&["", "", "", " # c", " ", "#c"])
        )),
    }
}

fn scalar(random: &mut Random) -> String {
    if random.below(3) == 0 {
        return (*random.pick(words::NUMBERS)).to_owned();
    }
    let odd = [
        "0b11",
        "0o17",
        "0x",
        "1_0",
        "+1",
        ".inf",
        ".NaN",
        "1e400",
        "190:20",
        "!!binary aGk=",
        "=",
        "<<",
        "Y",
        "n",
        "Off",
        "TRUE",
        "~",
        "Null",
        "2024-01-02T03:04:05Z",
        "1.",
        "a: b",
        "-",
        "?",
        ":",
        "x:",
        "a#b",
        "08",
        "-0",
        "0.0",
        "0777",
        "1__0",
        "&q w",
        "*q",
        "%x",
        "@y",
        "`z",
        "a\tb",
        "1 2",
        "{",
        "]",
        "\\",
        "\"",
        "'",
    ];
    if random.below(3) == 0 {
        return (*random.pick(&odd)).to_owned();
    }
    (*random.pick(words::TEXTS)).to_owned()
}

fn flow(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return match random.below(3) {
            0 => words::quoted(random),
            _ => scalar(random),
        };
    }
    let space = *random.pick(&["", " ", " ", "\n   ", " # c\n "]);
    let parts: Vec<String> = (0..random.below(4))
        .map(|_| flow(random, depth - 1))
        .collect();
    match random.below(4) {
        0 => parts.concat(),
        1 => format!(
            "[{}{}]",
            parts.join(&format!(",{space}")),
            random.pick(&["", "", ","])
        ),
        _ => {
            let pairs: Vec<String> = parts
                .iter()
                .map(|part| {
                    format!(
                        "{}{}{part}",
                        random.pick(words::KEYS),
                        random.pick(&[": ", ": ", ": ", ":", "", " : "])
                    )
                })
                .collect();
            format!("{{{}}}", pairs.join(&format!(",{space}")))
        }
    }
}
