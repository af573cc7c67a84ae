//! The command line as its user meets it: what it prints, where, and the exit status. `snapshots/cli` has the texts.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod snapshot;
mod tree;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use program::{Ran, bare, helm_catalog, run};
use snapshot::snapshot;

/// Runs a command in this repository.
fn here(arguments: &[&str]) -> Ran {
    run(&mut helm_catalog(&tree::root(), arguments), b"")
}

/// What a command prints that succeeds without a word on standard error.
fn printed(arguments: &[&str]) -> String {
    let ran = here(arguments);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    ran.stdout
}

/// The commands that have an option `--help`.
const COMMANDS: [&[&str]; 29] = [
    &[],
    &["init"],
    &["render"],
    &["applications"],
    &["manifests"],
    &["images"],
    &["charts"],
    &["which"],
    &["list"],
    &["waves"],
    &["values"],
    &["lint"],
    &["schema"],
    &["capabilities"],
    &["capabilities", "capture"],
    &["cache"],
    &["cache", "path"],
    &["cache", "info"],
    &["cache", "prune"],
    &["template"],
    &["post-render"],
    &["cmp"],
    &["cmp", "generate"],
    &["cmp", "parameters"],
    &["ci"],
    &["ci", "targets"],
    &["ci", "clusters"],
    &["completions"],
    &["man"],
];

#[test]
fn every_command_has_help() {
    for command in COMMANDS {
        let mut name = command.join("-");
        if !name.is_empty() {
            name.insert(0, '-');
        }
        let text = printed(&[command, &["--help"]].concat());
        // clap indents empty lines.
        let lines = text.lines().map(|line| line.trim_end().to_owned() + "\n");
        snapshot(&format!("help{name}"), &lines.collect::<String>());
    }
}

#[test]
fn help_names_no_command_that_has_none() {
    let listed: Vec<String> = printed(&["--help"])
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .filter(|name| name != "help")
        .collect();
    let tested: Vec<&str> = COMMANDS
        .iter()
        .filter(|command| command.len() == 1)
        .map(|command| command[0])
        .collect();
    assert_eq!(listed, tested);
}

