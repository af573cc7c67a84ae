//! Charts of charts: dependencies with conditions, tags, aliases and imported values, globals, nulls, files of values and
//! flags. Each chart prints its values and what it knows about itself.

use homescale_fuzz::mutate::Random;

use crate::bundles::{self, Bundle};
use crate::family::Family;

pub(crate) const FAMILY: Family = bundles::family("charts", |random| bundles::batch(random, text));

fn text(random: &mut Random) -> String {
    Tree::new(random).text()
}

/// The charts that one chart may have.
const NAMES: [&str; 3] = ["s", "t", "u"];

/// Keys of values: few, so that charts mean each other.
const KEYS: &[&str] = &[
    "a", "b", "m", "n", "s", "t", "u", "x", "global", "tags", "enabled", "exports", "s2", "data",
];

struct Tree<'r> {
    random: &'r mut Random,
    bundle: Bundle,
}

impl<'r> Tree<'r> {
    fn new(random: &'r mut Random) -> Self {
        Self {
            random,
            bundle: Bundle::default(),
        }
    }

    fn text(mut self) -> String {
        self.chart("", "c", 2);
        if self.random.below(3) == 0 {
            let values = self.values(3);
            self.bundle.add("@values", &values);
        }
        let count = self.random.below(3);
        let flags: Vec<String> = (0..count).map(|_| self.flag()).collect();
        if !flags.is_empty() {
            self.bundle.add("@set", &(flags.join("\n") + "\n"));
        }
        self.bundle.text
    }

    /// A chart in a folder, with the charts below it.
    fn chart(&mut self, folder: &str, name: &str, depth: usize) {
        let is_v1 = self.random.below(5) == 0;
        let mut metadata = format!(
            "apiVersion: {}\nname: {name}\nversion: {}\n",
            if is_v1 { "v1" } else { "v2" },
            self.random
                .pick(&["1.0.0", "0.2.1", "v1.2.3", "1.0.0-rc.1"])
        );
        if !folder.is_empty() && self.random.below(10) == 0 {
            metadata.push_str("type: library\n");
        }
        if self.random.below(8) == 0 {
            let wanted = [">=1.20.0-0", "^1.19.0", ">99", "<1.0"];
            metadata.push_str(&format!("kubeVersion: '{}'\n", self.random.pick(&wanted)));
        }
        if self.random.below(6) == 0 {
            metadata.push_str("appVersion: 1.10\ndescription: d\n");
        }
        let present: Vec<&str> = match depth {
            0 => Vec::new(),
            _ => NAMES
                .into_iter()
                .filter(|_| self.random.below(2) == 0)
                .collect(),
        };
        let dependencies = self.dependencies(&present);
        if is_v1 {
            self.bundle
                .add(&format!("{folder}requirements.yaml"), &dependencies);
        } else {
            metadata.push_str(&dependencies);
        }
        self.bundle.add(&format!("{folder}Chart.yaml"), &metadata);
        if self.random.below(8) > 0 {
            let values = self.values(3);
            self.bundle.add(&format!("{folder}values.yaml"), &values);
        }
        self.templates(folder, name);
        for name in present {
            self.chart(&format!("{folder}charts/{name}/"), name, depth - 1);
        }
    }

    fn dependencies(&mut self, present: &[&str]) -> String {
        let mut text = String::new();
        for &name in present {
            for _ in 0..*self.random.pick(&[0, 1, 1, 1, 1, 2]) {
                text.push_str(&self.dependency(name));
            }
        }
        if self.random.below(25) == 0 {
            text.push_str(&self.dependency("missing"));
        }
        if text.is_empty() {
            return text;
        }
        format!("dependencies:\n{text}")
    }

    fn dependency(&mut self, name: &str) -> String {
        let version = self
            .random
            .pick(&["'*'", "'*'", "'>=0.0.0-0'", "1.0.0", "x", "'>9'", "''"]);
        let mut text = format!("- name: {name}\n  version: {version}\n");
        if self.random.below(3) > 0 {
            text.push_str("  repository: ''\n");
        }
        if self.random.below(4) == 0 {
            let alias = self.random.pick(&["s2", "t", "x", "global", "a"]);
            text.push_str(&format!("  alias: {alias}\n"));
        }
        if self.random.below(3) == 0 {
            let condition = self.random.pick(&[
                "s.enabled",
                "t.enabled",
                "u.enabled",
                "global.a",
                "a,b",
                "m.a.b,s.enabled",
                "nope",
                "s.n, t.enabled",
                "''",
                "global",
            ]);
            text.push_str(&format!("  condition: {condition}\n"));
        }
        if self.random.below(4) == 0 {
            let tags = self.random.pick(&["[a]", "[b]", "[a, b]", "[nope]", "[]"]);
            text.push_str(&format!("  tags: {tags}\n"));
        }
        if self.random.below(3) == 0 {
            let import = self.random.pick(&[
                "[data]",
                "[a, b]",
                "[{child: a, parent: b}]",
                "[{child: m, parent: .}]",
                "[{child: exports.data, parent: m.x}]",
                "[{child: ., parent: x}]",
                "[nope]",
                "[{child: nope, parent: a}]",
                "[{child: global, parent: m}]",
                "[data, {child: s.m, parent: s}]",
                "[{child: n, parent: a.b}]",
            ]);
            text.push_str(&format!("  import-values: {import}\n"));
        }
        text
    }

