//! [`Hosts`]: what templates see of the machine, for each Application.

use std::rc::Rc;

use homescale_functions::{FixedHost, Host};

use crate::found::Found;

/// Gives each render its clock and its randomness.
pub trait Hosts: Sync {
    /// The host for an Application. It stays on the thread that asks.
    fn host(&self, found: &Found) -> Rc<dyn Host>;

    /// What the results of its hosts depend on, if they are the same each time: then they may be kept. `None` where a random
    /// text is another one each time.
    fn identity(&self) -> Option<Vec<u8>>;
}

/// A fixed time, and no randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedHosts;

impl Hosts for FixedHosts {
    fn host(&self, _: &Found) -> Rc<dyn Host> {
        Rc::new(FixedHost::default())
    }

    fn identity(&self) -> Option<Vec<u8>> {
        Some(b"fixed".to_vec())
    }
}
