//! [`GoTemplates`]: texts as Go templates, with the functions of Argo CD.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use homescale_functions::{Environment, FixedHost, semver};
use homescale_template::{Limits, MissingKey, Options, Set};
use homescale_value::{Map, Str, Value};

use super::functions::functions;
use crate::application_set::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use crate::application_set::inputs::GeneratorInputs;

/// The name that Argo CD gives to every template.
const NAME: &str = "base";

/// How many parsed texts are kept.
const MAX_PARSED: usize = 4_096;

/// How deep `tpl` may call itself (`TPL_FUNC_MAX_RECURSION_DEPTH`).
const TPL_DEPTH: u64 = 3;

/// Masterminds/semver 3.4, which Argo CD 3.4 to 3.6 have.
const SEMVER_3_4: semver::Options = semver::Options {
    prerelease_counts_for_group: true,
    errors_in_lower_case: true,
    has_bounds: false,
};

/// Evaluates texts as Go templates. All of them together have the limits.
pub(super) struct GoTemplates {
    empty: Set,
    options: Options,
    /// Those with `missingkey=error`.
    strict: Options,
    environment: Environment,
    left: RefCell<Limits>,
    parsed: RefCell<BTreeMap<Str, Set>>,
}

impl GoTemplates {
    pub(super) fn new(
        options: &[Str],
        inputs: &GeneratorInputs<'_>,
    ) -> Result<Self, ApplicationSetError> {
        let mut missing_key = MissingKey::Invalid;
        for option in options {
            missing_key = match option.as_bytes() {
                b"missingkey=default" | b"missingkey=invalid" => MissingKey::Invalid,
                b"missingkey=zero" => MissingKey::Zero,
                b"missingkey=error" => MissingKey::Error,
                other => {
                    let option = String::from_utf8_lossy(other).into_owned();
                    return Err(Kind::UnknownOption(option).into());
                }
            };
        }
        let limits = Limits {
            depth: TPL_DEPTH,
            ..inputs.limits.templates.clone()
        };
        let options = Options {
            missing_key,
            limits: limits.clone(),
            ..Options::default()
        };
        let host = Rc::new(FixedHost::default());
        let functions_options = homescale_functions::Options {
            semver: SEMVER_3_4,
            ..homescale_functions::Options::LATEST
        };
        Ok(Self {
            empty: Set::new(NAME, functions(inputs.argocd)),
            strict: Options {
                missing_key: MissingKey::Error,
                ..options.clone()
            },
            options,
            environment: Environment::new(host, functions_options),
            left: RefCell::new(limits),
            parsed: RefCell::default(),
        })
    }

    /// The text executed.
    pub(super) fn render(&self, text: &Str, dot: &Map) -> Result<Str, ApplicationSetError> {
        self.execute(text, dot, &self.options).map_err(failed)
    }

    /// The text executed, or as it is if it reaches what is not there.
    pub(super) fn resolve(&self, text: &Str, dot: &Map) -> Result<Str, ApplicationSetError> {
        match self.execute(text, dot, &self.strict) {
            Err(error) if error.is_for_absent_field() => Ok(text.clone()),
            done => done.map_err(failed),
        }
    }

    fn execute(
        &self,
        text: &Str,
        dot: &Map,
        options: &Options,
    ) -> Result<Str, homescale_template::Error> {
        if !homescale_go::strings::contains(text, b"{{") {
            return Ok(text.clone());
        }
        let set = self.parse(text)?;
        let mut left = self.left.borrow_mut();
        let mut out = Vec::new();
        let dot = Value::Map(dot.clone());
        set.execute_within(NAME, &dot, &self.environment, options, &mut left, &mut out)?;
        Ok(out.into())
    }

    fn parse(&self, text: &Str) -> Result<Set, homescale_template::Error> {
        if let Some(set) = self.parsed.borrow().get(text) {
            return Ok(set.clone());
        }
        let mut set = self.empty.clone();
        set.parse(NAME, text)?;
        let mut parsed = self.parsed.borrow_mut();
        if parsed.len() == MAX_PARSED {
            parsed.clear();
        }
        parsed.insert(text.clone(), set.clone());
        Ok(set)
    }
}

fn failed(error: homescale_template::Error) -> ApplicationSetError {
    Kind::Template(Box::new(error)).into()
}
