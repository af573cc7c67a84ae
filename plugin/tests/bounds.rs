//! What a command may take of the machine: it ends by the name of the bound, with status 1 and nothing on standard output, and
//! has not taken much more.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use program::{Ran, helm_catalog, run};
use tempfile::TempDir;

/// A chart with this template.
fn chart(template: &str) -> TempDir {
    let chart = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(chart.path().join(path), text).unwrap();
    write("Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
    fs::create_dir(chart.path().join("templates")).unwrap();
    write("templates/t.yaml", template);
    chart
}

/// A catalog of one app with these values, on one cluster.
fn repository(values: &[&str]) -> TempDir {
    let repository = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = repository.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let values = values.iter().enumerate();
    let values = values.map(|(index, value)| format!("  a{index}: '{value}'\n"));
    let app = "path: apps/slow\nnamespace: slow\ndefaultDeploy: true\nrepoURL: https://example.com/a.git\ntargetRevision: main\n\
         project: default\ndestination: {server: https://kubernetes.default.svc}\nvalues:\n";
    write(
        "apps/slow/app.yaml",
        &(app.to_owned() + &values.collect::<String>()),
    );
    let apps = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../clusters/mgmt/apps.yaml"
    ));
    write("clusters/mgmt/apps.yaml", &apps.unwrap());
    repository
}

/// Within all limits on a chart, and more than the sidecar's container has: lists of numbers.
const LISTS: &str = "{{ $lists := list }}{{ range until 20 }}{{ $lists = append $lists (until 1000000) }}{{ end }}kind: A\n";

/// Within the limits on a chart, and without end for who waits.
const LOOP: &str = "{{ range 90000000 }}{{ end }}kind: A\n";

fn ended_by(ran: &Ran, message: &str) {
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
}

/// The sidecar's command in a chart, without an Application.
fn generate(chart: &Path, arguments: &[&str]) -> Command {
    let mut command = helm_catalog(chart, &[&["cmp", "generate"], arguments].concat());
    command
        .env("ARGOCD_APP_NAME", "a")
        .env("ARGOCD_ENV_HELM", "releaseName: a");
    command
}

/// The most memory that a process has had, in bytes, looked at as long as it runs.
fn most_memory(child: &mut Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or(0) * 1024);
        thread::sleep(Duration::from_millis(2));
    }
    most
}

#[test]
fn a_process_of_the_sidecar_has_less_memory_than_its_container() {
    let chart = chart(LISTS);
    let mut child = generate(chart.path(), &[])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let most = most_memory(&mut child);
    let output = child.wait_with_output().unwrap();
    let ran = Ran {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    ended_by(&ran, "limit max-memory=192Mi exceeded: ");
    assert!(most < 300_000_000, "{most}");
}

#[test]
fn the_memory_of_every_command_can_be_bounded() {
    let chart = chart(LISTS);
    let message = "limit max-memory=64Mi exceeded: the process takes more memory than that";
    for arguments in [
        &["template", ".", "--max-memory", "64Mi"][..],
        &["--max-memory", "64Mi", "template", "."],
    ] {
        ended_by(
            &run(&mut helm_catalog(chart.path(), arguments), b""),
            message,
        );
    }
    let sidecar = run(&mut generate(chart.path(), &["--max-memory", "64Mi"]), b"");
    ended_by(&sidecar, message);
}

#[test]
fn the_time_of_every_command_can_be_bounded() {
    let chart = chart(LOOP);
    let arguments = ["template", ".", "--timeout", "300ms"];
    let ran = run(&mut helm_catalog(chart.path(), &arguments), b"");
    ended_by(&ran, "limit timeout=300ms exceeded: ");
    let repository = repository(&["{{ range 190000000 }}{{ end }}"]);
    for command in ["render", "lint"] {
        let arguments = [command, "--timeout", "300ms"];
        let ran = run(&mut helm_catalog(repository.path(), &arguments), b"");
        ended_by(&ran, "limit timeout=300ms exceeded: ");
    }
}

#[test]
fn the_configuration_of_the_sidecar_has_its_limits_on_a_chart() {
    let chart = chart(LOOP);
    let ran = run(&mut generate(chart.path(), &["--limit", "fuel=1000"]), b"");
    ended_by(&ran, "limit fuel=1000 exceeded: ");
    let ran = run(&mut generate(chart.path(), &["--limit", "feul=1000"]), b"");
    assert_eq!(ran.status, 2);
    assert!(
        ran.stderr.contains("no limit is called \"feul\""),
        "{}",
        ran.stderr
    );
    // An Application has no say in it.
    let mut command = generate(chart.path(), &["--limit", "fuel=1000"]);
    command.env("ARGOCD_ENV_LIMIT", "fuel=1000000000");
    ended_by(&run(&mut command, b""), "limit fuel=1000 exceeded: ");
}

#[test]
fn templates_in_fields_have_their_limits_together() {
    let repository = repository(&["{{ repeat 1000 `a` | len }}"; 3]);
    let ran = run(&mut helm_catalog(repository.path(), &["render"]), b"");
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    // Each could be by itself.
    let fields = ["{{ range until 90 }}{{ $_ := repeat 1000000 `a` }}{{ end }}"; 30];
    let repository = self::repository(&fields);
    let ran = run(&mut helm_catalog(repository.path(), &["render"]), b"");
    ended_by(&ran, "limit memory=2147483648 exceeded");
}
