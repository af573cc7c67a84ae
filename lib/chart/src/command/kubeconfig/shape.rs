//! The structs of a kubeconfig, and whether a value fits them, as Go's JSON decoder finds.

use homescale_go::base64;
use homescale_value::Value;

use super::error::KubeconfigFileError;
use crate::go_json;

/// What a field may hold.
pub(super) enum Shape {
    Text,
    Bool,
    /// Base64.
    Bytes,
    Texts,
    TextMap,
    /// A map of lists of texts.
    TextsMap,
    List(&'static Struct),
    One(&'static Struct),
    Anything,
}

/// One of Go's structs.
pub(super) struct Struct {
    name: &'static str,
    fields: &'static [(&'static str, Shape)],
}

use Shape::{Anything, Bool, Bytes, List, One, Text, TextMap, Texts, TextsMap};

/// A kubeconfig of version `v1`.
pub(super) static CONFIG: Struct = Struct {
    name: "Config",
    fields: &[
        ("apiVersion", Text),
        ("kind", Text),
        ("preferences", One(&PREFERENCES)),
        ("clusters", List(&NAMED_CLUSTER)),
        ("users", List(&NAMED_USER)),
        ("contexts", List(&NAMED_CONTEXT)),
        ("current-context", Text),
        ("extensions", List(&EXTENSION)),
    ],
};

static PREFERENCES: Struct = Struct {
    name: "Preferences",
    fields: &[("colors", Bool), ("extensions", List(&EXTENSION))],
};

static EXTENSION: Struct = Struct {
    name: "NamedExtension",
    fields: &[("name", Text), ("extension", Anything)],
};

static NAMED_CLUSTER: Struct = Struct {
    name: "NamedCluster",
    fields: &[("name", Text), ("cluster", One(&CLUSTER))],
};

static NAMED_USER: Struct = Struct {
    name: "NamedAuthInfo",
    fields: &[("name", Text), ("user", One(&USER))],
};

static NAMED_CONTEXT: Struct = Struct {
    name: "NamedContext",
    fields: &[("name", Text), ("context", One(&CONTEXT))],
};

static CLUSTER: Struct = Struct {
    name: "Cluster",
    fields: &[
        ("server", Text),
        ("tls-server-name", Text),
        ("insecure-skip-tls-verify", Bool),
        ("certificate-authority", Text),
        ("certificate-authority-data", Bytes),
        ("proxy-url", Text),
        ("disable-compression", Bool),
        ("extensions", List(&EXTENSION)),
    ],
};

static CONTEXT: Struct = Struct {
    name: "Context",
    fields: &[
        ("cluster", Text),
        ("user", Text),
        ("namespace", Text),
        ("extensions", List(&EXTENSION)),
    ],
};

static USER: Struct = Struct {
    name: "AuthInfo",
    fields: &[
        ("client-certificate", Text),
        ("client-certificate-data", Bytes),
        ("client-key", Text),
        ("client-key-data", Bytes),
        ("token", Text),
        ("tokenFile", Text),
        ("as", Text),
        ("as-uid", Text),
        ("as-groups", Texts),
        ("as-user-extra", TextsMap),
        ("username", Text),
        ("password", Text),
        ("auth-provider", One(&PROVIDER)),
        ("exec", One(&EXEC)),
        ("extensions", List(&EXTENSION)),
    ],
};

static PROVIDER: Struct = Struct {
    name: "AuthProviderConfig",
    fields: &[("name", Text), ("config", TextMap)],
};

static EXEC: Struct = Struct {
    name: "ExecConfig",
    fields: &[
        ("command", Text),
        ("args", Texts),
        ("env", List(&VARIABLE)),
        ("apiVersion", Text),
        ("installHint", Text),
        ("provideClusterInfo", Bool),
        ("interactiveMode", Text),
    ],
};

static VARIABLE: Struct = Struct {
    name: "ExecEnvVar",
    fields: &[("name", Text), ("value", Text)],
};

impl Struct {
    /// Makes sure that a value fits.
    ///
    /// # Errors
    /// The first value that does not, in the order of the keys.
    pub(super) fn check(&'static self, value: &Value) -> Result<(), KubeconfigFileError> {
        self.fields_of(value, "", None)
    }

    fn fields_of(
        &'static self,
        value: &Value,
        path: &str,
        owner: Option<&Place<'_>>,
    ) -> Result<(), KubeconfigFileError> {
        let map = match value {
            Value::Nil => return Ok(()),
            Value::Map(map) => map,
            other => return Err(mismatch(other, owner, &format!("v1.{}", self.name))),
        };
        for (key, value) in map.entries().iter() {
            let key = key.to_text();
            let Some((_, shape)) = self.fields.iter().find(|(name, _)| *name == key) else {
                continue;
            };
            let path = match path {
                "" => key.into_owned(),
                path => format!("{path}.{key}"),
            };
            let owner = self.name;
            shape.check(value, &Place { owner, path: &path })?;
        }
        Ok(())
    }
}

/// A field, as Go's errors name it.
struct Place<'a> {
    /// The innermost struct.
    owner: &'static str,
    /// The names of the fields that lead to it.
    path: &'a str,
}

impl Shape {
    fn check(&self, value: &Value, place: &Place<'_>) -> Result<(), KubeconfigFileError> {
        match (self, value) {
            (_, Value::Nil) | (Anything, _) | (Text, Value::Str(_)) | (Bool, Value::Bool(_)) => {
                Ok(())
            }
            (Bytes, Value::Str(text)) => match base64::decode(text.as_bytes()) {
                Ok(_) => Ok(()),
                Err(error) => Err(KubeconfigFileError::Base64(error)),
            },
            (One(inner), value) => inner.fields_of(value, place.path, Some(place)),
            (List(inner), Value::List(list)) => {
                let items = list.items();
                let mut items = items.iter();
                items.try_for_each(|item| inner.fields_of(item, place.path, Some(place)))
            }
            (Texts, Value::List(list)) => list
                .items()
                .iter()
                .try_for_each(|item| Text.check(item, place)),
            (TextMap | TextsMap, Value::Map(map)) => {
                let inner = if matches!(self, TextMap) { Text } else { Texts };
                map.entries()
                    .iter()
                    .try_for_each(|(_, value)| inner.check(value, place))
            }
            (shape, other) => Err(mismatch(other, Some(place), &shape.go_type())),
        }
    }

    fn go_type(&self) -> String {
        match self {
            Text => "string".to_owned(),
            Bool => "bool".to_owned(),
            Bytes => "[]uint8".to_owned(),
            Texts => "[]string".to_owned(),
            TextMap => "map[string]string".to_owned(),
            TextsMap => "map[string][]string".to_owned(),
            List(inner) => format!("[]v1.{}", inner.name),
            One(inner) => format!("v1.{}", inner.name),
            Anything => "runtime.RawExtension".to_owned(),
        }
    }
}

fn mismatch(found: &Value, place: Option<&Place<'_>>, go_type: &str) -> KubeconfigFileError {
    let found = go_json::found(found);
    KubeconfigFileError::Type(match place {
        Some(Place { owner, path }) => {
            format!("{found} into Go struct field {owner}.{path} of type {go_type}")
        }
        None => format!("{found} into Go value of type {go_type}"),
    })
}
