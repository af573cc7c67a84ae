//! The guide's page `docs/argocd-sidecar.md`: each of its blocks is done here, or it is said why not.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};

use crate::case::Case;
use crate::program::{self, helm_catalog};
use crate::server::Server;
use crate::tree;

/// Does what a block says.
type Step = fn(&Server, &str) -> Result<(), String>;

/// The blocks of the page in their order, by their first lines, and what is done with each.
const BLOCKS: &[(&str, Result<Step, &str>)] = &[
    (
        "helm upgrade argocd argo/argo-cd",
        Err(
            "it changes a cluster, with a chart that is fetched; tests/argocd.rs compares its values with the component",
        ),
    ),
    ("# kustomization.yaml", Ok(component)),
    ("argocd:", Ok(catalog_values)),
    ("source:", Ok(source_of_an_app)),
    ("source:", Ok(source_of_the_catalog)),
    ("generate:", Ok(bounded_command)),
];

/// A trial for each block, and one for the versions; blocks that are not done are ignored.
pub(crate) fn trials(server: &Arc<Server>) -> Vec<Trial> {
    let page = fs::read_to_string(tree::root().join("docs/argocd-sidecar.md")).unwrap();
    let versions = {
        let page = page.clone();
        Trial::test("guide/versions", move || {
            versions(&page).map_err(Failed::from)
        })
    };
    let blocks = blocks(&page);
    assert_eq!(
        blocks.len(),
        BLOCKS.len(),
        "every block of the page is in the table"
    );
    let pairs = blocks.into_iter().zip(BLOCKS).enumerate();
    let trial = |(number, (block, (first, step))): (usize, (String, &(&str, _)))| {
        assert!(block.starts_with(first), "{block}");
        let name = format!("guide/{}-{first}", number + 1);
        match *step {
            Ok(step) => {
                let server = Arc::clone(server);
                let step: Step = step;
                Trial::test(name, move || step(&server, &block).map_err(Failed::from))
            }
            Err(reason) => {
                Trial::test(format!("{name}: {reason}"), || Ok(())).with_ignored_flag(true)
            }
        }
    };
    pairs.map(trial).chain([versions]).collect()
}

/// The table of the page says of each Argo CD the Helm that the library knows.
fn versions(page: &str) -> Result<(), String> {
    let (_, table) = page
        .split_once("| Argo CD | has Helm | level |\n|---|---|---|\n")
        .unwrap();
    let rows = table.lines().map_while(|row| row.strip_prefix("| "));
    for row in rows {
        let (versions, level) = row.trim_end_matches(" |").split_once(" | ").unwrap();
        let (_, level) = level.split_once(" | ").unwrap();
        for version in versions.trim_end_matches(" and later").split(", ") {
            let helm = homescale_argocd::helm_of_argocd(version).unwrap();
            if helm.name() != level {
                return Err(format!("{version} has {}, and not {level}", helm.name()));
            }
        }
    }
    Ok(())
}

/// The texts between lines of three backticks.
fn blocks(page: &str) -> Vec<String> {
    let mut parts = page.split("\n```");
    let mut blocks = Vec::new();
    // Outside, inside, outside.
    while let (Some(_), Some(inside)) = (parts.next(), parts.next()) {
        let (_, text) = inside.split_once('\n').unwrap();
        blocks.push(format!("{text}\n"));
    }
    blocks
}

fn parsed(text: &str) -> Value {
    let value = homescale_yaml::from_slice(text.as_bytes()).unwrap();
    serde_json::from_str(&homescale_yaml::json::encode(&value).unwrap()).unwrap()
}

/// The command of the configuration renders a chart.
fn bounded_command(_: &Server, block: &str) -> Result<(), String> {
    let chart = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(chart.path().join(path), text).unwrap();
    write("Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
    fs::create_dir(chart.path().join("templates")).unwrap();
    write("templates/a.yaml", "kind: A\n");
    let said = parsed(block);
    let words = said["generate"]["command"]
        .as_array()
        .unwrap()
        .iter()
        .skip(1);
    let words: Vec<&str> = words.map(|word| word.as_str().unwrap()).collect();
    let mut command = helm_catalog(chart.path(), &words);
    command
        .env("ARGOCD_APP_NAME", "a")
        .env("ARGOCD_ENV_HELM", "releaseName: a");
    let ran = program::run(&mut command, b"");
    if ran.stdout.ends_with("kind: A\n") {
        Ok(())
    } else {
        Err(format!("{ran:?}"))
    }
}

/// What of Argo CD's own manifests the component changes.
const INSTALL: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: argocd-repo-server}
spec:
  template:
    metadata: {labels: {app.kubernetes.io/name: argocd-repo-server}}
    spec:
      initContainers:
      - {name: copyutil, image: argocd, volumeMounts: [{name: var-files, mountPath: /var/run/argocd}]}
      containers:
      - name: argocd-repo-server
        image: argocd
        volumeMounts:
        - {name: tmp, mountPath: /tmp}
        - {name: plugins, mountPath: /home/argocd/cmp-server/plugins}
      volumes:
      - {name: tmp, emptyDir: {}}
      - {name: var-files, emptyDir: {}}
      - {name: plugins, emptyDir: {}}
";

