//! The catalog as the chart that Helm and Argo CD load: whatever makes them refuse it, the native evaluation refuses too, in
//! the same words; and what else is in it, both give.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_catalog::{Catalog, RenderOptions, Renderer, TEMPLATES};
use homescale_fileset::FileSet;

const CHART: &str = "apiVersion: v2\nname: apps\nversion: 1.0.0\n";
const SUBCHART: &str = "apiVersion: v2\nname: sub\nversion: 1.0.0\n";

/// A catalog of our templates with these files in `apps/`; `None` takes one away.
fn catalog(changes: &[(&str, Option<&str>)]) -> Catalog {
    let mut files = FileSet::new();
    let mut insert = |path: String, text: &str| files.insert(path, text.as_bytes()).unwrap();
    let is_kept = |path: &str| !changes.iter().any(|(changed, _)| *changed == path);
    for (path, text) in [
        ("Chart.yaml", CHART),
        ("values.yaml", include_str!("../../../apps/values.yaml")),
        (
            "web/app.yaml",
            "{path: apps/web, namespace: web, defaultDeploy: true}\n",
        ),
        (
            "web/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        ),
    ] {
        if is_kept(path) {
            insert(format!("apps/{path}"), text);
        }
    }
    for (name, text) in TEMPLATES {
        insert(format!("apps/templates/{name}"), text);
    }
    let bootstrap = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps}\nspec: {source: {path: apps, helm: {valuesObject: {cluster: {name: east}}}}}\n";
    insert("clusters/east/apps.yaml".to_owned(), bootstrap);
    for (path, text) in changes {
        if let Some(text) = text {
            insert(format!("apps/{path}"), text);
        }
    }
    Catalog::load(&files).unwrap()
}

/// What both ways give, each as YAML or as its errors.
fn both(catalog: &Catalog) -> [Result<String, String>; 2] {
    [Renderer::Native, Renderer::Engine].map(|renderer| {
        let options = RenderOptions {
            renderer: Some(renderer),
            ..RenderOptions::default()
        };
        let objects = catalog.render("east", &options);
        objects
            .map(|it| it.to_yaml().unwrap())
            .map_err(|found| found.to_string())
    })
}

#[test]
fn what_helm_refuses_is_refused_natively() {
    let chart = |more: &str| format!("{CHART}{more}\n");
    let cases: &[(&str, &str, &str)] = &[
        (
            "Chart.yaml",
            "a: [",
            "cannot load Chart.yaml: error converting YAML to JSON",
        ),
        ("Chart.yaml", "[]", "cannot load Chart.yaml"),
        (
            "Chart.yaml",
            "apiVersion: v7\nname: apps\nversion: 1.0.0\n",
            "unsupported chart version",
        ),
        (
            "Chart.yaml",
            "apiVersion: v2\nversion: 1.0.0\n",
            "chart.metadata.name is required",
        ),
        (
            "Chart.yaml",
            "apiVersion: v2\nname: a/b\nversion: 1.0.0\n",
            "chart.metadata.name \"a/b\" is invalid",
        ),
        (
            "Chart.yaml",
            "apiVersion: v2\nname: apps\n",
            "chart.metadata.version is required",
        ),
        (
            "Chart.yaml",
            "apiVersion: v2\nname: apps\nversion: one\n",
            "chart.metadata.version \"one\" is invalid",
        ),
        (
            "Chart.yaml",
            "apiVersion: v2\nname: [apps]\nversion: 1.0.0\n",
            "cannot unmarshal array",
        ),
        (
            "Chart.yaml",
            &chart("type: library"),
            "library charts are not installable",
        ),
        (
            "Chart.yaml",
            &chart("type: other"),
            "chart.metadata.type must be application or library",
        ),
        (
            "Chart.yaml",
            &chart("kubeVersion: '>=99'"),
            "chart requires kubeVersion: >=99",
        ),
        (
            "Chart.yaml",
            &chart("kubeVersion: nope"),
            "chart requires kubeVersion: nope",
        ),
        (
            "Chart.yaml",
            &chart(
                "dependencies: [{name: sub, version: 1.0.0, repository: 'https://charts.example.com'}]",
            ),
            "missing in charts/ directory: sub",
        ),
        (
            "Chart.yaml",
            &chart("dependencies: [{name: sub}, {name: sub}]"),
            "more than one dependency with name or alias \"sub\"",
        ),
        (
            "Chart.yaml",
            &chart("dependencies: {name: sub}"),
            "cannot unmarshal object",
        ),
        (
            "Chart.yaml",
            &chart("maintainers: [null]"),
            "maintainers must not contain empty or null nodes",
        ),
        ("Chart.lock", "a: [", "cannot load Chart.lock"),
        (
            "values.schema.json",
            r#"{"required": ["zone"]}"#,
            "missing property 'zone'",
        ),
        ("values.schema.json", "{", "unexpected EOF"),
        (
            "charts/README.md",
            "x",
            "error unpacking subchart README.md",
        ),
        ("charts/sub.tgz", "x", "error unpacking subchart"),
        ("charts/sub/Chart.yaml", "name: sub\nversion: one\n", "sub"),
        (
            "charts/sub/values.yaml",
            "a: 1\n",
            "Chart.yaml file is missing",
        ),
    ];
    let mut wrong = Vec::new();
    for (path, text, expected) in cases {
        let catalog = catalog(&[(path, Some(text))]);
        let [native, engine] = both(&catalog);
        let lint = catalog.lint().to_string();
        let error = native.as_ref().err().cloned().unwrap_or_default();
        if native != engine || !error.contains(expected) || lint != error {
            wrong.push(format!(
                "{path}: {text}\nnative: {native:?}\nengine: {engine:?}\nlint: {lint}"
            ));
        }
    }
    assert_eq!(wrong.join("\n\n"), "");
}

