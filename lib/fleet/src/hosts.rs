//! [`Hosts`]: what templates see of the machine, for each Application.

use std::rc::Rc;

use homescale_functions::{FixedHost, Host};

use crate::found::Found;

/// Gives each render its clock and its randomness.
pub trait Hosts: Sync {
    /// The host for an Application. It stays on the thread that asks.
    fn host(&self, found: &Found) -> Rc<dyn Host>;

    /// What every render depends on, also one that asks for no time, no randomness and no name: the time zone.
    fn identity(&self) -> Vec<u8>;

    /// What holds for the renders that ask for a time, randomness or a name.
    fn effects(&self) -> EffectsOfHosts;
}

/// What holds for a render that asks for a time, randomness or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EffectsOfHosts {
    /// It may be another one each time: that is told, and it is not kept.
    Differ,
    /// It is the same each time, and follows from a secret: it is not kept.
    FollowFromSecret,
    /// It is the same each time, and follows from the [`identity`](Hosts::identity) of the hosts.
    Repeat,
}

/// A fixed time, and no randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedHosts;

impl Hosts for FixedHosts {
    fn host(&self, _: &Found) -> Rc<dyn Host> {
        Rc::new(FixedHost::default())
    }

    fn identity(&self) -> Vec<u8> {
        b"fixed".to_vec()
    }

    fn effects(&self) -> EffectsOfHosts {
        EffectsOfHosts::Repeat
    }
}
