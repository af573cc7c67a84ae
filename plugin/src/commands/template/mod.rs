//! `helm-catalog template`: a chart as `helm template` renders it.

mod flags;
mod helm_plugins;
mod locate;
mod machine;
mod output_dir;
mod post_renderer;
mod run;
mod values;

use clap::{ArgMatches, Args, FromArgMatches};
use homescale_argocd::parse_deadline;
use homescale_chart::{CommandLine, HelmVersion};

use self::flags::{FlagError, Flags, Parsed};
use self::post_renderer::PostRenderer;
use self::run::Run;
use crate::context::Context;
use crate::failure::Failure;
use crate::terminal;
use crate::watch::{self, Bounds};

/// What follows `template`, unread: [`flags`] reads it, as Helm does.
#[derive(Debug)]
pub(crate) struct Template {
    arguments: Vec<String>,
}

impl From<Vec<String>> for Template {
    fn from(arguments: Vec<String>) -> Self {
        Self { arguments }
    }
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
    /// clap only describes the arguments; who reads the command line fills them in.
    fn from_arg_matches(_: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self::from(Vec::new()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Template {
    /// What the render may take of the machine. Helm's `--timeout` is about a cluster; here it is how long all may take.
    fn bounds(&self, context: &Context, flags: &Flags) -> Result<Bounds, Failure> {
        let usual = context.bounds(watch::GENEROUS);
        let time = flags::last_text(&self.arguments, "timeout");
        let memory = flags.max_memory.as_deref().map(str::parse).transpose();
        Ok(Bounds {
            time: time
                .and_then(|text| parse_deadline(text).ok())
                .unwrap_or(usual.time),
            memory: memory
                .map_err(|error| Failure::Usage(format!("--max-memory: {error}")))?
                .unwrap_or(usual.memory),
            ..usual
        })
    }

    /// Prints the manifests of a chart.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let helm = helm(&self.arguments)?;
        let mut parsed = flags::parse(&self.arguments, helm);
        let post_renderer = post_renderer(&mut parsed, helm.command_line());
        if let Some(error) = parsed.error {
            let is_color = matches!(error, FlagError::Color(_));
            if is_color {
                return Err(Failure::Findings(format!("{error}\n")));
            }
            terminal::warn(&parsed.notices);
            return Err(Failure::Input(error.to_string()));
        }
        if parsed.flags.help {
            return help(context);
        }
        terminal::warn(&parsed.notices);
        if let Some((name, reason)) = parsed.refused {
            return Err(Failure::Input(format!("--{name}: {reason}")));
        }
        self.bounds(context, &parsed.flags)?.start()?;
        Run::new(context, parsed.flags, helm, post_renderer)?.run()
    }
}

/// Which Helm to be: it decides how the other flags are read.
fn helm(arguments: &[String]) -> Result<HelmVersion, Failure> {
    let Some(asked) = flags::last_text(arguments, "helm-version") else {
        return Ok(HelmVersion::default());
    };
    let choice = HelmVersion::choose(asked)
        .map_err(|error| Failure::Usage(format!("--helm-version {error}")))?;
    if let Some(note) = choice.note {
        terminal::warn(&[format!("note: {note}")]);
    }
    Ok(choice.helm)
}

/// Looks for the post-renderers that were named. Helm does so while it reads the flags: one that is not there is a mistake
/// that comes before those in later arguments.
fn post_renderer(parsed: &mut Parsed, line: CommandLine) -> Option<PostRenderer> {
    let mut last = None;
    for named in &parsed.flags.post_renderers {
        match PostRenderer::find(&named.name, line) {
            Ok(found) => last = Some(found),
            Err(_) if matches!(parsed.error, Some(FlagError::Color(_))) => {}
            Err(cause) => {
                parsed.notices.truncate(named.notices);
                parsed.error = Some(named.error(cause));
                break;
            }
        }
    }
    last
}

fn help(context: &Context) -> Result<(), Failure> {
    let mut program = context.program();
    program.build();
    let template = program.find_subcommand_mut("template");
    let text = template.map(|command| command.render_long_help().to_string());
    terminal::print(text.unwrap_or_default().as_bytes())
}
