//! [`render_source`]: from a source to its manifests, in two steps: what is to be done, and doing it.

use std::rc::Rc;

use homescale_functions::Host;
use homescale_located::Diagnostics;

use super::directory::Directory;
use super::discovery::{discovered, explicit};
use super::error::SourceError;
use super::failure::SourceFailure;
use super::helm::HelmRender;
use super::inputs::SourceInputs;
use super::kind::SourceKind;
use super::kustomize::KustomizeRender;
use super::overrides::overridden;
use super::place::Place;
use super::plugin;
use super::request::SourceRequest;

/// What came of a source.
#[derive(Debug)]
#[non_exhaustive]
pub struct SourceResult {
    /// What kind of source it is, as far as that is known.
    pub kind: Option<SourceKind>,
    /// The manifests, a stream of YAML documents; or why there are none.
    pub outcome: Result<Vec<u8>, SourceError>,
    /// What is worth knowing about patches.
    pub notes: Diagnostics,
    /// What was read.
    pub inputs: SourceInputs,
}

/// Renders a source of an Application.
///
/// ```
/// use std::rc::Rc;
///
/// use homescale_argocd::{
///     Application, ArgoCdVersion, LoadEach, ManifestOptions, NoTools, SourceKind, SourceRequest, render_source,
/// };
/// use homescale_fileset::FileSet;
/// use homescale_functions::FixedHost;
///
/// let mut files = FileSet::new();
/// files.insert("raw/a.yaml", *b"apiVersion: v1\nkind: ConfigMap\n")?;
/// let object = homescale_yaml::from_slice(b"spec: {source: {repoURL: https://git.example.com/fleet, path: raw}}")?;
/// let application = Application::read(&object)?;
/// let request = SourceRequest {
///     application: &application,
///     source: 0,
///     repositories: &files,
///     charts: &LoadEach,
///     tools: &NoTools,
///     argocd: ArgoCdVersion::new(3, 6),
///     cluster: &ManifestOptions::default(),
///     argocd_namespace: "argocd",
///     revision: None,
/// };
/// let result = render_source(&request, Rc::new(FixedHost::default()));
/// assert_eq!(result.kind, Some(SourceKind::Directory));
/// assert_eq!(
///     result.outcome?,
///     b"---\n# Source: raw/a.yaml\napiVersion: v1\nkind: ConfigMap\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn render_source(request: &SourceRequest<'_>, host: Rc<dyn Host>) -> SourceResult {
    prepare_source(request).render(host)
}

/// A source of which all is known but its manifests: what it reads, above all, of which the key of a cache can be made.
#[derive(Debug)]
pub struct PreparedSource<'a> {
    /// What kind of source it is, as far as that is known.
    pub kind: Option<SourceKind>,
    /// What rendering it reads.
    pub inputs: SourceInputs,
    step: Result<Step<'a>, SourceError>,
}

/// What is to be done for a source.
#[derive(Debug)]
enum Step<'a> {
    /// There is nothing to be made of it.
    Nothing,
    /// A directory of manifests.
    Directory(Directory<'a>),
    /// A chart.
    Helm(Box<HelmRender<'a>>),
    /// A kustomization.
    Kustomize(Box<KustomizeRender<'a>>),
}

/// Finds out what a source is and what it reads, and renders nothing.
pub fn prepare_source<'a>(request: &SourceRequest<'a>) -> PreparedSource<'a> {
    let mut inputs = SourceInputs::default();
    let mut kind = None;
    let step = prepare(request, &mut inputs, &mut kind);
    PreparedSource { kind, inputs, step }
}

fn prepare<'a>(
    request: &SourceRequest<'a>,
    inputs: &mut SourceInputs,
    kind: &mut Option<SourceKind>,
) -> Result<Step<'a>, SourceError> {
    let application = request.application;
    let source = application.sources.get(request.source);
    let source = source.ok_or(SourceFailure::NoSource(request.source))?;
    if application.has_multiple_sources && source.is_reference_only() {
        *kind = Some(SourceKind::ReferenceOnly);
        return Ok(Step::Nothing);
    }
    let place = Place::of(source, request.repositories)?;
    let name = application.instance_name(request.argocd_namespace);
    let source = &overridden(source, &place, &name)
        .map_err(|(file, error)| SourceFailure::Override(file, error))?;
    let explicit = explicit(source)?;
    let found = explicit.unwrap_or_else(|| discovered(&place));
    *kind = Some(found);
    match found {
        SourceKind::ReferenceOnly => Ok(Step::Nothing),
        SourceKind::Directory => {
            let directory = Directory::prepare(request, source, place, inputs)?;
            Ok(Step::Directory(directory))
        }
        SourceKind::Helm => {
            let chart = HelmRender::prepare(request, source, &place, inputs)?;
            Ok(Step::Helm(Box::new(chart)))
        }
        SourceKind::Kustomize => {
            let kustomization = KustomizeRender::prepare(request, source, &place, inputs)?;
            Ok(Step::Kustomize(Box::new(kustomization)))
        }
        SourceKind::Plugin => {
            let chart = plugin::prepare(request, source, &place, inputs)?;
            Ok(Step::Helm(Box::new(chart)))
        }
    }
}

impl PreparedSource<'_> {
    /// Renders it.
    pub fn render(self, host: Rc<dyn Host>) -> SourceResult {
        let rendered = self.step.and_then(|step| match step {
            Step::Nothing => Ok((Vec::new(), Diagnostics::default())),
            Step::Directory(directory) => Ok((directory.stream()?, Diagnostics::default())),
            Step::Helm(chart) => chart.render(host),
            Step::Kustomize(kustomization) => Ok((kustomization.render()?, Diagnostics::default())),
        });
        let (outcome, notes) = match rendered {
            Ok((stream, notes)) => (Ok(stream), notes),
            Err(error) => (Err(error), Diagnostics::default()),
        };
        SourceResult {
            kind: self.kind,
            outcome,
            notes,
            inputs: self.inputs,
        }
    }
}
