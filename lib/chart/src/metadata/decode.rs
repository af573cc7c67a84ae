//! From the YAML of Chart.yaml to its fields, as `sigs.k8s.io/yaml` and Go's `encoding/json` do it: a scalar becomes text
//! where text is wanted, keys match in any case, and the first value of a wrong type is the error. `.inf` and `.nan` are text
//! where text is wanted, and an error everywhere else, because what is no text goes through JSON.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use homescale_go::time::{Location, ParseError, Time};
use homescale_value::{Data, Number, Value};
use homescale_yaml::{Document, Scalar, Step};

use super::{Dependency, Draft, Lock, Maintainer};
use crate::go_json;
use crate::helm_version::HelmVersion;

/// Reads the documents that describe a chart.
pub(crate) struct Decoder {
    document: Document,
    path: Vec<Segment>,
    /// The first value of a wrong type, in Go's words.
    mismatch: Option<String>,
    /// The first number that JSON does not have, where no text is wanted.
    infinity: Option<homescale_yaml::Error>,
    /// The first time that is none.
    time: Option<TimeError>,
    package: &'static str,
}

/// Why a document does not describe a chart, in Go's words.
#[derive(Debug)]
pub(crate) enum DecodeError {
    /// It is not YAML.
    Yaml(homescale_yaml::Error),
    /// A value has a wrong type.
    Type(String),
    /// A time is none.
    Time(TimeError),
}

/// Why a value is no time.
#[derive(Debug)]
pub(crate) enum TimeError {
    /// It is no text.
    NoText,
    /// It is not written as RFC 3339 has it.
    Parse(ParseError),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yaml(error) => error.fmt(f),
            Self::Type(mismatch) => f.write_str(&go_json::mismatch(mismatch)),
            Self::Time(error) => f.write_str(&go_json::while_decoding(error)),
        }
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => f.write_str("Time.UnmarshalJSON: input is not a JSON string"),
            Self::Parse(error) => error.fmt(f),
        }
    }
}

impl Error for DecodeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Yaml(error) => Some(error),
            Self::Type(_) => None,
            Self::Time(error) => Some(error),
        }
    }
}

impl Error for TimeError {}

impl From<homescale_yaml::Error> for DecodeError {
    fn from(error: homescale_yaml::Error) -> Self {
        Self::Yaml(error)
    }
}

/// The layout of RFC 3339, as Go writes it.
const RFC3339: &[u8] = b"2006-01-02T15:04:05Z07:00";

/// One step on the way to a value.
enum Segment {
    Key(String),
    Index(usize),
}

/// Where a value belongs, for error messages.
#[derive(Clone, Copy)]
struct Field<'a> {
    /// Go's name of the innermost struct.
    owner: &'a str,
    /// The names of the fields that lead to it, joined by dots.
    path: &'a str,
}

fn field_of<'a>(owner: &'a str, path: &'a str) -> Field<'a> {
    Field { owner, path }
}

impl Decoder {
    /// Reads the first document of the text into the draft, over what is there.
    pub(crate) fn read(
        text: &[u8],
        into: &mut Draft,
        helm: HelmVersion,
    ) -> Result<(), DecodeError> {
        Self::decode(text, helm, |decoder, value| decoder.metadata(value, into))
    }

    /// Reads what Helm 4 reads of Chart.yaml before all else: who is to load the chart.
    pub(crate) fn api_version(text: &[u8], helm: HelmVersion) -> Result<String, DecodeError> {
        let mut version = String::new();
        Self::decode(text, helm, |decoder, value| {
            let go_type = "loader.chartBase";
            decoder.fields(value, None, go_type, |this, key, value| match key {
                "apiVersion" => this.text(value, field_of("chartBase", key), &mut version),
                _ => this.no_text(value),
            });
        })?;
        Ok(version)
    }

    /// Reads the first document of a lock file.
    pub(crate) fn lock_file(text: &[u8], helm: HelmVersion) -> Result<Lock, DecodeError> {
        let mut lock = Lock::default();
        Self::decode(text, helm, |decoder, value| decoder.lock(value, &mut lock))?;
        Ok(lock)
    }

