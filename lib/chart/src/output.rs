//! [`Rendered`]: what a render gave, and how `helm template` prints it.

use std::sync::Arc;

use homescale_go::filepath;
use homescale_value::Str;

use crate::error::{Error, ErrorKind};
use crate::helm_version::HelmVersion;
use crate::load;
use crate::manifest::{self, Event, File, Manifest, Sorted};
use crate::post_render::{self, PostRenderer};
use crate::request::Request;
use crate::resolved::ResolvedChart;

/// What a render gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The manifests, in the order of their kinds.
    pub manifests: Vec<Manifest>,
    /// The hooks that were asked for, in the order of their kinds.
    pub hooks: Vec<Manifest>,
    /// The files in `crds/`, if they were asked for.
    pub crds: Vec<CrdFile>,
    /// NOTES.txt.
    pub notes: Str,
    /// What Helm writes to standard error, a line each.
    pub warnings: Vec<String>,
    /// What a post-renderer made of CRDs and manifests.
    through_post_renderer: Option<Vec<u8>>,
    /// What `--show-only` selects.
    shown: Option<Vec<u8>>,
}

/// A file in `crds/`: Helm prints it as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrdFile {
    /// The path, the name of its chart included.
    pub source: String,
    /// The contents.
    pub text: Str,
}

impl Rendered {
    /// Chooses what was asked for.
    pub(crate) fn new(
        crds: Vec<CrdFile>,
        sorted: Sorted,
        notes: Str,
        request: &Request,
        post_renderer: Option<&dyn PostRenderer>,
    ) -> Result<Self, Error> {
        let mut rendered = Self {
            manifests: sorted.manifests,
            hooks: choose_hooks(sorted.hooks, request),
            crds,
            notes,
            warnings: Vec::new(),
            through_post_renderer: None,
            shown: None,
        };
        if let Some(post_renderer) = post_renderer {
            let result = post_renderer.run(&rendered.without_hooks().concat());
            rendered.through_post_renderer = Some(result.map_err(|cause| {
                post_render::failed(cause).with_unfinished(unfinished(&[], &rendered.hooks))
            })?);
        }
        if !request.show_only.is_empty() {
            rendered.shown = Some(select(
                &rendered.all().concat(),
                &request.show_only,
                request.helm,
            )?);
        }
        Ok(rendered)
    }

    pub(crate) fn after(mut self, warnings: Vec<String>) -> Self {
        self.warnings = warnings;
        self
    }

    /// What `helm template` writes to standard output.
    pub fn text(&self) -> Vec<u8> {
        self.pieces().concat()
    }

    /// [`Rendered::text`] in pieces, to be written one after the other: large charts print megabytes, and so nothing of
    /// that is copied.
    pub fn pieces(&self) -> Vec<&[u8]> {
        match &self.shown {
            Some(shown) => vec![shown],
            None => self.all(),
        }
    }

    fn all(&self) -> Vec<&[u8]> {
        let pieces = match &self.through_post_renderer {
            Some(text) => vec![text.as_slice()],
            None => self.without_hooks(),
        };
        with_hooks(pieces, &self.hooks)
    }

    fn without_hooks(&self) -> Vec<&[u8]> {
        let mut pieces = Vec::new();
        for crd in &self.crds {
            append(&mut pieces, &crd.source, &crd.text);
        }
        for manifest in &self.manifests {
            append(&mut pieces, &manifest.source, &manifest.text);
        }
        pieces
    }
}

/// The documents of a text whose path in the chart matches one of the patterns, in the order of the patterns.
fn select(all: &[u8], patterns: &[String], helm: HelmVersion) -> Result<Vec<u8>, Error> {
    let documents = manifest::documents(all, helm.row().whitespace);
    let mut text = Vec::new();
    for pattern in patterns {
        let before = text.len();
        for document in &documents {
            let path = source_in_chart(document);
            let matches = |path| filepath::matches(pattern.as_bytes(), path).unwrap_or(false);
            if path.is_some_and(matches) {
                text.extend_from_slice(b"---\n");
                text.extend_from_slice(document);
                text.push(b'\n');
            }
        }
        if text.len() == before {
            let text = format!("could not find template {pattern} in chart");
            return Err(Error::new(ErrorKind::ShowOnly, text));
        }
    }
    Ok(text)
}