/// The lines for a shell that a help ends with.
fn examples(help: &str) -> impl Iterator<Item = &str> {
    let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_default();
    let lines = examples.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn the_examples_of_every_help_run() {
    let folder = tempfile::tempdir().unwrap();
    let clone = folder.path().join("homescale");
    for part in ["apps", "clusters"] {
        tree::copy(&tree::root().join(part), &clone.join(part));
    }
    for made in ["bin", ".config/fish/completions"] {
        fs::create_dir_all(folder.path().join(made)).unwrap();
    }
    let program = folder.path().join("bin/helm-catalog");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_helm-catalog"), program).unwrap();
    let kubectl = tree::root().join("fixtures/kubectl/kubectl");
    std::os::unix::fs::symlink(kubectl, folder.path().join("bin/kubectl")).unwrap();
    let path = format!(
        "{}/bin:{}",
        folder.path().display(),
        std::env::var("PATH").unwrap()
    );
    let bash = |line: &str| {
        let mut command = bare("bash", &clone);
        command.args(["-eo", "pipefail", "-c", line]);
        command.env("PATH", &path).env("HOME", folder.path());
        command.env("GITHUB_OUTPUT", folder.path().join("output"));
        run(&mut command, b"")
    };
    let git = "git init -q && git add -A && git -c user.name=CI -c user.email=ci@example.com commit -qm a && \
               git update-ref refs/remotes/origin/main HEAD";
    assert_eq!(bash(git).status, 0);
    for command in COMMANDS {
        let help = printed(&[command, &["--help"]].concat());
        assert!(examples(&help).count() > 0, "{command:?}");
        for line in examples(&help) {
            let mut ran = bash(line);
            if is_summary(&ran.stderr) {
                ran.stderr.clear();
            }
            assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{line}");
            // What one example makes is not what the next one is about.
            assert_eq!(bash("git clean -fdq apps clusters").status, 0);
        }
    }
}

/// Whether a text is what is told of Applications of which none has failed.
fn is_summary(text: &str) -> bool {
    let last = text.lines().last().unwrap_or_default();
    [" rendered, 0 failed, ", " read, 0 failed, ", " touched"]
        .iter()
        .any(|said| last.contains(said))
}

#[test]
fn list_shows_what_is_on() {
    snapshot("list", &printed(&["list"]));
    snapshot("list-mgmt", &printed(&["list", "--cluster", "mgmt"]));
    snapshot(
        "list-two-clusters",
        &printed(&["list", "-c", "mgmt", "-c", "boa1-gw"]),
    );
}

/// A catalog of `fixtures/broken`, with the files of a case.
fn broken(case: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["base", case] {
        tree::copy(
            &tree::root().join("fixtures/broken").join(part),
            folder.path(),
        );
    }
    folder
}

#[test]
fn list_fails_where_render_does() {
    for case in ["bootstrap-not-yaml", "deploy-text", "yaml-tab"] {
        let folder = broken(case);
        let list = run(&mut helm_catalog(folder.path(), &["list"]), b"");
        let render = ["render", "--output-dir", "rendered"];
        let render = run(&mut helm_catalog(folder.path(), &render), b"");
        assert_eq!((list.status, list.stdout.as_str()), (1, ""), "{case}");
        let first = |ran: &Ran| ran.stderr.lines().next().unwrap().to_owned();
        assert_eq!(first(&list), first(&render), "{case}");
    }
    let folder = broken("bootstrap-not-yaml");
    let other = ["list", "--cluster", "west"];
    assert_eq!(run(&mut helm_catalog(folder.path(), &other), b"").status, 0);
}

#[test]
fn render_says_that_an_app_is_off() {
    let folder = broken("app-that-is-on-nowhere");
    let render = |arguments: &[&str]| run(&mut helm_catalog(folder.path(), arguments), b"");
    let ran = render(&["render", "--cluster", "east", "--app", "web"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    snapshot("render-app-off", &ran.stderr);
    let ran = render(&["render", "--cluster", "west", "--app", "web"]);
    assert!(ran.stderr.contains("neither deploy nor defaultDeploy"));
    assert_eq!(render(&["render", "--cluster", "east"]).status, 0);
}

#[test]
fn list_gives_data() {
    let text = printed(&["list", "--output", "json", "--cluster", "boa1-prod"]);
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["clusters"], serde_json::json!(["boa1-prod"]));
    let values = &data["values"]["boa1-prod"];
    assert_eq!(values["cluster"]["region"], "boa1");
    assert_eq!(values["application"]["namespace"], "argocd");
    snapshot("list-json-apps", &format!("{:#}\n", data["apps"]));
    let yaml = printed(&["list", "--output", "yaml", "--cluster", "boa1-prod"]);
    let yaml = homescale_yaml::parse_all(yaml.as_bytes()).unwrap();
    let yaml = homescale_yaml::json::encode(&yaml[0].to_value().unwrap()).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&yaml).unwrap(),
        data
    );
}

#[test]
fn waves_are_the_order_of_a_cluster() {
    let table = printed(&["waves", "--cluster", "boa1-prod"]);
    snapshot("waves-boa1-prod", &table);
    let data = printed(&["waves", "--cluster", "boa1-prod", "-o", "json"]);
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    snapshot("waves-boa1-prod-json", &format!("{data:#}\n"));
    let apps: Vec<(i64, Vec<&str>)> = data
        .as_array()
        .unwrap()
        .iter()
        .map(|wave| {
            let apps = wave["apps"].as_array().unwrap().iter();
            let names = apps.map(|app| app["app"].as_str().unwrap());
            (wave["wave"].as_i64().unwrap(), names.collect())
        })
        .collect();
    assert_eq!(
        apps,
        [
            (-40, vec!["cilium"]),
            (-35, vec!["infisical", "multus"]),
            (-30, vec!["argocd", "cert-manager", "rbac"]),
            (-25, vec!["generic-device-plugin"]),
            (-20, vec!["cert-manager-crs", "netbird", "spegel"]),
            (
                -10,
                vec![
                    "external-dns",
                    "kubelet-serving-cert-approver",
                    "netbird-crs"
                ]
            ),
            (-5, vec!["volsync"]),
            (0, vec!["gateway", "metrics-server", "monitoring"]),
            (1, vec!["region-info"]),
        ]
    );
}

