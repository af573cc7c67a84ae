//! The flags of the cache.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Directory, RenderCache, place};
use crate::failure::Failure;
use crate::terminal;

/// The heading of the flags.
const HEADING: &str = "Cache of renders";

/// Flags of all commands that render a fleet.
#[derive(Args, Debug)]
pub(crate) struct CacheArgs {
    #[command(flatten)]
    place: CacheDir,
    /// Render everything anew, and keep nothing
    #[arg(long, conflicts_with = "cache_dir", help_heading = HEADING)]
    no_cache: bool,
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
    pub(crate) fn open(&self) -> RenderCache {
        if self.no_cache {
            return RenderCache::default();
        }
        let directory = self.place.find().map(|root| Directory::open(&root));
        let directory = directory.and_then(|opened| match opened {
            Ok(directory) => Some(directory),
            Err(refused) => {
                terminal::warn(&[format!(
                    "note: nothing is kept: {refused}\n  hint: {}",
                    refused.hint()
                )]);
                None
            }
        });
        RenderCache { directory }
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
