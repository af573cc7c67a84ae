//! Compares what becomes of the sources in `fixtures/sources` with what Argo CD made of them, which `fixtures/record-argocd` has
//! recorded: object by object, for each version.
#![expect(
    clippy::disallowed_methods,
    reason = "fixtures come from the disk, and a fault in them is a fault of the test"
)]

#[path = "sources/disk.rs"]
mod disk;
#[path = "sources/json.rs"]
mod json;

use std::collections::BTreeMap;
use std::fs;
use std::rc::Rc;

use homescale_argocd::{
    Application, ArgoCdVersion, LoadEach, ManifestOptions, NoTools, NotAtHand, Repositories,
    SourceError, SourceRequest, SourceResult, Tracking, TrackingMethod, is_same_repository,
    render_source,
};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_manifest::objects;
use homescale_recordings::fixtures;
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::Value as Json;

/// Cases that differ, and why.
const DIFFERENT: [(&str, &str); 8] = [
    (
        "directory-json-image",
        "an object without kind, on which the controller fails",
    ),
    (
        "directory-json-other",
        "an object without kind, on which the controller fails",
    ),
    ("directory-link-absolute", LINKS),
    ("directory-link-itself", LINKS),
    ("directory-link-outside", LINKS),
    ("directory-links", LINKS),
    ("directory-links-only", LINKS),
    (
        "path-outside-and-back",
        "the path names the directory of the checkout, which is a random one in Argo CD",
    ),
];

const LINKS: &str = "whoever makes a set of files has followed the links, or refused them";

/// The versions of Argo CD that cases are recorded for.
const VERSIONS: [(&str, ArgoCdVersion); 3] = [
    ("3.4", ArgoCdVersion::new(3, 4)),
    ("3.5", ArgoCdVersion::new(3, 5)),
    ("3.6", ArgoCdVersion::new(3, 6)),
];

/// Argo CD's own namespace.
const ARGOCD_NAMESPACE: &str = "argocd";

/// What holds for all cases.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    kube_version: String,
    api_versions: Vec<String>,
    revision: String,
}

/// What was recorded of a case.
#[derive(Clone, Deserialize)]
struct Recorded {
    #[serde(default)]
    sources: Vec<RecordedSource>,
    /// The same, tracked in each way.
    #[serde(default)]
    annotation: Vec<RecordedSource>,
    #[serde(default)]
    label: Vec<RecordedSource>,
    #[serde(default, rename = "annotation+label")]
    both: Vec<RecordedSource>,
    /// Why there is nothing of any source.
    #[serde(default)]
    error: String,
}

/// What Argo CD made of a source.
#[derive(Clone, Deserialize)]
struct RecordedSource {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    manifests: Vec<Json>,
    #[serde(default)]
    error: String,
}

struct Fixtures {
    repository: FileSet,
    other: FileSet,
    settings: Settings,
}

impl Repositories for Fixtures {
    fn files(&self, repo_url: &str, _: &str) -> Result<&FileSet, NotAtHand> {
        let is = |url| is_same_repository(repo_url, url);
        if is("https://git.example.com/fleet.git") {
            return Ok(&self.repository);
        }
        if is("https://git.example.com/other.git") {
            return Ok(&self.other);
        }
        let repo_url = repo_url.to_owned();
        Err(NotAtHand { repo_url })
    }
}

