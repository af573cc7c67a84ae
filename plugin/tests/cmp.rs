//! `helm-catalog cmp generate` as Argo CD's plugin server runs it: in the folder of the source, with everything else in the
//! environment.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::fs;
use std::path::Path;

use program::{Ran, helm_catalog, run};
use tempfile::TempDir;

/// Runs the plugin in a folder, with these variables.
fn generate(folder: &Path, environment: &[(&str, &str)]) -> Ran {
    let mut command = helm_catalog(folder, &["cmp", "generate"]);
    run(command.envs(environment.iter().copied()), b"")
}

/// The same in a folder of this repository.
fn here(folder: &str, environment: &[(&str, &str)]) -> Ran {
    generate(&tree::root().join(folder), environment)
}

/// The parameters as Argo CD sends them.
const PROD: (&str, &str) = (
    "ARGOCD_APP_PARAMETERS",
    r#"[{"name": "other", "array": ["x"]}, {"name": "cluster", "string": "boa1-prod"}]"#,
);

/// A failure: its exit status, an empty standard output, and a message that has this.
fn fails(ran: &Ran, message: &str) {
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("Error: "), "{}", ran.stderr);
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
}

/// A success: what is printed, without a word on standard error.
fn printed(ran: Ran) -> String {
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

/// A repository with one cluster and one app that shows what it was rendered with.
fn repository(template: &str) -> TempDir {
    let repository = tempfile::tempdir().unwrap();
    tree::copy(
        &tree::root().join("fixtures/broken/base"),
        repository.path(),
    );
    fs::remove_dir_all(repository.path().join("clusters/west")).unwrap();
    let templates = repository.path().join("apps/web/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("it.yaml"), template).unwrap();
    repository
}

#[test]
fn the_catalog_gives_the_applications() {
    let root = tree::root();
    let rendered = |cluster| {
        let arguments = ["render", "--cluster", cluster];
        printed(run(&mut helm_catalog(&root, &arguments), b""))
    };
    assert_eq!(printed(here("apps", &[PROD])), rendered("boa1-prod"));
    let by_environment = ("ARGOCD_ENV_CLUSTER", "mgmt");
    assert_eq!(printed(here("apps", &[by_environment])), rendered("mgmt"));
    // Argo CD sends `null` when the Application has no parameters.
    for none in ["null", "[]", r#"[{"name": "other", "string": "x"}]"#] {
        let environment = [("ARGOCD_APP_PARAMETERS", none), by_environment];
        assert_eq!(printed(here("apps", &environment)), rendered("mgmt"));
    }
    // A parameter is closer to the source than the environment.
    assert_eq!(
        printed(here("apps", &[PROD, by_environment])),
        rendered("boa1-prod")
    );
}

#[test]
fn the_cluster_must_be_known() {
    fails(&here("apps", &[]), "as the plugin parameter `cluster`");
    fails(
        &here("apps", &[("ARGOCD_APP_PARAMETERS", "null")]),
        "as `CLUSTER` in the plugin's env",
    );
    fails(&here("apps", &[("ARGOCD_ENV_CLUSTER", "boa2")]), "boa2");
    fails(
        &here("apps", &[("ARGOCD_ENV_CLUSTER", "")]),
        "which cluster",
    );
    let parameter = |text| here("apps", &[("ARGOCD_APP_PARAMETERS", text)]);
    for malformed in ["", "[", "{}", "[1]", r#"[{"string": "mgmt"}]"#] {
        fails(&parameter(malformed), "ARGOCD_APP_PARAMETERS");
    }
    fails(
        &parameter(r#"[{"name": "cluster", "array": ["mgmt"]}]"#),
        "`cluster` must be a string",
    );
}

#[test]
fn an_app_gives_its_manifests() {
    let manifests = printed(here("apps/region-info", &[PROD]));
    for part in [
        "# Source: region-info/templates/",
        "replicas: 3",
        "region.boa1",
    ] {
        assert!(manifests.contains(part), "{part:?} is not in\n{manifests}");
    }
    // The values of a layer are those of its cluster only.
    let on_prod = printed(here("apps/rbac", &[PROD]));
    let on_mgmt = printed(here("apps/rbac", &[("ARGOCD_ENV_CLUSTER", "mgmt")]));
    assert!(on_prod.contains("homescale:boa1-prod-viewers"), "{on_prod}");
    assert!(on_prod.contains("homescale:developers"), "{on_prod}");
    assert!(on_mgmt.contains("homescale:mgmt-viewers"), "{on_mgmt}");
    assert!(!on_mgmt.contains("homescale:developers"), "{on_mgmt}");
}

#[test]
fn an_app_gives_what_template_gives() {
    let repository = repository(
        "{{ .Release.Name }}: {namespace: {{ .Release.Namespace }}, kube: {{ .Capabilities.KubeVersion }}, \
         monitors: {{ .Capabilities.APIVersions.Has \"monitoring.coreos.com/v1\" }}}\n",
    );
    let web = repository.path().join("apps/web");
    let ours = |environment: &[(&str, &str)]| printed(generate(&web, environment));
    let template = |further: &[&str]| {
        let arguments = [&["template", "web", "apps/web", "-n", "web"], further].concat();
        printed(run(&mut helm_catalog(repository.path(), &arguments), b""))
    };
    assert_eq!(ours(&[]), template(&[]));
    assert_eq!(ours(&[("KUBE_VERSION", "")]), template(&[]));
    let cluster = [
        ("KUBE_VERSION", "1.31.4"),
        ("KUBE_API_VERSIONS", "v1,monitoring.coreos.com/v1"),
    ];
    let found = ours(&cluster);
    let flags = ["--kube-version", "1.31.4", "-a", "monitoring.coreos.com/v1"];
    assert_eq!(found, template(&flags));
    assert!(found.contains("kube: v1.31.4, monitors: true"), "{found}");
    fails(&generate(&web, &[("KUBE_VERSION", "new")]), "new");
}

#[test]
fn patches_are_applied() {
    let repository = repository("kind: ConfigMap\nmetadata: {name: web}\ndata: {a: b}\n");
    let file = repository.path().join("apps/web/app.yaml");
    let app = fs::read_to_string(&file).unwrap();
    let patch = "patches: [{target: {kind: ConfigMap}, merge: {data: {a: null, c: d}}}]\n";
    fs::write(&file, app + patch).unwrap();
    let manifests = printed(generate(&repository.path().join("apps/web"), &[]));
    let documents = homescale_yaml::parse_all(manifests.as_bytes()).unwrap();
    let document = homescale_yaml::to_yaml(&documents[0].to_value().unwrap()).unwrap();
    let expected = "data:\n  c: d\nkind: ConfigMap\nmetadata:\n  name: web";
    assert_eq!(document.trim_end(), expected);
}

#[test]
fn an_app_that_is_off_has_no_manifests() {
    let ran = here("apps/region-info", &[("ARGOCD_ENV_CLUSTER", "mgmt")]);
    fails(
        &ran,
        "apps/region-info: the app region-info is off for the cluster mgmt",
    );
}

#[test]
fn a_chart_may_be_that_of_several_apps() {
    let repository = repository("release: {{ .Release.Name }}\n");
    let write = |app: &str, text: &str| {
        let folder = repository.path().join("apps").join(app);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("app.yaml"), text).unwrap();
    };
    write(
        "web-2",
        "{path: apps/web/, namespace: two, defaultDeploy: true}\n",
    );
    let web = repository.path().join("apps/web");
    for (name, release) in [("web", "web"), ("web-2", "web-2"), ("team_web-2", "web-2")] {
        let manifests = printed(generate(&web, &[("ARGOCD_APP_NAME", name)]));
        assert!(
            manifests.contains(&format!("release: {release}\n")),
            "{manifests}"
        );
    }
    fails(&generate(&web, &[]), "several Applications (web-2, web)");
    fails(&generate(&web, &[("ARGOCD_APP_NAME", "portal")]), "portal");
    // One that is off does not count.
    write("web", "{path: apps/web, namespace: web}\n");
    assert!(printed(generate(&web, &[])).contains("release: web-2\n"));
}

#[test]
fn the_path_of_an_app_may_be_another_one_on_a_cluster() {
    let repository = repository("release: {{ .Release.Name }}\n");
    let file = repository.path().join("apps/web/app.yaml");
    let text = "path: apps/next\nnamespace: web\ndefaultDeploy: true\nclusters: {east: {path: apps/web}}\n";
    fs::write(file, text).unwrap();
    let manifests = printed(generate(&repository.path().join("apps/web"), &[]));
    assert!(manifests.contains("release: web\n"), "{manifests}");
}

#[test]
fn a_folder_must_be_a_source() {
    fails(
        &here("", &[PROD]),
        "expected the catalog (apps) or the chart",
    );
    fails(&here("docs", &[PROD]), "docs: neither the catalog");
    fails(&here("apps/rbac/templates", &[PROD]), "apps/rbac/templates");
}

#[test]
fn an_empty_result_must_be_meant() {
    let repository = repository("# nothing\n---\n");
    let web = repository.path().join("apps/web");
    fails(&generate(&web, &[]), "ALLOW_EMPTY");
    fails(
        &generate(&web, &[("ARGOCD_ENV_ALLOW_EMPTY", "yes")]),
        "ALLOW_EMPTY",
    );
    let allowed = generate(&web, &[("ARGOCD_ENV_ALLOW_EMPTY", "true")]);
    let comment = "---\n# Source: web/templates/it.yaml\n# nothing\n";
    assert_eq!(printed(allowed), comment);

    // The same for a catalog that deploys nothing.
    let file = web.join("app.yaml");
    let app = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        app.replace("defaultDeploy: true", "defaultDeploy: false"),
    )
    .unwrap();
    let apps = repository.path().join("apps");
    fails(&generate(&apps, &[]), "ALLOW_EMPTY");
    printed(generate(&apps, &[("ARGOCD_ENV_ALLOW_EMPTY", "true")]));
}

#[test]
fn a_broken_app_is_refused_with_its_place() {
    let repository = repository("a: {{ .Values.nope.more }}\n");
    let ran = generate(&repository.path().join("apps/web"), &[]);
    fails(&ran, "web/templates/it.yaml:1");
    fs::write(repository.path().join("apps/web/app.yaml"), "path: [\n").unwrap();
    let ran = generate(&repository.path().join("apps"), &[]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.starts_with("apps/web/app.yaml:2:1: error: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn templates_of_a_team_decide_as_they_do_for_render() {
    let repository = repository("");
    let own = "fixtures/broken/templates-of-a-team-differ";
    tree::copy(&tree::root().join(own), repository.path());
    let generated = printed(generate(&repository.path().join("apps"), &[]));
    assert!(generated.contains("project: a-team"), "{generated}");
    let rendered = printed(run(&mut helm_catalog(repository.path(), &["render"]), b""));
    assert_eq!(generated, rendered);
}