#[test]
fn lint_finds_nothing_wrong_here() {
    let of_files = ["lint", "--strict", "--no-render"];
    snapshot("lint", &printed(&of_files));
    assert_eq!(printed(&["lint", "--no-render", "-o", "json"]), "[]\n");
    // Which charts must be downloaded depends on what was; there is nothing else to say of what the Applications render to.
    let found: serde_json::Value =
        serde_json::from_str(&printed(&["lint", "--strict", "-o", "json"])).unwrap();
    for finding in found.as_array().unwrap() {
        assert_eq!(finding["rule"], "not-rendered", "{finding}");
    }
}

#[test]
fn schemas_are_those_of_the_documentation() {
    let file =
        |name: &str| fs::read_to_string(tree::root().join("docs/schema").join(name)).unwrap();
    assert_eq!(printed(&["schema", "catalog"]), file("catalog.schema.json"));
    assert_eq!(
        printed(&["schema", "homescale"]),
        file("homescale.schema.json")
    );
    let outside = tempfile::tempdir().unwrap();
    let app = run(&mut helm_catalog(outside.path(), &["schema"]), b"");
    assert_eq!(app.stdout, file("app.schema.json"));
    // In a repository, the schema has the further fields that its clusters name.
    let own: serde_json::Value = serde_json::from_str(&printed(&["schema"])).unwrap();
    assert!(own["properties"]["exposePublic"].is_object());
}

#[test]
fn capabilities_are_captured() {
    let recorded = |name: &str| fs::read(tree::root().join("fixtures/kubectl").join(name)).unwrap();
    let input = ["version.json", "api-versions.txt"].map(recorded).concat();
    let folder = tempfile::tempdir().unwrap();
    let capture = |further: &[&str], input: &[u8]| {
        let arguments = [&["capabilities", "capture"], further].concat();
        run(&mut helm_catalog(folder.path(), &arguments), input)
    };
    let ran = capture(&[], &input);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    snapshot("capabilities", &ran.stdout);

    let file = folder.path().join("clusters/east/capabilities.yaml");
    let output = ["--output", "clusters/east/capabilities.yaml"];
    let written = capture(&output, &input);
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&file).unwrap(), ran.stdout);

    // What is there stays where there is nothing to write.
    let refused = capture(&output, &recorded("client.txt"));
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
    snapshot("capabilities-only-client", &refused.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), ran.stdout);
    assert_eq!(tree::entries(file.parent().unwrap()).len(), 1);

    let directory = capture(&["--output", "clusters/east"], &input);
    assert_eq!(directory.status, 1);
    assert!(
        directory.stderr.contains("clusters/east"),
        "{}",
        directory.stderr
    );
}