fn main() {
    let root = fixtures().join("sources");
    let settings = fs::read(root.join("settings.yaml")).expect("there are settings");
    let all: &'static Fixtures = Box::leak(Box::new(Fixtures {
        repository: disk::directory(&root.join("repository")),
        other: disk::directory(&root.join("other")),
        settings: homescale_yaml::from_slice_as(&settings).expect("the settings are right"),
    }));
    let mut trials = Vec::new();
    for path in disk::entries(&root.join("cases")) {
        let name = disk::stem(&path);
        if DIFFERENT.iter().any(|(different, _)| *different == name) {
            continue;
        }
        let text = fs::read(&path).expect("the case can be read");
        let recorded = root.join(format!("expected/{name}.json"));
        let recorded = fs::read(recorded).expect("the case is recorded");
        let recorded: BTreeMap<String, Recorded> =
            serde_json::from_slice(&recorded).expect("the recording is right");
        for (version, argocd) in VERSIONS {
            let own = recorded.get(version).or_else(|| recorded.get("all"));
            let own = own.expect("each version is recorded").clone();
            let text = text.clone();
            trials.push(Trial::test(format!("{name}::{version}"), move || {
                check(all, &text, argocd, &own)
            }));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(
    all: &Fixtures,
    case: &[u8],
    argocd: ArgoCdVersion,
    recorded: &Recorded,
) -> Result<(), Failed> {
    let object = homescale_yaml::from_slice(case)?;
    let application = match Application::read(&object) {
        Ok(application) => application,
        // The API server refuses it, and so did Argo CD's decoder.
        Err(_) if !recorded.error.is_empty() => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let case = Case {
        all,
        application: &application,
        argocd,
    };
    if !recorded.error.is_empty() {
        let mut results = case.results();
        let fails = results.any(|result| result.outcome.is_err());
        let problem = || format!("expected an error: {}", recorded.error);
        return fails.then_some(()).ok_or_else(|| problem().into());
    }
    case.compare(&recorded.sources, None)?;
    for (recorded, method) in [
        (&recorded.annotation, TrackingMethod::Annotation),
        (&recorded.label, TrackingMethod::Label),
        (&recorded.both, TrackingMethod::AnnotationAndLabel),
    ] {
        case.compare(recorded, Some(method))?;
    }
    Ok(())
}

/// A case for a version of Argo CD.
struct Case<'c> {
    all: &'c Fixtures,
    application: &'c Application,
    argocd: ArgoCdVersion,
}

impl Case<'_> {
    /// What becomes of the sources, but of those that are there for others only, which are not recorded.
    fn results(&self) -> impl Iterator<Item = SourceResult> {
        let application = self.application;
        let cluster = cluster(&self.all.settings);
        let sources = application.sources.iter().enumerate();
        let sources = sources
            .filter(|(_, source)| !application.has_multiple_sources || !source.is_reference_only());
        sources.map(move |(index, _)| {
            let request = SourceRequest {
                application,
                source: index,
                repositories: self.all,
                charts: &LoadEach,
                tools: &NoTools,
                argocd: self.argocd,
                cluster: &cluster,
                argocd_namespace: ARGOCD_NAMESPACE,
                revision: Some(&self.all.settings.revision),
            };
            render_source(&request, Rc::new(FixedHost::default()))
        })
    }

    fn compare(
        &self,
        recorded: &[RecordedSource],
        method: Option<TrackingMethod>,
    ) -> Result<(), String> {
        let tracking =
            method.map(|method| Tracking::of(self.application, ARGOCD_NAMESPACE, method));
        for (index, (result, expected)) in self.results().zip(recorded).enumerate() {
            compare(&result, expected, tracking.as_ref())
                .map_err(|problem| format!("source {index}, {method:?}: {problem}"))?;
        }
        Ok(())
    }
}

fn cluster(settings: &Settings) -> ManifestOptions {
    let mut options = ManifestOptions::default();
    options.kube_version = Some(settings.kube_version.clone());
    options.api_versions.clone_from(&settings.api_versions);
    options
}

fn compare(
    result: &SourceResult,
    expected: &RecordedSource,
    tracking: Option<&Tracking>,
) -> Result<(), String> {
    let kind = result.kind.map_or("", |kind| kind.name());
    let stream = match &result.outcome {
        Ok(stream) => stream,
        Err(SourceError::NotRendered(_)) if is_other_tool(kind, result) => return Ok(()),
        Err(_) if !expected.error.is_empty() => return Ok(()),
        Err(error) => return Err(format!("unexpected error: {error}")),
    };
    let found = match objects(stream) {
        Ok(objects) => objects,
        Err(_) if !expected.error.is_empty() => return Ok(()),
        Err(error) => return Err(format!("not objects: {error}")),
    };
    if !expected.error.is_empty() {
        return Err(format!("expected an error: {}", expected.error));
    }
    if !expected.kind.is_empty() && kind != expected.kind {
        return Err(format!("it is {kind}; expected {}", expected.kind));
    }
    let found = found.into_iter().map(|object| match tracking {
        Some(tracking) => tracking.tracked(&object),
        None => Ok(object),
    });
    let found = found.collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|error| error.to_string())?;
    let found: Vec<Json> = found.iter().map(|object| json::of(&object.value)).collect();
    // Of the manifest of an OCI image, Argo CD makes an object of nothing.
    let wanted: Vec<Json> = (expected.manifests.iter())
        .filter(|manifest| !manifest.is_null())
        .map(json::normal)
        .collect();
    if found == wanted {
        return Ok(());
    }
    let shown = |all: &[Json]| {
        let texts = all
            .iter()
            .map(|it| serde_json::to_string_pretty(it).unwrap_or_default());
        texts.collect::<Vec<_>>().join("\n---\n")
    };
    Err(format!(
        "found:\n{}\nexpected:\n{}",
        shown(&found),
        shown(&wanted)
    ))
}

/// Whether a source takes a tool that this library does not have.
fn is_other_tool(kind: &str, result: &SourceResult) -> bool {
    let is_jsonnet = || {
        let error = result.outcome.as_ref().err();
        error.is_some_and(|error| error.to_string().contains("Jsonnet"))
    };
    kind == "Kustomize" || is_jsonnet()
}
