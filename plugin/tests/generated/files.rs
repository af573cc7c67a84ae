//! The files of a chart that are no templates: `.Files`, its globs, and `.helmignore`.

use homescale_fuzz::mutate::Random;

use crate::bundles::{self, Bundle};
use crate::family::Family;

pub(crate) const FAMILY: Family = bundles::family("files", |random| bundles::batch(random, text));

const NAMES: &[&str] = &[
    "a.txt",
    "b.txt",
    "f/a.txt",
    "f/b.yaml",
    "f/g/c.conf",
    "f/g/a.txt",
    "f/[x].txt",
    "conf/.hidden",
    ".dot/a",
    "README.md",
    "x y.txt",
    "é.txt",
    "f/tmp~",
    "f/.git/config",
    "templates/extra.bak",
    "templates/sub/_x.tpl",
    "templates/tests/t.yaml",
    "ci/values.yaml",
    "empty",
];

const PATTERNS: &[&str] = &[
    "*",
    "**",
    "*.txt",
    "**.txt",
    "**/*.txt",
    "f/*",
    "f/**",
    "f/*/*",
    "{a,b}.txt",
    "f/{a,b}.*",
    "f/{a.txt,g/*}",
    "[ab].txt",
    "[!a].txt",
    "[^a].txt",
    "[a-c].txt",
    "?.txt",
    "f/\\\\[x\\\\].txt",
    "nope",
    "",
    "[",
    "{a",
    "f",
    "f/",
    "/a.txt",
    "./a.txt",
    "**/g/**",
    "*/*.yaml",
    "a.txt*",
    "{,x}a.txt",
    "*é*",
    "x y.*",
];

const RULES: &[&str] = &[
    "*.bak",
    "f/",
    "f",
    "/f",
    "/a.txt",
    "a.txt",
    "!a.txt",
    "*.txt",
    "!b.txt",
    "# comment",
    "",
    "  *.conf  ",
    "f/*.yaml",
    "f/g",
    "*/g",
    "g/",
    ".git",
    ".*",
    "[ab].txt",
    "[",
    "**/x",
    "templates/sub",
    "tests/",
    "tests",
    "ci",
    "README.md",
    "values.yaml",
    "Chart.yaml",
    "!",
    "/",
    "*",
    "f/?.txt",
    "\\#a",
    "*~",
    "a?.txt",
];

const CONTENTS: &[&str] = &[
    "one\ntwo\n",
    "one",
    "",
    "\n",
    "a: 1\nb:\n  - x\n",
    "{{ .Values.a }}\n",
    "tab\there \n\n  indented\n",
    "é\r\nü\n",
    "quote \" and ' and \\ \n",
    "-----\nx: |\n  y\n",
];

fn text(random: &mut Random) -> String {
    let mut bundle = Bundle::default();
    let mut names: Vec<&str> = (0..2 + random.below(8))
        .map(|_| *random.pick(NAMES))
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        bundle.add(name, random.word(CONTENTS));
    }
    if random.below(2) == 0 {
        let rules: Vec<&str> = (0..=random.below(3)).map(|_| *random.pick(RULES)).collect();
        bundle.add(".helmignore", &(rules.join("\n") + "\n"));
    }
    let mut template = String::new();
    for number in 0..=random.below(3) {
        template.push_str(&line(random, number));
    }
    bundle.add("templates/t.yaml", &template);
    bundle.text
}

fn line(random: &mut Random, number: usize) -> String {
    let pattern = random.word(PATTERNS);
    let name = random.word(NAMES);
    match random.below(9) {
        0 | 1 => format!(
            "g{number}: {{{{ range $p, $b := .Files.Glob \"{pattern}\" }}}}\n- {{{{ $p }}}} {{{{ $b | toString | quote }}}}{{{{ end }}}}\n"
        ),
        2 => format!("c{number}:\n{{{{ (.Files.Glob \"{pattern}\").AsConfig | indent 2 }}}}\n"),
        3 => {
            format!("s{number}:\n  {{{{- (.Files.Glob \"{pattern}\").AsSecrets | nindent 2 }}}}\n")
        }
        4 => format!("t{number}: {{{{ .Files.Get \"{name}\" | quote }}}}\n"),
        5 => format!(
            "l{number}: {{{{ range $i, $l := .Files.Lines \"{name}\" }}}}{{{{ $i }}}}={{{{ $l | quote }}}} {{{{ end }}}}\n"
        ),
        6 => format!("y{number}: {{{{ .Files.Get \"{name}\" | fromYaml | toJson }}}}\n"),
        7 => format!("p{number}: {{{{ tpl (.Files.Get \"{name}\") . | quote }}}}\n"),
        _ => format!(
            "n{number}: {{{{ len .Files }}}} {{{{ (.Files.Glob \"{pattern}\").Get \"{name}\" | b64enc }}}}\n"
        ),
    }
}
