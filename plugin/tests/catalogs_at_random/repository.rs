//! A random repository with a catalog, as data that can be made smaller.

use homescale_catalog::TEMPLATES;
use homescale_fileset::FileSet;
use homescale_fuzz::mutate::Random;
use serde_json::{Map, Value, json};

use crate::instance::{Schema, anything};

/// One in so many values is of a wrong type.
const WRONG: usize = 40;

const APPS: [&str; 3] = ["api", "web", "zoo"];

/// What parameters set, and to what.
const NAMES: [&str; 16] = [
    "application.labels.a",
    "application.annotations.a",
    "application.namePrefix",
    "application.finalizers[0]",
    "apps.web.annotations.a",
    "apps.web.labels.a",
    "apps.web.revisionHistoryLimit",
    "apps.web.sourceHydrator.syncSource.path",
    "apps.web.syncWave",
    "apps.web.syncOptions[0]",
    "apps.web.values.list[1]",
    "apps.web.values.number",
    "argocd.version",
    "defaults.project",
    "namespaces.labels.a",
    "namespaces.syncWave",
];
const VALUES: [&str; 10] = [
    "",
    "1",
    "0",
    "-2",
    "1.5",
    "true",
    "null",
    "a,,b",
    "{a,1}",
    "$ARGOCD_APP_NAME",
];

/// A repository with one cluster: `apps` has what is in each app.yaml, `defaults` what the catalog's values.yaml changes of ours,
/// `values` what the cluster says, `parameters` what it sets last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Repository(pub(crate) Value);

impl Repository {
    /// A random one. `app` is the schema of app.yaml.
    pub(crate) fn random(app: &Value, ours: &Value, random: &mut Random) -> Self {
        let schema = Schema::new(app);
        let apps = (0..=random.below(2)).map(|_| {
            let name = random.word(&APPS).to_owned();
            (name, of_app(schema, random))
        });
        let apps: Map<String, Value> = apps.collect();
        let mut values = changes(ours, random, 12);
        values["cluster"] = json!({"name": "east", "zone": anything(random, 2)});
        if random.below(3) == 0 {
            let name = random.word(&APPS);
            values["apps"] = json!({name: layer(schema, random)});
        }
        let parameters = (0..random.below(3)).map(|_| {
            json!({
                "name": random.word(&NAMES),
                "value": random.word(&VALUES),
                "forceString": random.below(4) == 0,
            })
        });
        let parameters: Value = parameters.collect();
        Self(json!({
            "apps": apps,
            "defaults": changes(ours, random, 30),
            "parameters": parameters,
            "values": values,
        }))
    }

    /// The parameters: their names, values, and whether each stays a string.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let all = self.0["parameters"].as_array().into_iter().flatten();
        all.filter_map(|it| {
            let is_text = it["forceString"] == true;
            Some((it["name"].as_str()?, it["value"].as_str()?, is_text))
        })
    }

    /// The files.
    pub(crate) fn files(&self, ours: &Value) -> FileSet {
        let mut files = FileSet::new();
        let mut insert =
            |path: String, text: String| files.insert(path, text.into_bytes()).unwrap();
        let chart = "apiVersion: v2\nname: apps\nversion: 1.0.0\n";
        insert("apps/Chart.yaml".to_owned(), chart.to_owned());
        for (name, text) in TEMPLATES {
            insert(format!("apps/templates/{name}"), (*text).to_owned());
        }
        let mut defaults = ours.clone();
        overlay(&mut defaults, &self.0["defaults"]);
        insert("apps/values.yaml".to_owned(), defaults.to_string());
        for (name, app) in self.0["apps"].as_object().into_iter().flatten() {
            insert(format!("apps/{name}/app.yaml"), app.to_string());
        }
        let bootstrap = json!({
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": {"name": "apps", "namespace": "argocd"},
            "spec": {
                "destination": {"name": "in-cluster", "namespace": "argocd"},
                "source": {
                    "repoURL": "https://git.example.com/fleet.git",
                    "path": "apps",
                    "helm": {"valuesObject": self.0["values"], "parameters": self.0["parameters"]},
                },
            },
        });
        insert("clusters/east/apps.yaml".to_owned(), bootstrap.to_string());
        files
    }
}

/// What is in an app.yaml: mostly on, and mostly with what is required.
fn of_app(schema: Schema<'_>, random: &mut Random) -> Value {
    let mut app = layer(schema, random);
    if random.below(12) > 0 {
        app["path"] = json!("apps/web");
        app["namespace"] = json!(random.word(&["front", "web", "kube-system"]));
    }
    if random.below(8) > 0 {
        app["defaultDeploy"] = json!(true);
    }
    if random.below(3) == 0 {
        app["clusters"] = json!({"east": layer(schema, random)});
    }
    app
}

fn patches() -> [Value; 4] {
    [
        json!(null),
        json!([]),
        json!([{"target": {"kind": "Deployment"}, "merge": {"spec": {"replicas": 3, "text": "{{ x }}"}}}]),
        json!([{"jsonPatch": [{"op": "remove", "path": "/a"}]}]),
    ]
}

/// A few random fields.
fn layer(schema: Schema<'_>, random: &mut Random) -> Value {
    let mut layer = Map::new();
    let names: Vec<&str> = schema.names().filter(|name| *name != "clusters").collect();
    for _ in 0..random.below(5) {
        let name = *random.pick(&names);
        // What a patch says, the templates leave to who applies it.
        let value = match name {
            "patches" => random.pick(&patches()).clone(),
            name => schema.property(name).instance(random, WRONG),
        };
        layer.insert(name.to_owned(), value);
    }
    Value::Object(layer)
}

/// Some of our values, each with another value: mostly one of the same type.
fn changes(ours: &Value, random: &mut Random, rare: usize) -> Value {
    let mut changed = Map::new();
    for (name, value) in ours.as_object().into_iter().flatten() {
        if random.below(rare) > 3 {
            continue;
        }
        let value = match value {
            _ if random.below(8) == 0 => anything(random, 1),
            Value::Object(inner) if !inner.is_empty() => changes(value, random, 6),
            Value::Object(_) => {
                json!({"a": random.word(&["x", "1", "{{ .Values.cluster.name }}"]), "b": null})
            }
            Value::Array(_) => json!([random.word(&["x", "front"])]),
            Value::String(_) => json!(random.word(&["", "x", "applications", "3.4"])),
            other => other.clone(),
        };
        changed.insert(name.clone(), value);
    }
    Value::Object(changed)
}

/// Puts a value over another one, map by map. Null takes nothing away: it is a value.
fn overlay(base: &mut Value, over: &Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (name, value) in over {
                overlay(base.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over.clone(),
    }
}

/// The same value with one thing less, in every way that there is.
pub(crate) fn smaller(value: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match value {
        Value::Object(entries) => {
            for (name, inner) in entries {
                let mut without = entries.clone();
                without.remove(name);
                all.push(Value::Object(without));
                for inner in smaller(inner) {
                    let mut changed = entries.clone();
                    changed.insert(name.clone(), inner);
                    all.push(Value::Object(changed));
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                let mut without = items.clone();
                without.remove(index);
                all.push(Value::Array(without));
                for inner in smaller(inner) {
                    let mut changed = items.clone();
                    changed[index] = inner;
                    all.push(Value::Array(changed));
                }
            }
        }
        _ => {}
    }
    all
}
