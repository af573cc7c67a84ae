//! A catalog whose chart has templates of its own: what is rendered, listed, ordered in waves and found for the sidecar is
//! what they make.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_argocd::{PluginRequest, SourceTree};
use homescale_catalog::{Catalog, PluginSource, RenderOptions, Renderer};
use homescale_fileset::FileSet;

/// Only `apps.<app>.deploy` of the cluster's values counts; names have the cluster before them.
const OWN: &str = "\
{{- range $path, $_ := .Files.Glob \"*/app.yaml\" }}
{{- $name := dir $path }}
{{- if dig $name \"deploy\" false $.Values.apps }}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
    name: {{ $.Values.cluster.name }}-{{ $name }}
    annotations: {argocd.argoproj.io/sync-wave: \"5\"}
spec:
    source:
        repoURL: https://git.example.com/x.git
        path: apps/{{ $name }}
        helm: {valuesObject: {cluster: {{ $.Values.cluster.name }}}}
    destination: {namespace: {{ $name }}-ns, name: in-cluster}
{{- end }}
{{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
";

fn repository(templates: &[(&str, String)]) -> Catalog {
    let mut files = FileSet::new();
    let app = "path: apps/NAME\nnamespace: NAME\ndefaultDeploy: true\n";
    for (path, text) in [
        ("apps/Chart.yaml", "apiVersion: v2\nname: apps\nversion: 1.0.0\n".to_owned()),
        ("apps/values.yaml", include_str!("../../../apps/values.yaml").to_owned()),
        ("apps/a/app.yaml", app.replace("NAME", "a")),
        ("apps/b/app.yaml", app.replace("NAME", "b")),
        (
            "clusters/c1/apps.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps, namespace: argocd}\nspec:\n  \
             source:\n    path: apps\n    helm:\n      valuesObject:\n        cluster: {name: c1}\n        \
             application: {namespace: argocd, namePrefix: \"\"}\n        namespaces: {syncWave: -35, system: []}\n        \
             defaults: {repoURL: r, targetRevision: main, project: p, destination: {name: in-cluster}}\n        \
             apps: {b: {deploy: true}}\n"
                .to_owned(),
        ),
    ] {
        files.insert(path, text.into_bytes()).unwrap();
    }
    for (name, text) in templates {
        let path = format!("apps/templates/{name}");
        files.insert(path, text.clone().into_bytes()).unwrap();
    }
    Catalog::load(&files).unwrap()
}

#[test]
fn everything_tells_what_the_templates_make() {
    let catalog = repository(&[("own.yaml", OWN.to_owned())]);
    assert_eq!(catalog.renderer(), Renderer::Engine);
    let objects = catalog.render("c1", &RenderOptions::default()).unwrap();
    assert!(objects.namespaces.is_empty());
    assert_eq!(
        objects.to_yaml().unwrap(),
        "---\n# Source: apps/b/app.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  annotations:\n    \
         argocd.argoproj.io/sync-wave: \"5\"\n  name: c1-b\nspec:\n  destination:\n    name: in-cluster\n    namespace: \
         b-ns\n  source:\n    helm:\n      valuesObject:\n        cluster: c1\n    path: apps/b\n    repoURL: \
         https://git.example.com/x.git\n---\n# Source: apps/templates/own.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  \
         name: c\n"
    );

    let waves = catalog.waves("c1").unwrap();
    assert_eq!((waves.0.len(), waves.0[0].wave), (1, 5));
    assert_eq!(waves.0[0].apps[0].app, "b");

    let status = catalog.status();
    let cell = |app: usize| &status.apps[app].clusters[0];
    assert_eq!((cell(0).on, cell(1).on), (Some(false), Some(true)));
    assert_eq!(cell(0).reason.to_string(), "the templates of apps/");
    assert_eq!(cell(1).namespace.as_deref(), Some("b-ns"));

    let wanted = |path: &str| {
        let request = PluginRequest::read([
            (
                "ARGOCD_APP_SOURCE_REPO_URL",
                "https://git.example.com/x.git",
            ),
            ("ARGOCD_APP_SOURCE_PATH", path),
        ]);
        let tree = SourceTree::new(path, path);
        catalog.plugin_source(&request.unwrap(), &tree, path)
    };
    let PluginSource::Chart(found) = wanted("apps/b").unwrap() else {
        panic!("not a chart");
    };
    assert_eq!(found.chart.name, "c1-b");
    assert_eq!(found.chart.namespace, "b-ns");
    let off = wanted("apps/a").unwrap_err().to_string();
    assert!(off.contains("is off for the cluster c1"), "{off}");

    let only = catalog.render("c1", &RenderOptions::of_app("a")).unwrap();
    assert_eq!(only.to_yaml().unwrap(), "");
}

/// Our templates.
fn ours() -> Vec<(&'static str, String)> {
    homescale_catalog::TEMPLATES
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect()
}

#[test]
fn a_comment_does_not_change_who_renders() {
    let mut templates = ours();
    assert_eq!(repository(&templates).renderer(), Renderer::Native);
    templates[0].1 = format!("{{{{- /* Ours. */}}}}\n{}", templates[0].1);
    assert_eq!(repository(&templates).renderer(), Renderer::Native);
}

#[test]
fn the_text_does_not_say_who_renders() {
    let mut templates = ours();
    templates.push(("_own.tpl", "{{- define \"own\" }}x{{ end }}".to_owned()));
    let (native, engine) = (repository(&ours()), repository(&templates));
    assert_eq!(engine.renderer(), Renderer::Engine);
    let text = |catalog: &Catalog, options: &RenderOptions| {
        let objects = catalog.render("c1", options).unwrap();
        objects.to_yaml().unwrap()
    };
    let all = RenderOptions::default();
    assert!(text(&native, &all).contains("# Source: apps/a/app.yaml"));
    assert_eq!(text(&native, &all), text(&engine, &all));
    let one = RenderOptions::of_app("b");
    assert_eq!(text(&native, &one), text(&engine, &one));
    assert_eq!(native.status(), engine.status());
    assert_eq!(native.waves("c1").unwrap(), engine.waves("c1").unwrap());
}

/// An Application of plugin `name`, whose patch has a misspelt target.
fn with_patches(name: &str) -> Catalog {
    let application = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: a}}\nspec:\n  source:\n    repoURL: r\n    \
         path: apps/a\n    plugin:\n      name: {name}\n      parameters:\n      \
         - {{name: patches, string: '[{{target: {{kindd: A}}, merge: {{b: 1}}}}]'}}\n"
    );
    repository(&[("own.yaml", application)])
}

#[test]
fn patches_that_cannot_be_read_are_not_left_out() {
    let rendered = with_patches("homescale").render("c1", &RenderOptions::default());
    let found = rendered.err().unwrap().to_string();
    let place = "the plugin parameter `patches` of the Application a:1:12: error: unknown field";
    assert!(found.starts_with(place), "{found}");
    // Another plugin knows what its parameters mean.
    let other = with_patches("other").render("c1", &RenderOptions::default());
    assert!(other.unwrap().applications[0].patches.is_empty());
}
