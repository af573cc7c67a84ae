//! From the text of a file to what it says, as the codec of client-go reads it.

use std::collections::BTreeMap;

use homescale_value::{Map, Value};

use super::config::{Cluster, Config, Context, Exec, Pem, User};
use super::error::KubeconfigFileError;
use super::shape::CONFIG;
use crate::go_json;
use crate::helm_version::HelmVersion;

/// The struct that Go reads the version and kind into.
const VERSION_AND_KIND: &str = r#"struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }"#;

/// Reads a file. An empty one says nothing.
pub(super) fn decode(text: &[u8], helm: HelmVersion) -> Result<Config, KubeconfigFileError> {
    let value = homescale_yaml::from_slice(text).map_err(KubeconfigFileError::Yaml)?;
    check_version(&value, helm)?;
    CONFIG.check(&value)?;
    let nothing = Map::new();
    let config = value.as_map().unwrap_or(&nothing);
    Ok(Config {
        current_context: text_of(config, "current-context"),
        clusters: named(config, "clusters", "cluster", cluster)
            .map_err(duplicate("*[]NamedCluster into *map[string]*api.Cluster"))?,
        contexts: named(config, "contexts", "context", context)
            .map_err(duplicate("*[]NamedContext into *map[string]*api.Context"))?,
        users: named(config, "users", "user", user)
            .map_err(duplicate("*[]NamedAuthInfo into *map[string]*api.AuthInfo"))?,
    })
}

fn duplicate(list: &'static str) -> impl FnOnce(String) -> KubeconfigFileError {
    move |name| KubeconfigFileError::Duplicate { list, name }
}

/// Makes sure that the file is of the only version and kind that there is; either may be left out.
fn check_version(value: &Value, helm: HelmVersion) -> Result<(), KubeconfigFileError> {
    let mismatch = |problem: String| {
        KubeconfigFileError::NoVersion(format!("json: cannot unmarshal {problem}"))
    };
    let map = match value {
        Value::Nil => return Ok(()),
        Value::Map(map) => map,
        other => {
            let found = go_json::found(other);
            return Err(mismatch(format!(
                "{found} into Go value of type {VERSION_AND_KIND}"
            )));
        }
    };
    let mut texts = [("apiVersion", String::new()), ("kind", String::new())];
    for (name, text) in &mut texts {
        match map.get(*name) {
            None | Some(Value::Nil) => {}
            Some(Value::Str(found)) => *text = found.to_text().into_owned(),
            Some(other) => {
                let found = go_json::found(&other);
                return Err(mismatch(format!(
                    "{found} into Go struct field .{name} of type string"
                )));
            }
        }
    }
    let [(_, version), (_, kind)] = texts;
    if version.matches('/').count() > 1 {
        return Err(KubeconfigFileError::Version(version));
    }
    let or = |text: String, default: &str| {
        if text.is_empty() {
            default.to_owned()
        } else {
            text
        }
    };
    let (version, kind) = (or(version, "v1"), or(kind, "Config"));
    if version == "v1" && kind == "Config" {
        return Ok(());
    }
    Err(KubeconfigFileError::Kind {
        kind,
        version,
        line: helm.row().scheme_line,
    })
}

/// The items of a list by their names. The error is a name that comes twice.
fn named<T>(
    config: &Map,
    list: &str,
    field: &str,
    read: impl Fn(&Map) -> T,
) -> Result<BTreeMap<String, T>, String> {
    let mut found = BTreeMap::new();
    let Some(Value::List(list)) = config.get(list) else {
        return Ok(found);
    };
    let nothing = Map::new();
    for item in list.items().iter() {
        let item = item.as_map().unwrap_or(&nothing);
        let name = text_of(item, "name");
        let inner = map_of(item, field).unwrap_or_default();
        if found.insert(name.clone(), read(&inner)).is_some() {
            return Err(name);
        }
    }
    Ok(found)
}

fn cluster(map: &Map) -> Cluster {
    Cluster {
        authority: text_of(map, "certificate-authority"),
        has_authority_data: has(map, "certificate-authority-data"),
        proxy: text_of(map, "proxy-url"),
    }
}

fn context(map: &Map) -> Context {
    Context {
        cluster: text_of(map, "cluster"),
        user: text_of(map, "user"),
        namespace: text_of(map, "namespace"),
    }
}

fn user(map: &Map) -> User {
    let pem = |file: &str, data: &str| Pem {
        file: text_of(map, file),
        has_data: has(map, data),
    };
    let impersonates = ["as-uid", "as-groups", "as-user-extra"];
    User {
        certificate: pem("client-certificate", "client-certificate-data"),
        key: pem("client-key", "client-key-data"),
        token: text_of(map, "token"),
        has_password: has(map, "username") || has(map, "password"),
        impersonated: text_of(map, "as"),
        impersonates: impersonates.iter().any(|name| has(map, name)),
        has_provider: map_of(map, "auth-provider").is_some(),
        exec: map_of(map, "exec").map(|map| exec(&map)),
    }
}

fn exec(map: &Map) -> Exec {
    let api_version = text_of(map, "apiVersion");
    let mut mode = text_of(map, "interactiveMode");
    // What these versions mean where they say nothing.
    let has_default = ["v1alpha1", "v1beta1"]
        .iter()
        .any(|version| api_version.strip_prefix("client.authentication.k8s.io/") == Some(version));
    if mode.is_empty() && has_default {
        "IfAvailable".clone_into(&mut mode);
    }
    let variables = match map.get("env") {
        Some(Value::List(list)) => {
            let items = list.items();
            let names = items.iter().map(|item| {
                let item = item.as_map().map(|item| text_of(item, "name"));
                item.unwrap_or_default()
            });
            names.collect()
        }
        _ => Vec::new(),
    };
    Exec {
        command: text_of(map, "command"),
        api_version,
        variables,
        mode,
    }
}

fn text_of(map: &Map, key: &str) -> String {
    match map.get(key) {
        Some(Value::Str(text)) => text.to_text().into_owned(),
        _ => String::new(),
    }
}

fn map_of(map: &Map, key: &str) -> Option<Map> {
    map.get(key).and_then(|value| value.as_map().cloned())
}

/// Whether there is something.
fn has(map: &Map, key: &str) -> bool {
    match map.get(key) {
        Some(Value::Str(text)) => !text.is_empty(),
        Some(Value::List(list)) => !list.is_empty(),
        Some(Value::Map(map)) => !map.is_empty(),
        _ => false,
    }
}
