//! What is run for a kustomization, what that reads, and what is refused. Nothing is run here: the programs are recorded.

use std::rc::Rc;
use std::sync::Mutex;

use homescale_argocd::{
    Application, ArgoCdVersion, KustomizeBuild, KustomizeSettings, KustomizeStep, LoadEach,
    ManifestOptions, SourceRequest, SourceResult, ToolError, Tools, render_source,
};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;

/// A Kustomize that only records what it would do.
#[derive(Default)]
struct Recorded {
    settings: KustomizeSettings,
    builds: Mutex<Vec<KustomizeBuild>>,
}

impl Tools for Recorded {
    fn kustomize_settings(&self) -> Option<&KustomizeSettings> {
        Some(&self.settings)
    }

    fn kustomize(&self, build: &KustomizeBuild) -> Result<Vec<u8>, ToolError> {
        self.builds.lock().expect("one thread").push(build.clone());
        Ok(b"kind: App\n".to_vec())
    }
}

impl Recorded {
    fn with_options(options: &str) -> Self {
        let mut recorded = Self::default();
        options.clone_into(&mut recorded.settings.build_options);
        recorded
    }

    fn with_network(options: &str) -> Self {
        let mut recorded = Self::with_options(options);
        recorded.settings.network = true;
        recorded
    }

    fn render(&self, files: &FileSet, source: &str) -> SourceResult {
        let text = format!(
            "{{metadata: {{name: web}}, spec: {{destination: {{namespace: shop}}, source: {{repoURL: r, {source}}}}}}}"
        );
        let object = homescale_yaml::from_slice(text.as_bytes()).expect("YAML");
        let application = Application::read(&object).expect("an Application");
        let mut cluster = ManifestOptions::default();
        cluster.kube_version = Some("v1.34.2".to_owned());
        cluster.api_versions = vec!["v1".to_owned(), "apps/v1/Deployment".to_owned()];
        let request = SourceRequest {
            application: &application,
            source: 0,
            repositories: files,
            charts: &LoadEach,
            tools: self,
            argocd: ArgoCdVersion::new(3, 6),
            cluster: &cluster,
            argocd_namespace: "argocd",
            revision: None,
        };
        render_source(&request, Rc::new(FixedHost::default()))
    }

    /// The steps of the only build, each as a line; or the error.
    fn steps(&self, files: &FileSet, source: &str) -> String {
        if let Err(error) = self.render(files, source).outcome {
            return format!("error: {error}");
        }
        let build = self.builds.lock().expect("one thread").pop();
        let build = build.expect("it was built");
        let line = |step: &KustomizeStep| match step {
            KustomizeStep::Edit(arguments) => arguments.join(" "),
            KustomizeStep::Patch(patches) => {
                let text = files.get(&patches.file).ok().flatten().unwrap_or_default();
                let patched = patches.add_to(text);
                let patched = patched.map_or_else(
                    |error| error.to_string(),
                    |text| String::from_utf8(text).expect("a text"),
                );
                format!("{}:\n{}", patches.file, patched.trim_end())
            }
            KustomizeStep::Build(options) => {
                format!("build {} {}", build.directory, options.join(" "))
            }
        };
        let lines: Vec<String> = build.steps.iter().map(line).collect();
        lines.join("\n").trim_end().to_owned()
    }
}

fn files(all: &[(&str, &str)]) -> FileSet {
    let mut files = FileSet::new();
    for (path, text) in all {
        files.insert(*path, text.as_bytes()).expect("a path");
    }
    files
}

/// A repository in which one kustomization names another, and files elsewhere.
fn repository() -> FileSet {
    files(&[
        (
            "web/kustomization.yaml",
            "resources: [../base, a.yaml]\ncomponents: [../extra/component]\n",
        ),
        ("web/a.yaml", "kind: A\n"),
        ("web/deep/b.yaml", "kind: B\n"),
        (
            "base/kustomization.yml",
            "resources: [deployment.yaml]\nconfigMapGenerator: [{name: a, files: [b=../shared/settings.txt]}]\n",
        ),
        ("base/deployment.yaml", "kind: Deployment\n"),
        ("shared/settings.txt", "a\n"),
        ("shared/other.txt", "a\n"),
        ("extra/component/Kustomization", "kind: Component\n"),
        ("extra/README.md", "a\n"),
        ("other/kustomization.yaml", "resources: []\n"),
    ])
}

