//! [`Budget`]: how much patches may do to a stream.

use std::fmt;

use homescale_value::MAX_DEPTH;

use crate::tree::{Size, TooDeep};

/// How many bytes patches may add to a stream.
const GROWTH: usize = 16 << 20;

/// What a value counts besides its text.
const VALUE: usize = 64;

/// How often as long a manifest may become that is written anew. JSON without white space is the shortest way to write one,
/// and a line for each value a long one.
const REWRITTEN: usize = 8;

/// How many targets are compared, steps of paths walked and values compared.
const STEPS: usize = 20_000_000;

/// What is left of what patches may do.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    growth: usize,
    text: usize,
    steps: usize,
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exhausted {
    Growth,
    Text,
    Steps,
    Depth,
}

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Growth => write!(f, "the patches add more than {} MiB", GROWTH >> 20),
            Self::Text => write!(
                f,
                "the manifests that are written anew are more than {REWRITTEN} times as long as before, and {} MiB",
                GROWTH >> 20
            ),
            Self::Depth => TooDeep.fmt(f),
            Self::Steps => write!(
                f,
                "the patches take more than {} million steps",
                STEPS / 1_000_000
            ),
        }
    }
}

impl Budget {
    /// For a stream of that many bytes.
    pub(super) fn of_stream(length: usize) -> Self {
        Self {
            growth: GROWTH,
            text: length.saturating_mul(REWRITTEN).saturating_add(GROWTH),
            steps: STEPS,
        }
    }

    /// Something of this size is added.
    pub(super) fn grow(&mut self, size: Size) -> Result<(), Exhausted> {
        if size.depth > MAX_DEPTH {
            return Err(Exhausted::Depth);
        }
        let bytes = size.values.saturating_mul(VALUE).saturating_add(size.text);
        take(&mut self.growth, bytes).ok_or(Exhausted::Growth)
    }

    /// A document of this size is written.
    pub(super) fn write(&mut self, size: Size) -> Result<(), Exhausted> {
        take(&mut self.text, size.text).ok_or(Exhausted::Text)
    }

    /// One of so many neighbours is put in or taken out, and the others make room.
    pub(super) fn shift(&mut self, neighbours: usize) -> Result<(), Exhausted> {
        /// How many values are moved in the time of a step.
        const TOGETHER: usize = 16;
        self.step(neighbours / TOGETHER)
    }

    pub(super) fn step(&mut self, steps: usize) -> Result<(), Exhausted> {
        take(&mut self.steps, steps).ok_or(Exhausted::Steps)
    }
}

fn take(left: &mut usize, amount: usize) -> Option<()> {
    *left = left.checked_sub(amount)?;
    Some(())
}