/// Kustomize builds what the page says, of the directory here and of a repo-server like Argo CD's.
fn component(_: &Server, block: &str) -> Result<(), String> {
    let directory = tempfile::tempdir().unwrap();
    let said = parsed(block);
    let (resource, component) = (&said["resources"][0], &said["components"][0]);
    let block = block.replace(resource.as_str().unwrap(), "install.yaml");
    let block = block.replace(component.as_str().unwrap(), "argocd");
    fs::write(directory.path().join("kustomization.yaml"), block).unwrap();
    fs::write(directory.path().join("install.yaml"), INSTALL).unwrap();
    tree::copy(
        &tree::root().join("plugin/argocd"),
        &directory.path().join("argocd"),
    );
    let mut kustomize = Command::new("kustomize");
    kustomize.arg("build").arg(directory.path());
    let Ok(output) = kustomize.output() else {
        eprintln!("skipped: there is no kustomize; .ci/install-registry installs it");
        return Ok(());
    };
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let objects = crate::server::objects(&String::from_utf8(output.stdout).unwrap())?;
    let of_kind = |kind: &str| objects.iter().find(|object| object["kind"] == kind);
    let (map, deployment) = (
        of_kind("ConfigMap").unwrap(),
        of_kind("Deployment").unwrap(),
    );
    let template = &deployment["spec"]["template"];
    let pod = &template["spec"];
    let names = |list: &Value| -> Vec<String> {
        let items = list.as_array().unwrap().iter();
        items
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&pod["initContainers"]), ["copyutil"]);
    let containers = names(&pod["containers"]);
    let default = &template["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"];
    assert_eq!(containers, ["homescale", "argocd-repo-server"]);
    assert_eq!(default, "argocd-repo-server");
    let volumes = names(&pod["volumes"]);
    for container in pod["containers"].as_array().unwrap() {
        for mounted in names(&container["volumeMounts"]) {
            assert!(
                volumes.contains(&mounted),
                "no volume {mounted} in {volumes:?}"
            );
        }
    }
    // The name of a generated map ends with a hash; the volume follows it.
    let configured = pod["volumes"].as_array().unwrap().iter();
    let configured = configured
        .filter_map(|volume| volume["configMap"]["name"].as_str())
        .collect::<Vec<_>>();
    assert_eq!(configured, [map["metadata"]["name"].as_str().unwrap()]);
    let plugin = fs::read_to_string(tree::root().join("plugin/argocd/plugin.yaml")).unwrap();
    assert_eq!(map["data"]["plugin.yaml"], plugin);
    Ok(())
}

/// An app whose chart the sidecar renders.
const APP: &str = "
path: apps/web
namespace: front
defaultDeploy: true
values: {replicas: 2}
patches:
- target: {kind: Deployment}
  jsonPatch: [{op: replace, path: /spec/replicas, value: 3}]
";

/// With the values of the page, the catalog writes the source of the page.
fn catalog_values(_: &Server, block: &str) -> Result<(), String> {
    let directory = tempfile::tempdir().unwrap();
    tree::copy(
        &tree::root().join("fixtures/sidecar/base"),
        directory.path(),
    );
    let values = directory.path().join("apps/values.yaml");
    let defaults = fs::read_to_string(&values).unwrap();
    let repository = "https://github.com/homescalecloud/homescale.git";
    let defaults = defaults.replace("https://git.example.com/platform.git", repository);
    fs::write(values, format!("{defaults}{block}")).unwrap();
    fs::write(directory.path().join("apps/web/app.yaml"), APP).unwrap();
    let mut rendered = rendered(directory.path())?;
    let page = fs::read_to_string(tree::root().join("docs/argocd-sidecar.md")).unwrap();
    let mut expected = parsed(&blocks(&page)[3])["source"].clone();
    for source in [&mut rendered, &mut expected] {
        for parameter in source["plugin"]["parameters"].as_array_mut().unwrap() {
            let text = parameter["string"].as_str().unwrap();
            parameter["string"] = parsed(text);
        }
    }
    if rendered == expected {
        return Ok(());
    }
    Err(format!("the catalog writes {rendered:#}"))
}

/// The source of the only Application of a catalog.
fn rendered(repository: &Path) -> Result<Value, String> {
    let ran = program::run(&mut helm_catalog(repository, &["render"]), b"");
    let objects = crate::server::objects(&ran.stdout)?;
    let mut applications = objects
        .into_iter()
        .filter(|object| object["kind"] == "Application");
    let application = applications.next();
    application.map_or(Err(ran.stderr), |it| Ok(it["spec"]["source"].clone()))
}

/// The Deployment of the app in the page.
const TEMPLATE: &str = "apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
spec: {replicas: {{ .Values.replicas }}}
";

fn source_of_an_app(server: &Server, block: &str) -> Result<(), String> {
    let source = &parsed(block)["source"];
    let said = json!({
        "path": source["path"],
        "root": source["path"],
        "plugin": source["plugin"],
        "files": {"apps/web/templates/it.yaml": TEMPLATE},
        "gives": [{
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web", "namespace": "front"},
            "spec": {"replicas": 3},
        }],
    });
    let name = "web".to_owned();
    Case { name, said }.check(server)
}

fn source_of_the_catalog(server: &Server, block: &str) -> Result<(), String> {
    let source = &parsed(block)["source"];
    let said = json!({
        "repository": "this-repository",
        "path": source["path"],
        "plugin": source["plugin"],
        "like": ["render", "--cluster", "boa1-prod"],
    });
    let name = "catalog".to_owned();
    Case { name, said }.check(server)
}
