//! The check of Helm 3 before 3.18.5, which is that of `xeipuuv/gojsonschema` 1.2: drafts 4, 6 and 7, and a mixture of them
//! for schemas that do not say which; other words; and of several ways to fail, the one that comes closest.

mod check;
mod compile;
mod formats;
mod number;
mod program;
mod references;

use homescale_go::Release;
use homescale_value::Value;

use crate::document::Document;
use crate::error::Error;

pub(super) use program::Program;

impl Program {
    /// Reads a schema; the error is the library's text.
    pub(super) fn new(document: Document, go: Release) -> Result<Self, String> {
        compile::compile(document, go)
    }

    /// Checks values.
    pub(super) fn check(&self, values: &Value) -> Result<(), Error> {
        check::check(self, values)
    }
}