#[test]
fn what_a_subchart_does_wrong_is_refused_natively() {
    for (path, text) in [
        ("charts/sub/templates/a.yaml", "{{ nope }}"),
        ("charts/sub/templates/a.yaml", "{{ fail \"never\" }}"),
        ("charts/sub/templates/a.yaml", "a: [\n"),
        ("charts/sub/values.schema.json", r#"{"required": ["zone"]}"#),
        ("charts/sub/values.yaml", "a: [\n"),
    ] {
        let catalog = catalog(&[
            ("charts/sub/Chart.yaml", Some(SUBCHART)),
            (path, Some(text)),
        ]);
        let [native, engine] = both(&catalog);
        assert!(native.is_err(), "{path}: {text}");
        assert_eq!(native, engine, "{path}: {text}");
        assert!(catalog.lint().has_errors(), "{path}: {text}");
    }
}

#[test]
fn objects_of_subcharts_and_custom_resource_definitions_are_there() {
    let catalog = catalog(&[
        (
            "crds/a.yaml",
            Some(
                "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a}\n",
            ),
        ),
        ("charts/sub/Chart.yaml", Some(SUBCHART)),
        ("charts/sub/values.yaml", Some("text: own\n")),
        (
            "charts/sub/templates/a.yaml",
            Some(
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: {{ .Release.Name }}-sub}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.text }}}\n",
            ),
        ),
        (
            "charts/sub/templates/b.yaml",
            Some("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: zz}\n"),
        ),
    ]);
    assert_eq!(catalog.renderer(), Renderer::Engine);
    let [native, engine] = both(&catalog);
    let native = native.unwrap();
    for named in [
        "name: a\n",
        "name: apps-sub\n",
        "name: own\n",
        "name: web\n",
        "name: zz\n",
    ] {
        assert!(native.contains(named), "{named}{native}");
    }
    assert_eq!(native, engine.unwrap());
    assert_eq!(catalog.lint().to_string(), "");
}

#[test]
fn custom_resource_definitions_need_no_engine() {
    let catalog = catalog(&[(
        "crds/a.yaml",
        Some("kind: CustomResourceDefinition\nmetadata: {name: a}\n"),
    )]);
    assert_eq!(catalog.renderer(), Renderer::Native);
    let [native, engine] = both(&catalog);
    assert!(native.as_ref().unwrap().contains("name: a\n"));
    assert_eq!(native, engine);
}
