//! What becomes of a source: its kind, its manifests, what it reads, and why there are none.

use std::rc::Rc;

use homescale_argocd::{
    Application, ArgoCdVersion, LoadEach, ManifestOptions, NoTools, SourceKind, SourceRequest,
    SourceResult, render_source,
};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
const TEMPLATE: &str = "kind: App\nvalues: {{ omit .Values \"global\" | toJson }}\n";

fn files(all: &[(&str, &str)]) -> FileSet {
    let mut files = FileSet::new();
    for (path, text) in all {
        files.insert(*path, text.as_bytes()).expect("a path");
    }
    files
}

fn rendered(files: &FileSet, spec: &str) -> SourceResult {
    let text = format!("metadata: {{name: web}}\nspec: {{{spec}}}\n");
    let object = homescale_yaml::from_slice(text.as_bytes()).expect("YAML");
    let application = Application::read(&object).expect("an Application");
    let request = SourceRequest {
        application: &application,
        source: 0,
        repositories: files,
        charts: &LoadEach,
        tools: &NoTools,
        argocd: ArgoCdVersion::new(3, 6),
        cluster: &ManifestOptions::default(),
        argocd_namespace: "argocd",
        revision: None,
    };
    render_source(&request, Rc::new(FixedHost::default()))
}

/// The manifests, or the error.
fn text(files: &FileSet, spec: &str) -> String {
    match rendered(files, spec).outcome {
        Ok(stream) => String::from_utf8(stream).expect("a text"),
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn the_kind_is_what_the_directory_looks_like() {
    for (names, expected) in [
        (&["a.yaml"][..], SourceKind::Directory),
        (&["Chart.yaml"], SourceKind::Helm),
        (&["Chart.yaml", "Kustomization"], SourceKind::Kustomize),
        (&["kustomization.yml", "my-Chart.yaml"], SourceKind::Helm),
        (&["below/Chart.yaml"], SourceKind::Directory),
    ] {
        let all: Vec<_> = names.iter().map(|name| format!("a/{name}")).collect();
        let all: Vec<_> = all.iter().map(|path| (path.as_str(), "{}")).collect();
        let kind = rendered(&files(&all), "source: {path: a}").kind;
        assert_eq!(kind, Some(expected), "{names:?}");
    }
    let both = "source: {path: a, helm: {}, directory: {}}";
    assert_eq!(
        text(&files(&[("a/x", "")]), both),
        "error: the source has settings for several tools: Helm, Directory"
    );
}

#[test]
fn values_come_from_other_sources_and_variables() {
    let files = files(&[
        ("web/Chart.yaml", CHART),
        ("web/templates/a.yaml", TEMPLATE),
        ("env/web.yaml", "a: 1\n"),
        ("env/eu/b.yaml", "b: 1\n"),
    ]);
    let values = |text: String| text.lines().last().unwrap_or_default().to_owned();
    let helm = "valueFiles: ['$env/env/${ARGOCD_APP_NAME}.yaml', '/env/*/b.yaml'], \
                parameters: [{name: c, value: $ARGOCD_APP_NAME}]";
    let spec = format!("sources: [{{path: web, helm: {{{helm}}}}}, {{ref: env}}]");
    assert_eq!(
        values(text(&files, &spec)),
        r#"values: {"a":1,"b":1,"c":"web"}"#
    );
    let inputs = rendered(&files, &spec).inputs;
    let touches = |path: &str| inputs.touches(path, |_| true);
    assert!(touches("web/values.yaml") && touches("env/web.yaml") && touches("env/us/b.yaml"));
    assert!(!touches("README.md") && !touches("website/a.yaml"));

    let spec = "sources: [{path: web, helm: {valueFiles: [$other/a.yaml]}}, {ref: env}]";
    assert_eq!(
        text(&files, spec),
        "error: `$other` names none of the sources with a `ref`: $env"
    );
}

#[test]
fn a_directory_is_read_as_argo_cd_does() {
    let files = files(&[
        ("a/b.yaml", "kind: B\n---\n# nothing\n---\nkind: C\n"),
        ("a/b/d.yml", "kind: D"),
        ("a/c.json", "{\"kind\": \"J\"}\n"),
        ("a/e.yaml", "some: values\n"),
        ("a/f.yaml", "# +argocd:skip-file-rendering\nkind: F\n"),
        ("a/g.txt", "kind: G\n"),
        ("broken/a.yaml", "apiVersion: v1\nkind: X\nmetadata: {\n"),
        ("broken/b.yaml", "kind: X\n---\na: b\n"),
    ]);
    assert_eq!(
        text(&files, "source: {path: a, directory: {recurse: true}}"),
        "---\n# Source: a/b/d.yml\nkind: D\n---\n# Source: a/b.yaml\nkind: B\n---\n# Source: a/b.yaml\nkind: C\n---\n{\"kind\": \"J\"}\n"
    );
    let some = "include: '{b*,d}', exclude: '*/d.yml'";
    assert_eq!(
        text(
            &files,
            &format!("source: {{path: a, directory: {{recurse: true, {some}}}}}")
        ),
        "---\n# Source: a/b.yaml\nkind: B\n---\n# Source: a/b.yaml\nkind: C\n"
    );
    let broken = text(
        &files,
        "source: {path: broken, directory: {exclude: b.yaml}}",
    );
    assert!(broken.starts_with("error: broken/a.yaml:"), "{broken}");
    let without = text(
        &files,
        "source: {path: broken, directory: {include: b.yaml}}",
    );
    assert!(without.starts_with("error: broken/b.yaml:3: "), "{without}");
}

#[test]
fn what_must_be_downloaded_is_told_with_its_command() {
    let dependencies =
        format!("{CHART}dependencies: [{{name: db, version: 1.x, repository: https://c}}]\n");
    let files = files(&[("web/Chart.yaml", &dependencies), ("raw/a.jsonnet", "{}")]);
    for (spec, expected, hint) in [
        (
            "source: {repoURL: 'https://c', chart: db, targetRevision: 1.2.3}",
            "the chart db 1.2.3 of https://c must be downloaded",
            Some("helm pull db --repo https://c --version '1.2.3'"),
        ),
        (
            "source: {path: web}",
            "web: dependencies are not in charts/, and must be downloaded: db 1.x of https://c",
            Some("helm dependency build web"),
        ),
        (
            "source: {path: raw}",
            "raw/a.jsonnet: Jsonnet is not evaluated",
            None,
        ),
        (
            "source: {path: raw, plugin: {name: other}}",
            "the plugin `other` is not run",
            None,
        ),
    ] {
        let error = rendered(&files, spec).outcome.unwrap_err();
        assert!(
            matches!(error, homescale_argocd::SourceError::NotRendered(_)),
            "{error}"
        );
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.hint().as_deref(), hint);
    }
}

#[test]
fn our_plugin_is_run() {
    let files = files(&[
        ("web/Chart.yaml", CHART),
        ("web/templates/a.yaml", TEMPLATE),
    ]);
    let spec = |parameters: &str| {
        format!("source: {{path: web, plugin: {{name: homescale, parameters: [{parameters}]}}}}")
    };
    let helm = "{name: helm, string: 'valuesObject: {a: 1}'}";
    let patches = "{name: patches, string: '[{target: {kind: App}, merge: {patched: true}}]'}";
    assert_eq!(
        text(&files, &spec(&format!("{helm}, {patches}"))),
        "---\n# Source: web/templates/a.yaml\nkind: App\npatched: true\nvalues:\n  a: 1\n"
    );
    assert_eq!(
        text(&files, &spec("{name: other, string: a}")),
        "error: unknown plugin parameter `other`; there are cluster, helm, patches, parameters, argocd-version, helm-version, allow-empty"
    );
}

#[test]
fn the_path_must_be_a_directory_of_the_repository() {
    let files = files(&[("a/b.yaml", "kind: B\n")]);
    for (path, expected) in [
        (
            "/a",
            "error: the path `/a` of the source is absolute; it must be relative to the repository",
        ),
        (
            "../a",
            "error: the path `../a` of the source leads out of the repository",
        ),
        ("a/c", "error: a/c: there is no such directory"),
        (
            "a/b.yaml",
            "error: a/b.yaml: it is a file; the path of a source must be a directory",
        ),
        ("./x/../a/", "---\n# Source: a/b.yaml\nkind: B\n"),
    ] {
        assert_eq!(text(&files, &format!("source: {{path: {path}}}")), expected);
    }
}
