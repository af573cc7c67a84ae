//! What patches and documents of kind Catalog do to a stream of manifests.
#![expect(clippy::unwrap_used, reason = "a helper of tests is a test")]

use homescale_catalog::{Catalog, RenderOptions, expand_stream};
use homescale_fileset::FileSet;
use homescale_manifest::{Patch, patch_manifests};

const MANIFESTS: &str = "\
# of no document
---
# Source: web/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
    name: web
    labels: {app: web}   # stays as it is
spec: {replicas: 1, template: {spec: {containers: [{name: web}, {name: proxy}]}}}
---\r
apiVersion: v1\r
kind: Service\r
metadata: {name: web, namespace: front}\r
--- # text after the dashes
kind: List
items:
- {kind: ConfigMap, metadata: {name: a}}
- {kind: ConfigMap, metadata: {name: b}}
...
";

fn patched(patches: &str) -> String {
    let patches = Patch::read_list(patches.as_bytes(), "patches.yaml").unwrap();
    let out = patch_manifests(MANIFESTS.as_bytes(), &patches).unwrap();
    String::from_utf8(out.manifests).unwrap()
}

/// The stream with a part replaced.
fn with(part: &str, replacement: &str) -> String {
    assert_eq!(MANIFESTS.matches(part).count(), 1);
    MANIFESTS.replace(part, replacement)
}

#[test]
fn without_a_fitting_patch_every_byte_stays() {
    assert_eq!(patched("[]"), MANIFESTS);
    assert_eq!(patched("patches: null"), MANIFESTS);
    assert_eq!(
        patched("[{target: {kind: Ingress}, merge: {a: 1}, optional: true}]"),
        MANIFESTS
    );
}

#[test]
fn a_json_patch_rewrites_its_document_only() {
    let found = patched(
        "- target: {group: apps, version: v1, kind: Deployment, labelSelector: app in (web)}\n  \
           jsonPatch:\n  \
           - {op: replace, path: /spec/replicas, value: 3}\n  \
           - {op: add, path: /spec/template/spec/containers/-, value: {name: extra}}\n  \
           - {op: remove, path: /metadata/labels}\n",
    );
    let start = MANIFESTS.find("apiVersion: apps/v1").unwrap();
    let end = MANIFESTS.find("---\r").unwrap();
    let expected = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: web
      - name: proxy
      - name: extra
";
    assert_eq!(found, with(&MANIFESTS[start..end], expected));
}

#[test]
fn a_merge_patch_merges_maps_and_removes_with_null() {
    let found = patched(
        "- {target: {namespace: front}, merge: {metadata: {namespace: null, labels: {a: b}}}}",
    );
    let start = MANIFESTS.find("apiVersion: v1\r").unwrap();
    let end = MANIFESTS.find("--- # text").unwrap();
    let expected = "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    a: b\n  name: web\n";
    assert_eq!(found, with(&MANIFESTS[start..end], expected));
}

#[test]
fn patches_apply_in_order_and_see_each_other() {
    let found = patched(
        "- {target: {kind: Service}, merge: {kind: Endpoints}}\n\
         - {target: {kind: Endpoints}, merge: {metadata: null}}\n\
         - {target: {kind: Service}, merge: {metadata: {}}, optional: true}\n",
    );
    assert!(
        found.contains("---\r\napiVersion: v1\nkind: Endpoints\n--- #"),
        "{found}"
    );
}

#[test]
fn items_of_a_list_are_manifests() {
    let found = patched("- {target: {kind: ConfigMap, name: b}, merge: {data: {k: v}}}");
    assert!(
        found.ends_with(
            "\nitems:\n- kind: ConfigMap\n  metadata:\n    name: a\n- data:\n    k: v\n  kind: ConfigMap\n  \
             metadata:\n    name: b\nkind: List\n"
        ),
        "{found}"
    );
}