#[test]
fn rendering_needs_to_know_what() {
    for (name, arguments) in [
        ("which-cluster", &["render"][..]),
        ("unknown-cluster", &["render", "-c", "boa1-prd"]),
        ("unknown-app", &["render", "-c", "mgmt", "-a", "clium"]),
        ("waves-which-cluster", &["waves"]),
        ("both-ways", &["render", "--native", "--engine"]),
        ("unknown-command", &["rendre"]),
        (
            "unknown-helm-version",
            &["template", "apps", "--helm-version", "2.0"],
        ),
    ] {
        let ran = here(arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        snapshot(&format!("usage-{name}"), &ran.stderr);
    }
}

/// Renders the chart of the recorded command lines.
fn template(further: &[&str]) -> Ran {
    let inputs = tree::root().join("fixtures/command-line/inputs");
    let arguments = [&["template", "chart"], further].concat();
    run(&mut helm_catalog(&inputs, &arguments), b"")
}

#[test]
fn what_asks_a_cluster_or_a_server_is_refused() {
    for flags in [
        &["--dry-run=server"][..],
        &["--validate"],
        &["--validate", "--helm-version", "3.17"],
        &["-f", "https://example.com/values.yaml"],
        &["--set-file", "a=http://example.com/a"],
    ] {
        let ran = template(flags);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{flags:?}");
        let last = ran.stderr.lines().last().unwrap();
        let why = ["never talks to one", "from the disk only"];
        assert!(why.iter().any(|why| last.contains(why)), "{last}");
    }
}

/// As Helm 3, `--dry-run=server` and its kin change nothing but that `lookup` asks a cluster.
#[test]
fn a_chart_that_asks_a_cluster_is_refused_where_helm_3_would_ask() {
    let inputs = tree::root().join("fixtures/command-line/inputs");
    let ask = |flags: &[&str]| {
        let arguments = [&["template", "asks", "--helm-version", "3.17"], flags].concat();
        run(&mut helm_catalog(&inputs, &arguments), b"")
    };
    assert_eq!(ask(&[]).status, 0);
    for strategy in ["server", "none", "false"] {
        let ran = ask(&[&format!("--dry-run={strategy}")]);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{strategy}");
        let why = format!("error calling lookup: --dry-run={strategy}: it asks a cluster");
        assert!(ran.stderr.contains(&why), "{}", ran.stderr);
    }
}

#[test]
fn our_own_post_renderer_runs_in_this_process() {
    let plain = template(&[]);
    assert_eq!(plain.status, 0);
    for version in ["4.1", "3.17"] {
        let flags = ["--post-renderer", "catalog", "--helm-version", version];
        let plain = template(&flags[2..]);
        assert_eq!(template(&flags), plain);
    }
    let ran = template(&["--post-renderer", "catalog", "--post-renderer-args=--bogus"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("'--bogus'"), "{}", ran.stderr);
}

#[test]
fn our_own_post_renderer_says_what_to_do() {
    let repository = tree::root();
    let arguments = ["template", "apps/rbac", "--post-renderer", "catalog"];
    let further = ["--app=clium", "--cluster=mgmt"].map(|it| format!("--post-renderer-args={it}"));
    let further = further.iter().map(String::as_str);
    let arguments: Vec<&str> = arguments.into_iter().chain(further).collect();
    let ran = run(&mut helm_catalog(&repository, &arguments), b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    let expected = "there is no app `clium`\n  hint: did you mean `cilium`?";
    assert!(ran.stderr.contains(expected), "{}", ran.stderr);
}

/// The messages are those of Helm 3.17 and 4.1.
#[test]
fn values_on_a_standard_input_that_cannot_be_read() {
    for (flags, message) in [
        (["-f", "-"], "Error: read /dev/stdin: is a directory\n"),
        (
            ["--set-file", "a=-"],
            "Error: failed parsing --set-file data: read /dev/stdin: is a directory\n",
        ),
    ] {
        let arguments = [&["template", "apps/rbac"][..], &flags].concat();
        let mut command = helm_catalog(&tree::root(), &arguments);
        command.stdin(fs::File::open(tree::root()).unwrap());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), message);
    }
}

#[test]
fn an_executable_is_a_post_renderer_of_helm_4_too() {
    let flags = [
        "--post-renderer=./replace",
        "--post-renderer-args=blue",
        "--post-renderer-args=green",
    ];
    let ran = template(&flags);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.stdout, template(&[]).stdout.replace("blue", "green"));
}

#[test]
fn flags_of_every_command_stand_before_template() {
    let inputs = tree::root().join("fixtures/command-line/inputs");
    let arguments = ["--color", "never", "--repo=.", "template", "chart"];
    let ran = run(&mut helm_catalog(&inputs, &arguments), b"");
    assert_eq!(ran, template(&[]));
}

#[test]
fn one_app_is_rendered_alone() {
    let arguments = ["render", "-c", "mgmt", "-a", "loki", "-o", "json"];
    let objects: serde_json::Value = serde_json::from_str(&printed(&arguments)).unwrap();
    let objects = objects.as_array().unwrap().iter();
    let names: Vec<_> = objects
        .map(|object| {
            let name = object["metadata"]["name"].as_str().unwrap();
            (object["kind"].as_str().unwrap(), name)
        })
        .collect();
    assert!(names.contains(&("Application", "loki")), "{names:?}");
    let applications = names.iter().filter(|(kind, _)| *kind == "Application");
    assert_eq!(applications.count(), 1);
}

