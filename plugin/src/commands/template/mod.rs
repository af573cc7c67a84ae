//! `helm-catalog template`: a chart as `helm template` renders it.

mod flags;
mod helm_plugins;
mod output_dir;
mod post_renderer;

use std::path::PathBuf;

use clap::{ArgMatches, Args, FromArgMatches};
use homescale_chart::{
    Chart, CommandLine, DEFAULT_NAME, ErrorKind, HelmVersion, KubeVersion, Limits, Release,
    Rendered, Request, ValueSource, merge_values, name_from_template, render_through,
    set_file_paths,
};
use homescale_go::strconv::{self, quote};
use homescale_value::Str;

use self::flags::{Flags, Parsed};
use self::output_dir::OutputDir;
use self::post_renderer::PostRenderer;
use crate::chart::{self, Unread, failed};
use crate::context::Context;
use crate::effects::{Determinism, Effects};
use crate::failure::{Failure, plain};
use crate::terminal;

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
    /// Prints the manifests of a chart.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let level = level(&self.arguments)?;
        match flags::parse(&self.arguments, level)? {
            Parsed::Help => help(context),
            Parsed::Run(flags) => {
                let effects = Effects::new(&determinism(&flags), flags.is_set("enable-dns"))?;
                let run = Run {
                    context,
                    flags,
                    level,
                    effects,
                };
                run.run()
            }
        }
    }
}

/// Which Helm to be: it decides how the other flags are read.
fn level(arguments: &[String]) -> Result<HelmVersion, Failure> {
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

fn help(context: &Context) -> Result<(), Failure> {
    let mut program = context.program();
    program.build();
    let template = program.find_subcommand_mut("template");
    let text = template.map(|command| command.render_long_help().to_string());
    terminal::print(text.unwrap_or_default().as_bytes())
}

/// One run of the command.
struct Run<'a> {
    context: &'a Context,
    flags: Flags,
    level: HelmVersion,
    effects: Effects,
}

/// What the flags say about what is random.
fn determinism(flags: &Flags) -> Determinism {
    let given = |name: &str| flags.text(name).filter(|text| !text.is_empty());
    Determinism {
        seed_file: given("seed-file").map(PathBuf::from),
        seed_time: given("seed-time").map(str::to_owned),
        report: flags.is_set("report-nondeterminism"),
    }
}

