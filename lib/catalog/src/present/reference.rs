//! [`reference()`]: every field of the files that people write, as a page of the guide.

use serde_json::{Map, Value};

use crate::model::config;
use crate::present::schema::{app_schema, bootstrap_schema, catalog_schema, values_schema};

/// What stands above the first chapter.
const HEAD: &str = "\
# The catalog: every field

Which fields there are, and what each may hold. [The rules](catalog.md) say what comes of them. This page is made of the same
types as the [JSON Schemas](schema/README.md): `INSTA_UPDATE=always cargo test -p homescale-catalog` writes it, and a test fails
where it is old.

`a.b` is the field `b` of the map `a`, and `a[].b` that of each item of the list `a`. *Becomes* names the field of the Argo CD
Application, or of the Namespace, that has the value in the end.
";

/// The fields of one file.
struct Chapter {
    title: &'static str,
    about: &'static str,
    schema: Value,
    /// What fields have that the file leaves out, by their paths.
    defaults: Value,
}

fn chapters() -> [Chapter; 4] {
    [
        Chapter {
            title: "app.yaml",
            about: "`apps/<app>/app.yaml`. A field that is null or empty counts as left out, but for `syncPolicy: null`.",
            schema: app_schema(&[]),
            defaults: Value::Null,
        },
        Chapter {
            title: "The values of the catalog",
            about: "`apps/values.yaml`, and over it the `helm.valuesObject` of `clusters/<cluster>/apps.yaml`. A default holds \
                    where `apps/values.yaml` has nothing of the section.",
            schema: values_schema(),
            defaults: config::built_in().to_json(),
        },
        Chapter {
            title: "The bootstrap Application",
            about: "`clusters/<cluster>/apps.yaml`: an Application of Argo CD, of which the catalog reads these fields.",
            schema: bootstrap_schema(),
            defaults: Value::Null,
        },
        Chapter {
            title: "The Catalog document",
            about: "What the catalog's chart prints with `output: catalog`; [its own page](catalog-document.md) says what for.",
            schema: catalog_schema(),
            defaults: Value::Null,
        },
    ]
}

/// The page `docs/catalog-reference.md`, in Markdown: every field of `app.yaml`, of the catalog's values, of the bootstrap
/// Application and of documents of kind Catalog.
pub fn reference() -> String {
    let chapters = chapters();
    let mut page = vec![HEAD.to_owned(), "\n".to_owned()];
    for Chapter { title, .. } in &chapters {
        let anchor = title.to_lowercase().replace(' ', "-").replace('.', "");
        page.push(format!("- [{title}](#{anchor})\n"));
    }
    for chapter in &chapters {
        chapter.write(&mut page);
    }
    page.concat()
}

/// A field, on the way down from the root of its schema.
struct Field<'s> {
    path: String,
    schema: &'s Value,
    is_required: bool,
    /// What it becomes in the Application.
    application: Option<String>,
    /// What it becomes in the Namespace.
    namespace: Option<&'s str>,
}

impl Chapter {
    fn write(&self, page: &mut Vec<String>) {
        page.push(format!("\n## {}\n\n{}\n", self.title, self.about));
        for field in self.fields_of(&self.schema, "", None) {
            page.push(format!(
                "\n### `{}`\n\n{}.\n\n{}\n",
                field.path,
                capital(&self.facts(&field).join("; ")),
                field.description().0
            ));
            if let Some(example) = example(&field) {
                page.push(format!("\n```yaml\n{example}```\n"));
            }
            let mut below = Vec::new();
            self.write_below(&field, &mut below);
            if !below.is_empty() {
                page.push(format!("\n{}", below.concat()));
            }
        }
    }

    /// The fields inside of a field, one a line.
    fn write_below(&self, field: &Field<'_>, page: &mut Vec<String>) {
        let application = field.application.as_deref();
        // What is inside of a parameter or an annotation is text.
        let application = application.filter(|path| !path.ends_with(']'));
        for inner in self.fields_of(field.schema, &field.path, application) {
            let facts = self.facts(&inner).join("; ");
            let description = inner.description().0;
            page.push(format!("- `{}`: {facts}. {description}\n", inner.path));
            self.write_below(&inner, page);
        }
    }

