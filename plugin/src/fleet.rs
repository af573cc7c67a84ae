//! The fleet of a repository as a command needs it: read from the disk, with what flags say.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;

use clap::Args;
use homescale::{DiskError, Root, SystemHost, checkout};
use homescale_chart::Limits;
use homescale_fileset::FileSet;
use homescale_fleet::{
    ARGOCD_NAMESPACE, CONFIG_FILE as CONFIG, Candidates, Checkouts, Config, EffectsOfHosts, Fleet,
    FleetInputs, Found, Hosts, Root as FleetRoot, Selection, SelectionError, Shard,
};
use homescale_functions::Host;
use homescale_located::Diagnostics;
use homescale_manifest::Selector;
use homescale_template::parallel;

use crate::cache::{CacheArgs, RenderCache};
use crate::context::Context;
use crate::effects::Effects;
use crate::failure::Failure;
use crate::findings;
use crate::git::Clone;
use crate::kustomize::Kustomize;

/// Flags of all commands that answer for a fleet.
#[derive(Args, Debug)]
pub(crate) struct FleetArgs {
    /// Only for this cluster, or those that the pattern matches; repeat it for several
    #[arg(short, long = "cluster", value_name = "CLUSTER")]
    clusters: Vec<String>,
    /// Only this Application, or those that the pattern matches (`'net*'`); repeat it for several
    #[arg(short, long = "app", value_name = "APP")]
    apps: Vec<String>,
    /// Only Applications with these labels: `team=web,tier!=cache`
    #[arg(short = 'l', long, value_name = "LABELS", value_parser = selector)]
    selector: Option<Selector>,
    /// Only this part of several, such as 1/4: each Application is in one of them
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Start here: a file, a directory or a chart, or a pattern of them. Without it: what homescale.yaml says, else the
    /// catalog's bootstrap files, else every committed Application and ApplicationSet
    #[arg(long = "root", value_name = "PATH")]
    roots: Vec<String>,
    /// A value file of the charts that --root names, from the root of the repository; repeat it for several
    #[arg(long = "root-values", value_name = "FILE", requires = "roots")]
    root_values: Vec<String>,
    /// The repository with this address is in this directory; repeat it for several
    #[arg(long = "map", value_name = "URL=DIR", value_parser = mapping)]
    maps: Vec<(String, PathBuf)>,
    /// Render kustomizations with this program: its name, or its path. Without it: what homescale.yaml says, else they are
    /// skipped
    #[arg(long, value_name = "PROGRAM")]
    kustomize: Option<PathBuf>,
    #[command(flatten)]
    cache: CacheArgs,
}

fn selector(text: &str) -> Result<Selector, homescale_manifest::SelectorError> {
    Selector::parse(text)
}

fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    // An address can have `=` in its query, a directory seldom has.
    let (url, directory) = text.rsplit_once('=').ok_or_else(|| {
        "expected URL=DIR, such as https://git.example.com/base.git=../base".to_owned()
    })?;
    Ok((url.to_owned(), directory.into()))
}

impl FleetArgs {
    /// What the fleet needs of the machine.
    pub(crate) fn machine(&self) -> Result<Machine, Failure> {
        Ok(Machine {
            hosts: EnvironmentHosts::new()?,
            cache: self.cache.open()?,
            kustomize: OnceLock::new(),
        })
    }

    /// Reads the repository and finds its Applications.
    pub(crate) fn find<'h>(
        &self,
        context: &Context,
        machine: &'h Machine,
    ) -> Result<Fleet<'h>, Failure> {
        let root = root(context)?;
        let files = checkout(&root)?;
        let config = config(&root)?.map_err(|found| findings::failure(&found, &files))?;
        let found = self.find_in(&root, files, config, machine)?;
        found.map_err(|found| Failure::Findings(format!("{found}\n")))
    }

    /// Finds the Applications of the repository with these files; or what is wrong with where they begin.
    pub(crate) fn find_in<'h>(
        &self,
        root: &Path,
        files: FileSet,
        config: Config,
        machine: &'h Machine,
    ) -> Result<Result<Fleet<'h>, Diagnostics>, Failure> {
        let mut checkouts = Checkouts::new(files);
        for (url, directory) in &self.maps {
            add(&mut checkouts, root, url, directory)?;
        }
        for repository in &config.repositories {
            add(
                &mut checkouts,
                root,
                &repository.url,
                &root.join(&repository.path),
            )?;
        }
        if let Some(origin) = Clone::around(root).origin {
            checkouts.add_address(origin);
        }
        let kustomize = Kustomize::new(self.kustomize.as_deref(), config.kustomize.as_ref())?;
        let inputs = FleetInputs {
            checkouts,
            config,
            roots: self.roots(),
            tools: machine.kustomize.get_or_init(|| kustomize),
            hosts: &machine.hosts,
            cache: machine.cache.as_cache(),
            limits: Limits::default(),
            threads: parallel::available(),
        };
        Ok(Fleet::find(inputs))
    }

    /// The Applications that the flags mean.
    pub(crate) fn select<'f>(&self, fleet: &'f Fleet<'_>) -> Result<Vec<&'f Found>, Failure> {
        let mut selection = Selection::default();
        selection.clusters.clone_from(&self.clusters);
        selection.applications.clone_from(&self.apps);
        selection.labels.clone_from(&self.selector);
        selection.shard = self.shard;
        selection
            .of(fleet.applications())
            .map_err(|error: SelectionError| {
                let hint = error.hint();
                Failure::Usage(error.to_string()).hinted(hint)
            })
    }

    /// Whether the flags mean all Applications.
    pub(crate) fn means_all(&self) -> bool {
        self.clusters.is_empty()
            && self.apps.is_empty()
            && self.selector.is_none()
            && self.shard.is_none()
    }

    fn roots(&self) -> Vec<FleetRoot> {
        let roots = self.roots.iter().map(|path| {
            let mut root = FleetRoot::default();
            root.path.clone_from(path);
            root.value_files.clone_from(&self.root_values);
            root
        });
        roots.collect()
    }
}