impl Run<'_> {
    fn run(&self) -> Result<(), Failure> {
        let flags = &self.flags;
        terminal::warn(&flags.notices);
        if let Some((name, reason)) = flags.refused() {
            return Err(Failure::Input(format!("--{name}: {reason}")));
        }
        if let Some(text) = flags.text("kube-version").filter(|text| !text.is_empty()) {
            KubeVersion::parse(text, self.level).map_err(|error| failed(&error))?;
        }
        self.check_dry_run()?;
        self.debug(
            "Original chart version",
            "version",
            flags.text("version").unwrap_or_default(),
        );
        if flags.is_set("devel") && flags.text("version").is_none_or(str::is_empty) {
            self.debug("setting version to >0.0.0-0", "", "");
        }
        let (name, path) = self.name_and_chart()?;
        let path = chart::locate(path)?;
        self.debug("Chart path", "path", &path.to_string_lossy());
        let values = value_sources(flags, self.level)?;
        let mut notes = Vec::new();
        let loaded = chart::load(&path, self.level, &mut notes);
        if loaded.is_err() || !notes.is_empty() {
            // Helm reads the values first: what is wrong with them is all that it says.
            merge_values(&values, self.level).map_err(|error| failed(&error))?;
        }
        terminal::warn(&notes);
        let (chart, unread) = loaded?;
        self.check_labels()?;
        let request = Request {
            limits: self.limits()?,
            ..self.request(name, values)
        };
        let printed = self.print(&chart, &unread, &request);
        // The process is about to end, and the system takes back all of its memory at once.
        std::mem::forget(chart);
        printed
    }

    /// How much the chart may cause.
    fn limits(&self) -> Result<Limits, Failure> {
        let text = self.flags.text("limit").unwrap_or_default();
        text.parse()
            .map_err(|error| Failure::Usage(format!("--limit {text}: {error}")))
    }

    fn request(&self, name: String, values: Vec<ValueSource>) -> Request {
        let flags = &self.flags;
        let namespace = match flags.text("namespace") {
            Some(namespace) => namespace.to_owned(),
            None => std::env::var("HELM_NAMESPACE").unwrap_or_default(),
        };
        let mut release = Release {
            name,
            is_upgrade: flags.is_set("is-upgrade"),
            ..Release::default()
        };
        if !namespace.is_empty() {
            release.namespace = namespace;
        }
        let kube_version = flags.text("kube-version").filter(|text| !text.is_empty());
        Request {
            helm: self.level,
            release,
            values,
            kube_version: kube_version.map(str::to_owned),
            api_versions: flags.texts("api-versions").to_vec(),
            include_crds: flags.is_set("include-crds"),
            skip_tests: flags.is_set("skip-tests"),
            skip_schema_validation: flags.is_set("skip-schema-validation"),
            no_hooks: flags.is_set("no-hooks"),
            show_only: flags.texts("show-only").to_vec(),
            debug: self.is_debug(),
            ..Request::default()
        }
    }

    /// Renders, and prints or writes what that gave.
    fn print(&self, chart: &Chart, unread: &Unread, request: &Request) -> Result<(), Failure> {
        let output_dir = self
            .flags
            .text("output-dir")
            .filter(|path| !path.is_empty());
        if let Some(path) = output_dir {
            return self.write(chart, unread, request, path);
        }
        let call = self.post_renderer();
        let call = call
            .as_ref()
            .map(|call| call as &dyn homescale_chart::PostRenderer);
        let rendered = render_through(chart, request, self.effects.host(), call);
        let rendered = self.finish(rendered, unread)?;
        let printed = terminal::print_pieces(&rendered.pieces());
        // As the chart in `run`.
        std::mem::forget(rendered);
        printed
    }

    /// Writes the files of `--output-dir`. Then there is nothing left to print, nor to show with `--show-only`.
    fn write(
        &self,
        chart: &Chart,
        unread: &Unread,
        request: &Request,
        path: &str,
    ) -> Result<(), Failure> {
        let release = self
            .flags
            .is_set("release-name")
            .then_some(request.release.name.as_str());
        let folder = OutputDir { path, release };
        let everything = Request {
            show_only: Vec::new(),
            ..request.clone()
        };
        let call = self.post_renderer();
        // As Helm 4 it gets what is rendered, and its output is what is written; as Helm 3 it gets what would be printed:
        // nothing.
        let (before, after) = match self.level.command_line() {
            CommandLine::Helm4 => (call.as_ref(), None),
            CommandLine::Helm3 => (None, call.as_ref()),
        };
        let before = before.map(|call| call as &dyn homescale_chart::PostRenderer);
        let rendered = render_through(chart, &everything, self.effects.host(), before);
        let rendered = self.finish(rendered, unread)?;
        folder
            .write(&rendered)
            .map_err(|failure| self.hinted(failure))?;
        let mut text = Vec::new();
        if let Some(call) = after {
            let result = homescale_chart::PostRenderer::run(call, b"")
                .map_err(|problem| format!("error while running post render on files: {problem}"));
            text = result.map_err(|problem| self.hinted(Failure::Input(problem)))?;
        }
        folder.write_hooks(&rendered.hooks)?;
        if let Some(pattern) = request.show_only.first() {
            let text = format!("could not find template {pattern} in chart");
            return Err(Failure::Input(text));
        }
        terminal::print(&[text.trim_ascii(), b"\n"].concat())
    }

    /// Helm's hint, which errors have once it has started to render.
    fn hinted(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Input(text) if !self.is_debug() => Failure::Input(format!(
                "{text}\n\nUse --debug flag to render out invalid YAML"
            )),
            other => other,
        }
    }

    /// Passes on warnings; with `--debug`, what is invalid is printed all the same.
    fn finish(
        &self,
        rendered: Result<Rendered, homescale_chart::Error>,
        unread: &Unread,
    ) -> Result<Rendered, Failure> {
        unread.check()?;
        self.effects.report();
        let error = match rendered {
            Ok(rendered) => {
                terminal::warn(&rendered.warnings);
                return Ok(rendered);
            }
            Err(error) => error,
        };
        if self.flags.is_set("dependency-update") && error.kind() == ErrorKind::Dependencies {
            return Err(not_updated(&error));
        }
        let failure = failed(&error);
        let unfinished = error.unfinished().filter(|_| self.is_debug());
        let Some(unfinished) = unfinished else {
            return Err(failure);
        };
        terminal::print(unfinished)?;
        Err(Failure::Input(error.text().to_owned()))
    }

    fn post_renderer(&self) -> Option<post_renderer::Call<'_>> {
        let name = self.flags.text("post-renderer")?;
        // It was found when the flag was read, unless it has just been removed.
        let what = PostRenderer::find(name, self.level.command_line()).ok()?;
        Some(post_renderer::Call {
            what,
            context: self.context,
            arguments: self.flags.texts("post-renderer-args"),
        })
    }

    fn is_debug(&self) -> bool {
        match self.flags.text("debug") {
            Some(debug) => debug == "true",
            None => {
                std::env::var("HELM_DEBUG").is_ok_and(|text| strconv::parse_bool(text) == Ok(true))
            }
        }
    }

    /// Says what Helm 4 says with `--debug`; what Helm 3 says has the time in it, and is left out.
    fn debug(&self, text: &str, field: &str, value: &str) {
        if !self.is_debug() || self.level.command_line() == CommandLine::Helm3 {
            return;
        }
        let text = quote(text);
        let field = match field {
            "" => String::new(),
            _ if value.is_empty() || value.contains([' ', '=', '"']) => {
                format!(" {field}={}", quote(value))
            }
            _ => format!(" {field}={value}"),
        };
        terminal::warn(&[format!("level=DEBUG msg={text}{field}")]);
    }

    /// Whether `--dry-run` asks for something that we can do.
    fn check_dry_run(&self) -> Result<(), Failure> {
        let Some(strategy) = self.flags.text("dry-run") else {
            return Ok(());
        };
        let refused = || {
            let text = "it needs a cluster, and this program never talks to one";
            Err(Failure::Input(format!("--dry-run={strategy}: {text}")))
        };
        if self.level.command_line() == CommandLine::Helm3 {
            return match strategy {
                "" | "client" | "true" => Ok(()),
                "server" | "none" | "false" => refused(),
                _ => Err(Failure::Input("Invalid dry-run flag. Flag must one of the following: false, true, none, client, server".to_owned())),
            };
        }
        let invalid = |known: &str| {
            let strategy = quote(strategy);
            Err(Failure::Input(format!(
                "invalid dry-run value ({strategy}). Must be {known}"
            )))
        };
        match strategy {
            "client" => {}
            "server" => return refused(),
            "none" => return invalid("\"server\" or \"client\""),
            "unset" => terminal::warn(&["level=WARN msg=\"--dry-run is deprecated and should be replaced with '--dry-run=client'\"".to_owned()]),
            other => match strconv::parse_bool(other) {
                Ok(true) => terminal::warn(&[format!("level=WARN msg=\"boolean '--dry-run={other}' flag is deprecated and must be replaced with '--dry-run=client'\"")]),
                Ok(false) => return invalid("\"server\" or \"client\""),
                Err(_) => return invalid("\"none\", \"server\", or \"client\""),
            },
        }
        Ok(())
    }

    fn check_labels(&self) -> Result<(), Failure> {
        const SYSTEM: &[&str] = &[
            "name",
            "owner",
            "status",
            "version",
            "createdAt",
            "modifiedAt",
        ];
        let labels = self.flags.texts("labels").iter();
        let mut names = labels
            .filter_map(|label| label.split_once('='))
            .map(|(name, _)| name);
        if !names.any(|name| SYSTEM.contains(&name)) {
            return Ok(());
        }
        let system = SYSTEM.join(" ");
        Err(Failure::Input(format!(
            "user supplied labels contains system reserved label name. System labels: [{system}]"
        )))
    }

    /// The name of the release, and the chart.
    fn name_and_chart(&self) -> Result<(String, &str), Failure> {
        let flags = &self.flags;
        let template = flags.text("name-template").filter(|text| !text.is_empty());
        let also = |flag: &str| {
            let text = format!("cannot set --{flag} and also specify a name");
            Err(Failure::Input(text))
        };
        match flags.arguments.as_slice() {
            [_, _] if flags.is_set("generate-name") => also("generate-name"),
            [_, _] if template.is_some() => also("name-template"),
            [name, chart] => Ok((name.clone(), chart)),
            [_, _, unexpected @ ..] => {
                let unexpected = unexpected.join(", ");
                Err(Failure::Input(format!(
                    "expected at most two arguments, unexpected arguments: {unexpected}"
                )))
            }
            other => {
                let chart = other.first().map_or("", String::as_str);
                let Some(template) = template else {
                    return Ok((DEFAULT_NAME.to_owned(), chart));
                };
                let effects = Effects::new(&determinism(flags), true)?;
                let name = name_from_template(template, self.level, effects.host());
                Ok((name.map_err(|error| failed(&error))?, chart))
            }
        }
    }
}

