//! Generators: from an entry of `generators` to sets of parameters (`applicationset/generators` of Argo CD).

mod clusters;
mod git;
mod list;
mod matrix;
mod merge;
mod service;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use homescale_value::{Data, Map, Str, Value};

use super::budget::Budget;
use super::data::{get, get_or_nil};
use super::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use super::fill::fill;
use super::generated::{FileRead, GeneratorKind, NotExpanded, NotExpandedReason};
use super::go_types::{GENERATOR, TEMPLATE};
use super::inputs::GeneratorInputs;
use super::parameters::{deep_copy, flatten_for_selector};
use super::render::Renderer;
use super::replace::Replace;
use super::selector::{Selector, Values};

/// The generating from one ApplicationSet.
pub(crate) struct Run<'r> {
    pub(crate) inputs: GeneratorInputs<'r>,
    /// The name of the ApplicationSet.
    pub(crate) name: Str,
    /// The project of its template.
    pub(crate) project: Str,
    pub(crate) renderer: Renderer,
    /// What was read of repositories.
    pub(crate) files: RefCell<BTreeSet<FileRead>>,
    /// The objects of files that were read, by repository, revision and path.
    pub(crate) parsed: RefCell<BTreeMap<[String; 3], Vec<Map>>>,
    pub(crate) budget: Budget<'r>,
}

/// What one generator of an entry gives.
pub(crate) struct Expanded {
    pub(crate) generator: GeneratorKind,
    pub(crate) parameters: Vec<Map>,
    /// The template for them: the generator's own, filled from that of the ApplicationSet.
    pub(crate) template: Data,
}

/// Why a generator gives nothing.
pub(crate) enum Stop {
    /// Argo CD generates nothing of the ApplicationSet.
    Error(ApplicationSetError),
    /// What it needs is not at hand.
    NotExpanded(NotExpanded),
}

impl From<ApplicationSetError> for Stop {
    fn from(error: ApplicationSetError) -> Self {
        Self::Error(error)
    }
}

impl From<Kind> for Stop {
    fn from(kind: Kind) -> Self {
        Self::Error(kind.into())
    }
}

impl Stop {
    /// The same, inside of this field or `[element]`.
    pub(crate) fn inside(self, outer: impl AsRef<str>) -> Self {
        match self {
            Self::Error(error) => Self::Error(error.inside(outer)),
            Self::NotExpanded(mut what) => {
                let outer = outer.as_ref();
                what.place = match what.place.as_str() {
                    "" => outer.to_owned(),
                    inner if inner.starts_with('[') => format!("{outer}{inner}"),
                    inner => format!("{outer}.{inner}"),
                };
                Self::NotExpanded(what)
            }
        }
    }
}

type Outcome<T = Vec<Map>> = Result<T, Stop>;

impl Run<'_> {
    /// What each generator of an entry gives: `Transform`. `outer` are the parameters of a generator before it in a matrix.
    pub(crate) fn expand(
        &self,
        entry: &Data,
        template: &Data,
        outer: Option<&Map>,
    ) -> Outcome<Vec<Expanded>> {
        let selector = get(entry, "selector").map(|selector| Selector::new(selector, Values::Any));
        let selector = selector
            .transpose()
            .map_err(|error| error.inside("selector"))?;
        let rendered = match outer {
            Some(parameters) if !parameters.is_empty() => {
                let replace = Replace {
                    renderer: &self.renderer,
                    budget: &self.budget,
                    parameters,
                    is_generator: true,
                };
                &replace.object(&GENERATOR, entry)?
            }
            _ => entry,
        };
        let mut all = Vec::new();
        for generator in GeneratorKind::ALL {
            let field = generator.field();
            let Some(own) = get(entry, field) else {
                continue;
            };
            let parameters = self.parameters(generator, get_or_nil(rendered, field));
            let mut parameters = parameters.map_err(|stop| stop.inside(field))?;
            if let Some(selector) = &selector {
                parameters.retain(|parameters| {
                    let flat = flatten_for_selector(parameters);
                    selector.is_match(|key| flat.get(key).cloned())
                });
            }
            let own_template = get_or_nil(own, "template");
            let template = match TEMPLATE.structure() {
                Some(structure) => fill(structure, own_template, template),
                None => template.clone(),
            };
            all.push(Expanded {
                generator,
                parameters,
                template,
            });
        }
        Ok(all)
    }

    fn parameters(&self, generator: GeneratorKind, own: &Data) -> Outcome {
        let parameters = match generator {
            GeneratorKind::List => self.list(own)?,
            GeneratorKind::Clusters => self.clusters(own)?,
            GeneratorKind::Git => self.git(own)?,
            GeneratorKind::Matrix => self.matrix(own)?,
            GeneratorKind::Merge => self.merge(own)?,
            GeneratorKind::Oci => self.oci(own)?,
            GeneratorKind::ScmProvider
            | GeneratorKind::ClusterDecisionResource
            | GeneratorKind::PullRequest
            | GeneratorKind::Plugin => self.service(generator, own)?,
        };
        self.budget.parameter_sets(parameters.len())?;
        Ok(parameters)
    }

    /// What the only generator of an entry inside of a matrix or merge gives.
    fn child(&self, entry: &Data, outer: Option<&Map>) -> Outcome {
        let mut all = self.expand(entry, &Data::Nil, outer)?;
        match (all.pop(), all.as_slice()) {
            (Some(only), []) => Ok(only.parameters),
            (Some(last), others) => {
                let others = others.iter().map(|one| one.generator.field());
                let names = others.chain([last.generator.field()]).collect();
                Err(Kind::SeveralGenerators(names).into())
            }
            (None, _) => Err(Kind::NoGenerator.into()),
        }
    }

    /// Copies that share nothing with these: merging and templates may change them.
    fn copies(&self, sets: &[Map]) -> Result<Vec<Map>, ApplicationSetError> {
        let mut copies = Vec::with_capacity(sets.len());
        for set in sets {
            let most = self.budget.most_values().saturating_add(1);
            self.budget.values(Value::Map(set.clone()).count(most))?;
            copies.push(deep_copy(set));
        }
        Ok(copies)
    }
}

fn not_expanded(generator: GeneratorKind, reason: NotExpandedReason) -> Stop {
    Stop::NotExpanded(NotExpanded {
        place: String::new(),
        generator: Some(generator),
        reason,
    })
}
