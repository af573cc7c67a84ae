//! What `kubectl` prints about a cluster, as `fixtures/record-kubectl` recorded it, and what is captured of it.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the recordings are on the disk"
)]

use std::fs;

use homescale_fleet::{Capabilities, CaptureError, capture};

fn recorded(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/kubectl");
    fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

const API_VERSIONS: [&str; 6] = [
    "apps/v1",
    "autoscaling/v1",
    "autoscaling/v2",
    "monitoring.coreos.com/v1",
    "rbac.authorization.k8s.io/v1",
    "v1",
];

#[test]
fn the_forms_and_the_order_do_not_matter() {
    let api_versions = recorded("api-versions.txt");
    for version in ["version.txt", "version.json", "version.yaml"] {
        let version = recorded(version);
        for text in [
            format!("{version}{api_versions}"),
            format!("{api_versions}{version}"),
            format!("{api_versions}{version}").replace('\n', "\r\n"),
        ] {
            let found = capture(text.as_bytes()).unwrap();
            assert_eq!(found.kubernetes, "1.33.2", "{text}");
            assert_eq!(found.api_versions, API_VERSIONS, "{text}");
            let file = found.to_yaml();
            assert_eq!(Capabilities::read(file.as_bytes(), "east.yaml"), Ok(found));
        }
    }
}

#[test]
fn resources_tell_the_kinds() {
    for resources in ["api-resources.txt", "api-resources-wide.txt"] {
        let text = ["version.json", "api-versions.txt", resources].map(recorded);
        let found = capture(text.concat().as_bytes()).unwrap();
        let kinds = [
            "apps/v1/Deployment",
            "apps/v1/ReplicaSet",
            "autoscaling/v2/HorizontalPodAutoscaler",
            "monitoring.coreos.com/v1/ServiceMonitor",
            "rbac.authorization.k8s.io/v1/ClusterRole",
            "v1/ConfigMap",
            "v1/Namespace",
        ];
        let mut expected = [&API_VERSIONS[..], &kinds].concat();
        expected.sort_unstable();
        assert_eq!(found.api_versions, expected);
    }
}

/// As kubectl printed it until 1.27.
#[test]
fn versions_of_old_are_read() {
    let text = "Client Version: version.Info{Major:\"1\", Minor:\"24\", GitVersion:\"v1.24.0\"}\n\
                Server Version: version.Info{Major:\"1\", Minor:\"23+\", GitVersion:\"v1.23.4-eks-1\"}\nv1\n";
    assert_eq!(capture(text.as_bytes()).unwrap().kubernetes, "1.23.4");
}

#[test]
fn what_is_not_all_or_is_something_else_is_refused() {
    let client = recorded("client.txt");
    let version = recorded("version.txt");
    let api_versions = recorded("api-versions.txt");
    let refused = "The connection to the server localhost:8080 was refused - did you specify the right host or port?";
    for (text, expected) in [
        ("", CaptureError::Nothing),
        ("\n\n", CaptureError::Nothing),
        (&version, CaptureError::NoApiVersions),
        (&api_versions, CaptureError::NoVersion),
        (&format!("{client}{api_versions}"), CaptureError::OnlyClient),
        (
            &format!("{client}{refused}\n"),
            CaptureError::Line(3, refused.to_owned()),
        ),
        ("{}\nkind\n", CaptureError::Line(2, "kind".to_owned())),
        ("v1\n{\"serverVersion\": {\n", CaptureError::Json(2)),
        (
            "Server Version: unknown\n",
            CaptureError::NotAVersion("unknown".to_owned()),
        ),
        (
            "Server Version: v1.33.2\nServer Version: v1.32.0\n",
            CaptureError::TwoVersions("1.33.2".to_owned(), "1.32.0".to_owned()),
        ),
        (
            "web-1 1/1 Running 0 3d\n",
            CaptureError::Line(1, "web-1 1/1 Running 0 3d".to_owned()),
        ),
        ("a/b/v1\n", CaptureError::Line(1, "a/b/v1".to_owned())),
    ] {
        assert_eq!(capture(text.as_bytes()), Err(expected), "{text}");
    }
    assert_eq!(capture(b"\xff\xfe"), Err(CaptureError::NotText));
}

#[test]
fn text_that_is_nested_deeply_is_refused() {
    let text = "{\"a\":".repeat(100_000);
    assert_eq!(capture(text.as_bytes()), Err(CaptureError::Json(1)));
}