#[test]
fn an_output_folder_gets_a_file_for_each_cluster() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("new/folder");
    for (format, ending) in [("yaml", "yaml"), ("json", "json")] {
        let arguments = ["render", "-o", format, "--output-dir"];
        let ran = here(&[&arguments[..], &[out.to_str().unwrap()]].concat());
        assert_eq!(
            ran,
            Ran {
                status: 0,
                stdout: String::new(),
                stderr: String::new()
            }
        );
        for cluster in ["boa1-gw", "boa1-prod", "mgmt"] {
            let text = fs::read_to_string(out.join(format!("{cluster}.{ending}"))).unwrap();
            assert_eq!(text, printed(&["render", "-c", cluster, "-o", format]));
        }
    }
    let names: Vec<String> = tree::entries(&out)
        .iter()
        .map(|path| tree::file_name(path))
        .collect();
    assert_eq!(names.len(), 6, "{names:?}");
}

#[test]
fn what_a_killed_run_left_is_taken_away() {
    let dir = tempfile::tempdir().unwrap();
    let (out, other) = (dir.path().join("out"), dir.path().join("other"));
    let stage = out.join(".helm-catalog.tmp");
    fs::create_dir_all(&stage).unwrap();
    fs::write(stage.join("mgmt.yaml"), "half of it").unwrap();
    let arguments = ["render", "--output-dir", out.to_str().unwrap()];
    assert_eq!(here(&arguments).status, 0);
    assert!(!stage.exists());

    // A link in its place, which a commit could bring, is not followed.
    fs::create_dir(&other).unwrap();
    fs::write(other.join("kept"), "").unwrap();
    std::os::unix::fs::symlink(&other, &stage).unwrap();
    fs::remove_file(out.join("mgmt.yaml")).unwrap();
    std::os::unix::fs::symlink(other.join("kept"), out.join("mgmt.yaml")).unwrap();
    assert_eq!(here(&arguments).status, 0);
    assert!(!stage.exists() && out.join("mgmt.yaml").is_file());
    assert_eq!(fs::read(other.join("kept")).unwrap(), b"");
    assert_eq!(tree::entries(&other).len(), 1);
}

#[test]
fn files_of_clusters_that_are_gone_are_told_and_removed_on_request() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().to_str().unwrap();
    let gone = dir.path().join("gone.yaml");
    for kept in ["README.md", "gone.json"] {
        fs::write(dir.path().join(kept), "").unwrap();
    }
    fs::write(&gone, "").unwrap();
    let file = gone.display();
    let ran = here(&["render", "--output-dir", out]);
    let note = format!("note: of no cluster: {file}; --prune removes them\n");
    assert_eq!((ran.status, ran.stderr), (0, note));
    // Where some clusters are named, the others are not gone.
    let ran = here(&["render", "-c", "mgmt", "--output-dir", out]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(gone.exists());

    let ran = here(&["render", "--output-dir", out, "--prune"]);
    assert_eq!((ran.status, ran.stderr), (0, format!("removed {file}\n")));
    let names: Vec<String> = tree::entries(dir.path())
        .iter()
        .map(|path| tree::file_name(path))
        .collect();
    let expected = [
        "README.md",
        "boa1-gw.yaml",
        "boa1-prod.yaml",
        "gone.json",
        "mgmt.yaml",
    ];
    assert_eq!(names, expected);

    for arguments in [
        &["render", "-c", "mgmt", "--prune"][..],
        &["render", "-c", "mgmt", "--output-dir", out, "--prune"],
    ] {
        assert_eq!(here(arguments).status, 2);
    }
}

#[test]
fn outside_a_repository_there_is_nothing_to_do() {
    let outside = tempfile::tempdir().unwrap();
    let commands: [&[&str]; 9] = [
        &["render"],
        &["values"],
        &["list"],
        &["waves"],
        &["lint"],
        &["cmp", "generate"],
        &["ci", "targets"],
        &["ci", "clusters"],
        &["post-render", "--app", "web", "--cluster", "east"],
    ];
    for command in commands {
        for repo in [None, Some(outside.path())] {
            let mut arguments = command.to_vec();
            arguments.extend(
                repo.iter()
                    .flat_map(|dir| ["--repo", dir.to_str().unwrap()]),
            );
            let ran = run(&mut helm_catalog(outside.path(), &arguments), b"");
            assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{arguments:?}");
            let expected = if repo.is_some() {
                "not a catalog"
            } else {
                "no catalog here or above"
            };
            assert!(ran.stderr.contains(expected), "{}", ran.stderr);
        }
    }
}