/// An error whose invalid files `--debug` prints: of them, too, only those that were asked for.
pub(crate) fn shown_all_the_same(error: Error, request: &Request) -> Error {
    let (patterns, helm) = (&request.show_only, request.helm);
    let Some(all) = error.unfinished() else {
        return error;
    };
    if !request.debug || patterns.is_empty() {
        return error;
    }
    match select(all, patterns, helm) {
        Ok(text) => error.with_unfinished(text),
        Err(_) if helm.row().keeps_error_over_show_only => error.with_unfinished(Vec::new()),
        Err(missing) => missing,
    }
}

/// The hooks that were asked for.
pub(crate) fn choose_hooks(mut hooks: Vec<Manifest>, request: &Request) -> Vec<Manifest> {
    hooks.retain(|hook| {
        let is_skipped_test = request.skip_tests && hook.events.contains(&Event::Test);
        !(request.no_hooks || is_skipped_test)
    });
    hooks
}

/// What `--debug` prints when a file is not valid: the files as they are. Helm's order is random, ours that of the paths.
pub(crate) fn unfinished(files: &[Arc<File>], hooks: &[Manifest]) -> Vec<u8> {
    let mut pieces = Vec::new();
    for file in files {
        if !manifest::trim(&file.text).is_empty() {
            append(&mut pieces, &file.path, &file.text);
        }
    }
    with_hooks(pieces, hooks).concat()
}

/// Helm trims what comes before the hooks.
fn with_hooks<'a>(pieces: Vec<&'a [u8]>, hooks: &'a [Manifest]) -> Vec<&'a [u8]> {
    let mut pieces = trim(pieces);
    pieces.push(b"\n");
    for hook in hooks {
        append(&mut pieces, &hook.source, &hook.text);
    }
    pieces
}

/// The pieces without the white space at both ends of all of them together.
fn trim(mut pieces: Vec<&[u8]>) -> Vec<&[u8]> {
    while let Some(last) = pieces.pop() {
        let trimmed = manifest::trim_end(last);
        if !trimmed.is_empty() {
            pieces.push(trimmed);
            break;
        }
    }
    let is_blank = |piece: &&&[u8]| manifest::trim_start(piece).is_empty();
    let blank = pieces.iter().take_while(is_blank).count();
    pieces.drain(..blank);
    if let Some(first) = pieces.first_mut() {
        *first = manifest::trim_start(first);
    }
    pieces
}

fn append<'a>(pieces: &mut Vec<&'a [u8]>, source: &'a str, text: &'a [u8]) {
    pieces.extend([
        b"---\n# Source: ".as_slice(),
        source.as_bytes(),
        b"\n",
        text,
        b"\n",
    ]);
}

/// What follows the name of the chart in the first `# Source: ` of a document.
fn source_in_chart(document: &[u8]) -> Option<&[u8]> {
    const MARK: &[u8] = b"# Source: ";
    let mut rest = document;
    loop {
        let at = rest.windows(MARK.len()).position(|window| window == MARK)?;
        rest = &rest[at + MARK.len()..];
        let slash = rest.iter().position(|&b| b == b'/')?;
        let path = rest[slash + 1..].split(|&b| b == b'\n').next()?;
        if slash > 0 && !path.is_empty() {
            return Some(path);
        }
    }
}

/// The files in the `crds/` folders of a chart and of those below it.
pub(crate) fn crds(chart: &ResolvedChart) -> Result<Vec<CrdFile>, Error> {
    let own = &chart.node.crds;
    let mut crds = Vec::with_capacity(own.len());
    for file in own {
        crds.push(CrdFile {
            source: format!("{}/{}", chart.path, file.path),
            text: file.text().map_err(load::unread)?,
        });
    }
    for dependency in &chart.dependencies {
        crds.extend(self::crds(dependency)?);
    }
    Ok(crds)
}
