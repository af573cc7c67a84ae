//! [`Rendering`]: what came of an Application.

use std::rc::Rc;

use homescale_argocd::{
    ManifestOptions, NotRendered, PreparedSource, SourceError, SourceInputs, SourceKind,
    SourceRequest, prepare_source,
};
use homescale_functions::{Host, Recorder};
use homescale_located::Diagnostics;

use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, Found};
use crate::hosts::EffectsOfHosts;

/// What came of an Application.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Rendering {
    /// What its sources are, those that only lend their files to others among them.
    pub kinds: Vec<SourceKind>,
    /// The manifests of all sources, a stream of YAML documents; or why there are none.
    pub outcome: Outcome,
    /// What is worth knowing.
    pub notes: Diagnostics,
    /// What was read.
    pub inputs: Vec<SourceInputs>,
    /// The calls whose results do not follow from what was read, in words: `web/templates/a.yaml:1:4: randAlphaNum, once`.
    pub random: Vec<String>,
    /// Whether the manifests come from the cache.
    pub is_kept: bool,
}

/// The manifests of an Application, or why there are none.
#[derive(Debug)]
pub enum Outcome {
    /// A stream of YAML documents.
    Rendered(Vec<u8>),
    /// Argo CD would show an error, too: the number of the source, from 0, and the error.
    Failed(usize, Box<SourceError>),
    /// Argo CD would render it, with what is not at hand here: the number of the source, from 0, and what.
    Skipped(usize, NotRendered),
}

impl Default for Outcome {
    fn default() -> Self {
        Self::Rendered(Vec::new())
    }
}

impl Fleet<'_> {
    /// Renders an Application: all of its sources. Where one cannot be rendered, there is nothing of the others.
    pub fn render(&self, found: &Found) -> Rendering {
        let options = self.options(found);
        let sources = 0..found.application.sources.len();
        let prepared: Vec<PreparedSource<'_>> = sources
            .map(|source| prepare_source(&self.request(found, source, &options)))
            .collect();
        let cache = self.inputs.cache.as_ref();
        let keyed = cache.and_then(|cache| Some((cache, self.key(found, &prepared)?)));
        if let Some(stream) = keyed.and_then(|(cache, key)| cache.get(&key)) {
            return Rendering {
                kinds: prepared.iter().filter_map(|source| source.kind).collect(),
                outcome: Outcome::Rendered(stream),
                inputs: prepared.into_iter().map(|source| source.inputs).collect(),
                is_kept: true,
                ..Rendering::default()
            };
        }
        let (rendering, repeats) = self.render_prepared(found, prepared);
        // What there is to tell besides is not in an entry.
        if let (Some((cache, key)), Outcome::Rendered(stream)) = (keyed, &rendering.outcome)
            && repeats
            && rendering.notes.is_empty()
        {
            cache.put(&key, stream);
        }
        rendering
    }

    /// Renders, and says whether it may be kept, for another render would be the same.
    fn render_prepared(
        &self,
        found: &Found,
        prepared: Vec<PreparedSource<'_>>,
    ) -> (Rendering, bool) {
        let recorder = Rc::new(Recorder::new(self.inputs.hosts.host(found)));
        let mut rendering = Rendering::default();
        let (mut stream, mut notes, mut skipped) = (Vec::new(), Vec::new(), None);
        for (index, source) in prepared.into_iter().enumerate() {
            let host: Rc<dyn Host> = Rc::<Recorder>::clone(&recorder);
            let result = source.render(host);
            rendering.kinds.extend(result.kind);
            rendering.inputs.push(result.inputs);
            notes.extend(result.notes);
            match result.outcome {
                Ok(part) => append(&mut stream, &part),
                Err(SourceError::NotRendered(why)) => {
                    skipped.get_or_insert((index, why));
                }
                Err(error) => {
                    rendering.outcome = Outcome::Failed(index, Box::new(error));
                    return (rendering, false);
                }
            }
        }
        rendering.outcome = match skipped {
            Some((index, why)) => Outcome::Skipped(index, why),
            None => Outcome::Rendered(stream),
        };
        rendering.notes = Diagnostics::new(notes);
        let (calls, effects) = (recorder.calls(), self.inputs.hosts.effects());
        if effects == EffectsOfHosts::Differ {
            rendering.random = calls.iter().map(ToString::to_string).collect();
        }
        let repeats = calls.is_empty() || effects == EffectsOfHosts::Repeat;
        (rendering, repeats)
    }

    /// What holds for the cluster of an Application.
    pub(crate) fn options(&self, found: &Found) -> ManifestOptions {
        let cluster = self.clusters.get(&found.cluster);
        let mut options = ManifestOptions::default();
        options.kube_version.clone_from(&cluster.kubernetes);
        options.api_versions.clone_from(&cluster.api_versions);
        options.limits = self.inputs.limits.clone();
        options
    }

    /// What is asked of a source of an Application.
    pub(crate) fn request<'a>(
        &'a self,
        found: &'a Found,
        source: usize,
        cluster: &'a ManifestOptions,
    ) -> SourceRequest<'a> {
        SourceRequest {
            application: &found.application,
            source,
            repositories: &self.inputs.checkouts,
            charts: &self.charts,
            tools: self.inputs.tools,
            argocd: self.clusters.get(&found.id.instance).argocd,
            cluster,
            argocd_namespace: ARGOCD_NAMESPACE,
            revision: None,
        }
    }
}

/// Adds a stream to another.
fn append(stream: &mut Vec<u8>, part: &[u8]) {
    if stream.last().is_some_and(|&last| last != b'\n') {
        stream.push(b'\n');
    }
    let is_separated = part.starts_with(b"---") || part.starts_with(b"%");
    if !stream.is_empty() && !part.is_empty() && !is_separated {
        stream.extend_from_slice(b"---\n");
    }
    stream.extend_from_slice(part);
}