#[test]
fn an_absent_namespace_is_the_empty_one() {
    let found = patched("- {target: {kind: Deployment, namespace: \"\"}, merge: {spec: null}}");
    assert!(!found.contains("replicas"), "{found}");
}

#[test]
fn patches_neither_see_nor_lose_the_annotation_of_helm_4() {
    let helms = "postrenderer.helm.sh/postrender-filename: web/templates/a.yaml";
    let hook = "helm.sh/hook: test";
    let patched = |annotations: &[&str], patch: &str| {
        let patches = Patch::read_list(patch.as_bytes(), "patches.yaml").unwrap();
        let annotations = annotations.join(", ");
        let stream = format!("kind: Pod\nmetadata: {{annotations: {{{annotations}}}, name: t}}\n");
        let out = patch_manifests(stream.as_bytes(), &patches);
        out.map(|out| String::from_utf8(out.manifests).unwrap())
    };
    let text = |annotations: &[&str]| {
        let lines: Vec<String> = annotations
            .iter()
            .map(|line| format!("    {line}\n"))
            .collect();
        format!(
            "kind: Pod\nmetadata:\n  annotations:\n{}  name: t\n",
            lines.concat()
        )
    };
    let removed = "[{merge: {metadata: {annotations: null}}}]";
    assert_eq!(patched(&[hook, helms], removed).unwrap(), text(&[helms]));
    let replaced = "[{jsonPatch: [{op: add, path: /metadata/annotations, value: {a: b}}]}]";
    assert_eq!(
        patched(&[hook, helms], replaced).unwrap(),
        text(&["a: b", helms])
    );
    let kept = "[{merge: {kind: Pod}}]";
    assert_eq!(patched(&[hook, helms], kept).unwrap(), text(&[hook, helms]));
    // What fails where Helm puts no annotation fails everywhere.
    let added = "[{jsonPatch: [{op: add, path: /metadata/annotations/a, value: b}]}]";
    assert!(patched(&[helms], added).is_err());
    assert!(patched(&[hook, helms], added).is_ok());
}

const DOCUMENT: &str = "\
apiVersion: homescale.cloud/v1alpha1
kind: Catalog
metadata:
  name: apps
  annotations: {postrenderer.helm.sh/postrender-filename: apps/templates/applications.yaml}
