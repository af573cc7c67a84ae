//! Templates: a grammar of actions, and a table of functions with the kinds of their arguments, so that most cases render.

use homescale_fuzz::mutate::Random;

use crate::engine::{Job, chart};
use crate::family::{Batch, Family};
use crate::words;

pub(crate) const FAMILY: Family = Family {
    name: "templates",
    generate,
    together: Some(together),
    alone,
    sample: 12,
};

/// Kinds of expressions, one letter each: `S` text, `I` an `int`, `N` any number, `B` bool, `L` list, `M` map, `A` anything;
/// and literals: `R` a pattern, `V` a version, `C` a constraint of versions, `D` a layout of dates, `T` a text that is a
/// date, `U` an address, `J` JSON, `Y` YAML, `K` a key, `k` a small count, `d` a duration, `l` a list of texts.
///
/// A row is what a function gives, its name and the kinds that it takes; `*` repeats the last one.
const FUNCTIONS: &[&str] = &[
    "S upper S",
    "S lower S",
    "S title S",
    "S untitle S",
    "S trim S",
    "S trimAll S S",
    "S trimSuffix S S",
    "S trimPrefix S S",
    "S nospace S",
    "S initials S",
    "S swapcase S",
    "S snakecase S",
    "S camelcase S",
    "S kebabcase S",
    "S trunc I S",
    "S abbrev k S",
    "S abbrevboth k k S",
    "S wrap k S",
    "S wrapWith k S S",
    "S indent k S",
    "S nindent k S",
    "S replace S S S",
    "S repeat k S",
    "S substr k k S",
    "S quote A*",
    "S squote A*",
    "S cat A*",
    "S toString A",
    "S print A*",
    "S println A*",
    "S printf P",
    "S html A",
    "S js A",
    "S urlquery A",
    "S b64enc S",
    "S b64dec S",
    "S b32enc S",
    "S b32dec S",
    "S sha1sum S",
    "S sha256sum S",
    "S sha512sum S",
    "S adler32sum S",
    "S toYaml A",
    "S toJson A",
    "S toPrettyJson A",
    "S toRawJson A",
    "S toYamlPretty A",
    "S toToml M",
    "S join S A",
    "S plural S S I",
    "S ternary S S B",
    "S default A A",
    "A coalesce A*",
    "A default A A",
    "S kindOf A",
    "S typeOf A",
    "B kindIs S A",
    "B typeIs S A",
    "B typeIsLike S A",
    "B deepEqual A A",
    "B empty A",
    "B not A",
    "A and A*",
    "A or A*",
    "B eq S S*",
    "B eq I I",
    "B eq A A",
    "B ne S S",
    "B lt I I",
    "B le S S",
    "B gt I I",
    "B ge I I",
    "B lt A A",
    "B contains S S",
    "B hasPrefix S S",
    "B hasSuffix S S",
    "B has A L",
    "B hasKey M K",
    "B any A*",
    "B all A*",
    "B regexMatch R S",
    "S regexFind R S",
    "L regexFindAll R S k",
    "S regexReplaceAll R S S",
    "S regexReplaceAllLiteral R S S",
    "L regexSplit R S k",
    "S regexQuoteMeta S",
    "B semverCompare C V",
    "S semver V",
    "A (semver V).Major",
    "A (semver V).Prerelease",
    "S base S",
    "S dir S",
    "S clean S",
    "S ext S",
    "B isAbs S",
    "S osBase S",
    "I len S",
    "I len L",
    "I len M",
    "I int A",
    "N int64 A",
    "N float64 A",
    "N toDecimal A",
    "I atoi S",
    "N add N N*",
    "N add1 N",
    "N sub N N",
    "N mul N N*",
    "N div N N",
    "N mod N N",
    "N max N N*",
    "N min N N*",
    "N biggest N N",
    "N addf N N",
    "N subf N N",
    "N mulf N N",
    "N divf N N",
    "N add1f N",
    "N maxf N N",
    "N minf N N",
    "N ceil N",
    "N floor N",
    "N round N k",
    "N round N k",
    "S seq k k",
    "S seq k k k",
    "L until k",
    "L untilStep k k k",
    "L list A*",
    "L tuple A*",
    "L l",
    "L append L A",
    "L prepend L A",
    "L concat L L",
    "L reverse L",
    "L uniq L",
    "L without L A",
    "L compact L",
    "L rest L",
    "L initial L",
    "A first L",
    "A last L",
    "L slice L k",
    "L slice L k k",
    "L chunk k L",
    "L sortAlpha L",
    "L toStrings A",
    "L splitList S S",
    "M split S S",
    "M splitn S k S",
    "A index L k",
    "A index M K",
    "A get M K",
    "M dict K A",
    "M dict K A K A",
    "M set (deepCopy|M) K A",
    "M unset (deepCopy|M) K",
    "M merge (dict) M",
    "M merge (deepCopy|M) M",
    "M mergeOverwrite (deepCopy|M) M",
    "M mergeOverwrite (dict) M M",
    "M pick M K",
    "M omit M K",
    "L pluck K M M",
    "L (keys|M) | sortAlpha",
    "A dig K K A M",
    "M deepCopy M",
    "L deepCopy L",
    "M fromYaml Y",
    "M fromJson J",
    "L fromYamlArray Y",
    "L fromJsonArray J",
    "A mustFromJson J",
    "S tpl t $",
    "S include I $",
    "S dateInZone D T_ \"UTC\"",
    "S date D T_",
    "S htmlDate T_",
    "S (T_).Year",
    "N unixEpoch T_",
    "S duration d",
    "S durationRound d",
    "M urlParse U",
    "S urlJoin (urlParse|U)",
    "S trimall S S",
    "A $.Values.f",
    "A required S A",
    "S lookup \"v1\" \"Pod\" S S",
    "S toDate \"2006-01-02\" T",
    "S dateModify d T_",
    "S mustToDate \"2006-01-02\" T",
    "S substr I I S",
    "S trunc k S",
    "S printf P",
    "S printf P",
    "S randNumeric 0",
    "S shuffle \"\"",
    "S getHostByName \"\"",
    "S mustToJson A",
    "L mustUniq L",
    "S toYaml A",
    "S toYaml A",
    "S .Files.Get S",
    "S fail S",
];

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
        set: Vec::new(),
    }
}

