//! The files of `plugin/argocd` and the Containerfile agree with one another, with the catalog's values, and with the command
//! line of the binary.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;

use std::fs;
use std::path::PathBuf;

use program::{helm_catalog, run};
use serde_json::{Value, json};

/// Where Argo CD's plugin server looks for its configuration, as its documentation says.
const CONFIGURATION: &str = "/home/argocd/cmp-server/config/plugin.yaml";

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    let value = homescale_yaml::from_slice(text(path).as_bytes()).unwrap();
    serde_json::from_str(&homescale_yaml::json::encode(&value).unwrap()).unwrap()
}

/// The sidecar and the volumes, by the component and by the values of the chart.
fn sidecars() -> [(Value, Value); 2] {
    let pod = &yaml("plugin/argocd/repo-server.yaml")["spec"]["template"]["spec"];
    let values = &yaml("plugin/argocd/values.yaml")["repoServer"];
    [
        (pod["containers"][0].clone(), pod["volumes"].clone()),
        (
            values["extraContainers"][0].clone(),
            values["volumes"].clone(),
        ),
    ]
}

fn named<'v>(list: &'v Value, key: &str, name: &str) -> &'v Value {
    list.as_array()
        .unwrap()
        .iter()
        .find(|item| item[key] == name)
        .unwrap()
}

#[test]
fn the_sidecar_is_as_argo_cd_wants_it() {
    for (container, volumes) in sidecars() {
        assert_eq!(
            container["command"],
            json!(["/var/run/argocd/argocd-cmp-server"])
        );
        assert_eq!(container["securityContext"]["runAsUser"], 999);
        assert_eq!(container["securityContext"]["runAsNonRoot"], true);
        let mounts = &container["volumeMounts"];
        assert_eq!(
            named(mounts, "name", "var-files")["mountPath"],
            "/var/run/argocd"
        );
        assert_eq!(
            named(mounts, "name", "plugins")["mountPath"],
            "/home/argocd/cmp-server/plugins"
        );
        assert_eq!(named(mounts, "mountPath", "/tmp")["name"], "homescale-tmp");
        assert_eq!(
            named(&volumes, "name", "homescale-tmp")["emptyDir"],
            json!({})
        );
        // Every other volume is one of Argo CD's own.
        for mount in mounts.as_array().unwrap() {
            let own = volumes
                .as_array()
                .unwrap()
                .iter()
                .any(|volume| volume["name"] == mount["name"]);
            assert!(
                own || mount["name"] == "var-files" || mount["name"] == "plugins",
                "{mount}"
            );
        }
    }
}

#[test]
fn both_ways_add_the_same_sidecar() {
    let [(by_component, _), (by_values, _)] = sidecars();
    let without_configuration = |mut container: Value| {
        let mounts = container["volumeMounts"].as_array_mut().unwrap();
        mounts.retain(|mount| mount["mountPath"] != CONFIGURATION);
        container
    };
    assert_eq!(
        without_configuration(by_component),
        without_configuration(by_values)
    );
}

#[test]
fn the_configuration_is_where_the_server_looks() {
    let plugin = yaml("plugin/argocd/plugin.yaml");
    let values = yaml("plugin/argocd/values.yaml");
    let component = yaml("plugin/argocd/kustomization.yaml");
    let map = &component["configMapGenerator"][0];
    assert_eq!(map["files"], json!(["plugin.yaml"]));
    assert_eq!(component["patches"], json!([{"path": "repo-server.yaml"}]));
    // The chart writes a file for each plugin, called after it, with its configuration as `spec`.
    let name = plugin["metadata"]["name"].as_str().unwrap();
    assert_eq!(values["configs"]["cmp"]["plugins"][name], plugin["spec"]);
    assert_eq!(values["configs"]["cmp"]["create"], true);
    let files = ["plugin.yaml".to_owned(), format!("{name}.yaml")];
    let maps = [map["name"].as_str().unwrap(), "argocd-cmp-cm"];
    for (((container, volumes), file), map) in sidecars().into_iter().zip(files).zip(maps) {
        let mount = named(&container["volumeMounts"], "mountPath", CONFIGURATION);
        assert_eq!(mount["subPath"], file);
        let volume = named(&volumes, "name", mount["name"].as_str().unwrap());
        assert_eq!(volume["configMap"]["name"], map);
    }
}

#[test]
fn applications_name_the_plugin() {
    let plugin = yaml("plugin/argocd/plugin.yaml");
    // With a version, the name would be another one.
    assert!(plugin["spec"]["version"].is_null());
    assert_eq!(
        yaml("apps/values.yaml")["argocd"]["plugin"],
        plugin["metadata"]["name"]
    );
    // A plugin that is discovered costs each Application a transfer of its repository.
    assert!(plugin["spec"]["discover"].is_null());
}

#[test]
fn the_commands_are_those_of_the_binary() {
    let spec = &yaml("plugin/argocd/plugin.yaml")["spec"];
    for command in [&spec["generate"], &spec["parameters"]["dynamic"]] {
        let words = command["command"].as_array().unwrap();
        let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
        assert_eq!(words[0], "/helm-catalog");
        let help = [&words[1..], &["--help"]].concat();
        let ran = run(&mut helm_catalog(&root(), &help), b"");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{words:?}");
    }
}

#[test]
fn the_image_has_the_binary_and_the_certificates() {
    let containerfile = text("plugin/Containerfile");
    let lines = containerfile.lines().filter(|line| !line.starts_with('#'));
    let of = |start: &str| {
        lines
            .clone()
            .filter(|line| line.starts_with(start))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("FROM"), ["FROM scratch"]);
    assert_eq!(of("USER"), ["USER 999:999"]);
    assert_eq!(of("ENTRYPOINT"), [r#"ENTRYPOINT ["/helm-catalog"]"#]);
    let copied: Vec<&str> = of("COPY")
        .iter()
        .map(|line| line.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(
        copied,
        ["/helm-catalog", "/etc/ssl/certs/ca-certificates.crt"]
    );
    assert!(of("RUN").is_empty() && of("ADD").is_empty());
    for (container, _) in sidecars() {
        let image = container["image"].as_str().unwrap();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            image,
            format!("ghcr.io/homescalecloud/helm-catalog:{version}")
        );
    }
}
