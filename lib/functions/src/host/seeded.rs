//! [`SeededHost`]: randomness that follows from a secret seed and from the place of each call, so that a render repeats.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::rc::Rc;

use hmac::{Hmac, KeyInit, Mac};
use homescale_template::{Call, Position};
use homescale_value::Value;
use sha2::Sha256;

use super::{Host, Lookup, Subject, Timestamp};

/// A host whose randomness is derived from a secret seed, from release, namespace and chart of the render, and from the call
/// that asks: its function, its place, the places from which that is included, and how many times it was reached before. A
/// change elsewhere in the chart does not change what a call gets.
///
/// The clock stands still, and its zone is UTC. Names and the cluster are those of the host behind this one, whose clock
/// serves for nothing but [`expired`](Self::expired).
pub struct SeededHost {
    inner: Rc<dyn Host>,
    seed: Vec<u8>,
    now: Timestamp,
    state: RefCell<State>,
}

type Key = [u8; 32];

struct State {
    /// The key of the seed and the render.
    render: Key,
    /// How many times each call was reached, by its key.
    reached: BTreeMap<Key, u64>,
    /// The key of the call in progress, and how much of its randomness is used.
    key: Key,
    block: u64,
    position: Option<Position>,
    expired: Vec<(Position, Timestamp)>,
}

impl SeededHost {
    /// The least number of bytes of a seed: fewer could be guessed, and with them every secret that follows from them.
    pub const MIN_SEED: usize = 16;

    /// The time of a clock that was not set: 2026-01-01 00:00:00 UTC.
    pub const DEFAULT_TIME: Timestamp = Timestamp {
        seconds: 1_767_225_600,
        nanoseconds: 0,
    };

    /// A host with this seed and time, before another one. A seed shall have [`MIN_SEED`](Self::MIN_SEED) bytes or more.
    pub fn new(inner: Rc<dyn Host>, seed: &[u8], now: Timestamp) -> Self {
        Self {
            inner,
            seed: seed.to_vec(),
            now,
            state: RefCell::new(State::of(derived(seed, &[]))),
        }
    }

    /// The same host for what belongs to one of several owners. Whoever writes a chart chooses the names of release, namespace and
    /// chart; with the owner in it, what they get is still nobody else's. Owners must be told apart by what they cannot choose.
    ///
    /// ```
    /// use std::rc::Rc;
    ///
    /// use homescale_functions::{FixedHost, Host, SeededHost};
    ///
    /// let random = |owner: &[&str]| {
    ///     let inner = Rc::new(FixedHost::default());
    ///     let host = SeededHost::new(inner, b"a seed of some length", SeededHost::DEFAULT_TIME);
    ///     let mut bytes = [0; 8];
    ///     host.owned_by(owner).random(&mut bytes);
    ///     bytes
    /// };
    /// assert_eq!(random(&["team-a", "web"]), random(&["team-a", "web"]));
    /// assert_ne!(random(&["team-a", "web"]), random(&["team-b", "web"]));
    /// assert_ne!(random(&["team-a", "web"]), random(&["team-aweb", ""]));
    /// ```
    pub fn owned_by(mut self, owner: &[&str]) -> Self {
        let parts = [&b"owner"[..]].into_iter();
        let parts: Vec<&[u8]> = parts
            .chain(owner.iter().map(|part| part.as_bytes()))
            .collect();
        self.seed = derived(&self.seed, &parts).to_vec();
        self.state = RefCell::new(State::of(derived(&self.seed, &[])));
        self
    }

    /// The certificates that were made, but are expired by the clock of the host behind: where, and since when.
    pub fn expired(&self) -> Vec<(Position, Timestamp)> {
        self.state.borrow().expired.clone()
    }
}

impl State {
    /// The state before the first call of a render with this key.
    fn of(render: Key) -> Self {
        Self {
            render,
            reached: BTreeMap::new(),
            key: derived(&render, &[b"no call"]),
            block: 0,
            position: None,
            expired: Vec::new(),
        }
    }
}

/// HMAC-SHA-256 of the parts, each of them after its length.
fn derived(key: &[u8], parts: &[&[u8]]) -> Key {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl Host for SeededHost {
    fn rendering(&self, subject: Subject<'_>) {
        self.inner.rendering(subject);
        let parts = [subject.release, subject.namespace, subject.chart].map(str::as_bytes);
        let mut state = self.state.borrow_mut();
        let expired = std::mem::take(&mut state.expired);
        *state = State {
            expired,
            ..State::of(derived(&self.seed, &parts))
        };
    }

    fn called(&self, call: &dyn Fn() -> Call) {
        self.inner.called(call);
        let Call {
            function,
            positions,
            ..
        } = call();
        let text: Vec<String> = positions.iter().map(Position::to_string).collect();
        let mut parts = vec![function.as_bytes()];
        parts.extend(text.iter().map(String::as_bytes));

        let mut state = self.state.borrow_mut();
        let place = derived(&state.render, &parts);
        let reached = state.reached.entry(place).or_default();
        let before = *reached;
        *reached += 1;
        state.key = derived(&place, &[&before.to_le_bytes()]);
        state.block = 0;
        state.position = positions.into_iter().next();
    }

    fn certified(&self, until: Timestamp) {
        self.inner.certified(until);
        if until < self.inner.now() {
            let mut state = self.state.borrow_mut();
            let position = state.position.clone();
            state
                .expired
                .extend(position.map(|position| (position, until)));
        }
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn local_zone(&self) -> &'static str {
        "UTC"
    }

    fn random(&self, bytes: &mut [u8]) {
        let mut state = self.state.borrow_mut();
        for chunk in bytes.chunks_mut(size_of::<Key>()) {
            let block = derived(&state.key, &[b"block", &state.block.to_le_bytes()]);
            state.block += 1;
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
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

/// Without the seed, and whatever would lead to it.
impl fmt::Debug for SeededHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeededHost")
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
