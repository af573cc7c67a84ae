//! The command line: every command and flag, with the text that `--help` prints.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::commands::{parse_deadline, post_render};
use crate::flags;

const AFTER_HELP: &str = "\
Exit status:
  0  done
  1  the input is wrong (or `lint` found errors): the message names file and line, nothing is on standard output
  2  the command line is wrong

Examples:
  helm-catalog render --cluster boa1-prod     what Argo CD would get
  helm-catalog list                           what runs where, and why
  helm-catalog lint                           everything that is wrong, with file and line";

/// The name of the program.
const NAME: &str = "helm-catalog";
/// The name of the Helm plugin whose command it is.
const PLUGIN: &str = "catalog";
/// What it is called as a Helm plugin.
const IN_HELM: &str = "helm catalog";

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

impl Cli {
    /// Reads the command line. It ends the process where it is wrong, or asks for help.
    ///
    /// clap reads all of it but what follows `template`. What clap says of a command line with the flag
    /// [`PostRender::ERRORS_ON_STDOUT`] is printed as the flag asks.
    pub(crate) fn read(mut arguments: Vec<OsString>) -> Self {
        let mut words = arguments.iter().enumerate().skip(1);
        let mut command = words.next();
        while let Some((_, word)) = command {
            if word == "--repo" || word == "--color" {
                words.next();
            } else if !word.as_encoded_bytes().starts_with(b"-") {
                break;
            }
            command = words.next();
        }
        let is_template = command.filter(|(_, word)| *word == "template");
        let rest = is_template.map(|(at, _)| at + 1);
        let rest = rest.map(|at| arguments.split_off(at));
        let mut cli = match rest {
            // Nothing is left for clap, which takes longer to start than a small chart to render.
            Some(_) if arguments.len() == 2 => Self::template(),
            _ => {
                let is_asked = |word: &OsString| word == PostRender::ERRORS_ON_STDOUT;
                let on_stdout = arguments.iter().any(is_asked);
                Self::parse_all(arguments).unwrap_or_else(|error| {
                    if on_stdout {
                        post_render::end_with(&error.to_string());
                    }
                    error.exit()
                })
            }
        };
        if let (Command::Template(template), Some(rest)) = (&mut cli.command, rest) {
            let rest = rest
                .into_iter()
                .map(|word| word.to_string_lossy().into_owned());
            template.arguments = rest.collect();
        }
        cli
    }

    /// Reads the command line with clap, which calls the program what its user does.
    fn parse_all(arguments: Vec<OsString>) -> Result<Self, clap::Error> {
        let mut command = Self::command().bin_name(NAME);
        if std::env::var_os("HELM_PLUGIN_NAME").is_some_and(|name| name == PLUGIN) {
            let examples = AFTER_HELP.replace(NAME, IN_HELM);
            command = command.bin_name(IN_HELM).after_help(examples);
        }
        let matches = command.try_get_matches_from_mut(arguments)?;
        Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
    }

    /// `helm-catalog template`, with no flag before it and nothing after it.
    fn template() -> Self {
        let global = Global {
            repo: None,
            color: ColorChoice::Auto,
        };
        let arguments = Vec::new();
        let command = Command::Template(Template { arguments });
        Self { global, command }
    }
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
    Template(Template),
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

/// What follows `template`, unread: [`crate::flags`] reads it, as Helm does.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) arguments: Vec<String>,
}

impl Args for Template {
    fn augment_args(command: clap::Command) -> clap::Command {
        flags::help::describe(command)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Template {
    /// clap describes the arguments; [`Cli::read`] fills them in.
    fn from_arg_matches(_: &ArgMatches) -> Result<Self, clap::Error> {
        let arguments = Vec::new();
        Ok(Self { arguments })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[derive(Args, Debug)]
pub(crate) struct PostRender {
    /// Apply the patches that the catalog declares for this app; without it, for the one that $HELM_CATALOG_APP names
    #[arg(long)]
    pub(crate) app: Option<String>,
    /// The cluster whose patches are applied; without it, the one that $HELM_CATALOG_CLUSTER names. Not needed when there
    /// is one
    #[arg(long)]
    pub(crate) cluster: Option<String>,
    /// Print what is wrong on standard output, as a document that no Helm accepts, and exit with 0: Helm 4 shows nothing of
    /// a post-renderer that exits otherwise
    #[arg(long)]
    pub(crate) errors_on_stdout: bool,
}

impl PostRender {
    /// The flag that makes errors a document.
    pub(crate) const ERRORS_ON_STDOUT: &str = "--errors-on-stdout";
}

#[derive(Debug, Subcommand)]
pub(crate) enum Cmp {
    /// Print the manifests of the source in the current folder, as Argo CD's environment asks for them
    Generate(CmpOptions),
    /// Announce the parameters of the source in the current folder, as a JSON list
    Parameters(CmpOptions),
}

#[derive(Args, Debug)]
pub(crate) struct CmpOptions {
    /// End with a message when there is no result by then; without it, DEADLINE in the plugin's env, or 50s
    #[arg(long, value_name = "TIME", value_parser = parse_deadline)]
    pub(crate) deadline: Option<Duration>,
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
