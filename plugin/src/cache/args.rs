//! The flags of the cache.

use std::path::{Path, PathBuf};

use clap::Args;

use super::address::Address;
use super::server::Server;
use super::{Directory, RenderCache, place};
use crate::failure::Failure;
use crate::terminal;

/// The heading of the flags.
const HEADING: &str = "Cache of renders";

/// Names the server where no flag does.
const SERVER: &str = "HELM_CATALOG_CACHE_URL";

/// Flags of all commands that render a fleet.
#[derive(Args, Debug)]
pub(crate) struct CacheArgs {
    #[command(flatten)]
    place: CacheDir,
    /// Render everything anew, and keep nothing
    #[arg(long, conflicts_with_all = ["cache_dir", "cache_url", "cache_read_only"], help_heading = HEADING)]
    no_cache: bool,
    /// A server that has renders, too, by HTTP GET and PUT below this address; without it, what $HELM_CATALOG_CACHE_URL says
    #[arg(long, value_name = "URL", help_heading = HEADING)]
    cache_url: Option<Address>,
    /// Ask the server, but give it nothing
    #[arg(long, help_heading = HEADING)]
    cache_read_only: bool,
}

/// The flag that says where the directory is.
#[derive(Args, Debug)]
pub(crate) struct CacheDir {
    /// Where renders are kept; without it, what $HELM_CATALOG_CACHE says, else helm-catalog in the user's cache directory
    #[arg(long, value_name = "DIR", help_heading = HEADING)]
    cache_dir: Option<PathBuf>,
}

impl CacheArgs {
    /// The cache that flags and environment ask for.
    ///
    /// # Errors
    /// The environment names a server by what is no address.
    pub(crate) fn open(&self) -> Result<RenderCache, Failure> {
        if self.no_cache {
            return Ok(RenderCache::default());
        }
        let server = self.address()?;
        Ok(RenderCache {
            directory: self.directory(),
            server: server.map(|address| Server::new(address, self.cache_read_only)),
        })
    }

    /// The directory, unless there is none, or it cannot be used, which is told.
    fn directory(&self) -> Option<Directory> {
        match Directory::open(&self.place.find()?) {
            Ok(directory) => Some(directory),
            Err(refused) => {
                let hint = refused.hint();
                terminal::warn(&[format!("note: nothing is kept: {refused}\n  hint: {hint}")]);
                None
            }
        }
    }

    fn address(&self) -> Result<Option<Address>, Failure> {
        if let Some(address) = &self.cache_url {
            return Ok(Some(address.clone()));
        }
        let said = std::env::var_os(SERVER).filter(|said| !said.is_empty());
        let address = said.map(|said| {
            let said = said.to_string_lossy();
            let address = said.parse();
            address.map_err(|error| Failure::Usage(format!("${SERVER} {said}: {error}")))
        });
        address.transpose()
    }
}

impl CacheDir {
    /// The directory that the flag names, or else the environment.
    ///
    /// # Errors
    /// The environment names none.
    pub(crate) fn get(&self) -> Result<PathBuf, Failure> {
        self.find().ok_or_else(|| {
            let none =
                "no directory for the cache: neither HOME nor XDG_CACHE_HOME is set".to_owned();
            Failure::Usage(none).hinted(Some("name one with --cache-dir"))
        })
    }

    fn find(&self) -> Option<PathBuf> {
        let given = self.cache_dir.as_deref().map(Path::to_owned);
        given.or_else(|| place::directory(|name| std::env::var_os(name)))
    }
}
