//! [`Recorder`]: which calls of a render have results that its input does not determine.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::rc::Rc;

use homescale_template::{Call, Position};
use homescale_value::Value;

use super::{Host, Lookup, Subject, Timestamp};

/// A host that answers as another one does, and remembers which calls of functions asked it for the time, for randomness,
/// a name or a resource of the cluster.
///
/// ```
/// use std::rc::Rc;
///
/// use homescale_functions::{FixedHost, Recorder};
///
/// let recorder = Rc::new(Recorder::new(Rc::new(FixedHost::default())));
/// // … a render with `recorder.clone()` as its host …
/// for call in recorder.calls() {
///     println!("{call}"); // web/templates/secret.yaml:6:15: randAlphaNum, once
/// }
/// ```
pub struct Recorder {
    inner: Rc<dyn Host>,
    calls: RefCell<BTreeMap<(Position, &'static str, bool), u64>>,
}

/// A call of such a function that was reached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReachedCall {
    /// Where the call is: the innermost position, if templates include each other.
    pub position: Position,
    /// The function.
    pub function: &'static str,
    /// Whether the call is in a text, often a value, that is evaluated with `tpl` at that position.
    pub in_text: bool,
    /// How many times it was reached.
    pub count: u64,
}

impl Recorder {
    /// A recorder before that host.
    pub fn new(inner: Rc<dyn Host>) -> Self {
        let calls = RefCell::default();
        Self { inner, calls }
    }

    /// The calls that were reached so far, by place.
    pub fn calls(&self) -> Vec<ReachedCall> {
        let calls = self.calls.borrow();
        let calls = calls
            .iter()
            .map(|((position, function, in_text), count)| ReachedCall {
                position: position.clone(),
                function,
                in_text: *in_text,
                count: *count,
            });
        calls.collect()
    }
}

impl Host for Recorder {
    fn rendering(&self, subject: Subject<'_>) {
        self.inner.rendering(subject);
    }

    fn called(&self, call: &dyn Fn() -> Call) {
        self.inner.called(call);
        let call = call();
        let in_file = call.positions.get(call.in_texts);
        if let Some(position) = in_file.or(call.positions.first()) {
            let mut calls = self.calls.borrow_mut();
            let key = (position.clone(), call.function, call.in_texts > 0);
            *calls.entry(key).or_default() += 1;
        }
    }

    fn certified(&self, until: Timestamp) {
        self.inner.certified(until);
    }

    fn now(&self) -> Timestamp {
        self.inner.now()
    }

    fn monotonic(&self) -> Option<i64> {
        self.inner.monotonic()
    }

    fn local_zone(&self) -> &str {
        self.inner.local_zone()
    }

    fn local_zone_name(&self) -> &str {
        self.inner.local_zone_name()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.inner.random(bytes);
    }

    fn host_by_name(&self, name: &str) -> Option<String> {
        self.inner.host_by_name(name)
    }

    fn resolves_names(&self) -> bool {
        self.inner.resolves_names()
    }

    fn lookup(&self, query: &Lookup<'_>) -> Result<Value, Box<dyn Error>> {
        self.inner.lookup(query)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("calls", &self.calls)
            .finish_non_exhaustive()
    }
}

/// `web/templates/secret.yaml:6:15: randAlphaNum, 3 times`.
impl fmt::Display for ReachedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.position, self.function)?;
        if self.in_text {
            f.write_str(" in a text for tpl")?;
        }
        match self.count {
            1 => f.write_str(", once"),
            count => write!(f, ", {count} times"),
        }
    }
}
