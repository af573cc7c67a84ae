//! [`LoadedChart`]: a chart as it was loaded, before any render of it.

use std::sync::{Arc, OnceLock};

use homescale_fileset::{Contents, ReadError};
use homescale_value::{Data, Str};

use crate::metadata::Metadata;
use homescale_schema::Schema;

/// A chart as it was loaded. Threads share it; nothing of it ever changes.
#[derive(Debug)]
pub(crate) struct LoadedChart {
    /// Chart.yaml.
    pub(crate) metadata: Metadata,
    /// values.yaml.
    pub(crate) values: Data,
    /// The text of values.yaml, for messages.
    pub(crate) values_text: Str,
    /// values.schema.json.
    pub(crate) schema: Option<Schema>,
    /// Everything under `templates/`, by path.
    pub(crate) templates: Vec<TemplateFile>,
    /// What templates reach through `.Files`, in byte order of the paths: bytes, found when somebody looks.
    pub(crate) files: Arc<[(Str, Data)]>,
    /// What of that could not be read.
    pub(crate) unread: Unread,
    /// Those of them that are custom resources, as they came.
    pub(crate) crds: Vec<File>,
    /// The format, as Helm 4 found it.
    pub(crate) format: Format,
    /// What is in `charts/`, in byte order of the names there.
    pub(crate) dependencies: Vec<Arc<LoadedChart>>,
}

impl LoadedChart {
    /// Whether this is a library: only its partials are parsed.
    pub(crate) fn is_library(&self) -> bool {
        self.metadata.kind.eq_ignore_ascii_case("library")
    }
}

/// The format of a chart, which Helm 4 takes from the first `apiVersion` that it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The one that is rendered.
    V2,
    /// One that Helm 4 loads, but does not render: see [`crate::version3`].
    V3,
}

/// A file under `templates/`.
#[derive(Debug)]
pub(crate) struct TemplateFile {
    /// The path in the chart.
    pub(crate) path: Str,
    /// The text.
    pub(crate) text: Str,
}

/// A file of a chart.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The path in the chart.
    pub(crate) path: Str,
    /// The contents, as they are on the disk.
    pub(crate) contents: Contents,
}

impl File {
    /// The contents without the mark that some editors put in front of UTF-8.
    pub(crate) fn text(&self) -> Result<Str, &ReadError> {
        let bytes = self.contents.bytes()?;
        Ok(match bytes.strip_prefix(b"\xef\xbb\xbf") {
            Some(rest) => Str::from(rest),
            None => Str::from(self.contents.shared()?),
        })
    }
}

/// The first of the files for templates that could not be read when a template asked for it. A template sees nothing in it;
/// the render fails once its templates are done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unread(Arc<OnceLock<ReadError>>);

impl Unread {
    /// The bytes of a file, as a template sees it.
    pub(crate) fn text(&self, file: &File) -> Str {
        file.text().unwrap_or_else(|error| {
            let _ = self.0.set(error.clone());
            Str::default()
        })
    }

    /// Fails if there was such a file.
    pub(crate) fn check(&self) -> Result<(), &ReadError> {
        self.0.get().map_or(Ok(()), Err)
    }
}