    /// The fields of a map, or of the items of a list of maps.
    fn fields_of<'s>(
        &'s self,
        schema: &'s Value,
        path: &str,
        application: Option<&str>,
    ) -> Vec<Field<'s>> {
        let schema = self.resolve(schema);
        if let Some(items) = schema.get("items") {
            let application = application.map(|path| format!("{path}[]"));
            return self.fields_of(items, &format!("{path}[]"), application.as_deref());
        }
        let alternatives = schema.get("anyOf").and_then(Value::as_array);
        let inside = alternatives.into_iter().flatten();
        let mut fields: Vec<Field<'_>> = inside
            .flat_map(|schema| self.fields_of(schema, path, application))
            .collect();
        let required = schema.get("required").and_then(Value::as_array);
        let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
        let join = |before: &str, name: &str| match before {
            "" => name.to_owned(),
            before => format!("{before}.{name}"),
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            let text = |key: &str| schema.get(key).and_then(Value::as_str);
            let own = text("x-application").map(str::to_owned);
            fields.push(Field {
                path: join(path, name),
                schema,
                is_required: is_required(name),
                application: own.or(application.map(|path| join(path, name))),
                namespace: text("x-namespace"),
            });
        }
        fields
    }

    /// What a field may hold, its default, and what it becomes.
    fn facts(&self, field: &Field<'_>) -> Vec<String> {
        let mut kind = self.kind(field.schema);
        if field.is_required {
            kind += ", required";
        }
        let mut facts = vec![kind];
        let default = match self.default(field) {
            Some(default) => Some(format!("`{default}`")),
            None => field.description().1,
        };
        facts.extend(default.map(|default| format!("default: {default}")));
        let becomes = [
            (field.application.as_deref(), ""),
            (field.namespace, " of the Namespace"),
        ];
        let becomes = becomes.into_iter();
        let becomes: Vec<String> = becomes
            .filter_map(|(path, of)| Some(format!("`{}`{of}", path?)))
            .collect();
        if !becomes.is_empty() {
            facts.push(format!("becomes {}", becomes.join(", and ")));
        }
        facts
    }

    /// The value that stands for a field that is left out.
    fn default(&self, field: &Field<'_>) -> Option<String> {
        let path = format!("/{}", field.path.replace('.', "/"));
        let default = self.defaults.pointer(&path)?;
        match default {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            // The defaults of its fields are said there.
            Value::Object(_) if !field.path.contains('.') => None,
            other => Some(other.to_string()),
        }
    }

    /// What a field may hold, in words.
    fn kind(&self, schema: &Value) -> String {
        or(self.kinds(schema))
    }

    /// The kinds of values that a field may hold. Null, which says nothing, is not mentioned.
    fn kinds(&self, schema: &Value) -> Vec<String> {
        let schema = self.resolve(schema);
        if let Some(value) = schema.get("const").and_then(Value::as_str) {
            return vec![format!("`{value}`")];
        }
        for key in ["anyOf", "oneOf", "enum"] {
            if let Some(choices) = schema.get(key).and_then(Value::as_array) {
                let kinds = choices.iter().flat_map(|choice| match choice {
                    Value::String(name) => vec![format!("`{name}`")],
                    choice => self.kinds(choice),
                });
                return kinds.collect();
            }
        }
        let names = match schema.get("type") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(name)) => vec![name.as_str()],
            _ => vec!["anything"],
        };
        let names = names.into_iter().filter(|name| *name != "null");
        let kinds = names.map(|name| match name {
            "array" => match schema.get("items") {
                Some(items) => format!("list of {}", plural(&self.kind(items))),
                None => "list".to_owned(),
            },
            "object" => match schema.get("additionalProperties") {
                Some(values @ Value::Object(_)) => format!("map of {}", plural(&self.kind(values))),
                _ => "map".to_owned(),
            },
            name => name.to_owned(),
        });
        kinds.collect()
    }

    /// The definition that a schema refers to, or else the schema itself.
    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let found =
            reference.and_then(|reference| self.schema.pointer(reference.strip_prefix('#')?));
        found.unwrap_or(schema)
    }
}

impl Field<'_> {
    /// The comment of the field on one line, and its default, where the comment ends with that.
    fn description(&self) -> (String, Option<String>) {
        let text = self.schema.get("description").and_then(Value::as_str);
        let text = text.unwrap_or_default().replace('\n', " ");
        let text = text.strip_suffix(" Required.").unwrap_or(&text);
        match text.split_once(" Default: ") {
            Some((text, default)) => {
                let default = default.strip_suffix('.').unwrap_or(default);
                (text.to_owned(), Some(default.to_owned()))
            }
            None => (text.to_owned(), None),
        }
    }
}

/// The field with its example, as YAML.
fn example(field: &Field<'_>) -> Option<String> {
    let value = field.schema.get("examples")?.get(0)?;
    let field = Map::from_iter([(field.path.clone(), value.clone())]);
    let json = Value::Object(field).to_string();
    let value = homescale_yaml::from_slice(json.as_bytes()).ok()?;
    homescale_yaml::to_yaml(&value).ok()
}

/// `a`, `b` or `c`.
fn or(mut kinds: Vec<String>) -> String {
    let last = kinds.pop().unwrap_or_default();
    match kinds.as_slice() {
        [] => last,
        kinds => format!("{} or {last}", kinds.join(", ")),
    }
}

fn plural(kind: &str) -> String {
    match kind.split_once(' ') {
        None if kind.starts_with('`') || kind == "anything" => kind.to_owned(),
        None => format!("{kind}s"),
        Some((first, rest)) => format!("{first}s {rest}"),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