/// Why `--dependency-update` is refused where dependencies are missing.
fn not_updated(error: &homescale_chart::Error) -> Failure {
    terminal::warn(error.warnings());
    Failure::Input(format!(
        "--dependency-update: charts are not downloaded; run `helm dependency update` first: {error}"
    ))
}

/// The values of the command line, in Helm's order: whatever the order of the flags, a file is weaker than `--set-json`,
/// and that than `--set`.
fn value_sources(flags: &Flags, level: HelmVersion) -> Result<Vec<ValueSource>, Failure> {
    let mut sources = Vec::new();
    for name in flags.texts("values") {
        let text = Str::from(read_text(name).map_err(Failure::Input)?);
        let name = name.clone();
        sources.push(ValueSource::File { name, text });
    }
    let all = |name| flags.texts(name).iter().cloned();
    sources.extend(all("set-json").map(ValueSource::SetJson));
    sources.extend(all("set").map(ValueSource::Set));
    sources.extend(all("set-string").map(ValueSource::SetString));
    for text in all("set-file") {
        let contents = set_file_paths(&text, level).into_iter();
        let contents = contents.map(|path| {
            let text = read_text(&path).map(Str::from);
            (path, text)
        });
        let contents = contents.collect();
        sources.push(ValueSource::SetFile { text, contents });
    }
    sources.extend(all("set-literal").map(ValueSource::SetLiteral));
    Ok(sources)
}

/// A file, or standard input.
fn read_text(path: &str) -> Result<Vec<u8>, String> {
    const REMOTE: &[&str] = &["http", "https", "oci"];
    if path.trim() == "-" {
        return terminal::read_input().map_err(|failure| failure.to_string());
    }
    let scheme = path
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    if scheme.is_some_and(|scheme| REMOTE.contains(&scheme.as_str())) {
        return Err(format!(
            "{path}: values are read from the disk only, not from the network"
        ));
    }
    std::fs::read(PathBuf::from(path)).map_err(|error| {
        // A folder opens like a file.
        let doing = match error.kind() {
            std::io::ErrorKind::IsADirectory => "read",
            _ => "open",
        };
        format!("{doing} {path}: {}", plain(&error))
    })
}
