//! The `--set` family: one text, read by every grammar, over values that are there already.

use homescale_chart::{HelmVersion, ValueSource, merge_values, set_file_paths};
use homescale_value::Str;

use super::target::Target;

pub(super) const TARGET: Target = Target {
    name: "set",
    about: "reads a text as --set, --set-string, --set-file, --set-literal and --set-json, at both majors",
    words: &[
        "a=",
        "a.b",
        "[0]",
        "[65536]",
        "[65537]",
        "[-1]",
        "{",
        "}",
        ",",
        "\\",
        "=",
        "null",
        "true",
        "1",
        "[",
        "]",
        "\"",
        "{\"a\":1}",
        "a[0].b",
        ".",
        "9223372036854775807",
        "é",
        "\u{17f}",
        " ",
    ],
    run,
};

fn run(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let base = ValueSource::File {
        name: "base".to_owned(),
        text: Str::from("a: {b: [1, {c: 2}]}\nb: text\n"),
    };
    for helm in [HelmVersion::V4_1, HelmVersion::V3_17] {
        let contents = set_file_paths(text, helm)
            .into_iter()
            .map(|path| (path.clone(), Ok(Str::from(path))))
            .collect();
        let sources = [
            ValueSource::Set(text.to_owned()),
            ValueSource::SetString(text.to_owned()),
            ValueSource::SetLiteral(text.to_owned()),
            ValueSource::SetJson(text.to_owned()),
            ValueSource::SetFile {
                text: text.to_owned(),
                contents,
            },
        ];
        for source in sources {
            let _ = merge_values(&[base.clone(), source.clone(), source], helm);
        }
    }
}