spec:
  release: {name: root, namespace: argocd}
  values:
    cluster: {name: east, size: 3}
    application: {namespace: argocd}
    defaults: {repoURL: r, targetRevision: main, project: default, destination: {name: in-cluster}}
    namespaces: {syncWave: -35}
  files:
    web/app.yaml: |
      path: apps/web
      namespace: web
      defaultDeploy: true
      values: {release: \"{{ .Release.Name }} {{ .Values.cluster.size }} {{ .Chart.Name }}\"}
      clusters:
        east: {syncWave: 2}
";

#[test]
fn a_catalog_becomes_its_objects_and_the_rest_passes_through() {
    let before = "kind:   ConfigMap # homescale.cloud/v1alpha1\n---\n# Source: apps/templates/applications.yaml\n";
    let after = "---\n{not: [yaml\n";
    let stream = [before, DOCUMENT, after].concat();
    let out = String::from_utf8(expand_stream(stream.as_bytes()).unwrap()).unwrap();
    let expected = "\
kind:   ConfigMap # homescale.cloud/v1alpha1
---
# Source: apps/templates/applications.yaml
apiVersion: v1
kind: Namespace
metadata:
  annotations:
    argocd.argoproj.io/sync-wave: \"-35\"
    postrenderer.helm.sh/postrender-filename: apps/templates/applications.yaml
  name: web
---
# Source: apps/templates/applications.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  annotations:
    argocd.argoproj.io/manifest-generate-paths: /apps/web
    argocd.argoproj.io/sync-wave: \"2\"
    postrenderer.helm.sh/postrender-filename: apps/templates/applications.yaml
  name: web
  namespace: argocd
spec:
  destination:
    name: in-cluster
    namespace: web
  project: default
  source:
    helm:
      releaseName: web
      valuesObject:
        release: root 3 apps
    path: apps/web
    repoURL: r
    targetRevision: main
---
{not: [yaml
";
    assert_eq!(out, expected);
}

#[test]
fn other_versions_of_the_document_are_not_ours() {
    let stream = DOCUMENT.replace("v1alpha1", "v9");
    assert_eq!(expand_stream(stream.as_bytes()).unwrap(), stream.as_bytes());
}

#[test]
fn a_part_of_the_apps_comes_with_its_namespaces() {
    let mut files = FileSet::new();
    let app = |namespace: &str, security: &str| {
        format!("path: p\nnamespace: {namespace}\ndefaultDeploy: true\npodSecurity: {security}\n")
    };
    let files_of = [
        ("apps/a/app.yaml", app("shared", "baseline")),
        ("apps/b/app.yaml", app("shared", "privileged")),
        ("apps/c/app.yaml", app("own", "restricted")),
        (
            "clusters/east/apps.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps}\n\
             spec: {source: {path: apps, helm: {valuesObject: {cluster: {name: east}}}}}\n"
                .to_owned(),
        ),
        (
            "apps/values.yaml",
            "defaults: {repoURL: r, destination: {name: in-cluster}, targetRevision: main, project: default}\n".to_owned(),
        ),
    ];
    for (path, text) in files_of {
        files.insert(path, text.into_bytes()).unwrap();
    }
    let catalog = Catalog::load(&files).unwrap();
    let options = RenderOptions {
        apps: ["b".to_owned()].into(),
        ..RenderOptions::default()
    };
    let objects = catalog.render("east", &options).unwrap();
    assert_eq!(objects.applications.len(), 1);
    assert_eq!(objects.namespaces.len(), 1);
    let namespace = objects.namespaces[0].object().to_string();
    assert!(
        namespace.contains("enforce:baseline"),
        "the first app decides: {namespace}"
    );
}

#[test]
fn one_app_does_not_fail_because_of_another() {
    let app = "{path: p, namespace: front, defaultDeploy: true}\n";
    let mut files = FileSet::new();
    for (path, text) in [
        (
            "apps/values.yaml",
            "defaults: {repoURL: 'https://example.com/a.git', project: p, targetRevision: main, destination: {name: in-cluster}}\n",
        ),
        ("apps/good/app.yaml", app),
        ("apps/unreadable/app.yaml", "path: [\n"),
        (
            "apps/wrong/app.yaml",
            "{path: p, namespace: front, defaultDeploy: true, values: {a: '{{ nope }}'}}\n",
        ),
        (
            "clusters/east/apps.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: apps}\n\
             spec: {source: {path: apps, helm: {valuesObject: {cluster: {name: east}}}}}\n",
        ),
    ] {
        files.insert(path, text.as_bytes().to_vec()).unwrap();
    }
    let catalog = Catalog::load(&files).unwrap();
    let errors = |apps: &[&str]| {
        let options = RenderOptions {
            apps: apps.iter().map(|&app| app.to_owned()).collect(),
            ..RenderOptions::default()
        };
        let found = catalog.render("east", &options).err().unwrap_or_default();
        found
            .iter()
            .map(|error| error.file.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(errors(&["good"]), [""; 0]);
    assert_eq!(errors(&["wrong"]), ["apps/wrong/app.yaml"]);
    assert_eq!(errors(&["unreadable"]), ["apps/unreadable/app.yaml"]);
    let all = ["apps/unreadable/app.yaml", "apps/wrong/app.yaml"];
    assert_eq!(errors(&[]), all);
    assert_eq!(errors(&["good", "wrong", "unreadable"]), all);
}

#[test]
fn a_catalog_is_shared_between_threads() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Catalog>();
    is_shared::<homescale_catalog::Objects>();
}
