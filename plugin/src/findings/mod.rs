//! Diagnostics as they are shown: to a person, and to programs.

pub(crate) mod github;
pub(crate) mod sarif;
pub(crate) mod text;

use homescale_fileset::FileSet;
use homescale_located::{Diagnostics, SourceLines};

use crate::failure::Failure;
use crate::terminal::{self, ColorChoice, Stream};

/// The failure that these diagnostics make: only the errors among them are shown.
pub(crate) fn failure(found: &Diagnostics, files: &FileSet) -> Failure {
    let is_colored = ColorChoice::Auto.holds_for(Stream::Error);
    let sources = SourceLines::new(files);
    let errors = found.iter().filter(|finding| finding.is_error());
    Failure::Findings(
        errors
            .map(|finding| text::of(finding, &sources, is_colored))
            .collect(),
    )
}

/// Prints diagnostics to standard error, where the command goes on.
pub(crate) fn tell(found: &Diagnostics, files: &FileSet) {
    let is_colored = ColorChoice::Auto.holds_for(Stream::Error);
    let sources = SourceLines::new(files);
    let texts = found.iter();
    let texts = texts.map(|finding| text::of(finding, &sources, is_colored));
    terminal::log(&Failure::Findings(texts.collect()));
}
