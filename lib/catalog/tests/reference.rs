//! What the reference in `docs/catalog-reference.md` says is so: every example is one that the catalog takes, it comes out
//! where the reference says, and Argo CD's schema has each field that something is said to become.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_catalog::{Catalog, Objects, RenderOptions, app_schema, reference};
use homescale_fileset::FileSet;
use homescale_located::Severity;
use serde_json::{Value, json};

/// The catalog of one app with the example of a field, on the cluster `edge`.
fn catalog_with(field: &str, example: &Value) -> Catalog {
    let mut app = json!({"path": "apps/web", "namespace": "web", "defaultDeploy": true});
    app[field] = example.clone();
    let defaults = json!({
        "repoURL": "https://git.example.com/fleet.git",
        "targetRevision": "main",
        "project": "default",
        "destination": {"name": "in-cluster"},
    });
    let helm = json!({"valuesObject": {"cluster": {"name": "edge"}, "defaults": defaults}});
    let bootstrap = json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": "apps", "namespace": "argocd"},
        "spec": {"source": {"path": "apps", "helm": helm}},
    });
    let chart = json!({"apiVersion": "v2", "name": "web", "version": "1.0.0"});
    let mut files = FileSet::new();
    for (path, content) in [
        ("apps/web/app.yaml", app),
        ("apps/web/Chart.yaml", chart),
        ("clusters/edge/apps.yaml", bootstrap),
    ] {
        files
            .insert(path, content.to_string().into_bytes())
            .unwrap();
    }
    files.insert("apps/web/production.yaml", *b"").unwrap();
    Catalog::load(&files).unwrap()
}

#[test]
fn examples_come_out_where_the_reference_says() {
    let schema = app_schema(&[]);
    let mut count = 0;
    for (field, about) in schema["properties"].as_object().unwrap() {
        let example = &about["examples"][0];
        assert!(!example.is_null(), "{field} has no example");
        let catalog = catalog_with(field, example);
        let found = catalog.lint();
        // The catalog of this test has no chart.
        let wrong = found
            .iter()
            .filter(|item| item.severity != Severity::Note && item.rule != "no-chart");
        assert_eq!(wrong.count(), 0, "{field}: {found}");
        let objects = catalog.render("edge", &RenderOptions::default()).unwrap();
        for (key, object) in [
            ("x-application", application(&objects)),
            ("x-namespace", namespace(&objects)),
        ] {
            let Some(path) = about[key].as_str() else {
                continue;
            };
            let value = at(&object, path).unwrap_or_else(|| panic!("{field}: no {path}"));
            assert!(has(value, example), "{field}: {path} is {value}");
            count += 1;
        }
    }
    assert!(count > 18);
}

#[test]
fn argo_cd_knows_what_fields_become() {
    let schema = include_str!("../../../fixtures/argocd/application.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let page = reference();
    let becomes = page.split("becomes `").skip(1);
    let paths: Vec<&str> = becomes
        .filter_map(|rest| Some(rest.split_once('`')?.0))
        .collect();
    assert!(paths.len() > 40);
    // The schema leaves metadata to Kubernetes.
    for path in paths.iter().filter(|path| path.starts_with("spec.")) {
        let mut at = &schema;
        for name in path.split('.') {
            let (name, index) = name.split_once('[').unwrap_or((name, ""));
            at = &at["properties"][name];
            if !index.is_empty() {
                at = &at["items"];
            }
        }
        assert!(at["type"].is_string(), "{path}");
    }
}

fn application(objects: &Objects) -> Value {
    plain(&objects.applications[0].object())
}

fn namespace(objects: &Objects) -> Value {
    let namespace = objects.namespaces.first();
    namespace.map_or(Value::Null, |it| plain(&it.object()))
}

fn plain(value: &homescale_value::Value) -> Value {
    serde_json::from_str(&homescale_yaml::json::encode(value).unwrap()).unwrap()
}

/// The value at a path: `[a]` at its end is a key with dots, or the item of a list that is called so.
fn at<'v>(object: &'v Value, path: &str) -> Option<&'v Value> {
    let (path, last) = path.split_once('[').unwrap_or((path, ""));
    let mut value = object;
    for name in path.split('.') {
        value = value.get(name)?;
    }
    match (last.strip_suffix(']'), value) {
        (None, value) => Some(value),
        (Some(name), Value::Array(items)) => {
            let item = items.iter().find(|item| item["name"] == name)?;
            item.get("string")
        }
        (Some(key), value) => value.get(key),
    }
}

/// Whether a value has all that an example says, or is that as text.
fn has(value: &Value, example: &Value) -> bool {
    match (value, example) {
        (Value::Object(value), Value::Object(example)) => example
            .iter()
            .all(|(key, example)| value.get(key).is_some_and(|value| has(value, example))),
        (Value::Array(value), Value::Array(example)) => example
            .iter()
            .all(|example| value.iter().any(|value| has(value, example))),
        (Value::String(value), Value::String(example)) => {
            *value == example.replace("{{ .Values.cluster.name }}", "edge")
        }
        // A number in an annotation, or YAML in a parameter.
        (Value::String(text), example) => {
            let read = homescale_yaml::from_slice(text.as_bytes()).unwrap();
            plain(&read) == *example
        }
        (value, example) => value == example,
    }
}
