//! The command line: every command and flag, with the text that `--help` prints.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

const AFTER_HELP: &str = "\
Exit status:
  0  done
  1  the input is wrong (or `lint` found errors): the message names file and line, nothing is on standard output
  2  the command line is wrong

Examples:
  helm-catalog render --cluster boa1-prod     what Argo CD would get
  helm-catalog list                           what runs where, and why
  helm-catalog lint                           everything that is wrong, with file and line";

/// The heading of the flags that every command has.
const EVERYWHERE: &str = "Options of every command";

/// Turns a Git repository of apps and clusters into what Argo CD applies.
#[derive(Debug, Parser)]
#[command(name = "helm-catalog", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that every command has.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// The repository; without it, the nearest folder upwards that has `apps/` and `clusters/`
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(crate) repo: Option<PathBuf>,
    /// Whether to colour messages and tables
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = EVERYWHERE)]
    pub(crate) color: ColorChoice,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the Applications and Namespaces of a cluster: what Argo CD would get
    Render(Render),
    /// Show which app is on for which cluster, and why
    List(List),
    /// Show the order in which a cluster comes up
    Waves(Waves),
    /// Check every app for every cluster
    Lint(Lint),
    /// Print the JSON Schema of app.yaml, for editors
    Schema(Schema),
    /// Render a chart as `helm template` does
    Template(Box<Template>),
    /// Read manifests on standard input, expand catalogs, apply patches, print the result
    PostRender(PostRender),
    /// What Argo CD's config management plugin runs
    #[command(subcommand)]
    Cmp(Cmp),
    /// What the CI workflows ask
    #[command(subcommand)]
    Ci(Ci),
    /// Print a shell completion script
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages
    Man {
        /// The folder to write `helm-catalog*.1` to
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

/// How objects are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ObjectFormat {
    /// A stream of YAML documents
    Yaml,
    /// A JSON list
    Json,
}

/// How reports are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// A table to read
    Table,
    /// JSON
    Json,
    /// YAML
    Yaml,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingFormat {
    /// Lines to read, with the source below
    Text,
    /// JSON
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct Render {
    /// A cluster; repeat it for several. Not needed when there is one
    #[arg(short, long = "cluster", value_name = "CLUSTER")]
    pub(crate) clusters: Vec<String>,
    /// Only this app; repeat it for several
    #[arg(short, long = "app", value_name = "APP")]
    pub(crate) apps: Vec<String>,
    /// Write DIR/CLUSTER.yaml for each cluster (all of them, unless some are named) instead of printing
    #[arg(long, value_name = "DIR")]
    pub(crate) output_dir: Option<PathBuf>,
    /// YAML or JSON
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    pub(crate) output: ObjectFormat,
    /// Evaluate the catalog natively, even where `apps/` has templates of its own
    #[arg(long, conflicts_with = "engine")]
    pub(crate) native: bool,
    /// Render `apps/` as the Helm chart that it is, even where native evaluation would do
    #[arg(long)]
    pub(crate) engine: bool,
}

#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only this cluster; repeat it for several
    #[arg(short, long = "cluster", value_name = "CLUSTER")]
    pub(crate) clusters: Vec<String>,
    /// Table, JSON or YAML
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(crate) output: ReportFormat,
}

#[derive(Args, Debug)]
pub(crate) struct Waves {
    /// The cluster. Not needed when there is one
    #[arg(short, long, value_name = "CLUSTER")]
    pub(crate) cluster: Option<String>,
    /// Table, JSON or YAML
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub(crate) output: ReportFormat,
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Fail on warnings too
    #[arg(long)]
    pub(crate) strict: bool,
    /// Text or JSON
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output: FindingFormat,
}

#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Which schema
    #[arg(value_enum, default_value = "app")]
    pub(crate) of: SchemaOf,
}

/// The schemas that we have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// `apps/<app>/app.yaml`
    App,
    /// The `Catalog` document that `post-render` expands
    Catalog,
}

#[derive(Args, Debug)]
#[command(disable_help_flag = false)]
pub(crate) struct Template {
    /// `[NAME] CHART`: the release's name (default `release-name`), and the folder of the chart
    #[arg(required = true, num_args = 1..=2, value_names = ["NAME", "CHART"])]
    pub(crate) name_and_chart: Vec<String>,
    /// The namespace of the release
    #[arg(short, long, value_name = "NAMESPACE", default_value = "default")]
    pub(crate) namespace: String,
    /// A file of values; `-` is standard input. Repeat it for several, stronger ones last
    #[arg(short = 'f', long = "values", value_name = "FILE")]
    pub(crate) values: Vec<String>,
    /// Values on the command line: `key=value,list[0].key=value`
    #[arg(long, value_name = "VALUES")]
    pub(crate) set: Vec<String>,
    /// The same, but every value is a string
    #[arg(long, value_name = "VALUES")]
    pub(crate) set_string: Vec<String>,
    /// The same, but every value is JSON
    #[arg(long, value_name = "VALUES")]
    pub(crate) set_json: Vec<String>,
    /// The same, but every value is the path of a file that holds it
    #[arg(long, value_name = "VALUES")]
    pub(crate) set_file: Vec<String>,
    /// One value, taken as it stands
    #[arg(long, value_name = "VALUE")]
    pub(crate) set_literal: Vec<String>,
    /// Print only what this template gave (a glob, from the root of the chart); repeat it for several
    #[arg(short, long, value_name = "TEMPLATE")]
    pub(crate) show_only: Vec<String>,
    /// Print the files below `crds/` too
    #[arg(long)]
    pub(crate) include_crds: bool,
    /// Leave out tests
    #[arg(long)]
    pub(crate) skip_tests: bool,
    /// Leave out hooks
    #[arg(long)]
    pub(crate) no_hooks: bool,
    /// Render as for an upgrade, not an install
    #[arg(long)]
    pub(crate) is_upgrade: bool,
    /// The version of Kubernetes for `.Capabilities`
    #[arg(long, value_name = "VERSION")]
    pub(crate) kube_version: Option<String>,
    /// A further API version for `.Capabilities`; repeat it for several
    #[arg(short, long, value_name = "VERSION", value_delimiter = ',')]
    pub(crate) api_versions: Vec<String>,
    /// Which Helm to be: 3.17 or 4.1
    #[arg(long, value_name = "VERSION", default_value = "4.1")]
    pub(crate) helm_version: String,
}

#[derive(Args, Debug)]
pub(crate) struct PostRender {
    /// Apply the patches that the catalog declares for this app
    #[arg(long, requires = "cluster")]
    pub(crate) app: Option<String>,
    /// The cluster whose patches are applied
    #[arg(long, requires = "app")]
    pub(crate) cluster: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Cmp {
    /// Print the manifests of the source in the current folder, as Argo CD's environment asks for them
    Generate,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Ci {
    /// The apps whose images are built: with a Chart.yaml and a Dockerfile, and changed since the base
    Targets(Changed),
    /// The clusters whose Omni template changed since the base
    Clusters(Changed),
}

#[derive(Args, Debug)]
pub(crate) struct Changed {
    /// The revision to compare with; without it (or with the null revision), everything counts as changed
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,
    /// Also append `NAME=JSON` to the file that $GITHUB_OUTPUT names
    #[arg(long, value_name = "NAME")]
    pub(crate) github_output: Option<String>,
}
