//! Random values that a JSON Schema describes, and now and then one that it does not.

use homescale_fuzz::mutate::Random;
use serde_json::{Map, Value, json};

/// How deep values are nested that a schema leaves open.
const MAX_DEPTH: usize = 3;

/// Texts that mean something to YAML, to templates, or to Argo CD.
const TEXTS: &[&str] = &[
    "",
    "a",
    "web",
    "east",
    "argocd",
    "1",
    "1.0",
    "true",
    "no",
    "null",
    "~",
    "a: b",
    "# x",
    "- x",
    " padded ",
    "two\nlines\n",
    "ünïcødé",
    "a,b",
    "a.b",
    "/",
    ".",
    "./x/",
    "../x",
    "/env/x.yaml",
    "*.yaml",
    "$values/x.yaml",
    "${ARGOCD_APP_NAME}",
    "oci:x",
    "{{ .Values.cluster.name }}",
    "{{ .Release.Name }}-{{ .Release.Namespace }}",
    "{{ .Values.nothing }}",
    "{{ .Values.cluster.name.x }}",
    "{{ \"{{\" }}",
    "{{ nope }}",
    "{{ fail \"no\" }}",
    "}}",
    "https://git.example.com/a.git",
    "restricted",
];

/// A schema, and the document in which its references lead somewhere.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'s> {
    root: &'s Value,
    own: &'s Value,
}

impl<'s> Schema<'s> {
    pub(crate) fn new(root: &'s Value) -> Self {
        Self { root, own: root }
    }

    /// The schema of a property.
    pub(crate) fn property(self, name: &str) -> Self {
        self.at(&self.own["properties"][name])
    }

    /// The names of the properties.
    pub(crate) fn names(self) -> impl Iterator<Item = &'s str> {
        self.properties().map(|(name, _)| name.as_str())
    }

    fn at(self, own: &'s Value) -> Self {
        Self { own, ..self }
    }

    fn properties(self) -> impl Iterator<Item = (&'s String, &'s Value)> {
        self.own["properties"].as_object().into_iter().flatten()
    }

    /// A random value. In one of so many it is of another type.
    pub(crate) fn instance(self, random: &mut Random, wrong: usize) -> Value {
        if random.below(wrong) == 1 {
            return anything(random, 1);
        }
        if let Some(reference) = self.own["$ref"].as_str() {
            let found = self.root.pointer(reference.trim_start_matches('#'));
            return self.at(found.unwrap()).instance(random, wrong);
        }
        for choice in ["anyOf", "oneOf"] {
            if let Some(choices) = self.own[choice].as_array() {
                return self.at(random.pick(choices)).instance(random, wrong);
            }
        }
        if let Some(values) = self.own["enum"].as_array() {
            return random.pick(values).clone();
        }
        if let Some(value) = self.own.get("const") {
            return value.clone();
        }
        match self.own["examples"].as_array() {
            Some(examples) if random.below(4) == 0 => random.pick(examples).clone(),
            _ => self.of_type(random, wrong),
        }
    }

    fn of_type(self, random: &mut Random, wrong: usize) -> Value {
        let types = match &self.own["type"] {
            Value::String(name) => vec![name.as_str()],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => return anything(random, 0),
        };
        // Null says nothing, and so does not come as often as what says something.
        let name = match types.as_slice() {
            [name, "null"] if random.below(8) > 0 => name,
            types => *random.pick(types),
        };
        match name {
            "object" => self.object(random, wrong),
            "array" => {
                let items = self.at(&self.own["items"]);
                (0..random.below(3))
                    .map(|_| items.instance(random, wrong))
                    .collect()
            }
            "integer" => json!(random.below(9) as i64 - 3),
            "boolean" => json!(random.below(2) == 0),
            "string" => json!(random.word(TEXTS)),
            _ => Value::Null,
        }
    }

    fn object(self, random: &mut Random, wrong: usize) -> Value {
        let required = self.own["required"].as_array();
        let is_required = |name: &str| required.is_some_and(|it| it.iter().any(|it| it == name));
        let mut object = Map::new();
        for (name, schema) in self.properties() {
            let chance = if is_required(name) { 12 } else { 2 };
            if random.below(chance) > 0 {
                object.insert(name.clone(), self.at(schema).instance(random, wrong));
            }
        }
        let further = &self.own["additionalProperties"];
        if further != &Value::Bool(false) && !further.is_null() {
            for _ in 0..random.below(3) {
                let name = random.word(TEXTS);
                object.insert(name.to_owned(), self.at(further).instance(random, wrong));
            }
        }
        Value::Object(object)
    }
}

/// Any value.
pub(crate) fn anything(random: &mut Random, depth: usize) -> Value {
    let kinds = if depth < MAX_DEPTH { 9 } else { 7 };
    match random.below(kinds) {
        0 => Value::Null,
        1 => json!(random.below(2) == 0),
        2 => json!(random.below(5)),
        3 => json!(*random.pick(&[0.5, -1.0, 1e21, 12_345_678.0])),
        4..=6 => json!(random.word(TEXTS)),
        7 => (0..random.below(3))
            .map(|_| anything(random, depth + 1))
            .collect(),
        _ => {
            let entries = (0..random.below(3))
                .map(|_| (random.word(TEXTS).to_owned(), anything(random, depth + 1)));
            Value::Object(entries.collect())
        }
    }
}
