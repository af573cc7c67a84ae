//! `homescale.yaml`, read: what each field becomes, and that the JSON Schema takes what is read.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a broken premise shall fail the test"
)]

use std::time::Duration;

use homescale_argocd::ArgoCdVersion;
use homescale_fleet::{
    CONFIG_FILE, CONFIGURATION, Capabilities, Config, ServiceGenerator, Tracking, config_schema,
};
use homescale_go::Release;
use homescale_located::{Severity, rule};
use homescale_schema::{Dialect, Options, Schema};
use homescale_value::Value;

const FULL: &str = r#"
argocd: "3.5"
kubernetes: "1.34"
apiVersions: [monitoring.coreos.com/v1]
roots:
- path: clusters/*/apps.yaml
  cluster: east
- path: environments
  releaseName: science-platform
  namespace: argocd
  valueFiles: [environments/values-east.yaml]
  values: {replicas: 3}
clusters:
- name: mgmt
  server: https://kubernetes.default.svc
- name: east
  server: https://east.example.com
  project: default
  labels: {env: prod}
  annotations: {example.com/region: eu-1}
  argocd: "3.4"
  kubernetes: "1.33"
  apiVersions: []
- name: west
  capabilities: clusters/west/capabilities.yaml
  inCluster: true
repositories:
- {url: "https://git.example.com/team/fleet.git", path: .}
- {url: "https://git.example.com/team/charts.git", path: ../charts}
generators:
  previews:
    pullRequest: [{number: "12", branch: login}]
    plugin: []
kustomize:
  program: kustomize
  version: "5.8.1"
  buildOptions: --enable-helm
  network: false
  timeout: 45s
severities:
  missing-file: off
  unknown-field: "off"
  never-on: warning
tracking: annotation+label
instanceLabelKey: example.com/instance
"#;

#[test]
fn every_field_is_read() {
    let config = Config::read(FULL.as_bytes(), CONFIG_FILE).unwrap();
    assert!(config.notes.is_empty());
    assert_eq!(config.argocd, Some(ArgoCdVersion::new(3, 5)));
    assert_eq!(config.kubernetes.as_deref(), Some("1.34"));
    assert_eq!(config.api_versions, ["monitoring.coreos.com/v1"]);

    let [bootstrap, chart] = &config.roots[..] else {
        panic!("two roots")
    };
    assert_eq!(bootstrap.path, "clusters/*/apps.yaml");
    assert_eq!(bootstrap.cluster.as_deref(), Some("east"));
    assert!(bootstrap.values.is_null());
    assert_eq!(bootstrap.location.to_string(), "homescale.yaml:6:3");
    assert_eq!(chart.release_name.as_deref(), Some("science-platform"));
    assert_eq!(chart.namespace.as_deref(), Some("argocd"));
    assert_eq!(chart.value_files, ["environments/values-east.yaml"]);
    assert_eq!(chart.values.to_json(), serde_json::json!({"replicas": 3}));

    let [mgmt, east, west] = &config.clusters[..] else {
        panic!("three clusters")
    };
    assert!(mgmt.in_cluster && !east.in_cluster && west.in_cluster);
    assert_eq!(east.server.as_deref(), Some("https://east.example.com"));
    assert_eq!(west.server, mgmt.server);
    assert_eq!(east.project.as_deref(), Some("default"));
    assert_eq!(east.labels["env"], "prod");
    assert_eq!(east.annotations["example.com/region"], "eu-1");
    assert_eq!(east.argocd, Some(ArgoCdVersion::new(3, 4)));
    assert_eq!(east.kubernetes.as_deref(), Some("1.33"));
    assert_eq!(
        (&east.api_versions, &west.api_versions),
        (&Some(vec![]), &None)
    );
    assert_eq!(
        west.capabilities.as_deref(),
        Some("clusters/west/capabilities.yaml")
    );
    assert_eq!(east.location.line, 16);

    let addresses = config
        .repositories
        .iter()
        .map(|it| (it.url.as_str(), it.path.as_str()));
    let expected = [
        ("https://git.example.com/team/fleet.git", "."),
        ("https://git.example.com/team/charts.git", "../charts"),
    ];
    assert!(addresses.eq(expected));

    let previews = &config.generators["previews"];
    let pulls = &previews.parameters[&ServiceGenerator::PullRequest];
    assert_eq!(pulls[0].get("branch").unwrap().as_text(), Some("login"));
    assert!(previews.parameters[&ServiceGenerator::Plugin].is_empty());
    assert!(!previews.parameters.contains_key(&ServiceGenerator::Oci));

    let kustomize = config.kustomize.as_ref().unwrap();
    assert_eq!(kustomize.program.as_deref(), Some("kustomize"));
    assert_eq!(kustomize.version.as_deref(), Some("5.8.1"));
    assert_eq!(kustomize.build_options.as_deref(), Some("--enable-helm"));
    assert!(!kustomize.network);
    assert_eq!(kustomize.timeout, Some(Duration::from_secs(45)));

    let severity = |rule: &str| config.severities[rule].severity;
    assert_eq!(
        (severity("missing-file"), severity("unknown-field")),
        (None, None)
    );
    assert_eq!(severity("never-on"), Some(Severity::Warning));
    assert_eq!(config.tracking, Some(Tracking::AnnotationAndLabel));
    assert_eq!(
        config.instance_label_key.as_deref(),
        Some("example.com/instance")
    );
}

