//! What no recording can show: services, what is not at hand, what was read, limits.
#![expect(clippy::unwrap_used, reason = "tests die of what is not there")]

use std::collections::BTreeMap;

use homescale_argocd::{
    ApplicationSet, ApplicationSetErrorKind, ArgoCdVersion, ClusterSecret, Generated,
    GeneratorInputs, GeneratorKind, GeneratorLimits, GeneratorSettings, NotAtHand,
    NotExpandedReason, Repositories, ServiceParameters,
};
use homescale_fileset::FileSet;
use homescale_value::Data;

const FLEET: &str = "https://git.example.com/fleet.git";

/// A repository and the answers of services.
#[derive(Default)]
struct World {
    files: FileSet,
    clusters: Vec<ClusterSecret>,
    answers: BTreeMap<GeneratorKind, Vec<Data>>,
    limits: GeneratorLimits,
}

impl Repositories for World {
    fn files(&self, repo_url: &str, _: &str) -> Result<&FileSet, NotAtHand> {
        if repo_url == FLEET {
            return Ok(&self.files);
        }
        let repo_url = repo_url.to_owned();
        Err(NotAtHand { repo_url })
    }
}

impl ServiceParameters for World {
    fn parameters(&self, generator: GeneratorKind, application_set: &str) -> Option<&[Data]> {
        assert_eq!(application_set, "all");
        self.answers.get(&generator).map(Vec::as_slice)
    }
}

impl World {
    fn answering(mut self, generator: GeneratorKind, answers: &str) -> Self {
        let value = homescale_yaml::from_slice(answers.as_bytes()).unwrap();
        let answers = value.as_list().unwrap().to_vec();
        let answers = answers
            .iter()
            .map(|answer| Data::from_value(answer).unwrap());
        self.answers.insert(generator, answers.collect());
        self
    }

    /// What generators make of an ApplicationSet whose Applications are named by a template.
    fn generate(
        &self,
        generators: &str,
        name: &str,
        more: &str,
    ) -> Result<Generated, ApplicationSetErrorKind> {
        let text = format!(
            "kind: ApplicationSet
metadata: {{name: all}}
spec:
  {more}
  generators: {generators}
  template:
    metadata: {{name: '{name}'}}
    spec: {{project: default, destination: {{name: in-cluster}}, source: {{repoURL: {FLEET}, path: app}}}}
"
        );
        let object = homescale_yaml::from_slice(text.as_bytes()).unwrap();
        let inputs = GeneratorInputs {
            repositories: self,
            clusters: &self.clusters,
            services: self,
            argocd: ArgoCdVersion::new(3, 6),
            settings: &GeneratorSettings::default(),
            limits: &self.limits,
        };
        let set = ApplicationSet::read(&object).map_err(|error| error.kind)?;
        set.generate(&inputs).map_err(|error| error.kind)
    }

    fn names(&self, generators: &str, name: &str, more: &str) -> Vec<String> {
        let generated = self.generate(generators, name, more).unwrap();
        assert_eq!(generated.not_expanded, []);
        let applications = generated.applications.iter();
        applications
            .map(|application| {
                let metadata = application.as_map().unwrap().get_map("metadata");
                metadata.unwrap().get("name").unwrap().to_string()
            })
            .collect()
    }
}

const GO: &str = "goTemplate: true";

#[test]
fn what_a_service_answers_is_parameters() {
    let world = World::default().answering(
        GeneratorKind::PullRequest,
        "[{number: '7', branch: a, labels: [x, y]}, {number: '8', branch: b}]",
    );
    let generators =
        "[{pullRequest: {github: {owner: o, repo: r}, values: {id: 'pr-{{ .number }}'}}}]";
    let name = "{{ .values.id }}-{{ .branch }}-{{ .labels | default list | len }}";
    assert_eq!(world.names(generators, name, GO), ["pr-7-a-2", "pr-8-b-0"]);
    let generators =
        "[{pullRequest: {github: {owner: o, repo: r}, values: {id: 'pr-{{number}}'}}}]";
    let name = "{{values.id}}-{{labels.0}}";
    assert_eq!(
        world.names(generators, name, ""),
        ["pr-7-x", "pr-8-{{labels.0}}"]
    );
}

#[test]
fn a_plugin_knows_what_it_was_asked() {
    let world = World::default().answering(GeneratorKind::Plugin, "[{name: a}]");
    let generators = "[{plugin: {configMapRef: {name: p}, input: {parameters: {team: blue}}}}]";
    let name = "{{ .name }}-{{ .generator.input.parameters.team }}";
    assert_eq!(world.names(generators, name, GO), ["a-blue"]);
}

#[test]
fn values_of_cluster_decisions_are_no_templates() {
    let kind = GeneratorKind::ClusterDecisionResource;
    let world = World::default().answering(kind, "[{name: a, server: s}]");
    let generators = "[{clusterDecisionResource: {configMapRef: c, values: {x: '{{name}}'}}}]";
    assert_eq!(world.names(generators, "{{values.x}}", ""), ["{{name}}"]);
}

#[test]
fn an_artifact_is_read_as_a_repository_or_answered() {
    let mut world = World::default();
    world.files.insert("sites/east/site.yaml", *b"").unwrap();
    let generators =
        |url: &str| format!("[{{oci: {{repoURL: '{url}', directories: [{{path: sites/*}}]}}}}]");
    assert_eq!(
        world.names(&generators(FLEET), "{{path.basename}}", ""),
        ["east"]
    );
    let other = generators("oci://registry.example.com/sites");
    let generated = world.generate(&other, "x", "").unwrap();
    let reason = NotExpandedReason::Service {
        application_set: "all".into(),
    };
    assert_eq!(generated.not_expanded[0].reason, reason);
}

