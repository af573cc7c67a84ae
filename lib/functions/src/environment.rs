//! [`Environment`]: what the caller of a render gives its functions, and what they remember during it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::rc::Rc;

use homescale_go::regexp::{Error, Regexp};
use homescale_go::time::Location;
use homescale_template::{Context, Failure};
use homescale_value::Str;

use crate::Host;
use crate::options::Options;

/// What functions reach through [`Context::environment`]: one per render.
pub struct Environment {
    host: Rc<dyn Host>,
    options: Options,
    includes: RefCell<HashMap<Str, usize>>,
    /// Those for all texts, and those for texts of ASCII only.
    patterns: [RefCell<BTreeMap<Str, Rc<Regexp>>>; 2],
}

/// How many compiled patterns are kept: more than any chart has, unless it makes them up as it goes.
const MAX_PATTERNS: usize = 1_000;

impl Environment {
    /// An environment with this way out, whose functions behave by these options.
    pub fn new(host: Rc<dyn Host>, options: Options) -> Self {
        Self {
            host,
            options,
            includes: RefCell::default(),
            patterns: Default::default(),
        }
    }

    /// The world outside.
    pub fn host(&self) -> &dyn Host {
        self.host.as_ref()
    }

    /// How functions behave where releases of Helm differ.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The compiled form of a regular expression, for texts of ASCII only or for all, if there is one already: it is compiled
    /// once per render, because charts match in loops.
    pub(crate) fn pattern(&self, text: &Str, for_ascii: bool) -> Option<Rc<Regexp>> {
        let patterns = self.patterns[usize::from(for_ascii)].borrow();
        patterns.get(text).map(Rc::clone)
    }

    /// Compiles a regular expression, to be kept.
    pub(crate) fn compile(&self, text: &Str, for_ascii: bool) -> Result<Rc<Regexp>, Error> {
        let compile = if for_ascii {
            Regexp::compile_for_ascii
        } else {
            Regexp::compile
        };
        let pattern = Rc::new(compile(text, self.options.go)?);
        let mut patterns = self.patterns[usize::from(for_ascii)].borrow_mut();
        if patterns.len() == MAX_PATTERNS {
            patterns.clear();
        }
        patterns.insert(text.clone(), Rc::clone(&pattern));
        Ok(pattern)
    }

    /// Counts a call of `include NAME` in, unless `limit` of them are running already.
    pub(crate) fn enter(&self, name: &Str, limit: usize) -> bool {
        let mut includes = self.includes.borrow_mut();
        let Some(running) = includes.get_mut(name.as_bytes()) else {
            includes.insert(name.clone(), 1);
            return limit > 0;
        };
        let room = *running < limit;
        if room {
            *running += 1;
        }
        room
    }

    /// Counts a call of `include NAME` out.
    pub(crate) fn leave(&self, name: &Str) {
        if let Some(running) = self.includes.borrow_mut().get_mut(name.as_bytes()) {
            *running = running.saturating_sub(1);
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// The environment of the render in progress.
pub(crate) fn environment(context: &dyn Context) -> Result<&Environment, Failure> {
    context.environment().downcast_ref().ok_or_else(|| {
        Failure::new("this function needs the render's Environment, which its caller did not pass")
    })
}

/// The world outside, which is told about the call in progress. To be used once a call.
pub(crate) fn outside(context: &dyn Context) -> Result<&dyn Host, Failure> {
    let host = environment(context)?.host();
    host.called(&|| context.call());
    Ok(host)
}

/// The local zone of the world outside.
pub(crate) fn local_zone(context: &dyn Context) -> Result<Location, Failure> {
    let host = environment(context)?.host();
    Ok(Location::local(host.local_zone(), host.local_zone_name()))
}
