//! [`Server`]: renders that a team shares, by plain HTTP: `GET` and `PUT` of the key below an address. bazel-remote understands it,
//! nginx with its DAV module, and most stores of artifacts.
//!
//! A server that fails is only slower, and that not for long: after a few failures it is not asked any more.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use homescale_fleet::{Key, Store};
use ureq::{Agent, Body, http};

use super::address::Address;
use super::contents::MAX_ENTRY;
use super::uploads::Uploads;
use crate::terminal;

/// How long the steps of a request may take, and all of it: a render is often faster.
const CONNECT: Duration = Duration::from_secs(1);
const ANSWER: Duration = Duration::from_secs(3);
const ALL: Duration = Duration::from_secs(10);

/// How many requests may fail.
const MAX_FAILURES: usize = 3;

/// A server with renders.
pub(super) struct Server {
    client: Arc<Client>,
    uploads: Option<Uploads>,
}

impl Server {
    /// The server at an address. What is read-only is not given anything.
    pub(super) fn new(address: Address, is_read_only: bool) -> Self {
        let client = Arc::new(Client::new(address));
        let uploads = (!is_read_only).then(|| {
            let client = Arc::clone(&client);
            Uploads::new(move |key, entry| client.give(key, entry))
        });
        Self { client, uploads }
    }
}

impl Store for Server {
    fn get(&self, key: &Key) -> Option<Vec<u8>> {
        self.client.ask(key)
    }

    fn put(&self, key: &Key, entry: &[u8]) {
        if let Some(uploads) = &self.uploads
            && entry.len() as u64 <= MAX_ENTRY
            && !self.client.gives_nothing()
        {
            uploads.add(*key, entry.to_vec());
        }
    }
}

/// Who asks the server.
struct Client {
    address: Address,
    agent: Agent,
    asking: Patience,
    giving: Patience,
}

/// Why the server could not answer.
enum Trouble {
    /// There was no answer.
    Request(ureq::Error),
    /// It answered with this status.
    Status(http::StatusCode),
}

impl Client {
    fn new(address: Address) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(concat!("helm-catalog/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .timeout_global(Some(ALL));
        Self {
            address,
            agent: config.build().new_agent(),
            asking: Patience::new("is not asked any more"),
            giving: Patience::new("is not given anything any more"),
        }
    }

    fn ask(&self, key: &Key) -> Option<Vec<u8>> {
        if self.asking.is_over() {
            return None;
        }
        let entry = self.get(key);
        entry.unwrap_or_else(|trouble| {
            self.asking.lose(&self.address, &trouble);
            None
        })
    }

    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Trouble> {
        let answer = self.agent.get(self.address.of(key)).call()?;
        match answer.status() {
            http::StatusCode::OK => {
                let body: Body = answer.into_body();
                let body = body.into_with_config().limit(MAX_ENTRY);
                Ok(Some(body.read_to_vec()?))
            }
            http::StatusCode::NOT_FOUND | http::StatusCode::GONE => Ok(None),
            status => Err(Trouble::Status(status)),
        }
    }

    /// Whether it is not worth to give anything: the server takes nothing, or does not even answer.
    fn gives_nothing(&self) -> bool {
        self.giving.is_over() || self.asking.is_over()
    }

    fn give(&self, key: &Key, entry: &[u8]) {
        if self.gives_nothing() {
            return;
        }
        if let Err(trouble) = self.put(key, entry)
            && !self.asking.is_over()
        {
            self.giving.lose(&self.address, &trouble);
        }
    }

    fn put(&self, key: &Key, entry: &[u8]) -> Result<(), Trouble> {
        let request = self.agent.put(self.address.of(key));
        let answer = request
            .content_type("application/octet-stream")
            .send(entry)?;
        let status = answer.status();
        // That somebody else has given it already is as well.
        if status.is_success() || status == http::StatusCode::CONFLICT {
            Ok(())
        } else {
            Err(Trouble::Status(status))
        }
    }
}

impl From<ureq::Error> for Trouble {
    fn from(error: ureq::Error) -> Self {
        Self::Request(error)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(ureq::Error::Io(error)) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Status(status) => write!(f, "it answers {status}"),
        }
    }
}

/// How often something may still fail.
struct Patience {
    failures: AtomicUsize,
    end: &'static str,
}

impl Patience {
    fn new(end: &'static str) -> Self {
        Self {
            failures: AtomicUsize::new(0),
            end,
        }
    }

    fn is_over(&self) -> bool {
        self.failures.load(Ordering::Relaxed) >= MAX_FAILURES
    }

    /// Counts a failure. The last one is told, once.
    fn lose(&self, address: &Address, trouble: &Trouble) {
        if self.failures.fetch_add(1, Ordering::Relaxed) + 1 == MAX_FAILURES {
            let end = self.end;
            terminal::warn(&[format!("note: the cache {address} {end}: {trouble}")]);
        }
    }
}