/// The root of the repository: what `--repo` says, else the nearest directory upwards that is one: it has homescale.yaml, a
/// catalog, or is a clone; else this one.
pub(crate) fn root(context: &Context) -> Result<PathBuf, Failure> {
    root_of(context.given_repo())
}

fn root_of(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(given) = given {
        if given.is_dir() {
            return Ok(given.to_owned());
        }
        return Err(Failure::Input(format!(
            "{}: there is no such directory",
            given.display()
        )));
    }
    let here = std::env::current_dir();
    let here = here.map_err(|error| DiskError::io("read", Path::new("."), error))?;
    let is_root = |dir: &&Path| {
        dir.join(CONFIG).is_file()
            || dir.join(".git").exists()
            || homescale::disk::is_repository(dir)
    };
    let found = here.ancestors().find(is_root).unwrap_or(&here);
    Ok(found.to_owned())
}

/// What a command line can name, of a repository without a catalog, as far as it is cheap to find.
pub(crate) fn candidates(given: Option<&Path>) -> Result<Candidates, Failure> {
    let root = root_of(given)?;
    let config = config(&root)?.unwrap_or_default();
    Ok(homescale_fleet::candidates(
        &checkout(&root)?,
        &config,
        parallel::available(),
    ))
}

/// What `homescale.yaml` says, or what is wrong with it.
pub(crate) fn config(root: &Path) -> Result<Result<Config, Diagnostics>, Failure> {
    Ok(match Root::new(root).read_file(CONFIG)? {
        Some(text) => Config::read(&text, CONFIG),
        None => Ok(Config::default()),
    })
}

/// Adds a repository that is in a directory, perhaps in the one that is looked at.
fn add(checkouts: &mut Checkouts, root: &Path, url: &str, directory: &Path) -> Result<(), Failure> {
    let real = |path: &Path| {
        let real = std::fs::canonicalize(path);
        real.map_err(|error| DiskError::io("read", path, error))
    };
    if real(root)? == real(directory)? {
        checkouts.add_address(url);
    } else {
        checkouts.add_other(url, checkout(directory)?);
    }
    Ok(())
}

/// What a fleet needs of the machine.
pub(crate) struct Machine {
    hosts: EnvironmentHosts,
    cache: RenderCache,
    /// It is known once homescale.yaml is read.
    kustomize: OnceLock<Kustomize>,
}

/// What templates see of the machine: its clock and randomness, or what is derived from a seed.
struct EnvironmentHosts {
    is_seeded: bool,
    zone: Vec<u8>,
}

impl EnvironmentHosts {
    /// What the environment asks for.
    fn new() -> Result<Self, Failure> {
        // What is wrong with the seed shows here, once, and not at each render.
        let effects = Effects::of_environment()?;
        let host = effects.host();
        let zone = format!("{}\n{}", host.local_zone(), host.local_zone_name());
        Ok(Self {
            is_seeded: effects.is_seeded(),
            zone: zone.into_bytes(),
        })
    }
}

impl Hosts for EnvironmentHosts {
    fn host(&self, found: &Found) -> Rc<dyn Host> {
        // As the sidecar does it for this Application.
        let application = &found.application;
        let source = application.sources.first();
        let name = application.instance_name(ARGOCD_NAMESPACE);
        let owner = [
            application.project.as_str(),
            name.as_str(),
            application.destination.namespace.as_str(),
            source.map_or("", |source| source.repo_url.as_str()),
        ];
        Effects::of_owner(owner).map_or_else(
            |_| -> Rc<dyn Host> { Rc::new(SystemHost::new()) },
            |effects| effects.host(),
        )
    }

    fn identity(&self) -> Vec<u8> {
        self.zone.clone()
    }

    fn effects(&self) -> EffectsOfHosts {
        if self.is_seeded {
            EffectsOfHosts::FollowFromSecret
        } else {
            EffectsOfHosts::Differ
        }
    }
}
