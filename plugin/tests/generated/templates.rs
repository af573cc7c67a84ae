//! Templates: a grammar of actions, and a table of functions with the kinds of their arguments, so that most cases render.

use homescale_fuzz::mutate::Random;

use crate::engine::{Job, chart};
use crate::family::{Batch, Family};
use crate::grammar::{FUNCTIONS, VERBS, literals, operands};
use crate::words;

pub(crate) const FAMILY: Family = Family {
    name: "templates",
    generate,
    together: Some(together),
    alone,
    sample: 12,
};

fn generate(random: &mut Random) -> Batch {
    let values = values(random);
    let items = (0..120)
        .map(|number| Template::new(random, number).text())
        .collect();
    Batch { values, items }
}

fn values(random: &mut Random) -> String {
    let mut text = String::new();
    for key in ["s1", "s2", "s3"] {
        text.push_str(&format!("{key}: {}\n", words::quoted(random)));
    }
    for key in ["n1", "n2", "n3"] {
        text.push_str(&format!("{key}: {}\n", random.pick(words::NUMBERS)));
    }
    text.push_str(&format!(
        "b1: true\nb2: false\nz: null\nf: {}\n",
        words::json(random, 2)
    ));
    for key in ["l1", "l2"] {
        text.push_str(&format!("{key}: {}\n", words::json_list(random, 2)));
    }
    text.push_str("ls: [b, a, c]\n");
    for key in ["m1", "m2"] {
        text.push_str(&format!("{key}: {}\n", words::json_map(random, 2)));
    }
    text
}

/// Each case is a partial, whose text is printed in base64: no case can break the document that all are in.
fn together(batch: &Batch) -> Job {
    let mut files = chart(batch.values.as_bytes());
    let mut template = String::new();
    for (number, item) in batch.items.iter().enumerate() {
        files.push((
            format!("templates/_{number}.tpl"),
            item.clone().into_bytes(),
        ));
        template.push_str(&format!(
            "c{number}: {{{{ include \"c/templates/_{number}.tpl\" . | b64enc }}}}\n"
        ));
    }
    files.push(("templates/t.yaml".to_owned(), template.into_bytes()));
    Job {
        files,
        ..Job::default()
    }
}

fn alone(values: &str, item: &str) -> Job {
    let mut files = chart(values.as_bytes());
    files.push(("templates/t.yaml".to_owned(), item.as_bytes().to_vec()));
    Job {
        files,
        ..Job::default()
    }
}

/// A template in the making.
struct Template<'r> {
    random: &'r mut Random,
    /// Tells its definitions from those of other cases.
    number: usize,
    defined: usize,
    variables: Vec<String>,
    loops: usize,
    /// How many actions may still be made.
    room: usize,
}

impl<'r> Template<'r> {
    fn new(random: &'r mut Random, number: usize) -> Self {
        let room = 1 + random.below(8);
        Self {
            random,
            number,
            defined: 0,
            variables: Vec::new(),
            loops: 0,
            room,
        }
    }

    fn text(mut self) -> String {
        let mut definitions = String::new();
        while self.defined < 2 && self.random.below(3) == 0 {
            let name = format!("d{}-{}", self.number, self.defined);
            let body = self.list(2);
            self.variables.clear();
            self.defined += 1;
            let (open, close) = self.delimiters();
            definitions.push_str(&format!(
                "{open}define \"{name}\"{close}{body}{{{{ end }}}}\n"
            ));
        }
        let body = self.list(3);
        definitions + &body
    }

    fn delimiters(&mut self) -> (&'static str, &'static str) {
        let open = self.random.pick(&["{{ ", "{{ ", "{{- ", "{{", "{{-\n"]);
        let close = self.random.pick(&[" }}", " }}", " -}}", "}}", "\n}}"]);
        (open, close)
    }

    fn list(&mut self, depth: usize) -> String {
        let mut out = String::new();
        let scope = self.variables.len();
        for _ in 0..=self.random.below(3) {
            out.push_str(self.random.word(&[
                "",
                "",
                " ",
                "\n",
                "x",
                "a: ",
                "\n  ",
                "- ",
                " y\n\n",
                "}",
                "{",
                "\t",
                "<no value>",
                "é",
                "\r\n",
                "{{/* c */}}",
                "{{- /* c */ -}}",
                "\"",
                "# ",
            ]));
            out.push_str(&self.action(depth));
        }
        self.variables.truncate(scope);
        out
    }

    fn action(&mut self, depth: usize) -> String {
        let (open, close) = self.delimiters();
        self.room = self.room.saturating_sub(1);
        let kinds = if depth == 0 || self.room == 0 { 8 } else { 16 };
        match self.random.below(kinds) {
            0..=5 => format!("{open}{}{close}", self.pipeline('A', depth)),
            6 => self.assignment(open, close, depth),
            7 => self.call(open, close),
            8 | 9 => {
                let condition = self.pipeline('A', depth - 1);
                self.block("if", &condition, open, close, depth)
            }
            10 | 11 => {
                let scope = self.variables.len();
                let head = self.declared('A', depth);
                let block = self.block("with", &head, open, close, depth);
                self.variables.truncate(scope);
                block
            }
            _ => self.range(open, close, depth),
        }
    }