    fn decode(
        text: &[u8],
        helm: HelmVersion,
        read: impl FnOnce(&mut Self, &Value),
    ) -> Result<(), DecodeError> {
        let document = homescale_yaml::parse(text)?;
        let value = document.to_value_with_infinities()?;
        let package = helm.row().major.metadata_package;
        let mut decoder = Self {
            document,
            path: Vec::new(),
            mismatch: None,
            infinity: None,
            time: None,
            package,
        };
        read(&mut decoder, &value);
        // There is JSON only after that.
        decoder.infinity.map_or(Ok(()), Err)?;
        // Go goes on after a wrong type, but not after a time that is none.
        let time = decoder.time.map(DecodeError::Time);
        let error = time.or(decoder.mismatch.map(DecodeError::Type));
        error.map_or(Ok(()), Err)
    }

    fn lock(&mut self, value: &Value, lock: &mut Lock) {
        let go_type = format!("{}.Lock", self.package);
        let Lock {
            digest,
            dependencies,
        } = lock;
        self.fields(value, None, &go_type, |this, key, value| {
            let field = field_of("Lock", key);
            match key {
                "digest" => this.text(value, field, digest),
                "generated" => this.time(value),
                "dependencies" => {
                    this.list(
                        value,
                        field,
                        "Dependency",
                        dependencies,
                        |this, value, into| {
                            this.dependency("Lock", value, into);
                        },
                    );
                }
                _ => this.no_text(value),
            }
        });
    }

    /// Checks a time of RFC 3339, as Go's `time.Time` does.
    fn time(&mut self, value: &Value) {
        self.no_text(value);
        let problem = match value {
            Value::Nil => None,
            Value::Str(text) => Time::parse(RFC3339, text, &Location::UTC)
                .err()
                .map(TimeError::Parse),
            _ => Some(TimeError::NoText),
        };
        self.time = self.time.take().or(problem);
    }

    fn metadata(&mut self, value: &Value, draft: &mut Draft) {
        let package = self.package;
        let go_type = format!("{package}.Metadata");
        self.fields(value, None, &go_type, |this, key, value| {
            let metadata = &mut draft.metadata;
            let field = field_of("Metadata", key);
            match key {
                "name" => this.text(value, field, &mut metadata.name),
                "home" => this.text(value, field, &mut metadata.home),
                "version" => this.text(value, field, &mut metadata.version),
                "description" => this.text(value, field, &mut metadata.description),
                "icon" => this.text(value, field, &mut metadata.icon),
                "apiVersion" => this.text(value, field, &mut metadata.api_version),
                "condition" => this.text(value, field, &mut metadata.condition),
                "tags" => this.text(value, field, &mut metadata.tags),
                "appVersion" => this.text(value, field, &mut metadata.app_version),
                "kubeVersion" => this.text(value, field, &mut metadata.kube_version),
                "type" => this.text(value, field, &mut metadata.kind),
                "deprecated" => this.truth(value, field, &mut metadata.deprecated),
                "sources" => this.texts(value, field, &mut metadata.sources),
                "keywords" => this.texts(value, field, &mut metadata.keywords),
                "annotations" => this.text_map(value, field, &mut metadata.annotations),
                "maintainers" => {
                    let into = &mut draft.maintainers;
                    this.list(value, field, "Maintainer", into, Self::maintainer);
                }
                "dependencies" => {
                    let into = &mut draft.dependencies;
                    this.list(value, field, "Dependency", into, |this, value, into| {
                        this.dependency("Metadata", value, into);
                    });
                }
                _ => this.no_text(value),
            }
        });
    }

    fn maintainer(&mut self, value: &Value, into: &mut Maintainer) {
        let field = field_of("Metadata", "maintainers");
        let go_type = format!("{}.Maintainer", self.package);
        self.fields(value, Some(field), &go_type, |this, key, value| {
            let path = format!("maintainers.{key}");
            let field = field_of("Maintainer", &path);
            match key {
                "name" => this.text(value, field, &mut into.name),
                "email" => this.text(value, field, &mut into.email),
                "url" => this.text(value, field, &mut into.url),
                _ => this.no_text(value),
            }
        });
    }