#[test]
fn the_steps_are_those_of_argo_cd_in_its_order() {
    let source = "path: web, kustomize: {
        namePrefix: a-, nameSuffix: -z, namespace: other,
        images: ['web=registry.example.com/web:$ARGOCD_APP_NAME', b],
        replicas: [{name: web, count: 3}, {name: db, count: '5'}],
        commonLabels: {team: $ARGOCD_APP_NAME, app: x}, forceCommonLabels: true, labelWithoutSelector: true,
        labelIncludeTemplates: true,
        commonAnnotations: {b: $ARGOCD_APP_NAME, a: z}, forceCommonAnnotations: true,
        patches: [{target: {kind: Deployment, name: ''}, patch: 'a: 1', options: {allowNameChange: true}}, {path: p.yaml}],
        components: [../extra/component, ../nowhere], ignoreMissingComponents: true,
        kubeVersion: v1.30.1-gke.5, apiVersions: [a/v1]}";
    assert_eq!(
        Recorded::default().steps(&repository(), source),
        "\
edit set nameprefix -- a-
edit set namesuffix -- -z
edit set image web=registry.example.com/web:web b
edit set replicas web=3 db=5
edit add label --force --without-selector --include-templates app:x team:web
edit add annotation --force a:z b:$ARGOCD_APP_NAME
edit set namespace -- other
web/kustomization.yaml:
components:
- ../extra/component
patches:
- options:
    allowNameChange: true
  patch: 'a: 1'
  target:
    kind: Deployment
- path: p.yaml
resources:
- ../base
- a.yaml
edit add component ../extra/component
build web"
    );
    assert_eq!(
        Recorded::with_options(" --enable-helm\t--x ")
            .steps(&repository(), source)
            .lines()
            .last(),
        Some("build web --enable-helm --x --helm-kube-version 1.30.1 --helm-api-versions a/v1")
    );
}

#[test]
fn what_a_source_does_not_say_is_not_done() {
    let kustomize = "path: web, kustomize: {namePrefix: null, images: [], commonLabels: {}}";
    for source in ["path: web", "path: web, kustomize: {}", kustomize] {
        assert_eq!(
            Recorded::default().steps(&repository(), source),
            "build web"
        );
    }
    let envsubst = "path: web, kustomize: {commonAnnotations: {a: $ARGOCD_APP_NAME}, commonAnnotationsEnvsubst: true}";
    assert_eq!(
        Recorded::default().steps(&repository(), envsubst),
        "edit add annotation a:web\nbuild web"
    );
    assert_eq!(
        Recorded::with_network("--enable-helm").steps(&repository(), "path: web"),
        "build web --enable-helm --helm-kube-version 1.34.2 --helm-api-versions v1 --helm-api-versions apps/v1/Deployment"
    );
}

#[test]
fn what_is_read_is_what_kustomizations_name() {
    let recorded = Recorded::default();
    let result = recorded.render(&repository(), "path: web");
    let touched = |path: &str| result.inputs.touches(path, |_| true);
    let all = repository();
    let read: Vec<&str> = all.paths().filter(|path| touched(path)).collect();
    assert_eq!(
        read,
        [
            "base/deployment.yaml",
            "base/kustomization.yml",
            "extra/component/Kustomization",
            "shared/settings.txt",
            "web/a.yaml",
            "web/deep/b.yaml",
            "web/kustomization.yaml",
        ]
    );
    let builds = recorded.builds.lock().expect("one thread");
    assert_eq!(builds[0].files.paths().collect::<Vec<_>>(), read);
    assert_eq!(builds[0].bundled, "5.8.3");
    assert_eq!(builds[0].environment["ARGOCD_APP_NAMESPACE"], "shop");
}

#[test]
fn what_is_not_there_yet_is_read_once_it_is() {
    let source = "path: other, kustomize: {components: [../new], ignoreMissingComponents: true}";
    let result = Recorded::default().render(&repository(), source);
    assert!(result.inputs.touches("new/kustomization.yaml", |_| true));
    assert!(!result.inputs.touches("newer/kustomization.yaml", |_| true));
}

