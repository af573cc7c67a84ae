//! What `plugin/release pack` makes of the binary under test, once for all tests; or of the one that the variable RELEASED
//! names, which `plugin/release build` has made.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::{env, fs};

use crate::program::{bare, run};
use crate::server::Archives;
use crate::tree;

/// Whose key signs: it is made for a run of the tests.
const SIGNER: &str = "release-of-the-tests@example.com";

/// A release.
pub(crate) struct Release {
    /// Where everything is.
    pub(crate) folder: PathBuf,
    /// The public key that it is signed with; none where there is no gpg.
    pub(crate) keyring: Option<String>,
}

/// The release of the binary under test.
pub(crate) fn release() -> &'static Release {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    RELEASE.get_or_init(Release::make)
}

impl Release {
    fn make() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release-of-plugins");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("bin")).unwrap();
        let architecture = match env::consts::ARCH {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            other => other,
        };
        let binary = folder.join(format!("bin/helm-catalog-linux-{architecture}"));
        if let Some(released) = env::var_os("RELEASED") {
            fs::copy(released, &binary).unwrap();
        } else {
            fs::copy(env!("CARGO_BIN_EXE_helm-catalog"), &binary).unwrap();
            // Without its symbols it is a tenth of the size.
            succeed(Command::new("strip").arg(&binary));
        }
        let mut script = script("release", &folder, "pack");
        // The paths of gpg's sockets must be short.
        let private = fs::Permissions::from_mode(0o700);
        let keys = tempfile::Builder::new()
            .permissions(private)
            .tempdir()
            .unwrap();
        let keyring = make_key(keys.path(), &folder);
        if keyring.is_some() {
            script.env("GNUPGHOME", keys.path()).env("SIGN_KEY", SIGNER);
        }
        succeed(&mut script);
        let _ = gpg(keys.path(), "gpgconf").args(["--kill", "all"]).status();
        Self { folder, keyring }
    }

    /// The archive of a plugin.
    pub(crate) fn archive(&self, plugin: &str) -> PathBuf {
        self.folder
            .join(format!("{plugin}-{}.tgz", env!("CARGO_PKG_VERSION")))
    }

    /// Pushes the archives to a registry without encryption.
    pub(crate) fn push(&self, repository: &str) {
        let mut script = script("release", &self.folder, "push");
        succeed(script.arg(repository).env("ORAS_FLAGS", "--plain-http"));
    }
}

/// A script of `plugin/` that works on a release in this folder.
pub(crate) fn script(name: &str, folder: &Path, what: &str) -> Command {
    let mut script = Command::new(tree::root().join("plugin").join(name));
    script.arg(what).env("DIST", folder).stdout(Stdio::null());
    script
}

pub(crate) fn succeed(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

fn gpg(home: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env("GNUPGHOME", home)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Makes a key, and writes its public half as Helm reads it.
fn make_key(home: &Path, folder: &Path) -> Option<String> {
    if gpg(home, "gpg").arg("--version").status().is_err() {
        eprintln!("skipped: there is no gpg, so nothing is signed");
        return None;
    }
    let keyring = folder.join("keyring.gpg");
    let generate = [
        "--batch",
        "--passphrase",
        "",
        "--quick-generate-key",
        SIGNER,
        "ed25519",
        "sign",
        "1d",
    ];
    succeed(gpg(home, "gpg").args(generate));
    succeed(gpg(home, "gpg").args(["--output", keyring.to_str().unwrap(), "--export", SIGNER]));
    Some(keyring.to_str().unwrap().to_owned())
}

#[test]
fn a_release_is_complete() {
    let folder = &release().folder;
    for part in [folder, &folder.join("bin")] {
        let mut check = Command::new("sha256sum");
        check.args(["--check", "--quiet", "--ignore-missing"]);
        succeed(check.arg(folder.join("SHA256SUMS")).current_dir(part));
    }
    let version = env!("CARGO_PKG_VERSION");
    let bill = fs::read(folder.join(format!("helm-catalog-{version}.cdx.json"))).unwrap();
    let bill: serde_json::Value = serde_json::from_slice(&bill).unwrap();
    let reference = format!("pkg:cargo/helm-catalog@{version}");
    assert_eq!(bill["metadata"]["component"]["purl"], reference.as_str());
    let components = bill["components"].as_array().unwrap();
    let has = |name: &str| components.iter().any(|component| component["name"] == name);
    for linked in ["homescale-chart", "libmimalloc-sys", "serde_json", "glibc"] {
        assert!(has(linked), "{linked}");
    }
    for unlinked in ["cc", "insta", "serde_derive", "libtest-mimic"] {
        assert!(!has(unlinked), "{unlinked}");
    }
    let licensed =
        |component: &serde_json::Value| component["licenses"][0]["expression"].is_string();
    assert!(components.iter().all(licensed));
}

#[test]
fn a_released_program_installs_if_its_checksum_is_right() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let changed = tempfile::tempdir().unwrap();
    for part in ["bin", "SHA256SUMS"] {
        let (from, to) = (release().folder.join(part), changed.path().join(part));
        if from.is_dir() {
            tree::copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
    for binary in tree::entries(&changed.path().join("bin")) {
        fs::write(binary, "#!/bin/sh\necho changed\n").unwrap();
    }
    let version = env!("CARGO_PKG_VERSION");
    let into = tempfile::tempdir().unwrap();
    let install = |folder: &Path, version: &str, directory: &str| {
        let server = Archives::serve(folder);
        let mut install = bare("sh", &tree::root());
        install.arg("plugin/install").arg(version);
        install.arg(into.path().join(directory));
        run(install.env("RELEASES", server.address), b"")
    };
    for (name, directory) in [(version, "named"), ("latest", "newest")] {
        let ran = install(&release().folder, name, directory);
        let expected = format!("helm-catalog {version}\n");
        assert_eq!((ran.status, ran.stdout), (0, expected), "{}", ran.stderr);
        assert!(into.path().join(directory).join("helm-catalog").is_file());
    }
    let ran = install(changed.path(), version, "changed");
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("is not what SHA256SUMS says"),
        "{}",
        ran.stderr
    );
    assert!(!into.path().join("changed").exists());
}

#[test]
fn the_same_commit_makes_the_same_archives() {
    let again = tempfile::tempdir().unwrap();
    tree::copy(&release().folder.join("bin"), &again.path().join("bin"));
    succeed(&mut script("release", again.path(), "pack"));
    let sums = |folder: &Path| fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(sums(again.path()), sums(&release().folder));
}