#[test]
fn a_generator_that_is_not_expanded_hides_no_other() {
    let generators = "[{matrix: {generators: [{list: {elements: [{a: b}]}}, {scmProvider: {}}]}}, {list: {elements: [{a: c}]}}, {git: {repoURL: other, files: [{path: x}]}}, {lists: {}}]";
    let generated = World::default().generate(generators, "{{a}}", "").unwrap();
    assert_eq!(generated.applications.len(), 1);
    let told: Vec<String> = generated
        .not_expanded
        .iter()
        .map(|what| format!("{what}; {}", what.hint()))
        .collect();
    assert_eq!(
        told,
        [
            "spec.generators[0].matrix.generators[1].scmProvider: the generator asks a service; write its parameters into homescale.yaml, under `generators.all.scmProvider`",
            "spec.generators[2].git: the repository `other` is not at hand; say in homescale.yaml, under `repositories`, where a checkout of `other` is",
            "spec.generators[3]: there is no generator that this Argo CD has, and nothing comes of it; an entry has one of list, clusters, git, scmProvider, clusterDecisionResource, pullRequest, matrix, merge, plugin, oci; `oci` since Argo CD 3.6",
        ]
    );
}

#[test]
fn what_was_read_is_told() {
    let mut world = World::default();
    for path in ["sites/east/site.yaml", "sites/west/site.yaml", "README.md"] {
        world.files.insert(path, *b"").unwrap();
    }
    let generators = format!(
        "[{{git: {{repoURL: {FLEET}, revision: main, files: [{{path: '*.yaml'}}, {{path: sites/west, exclude: true}}]}}}}, {{git: {{repoURL: {FLEET}, directories: [{{path: sites/west}}]}}}}]"
    );
    let generated = world.generate(&generators, "x", "").unwrap();
    let read: Vec<_> = generated
        .files
        .iter()
        .map(|file| {
            (
                file.path.as_str(),
                file.revision.as_str(),
                file.is_directory,
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            ("sites/west", "", true),
            ("sites/east/site.yaml", "main", false)
        ]
    );
}

#[test]
fn annotations_that_argo_cd_writes_are_no_parameters() {
    let annotations = ["argocd.argoproj.io/refresh-timestamp", "example.com/owner"];
    let annotations = annotations.map(|key| (key.to_owned(), "x".to_owned()));
    let world = World {
        clusters: vec![ClusterSecret {
            name: "a".into(),
            server: "s".into(),
            annotations: annotations.into(),
            ..ClusterSecret::default()
        }],
        ..World::default()
    };
    let generators =
        "[{clusters: {selector: {matchLabels: {argocd.argoproj.io/secret-type: cluster}}}}]";
    let name = "{{ range $key, $_ := .metadata.annotations }}{{ $key }}{{ end }}";
    assert_eq!(world.names(generators, name, GO), ["example.com/owner"]);
}

#[test]
fn what_is_generated_is_limited() {
    let list = "{list: {elements: [{a: x}, {a: y}, {a: z}]}}";
    let matrix = format!("[{{matrix: {{generators: [{list}, {list}]}}}}]");
    let limited = |limits| World {
        limits,
        ..World::default()
    };
    for (limits, most) in [
        (
            GeneratorLimits {
                applications: 2,
                ..GeneratorLimits::default()
            },
            2,
        ),
        (
            GeneratorLimits {
                parameter_sets: 8,
                ..GeneratorLimits::default()
            },
            8,
        ),
        (
            GeneratorLimits {
                values: 5,
                ..GeneratorLimits::default()
            },
            5,
        ),
    ] {
        match limited(limits).generate(&matrix, "x", GO) {
            Err(ApplicationSetErrorKind::TooMany { most: found, .. }) => assert_eq!(found, most),
            other => panic!("{other:?}"),
        }
    }
    let mut limits = GeneratorLimits::default();
    limits.templates.fuel = 1_000;
    let name = "{{ range until 1000 }}{{ . }}{{ end }}";
    match limited(limits).generate(&matrix, name, GO) {
        Err(ApplicationSetErrorKind::Template(error)) => assert!(error.exceeded().is_some()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn deep_values_do_not_exhaust_the_stack() {
    let deep = |levels: usize| format!("{}1{}", "{a: ".repeat(levels), "}".repeat(levels));
    let mut world = World::default();
    world
        .files
        .insert("deep.yaml", deep(900).into_bytes())
        .unwrap();
    let git = format!("{{git: {{repoURL: {FLEET}, files: [{{path: deep.yaml}}]}}}}");
    let selected = "{matchLabels: {path.filename: deep.yaml}}";
    for more in [GO, ""] {
        let matrix = format!(
            "[{{matrix: {{generators: [{git}, {{list: {{elements: [{{b: c}}]}}}}]}}, selector: {selected}}}]"
        );
        assert!(world.generate(&matrix, "x", more).is_ok());
    }
    let merge = format!("[{{merge: {{mergeKeys: [path], generators: [{git}, {git}]}}}}]");
    assert!(world.generate(&merge, "x", GO).is_ok());
    let patch = format!("{GO}\n  templatePatch: 'unknown: {}'", deep(900));
    assert!(
        world
            .generate("[{list: {elements: [{b: c}]}}]", "x", &patch)
            .is_ok()
    );
    let list = format!("[{{list: {{elements: [{}]}}}}]", deep(900));
    assert!(world.generate(&list, "x", GO).is_err());
}
