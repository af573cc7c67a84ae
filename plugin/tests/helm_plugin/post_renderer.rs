//! `--post-renderer` in real Helms, and as a plugin of `helm-catalog template`.

use std::fs;
use std::path::{Path, PathBuf};

use homescale_catalog::Catalog;
use tempfile::TempDir;

use crate::documents::documents;
use crate::home::Home;
use crate::program::{Ran, helm_catalog, run};
use crate::release::release;
use crate::{catalog_files, helms, tree};

/// The chart of the example's app.
const WEB: [&str; 5] = ["template", "web", "apps/web", "--namespace", "web"];

fn example() -> PathBuf {
    tree::root().join("docs/examples/patches")
}

impl Home {
    /// Runs Helm with the post-renderer.
    fn post_render(&self, folder: &Path, arguments: &[&str], further: &[&str]) -> Ran {
        let program = self.post_renderer();
        let name = if self.is_helm_4() {
            "catalog-post-renderer"
        } else {
            program.to_str().unwrap()
        };
        let mut all = [arguments, &["--post-renderer", name][..]].concat();
        let further: Vec<String> = further
            .iter()
            .map(|argument| format!("--post-renderer-args={argument}"))
            .collect();
        all.extend(further.iter().map(String::as_str));
        self.run(folder, &all)
    }
}

/// What native evaluation makes of the example's app: its chart through the engine, with its patches.
fn native(cluster: &str, level: &str) -> String {
    let flags = ["--helm-version", level];
    let rendered = run(
        &mut helm_catalog(&example(), &[&WEB[..], &flags].concat()),
        b"",
    );
    assert_eq!(rendered.status, 0, "{}", rendered.stderr);
    let arguments = ["post-render", "--app", "web", "--cluster", cluster];
    let patched = run(
        &mut helm_catalog(&example(), &arguments),
        rendered.stdout.as_bytes(),
    );
    assert_eq!(patched.status, 0, "{}", patched.stderr);
    patched.stdout
}

#[test]
fn a_catalog_is_expanded() {
    let (repository, clusters) = this_repository();
    for helm in helms() {
        let home = Home::with_plugins(&helm);
        for (cluster, values) in &clusters {
            let arguments = [
                "template",
                "apps",
                "apps",
                "--namespace",
                "argocd",
                "-f",
                values,
            ];
            let document = [&arguments[..], &["--set", "output=catalog"]].concat();
            let ran = home.post_render(repository.path(), &document, &[]);
            assert_eq!(ran.status, 0, "{} {cluster}: {}", home.name(), ran.stderr);
            let render = ["render", "--native", "--cluster", cluster];
            let native = run(&mut helm_catalog(repository.path(), &render), b"");
            let native = documents(&native.stdout);
            assert!(native.len() > 10);
            assert_eq!(documents(&ran.stdout), native, "{} {cluster}", home.name());
        }
    }
}

#[test]
fn the_patches_of_an_app_are_applied() {
    for helm in helms() {
        let home = Home::with_plugins(&helm);
        for (cluster, replicas) in [("east", 5), ("west", 2)] {
            let further = ["--app=web", &format!("--cluster={cluster}")];
            let ran = home.post_render(&example(), &WEB, &further);
            assert_eq!(ran.status, 0, "{}: {}", home.name(), ran.stderr);
            assert!(
                ran.stdout.contains(&format!("replicas: {replicas}\n")),
                "{}",
                ran.stdout
            );
            let mut expected = native(cluster, home.level());
            if !home.is_helm_4() {
                // It prints the hooks, but does not show them to the post-renderer.
                expected = expected.replace("  priorityClassName: low\n", "");
            }
            assert_eq!(
                documents(&ran.stdout),
                documents(&expected),
                "{} {cluster}",
                home.name()
            );
            assert!(
                !ran.stdout.contains("postrender-filename"),
                "{}",
                ran.stdout
            );
            assert!(
                ran.stdout
                    .contains("# Source: web/templates/deployment.yaml\n"),
                "{}",
                ran.stdout
            );
            if !home.is_helm_4() {
                // Helm 4 writes every document anew.
                let untouched = "metadata: {name: web-settings}   # with its spaces and comments\n";
                assert!(ran.stdout.contains(untouched), "{}", ran.stdout);
            }
        }
    }
}

