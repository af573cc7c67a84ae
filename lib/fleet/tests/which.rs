//! How files touch Applications, where a fixture on the disk would show no more.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_argocd::NoTools;
use homescale_fileset::FileSet;
use homescale_fleet::{Checkouts, Config, FixedHosts, Fleet, FleetInputs, Touch};

/// How a file touches the Applications of a repository: `web: reads, generates`.
fn touched(files: &[(&str, &str)], config: &str, file: &str) -> Vec<String> {
    let mut own = FileSet::new();
    for (path, text) in files {
        own.insert(*path, text.as_bytes()).unwrap();
    }
    let mut checkouts = Checkouts::new(own);
    checkouts.add_address("https://git.example.com/fleet.git");
    let fleet = Fleet::find(FleetInputs {
        checkouts,
        config: Config::read(config.as_bytes(), "homescale.yaml").unwrap(),
        roots: Vec::new(),
        tools: &NoTools,
        hosts: &FixedHosts,
        cache: None,
        limits: homescale_chart::Limits::default(),
        threads: 2,
    })
    .unwrap();
    let all: Vec<_> = fleet.applications().iter().collect();
    let touched = fleet.which(&[file.to_owned()], &all);
    let shown = touched.iter().map(|touched| {
        let how = touched.files[file].iter().copied().map(Touch::name);
        let how: Vec<&str> = how.collect();
        format!("{}: {}", touched.found.name(), how.join(", "))
    });
    shown.collect()
}

fn application(name: &str, cluster: &str, path: &str) -> String {
    format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: {name}, namespace: argocd}}\n\
         spec: {{destination: {{name: {cluster}}}, \
         source: {{repoURL: https://git.example.com/fleet.git, path: {path}}}}}\n"
    )
}

#[test]
fn the_versions_of_a_cluster_touch_what_goes_there() {
    let (east, west) = (
        application("a", "east", "raw"),
        application("b", "west", "raw"),
    );
    let files = [
        ("a.yaml", east.as_str()),
        ("b.yaml", &west),
        ("east.yaml", "kubernetes: \"1.33\"\napiVersions: [v1]\n"),
        ("raw/it.yaml", ""),
    ];
    let config = "clusters: [{name: east, capabilities: east.yaml}, {name: west}]\n";
    assert_eq!(touched(&files, config, "east.yaml"), ["a: configures"]);
    assert_eq!(touched(&files, config, "b.yaml"), ["b: defines"]);
    let both = ["a: reads", "b: reads"];
    assert_eq!(touched(&files, config, "raw/it.yaml"), both);
}

#[test]
fn a_file_that_a_generator_reads_touches_what_is_generated() {
    let set = "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators:\n  \
        - git: {repoURL: https://git.example.com/fleet.git, revision: HEAD, files: [{path: envs/*.yaml}]}\n  \
        template:\n    metadata: {name: '{{name}}'}\n    spec:\n      destination: {name: east}\n      \
        source: {repoURL: https://git.example.com/fleet.git, path: raw}\n";
    let files = [
        ("set.yaml", set),
        ("envs/dev.yaml", "name: dev\n"),
        ("raw/it.yaml", ""),
    ];
    assert_eq!(touched(&files, "{}", "envs/dev.yaml"), ["dev: generates"]);
    assert_eq!(touched(&files, "{}", "set.yaml"), ["dev: defines"]);
    assert!(touched(&files, "{}", "envs/notes.txt").is_empty());
}

#[test]
fn of_what_only_a_program_reads_the_path_counts() {
    let application = application("web", "east", "web");
    let files = [
        ("web.yaml", application.as_str()),
        ("web/kustomization.yaml", "resources: [it.yaml]\n"),
    ];
    assert_eq!(touched(&files, "{}", "web/it.yaml"), ["web: reads"]);
    assert!(touched(&files, "{}", "website/it.yaml").is_empty());
    // The directory is gone with the file.
    assert_eq!(touched(&files[..1], "{}", "web/it.yaml"), ["web: reads"]);
}
