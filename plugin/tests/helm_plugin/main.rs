//! The Helm plugins, as `plugin/release` packs them, in every real Helm at hand (HELMS, HELM4 and HELM3 name them): installed
//! from a folder, an archive and a registry, run as a command and as a post-renderer. What comes out is what native
//! evaluation gives. The pages that tell users of it are run, too. The sidecar's image of the same release is built and checked.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken premise shall fail the test"
)]

#[path = "../catalog_files/mod.rs"]
mod catalog_files;
mod documents;
mod home;
mod image;
#[path = "../page/mod.rs"]
mod page;
mod pages;
mod post_renderer;
mod release;
mod server;
mod streams;

use std::fs;

use home::{Home, PLUGINS};
use homescale_recordings::Helm;
use page::{program, tree};
use release::release;
use server::{Archives, Registry};

/// The Helms at hand; says so when there are none.
fn helms() -> Vec<Helm> {
    let helms = homescale_recordings::helms();
    if helms.is_empty() {
        eprintln!("skipped: no real Helm is named by HELMS, HELM4 or HELM3");
    }
    helms
}

/// The Helms of the fourth major version.
fn helms_4() -> impl Iterator<Item = Helm> {
    helms()
        .into_iter()
        .filter(|helm| helm.level.starts_with('4'))
}

/// What `helm catalog` prints is what the program prints.
fn assert_command_works(home: &Home) {
    let render = ["render", "--cluster", "boa1-prod"];
    let expected = program::run(&mut program::helm_catalog(&tree::root(), &render), b"");
    assert_eq!(expected.status, 0, "{}", expected.stderr);
    let ran = home.run(&tree::root(), &[&["catalog"][..], &render].concat());
    assert!(ran == expected, "{}: {}", home.name(), ran.stderr);
    let help = home.ok(&tree::root(), &["catalog", "--help"]);
    assert!(help.contains("\n  helm catalog render "), "{help}");
    let help = home.ok(&tree::root(), &["catalog", "template", "--help"]);
    assert!(help.contains("\nUsage: helm catalog template "), "{help}");
    let list = home.ok(&tree::root(), &["catalog", "list"]);
    assert!(list.contains(": helm catalog list --cluster"), "{list}");
    assert_completes(home);
}

/// Helm asks the plugin how a command line goes on.
fn assert_completes(home: &Home) {
    let complete = |words: &[&str]| {
        let arguments = [&["__complete", "catalog"][..], words].concat();
        home.ok(&tree::root(), &arguments)
    };
    let clusters = "boa1-gw\nboa1-prod\n:4\n";
    assert_eq!(complete(&["waves", "--cluster", "boa"]), clusters);
    assert_eq!(
        complete(&["render", "-c", "mgmt", "--app", "lo"]),
        "loki\n:4\n"
    );
    assert_eq!(complete(&["template", "apps/rba"]), "apps/rbac/\n:6\n");
    let commands = complete(&["wa"]);
    assert_eq!(
        commands,
        "waves\tShow the order in which a cluster comes up\n:4\n"
    );
    assert!(complete(&["list", "--o"]).starts_with("--output\t"));
    let ran = home.run(&tree::root(), &["catalog", "completions", "bash"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("helm completion --help"),
        "{}",
        ran.stderr
    );
}

#[test]
fn plugins_install_from_folders() {
    for helm in helms() {
        let home = Home::new(&helm);
        for plugin in home.plugins() {
            let folder = release().folder.join(plugin);
            home.ok(
                &tree::root(),
                &["plugin", "install", folder.to_str().unwrap()],
            );
        }
        assert_command_works(&home);
    }
}

#[test]
fn helm_4_verifies_archives_and_installs_them() {
    let Some(keyring) = &release().keyring else {
        return;
    };
    for helm in helms_4() {
        let home = Home::new(&helm);
        for plugin in PLUGINS {
            let archive = release().archive(plugin);
            let arguments = ["--keyring", keyring, archive.to_str().unwrap()];
            let said = home.ok(
                &tree::root(),
                &[&["plugin", "verify"][..], &arguments].concat(),
            );
            assert!(said.contains("Plugin Hash Verified: sha256:"), "{said}");
            home.ok(
                &tree::root(),
                &[&["plugin", "install"][..], &arguments].concat(),
            );
        }
        let list = home.ok(&tree::root(), &["plugin", "list"]);
        assert_eq!(list.matches("signed").count(), PLUGINS.len(), "{list}");
        assert_command_works(&home);
    }
}

#[test]
fn helm_4_refuses_an_archive_that_was_changed() {
    let Some(keyring) = &release().keyring else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let original = release().archive(PLUGINS[0]);
    let changed = folder.path().join(tree::file_name(&original));
    let mut bytes = fs::read(&original).unwrap();
    bytes.extend([0; 512]);
    fs::write(&changed, bytes).unwrap();
    let with_ending = |path: &std::path::Path| format!("{}.prov", path.display());
    fs::copy(with_ending(&original), with_ending(&changed)).unwrap();
    for helm in helms_4() {
        let home = Home::new(&helm);
        for command in ["verify", "install"] {
            let arguments = [
                "plugin",
                command,
                "--keyring",
                keyring,
                changed.to_str().unwrap(),
            ];
            let ran = home.run(&tree::root(), &arguments);
            assert_ne!(ran.status, 0);
            assert!(
                ran.stderr.contains("sha256 sum does not match"),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn archives_install_from_a_web_server() {
    let Some(keyring) = &release().keyring else {
        return;
    };
    let server = Archives::serve(&release().folder);
    for helm in helms() {
        let home = Home::new(&helm);
        for plugin in home.plugins() {
            let archive = tree::file_name(&release().archive(plugin));
            let address = format!("{}/{archive}", server.address);
            let mut arguments = vec!["plugin", "install", &address];
            if home.is_helm_4() {
                arguments.extend(["--keyring", keyring]);
            }
            home.ok(&tree::root(), &arguments);
        }
        assert_command_works(&home);
        if !home.is_helm_4() {
            assert!(
                home.post_renderer().is_file(),
                "the same path as of a folder"
            );
        }
    }
}

#[test]
fn helm_4_installs_from_a_registry() {
    let (Some(keyring), Some(registry)) = (&release().keyring, Registry::start()) else {
        return;
    };
    release().push(&format!("{}/plugins", registry.address));
    for helm in helms_4() {
        let home = Home::new(&helm);
        for plugin in PLUGINS {
            let version = env!("CARGO_PKG_VERSION");
            let reference = format!("oci://{}/plugins/{plugin}:{version}", registry.address);
            let flags = ["--plain-http", "--keyring", keyring];
            home.ok(
                &tree::root(),
                &[&["plugin", "install", &reference][..], &flags].concat(),
            );
        }
        assert_command_works(&home);
    }
}