#[test]
fn the_repository_is_found_from_below() {
    let below = tree::root().join("apps/rbac/templates");
    let ran = run(&mut helm_catalog(&below, &["waves", "-c", "mgmt"]), b"");
    assert_eq!(ran.stdout, printed(&["waves", "-c", "mgmt"]));
}

#[test]
fn shells_complete_and_manuals_are_written() {
    // How they do, tests/terminal.rs tries in those that are there.
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);
        assert!(script.contains("HELM_CATALOG_COMPLETE"), "{shell}");
    }
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(printed(&["man", dir.path().to_str().unwrap()]), "");
    for command in COMMANDS {
        let words = [&["helm-catalog"], command].concat();
        let page = fs::read_to_string(dir.path().join(format!("{}.1", words.join("-")))).unwrap();
        assert!(page.contains(".TH "), "{command:?}");
    }
    assert_eq!(tree::entries(dir.path()).len(), COMMANDS.len());
}

#[test]
fn colour_is_for_those_who_ask() {
    let colored = printed(&["list", "--color", "always"]);
    assert!(colored.contains("\x1b["));
    assert!(!printed(&["list"]).contains('\x1b'));
}

/// As of a program that the signal SIGPIPE ends: a script with `pipefail` must not take what is cut off for success.
#[test]
fn a_reader_that_goes_away_is_told_by_the_status_alone() {
    let mut of_every_command = COMMANDS
        .iter()
        .map(|command| [command, &["--help"][..]].concat());
    let of_this_repository: [&[&str]; 10] = [
        &["list"],
        &["render", "-c", "mgmt"],
        &["lint"],
        &["lint", "-o", "json"],
        &["waves", "-c", "mgmt"],
        &["schema"],
        &["template", "docs/examples/patches/apps/web"],
        &["completions", "bash"],
        &["--version"],
        &["no-such-command"],
    ];
    let of_this_repository = of_this_repository.map(<[_]>::to_vec);
    for arguments in of_this_repository.into_iter().chain(&mut of_every_command) {
        let mut command = helm_catalog(&tree::root(), &arguments);
        command.stdout(closed_pipe()).stderr(Stdio::piped());
        let output = command.output().unwrap();
        let is_wrong = arguments == ["no-such-command"];
        let status = if is_wrong { 2 } else { 141 };
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(output.stderr.is_empty(), !is_wrong, "{arguments:?}");
    }
}

/// The writing end of a pipe that nobody reads.
fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
#[cfg(unix)]
fn links_out_of_the_repository_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    tree::copy(&tree::root().join("fixtures/broken/base"), dir.path());
    let link = dir.path().join("apps/web/values.yaml");
    std::os::unix::fs::symlink(Path::new("/etc/hostname"), link).unwrap();
    let ran = run(&mut helm_catalog(dir.path(), &["lint"]), b"");
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.contains("apps/web/values.yaml"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_helm_does_not_load_is_no_app() {
    let repository = tempfile::tempdir().unwrap();
    tree::copy(
        &tree::root().join("fixtures/broken/base"),
        repository.path(),
    );
    let apps = repository.path().join("apps");
    tree::copy(&apps.join("web"), &apps.join("draft"));
    tree::copy(&apps.join("web"), &apps.join("later"));
    fs::write(apps.join(".helmignore"), "draft/\nlater/app.yaml\n").unwrap();
    let arguments = ["list", "--output", "json"];
    let listed = run(&mut helm_catalog(repository.path(), &arguments), b"");
    let listed: serde_json::Value = serde_json::from_str(&listed.stdout).unwrap();
    let names: Vec<_> = listed["apps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|app| &app["app"])
        .collect();
    assert_eq!(names, ["web"]);
}
