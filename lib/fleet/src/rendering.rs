//! [`Rendering`]: what came of an Application.

use std::rc::Rc;

use homescale_argocd::{
    ManifestOptions, NotRendered, PreparedSource, SourceError, SourceInputs, SourceKind,
    SourceRequest, prepare_source,
};
use homescale_functions::{Host, Recorder};
use homescale_located::Diagnostics;

use crate::cache::{Key, decode, encode};
use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, Found};

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

impl Rendering {
    /// The manifests, if another render of the same gives the same, and there is nothing to tell besides.
    fn repeats(&self) -> Option<&[u8]> {
        match &self.outcome {
            Outcome::Rendered(stream) if self.random.is_empty() && self.notes.is_empty() => {
                Some(stream)
            }
            _ => None,
        }
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
        let key = self.key(found, &prepared);
        if let Some(stream) = key.and_then(|key| self.kept(&key)) {
            return Rendering {
                kinds: prepared.iter().filter_map(|source| source.kind).collect(),
                outcome: Outcome::Rendered(stream),
                inputs: prepared.into_iter().map(|source| source.inputs).collect(),
                ..Rendering::default()
            };
        }
        let rendering = self.render_prepared(found, prepared);
        if let (Some(key), Some(cache)) = (key, self.inputs.cache)
            && let Some(stream) = rendering.repeats()
        {
            cache.store.put(&key, &encode(stream));
        }
        rendering
    }

    /// What is kept of an earlier render.
    fn kept(&self, key: &Key) -> Option<Vec<u8>> {
        decode(self.inputs.cache?.store.get(key)?)
    }

    fn render_prepared(&self, found: &Found, prepared: Vec<PreparedSource<'_>>) -> Rendering {
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
                    return rendering;
                }
            }
        }
        rendering.outcome = match skipped {
            Some((index, why)) => Outcome::Skipped(index, why),
            None => Outcome::Rendered(stream),
        };
        rendering.notes = Diagnostics::new(notes);
        if self.inputs.hosts.identity().is_none() {
            rendering.random = recorder.calls().iter().map(ToString::to_string).collect();
        }
        rendering
    }

    /// What holds for the cluster of an Application.
    pub(crate) fn options(&self, found: &Found) -> ManifestOptions {
        let cluster = self.clusters.get(&found.cluster);
        let mut options = ManifestOptions::default();
        options.kube_version = cluster.kubernetes;
        options.api_versions = cluster.api_versions;
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
