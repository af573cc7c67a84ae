//! One file a command, or a family of commands, with its arguments.

mod application_list;
mod applications;
mod cache;
mod capabilities;
mod charts;
mod ci;
mod cmp;
mod data;
mod images;
mod init;
mod lint;
mod list;
mod manifests;
mod manual;
pub(crate) mod post_render;
mod render;
mod schema;
mod summary;
mod template;
mod values;
mod waves;
mod which;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::Failure;
use crate::watch;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a catalog of this directory: write what is missing, change nothing there
    Init(init::Init),
    /// Print the Applications and Namespaces of a cluster: what Argo CD would get
    Render(render::Render),
    /// List every Application of the repository, and where it was found
    Applications(application_list::Applications),
    /// Print every manifest of every Application, or write them as a tree of files
    Manifests(manifests::Manifests),
    /// List the container images of all Applications, and who names each
    Images(images::ImagesArgs),
    /// List the charts of all Applications, what they need, and who uses each
    Charts(charts::ChartsArgs),
    /// List the Applications that a changed file touches
    Which(which::Which),
    /// Show which app is on for which cluster, and why
    List(list::List),
    /// Show the order in which a cluster comes up
    Waves(waves::Waves),
    /// Print the values that a cluster gives the catalog, as a file for Helm
    Values(values::Values),
    /// Check every app for every cluster, and what every Application renders to
    Lint(lint::Lint),
    /// Print the JSON Schema of app.yaml or homescale.yaml, for editors
    Schema(schema::Schema),
    /// What a cluster can: its versions of Kubernetes and of APIs
    #[command(subcommand)]
    Capabilities(capabilities::Capabilities),
    /// What is kept of renders, so that the next one is faster
    #[command(subcommand)]
    Cache(cache::Cache),
    /// Render a chart as `helm template` does
    Template(template::Template),
    /// Read manifests on standard input, expand catalogs, apply patches, print the result
    PostRender(post_render::PostRender),
    /// What Argo CD's config management plugin runs
    #[command(subcommand)]
    Cmp(cmp::Cmp),
    /// What the CI workflows ask
    #[command(subcommand)]
    Ci(ci::Ci),
    /// Print a shell completion script
    Completions(manual::Completions),
    /// Write the manual pages
    Man(manual::Man),
}

impl Command {
    /// Does it.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        // `template` and `cmp` read what they may take by themselves.
        if !matches!(self, Self::Template(_) | Self::Cmp(_)) {
            context.bounds(watch::GENEROUS).start()?;
        }
        match self {
            Self::Init(command) => command.run(context),
            Self::Render(command) => command.run(context),
            Self::Applications(command) => command.run(context),
            Self::Manifests(command) => command.run(context),
            Self::Images(command) => command.run(context),
            Self::Charts(command) => command.run(context),
            Self::Which(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Waves(command) => command.run(context),
            Self::Values(command) => command.run(context),
            Self::Lint(command) => command.run(context),
            Self::Schema(command) => command.run(context),
            Self::Capabilities(command) => command.run(),
            Self::Cache(command) => command.run(context),
            Self::Template(command) => command.run(context),
            Self::PostRender(command) => command.run(context),
            Self::Cmp(command) => command.run(context),
            Self::Ci(command) => command.run(context),
            Self::Completions(command) => command.run(context),
            Self::Man(command) => command.run(context),
        }
    }
}