    /// Reads a dependency of a struct with that name.
    fn dependency(&mut self, owner: &str, value: &Value, into: &mut Dependency) {
        let field = field_of(owner, "dependencies");
        let go_type = format!("{}.Dependency", self.package);
        self.fields(value, Some(field), &go_type, |this, key, value| {
            let path = format!("dependencies.{key}");
            let field = field_of("Dependency", &path);
            match key {
                "name" => this.text(value, field, &mut into.name),
                "version" => this.text(value, field, &mut into.version),
                "repository" => this.text(value, field, &mut into.repository),
                "condition" => this.text(value, field, &mut into.condition),
                "alias" => this.text(value, field, &mut into.alias),
                "enabled" => this.truth(value, field, &mut into.enabled),
                "tags" => this.texts(value, field, &mut into.tags),
                "import-values" => match value {
                    Value::Nil => into.import_values.clear(),
                    Value::List(list) => {
                        this.no_text(value);
                        let items = list.items();
                        let items = items
                            .iter()
                            .map(|item| Data::from_value(item).unwrap_or_default());
                        into.import_values = items.collect();
                    }
                    other => this.mismatch(other, Some(field), "[]interface {}"),
                },
                _ => this.no_text(value),
            }
        });
    }

    /// Calls the function for each pair of a map whose key is known: with the name of the field, in the order of keys.
    fn fields(
        &mut self,
        value: &Value,
        field: Option<Field<'_>>,
        go_type: &str,
        mut each: impl FnMut(&mut Self, &str, &Value),
    ) {
        let map = match value {
            Value::Nil => return,
            Value::Map(map) => map,
            other => return self.mismatch(other, field, go_type),
        };
        for (key, value) in map.entries().iter() {
            let key = key.to_text();
            self.path.push(Segment::Key(key.clone().into_owned()));
            let known = FIELDS.iter().find(|name| name.eq_ignore_ascii_case(&key));
            match known {
                Some(name) => each(self, name, value),
                None => self.no_text(value),
            }
            self.path.pop();
        }
    }

    fn list<T: Default + Clone>(
        &mut self,
        value: &Value,
        field: Field<'_>,
        go_type: &str,
        into: &mut Option<Vec<Option<T>>>,
        mut read: impl FnMut(&mut Self, &Value, &mut T),
    ) {
        match value {
            Value::Nil => *into = None,
            Value::List(list) => {
                let mut old = into.take().unwrap_or_default().into_iter();
                let mut items = Vec::with_capacity(list.len());
                for (index, value) in list.items().iter().enumerate() {
                    self.path.push(Segment::Index(index));
                    let mut item = old.next().flatten().unwrap_or_default();
                    let is_null = matches!(value, Value::Nil);
                    if !is_null {
                        read(self, value, &mut item);
                    }
                    items.push((!is_null).then_some(item));
                    self.path.pop();
                }
                *into = Some(items);
            }
            other => {
                let go_type = format!("[]*{}.{go_type}", self.package);
                self.mismatch(other, Some(field), &go_type);
            }
        }
    }

    fn texts(&mut self, value: &Value, field: Field<'_>, into: &mut Option<Vec<String>>) {
        match value {
            Value::Nil => *into = None,
            Value::List(list) => {
                let mut items = Vec::with_capacity(list.len());
                for (index, value) in list.items().iter().enumerate() {
                    self.path.push(Segment::Index(index));
                    let mut text = String::new();
                    self.text(value, field, &mut text);
                    items.push(text);
                    self.path.pop();
                }
                *into = Some(items);
            }
            other => self.mismatch(other, Some(field), "[]string"),
        }
    }

    fn text_map(
        &mut self,
        value: &Value,
        field: Field<'_>,
        into: &mut Option<BTreeMap<String, String>>,
    ) {
        match value {
            Value::Nil => *into = None,
            Value::Map(map) => {
                let into = into.get_or_insert_default();
                for (key, value) in map.entries().iter() {
                    let key = key.to_text().into_owned();
                    self.path.push(Segment::Key(key.clone()));
                    let mut text = String::new();
                    self.text(value, field, &mut text);
                    into.insert(key, text);
                    self.path.pop();
                }
            }
            other => self.mismatch(other, Some(field), "map[string]string"),
        }
    }

