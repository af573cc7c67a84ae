//! [`Check`]: what is known about one value and one schema while it is checked.

use homescale_value::Value;

use crate::draft::Draft;
use crate::failure::{Failure, Kind};
use crate::pointer::Step;
use crate::program::Schema;

/// That a check failed. Nobody asks why inside of `not` and `if`.
pub(super) enum Failed {
    Quietly,
    Because(Box<Failure>),
}

/// The outcome of a check: which properties or items no keyword has looked at.
pub(super) type Checked = Result<Rest, Failed>;

/// For each property or item of a value whether no keyword has looked at it yet; empty if nobody asks.
#[derive(Debug, Default)]
pub(super) struct Rest(Vec<bool>);

/// Whether the caller wants to know what was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    Rest,
}

/// The state of one schema and one value.
pub(super) struct Check<'p, 'v> {
    pub(super) schema: &'p Schema,
    pub(super) value: &'v Value,
    pub(super) rest: Rest,
    pub(super) failures: Vec<Failure>,
    has_failed: bool,
}

impl Failed {
    pub(super) fn failure(self) -> Option<Failure> {
        match self {
            Self::Quietly => None,
            Self::Because(failure) => Some(*failure),
        }
    }
}

impl Failure {
    pub(super) fn new(at: Vec<Step>, kind: Kind) -> Self {
        let causes = Vec::new();
        Self { at, kind, causes }
    }
}

impl<'p, 'v> Check<'p, 'v> {
    /// The state before the first keyword.
    pub(super) fn new(schema: &'p Schema, value: &'v Value, rest: Rest) -> Self {
        Self {
            schema,
            value,
            rest,
            failures: Vec::new(),
            has_failed: false,
        }
    }

    /// Notes a failure.
    pub(super) fn add(&mut self, failed: Failed) {
        self.has_failed = true;
        self.failures.extend(failed.failure());
    }

    /// Whether there has been a failure.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// Notes that a property or item was looked at.
    pub(super) fn evaluated(&mut self, index: usize) {
        if let Some(rest) = self.rest.0.get_mut(index) {
            *rest = false;
        }
    }

    /// Whether no keyword has looked at a property or item.
    pub(super) fn is_rest(&self, index: usize) -> bool {
        self.rest.0.get(index).copied().unwrap_or_default()
    }

    /// Notes that nothing is left.
    pub(super) fn evaluated_all(&mut self) {
        self.rest.0.clear();
    }

    /// The draft of the schema.
    pub(super) fn draft(&self) -> Draft {
        self.schema.draft
    }
}

impl Rest {
    pub(super) fn new(schema: &Schema, value: &Value, needs: Needs) -> Self {
        let needs = needs == Needs::Rest;
        match value {
            Value::Map(map)
                if !schema.evaluates_all_properties
                    && (needs || schema.has_unevaluated_properties) =>
            {
                Self(vec![true; map.len()])
            }
            Value::List(list)
                if schema.evaluated_items < list.len()
                    && (needs || schema.has_unevaluated_items) =>
            {
                let indexes = 0..list.len();
                Self(
                    indexes
                        .map(|index| index >= schema.evaluated_items)
                        .collect(),
                )
            }
            _ => Self::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Keeps what neither has looked at.
    pub(super) fn merge(&mut self, other: &Self) {
        for (index, rest) in self.0.iter_mut().enumerate() {
            *rest &= other.0.get(index).copied().unwrap_or_default();
        }
    }
}
