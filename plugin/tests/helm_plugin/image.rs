//! The sidecar's image, as `plugin/image` builds it of the release: what is in it, that it is the same each time, and that a
//! registry takes it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::release::{script, succeed};
use crate::server::{Registry, is_installed};

/// A folder with the binary that the variable RELEASED names: only a released one is static. Says so where the image cannot be
/// built.
fn release() -> Option<tempfile::TempDir> {
    let Some(binary) = std::env::var_os("RELEASED") else {
        eprintln!("skipped: RELEASED names no binary of a release");
        return None;
    };
    if !is_installed("buildah") {
        eprintln!("skipped: there is no buildah; .ci/install-registry installs it");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let bin = folder.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let binary = Path::new(&binary);
    fs::copy(binary, bin.join(binary.file_name().unwrap())).unwrap();
    Some(folder)
}

/// The digests of the images in a release.
fn digests(folder: &Path) -> Vec<String> {
    let images = crate::tree::entries(&folder.join("image"));
    let digest = |image| {
        let mut tar = Command::new("tar");
        tar.args(["--extract", "--to-stdout", "--file"]).arg(image);
        let index = tar.arg("index.json").output().unwrap().stdout;
        let index: Value = serde_json::from_slice(&index).unwrap();
        index["manifests"][0]["digest"].as_str().unwrap().to_owned()
    };
    images.into_iter().map(digest).collect()
}

#[test]
fn the_image_is_built_checked_and_the_same_each_time() {
    let Some(release) = release() else { return };
    let folder = release.path();
    succeed(&mut script("image", folder, "build"));
    succeed(&mut script("image", folder, "check"));
    let first = digests(folder);
    assert_eq!(first.len(), 1);
    succeed(&mut script("image", folder, "build"));
    assert_eq!(digests(folder), first);
}

#[test]
fn a_registry_takes_the_image() {
    let (Some(release), Some(registry)) = (release(), Registry::start()) else {
        return;
    };
    succeed(&mut script("image", release.path(), "build"));
    let repository = format!("{}/platform/helm-catalog", registry.address);
    let mut push = script("image", release.path(), "push");
    succeed(
        push.arg(&repository)
            .env("PUSH_FLAGS", "--tls-verify=false"),
    );
    let version = env!("CARGO_PKG_VERSION");
    let mut fetch = Command::new("oras");
    fetch.args(["manifest", "fetch", "--plain-http"]);
    let index = fetch
        .arg(format!("{repository}:{version}"))
        .output()
        .unwrap();
    let index: Value = serde_json::from_slice(&index.stdout).unwrap();
    let manifests = index["manifests"].as_array().unwrap();
    let of = |manifest: &Value| manifest["digest"].as_str().unwrap().to_owned();
    assert_eq!(
        manifests.iter().map(of).collect::<Vec<_>>(),
        digests(release.path())
    );
    assert_eq!(manifests[0]["platform"]["os"], "linux");
}