fn alone(values: &str, item: &str) -> Job {
    let mut files = chart(values.as_bytes());
    files.push(("templates/t.yaml".to_owned(), item.as_bytes().to_vec()));
    Job {
        files,
        set: Vec::new(),
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
        for _ in 0..1 + self.random.below(3) {
            out.push_str(self.random.pick(&[
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
            for _ in 0..1 + self.random.below(2) {
                text.push_str(self.random.pick(&[" | ", " | ", "|", " |\n  "]));
                text.push_str(self.random.pick(&stages));
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
                    words.push(self.argument(kind, depth))
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
                text.replace("V", &self.literal('V').unwrap_or_default())
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
            "(T_).Year" => format!("{}.Year", date(self)),
            "(deepCopy|M)" => format!("(deepCopy {})", self.argument('M', depth)),
            "(keys|M)" => format!("keys {}", self.argument('M', depth)),
            "(urlParse|U)" => format!("(urlParse {})", self.literal('U').unwrap_or_default()),
            _ => word.to_owned(),
        }
    }

    /// A literal of a kind that has no other expressions.
    fn literal(&mut self, kind: char) -> Option<String> {
        let pick = match kind {
            'k' => *self
                .random
                .pick(&["0", "1", "2", "3", "4", "5", "7", "10", "-1", "-2", "80"]),
            'K' => return Some(format!("\"{}\"", self.random.pick(words::KEYS))),
            'R' => *self.random.pick(&[
                "\"a*\"",
                "\"[a-z]+\"",
                "`\\d+`",
                "`(\\w+)-(\\w+)`",
                "`^\\s*`",
                "\"(?i)HELLO\"",
                "`(?P<x>.)b?`",
                "\"(\"",
                "`\\bfoo\\b`",
                "\"[^a]\"",
                "\".\"",
                "\"\"",
                "\"(a|b)+?\"",
                "`\\pL`",
                "`[[:alpha:]]{2,3}`",
                "`x{2}`",
                "\"(?s).*\"",
                "\"$\"",
                "`[\\w.-]+`",
                "\"a{,2}\"",
                "`\\Q.\\E`",
                "\"(?U)a+\"",
                "\"é\"",
            ]),
            'V' => *self.random.pick(&[
                "\"1.2.3\"",
                "\"v1.2\"",
                "\"1\"",
                "\"1.2.3-rc.1\"",
                "\"1.25.0-gke.1\"",
                "\"1.2.3+b\"",
                "\"01.2.3\"",
                "\"x\"",
                "\"\"",
                "\"1.2.3-alpha+x.y\"",
                "\"v0.0.1\"",
                "\"1.2.3.4\"",
                "\"1.2.3-\"",
                "\"2.0.0\"",
                ".Capabilities.KubeVersion.Version",
            ]),
            'C' => *self.random.pick(&[
                "\">=1.0\"",
                "\"^1.2\"",
                "\"~1.2.3\"",
                "\">=1.19-0\"",
                "\"*\"",
                "\"1.x\"",
                "\">= 1.0, < 2\"",
                "\"1.2 - 1.4\"",
                "\"=1.2.3 || >2\"",
                "\"!=1.2.3\"",
                "\"<1.2.3-rc.2\"",
                "\"\"",
                "\"~0\"",
                "\"^0.0.1\"",
                "\"=>1\"",
                "\"x\"",
                "\">a\"",
                "\"<=1.2\"",
                "\">1.2\"",
                "\"^1.2.x\"",
                "\">=1.0 <2.0\"",
                "\">1.x\"",
            ]),
            'D' => *self.random.pick(&[
                "\"2006-01-02\"",
                "\"Jan _2 15:04:05.000 MST\"",
                "\"Mon 02 January 06\"",
                "\"3PM\"",
                "\"-07:00\"",
                "\"002\"",
                "\"\"",
                "\"x 2 y\"",
                "\"2006-01-02T15:04:05Z07:00\"",
                "\"January 2, 2006 at 3:04pm\"",
                "\".999\"",
                "\"Z0700\"",
            ]),
            'T' => *self.random.pick(&[
                "\"2024-05-06\"",
                "\"1999-12-31\"",
                "\"2024-02-29\"",
                "\"bad\"",
                "\"0001-01-01\"",
                "\"2024-02-30\"",
                "\"\"",
            ]),
            'U' => *self.random.pick(&[
                "\"http://u:p@h.io:80/p/a?q=1&r=2#f\"",
                "\"//h/p\"",
                "\"mailto:a@b\"",
                "\"/p%20q\"",
                "\"\"",
                "\"http://[::1]:80/\"",
                "\"a b\"",
                "\"http://h/é\"",
                "\"?q\"",
                "\"#f\"",
                "\"http://h:x/\"",
                "\"%zz\"",
                "\"HTTP://H\"",
            ]),
            'd' => *self.random.pick(&[
                "\"95\"",
                "\"1h30m\"",
                "\"-5m\"",
                "\"2400h\"",
                "\"1.5s\"",
                "\"x\"",
                "\"100ms\"",
                "\"0\"",
                "\"26h3m\"",
                "\"1y\"",
                "95",
                "\"9999999h\"",
            ]),
            'J' | 'Y' => {
                let depth = self.random.below(3);
                let json = words::json(self.random, depth);
                return Some(format!("`{}`", json.replace('`', "'")));
            }
            't' => *self.random.pick(&[
                "\"{{ .Values.s1 }}\"",
                "\"x{{ .Values.nope }}y\"",
                "\"{{- range .Values.ls }}{{ . }},{{ end -}}\"",
                "$.Values.s2",
                "\"{{ printf `%v` .Values.m1 }}\"",
                "\"{{ $x := 1 }}{{ $x }}\"",
                "\"{{ include `c/templates/t.yaml` }}\"",
                "\"plain\"",
                "\"{{\"",
                "\"{{ .Values.nope.x }}\"",
                "\"{{ define `q` }}q{{ end }}{{ template `q` }}\"",
                "\"{{ tpl .Values.s1 . }}\"",
            ]),
            'P' => {
                let verbs = [
                    "%v", "%s", "%d", "%q", "%T", "%5d", "%-8s|", "%05.1f", "%x", "%X", "%+v",
                    "%#v", "%t", "%e", "%g", "%08.3f", "%c", "%U", "%%", "%", "%!", "%z", "%[1]v",
                    "%[2]d", "%*d", "%.2s", "% d", "%+d", "%o", "%#x", "%b", "%6.2f", "%G", "%O",
                    "%+q", "%#q", "% x", "%03d", "%-5v|", "%.3v", "%[3]v", "%p", "%w",
                ];
                let count = 1 + self.random.below(3);
                let format: Vec<&str> = (0..count)
                    .map(|_| *self.random.pick(&verbs))
                    .filter(|verb| *verb != "%p")
                    .collect();
                let arguments: Vec<String> = (0..self.random.below(4))
                    .map(|_| self.argument('A', 1))
                    .collect();
                return Some(
                    format!("\"{}\" {}", format.join(" "), arguments.join(" "))
                        .trim_end()
                        .to_owned(),
                );
            }
            'l' => *self.random.pick(&[
                "list \"b\" \"a\" \"b\"",
                "list 1 2 3",
                "list \"a\" nil 1",
                "list",
                "list (list 1) (dict \"a\" 1)",
                "list true 1.5 \"x\"",
                "list 3 1.0 2",
            ]),
            _ => return None,
        };
        Some(pick.to_owned())
    }

    fn operand(&mut self, kind: char) -> String {
        if !self.variables.is_empty() && self.random.below(5) == 0 {
            return self.random.pick(&self.variables).clone();
        }
        let values: &[&str] = match kind {
            'S' => &[
                "$.Values.s1",
                "$.Values.s2",
                "$.Values.s3",
                "$.Release.Name",
                "$.Chart.Name",
                "\"a\"",
                "\"\"",
            ],
            'I' => &[
                "1",
                "0",
                "-3",
                "42",
                "0x1F",
                "'a'",
                "1_000",
                "9223372036854775807",
                "7",
                "(len $.Values.ls)",
            ],
            'N' => &[
                "$.Values.n1",
                "$.Values.n2",
                "$.Values.n3",
                "1",
                "2.5",
                "1e3",
                "-7",
                "\"12\"",
                "\"x\"",
                "0",
                "3",
                "$.Values.n1",
                "(int $.Values.n2)",
                "(int64 $.Values.n3)",
                "1e6",
                "0.1",
                "nil",
                "true",
                "\"1.5\"",
                "\"08\"",
                "\"0x10\"",
            ],
            'B' => &["true", "false", "$.Values.b1", "$.Values.b2"],
            'L' => &[
                "$.Values.l1",
                "$.Values.l2",
                "$.Values.ls",
                "(list)",
                "(list 1 \"a\" nil)",
            ],
            'M' => &["$.Values.m1", "$.Values.m2", "(dict)", "(dict \"a\" 1)"],
            _ => &[
                "$.Values.s1",
                "$.Values.n1",
                "$.Values.n2",
                "$.Values.b1",
                "$.Values.l1",
                "$.Values.m1",
                "$.Values.z",
                "$.Values.nope",
                "$.Values.f",
                ".",
                "$.Values.m1.a",
                "$.Values.m2.b",
                "nil",
                "1",
                "2.0",
                "\"x\"",
                "true",
                "$.Values.ls",
                "(list 1 2)",
                "(dict \"a\" 1)",
                "$.Values.s3",
                "$.Values.nope.x",
                ".a",
                "$.Release",
                "$.Values.m2",
                "$.Chart.Version",
                "$.Template.Name",
                "$.Release.Revision",
                "`raw`",
                "'x'",
                "1i",
                "1e6",
                "(index $.Values.ls 0)",
            ],
        };
        if kind == 'S' && self.random.below(3) == 0 {
            return words::quoted(self.random);
        }
        (*self.random.pick(values)).to_owned()
    }
}
