//! What a repository may lead to: no name, no link and no pattern in it reaches anything outside, nothing that is no file is
//! opened, and no name becomes more than a name.

use std::fs;

use crate::program::{Ran, bare, run};
use crate::server::{MARK, Server, chart, refused, says_nothing_of_others};

#[test]
fn links_leave_the_repository_nowhere() {
    for (path, target) in [
        ("apps", "../others/apps"),
        ("clusters", "../others/clusters"),
        ("clusters/east", "../../others/clusters/east"),
        (
            "clusters/east/apps.yaml",
            "../../../others/clusters/east/apps.yaml",
        ),
        ("apps/.helmignore", "../../others/.helmignore"),
        ("apps/values.yaml", "../../others/Chart.yaml"),
        ("apps/web/more", "../../../others/web"),
    ] {
        let server = Server::new();
        server.link(path, target);
        let ran = server.command("lint");
        refused(&ran, "this symbolic link leads out of ");
        assert!(ran.stderr.contains(&format!("{path}: ")), "{}", ran.stderr);
        // The directory of a source is not entered where it is a link itself: that is a case of its own.
        if path != "apps" {
            for (_, ran) in server.everything() {
                says_nothing_of_others(&ran);
            }
        }
    }
}

#[test]
fn the_chart_of_an_app_elsewhere_is_within_the_repository() {
    let server = Server::new();
    server.write(
        "apps/web/app.yaml",
        "{path: charts/web, namespace: front, defaultDeploy: true}\n",
    );
    server.link("charts", "../others");
    for (command, ran) in server.everything() {
        if command == "lint" {
            refused(&ran, "charts: this symbolic link leads out of ");
        }
        says_nothing_of_others(&ran);
    }
}

