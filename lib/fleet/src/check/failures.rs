//! Why an Application is not rendered, as findings.

use homescale_argocd::{
    ManifestError, NamedAs, NotRendered, SourceError, SourceFailure, ValueFileErrorKind,
};
use homescale_chart::{BuildError, Error, ErrorKind, MissingDependency};
use homescale_located::{Diagnostic, Location, Related, Rule, Severity, did_you_mean};

use super::finding::{At, Finding};
use super::place::ChartPlaces;
use crate::rules;

/// The keys of what a source says about value files.
const VALUE_FILES: &[&str] = &["helm", "valueFiles"];

/// What an error of a source is told as. `charts` says where the files of its charts are.
pub(super) fn findings(
    source: usize,
    error: &SourceError,
    charts: &ChartPlaces<'_>,
) -> Vec<Finding> {
    match error {
        SourceError::NotRendered(why) => not_rendered(source, why),
        SourceError::Failed(failure) => failed(source, failure, charts),
    }
}

/// What is told of a source that needs what is not at hand.
pub(super) fn not_rendered(source: usize, why: &NotRendered) -> Vec<Finding> {
    let NotRendered::Dependencies { missing, .. } = why else {
        return vec![
            (Finding::new(&rules::NOT_RENDERED, why.to_string()).hint(why.hint()))
                .at(At::Source(source, &[])),
        ];
    };
    // Those that can be had nowhere; Argo CD gets the others.
    let lost: Vec<&MissingDependency> = missing.iter().filter(|it| !is_downloaded(it)).collect();
    if lost.is_empty() {
        let finding = Finding::new(&rules::NOT_RENDERED, why.to_string()).hint(why.hint());
        return vec![finding.at(At::Source(source, &[]))];
    }
    let each = lost.into_iter().map(|dependency| {
        let cause = match dependency.repository.as_str() {
            "" => format!(
                "the dependency {} {} is not in charts/, and no repository is named for it",
                dependency.name, dependency.version
            ),
            repository => format!(
                "the dependency {} {} is not in charts/, and {repository} has none",
                dependency.name, dependency.version
            ),
        };
        Finding::new(&rules::MISSING_DEPENDENCY, cause)
            .hint(why.hint())
            .at(At::Source(source, &[]))
    });
    each.collect()
}

/// Whether `helm dependency build` would download a dependency.
fn is_downloaded(dependency: &MissingDependency) -> bool {
    let repository = dependency.repository.as_str();
    !repository.is_empty() && !repository.starts_with("file://")
}

fn failed(source: usize, failure: &SourceFailure, charts: &ChartPlaces<'_>) -> Vec<Finding> {
    use SourceFailure as Failure;
    let plain = |rule: &'static Rule, keys: &'static [&'static str]| {
        let finding = Finding::new(rule, failure.to_string()).hint(failure.hint());
        vec![finding.at(At::Source(source, keys))]
    };
    match failure {
        Failure::NoDirectory(path) => {
            let findings = plain(&rules::MISSING_PATH, &["path"]).into_iter();
            findings
                .map(|it| it.hint(charts.near(source, path, true)))
                .collect()
        }
        Failure::AbsolutePath(_) | Failure::OutsidePath(_) | Failure::NoDirectoryButFile(_) => {
            plain(&rules::MISSING_PATH, &["path"])
        }
        Failure::UnknownReference { name, known } => {
            let near = did_you_mean(name, known.iter().map(String::as_str));
            let findings = plain(&rules::MISSING_REF, VALUE_FILES).into_iter();
            findings
                .map(|it| {
                    let hint = near.clone().or_else(|| failure.hint());
                    it.hint(hint)
                })
                .collect()
        }
        Failure::ReferenceToChart(_) => plain(&rules::MISSING_REF, VALUE_FILES),
        Failure::ArgoCd(_) => plain(&rules::CONFIGURATION, &[]),
        Failure::Dependencies(path, error) => {
            vec![not_built(source, path, error, failure)]
        }
        Failure::KubeVersion(_) => plain(&rules::KUBE_VERSION, &["helm", "kubeVersion"]),
        Failure::Chart(error) => of_manifests(source, error, charts),
        Failure::Parameters(found) => {
            let each = found.iter();
            let each = each.map(|it| Finding::of(&rules::PLUGIN_PARAMETERS, it));
            each.map(|it| it.at(At::Source(source, &["plugin"])))
                .collect()
        }
        Failure::Plugin(_) => plain(&rules::PLUGIN_PARAMETERS, &["plugin"]),
        // The sidecar refuses it: it is no mere warning.
        Failure::Empty(_) => {
            let findings = plain(&rules::NO_MANIFESTS, &[]).into_iter();
            findings.map(|it| it.severity(Severity::Error)).collect()
        }
        Failure::Manifest(found) => vec![of_manifest(source, found, charts)],
        Failure::TooLarge(_) => plain(&rules::TOO_LARGE, &["path"]),
        _ => plain(&rules::SOURCE, &[]),
    }
}

/// A chart whose dependencies cannot be brought together. Argo CD fails, too: it is no mere warning.
fn not_built(source: usize, path: &str, error: &BuildError, failure: &SourceFailure) -> Finding {
    let (rule, cause) = match error {
        BuildError::NoDirectory { name, repository } if repository.is_empty() => (
            &rules::MISSING_DEPENDENCY,
            format!(
                "the dependency {name} of {path} is not in charts/, and no repository is named for it"
            ),
        ),
        BuildError::NoDirectory { .. } | BuildError::Version { .. } => {
            (&rules::MISSING_DEPENDENCY, failure.to_string())
        }
        _ => (&rules::CHART, failure.to_string()),
    };
    Finding::new(rule, cause)
        .hint(failure.hint())
        .severity(Severity::Error)
        .at(At::Source(source, &["path"]))
}