#[test]
fn where_it_cannot_be_told_the_whole_repository_is_read() {
    let broken = files(&[("web/kustomization.yaml", "a: [\n"), ("b.yaml", "")]);
    let plugins = files(&[
        ("web/kustomization.yaml", "generators: [g.yaml]\n"),
        ("b.yaml", ""),
    ]);
    for (recorded, all, is_read) in [
        (Recorded::default(), &broken, true),
        (Recorded::default(), &plugins, false),
        (
            Recorded::with_options("--load-restrictor LoadRestrictionsNone"),
            &plugins,
            true,
        ),
    ] {
        let result = recorded.render(all, "path: web");
        assert_eq!(result.inputs.touches("b.yaml", |_| true), is_read);
    }
}

#[test]
fn nothing_is_downloaded_unless_that_is_allowed() {
    for (kustomization, options, expected) in [
        (
            "resources: [https://example.com/a.yaml]",
            "",
            "web/kustomization.yaml: Kustomize must download https://example.com/a.yaml",
        ),
        (
            "components: ['github.com/org/repo//base?ref=v1']",
            "",
            "web/kustomization.yaml: Kustomize must download github.com/org/repo//base?ref=v1",
        ),
        (
            "helmCharts: [{name: web}]",
            "--enable-helm",
            "web/kustomization.yaml: Kustomize runs Helm, which may have to download charts",
        ),
        (
            "generators:\n- |\n  kind: HelmChartInflationGenerator\n",
            "--enable-helm",
            "web/kustomization.yaml: Kustomize runs Helm, which may have to download charts",
        ),
    ] {
        let all = files(&[("web/kustomization.yaml", kustomization)]);
        let refused = Recorded::with_options(options).steps(&all, "path: web");
        assert_eq!(refused, format!("error: {expected}"));
        let allowed = Recorded::with_network(options).steps(&all, "path: web");
        assert!(allowed.starts_with("build web"), "{allowed}");
    }
    // Kustomize itself refuses charts, unless it is told otherwise.
    let charts = files(&[("web/kustomization.yaml", "helmCharts: [{name: web}]")]);
    assert_eq!(Recorded::default().steps(&charts, "path: web"), "build web");
}

#[test]
fn what_is_wrong_is_told_before_anything_is_run() {
    for (kustomization, source, expected) in [
        (
            "",
            "kustomize: {namePrefix: 1}",
            "kustomize.namePrefix is a number; it must be a string",
        ),
        (
            "",
            "kustomize: {replicas: [{name: web, count: many}]}",
            "`kustomize.replicas` has the count `many` for `web`; it must be an integer",
        ),
        (
            "",
            "kustomize: {kubeVersion: new}",
            "`new` is not a version of Kubernetes, such as 1.34.2",
        ),
        (
            "",
            "kustomize: {version: v4.5.7}",
            "the source takes Kustomize v4.5.7, which is not the version in homescale.yaml",
        ),
        (
            "resources: [../../a.yaml]",
            "kustomize: {}",
            "web/kustomization.yaml: `../../a.yaml` is outside of the repository",
        ),
        (
            "patches: [{path: /etc/hostname}]",
            "kustomize: {}",
            "web/kustomization.yaml: `/etc/hostname` is outside of the repository",
        ),
    ] {
        let all = files(&[("web/kustomization.yaml", kustomization)]);
        let found = Recorded::default().steps(&all, &format!("path: web, {source}"));
        assert_eq!(found, format!("error: {expected}"));
    }
    let none = files(&[("web/a.yaml", "")]);
    let found = Recorded::default().steps(&none, "path: web, kustomize: {patches: [{patch: a}]}");
    assert_eq!(
        found,
        "error: web: there is no kustomization.yaml to which `kustomize.patches` could be added"
    );
}

#[test]
fn patches_are_added_to_a_list() {
    for (kustomization, expected) in [
        ("patches: [{patch: a}]", "patches:\n- patch: a\n- patch: b"),
        (
            "patches: {}",
            "web/kustomization.yaml: `patches` is not a list; `kustomize.patches` of the source cannot be added to it",
        ),
        ("[]", "web/kustomization.yaml: it is not a map"),
    ] {
        let all = files(&[("web/kustomization.yaml", kustomization)]);
        let steps =
            Recorded::default().steps(&all, "path: web, kustomize: {patches: [{patch: b}]}");
        assert!(steps.contains(expected), "{steps}");
    }
}

#[test]
fn a_version_that_a_source_takes_is_that_of_the_program() {
    let mut recorded = Recorded::default();
    recorded.settings.version = Some("5.8.1".to_owned());
    let source = "path: web, kustomize: {version: v5.8.1}";
    assert_eq!(recorded.steps(&repository(), source), "build web");
}