    fn templates(&mut self, folder: &str, name: &str) {
        let mut text = String::new();
        for line in [
            "v: {{ .Values | toJson }}\n",
            "w:\n  {{- toYaml .Values | nindent 2 }}\n",
            "c: {{ .Chart.Name }}-{{ .Chart.Version }} {{ .Chart.IsRoot }} {{ .Chart.AppVersion }}\n",
            "t: {{ .Template.Name }} {{ .Template.BasePath }}\n",
            "r: {{ .Release.Name }}/{{ .Release.Namespace }} {{ .Release.IsInstall }}\n",
            "h: {{ include \"h\" . }}\n",
            "s: {{ range $k, $v := .Subcharts }}{{ $k }}:{{ $v.Values | toJson }} {{ end }}\n",
            "g: {{ .Values.global | toJson }}\n",
            "f: {{ range $p, $_ := .Files.Glob \"**\" }}{{ $p }} {{ end }}\n",
            "k: {{ .Values.s.enabled }}\n",
            "d: {{ .Chart.Dependencies | len }}{{ range .Chart.Dependencies }} {{ .Name }}:{{ .Alias }}:{{ .Enabled }}{{ end }}\n",
            "m: {{ $_ := set .Values \"a\" \"changed\" }}{{ .Values.a }}\n",
            "l: {{ .Values.global.a }}\n",
        ] {
            if self.random.below(3) == 0 {
                text.push_str(line);
            }
        }
        self.bundle.add(&format!("{folder}templates/t.yaml"), &text);
        if folder.is_empty() || self.random.below(3) == 0 {
            let helper = format!("{{{{ define \"h\" }}}}{name} {{{{ .Chart.Name }}}}{{{{ end }}}}");
            let file = self.random.pick(&["_h.tpl", "_a.tpl", "z/_h.tpl"]);
            self.bundle
                .add(&format!("{folder}templates/{file}"), &helper);
        }
        if self.random.below(10) == 0 {
            self.bundle
                .add(&format!("{folder}crds/x.yaml"), "kind: X\n---\nkind: Y\n");
        }
        if self.random.below(10) == 0 {
            self.bundle.add(
                &format!("{folder}templates/NOTES.txt"),
                "notes {{ .Values.a }}\n",
            );
        }
        if self.random.below(12) == 0 {
            let schema = self.random.pick(&[
                "{\"required\": [\"a\"]}",
                "{\"properties\": {\"a\": {\"type\": \"string\"}, \"global\": {\"required\": [\"a\"]}}}",
                "{\"properties\": {\"s\": {\"type\": \"object\"}}, \"additionalProperties\": false}",
            ]);
            self.bundle
                .add(&format!("{folder}values.schema.json"), schema);
        }
    }

    /// A file of values: a block map.
    fn values(&mut self, depth: usize) -> String {
        let mut text = String::new();
        for _ in 0..=self.random.below(5) {
            let key = self.random.pick(KEYS);
            // A key that is there twice is refused, which would be all that there is to see.
            if !text.contains(&format!("\n{key}:")) && !text.starts_with(&format!("{key}:")) {
                text.push_str(&format!("{key}: {}\n", self.value(depth)));
            }
        }
        text
    }

    fn value(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 6 } else { 12 }) {
            0 => "null".to_owned(),
            1 => (*self.random.pick(&["true", "false"])).to_owned(),
            2 => (*self.random.pick(&["1", "0", "1.5", "10000000"])).to_owned(),
            3 | 4 => (*self.random.pick(&["x", "''", "\"1\"", "text", "\"true\""])).to_owned(),
            5 => (*self.random.pick(&["{}", "[]", "~"])).to_owned(),
            6 => {
                let items: Vec<String> = (0..self.random.below(3))
                    .map(|_| self.value(depth - 1))
                    .collect();
                format!("[{}]", items.join(", "))
            }
            _ => {
                let mut keys: Vec<&str> = (0..=self.random.below(3))
                    .map(|_| *self.random.pick(KEYS))
                    .collect();
                keys.sort_unstable();
                keys.dedup();
                let pairs: Vec<String> = keys
                    .into_iter()
                    .map(|key| format!("{key}: {}", self.value(depth - 1)))
                    .collect();
                format!("{{{}}}", pairs.join(", "))
            }
        }
    }

    fn flag(&mut self) -> String {
        let mut path = (*self.random.pick(KEYS)).to_owned();
        for _ in 0..self.random.below(3) {
            path.push_str(&format!(".{}", self.random.pick(KEYS)));
        }
        let flag = *self
            .random
            .pick(&["--set", "--set", "--set", "--set-string", "--set-json"]);
        let value = match flag {
            "--set-json" => {
                (*self.random.pick(&["null", "{\"a\":null}", "[1]", "\"x\""])).to_owned()
            }
            _ => (*self
                .random
                .pick(&["null", "true", "false", "1", "x", "", "{a,b}"]))
            .to_owned(),
        };
        format!("{flag} {path}={value}")
    }
}
