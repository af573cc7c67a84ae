//! Diagnostics as they are shown: to a person, and to programs.

pub(crate) mod github;
pub(crate) mod sarif;
pub(crate) mod text;

use homescale_fileset::FileSet;
use homescale_located::Diagnostics;

use crate::failure::Failure;
use crate::terminal::{ColorChoice, Stream};

/// The failure that these diagnostics make: only the errors among them are shown.
pub(crate) fn failure(found: &Diagnostics, files: &FileSet) -> Failure {
    let is_colored = ColorChoice::Auto.holds_for(Stream::Error);
    let errors = found.iter().filter(|finding| finding.is_error());
    Failure::Findings(
        errors
            .map(|finding| text::of(finding, files, is_colored))
            .collect(),
    )
}