/// A file of a directory that is no manifest.
fn of_manifest(source: usize, found: &Diagnostic, charts: &ChartPlaces<'_>) -> Finding {
    let at = match charts.file(&found.file) {
        Some(file) => At::File(Location {
            file,
            line: found.line,
            column: found.column,
        }),
        None => At::Source(source, &["path"]),
    };
    let finding = match at {
        At::File(_) => Finding {
            hint: found.hint.clone(),
            ..Finding::new(&rules::MANIFEST, found.message.clone())
        },
        _ => Finding::of(&rules::MANIFEST, found),
    };
    finding.at(at)
}

fn of_manifests(source: usize, error: &ManifestError, charts: &ChartPlaces<'_>) -> Vec<Finding> {
    let plain = |rule: &'static Rule, keys: &'static [&'static str]| {
        let finding = Finding::new(rule, error.to_string()).hint(error.hint());
        vec![finding.at(At::Source(source, keys))]
    };
    match error {
        ManifestError::NoChart(_) => plain(&rules::CHART, &["path"]),
        ManifestError::Chart(path, error) => vec![of_chart(source, path, error, charts)],
        ManifestError::ValueFile(file) => {
            let (rule, keys): (_, &'static [&'static str]) = match (&file.kind, file.named_as) {
                (ValueFileErrorKind::OtherSource, _) => (&rules::MISSING_REF, VALUE_FILES),
                (_, NamedAs::ValueFile) => (&rules::MISSING_FILE, VALUE_FILES),
                _ => (&rules::MISSING_FILE, &["helm", "fileParameters"]),
            };
            let near = charts.near(source, &file.name, false);
            let finding = Finding::new(rule, error.to_string()).hint(near);
            vec![finding.at(At::Named(source, keys, file.name.clone()))]
        }
        ManifestError::NoKind(template) => {
            let cause = "a document without `kind`, which Argo CD would refuse";
            vec![in_template(
                source,
                &rules::MANIFEST,
                template,
                cause,
                charts,
            )]
        }
        ManifestError::Patches(found) => {
            let each = found.iter().map(|it| Finding::of(&rules::PATCH, it));
            each.map(|it| it.at(At::Source(source, &["plugin", "parameters"])))
                .collect()
        }
        _ => plain(&rules::CHART, &[]),
    }
}

/// Something about a template of which no line is known.
fn in_template(
    source: usize,
    rule: &'static Rule,
    template: &str,
    cause: &str,
    charts: &ChartPlaces<'_>,
) -> Finding {
    match charts.template(source, template, None, None) {
        Some(location) => Finding::new(rule, cause).at(At::File(location)),
        None => Finding::new(rule, format!("{template}: {cause}")).at(At::Source(source, &[])),
    }
}

fn of_chart(source: usize, path: &str, error: &Error, charts: &ChartPlaces<'_>) -> Finding {
    let rule = match error.kind() {
        ErrorKind::Load | ErrorKind::Dependencies | ErrorKind::Crash => &rules::CHART,
        ErrorKind::Values => &rules::CHART_VALUES,
        ErrorKind::Schema => &rules::SCHEMA,
        ErrorKind::KubeVersion => &rules::KUBE_VERSION,
        ErrorKind::Template | ErrorKind::Failed => &rules::CHART_TEMPLATE,
        ErrorKind::Manifest => &rules::MANIFEST,
        _ => &rules::SOURCE,
    };
    if let Some(finding) = of_template(source, rule, error, charts) {
        return finding;
    }
    let message = error.message();
    let message = message.trim();
    let place = error.place();
    let place = place.and_then(|it| charts.template(source, &it.file, it.line, it.column));
    let keys: &[&str] = match error.kind() {
        ErrorKind::Values | ErrorKind::Schema => &["helm"],
        _ => &["path"],
    };
    match place.or_else(|| {
        charts
            .head(source)
            .filter(|_| error.kind() == ErrorKind::Load)
    }) {
        Some(location) => Finding::new(rule, message).at(At::File(location)),
        None if path.is_empty() => Finding::new(rule, message).at(At::Source(source, keys)),
        None => Finding::new(rule, format!("{path}: {message}")).at(At::Source(source, keys)),
    }
}

/// A template that fails: the innermost place of it, and those that called it.
fn of_template(
    source: usize,
    rule: &'static Rule,
    error: &Error,
    charts: &ChartPlaces<'_>,
) -> Option<Finding> {
    let error = error.template()?;
    let chain: Vec<_> = error.chain().collect();
    let (last, outer) = chain.split_last()?;
    let cause = error.abort().map_or_else(|| last.message(), str::to_owned);
    let mut places = outer.iter().chain([last]).rev().filter_map(|error| {
        let it = error.position()?;
        let place = charts.template(source, &it.file, Some(it.line), it.column);
        Some((it, place))
    });
    let (position, place) = places.next()?;
    let mut finding = match place {
        Some(location) => Finding::new(rule, cause.trim()).at(At::File(location)),
        None => {
            Finding::new(rule, format!("{position}: {}", cause.trim())).at(At::Source(source, &[]))
        }
    };
    let callers = places.filter_map(|(_, place)| place);
    finding.related = callers
        .map(|location| Related {
            location,
            message: "called here".to_owned(),
        })
        .collect();
    Some(finding)
}