#[test]
fn a_file_that_says_nothing_is_as_none() {
    for text in [
        "",
        "# Nothing.\n",
        "---\n",
        "clusters:\nroots: null\n",
        "{}",
    ] {
        let config = Config::read(text.as_bytes(), CONFIG_FILE).unwrap();
        assert_eq!(
            format!("{config:?}"),
            format!("{:?}", Config::default()),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_only_odd_is_noted() {
    let config = Config::read(b"argocd: \"3.5\"\nargocd: \"3.6\"\n", CONFIG_FILE).unwrap();
    assert_eq!(config.argocd, Some(ArgoCdVersion::new(3, 6)));
    assert_eq!(config.notes.count(Severity::Warning), 1);
}

#[test]
fn only_rules_that_there_are_have_severities() {
    let text = b"severities:\n  wrong-type: note\n  unknown-fields: off\n";
    let config = Config::read(text, CONFIG_FILE).unwrap();
    let known = [&CONFIGURATION, &rule::WRONG_TYPE, &rule::UNKNOWN_FIELD];
    assert_eq!(
        config.check_rules(&known).to_string(),
        "homescale.yaml:3:3: error: `severities.unknown-fields`: there is no rule `unknown-fields` [configuration]\n  \
         hint: did you mean `unknown-field`?"
    );
    assert_eq!(config.check_rules(&known[..2]).len(), 1);
}

#[test]
fn capabilities_are_whole() {
    let read = |text: &str| Capabilities::read(text.as_bytes(), "east.yaml");
    let found = read("kubernetes: 1.30\nversions: []\n")
        .unwrap_err()
        .to_string();
    assert_eq!(
        found,
        "east.yaml:1:1: error: `apiVersions` is required [configuration]\n  \
         hint: such as `apiVersions: [\"apps/v1\", \"v1\"]`\n\
         east.yaml:1:13: error: `kubernetes` is a number; it must be a string [wrong-type]\n  \
         hint: put it in quotes: \"1.30\"; without them, YAML reads the number 1.3\n\
         east.yaml:2:1: error: unknown field `versions` [configuration]\n  \
         hint: did you mean `apiVersions`?"
    );
    assert_eq!(read("").unwrap_err().len(), 2);
}

/// What the JSON Schema says about a file.
fn by_schema(text: &str) -> Result<(), String> {
    let options = Options {
        dialect: Dialect::Jsonschema603,
        go: Release::LATEST,
    };
    let schema = Schema::new(config_schema().to_string().into(), options);
    let Value::Map(map) = homescale_yaml::from_slice(text.as_bytes()).unwrap() else {
        panic!("{text}: no map")
    };
    schema.check(&map).map_err(|error| error.to_string())
}

#[test]
fn the_schema_takes_what_is_read_and_no_more() {
    assert_eq!(by_schema(FULL), Ok(()));
    assert_eq!(by_schema("clusters:\nkustomize:\n"), Ok(()));
    for text in [
        "argocd: 3.5",
        "cluster: []",
        "clusters: [{}]",
        "clusters: [{name: a, server: b}]",
        "roots: [{path: a, valueFiles: b}]",
        "severities: {missing-file: fatal}",
        "tracking: labels",
        "generators: {previews: {list: []}}",
        "generators: {previews: {plugin: {}}}",
    ] {
        assert!(by_schema(text).is_err(), "{text}");
        assert!(
            Config::read(text.as_bytes(), CONFIG_FILE).is_err(),
            "{text}"
        );
    }
}

#[test]
fn a_damaged_file_is_read_or_refused() {
    let text = FULL.as_bytes();
    let mut refused = 0;
    for at in 0..text.len() {
        let without = [&text[..at], &text[at + 1..]].concat();
        let other = [&text[..at], b"\x00", &text[at + 1..]].concat();
        for damaged in [&text[..at], &without, &other] {
            if let Err(found) = Config::read(damaged, CONFIG_FILE) {
                assert!(found.has_errors());
                refused += 1;
            }
        }
    }
    assert!(refused > text.len());
}