#[test]
fn the_path_of_a_source_leads_to_no_other_tree() {
    let server = Server::new();
    server.link("apps/other", "../../others/web");
    refused(
        &server.sidecar("generate", "apps/other", Some("{}")),
        "apps/other: this symbolic link leads out of the repository",
    );
    // Outside of the server's directory, too.
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("Chart.yaml"), chart(MARK)).unwrap();
    server.link("apps/absolute", elsewhere.path().to_str().unwrap());
    refused(
        &server.sidecar("generate", "apps/absolute", Some("{}")),
        "apps/absolute: this symbolic link leads out of the repository",
    );
    server.link("apps/same", "web");
    let ran = server.sidecar("generate", "apps/same", Some("{}"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn no_pattern_and_no_message_names_what_is_outside() {
    let server = Server::new();
    server.link("apps/web/out", "../../../others");
    server.link("env", "../others");
    for pattern in [
        "/../*/*.yaml",
        "../../../*/*.yaml",
        "/{..,.}/*/*.yaml",
        "/{..,.}/{..,.}/{..,.}/{..,.}/{..,.}/*/*/*",
        "{../../..,x}/*/*.yaml",
        "/{apps/../..,x}/*",
        "/?./*/*.yaml",
        "/[.][.]/*/*.yaml",
        "/\\.\\./*/*.yaml",
        "out/*.yaml",
        "/env/*.yaml",
        "/env/**",
        "/env/{a,M}*.yaml",
        "/**/MARK*",
        "/proc/self/cwd/../../others/*",
        "/env/clusters/east/apps.yaml",
        "out/web/Chart.yaml",
    ] {
        let helm = serde_json::json!({"valueFiles": [pattern]}).to_string();
        let ran = server.sidecar("generate", "apps/web", Some(&helm));
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{pattern}");
        says_nothing_of_others(&Ran {
            stderr: ran.stderr.replace(pattern, ""),
            ..ran
        });
    }
}

#[test]
fn whether_something_is_outside_is_not_told() {
    let server = Server::new();
    let told = ["there", "not-there"].map(|name| {
        let target = if name == "there" { "Chart.yaml" } else { name };
        server.link("env/it.yaml", &format!("../../others/{target}"));
        let helm = "{valueFiles: [/env/it.yaml], ignoreMissingValueFiles: true}";
        let ran = server.sidecar("generate", "apps/web", Some(helm));
        refused(
            &ran,
            "env/it.yaml: this symbolic link leads out of the repository",
        );
        ran.stderr
    });
    assert_eq!(told[0], told[1]);
}

#[test]
fn value_files_that_may_be_missing_must_be_readable() {
    let server = Server::new();
    server.link("env/loop.yaml", "loop.yaml");
    server.link("env/out.yaml", "../../others/Chart.yaml");
    server.fifo("env/fifo.yaml");
    server.write("env/directory.yaml/a.yaml", "a: 1\n");
    server.write("env/large.yaml", &"#".repeat((5 << 20) + 1));
    for (file, why) in [
        ("loop", "more than 40 symbolic links"),
        ("out", "leads out of the repository"),
        ("fifo", "neither a file nor a directory"),
        ("directory", "a directory; expected a file"),
        ("large", "more than 5242880 bytes"),
    ] {
        for name in [format!("/env/{file}.yaml"), format!("/env/{file}.y*")] {
            let helm = format!("{{valueFiles: ['{name}'], ignoreMissingValueFiles: true}}");
            let ran = server.sidecar("generate", "apps/web", Some(&helm));
            // A pattern matches files only.
            if (file, name.ends_with('*')) == ("directory", true) {
                assert_eq!(ran.status, 0, "{}", ran.stderr);
            } else {
                refused(&ran, &format!("env/{file}.yaml: "));
                assert!(ran.stderr.contains(why), "{}", ran.stderr);
            }
        }
    }
    let missing = "{valueFiles: [/env/nope.yaml, /nope/*.yaml], ignoreMissingValueFiles: true}";
    let ran = server.sidecar("generate", "apps/web", Some(missing));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn what_is_no_file_is_not_opened() {
    for path in [
        "apps/.helmignore",
        "apps/values.yaml",
        "apps/web/Chart.yaml",
        "apps/web/app.yaml",
        "apps/web/templates/more.yaml",
        "clusters/east/apps.yaml",
    ] {
        let server = Server::new();
        server.fifo(path);
        refused(
            &server.command("lint"),
            &format!("{path}: neither a file nor a directory, but a FIFO"),
        );
        assert_eq!(server.command("render --cluster east").status, 1);
        server.sidecar("generate", "apps", None);
    }
    for path in [
        ".helmignore",
        "Chart.yaml",
        "values.yaml",
        "templates/a.yaml",
        "charts/a.tgz",
    ] {
        let server = Server::new();
        server.fifo(&format!("apps/web/{path}"));
        for ran in [
            server.command("template web apps/web"),
            server.sidecar("generate", "apps/web", Some("{}")),
        ] {
            assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
            assert!(ran.stderr.contains(path), "{}", ran.stderr);
        }
    }
    let server = Server::new();
    server.fifo("chart.tgz");
    let ran = server.command("template web chart.tgz");
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("neither a file nor a directory"),
        "{}",
        ran.stderr
    );
}

#[test]
fn links_that_multiply_are_bounded() {
    let server = Server::new();
    for level in 0..29 {
        for name in ["a", "b"] {
            let next = level + 1;
            server.link(&format!("apps/web/e{level}/{name}"), &format!("../e{next}"));
        }
    }
    server.write("apps/web/e29/f", "x");
    let why = "files and directories are reached through symbolic links";
    for words in ["lint", "render --cluster east"] {
        refused(
            &server.command(words),
            &format!("apps: more than 10000 {why}"),
        );
    }
    refused(
        &server.sidecar("generate", "apps/web", Some("{}")),
        &format!("apps/web: more than 10000 {why}"),
    );
    let ran = server.command("template web apps/web");
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("more than 10000 files"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("reached through symbolic links"),
        "{}",
        ran.stderr
    );
}

#[test]
fn names_stay_names() {
    let object = "x\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: added}\n---\n#";
    for name in [
        object,
        "a\rb",
        "\u{1b}[2Jb",
        "a\u{2028}b",
        "a\u{85}b",
        "gpj.\u{202e}y",
    ] {
        let server = Server::new();
        server.write(&format!("apps/{name}/Chart.yaml"), &chart("x"));
        server.write(
            &format!("apps/{name}/app.yaml"),
            "{namespace: front, defaultDeploy: true}\n",
        );
        for (command, ran) in server.everything() {
            assert!(!ran.stdout.contains("name: added"), "{}", ran.stdout);
            for text in [&ran.stdout, &ran.stderr] {
                assert!(!text.contains(name), "{command}: {text}");
            }
        }
        refused(&server.command("render --cluster east"), "rename it");
        refused(&server.command("lint"), &name.escape_default().to_string());

        let server = Server::new();
        let file = name.replace('/', "_");
        server.write(&format!("apps/web/templates/{file}"), "kind: A\n");
        refused(
            &server.sidecar("generate", "apps/web", Some("{}")),
            "rename it",
        );
    }
}

#[test]
fn names_in_archives_stay_names() {
    let server = Server::new();
    let name = "a\n---\nkind: Added\nmetadata: {name: added}\n---\n#.yaml";
    server.write("sub/Chart.yaml", &chart("sub"));
    server.write(&format!("sub/templates/{name}"), "kind: A\n");
    server.write("apps/web/charts/sub.tgz", "");
    let mut pack = bare("tar", &server.root());
    let packed = run(pack.args(["-czf", "apps/web/charts/sub.tgz", "sub"]), b"");
    assert_eq!(packed.status, 0, "{}", packed.stderr);
    let ran = server.sidecar("generate", "apps/web", Some("{}"));
    refused(&ran, "the name of this template has control characters");
    assert!(ran.stderr.lines().count() == 1, "{}", ran.stderr);
}

#[test]
fn the_path_of_a_chart_leads_to_no_other_tree() {
    let server = Server::new();
    for path in ["../others/web", "apps/../../others/web", "/etc"] {
        let app = format!("{{path: {path}, namespace: front, defaultDeploy: true}}\n");
        server.write("apps/web/app.yaml", &app);
        for (_, ran) in server.everything() {
            says_nothing_of_others(&ran);
        }
    }
}