    fn assignment(&mut self, open: &str, close: &str, depth: usize) -> String {
        let kind = *self.random.pick(&['S', 'I', 'N', 'L', 'M', 'A']);
        if !self.variables.is_empty() && self.random.below(3) == 0 {
            let name = self.random.pick(&self.variables).clone();
            return format!("{open}{name} = {}{close}", self.pipeline('A', depth));
        }
        let value = self.pipeline(kind, depth);
        let name = format!("$v{}", self.random.below(4));
        self.variables.push(name.clone());
        format!("{open}{name} := {value}{close}")
    }

    fn call(&mut self, open: &str, close: &str) -> String {
        if self.loops > 0 && self.random.below(2) == 0 {
            let word = *self.random.pick(&["break", "continue"]);
            let condition = self.expression('B', 1);
            return format!("{open}if {condition}{close}{{{{ {word} }}}}{{{{ end }}}}");
        }
        if self.defined == 0 {
            return format!("{open}{}{close}", self.expression('S', 1));
        }
        let name = self.name();
        let dot = *self
            .random
            .pick(&[".", "$", "$.Values", "nil", ".Values.m1"]);
        match self.random.below(3) {
            0 => format!("{open}template \"{name}\" {dot}{close}"),
            1 => format!("{open}include \"{name}\" {dot} | indent 2{close}"),
            _ => format!("{open}include \"{name}\" {dot}{close}"),
        }
    }

    fn name(&mut self) -> String {
        let index = self.random.below(self.defined);
        format!("d{}-{index}", self.number)
    }

    /// A pipeline, sometimes with a variable declared in front of it.
    fn declared(&mut self, kind: char, depth: usize) -> String {
        let value = self.pipeline(kind, depth - 1);
        if self.random.below(3) > 0 {
            return value;
        }
        let name = format!("$w{}", self.random.below(3));
        self.variables.push(name.clone());
        format!("{name} := {value}")
    }

    fn block(&mut self, word: &str, head: &str, open: &str, close: &str, depth: usize) -> String {
        let body = self.list(depth - 1);
        let mut block = format!("{open}{word} {head}{close}{body}");
        if word != "range" && self.random.below(4) == 0 {
            let other = self.pipeline('A', depth - 1);
            let (open, close) = self.delimiters();
            block.push_str(&format!(
                "{open}else {word} {other}{close}{}",
                self.list(depth - 1)
            ));
        }
        if self.random.below(3) == 0 {
            let (open, close) = self.delimiters();
            block.push_str(&format!("{open}else{close}{}", self.list(depth - 1)));
        }
        let (open, close) = self.delimiters();
        block + &format!("{open}end{close}")
    }

    fn range(&mut self, open: &str, close: &str, depth: usize) -> String {
        let kind = *self.random.pick(&['L', 'L', 'M', 'M', 'k', 'A']);
        let over = self.pipeline(kind, depth - 1);
        let scope = self.variables.len();
        let head = match self.random.below(5) {
            0 => {
                self.variables.extend(["$e".to_owned()]);
                format!("$e := {over}")
            }
            1 | 2 if kind != 'k' => {
                self.variables.extend(["$i".to_owned(), "$e".to_owned()]);
                format!("$i, $e := {over}")
            }
            3 if self.variables.len() > 1 && kind != 'k' => {
                let (a, b) = (
                    self.random.pick(&self.variables).clone(),
                    self.random.pick(&self.variables).clone(),
                );
                format!("{a}, {b} = {over}")
            }
            _ => over,
        };
        self.loops += 1;
        let block = self.block("range", &head, open, close, depth);
        self.loops -= 1;
        self.variables.truncate(scope);
        block
    }

    /// An expression, sometimes with stages behind it.
    fn pipeline(&mut self, kind: char, depth: usize) -> String {
        let mut text = self.expression(kind, depth);
        if self.random.below(3) == 0 {
            let stages = [
                "quote",
                "toString",
                "toJson",
                "toYaml",
                "default \"d\"",
                "kindOf",
                "print",
                "list",
                "squote",
                "len",
                "upper",
                "trim",
                "b64enc",
                "not",
                "empty",
                "int",
                "printf \"%v\"",
                "indent 2",
                "nindent 4",
                "trunc 5",
                "first",
                "ternary 1 2",
                "typeOf",
                "printf \"%T\"",
                "html",
                "join \",\"",
                "toPrettyJson",
                "float64",
                "eq \"a\"",
                "dict \"k\"",
                "toYamlPretty",
                "printf \"%5v|\"",
                "trimSuffix \"\\n\"",
                "fromYaml",
                "has \"a\"",
                "",
            ];
            for _ in 0..=self.random.below(2) {
                text.push_str(self.random.word(&[" | ", " | ", "|", " |\n  "]));
                text.push_str(self.random.word(&stages));
            }
        }
        text
    }