    fn truth(&mut self, value: &Value, field: Field<'_>, into: &mut bool) {
        match value {
            Value::Nil => {}
            Value::Bool(b) => *into = *b,
            other => self.mismatch(other, Some(field), "bool"),
        }
    }

    fn text(&mut self, value: &Value, field: Field<'_>, into: &mut String) {
        match value {
            Value::Nil => {}
            Value::Str(text) => *into = text.to_text().into_owned(),
            Value::Bool(b) => *into = b.to_string(),
            Value::Float(number) => *into = self.number_text(*number),
            other => self.mismatch(other, Some(field), "string"),
        }
    }

    /// The text of a number: of an integer all its digits, of any other the shortest that a `float32` needs.
    fn number_text(&self, number: f64) -> String {
        let steps: Vec<Step<'_>> = self.path.iter().map(Segment::step).collect();
        let found = self.document.find(&steps);
        match found.and_then(|found| found.value.target().scalar()) {
            Some(Scalar::Int(int)) => int.to_string(),
            Some(Scalar::Uint(int)) => int.to_string(),
            _ => Value::Number(Number::Float32(number as f32)).to_string(),
        }
    }

    /// Takes note that no text is made of what is in the value.
    fn no_text(&mut self, value: &Value) {
        if self.infinity.is_none() {
            self.infinity = homescale_yaml::check_finite(value).err();
        }
    }

    fn mismatch(&mut self, found: &Value, field: Option<Field<'_>>, go_type: &str) {
        self.no_text(found);
        if self.mismatch.is_some() {
            return;
        }
        let found = go_json::found(found);
        self.mismatch = Some(match field {
            Some(Field { owner, path }) => {
                format!("{found} into Go struct field {owner}.{path} of type {go_type}")
            }
            None => format!("{found} into Go value of type {go_type}"),
        });
    }
}

impl Segment {
    fn step(&self) -> Step<'_> {
        match self {
            Self::Key(key) => Step::Key(key),
            Self::Index(index) => Step::Index(*index),
        }
    }
}

/// The names of all fields of all structs.
const FIELDS: &[&str] = &[
    "alias",
    "annotations",
    "apiVersion",
    "appVersion",
    "condition",
    "dependencies",
    "deprecated",
    "description",
    "digest",
    "email",
    "enabled",
    "generated",
    "home",
    "icon",
    "import-values",
    "keywords",
    "kubeVersion",
    "maintainers",
    "name",
    "repository",
    "sources",
    "tags",
    "type",
    "url",
    "version",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What Helm 4 says of a chart; below it, in `charts/`, both majors do as Helm 3 does.
    #[test]
    fn who_only_looks_for_the_api_version_wants_no_other_text() {
        let read = |text: &str| {
            let version = Decoder::api_version(text.as_bytes(), HelmVersion::default());
            version.map_err(|error| error.to_string())
        };
        let unsupported = |float: &str| {
            Err(format!(
                "error converting YAML to JSON: json: unsupported value: {float}"
            ))
        };
        assert_eq!(read("apiVersion: .inf\n"), Ok("+Inf".to_owned()));
        assert_eq!(
            read("apiVersion: v2\nappVersion: .inf\n"),
            unsupported("+Inf")
        );
        assert_eq!(read("apiVersion: [.nan]\nname: 1\n"), unsupported("NaN"));
        assert_eq!(read("z: .nan\na: {b: [-.inf]}\n"), unsupported("-Inf"));
    }

    #[test]
    fn an_infinite_text_is_what_a_float_of_go_prints() {
        let mut draft = Draft::default();
        let text = b"appVersion: .inf\nversion: -.inf\nname: .nan\n";
        assert!(Decoder::read(text, &mut draft, HelmVersion::default()).is_ok());
        let metadata = draft.metadata;
        let texts = [metadata.app_version, metadata.version, metadata.name];
        assert_eq!(texts, ["+Inf", "-Inf", "NaN"]);
    }
}
