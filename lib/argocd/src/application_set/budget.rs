//! [`Budget`]: what is left of the limits.

use std::cell::Cell;

use super::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use super::inputs::GeneratorLimits;

/// What was generated so far, against the limits.
#[derive(Debug)]
pub(crate) struct Budget<'l> {
    limits: &'l GeneratorLimits,
    parameter_sets: Cell<usize>,
    values: Cell<usize>,
    bytes: Cell<usize>,
    paths: Cell<usize>,
}

type Outcome = Result<(), ApplicationSetError>;

impl<'l> Budget<'l> {
    pub(crate) fn new(limits: &'l GeneratorLimits) -> Self {
        Self {
            limits,
            parameter_sets: Cell::default(),
            values: Cell::default(),
            bytes: Cell::default(),
            paths: Cell::default(),
        }
    }

    /// Parameter sets that a generator gives.
    pub(crate) fn parameter_sets(&self, more: usize) -> Outcome {
        let most = self.limits.parameter_sets;
        count(&self.parameter_sets, more, "parameter sets", most)
    }

    /// Values that are rendered or copied.
    pub(crate) fn values(&self, more: usize) -> Outcome {
        count(&self.values, more, "values", self.limits.values)
    }

    /// How many values may be at most.
    pub(crate) fn most_values(&self) -> usize {
        self.limits.values
    }

    /// Bytes of a text that is rendered.
    pub(crate) fn bytes(&self, more: usize) -> Outcome {
        let most = usize::try_from(self.limits.templates.output).unwrap_or(usize::MAX);
        count(&self.bytes, more, "bytes of rendered texts", most)
    }

    /// Paths that are compared with a pattern.
    pub(crate) fn paths(&self, more: usize) -> Outcome {
        let of = "paths to compare with patterns";
        count(&self.paths, more, of, self.limits.paths)
    }
}

/// Counts some in.
fn count(counter: &Cell<usize>, more: usize, of: &'static str, most: usize) -> Outcome {
    let count = counter.get().saturating_add(more);
    counter.set(count);
    if count > most {
        return Err(Kind::TooMany { of, most }.into());
    }
    Ok(())
}