    /// What stands in an argument: an operand, or an expression in parentheses.
    fn argument(&mut self, kind: char, depth: usize) -> String {
        let text = self.expression(kind, depth);
        let alone = text.starts_with('"')
            && text.ends_with('"')
            && text[1..text.len() - 1].find('"').is_none()
            || !text.contains([' ', '"', '\n', '|', '`']);
        if alone { text } else { format!("({text})") }
    }

    fn expression(&mut self, kind: char, depth: usize) -> String {
        // A kind that does not fit makes an error, which has a text and a place.
        let kind = match self.random.below(60) {
            0 if "SINBLM".contains(kind) => 'A',
            _ => kind,
        };
        if let Some(literal) = self.literal(kind) {
            return literal;
        }
        if depth == 0 || self.random.below(3) == 0 {
            return self.operand(kind);
        }
        for _ in 0..200 {
            let row = *self.random.pick(FUNCTIONS);
            if row.starts_with(kind) || kind == 'A' {
                return self.function(&row[2..], depth - 1);
            }
        }
        self.operand(kind)
    }

    fn function(&mut self, row: &str, depth: usize) -> String {
        if row == "l" {
            return self.literal('l').unwrap_or_default();
        }
        let mut words = Vec::new();
        for word in row.split(' ') {
            let mut letters = word.chars();
            match (letters.next(), letters.as_str()) {
                (Some(kind), "") if kind.is_ascii_alphabetic() => {
                    words.push(self.argument(kind, depth));
                }
                (Some(kind), "*") => {
                    for _ in 0..self.random.below(3) {
                        words.push(self.argument(kind, depth));
                    }
                }
                _ => words.push(self.nested(word, depth)),
            }
        }
        let text = words.join(" ");
        match row {
            _ if row.starts_with("include I") && self.defined > 0 => {
                format!("include \"{}\" $", self.name())
            }
            _ if row.starts_with("include I") || row.starts_with("fail") => self.operand('S'),
            _ if row.starts_with("(semver V)") => {
                text.replace('V', &self.literal('V').unwrap_or_default())
            }
            _ => text,
        }
    }

    /// Words of a row that are more than a kind: `(deepCopy|M)`, `T_`, `(T_).Year`.
    fn nested(&mut self, word: &str, depth: usize) -> String {
        let date = |this: &mut Self| {
            format!(
                "(toDate \"2006-01-02\" {})",
                this.literal('T').unwrap_or_default()
            )
        };
        match word {
            "T_" => date(self),
            "(print|A)" => format!("(print {})", self.argument('A', depth)),
            "(dict|KA)" => format!(
                "(dict \"a\" {} \"b\" {})",
                self.argument('A', depth),
                self.argument('A', depth)
            ),
            _ if word.starts_with("(T_)") => format!("{}{}", date(self), &word[4..]),
            "S).AsConfig" => format!("{}).AsConfig", self.argument('S', depth)),
            "(deepCopy|M)" => format!("(deepCopy {})", self.argument('M', depth)),
            "(keys|M)" => format!("keys {}", self.argument('M', depth)),
            "(urlParse|U)" => format!("(urlParse {})", self.literal('U').unwrap_or_default()),
            _ => word.to_owned(),
        }
    }

    /// A literal of a kind that has no other expressions.
    fn literal(&mut self, kind: char) -> Option<String> {
        Some(match kind {
            'K' => format!("\"{}\"", self.random.pick(words::KEYS)),
            'J' | 'Y' => {
                let depth = self.random.below(3);
                let json = words::json(self.random, depth);
                format!("`{}`", json.replace('`', "'"))
            }
            'P' => {
                let count = 1 + self.random.below(3);
                let format: Vec<&str> = (0..count).map(|_| self.random.word(VERBS)).collect();
                let arguments: Vec<String> = (0..self.random.below(4))
                    .map(|_| self.argument('A', 1))
                    .collect();
                let text = format!("\"{}\" {}", format.join(" "), arguments.join(" "));
                text.trim_end().to_owned()
            }
            _ => self.random.word(literals(kind)?).to_owned(),
        })
    }

    fn operand(&mut self, kind: char) -> String {
        if !self.variables.is_empty() && self.random.below(5) == 0 {
            return self.random.pick(&self.variables).clone();
        }
        let values = operands(kind);
        if kind == 'S' && self.random.below(3) == 0 {
            return words::quoted(self.random);
        }
        (*self.random.pick(values)).to_owned()
    }
}
