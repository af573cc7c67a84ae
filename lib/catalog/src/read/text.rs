//! [`text`]: what is in a file of the repository.

use homescale_fileset::FileSet;
use homescale_located::{Report, Sources};

use crate::rules;

/// The text of a file, if there is one. A file that cannot be read is reported, and there is none.
pub(crate) fn text<'f>(
    files: &'f FileSet,
    path: &str,
    sources: &Sources,
    report: &mut Report<'_>,
) -> Option<&'f [u8]> {
    files.get(path).unwrap_or_else(|error| {
        let place = sources.file(path).whole();
        report.emit(&rules::YAML, place, error.to_string());
        None
    })
}