#[test]
fn the_environment_names_app_and_cluster() {
    for helm in helms() {
        let home = Home::with_plugins(&helm);
        let expected = home.post_render(&example(), &WEB, &["--app=web", "--cluster=west"]);
        let name = home.post_renderer();
        let name = if home.is_helm_4() {
            Path::new("catalog-post-renderer")
        } else {
            &name
        };
        let mut command = home.command("helm", &example());
        command.args(WEB).arg("--post-renderer").arg(name);
        command.envs([
            ("HELM_CATALOG_APP", "web"),
            ("HELM_CATALOG_CLUSTER", "west"),
        ]);
        assert_eq!(run(&mut command, b""), expected);
        // Flags are stronger.
        command.args([
            "--post-renderer-args",
            "--cluster",
            "--post-renderer-args",
            "east",
        ]);
        let ran = run(&mut command, b"");
        assert!(ran.stdout.contains("replicas: 5\n"), "{}", ran.stderr);
    }
}

#[test]
fn what_is_wrong_is_shown_and_nothing_is_rendered() {
    let repository = tempfile::tempdir().unwrap();
    tree::copy(&example(), repository.path());
    let file = repository.path().join("apps/web/app.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        file,
        text.replace("kind: Deployment, name: web", "kind: Deployment, name: wbe"),
    )
    .unwrap();
    let cases: [(&[&str], &str); 4] = [
        (
            &["--app=web", "--cluster=west"],
            "apps/web/app.yaml:8:3: error: the patch fits no manifest; its target is group apps, version v1, kind \
             Deployment, name wbe",
        ),
        (
            &["--app=web", "--cluster=wset"],
            "there is no cluster `wset`; there are east, west",
        ),
        (&["--app=web"], "which cluster? There are east, west"),
        (&["--ap=web"], "unexpected argument '--ap' found"),
    ];
    for helm in helms() {
        let home = Home::with_plugins(&helm);
        for (further, message) in cases {
            let ran = home.post_render(repository.path(), &WEB, further);
            assert_eq!(
                (ran.status, ran.stdout.as_str()),
                (1, ""),
                "{} {further:?}",
                home.name()
            );
            assert!(
                ran.stderr.contains(message),
                "{} {further:?}: {}",
                home.name(),
                ran.stderr
            );
        }
    }
}

/// As Helm 4, `helm-catalog template` finds the same plugin.
#[test]
fn our_template_runs_plugins_too() {
    let template = |level: &str, further: &[&str]| {
        let plugin = [
            "--helm-version",
            level,
            "--post-renderer",
            "catalog-post-renderer",
        ];
        let mut command = helm_catalog(&example(), &[&WEB[..], &plugin, further].concat());
        command.env("HELM_PLUGINS", &release().folder);
        run(&mut command, b"")
    };
    let ran = template(
        "4.1",
        &[
            "--post-renderer-args=--app=web",
            "--post-renderer-args=--cluster=east",
        ],
    );
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("replicas: 5\n"), "{}", ran.stdout);

    let ran = template(
        "4.1",
        &[
            "--post-renderer-args=--app=wbe",
            "--post-renderer-args=--cluster=east",
        ],
    );
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("there is no app `wbe`"),
        "{}",
        ran.stderr
    );

    let ran = template("3.17", &[]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("executable file not found in $PATH"),
        "{}",
        ran.stderr
    );

    let nowhere = ["--post-renderer", "catalog-post-renderer"];
    let mut command = helm_catalog(&example(), &[&WEB[..], &nowhere].concat());
    let ran = run(&mut command, b"");
    assert_eq!(ran.status, 1);
    let message = "plugin: {Name:catalog-post-renderer Type:postrenderer/v1} not found";
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
}

/// This repository's catalog, and for each cluster the file of its values.
fn this_repository() -> (TempDir, Vec<(String, String)>) {
    let repository = tempfile::tempdir().unwrap();
    for folder in ["apps", "clusters"] {
        tree::copy(&tree::root().join(folder), &repository.path().join(folder));
    }
    let catalog = Catalog::load(&catalog_files::read(repository.path())).unwrap();
    let clusters = catalog.clusters().map(|cluster| {
        let values = format!("{}.values.json", cluster.name());
        let text = homescale_yaml::json::encode(&cluster.own_values()).unwrap();
        fs::write(repository.path().join(&values), text).unwrap();
        (cluster.name().to_owned(), values)
    });
    let clusters = clusters.collect();
    (repository, clusters)
}
