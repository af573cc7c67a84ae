//! The values that a bootstrap Application gives the catalog: from which files, with which variables, for which Kubernetes.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_catalog::{Catalog, RenderOptions};
use homescale_fileset::FileSet;
use homescale_value::Str;
use homescale_yaml::json;

/// The catalog with a bootstrap Application whose `spec` has these lines.
fn catalog(spec: &str) -> Catalog {
    let mut files = FileSet::new();
    for (path, text) in [
        (
            "apps/Chart.yaml",
            "apiVersion: v2\nname: apps\nversion: 1.0.0\n",
        ),
        (
            "apps/web/app.yaml",
            "{path: apps/web, namespace: web, defaultDeploy: true, labels: {kube: '{{ .Capabilities.KubeVersion }}', has: '{{ .Capabilities.APIVersions.Has \"example.com/v1\" }}'}}\n",
        ),
        ("apps/east.yaml", "from: {apps: 1}\n"),
        ("apps/values/more.yaml", "from: {below: 1}\n"),
        ("clusters/east/v.yaml", "from: {cluster: 1}\n"),
        ("clusters/east/deep/er/v.yaml", "from: {deep: 1}\n"),
        ("env/a.yaml", "from: {a: 1, last: a}\n"),
        ("env/b.yaml", "from: {b: 1, last: b}\n"),
        ("env/text.txt", "one, two"),
        ("top.yaml", "from: {top: 1}\n"),
        ("x-argocd.yaml", "from: {x: 1}\n"),
    ] {
        files.insert(path, text.as_bytes()).unwrap();
    }
    let head = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps, namespace: argocd}\nspec:\n  project: fleet\n  destination: {name: in-cluster, namespace: argocd}\n";
    let text = format!("{head}{spec}");
    files
        .insert("clusters/east/apps.yaml", text.into_bytes())
        .unwrap();
    Catalog::load(&files).unwrap()
}

/// What the values of a source with this `helm` say at `key`, as JSON.
fn values(helm: &str, key: &str) -> String {
    let spec = format!(
        "  source:\n    repoURL: https://git.example.com/fleet.git\n    targetRevision: main\n    path: ./apps/\n    helm: {helm}\n"
    );
    of_spec(&spec, key)
}

fn of_spec(spec: &str, key: &str) -> String {
    let catalog = catalog(spec);
    let found = catalog.lint();
    let cluster = catalog.cluster("east").unwrap();
    let values = cluster.own_values();
    let value = values.as_map().and_then(|map| map.get(Str::from(key)));
    value.map_or_else(|| found.to_string(), |value| json::encode(&value).unwrap())
}

#[test]
fn files_are_anywhere_in_the_repository() {
    for (names, expected) in [
        ("[east.yaml, values/more.yaml]", r#"{"apps":1,"below":1}"#),
        (
            "[/env/a.yaml, ../env/b.yaml]",
            r#"{"a":1,"b":1,"last":"b"}"#,
        ),
        (
            "[/env/b.yaml, /env/a.yaml, /env/b.yaml]",
            r#"{"a":1,"b":1,"last":"a"}"#,
        ),
        (
            "['/env/*.yaml', /top.yaml]",
            r#"{"a":1,"b":1,"last":"b","top":1}"#,
        ),
        (
            "['/env/*.yaml', /env/a.yaml]",
            r#"{"a":1,"b":1,"last":"a"}"#,
        ),
        ("['../{top,env/a}.ya?l']", r#"{"a":1,"last":"a","top":1}"#),
        ("['/clusters/**/v.yaml']", r#"{"cluster":1,"deep":1}"#),
        ("[/clusters/east/deep/er/v.yaml]", r#"{"deep":1}"#),
    ] {
        let helm = format!("{{valueFiles: {names}, valuesObject: {{cluster: {{name: east}}}}}}");
        assert_eq!(values(&helm, "from"), expected, "{names}");
    }
    let helm =
        "{valueFiles: [/nope.yaml, '/nope/*.yaml', /top.yaml], ignoreMissingValueFiles: true}";
    assert_eq!(values(helm, "from"), r#"{"top":1}"#);
}

#[test]
fn variables_are_replaced_where_argo_cd_does() {
    for (value, expected) in [
        ("$ARGOCD_APP_NAME", r#""apps""#),
        ("${ARGOCD_APP_NAMESPACE}-x", r#""argocd-x""#),
        ("$ARGOCD_APP_PROJECT_NAME", r#""fleet""#),
        ("$ARGOCD_APP_SOURCE_PATH", r#""./apps/""#),
        (
            "$ARGOCD_APP_SOURCE_REPO_URL",
            r#""https://git.example.com/fleet.git""#,
        ),
        ("$ARGOCD_APP_SOURCE_TARGET_REVISION", r#""main""#),
        ("[$HOME]", r#""[]""#),
        ("$$HOME", r#""$HOME""#),
        ("a,,b", r#""a,,b""#),
    ] {
        let helm = format!("{{parameters: [{{name: v, value: '{value}'}}]}}");
        assert_eq!(values(&helm, "v"), expected, "{value}");
    }
    assert_eq!(
        values("{valuesObject: {v: $ARGOCD_APP_NAME}}", "v"),
        r#""$ARGOCD_APP_NAME""#
    );
    assert_eq!(
        values("{valueFiles: ['/x-${ARGOCD_APP_NAMESPACE}.yaml']}", "from"),
        r#"{"x":1}"#
    );
    let file = "{fileParameters: [{name: v, path: '/env/$NOTHING/text.txt'}]}";
    assert_eq!(values(file, "v"), r#""one, two""#);
    // With a single source, there is no `ref`: this is a variable that is not set.
    assert_eq!(
        values("{valueFiles: [$values/top.yaml]}", "from"),
        r#"{"top":1}"#
    );
}

#[test]
fn a_ref_of_this_repository_is_read() {
    let spec = |helm: &str, url: &str| {
        format!(
            "  sources:\n  - {{repoURL: '{url}', targetRevision: main, ref: values}}\n  - {{repoURL: 'https://git.example.com/fleet.git', path: apps, helm: {helm}}}\n"
        )
    };
    let this = "git@git.example.com:fleet.git";
    let helm = "{valueFiles: [$values/env/a.yaml, '$values/env/b*.yaml']}";
    let expected = r#"{"a":1,"b":1,"last":"b"}"#;
    assert_eq!(of_spec(&spec(helm, this), "from"), expected);
    let helm = "{fileParameters: [{name: v, path: $values/env/text.txt}]}";
    assert_eq!(of_spec(&spec(helm, this), "v"), r#""one, two""#);
    let other = of_spec(&spec(helm, "https://git.example.com/other.git"), "v");
    assert!(
        other.contains("another repository (https://git.example.com/other.git)"),
        "{other}"
    );
}

#[test]
fn templates_see_the_kubernetes_that_the_source_says() {
    let catalog = catalog(
        "  source:\n    path: apps\n    repoURL: r\n    helm: {kubeVersion: 1.29.3, apiVersions: [example.com/v1], valuesObject: {cluster: {name: east}, defaults: {repoURL: r}}}\n",
    );
    let objects = catalog.render("east", &RenderOptions::default()).unwrap();
    let labels = json::encode(&objects.applications[0].object()).unwrap();
    assert!(
        labels.contains(r#""labels":{"has":"true","kube":"v1.29.3"}"#),
        "{labels}"
    );
}
