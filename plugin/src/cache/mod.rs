//! Where renders are kept: a directory of the user's, and a server that a team shares.
//!
//! Nothing here is needed for a right answer. What cannot be read, or is not as it was written, is rendered anew, and what cannot be
//! written is not kept.

mod address;
mod args;
mod contents;
mod directory;
mod place;
mod program;
mod server;
mod uploads;

pub(crate) use self::args::{CacheArgs, CacheDir};
pub(crate) use self::contents::Contents;
pub(crate) use self::directory::{Directory, USUAL_SIZE};

use homescale_fleet::{Cache, Store};

use self::server::Server;

/// The stores that a command uses.
#[derive(Default)]
pub(crate) struct RenderCache {
    directory: Option<Directory>,
    server: Option<Server>,
}

impl RenderCache {
    /// The cache, as a fleet takes it. `None` where there is no store.
    pub(crate) fn as_cache(&self) -> Option<Cache<'_>> {
        let directory = self.directory.iter().map(|it| it as &dyn Store);
        let server = self.server.iter().map(|it| it as &dyn Store);
        let stores: Vec<&dyn Store> = directory.chain(server).collect();
        if stores.is_empty() {
            return None;
        }
        program::begin();
        Some(Cache {
            stores,
            program: Box::new(program::digest),
        })
    }
}
